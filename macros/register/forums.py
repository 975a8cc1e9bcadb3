"""Where to ask next: the next date of a forum, by when to ask there, and about what a page suggests to ask."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from ..records import Forum, ForumDate
from .progress import Progress

if TYPE_CHECKING:
    from holidays import HolidayBase

    from .findings import FindingProgress
    from .register import Register


@dataclass(frozen=True)
class Place:
    """A date of a forum. `deadline` is the last day on which to ask there, or None where no rule gives it."""

    forum: Forum
    date: ForumDate
    deadline: date | None

    @property
    def day(self) -> date:
        """The day on which the forum meets."""
        return self.date.date.first_day

    @property
    def time(self) -> str:
        """By what time to ask on the last day, such as "9am", or ""."""
        rule = self.forum.deadline
        return time_in_words(rule.time) if rule and rule.time else ""

    @property
    def last_day(self) -> date:
        """The last day on which somebody can still ask: that of the deadline, else the day before it meets."""
        return self.deadline or date.fromordinal(self.day.toordinal() - 1)


def deadline_of(forum: Forum, day: date) -> date | None:
    """Return the last day on which to ask for a meeting on `day`: so many working days of England before it.

    None where the rule does not say how many. Agendas count in this way: three working days before Friday
    21 November 2025 is Tuesday 18 November.
    """
    if forum.deadline is None or forum.deadline.working_days is None:
        return None
    if forum.deadline.working_days == 0:
        return day
    return _england().get_nth_working_day(day, -forum.deadline.working_days)


@lru_cache(maxsize=1)
def _england() -> HolidayBase:
    """Return the bank holidays of England, which are worked out a year at a time, when first asked for."""
    from holidays import country_holidays  # here, since it loads the holidays of every country

    return country_holidays("GB", subdiv="ENG")


def places(forum: Forum, today: date | None = None) -> list[Place]:
    """Return the dates of a forum that were not cancelled, first day first.

    With `today`, only those for which somebody can still ask on that day.
    """
    found = [Place(forum, item, deadline_of(forum, item.date.first_day)) for item in forum.dates
             if item.cancelled is None]
    return sorted((place for place in found if today is None or place.last_day >= today), key=lambda place: place.day)


def next_date(forum: Forum, today: date) -> Place | None:
    """Return the next date of a forum for which somebody can still ask, or None where none is known."""
    return next(iter(places(forum, today)), None)


def next_place(register: Register, owner: str | None) -> Place | None:
    """Return where to ask next about what `owner` has to do, or None where no date is known.

    A forum fits if it belongs to the owner, or covers its work; a partnership is asked where any member is. What has
    no known owner may be asked anywhere.
    """
    found = [place for forum in register.forums.values() if owner is None or _fits(register, forum, owner)
             if (place := next_date(forum, register.today))]
    return min(found, key=lambda place: (place.day, place.forum.id), default=None)


def _fits(register: Register, forum: Forum, owner: str) -> bool:
    organisation = register.organisations.get(owner)
    asked = {owner, *(organisation.members if organisation else ())}
    return not asked.isdisjoint((forum.organisation, *forum.covers))


def is_to_be_asked(progress: Progress) -> bool:
    """Return whether a promise is late, past its date, without news for 90 days, or lost with its plan."""
    return progress.action.is_promise and progress.is_open and (
        progress.is_date_passed or progress.is_stale or progress.fate == "not_mentioned")


def place_for_action(register: Register, progress: Progress) -> Place | None:
    """Return where to ask next about a promise, if there is something to ask."""
    return next_place(register, progress.owner) if is_to_be_asked(progress) else None


def place_for_finding(register: Register, progress: FindingProgress) -> Place | None:
    """Return where to ask next about a finding whose answer is overdue."""
    return place_for_bodies(register, progress.finding.responsible) if progress.is_overdue else None


def place_for_bodies(register: Register, responsible: tuple[str, ...]) -> Place | None:
    """Return where to ask next one of the responsible bodies, or anybody where none is known."""
    found = [place for owner in responsible or (None,) if (place := next_place(register, owner))]
    return min(found, key=lambda place: (place.day, place.forum.id), default=None)


def time_in_words(time: str) -> str:
    """Return a time of day as the site writes it: "9am", "2:30pm", "midday"."""
    hour, minute = int(time[:2]), time[3:]
    if minute == "00" and hour % 12 == 0:
        return "midday" if hour else "midnight"
    return f"{(hour - 1) % 12 + 1}{'' if minute == '00' else f':{minute}'}{'am' if hour < 12 else 'pm'}"
