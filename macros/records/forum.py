"""Forums: where a member of the public may ask a question, such as a scrutiny committee, and on which days."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, model_validator

from ..problem import invalid, quoted
from .base import (
    Correction,
    Date,
    Email,
    Guard,
    OrganisationRef,
    Prose,
    Record,
    Source,
    TakeDowns,
    Text,
    WebAddress,
    WordId,
)

MAX_WORKING_DAYS = 60
"""How many working days before a meeting a question may be due: more can only be a slip."""


def _time_of_day(text: str) -> str:
    if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", text):
        raise invalid("time", f"{quoted(text)} is not a time of day", 'write it in quotes like "09:00" or "14:30"')
    return text


def _few_days(number: int) -> int:
    if not 0 <= number <= MAX_WORKING_DAYS:
        raise invalid("value", f"{number} working days cannot be right", f"write a number from 0 to {MAX_WORKING_DAYS}")
    return number


Time = Annotated[str, AfterValidator(_time_of_day)]
"""A time of day by the 24-hour clock."""


class ForumDeadline(Record):
    """By when to ask. `text` is the rule in words; with `working_days` the day is counted back from each date."""

    text: Prose
    working_days: Annotated[int, AfterValidator(_few_days)] | None = None
    time: Time | None = None


class ForumDate(Record):
    """A day on which the forum meets, from a source. `cancelled` is the source that says that it does not, after all.
    """

    date: Date
    source: Source
    cancelled: Source | None = None


class Forum(Record):
    """A public meeting at which anybody may ask. `how` says how to ask, `email` and `url` where.

    `organisation` runs it. `covers` are the other organisations whose work it looks into. Only the dates, the name and
    the organisation are kept: a new address or rule takes the place of the old one.
    """

    id: WordId
    name: Text
    organisation: OrganisationRef
    covers: Annotated[tuple[OrganisationRef, ...], Guard.FREE] = ()
    how: Annotated[Prose, Guard.FREE]
    url: Annotated[WebAddress, Guard.FREE]
    email: Annotated[Email | None, Guard.FREE] = None
    deadline: Annotated[ForumDeadline | None, Guard.FREE] = None
    dates: Annotated[tuple[ForumDate, ...], Guard.FILLED_IN] = ()
    also: Annotated[tuple[Text, ...], Guard.FREE] = ()
    note: Annotated[Prose | None, Guard.FREE] = None
    source: Annotated[Source, Guard.FREE]
    corrections: tuple[Correction, ...] = ()
    taken_down: TakeDowns = ()

    @model_validator(mode="after")
    def _meets_on_single_days(self) -> Forum:
        for number, item in enumerate(self.dates):
            if not item.date.is_day:
                raise invalid("date", f"a forum meets on a day, and {item.date} is longer",
                              "write the day, like 2027-01-30; leave it out until the day is published", "dates")
            if item.date in [other.date for other in self.dates[:number]]:
                raise invalid("value", f"the forum's date {item.date} is there twice", "keep one of them", "dates")
        return self
