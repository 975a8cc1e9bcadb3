"""Dates as precise as they were promised: a day, a month, a quarter or a year."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, field
from datetime import date

from ..problem import invalid, quoted

FORM = re.compile(r"(?P<year>\d{4})(?:-(?:Q(?P<quarter>[1-4])|(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?))?\Z", re.A)
FORMS_IN_WORDS = "write it like 2024-06-30, 2024-06, 2024-Q2 or 2024"
MONTHS = tuple(calendar.month_name)

_MONTH = "|".join((*MONTHS[1:], *calendar.month_abbr[1:], "Sept"))
_LEAD = r"(?:(?:by|before|until|in|on|the|end of|start of|beginning of|early|mid|late)[ -]+)*"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
NO_DATE = "(no date)"
"""What a writer adds to a due date in words to say that it can never be late, although it names a time."""

DATE_IN_WORDS = re.compile(rf"(?i){_LEAD}(?:q[1-4]|(?:{_DAY} (?:of )?)?(?:{_MONTH})(?: {_DAY})?)[ ,-]*\d{{4}}")
"""A date written in words, such as "by the end of June 2024": as free text it would never become overdue."""


@dataclass(frozen=True)
class PartialDate:
    """A calendar day, month, quarter (January to March is Q1) or year, such as 2024-06-30, 2024-06, 2024-Q2, 2024.

    `first_day` and `last_day` are the days that it covers, both included.
    """

    text: str
    first_day: date
    last_day: date

    @classmethod
    def parse(cls, value: object, forms: str = FORMS_IN_WORDS) -> PartialDate:
        """Read `value`. Raises ValueError, with a message that says which `forms` are possible."""
        if isinstance(value, cls):
            return value
        text = str(value)
        match = FORM.match(text) if isinstance(value, (str, int)) else None
        if not match:
            raise invalid("date", f"{quoted(value)} is not a date", forms)
        year, month, day, quarter = (int(match[name]) if match[name] else None
                                     for name in ("year", "month", "day", "quarter"))
        if not 1990 <= year <= 2100:
            raise invalid("date", f'"{text}" is in a year that cannot be right', "write a year from 1990 to 2100")
        if month is not None and not 1 <= month <= 12:
            raise invalid("date", f'"{text}" is in a month that does not exist', "write the month as 01 to 12")
        first_month = month or (quarter * 3 - 2 if quarter else 1)
        last_month = month or (quarter * 3 if quarter else 12)
        if day is None:
            last = calendar.monthrange(year, last_month)[1]
            return cls(cls._form(match), date(year, first_month, 1), date(year, last_month, last))
        try:
            exact = date(year, month, day)
        except ValueError:
            raise invalid("date", f'"{text}" is a day that does not exist',
                          "write a day that exists, such as 2024-06-30") from None
        return cls(exact.isoformat(), exact, exact)

    @staticmethod
    def _form(match: re.Match[str]) -> str:
        if match["quarter"]:
            return f"{match['year']}-Q{match['quarter']}"
        return f"{match['year']}-{int(match['month']):02}" if match["month"] else match["year"]

    @property
    def precision(self) -> str:
        """One of day, month, quarter, year."""
        return {10: "day", 4: "year"}.get(len(self.text), "quarter" if "Q" in self.text else "month")

    @property
    def is_day(self) -> bool:
        return self.first_day == self.last_day

    def __str__(self) -> str:
        """The date in words, as precise as it is: "20 December 2023", "June 2024", "April to June 2024", "2024"."""
        first, last = self.first_day, self.last_day
        return {
            "day": f"{first.day} {MONTHS[first.month]} {first.year}",
            "month": f"{MONTHS[first.month]} {first.year}",
            "quarter": f"{MONTHS[first.month]} to {MONTHS[last.month]} {first.year}",
            "year": str(first.year),
        }[self.precision]


@dataclass(frozen=True)
class FreeTextDue:
    """A due date given only in words, such as "as soon as possible". It is never overdue.

    `is_confirmed` where its writer says so, with the words “(no date)” behind it: they are no part of the promise.
    """

    text: str
    is_confirmed: bool = field(default=False, compare=False)

    def __str__(self) -> str:
        return self.text


def parse_due(value: object) -> PartialDate | FreeTextDue:
    """Read a due date: a PartialDate, or free text. Raises ValueError for text that only looks like a date."""
    if isinstance(value, (PartialDate, FreeTextDue)):
        return value
    forms = f"{FORMS_IN_WORDS}, or in words that begin with a letter"
    if not isinstance(value, str):
        return PartialDate.parse(value, forms)
    text = value.strip()
    words = text.removesuffix(NO_DATE).rstrip()
    if words != text and re.search(r"[^\W\d]{2}", words):
        return FreeTextDue(words, is_confirmed=True)
    if re.match(r"[\d]", text) or not re.search(r"[^\W\d]{2}", text):
        return PartialDate.parse(text, forms)
    if DATE_IN_WORDS.fullmatch(text):
        raise invalid("date", f"{quoted(text)} is a date in words", FORMS_IN_WORDS)
    return FreeTextDue(text)


def date_in_words(text: str) -> str:
    """Return a text in words if it is a day, month or quarter as records write it, and else as it is."""
    try:
        return str(PartialDate.parse(text)) if "-" in text else text
    except ValueError:
        return text


def day_in_words(day: date) -> str:
    """Return a day as the site writes it: "20 December 2023"."""
    return f"{day.day} {MONTHS[day.month]} {day.year}"


