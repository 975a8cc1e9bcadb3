"""What to ask about words that name a time and are no plain date: "w/c 5 April 2027", "Q4 26/27"."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from dateutil.easter import easter

from .partial_date import NO_DATE, PartialDate, day_in_words
from .written_dates import MONTH_NAMES, NAMES, PLACEHOLDER, TIME, WRITTEN, date_of, read_due

DATES = re.compile(
    rf"(?<![\w/.-])(?:(?:mid|end|early|late|pre|post|{MONTH_NAMES})[/–-])?(?:{WRITTEN})(?![\w/.-])", re.I | re.X)
"""The dates in a text."""

NUMBERS = re.compile(r"(?<!\d)(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d\d)(?!\d)")
"""A day as Britain writes it: 31/3/27."""

YEARS = re.compile(r"(?<!\d)(?:20)?(\d\d)[/–-](?:20)?(\d\d)(?!\d)")
"""A year that begins in one calendar year and ends in the next: 2026/27."""

MAX_CHARACTERS = 200
"""How much of a text is looked through: a due date has a few words."""

TERM_ENDS = {"autumn": 12, "michaelmas": 12, "spring": 4, "lent": 4, "summer": 7}
SEASON_ENDS = {"spring": 5, "summer": 8, "autumn": 11}
"""The last month of a school term, and of a season."""

ENDS = {"early": 3, "start": 3, "beginning": 3, "mid": 6, "middle": 6, "first half": 6, "h1": 6}
"""The last month of a part of a year."""

SHORT_YEAR = re.compile(
    r"(?:\b(\d{1,2})(?:st|nd|rd|th)? )?\b([a-z]{3,9})\.?[-\s'’]*(\d\d)(?!\d|st|nd|rd|th)", re.I)
SEASON = re.compile(
    r"\b(spring|summer|autumn|michaelmas|lent)\b(?P<term>.*\bterm\b)?.*?(?<!\d)(\d{4})(?![/–-]?\d)", re.I)
LENGTH = re.compile(r"\b(?:in|within|over|for|an?|next|\d+|two|three|four|five|six|nine|ten|twelve|eighteen)\b.*"
                    r"\b(?:days|weeks?|fortnights?|months?|years)\b", re.I)
PART = re.compile(
    r"\b(early|start|beginning|mid|middle|first half|h1)(?: in| of)?(?: the)?[ -](\d{4})\b(?![/–-]\d)", re.I)


def what_to_write(text: str) -> str:
    """Return what to write for words that name a time or no date, with the dates that they may mean."""
    text = text[:MAX_CHARACTERS]
    if PLACEHOLDER.match(text):
        return "leave the date empty (in a file: null): the page then says that none was published"
    if not TIME.search(text):
        return f"write the date that the source gives; or, if it gives none, write “{NO_DATE}” behind the words"
    return f"{_meant(' '.join(text.split()))}; or write “{NO_DATE}” behind the words, if they can never be late"


def _meant(text: str) -> str:
    for find in QUESTIONS:
        if question := find(text):
            return question
    return "write the last day, month, quarter or year that they cover, like 2027-03-31, 2027-03, 2027-Q1 or 2027"


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year + 2000 * (year < 100), month, day)
    except ValueError:
        return None


def _is_a_week(text: str) -> bool:
    return bool(re.search(r"\bw/?[bc]\b|\bweek (?:commencing|beginning|starting|of)\b", text, re.I))


def in_numbers(text: str) -> str | None:
    """Return what to write for a day in numbers, such as 31/3/27 or 2027.03.31. None for another text."""
    text = text[:MAX_CHARACTERS]
    match, backwards = NUMBERS.search(text), re.search(r"(?<!\d)(\d{4})[/. ]?(\d\d)[/. ]?(\d\d)(?!\d)", text)
    day = _day(int(match[3]), int(match[2]), int(match[1])) if match else \
        _day(*map(int, backwards.groups())) if backwards else None
    if day and _is_a_week(text):
        return _week(day)
    return f"write {day.isoformat()} if {day_in_words(day)} is meant" if day else None


def _week(begins: date) -> str:
    last = begins + timedelta(days=6)
    return f"the week ends on {day_in_words(last)}, so write {last.isoformat()} if that is the last day"


def _feast(text: str) -> str | None:
    """Easter 2027, or before Christmas 2026."""
    if year := re.search(r"\beaster\b.*?\b(\d{4})\b", text, re.I):
        sunday = easter(int(year[1]))
        return f"Easter Sunday is {day_in_words(sunday)}, so write {sunday.isoformat()} if that is the last day"
    if year := re.search(r"\b(?:christmas|xmas)\b.*?\b(\d{4})\b", text, re.I):
        return f"write {year[1]}-12-24 if it is late after Christmas Eve, or another last day"
    return None


def _quarter(text: str) -> str | None:
    """Q4 of 2026, or Q1 26/27."""
    match = re.search(r"\b(?:q|quarter )([1-4])\b", text, re.I)
    if not match:
        return None
    number, years = int(match[1]), YEARS.search(text)
    if years and int(years[2]) == (int(years[1]) + 1) % 100:
        first = 2000 + int(years[1])
        meant = PartialDate.parse(f"{first}-Q{number + 1}" if number < 4 else f"{first + 1}-Q1")
        return f"write {meant.text} if {meant} is meant, as in financial years"
    if year := re.search(r"(?<!\d)(\d{4})(?![/–-]?\d)", text):
        named = PartialDate.parse(f"{year[1]}-Q{number}")
        fiscal = PartialDate.parse(f"{int(year[1]) + (number == 4)}-Q{number % 4 + 1}")
        return f"write {named.text} if {named} is meant, or {fiscal.text} if {fiscal} is, as in financial years"
    return None


def _two_years(text: str) -> str | None:
    """FY 2026/27, or the school year 2026-27."""
    years = YEARS.search(text)
    if not years or int(years[2]) != (int(years[1]) + 1) % 100:
        return None
    financial, school = f"20{years[2]}-03-31", f"20{years[2]}-08-31"
    if re.search(r"school|academic|(?<![a-z])[as]y(?![a-z])", text, re.I):
        return f"write {school} if the end of the school year is the last day"
    if re.search(r"financial|fiscal|tax|(?<![a-z])fy(?![a-z])", text, re.I):
        return f"write {financial} if the end of the financial year is the last day"
    return f"write {financial} if the financial year is meant, or {school} if the school year is"


def _short_year(text: str) -> str | None:
    """31 Mar '27, or Mar-27."""
    match = SHORT_YEAR.search(text)
    month = NAMES.month(match[2]) if match and not re.search(r"\d{4}", text) else None
    if not match or not month:
        return None
    day = _day(int(match[3]), month, int(match[1])) if match[1] else None
    return f"write {day.isoformat()} if {day_in_words(day)} is meant" if day else \
        f"write 20{match[3]}-{month:02} if the whole month is meant, or the day in full"


def _season(text: str) -> str | None:
    """Spring term 2027, or autumn 2026."""
    match = SEASON.search(text)
    if not match or re.search("half|bank", text, re.I):
        return None
    ends = TERM_ENDS if match["term"] else SEASON_ENDS
    month = ends.get(match[1].lower()) or TERM_ENDS[match[1].lower()]
    last = PartialDate.parse(f"{match[3]}-{month:02}")
    return f"write {last.text} if {last} is the last month, or another one"


def _part(text: str) -> str | None:
    """Early 2027, or the first half of 2027."""
    match = PART.search(text)
    last = match and PartialDate.parse(f"{match[2]}-{ENDS[match[1].lower()]:02}")
    return f"write {last.text} if {last} is the last month, or another one" if last else None


def _dates(text: str) -> str | None:
    """From March 2027, or w/c 5 April 2027."""
    dates = []
    for match in DATES.finditer(text):
        try:
            dates.append(date_of(match))
        except ValueError as error:
            return str(error)
    if len(dates) != 1 or not dates[0]:
        return None
    found = dates[0]
    if _is_a_week(text) and found.is_day:
        return _week(found.first_day)
    if read_due(text):
        return f"write {found.text}"
    return f"write {found.text} if it is late after {day_in_words(found.last_day)}, or another last day"


def _without_a_year(text: str) -> str | None:
    """31 March, or by Friday."""
    if re.search(r"\d{4}", text) or not (match := re.search(rf"\b(?:{MONTH_NAMES})\b", text, re.I)):
        return None
    return f"add the year: write it like 2027-{NAMES.month(match[0]):02}, or the day in full"


def _length(text: str) -> str | None:
    """In six weeks, or within 12 months."""
    if LENGTH.search(text) and not re.search(r"\b(?:every|each|per|of)\b", text, re.I):
        return "count from the day on which it was promised, and write the last day, such as 2027-03-31"
    return None


QUESTIONS: tuple[Callable[[str], str | None], ...] = (
    in_numbers, _feast, _quarter, _two_years, _short_year, _season, _part, _dates, _without_a_year, _length)
"""What words may mean, the surest first."""
