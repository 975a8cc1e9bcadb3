"""Finds dates as English documents write them, and settles which one is the post's.

The forms are 20 December 2023, 20th Dec 2023, 2023-12-20, 20.12.23 and 20122023.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ...records.partial_date import MONTHS, day_in_words

MAX_FROM_SAVING = timedelta(days=31)
"""How far the file's own dates may be from the date written in it: a post is saved before it is sent."""

MAX_AHEAD = timedelta(days=62)
"""A date further in the future than this is more likely a slip."""


_MONTHS = {name.lower(): number for names in (MONTHS, tuple(calendar.month_abbr)) for number, name in enumerate(names)
           if name} | {"sept": 9}
_WEEKDAYS = "|".join(calendar.day_name)
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATE = re.compile(
    rf"(?ix)(?<![\w]) (?:(?P<weekday>{_WEEKDAYS}),?\s+ (?:the\s+)?)?"
    rf"(?: (?P<day>\d{{1,2}}) (?:st|nd|rd|th)? [\s_-]* (?:of\s+)? (?P<month>{_MONTH})\.? [\s,_-]* (?P<year>\d{{4}})"
    rf"  | (?P<month2>{_MONTH})\.? [\s_-]+ (?P<day2>\d{{1,2}}) (?:st|nd|rd|th)? [\s,_-]+ (?P<year2>\d{{4}})"
    r"  | (?P<year3>\d{4}) (?P<mark3>[-_.]) (?P<month3>\d{1,2}) (?P=mark3) (?P<day3>\d{1,2})"
    r"  | (?P<day4>\d{1,2}) (?P<mark4>[-_./\s]) (?P<month4>\d{1,2}) (?P=mark4) (?P<year4>\d{4}|\d{2})"
    r"  | (?P<digits>\d{8}) ) (?!\w)")


@dataclass(frozen=True)
class FoundDate:
    """A date and where it was found, such as “the file's name”. If `is_written`, it is part of the text or the file's
    name; otherwise it is a property that the word processor set."""

    day: date
    place: str
    is_written: bool = True
    doubt: str = ""

    def __str__(self) -> str:
        return f"{day_in_words(self.day)}: {self.place}{f', {self.doubt}' if self.doubt else ''}"


def find_dates(place: str, text: str) -> list[FoundDate]:
    """Return the dates in `text`, each with its wording."""
    return [FoundDate(written.day, f"{place} (“{written.words}”)", doubt=_doubt(written)) for written in dates_in(text)]


def _doubt(written: WrittenDate) -> str:
    return "" if written.is_consistent else f"which was a {written.day:%A}"


@dataclass(frozen=True)
class ResolvedDate:
    """The date on which all places agree, or None with the `question` that the writer must answer."""

    day: date | None
    question: str = ""


def resolve_date(found: list[FoundDate], today: date) -> ResolvedDate:
    """Return the date of a post.

    There is none if two places disagree, a day of the week does not fit, the file was saved at a very different time,
    or the date is more than two months after `today`.
    """
    written = [one for one in found if one.is_written]
    own = [one for one in found if not one.is_written]
    days = {one.day for one in written or own}
    if not days:
        return ResolvedDate(None, "The document has no date in its file's name, its first lines or its "
                            "properties.")
    if len(days) > 1:
        return ResolvedDate(None, "The document has several dates:")
    day = days.pop()
    if any(one.doubt for one in written):
        return ResolvedDate(None, "The date and the day of the week do not match:")
    if written and own and min(abs(day - one.day) for one in own) > MAX_FROM_SAVING:
        return ResolvedDate(None, "The date in the text is far from the days on which the file was saved:")
    if day > today + MAX_AHEAD:
        return ResolvedDate(None, f"The date is far in the future (today is {day_in_words(today)}):")
    return ResolvedDate(day)


@dataclass(frozen=True)
class WrittenDate:
    """A date, its wording, and the day of the week in the wording, if any."""

    day: date
    words: str
    weekday: str = ""

    @property
    def is_consistent(self) -> bool:
        """Whether the day of the week is right for this date."""
        return not self.weekday or self.weekday.lower() == calendar.day_name[self.day.weekday()].lower()


def dates_in(text: str) -> Iterator[WrittenDate]:
    """Yield each date in `text` that has a year. Numbers are read day first; impossible dates are skipped."""
    # In a file's name an underscore separates words, but \w in a pattern takes it for a letter.
    text = re.sub(r"_+(?=\D)|(?<=\D)_+", lambda match: " " * len(match[0]), text)
    for match in _DATE.finditer(text):
        day = _from_eight_digits(match["digits"]) if match["digits"] else _day(*_from_groups(match))
        if day:
            yield WrittenDate(day, match[0].strip(), match["weekday"] or "")


def _from_groups(match: re.Match[str]) -> tuple[int, int, int]:
    for number in ("", "2", "3", "4"):
        if match[f"day{number}"]:
            year, month, day = (match[f"{name}{number}"] for name in ("year", "month", "day"))
            return int(year) + (2000 if len(year) == 2 else 0), _MONTHS.get(month.lower()) or int(month), int(day)
    raise AssertionError("the pattern matched none of its alternatives")


def _from_eight_digits(digits: str) -> date | None:
    return _day(int(digits[4:]), int(digits[2:4]), int(digits[:2])) or \
        _day(int(digits[:4]), int(digits[4:6]), int(digits[6:]))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if 1990 <= year <= 2100 else None
    except ValueError:
        return None
