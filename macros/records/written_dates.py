"""Dates as people write them: "Friday 5 March 2027", "by the end of 2027". What is not plain is asked about."""

from __future__ import annotations

import re
from calendar import day_name
from contextlib import suppress
from datetime import timedelta

from dateutil.easter import easter
from dateutil.parser import parse, parserinfo

from .partial_date import NO_DATE, PartialDate, day_in_words

_NAMES = parserinfo()
"""The names of months and weekdays, in full and in short."""

_MONTHS = "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|" \
    "nov(?:ember)?|dec(?:ember)?"
_DAYS = "|".join(f"{name}|{name[:3]}" for name in day_name) + "|tues|thurs?"
_DATE = rf"""(?:(?P<weekday>{_DAYS})\.?,?\s)?(?:the\s)?(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s-](?:of\s)?)?
    (?P<month>{_MONTHS})\.?(?:\s(?P<day_after>\d{{1,2}})(?:st|nd|rd|th)?)?,?[\s-](?P<year>\d{{4}})"""
_YEAR = r"(?P<year_alone>\d{4})"
DATE = re.compile(rf"(?:{_DATE}|{_YEAR})\Z", re.I | re.X)
DATES = re.compile(rf"(?<![\w/.-])(?:{_DATE}|{_YEAR})(?![\w/.-])", re.I | re.X)

LAST_DAY = re.compile(
    r"(?:(?:(?:to be )?(?:completed?|done|finished|ready) )?(?:by|on|in|no later than|not later than|due(?: by| on)?"
    r")(?: or before)? )?(?:by )?(?:at )?(?:the )?(?:end (?:of )?)?(?P<date>.+?)(?: at the (?:very )?latest)?\Z", re.I)
"""Words around a date that leave its last day as it is. Words such as "from", "before" and "early" do not."""

TIME = re.compile(rf"""\d|\b(?-i:May|MAY)\b|\b(?:{_MONTHS.replace('may|', '')}|(?:{'|'.join(day_name)})s?|
    q[1-4]|quarters?|quarterly|half|halves|fy|years?|yearly|year's|annual|annually|months?|month's|monthly|fortnights?|
    fortnightly|weeks?|week's|weekly|weekends?|days?|daily|hours?|terms?|term's|termly|half-terms?|semesters?|
    spring|summer|autumn|winter|easter|christmas|whitsun|pentecost|ramadan|eid|diwali|hanukkah|passover|lent|advent|
    michaelmas|new\ year|bank\ holiday|holidays?|break|tomorrow|today|tonight|midnight|noon|decades?|centur(?:y|ies)|
    millennium)\b""", re.I | re.X)
"""Words that name a time, so that it can be known when they have passed."""

PLACEHOLDER = re.compile(
    r"(?:tb[acd]|t\.b\.[acd]\.?|to be (?:agreed|announced|confirmed|decided|determined|set)|n/?a|"
    r"not (?:applicable|known|given|published|set|yet known|yet set)|unknown|none|null|nil|later)\Z", re.I)
"""Words that say that there is no date."""


def read_date(text: str) -> PartialDate | None:
    """Read a date in words: "Friday 20 November 2026", "September 2027" or "2027". Returns None for another text.

    Raises ValueError, which says what to write, for a day that does not exist or whose weekday is another.
    """
    match = DATE.match(" ".join(text.split()))
    return _date(match) if match else None


def read_due(text: str) -> PartialDate | None:
    """Read a date in words that may say that it is the last day: "by the end of March 2027". None for another text."""
    match = LAST_DAY.match(" ".join(text.split()))
    return read_date(match["date"]) if match else None


def is_date(text: str) -> bool:
    """Return whether words are a date and nothing else, also one that cannot be right."""
    try:
        return read_due(text) is not None
    except ValueError:
        return True


def _date(match: re.Match[str]) -> PartialDate | None:
    if match["year_alone"]:
        return PartialDate.parse(match["year_alone"])
    month, day = _NAMES.month(match["month"]), match["day"] or match["day_after"]
    if (match["day"] and match["day_after"]) or (match["weekday"] and not day):
        return None
    found = PartialDate.parse(f"{match['year']}-{month}" + (f"-{day}" if day else ""))
    if match["weekday"]:
        weekday = _NAMES.weekday(match["weekday"][:3])
        if weekday != found.first_day.weekday():
            raise ValueError(f"{found} is a {day_name[found.first_day.weekday()]}, not a {match['weekday']}; write the "
                             "right day")
    return found


def names_a_time(text: str) -> bool:
    """Return whether words name a time, such as "by Easter 2027" or "in two weeks", or say that there is none yet."""
    return bool(TIME.search(text) or PLACEHOLDER.match(text))


def what_to_write(text: str) -> str:
    """Return what to write for words that name a time, with the dates that they may mean."""
    if PLACEHOLDER.match(text):
        return "leave the date empty (in a file: null): the page then says that none was published"
    return f"{_meant(' '.join(text.split()))}; or write “{NO_DATE}” behind the words, if they can never be late"


def _meant(text: str) -> str:
    if re.fullmatch(r"\d{1,2}[/.]\d{1,2}[/.]\d{4}", text):
        with suppress(ValueError):
            day = parse(text, dayfirst=True).date()
            return f"write {day.isoformat()} if {day_in_words(day)} is meant"
    if year := re.search(r"\beaster\b.*?\b(\d{4})\b", text, re.I):
        sunday = easter(int(year[1]))
        return f"Easter Sunday is {day_in_words(sunday)}, so write {sunday.isoformat()} if that is the last day"
    if quarter := re.search(r"\b(?:q|quarter )([1-4])\b\D*?(\d{4})(?![/-]?\d)", text, re.I):
        number, year_of = int(quarter[1]), int(quarter[2])
        named, fiscal = (PartialDate.parse(f"{year_of}-Q{number}"),
                         PartialDate.parse(f"{year_of + (number == 4)}-Q{number % 4 + 1}"))
        return f"write {named.text} if {named} is meant, or {fiscal.text} if {fiscal} is, as in financial years"
    if years := re.search(r"\b(?:20)?(\d\d)[/-](?:20)?(\d\d)\b", text):
        ends = 2000 + int(years[2])
        if int(years[2]) == (int(years[1]) + 1) % 100:
            return f"write {ends}-03-31 if the financial year is meant, or {ends}-08-31 if the school year is"
    if short := re.search(r"\b([a-z]{3,9})[-\s'’]+(\d\d)\b(?!\d)", text, re.I):
        month = _NAMES.month(short[1])
        if month and not re.search(r"\d{4}", text):
            return f"write 20{short[2]}-{month:02} if the whole month is meant, or the day in full"
    dates = []
    for match in DATES.finditer(text):
        try:
            dates.append(_date(match))
        except ValueError as error:
            return str(error)
    if len(dates) == 1 and dates[0]:
        found = dates[0]
        if re.search(r"\bw/?c\b|\bweek (?:commencing|beginning|starting|of)\b", text, re.I) and found.is_day:
            last = found.first_day + timedelta(days=6)
            return f"the week ends on {day_in_words(last)}, so write {last.isoformat()} if that is the last day"
        if read_due(text):
            return f"write {found.text}"
        return f"write {found.text} if it is late after {day_in_words(found.last_day)}, or another last day"
    return "write the last day, month, quarter or year that they cover, like 2027-03-31, 2027-03, 2027-Q1 or 2027"
