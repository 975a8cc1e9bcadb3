"""What changed between two days, and what did not move: computed from the records alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from ..period import Period, Words
from ..records import Action, Decision, Measure, Meeting, Observation, Update
from .progress import ENDED, Progress

if TYPE_CHECKING:
    from .register import Register

KINDS = ("decided", "promised", "complete", "stopped", "overdue", "moved", "dated", "owner", "status", "figure", "news",
         "corrected")
"""What a change can be, in the order in which readers are told."""


@dataclass(frozen=True)
class Change:
    """Something that happened to a promise, a decision or a measure.

    `date` is as precise as it is known. `key` names the change for good: it is the same in every build, and a history
    that only grows gives no two changes one key. `was` and `now` are what an update changed: a status, a due date or an
    owner. Of action, decision and measure the one is given that changed.
    """

    kind: str
    date: Period
    key: str
    action: Action | None = None
    update: Update | None = None
    was: Period | Words | str | None = None
    now: Period | Words | str | None = None
    days: int | None = None
    decision: Decision | None = None
    measure: Measure | None = None
    observation: Observation | None = None

    def day(self, today: date) -> date:
        """Return the day at which it is counted: the last that its date covers, or today where that is to come."""
        return min(self.date.last_day, today)


@dataclass(frozen=True)
class Span:
    """The time after `first`, up to and with `last`, with what changed in it and what did not.

    `since` and `until` are the meetings that bound it; None at the beginning, and where it lasts until today. `still`
    holds the open actions, as they stood on `last`, of which nothing was heard in the span.
    """

    since: Meeting | None
    until: Meeting | None
    first: date | None
    last: date
    changes: tuple[Change, ...]
    still: tuple[Progress, ...]

    def of(self, kind: str) -> tuple[Change, ...]:
        """Return its changes of one kind, oldest first."""
        return tuple(change for change in self.changes if change.kind == kind)


def changes(register: Register) -> list[Change]:
    """Return every change up to the register's day, oldest first."""
    found = [change for progress in register.progress.values() for change in _of_action(progress)]
    for decision in register.decisions.values():
        found.append(Change("decided", Period.parse(decision.meeting), f"decisions/{decision.id.lower()}",
                            decision=decision))
    for measure in register.measures.values():
        found += _of_measure(measure)
    return sorted((change for change in found if change.date.first_day <= register.today),
                  key=lambda change: (change.day(register.today), KINDS.index(change.kind), change.key))


def spans(register: Register) -> list[Span]:
    """Return the times between meetings that were held, newest first; the newest lasts until the register's day."""
    held = sorted((meeting for meeting in register.meetings.values()
                   if meeting.state == "held" and meeting.id <= register.today.isoformat()),
                  key=lambda meeting: meeting.id)
    every = register.changes
    bounds: list[Meeting | None] = [None, *held]
    if not held or _day(held[-1]) < register.today:
        bounds.append(None)
    return [_span(register, every, since, until) for since, until in pairwise(bounds)][::-1]


def span(register: Register, first: date, last: date | None = None) -> Span:
    """Return what changed after `first`, up to and with `last` or the register's day."""
    meetings = {_day(meeting): meeting for meeting in register.meetings.values() if meeting.state == "held"}
    found = _between(register, register.changes, first, last or register.today)
    return replace(found, since=meetings.get(first), until=meetings.get(last) if last else None)


def as_of(register: Register, day: date) -> list[Progress]:
    """Return how the actions stood on a day, as far as was known then; those promised later are left out."""
    return [
        Progress(action.model_copy(update={"updates": tuple(
            update for update in action.updates if update.date.first_day <= day)}), progress.promised_on, day)
        for action, progress in ((register.actions[id], progress) for id, progress in register.progress.items())
        if not progress.promised_on or progress.promised_on.first_day <= day
    ]


def _day(meeting: Meeting) -> date:
    return date.fromisoformat(meeting.id)


def _span(register: Register, every: list[Change], since: Meeting | None, until: Meeting | None) -> Span:
    found = _between(register, every, _day(since) if since else None, _day(until) if until else register.today)
    return replace(found, since=since, until=until)


def _between(register: Register, every: list[Change], first: date | None, last: date) -> Span:
    within = tuple(change for change in every
                   if (first is None or change.day(register.today) > first) and change.day(register.today) <= last)
    moved = {change.action.id for change in within if change.update and change.action}
    still = () if first is None else tuple(
        progress for progress in as_of(register, last)
        if progress.is_open and progress.action.id not in moved and _was_there(progress, first, register.today == last))
    return Span(None, None, first, last, within, still)


def _was_there(progress: Progress, first: date, is_newest: bool) -> bool:
    """Tell whether an action had been promised by the first day; where no source says when, its first news counts."""
    if progress.promised_on:
        return progress.promised_on.last_day <= first
    return is_newest if not progress.updates else progress.updates[0].date.last_day <= first


def _of_action(progress: Progress) -> Iterator[Change]:
    action = progress.action
    place = f"actions/{action.id.lower()}"
    if progress.promised_on:
        yield Change("promised", progress.promised_on, f"{place}/promised", action)
    status, due, owner = None, action.due, action.owner
    for number, update in enumerate(action.updates, 1):
        said = []
        if update.status and update.status != status:
            said.append((update.status if update.status in ENDED else "status", status, update.status, None))
        if update.due and update.due != due:
            said.append(("moved" if due else "dated", due, update.due, _days(due, update.due)))
        if update.owner and update.owner != owner:
            said.append(("owner", owner, update.owner, None))
        if update.correction:
            said.append(("corrected", None, None, None))
        for kind, was, now, days in said or [("news", None, None, None)]:
            yield Change(kind, update.date, f"{place}/update-{number}-{kind}", action, update, was, now, days)
        status, due, owner = update.status or status, update.due or due, update.owner or owner
    yield from _lateness(progress, place)


def _lateness(progress: Progress, place: str) -> Iterator[Change]:
    """Yield the days on which the action became late: the day after a due date that still held, while it was open."""
    stages = [(None, progress.action.due), *((update.date.first_day, update.due) for update in progress.updates
                                             if update.due)]
    ends = [start for start, _ in stages[1:]] + [None]
    for (start, due), end in zip(stages, ends, strict=True):
        if not isinstance(due, Period):
            continue
        day = due.last_day + timedelta(days=1)
        day = max(day, start) if start else day
        if day > progress.today or (end and end <= day) or not _is_open(progress, day):
            continue
        yield Change("overdue", Period.parse(day.isoformat()), f"{place}/late-{due.text.lower()}", progress.action,
                     now=due)


def _is_open(progress: Progress, day: date) -> bool:
    given = [update.status for update in progress.updates if update.status and update.date.first_day <= day]
    return not given or given[-1] not in ENDED


def _days(was: Period | Words | None, now: Period | Words) -> int | None:
    return (now.last_day - was.last_day).days if isinstance(was, Period) and isinstance(now, Period) else None


def _of_measure(measure: Measure) -> Iterator[Change]:
    """Yield a measure's figures, each when its source was published, or else when the time that it is for was over."""
    for number, observation in enumerate(measure.observations, 1):
        source = observation.source or measure.source
        yield Change("figure", source.published if source and source.published else observation.period,
                     f"measures/{measure.id}/{number}", measure=measure, observation=observation)
