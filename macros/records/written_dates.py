"""Dates as people write them: "Friday 5 March 2027", "by the end of 2027". What is not plain is a question."""

from __future__ import annotations

import re
from calendar import day_name

from dateutil.parser import parserinfo

from .partial_date import PartialDate

NAMES = parserinfo()
"""The names of months and weekdays, in full and in short."""

MONTH_NAMES = "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|" \
    "oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
_DAYS = "|".join(f"{name}|{name[:3]}" for name in day_name) + "|tues|thurs?"
WRITTEN = rf"""(?:(?P<weekday>{_DAYS})\.?,?\s)?(?:the\s)?(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s-](?:of\s)?)?
    (?P<month>{MONTH_NAMES})\.?(?:\s(?P<day_after>\d{{1,2}})(?:st|nd|rd|th)?)?,?[\s-](?:of\s)?(?P<year>\d{{4}})
    |(?P<year_alone>\d{{4}})"""
"""A date in words, for a pattern that is in verbose mode and ignores case."""

DATE = re.compile(rf"(?:{WRITTEN})\Z", re.I | re.X)
LAST_DAY = re.compile(
    r"(?:(?:(?:to be )?(?:completed?|done|finished|ready) )?(?:by|on|in|no later than|not later than|due(?: by| on)?"
    r")(?: or before)? )?(?:by )?(?:at )?(?:the )?(?:end (?:of )?)?(?P<date>.+?)(?: at the (?:very )?latest)?\Z", re.I)
"""Words around a date that leave its last day as it is. Words such as "from", "before" and "early" do not."""

TIME = re.compile(rf"""\d|\b(?-i:May|MAY)\b|\b(?:{MONTH_NAMES.replace('may|', '')}|(?:{'|'.join(day_name)})s?|
    q[1-4]|quarters?|quarterly|half|halves|fy|years?|yearly|year's|annual|annually|months?|month's|monthly|fortnights?|
    fortnightly|weeks?|week's|weekly|weekends?|days?|daily|hours?|terms?|term's|termly|half-terms?|semesters?|
    spring|summer|autumn|winter|easter|christmas|whitsun|pentecost|ramadan|eid|diwali|hanukkah|passover|lent|advent|
    michaelmas|new\ year|bank\ holiday|holidays?|break|tomorrow|today|tonight|midnight|noon|decades?|centur(?:y|ies)|
    millennium|eoy|eofy|xmas|per\ annum)\b""", re.I | re.X)
"""Words that name a time, so that it can be known when they have passed."""

PLACEHOLDER = re.compile(
    r"(?:tb[acd]|t\.b\.[acd]\.?|to be (?:agreed|announced|confirmed|decided|determined|set)|n/?a|"
    r"not (?:applicable|known|given|published|set|yet known|yet set)|unknown|none|null|nil|later|"
    r"no date|pending|date tbc|date to be confirmed)\Z", re.I)
"""Words that say that there is no date."""


def read_date(text: str) -> PartialDate | None:
    """Read a date in words: "Friday 20 November 2026", "September 2027" or "2027". Returns None for another text.

    Raises ValueError, which says what to write, for a day that does not exist or whose weekday is another.
    """
    match = DATE.match(" ".join(text.split()))
    return date_of(match) if match else None


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


def date_of(match: re.Match[str]) -> PartialDate | None:
    """Return the date that DATE has found, or None if it is none. Raises ValueError as `read_date` does."""
    if match["year_alone"]:
        return PartialDate.parse(match["year_alone"])
    month, day = NAMES.month(match["month"]), match["day"] or match["day_after"]
    if (match["day"] and match["day_after"]) or (match["weekday"] and not day):
        return None
    found = PartialDate.parse(f"{match['year']}-{month}" + (f"-{day}" if day else ""))
    if match["weekday"]:
        weekday = NAMES.weekday(match["weekday"][:3])
        if weekday != found.first_day.weekday():
            raise ValueError(f"{found} is a {day_name[found.first_day.weekday()]}, not a {match['weekday']}; write the "
                             "right day")
    return found


def names_a_time(text: str) -> bool:
    """Return whether words name a time, such as "by Easter 2027" or "in two weeks", or say that there is none yet."""
    return bool(TIME.search(text) or PLACEHOLDER.match(text))
