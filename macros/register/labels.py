"""Words that pages, feeds and the newsletter share."""

from __future__ import annotations

from ..records.partial_date import FreeTextDue, PartialDate

CORRECTED_WORDS = {"kind": "whether it is a promise, a plan or an aim", "said_by": "who said it",
                   "said_at": "where it was said", "with": "who takes part", "due": "the due date",
                   "due_note": "the note on the due date", "done_when": "what shows that it is done",
                   "updates": "an earlier entry"}
"""What was wrong where a field of an action is corrected. Other fields are called by their own names: "the title"."""

COUNTING_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")

MAX_IN_DAYS, MAX_IN_WEEKS, MAX_IN_MONTHS = 13, 59, 349
"""Up to how many days a duration is said in days, in weeks and in months; a longer one is said in years."""

UNITS = ((MAX_IN_WEEKS, "week", 7, 1), (MAX_IN_MONTHS, "month", 365.25 / 12, 3), (None, "year", 365.25, 15))
"""The longest duration said in each unit, its name, its length in days, and how many days too many or too few a whole
number of them may have."""

NEARLY = 0.7
"""The part of a unit from which a duration is "nearly" the next whole number of them."""


def corrected_in_words(field: str) -> str:
    """Return what was wrong where a field of an action is corrected: "the title", "who said it"."""
    return CORRECTED_WORDS.get(field, f"the {field}")


def duration_in_words(days: int, since: PartialDate | None = None) -> str:
    """Return a number of days as people say it: "3 days", "seven weeks", "nearly three years", "more than two years".

    Exact dates are shown beside it, so it is rounded: four-digit counts of days mean nothing to a reader. Where `since`
    is only a year or a quarter, the days count from its end: "at least two years".
    """
    days = abs(days)
    is_least = since is not None and since.precision in ("year", "quarter")
    if days <= MAX_IN_DAYS:
        return f"{'at least ' if is_least else ''}{days} day{'' if days == 1 else 's'}"
    name, length, tolerance = next(unit for longest, *unit in UNITS if longest is None or days <= longest)
    if is_least:
        return f"at least {_counted(int(days // length), name)}"
    nearest = round(days / length)
    if abs(days - nearest * length) <= tolerance:
        return _counted(nearest, name)
    whole, part = divmod(days / length, 1)
    return f"nearly {_counted(int(whole) + 1, name)}" if part >= NEARLY else f"more than {_counted(int(whole), name)}"


def due(value: PartialDate | FreeTextDue | str | None) -> str:
    """Return a due date in words; a promise in words is quoted."""
    return "not published" if value is None else f"“{value}”" if isinstance(value, FreeTextDue) else str(value)


def due_at(value: PartialDate | FreeTextDue | str | None) -> str:
    """Return the same for a sentence: "on 31 March 2027", "in March 2027"."""
    return f"{'on' if value.is_day else 'in'} {value}" if isinstance(value, PartialDate) else due(value)


def _counted(number: int, noun: str) -> str:
    word = COUNTING_WORDS[number - 1] if number <= len(COUNTING_WORDS) else str(number)
    return f"{word} {noun}{'' if number == 1 else 's'}"
