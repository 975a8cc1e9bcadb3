"""The times between meetings: what changed in each, and what did not move."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import pairwise

from ..records import Meeting
from .changes import Change
from .progress import Progress
from .register import Register
from .still import still

IN_FULL = 12
"""How many times between meetings the page of changes shows in full, the newest; older ones have a page a year."""


@dataclass(frozen=True)
class Span:
    """The time after `first`, up to and with `last`, with what changed in it and what did not.

    `since` and `until` are the meetings that bound it; None at the beginning, and where it lasts until today.
    """

    since: Meeting | None
    until: Meeting | None
    first: date | None
    last: date
    register: Register = field(repr=False, compare=False)

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """What changed in it, oldest first."""
        days = self.register.change_days
        start = bisect_right(days, self.first) if self.first else 0
        return tuple(self.register.changes[start:bisect_right(days, self.last)])

    @cached_property
    def still(self) -> tuple[Progress, ...]:
        """The open actions, as they stood on `last`, of which nothing was heard in it."""
        return still(self.register, self.first, self.last)

    def of(self, kind: str) -> tuple[Change, ...]:
        """Return its changes of one kind, oldest first."""
        return tuple(change for change in self.changes if change.kind == kind)


def spans(register: Register) -> list[Span]:
    """Return the times between meetings that were held, newest first; the newest lasts until the register's day."""
    held = sorted((meeting for meeting in register.meetings.values()
                   if meeting.state == "held" and meeting.id <= register.today.isoformat()),
                  key=lambda meeting: meeting.id)
    bounds: list[Meeting | None] = [None, *held]
    if not held or _day(held[-1]) < register.today:
        bounds.append(None)
    return [Span(since, until, _day(since) if since else None, _day(until) if until else register.today, register)
            for since, until in pairwise(bounds)][::-1]


def years(register: Register) -> dict[int, list[Span]]:
    """Return the spans that are too old to be shown in full on the page of changes, newest first, by the year in which
    they end."""
    found: dict[int, list[Span]] = {}
    for part in spans(register)[IN_FULL:]:
        found.setdefault(part.last.year, []).append(part)
    return found


def span(register: Register, first: date, last: date | None = None) -> Span:
    """Return what changed after `first`, up to and with `last` or the register's day."""
    held = {day: meeting for day in (first, last) if day
            if (meeting := register.meetings.get(day.isoformat())) and meeting.state == "held"}
    return Span(held.get(first), held.get(last) if last else None, first, last or register.today, register)


def _day(meeting: Meeting) -> date:
    return date.fromisoformat(meeting.id)
