"""What changed, and when: computed from the records alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from ..records import Action, Decision, Measure, Observation, Update
from ..records.partial_date import FreeTextDue, PartialDate
from .progress import ENDED, Progress

if TYPE_CHECKING:
    from .register import Register

KINDS = ("decided", "promised", "complete", "stopped", "overdue", "moved", "dated", "owner", "status", "figure", "news",
         "corrected")
"""What a change can be, in the order in which readers are told."""

ORDER = {kind: number for number, kind in enumerate(KINDS)}


@dataclass(frozen=True)
class Change:
    """Something that happened to a promise, a decision or a measure.

    `date` is as precise as it is known. `key` names the change for good: it is the same in every build, and a history
    that only grows gives no two changes one key. `was` and `now` are what an update changed: a status, a due date or an
    owner. Of action, decision and measure the one is given that changed.
    """

    kind: str
    date: PartialDate
    key: str
    action: Action | None = None
    update: Update | None = None
    was: PartialDate | FreeTextDue | str | None = None
    now: PartialDate | FreeTextDue | str | None = None
    days: int | None = None
    decision: Decision | None = None
    measure: Measure | None = None
    observation: Observation | None = None

    def day(self, today: date) -> date:
        """Return the day at which it is counted: the last that its date covers, or today where that is to come."""
        return min(self.date.last_day, today)


def changes(register: Register) -> list[Change]:
    """Return every change up to the register's day, oldest first."""
    found = [change for progress in register.progress.values() for change in _of_action(progress)]
    for decision in register.decisions.values():
        found.append(Change("decided", PartialDate.parse(decision.meeting), f"decisions/{decision.id.lower()}",
                            decision=decision))
    for measure in register.measures.values():
        found += _of_measure(measure)
    return sorted((change for change in found if change.date.first_day <= register.today),
                  key=lambda change: (change.day(register.today), ORDER[change.kind], change.key))


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
        if not isinstance(due, PartialDate):
            continue
        day = due.last_day + timedelta(days=1)
        day = max(day, start) if start else day
        if day > progress.today or (end and end <= day) or not _is_open(progress, day):
            continue
        yield Change("overdue", PartialDate(day.isoformat(), day, day), f"{place}/late-{due.text.lower()}",
                     progress.action, now=due)


def _is_open(progress: Progress, day: date) -> bool:
    given = [update.status for update in progress.updates if update.status and update.date.first_day <= day]
    return not given or given[-1] not in ENDED


def _days(was: PartialDate | FreeTextDue | None, now: PartialDate | FreeTextDue) -> int | None:
    return (now.last_day - was.last_day).days if isinstance(was, PartialDate) and isinstance(now, PartialDate) else None


def _of_measure(measure: Measure) -> Iterator[Change]:
    """Yield a measure's figures, each when its source was published, or else when the time that it is for was over."""
    given: Counter[str] = Counter()
    for observation in measure.observations:
        source = observation.source or measure.source
        period = observation.period.text.lower()
        given[period] += 1
        # Not its place in the list: a figure of an earlier time may come to stand before it.
        key = f"{period}-{given[period]}" if given[period] > 1 else period
        yield Change("figure", source.published if source and source.published else observation.period,
                     f"measures/{measure.id}/{key}", measure=measure, observation=observation)
