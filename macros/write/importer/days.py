"""Days as English documents write them: 20 December 2023, 20th Dec 2023, 2023-12-20, 20.12.23, 20122023."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ...records.partial_date import MONTHS

_MONTHS = {name.lower(): number for names in (MONTHS, tuple(calendar.month_abbr)) for number, name in enumerate(names)
           if name} | {"sept": 9}
_WEEKDAYS = "|".join(calendar.day_name)
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_WRITTEN = re.compile(
    rf"(?ix)(?<![\w]) (?:(?P<weekday>{_WEEKDAYS}),?\s+ (?:the\s+)?)?"
    rf"(?: (?P<day>\d{{1,2}}) (?:st|nd|rd|th)? [\s_-]* (?:of\s+)? (?P<month>{_MONTH})\.? [\s,_-]* (?P<year>\d{{4}})"
    rf"  | (?P<month2>{_MONTH})\.? [\s_-]+ (?P<day2>\d{{1,2}}) (?:st|nd|rd|th)? [\s,_-]+ (?P<year2>\d{{4}})"
    r"  | (?P<year3>\d{4}) (?P<mark3>[-_.]) (?P<month3>\d{1,2}) (?P=mark3) (?P<day3>\d{1,2})"
    r"  | (?P<day4>\d{1,2}) (?P<mark4>[-_./\s]) (?P<month4>\d{1,2}) (?P=mark4) (?P<year4>\d{4}|\d{2})"
    r"  | (?P<digits>\d{8}) ) (?!\w)")


@dataclass(frozen=True)
class Written:
    """A day, the words that it stands in, and the day of the week that the words give, if any."""

    day: date
    words: str
    weekday: str = ""

    @property
    def is_consistent(self) -> bool:
        """Tell whether the day of the week is the one that this day was."""
        return not self.weekday or self.weekday.lower() == calendar.day_name[self.day.weekday()].lower()


def days_in(text: str) -> Iterator[Written]:
    """Yield each day that stands in `text` with its year; numbers are read day first. What is no day is passed over."""
    # An underscore parts the words of a file's name, and is a letter for patterns.
    text = re.sub(r"_+(?=\D)|(?<=\D)_+", lambda match: " " * len(match[0]), text)
    for match in _WRITTEN.finditer(text):
        day = _eight(match["digits"]) if match["digits"] else _day(*_numbers(match))
        if day:
            yield Written(day, match[0].strip(), match["weekday"] or "")


def _numbers(match: re.Match[str]) -> tuple[int, int, int]:
    for number in ("", "2", "3", "4"):
        if match[f"day{number}"]:
            year, month, day = (match[f"{name}{number}"] for name in ("year", "month", "day"))
            return int(year) + (2000 if len(year) == 2 else 0), _MONTHS.get(month.lower()) or int(month), int(day)
    raise AssertionError("one of the forms has matched")


def _eight(digits: str) -> date | None:
    return _day(int(digits[4:]), int(digits[2:4]), int(digits[:2])) or \
        _day(int(digits[:4]), int(digits[4:6]), int(digits[6:]))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if 1990 <= year <= 2100 else None
    except ValueError:
        return None
