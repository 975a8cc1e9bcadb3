"""The intervals between meetings: what changed in each, and which open actions had no news."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import accumulate, pairwise

from ..records import Action, Meeting, Update
from .changes import Change
from .progress import ENDED, Progress
from .register import Register

MAX_SHOWN_IN_FULL = 12
"""How many intervals, the newest, the page of changes shows in full; older ones have a page a year."""


@dataclass(frozen=True)
class MeetingInterval:
    """The interval after the day `first`, up to and with `last`.

    `since` and `until` are the meetings that bound it: None before the first meeting, and after the last one.
    """

    since: Meeting | None
    until: Meeting | None
    first: date | None
    last: date
    register: Register = field(repr=False, compare=False)

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """The changes in the interval, oldest first."""
        days = self.register.change_days
        start = bisect_right(days, self.first) if self.first else 0
        return tuple(self.register.changes[start:bisect_right(days, self.last)])

    @cached_property
    def stale(self) -> tuple[Progress, ...]:
        """The open actions without news in the interval, each in its state on the day `last`."""
        return stale(self.register, self.first, self.last)

    def of(self, kind: str) -> tuple[Change, ...]:
        """Return the changes of one kind, oldest first."""
        return tuple(change for change in self.changes if change.kind == kind)


def meeting_intervals(register: Register) -> list[MeetingInterval]:
    """Return the intervals between held meetings, newest first; the newest one ends on the register's day."""
    held = sorted((meeting for meeting in register.meetings.values()
                   if meeting.state == "held" and meeting.id <= register.today.isoformat()),
                  key=lambda meeting: meeting.id)
    bounds: list[Meeting | None] = [None, *held]
    if not held or _meeting_day(held[-1]) < register.today:
        bounds.append(None)
    return [MeetingInterval(since, until, _meeting_day(since) if since else None,
                 _meeting_day(until) if until else register.today, register)
            for since, until in pairwise(bounds)][::-1]


def years(register: Register) -> dict[int, list[MeetingInterval]]:
    """Return the intervals too old to be shown in full, newest first, by the year in which they end."""
    found: dict[int, list[MeetingInterval]] = {}
    for part in meeting_intervals(register)[MAX_SHOWN_IN_FULL:]:
        found.setdefault(part.last.year, []).append(part)
    return found


def interval(register: Register, first: date, last: date | None = None) -> MeetingInterval:
    """Return the interval after `first`, up to and with `last` or the register's day."""
    held = {day: meeting for day in (first, last) if day
            if (meeting := register.meetings.get(day.isoformat())) and meeting.state == "held"}
    return MeetingInterval(held.get(first), held.get(last) if last else None, first, last or register.today, register)


def _meeting_day(meeting: Meeting) -> date:
    return date.fromisoformat(meeting.id)


def as_of(register: Register, progress: Progress, day: date) -> Progress:
    """Return an action's progress as it was known on a day."""
    visible = _visible_updates(progress.action, day)
    if day == register.today and len(visible) == len(progress.updates):
        return progress
    return replace(progress, action=progress.action.model_copy(update={"updates": visible}), today=day)


def stale(register: Register, first: date | None, last: date) -> tuple[Progress, ...]:
    """Return the actions open on the day `last` that had no news after `first`, up to and with `last`.

    An action counts from the day on which it was promised, or from its first news where no source says when that was.
    """
    if first is None:
        return ()
    return tuple(as_of(register, progress, last) for progress in register.progress.values()
                 if _had_no_news(progress, first, last, register.today))


def stale_counts(register: Register, lasts: Sequence[date]) -> list[int]:
    """Return how many actions `stale` finds in each interval that ends on one of these days, oldest first.

    Each interval begins where the one before it ends; the first has no beginning. All are counted in one pass over the
    histories, since a call of `stale` for each would make ten years of meetings quadratic: an action adds one where it
    begins to count, and takes it away where it ends to (a difference array, summed at the end).
    """
    steps = [0] * (len(lasts) + 1)
    for progress in register.progress.values():
        counted = list(_open_runs(progress, lasts, register.today))
        starts = [start for start, _ in counted]
        for start, end in counted:
            steps[start] += 1
            steps[end] -= 1
        with_news = {bisect_left(lasts, _counted_on(update, register.today)) for update in progress.news
                     if update.date.first_day <= register.today}
        for number in with_news:
            run = bisect_right(starts, number) - 1
            if run >= 0 and number < counted[run][1]:
                steps[number] -= 1
                steps[number + 1] += 1
    return list(accumulate(steps[:-1]))


def _open_runs(progress: Progress, lasts: Sequence[date], today: date) -> Iterator[tuple[int, int]]:
    """Yield the runs of intervals, from one number up to another, in which an action existed and was open.

    What is known of an action changes only on the first days of its updates: between two of them one run is enough.
    Updates are taken in the order of their days, but the newest status is the one written last in the history.
    """
    updates = sorted(enumerate(progress.news), key=lambda item: item[1].date.first_day)
    ends = [update.date.first_day for _, update in updates]
    oldest: tuple[int, Update] | None = None
    newest_status: tuple[int, str] | None = None
    start = 0
    for number in range(len(updates) + 1):
        end = bisect_left(lasts, ends[number]) if number < len(ends) else len(lasts)
        known_by = progress.promised_on or (oldest[1].date if oldest else None)
        exists = bisect_left(lasts, known_by.last_day) + 1 if known_by else len(lasts) - (lasts[-1] == today)
        is_open = newest_status is None or newest_status[1] not in ENDED
        if is_open and max(start, exists, 1) < end:
            yield max(start, exists, 1), end
        if number < len(updates):
            place, update = updates[number]
            oldest = min(oldest or updates[number], updates[number], key=lambda item: item[0])
            if update.step is None and update.status and (newest_status is None or place > newest_status[0]):
                newest_status = place, update.status
            start = end


def _had_no_news(progress: Progress, first: date, last: date, today: date) -> bool:
    promised = progress.promised_on
    visible = [update for update in progress.news if update.date.first_day <= last]
    existed = promised.last_day <= first if promised else visible[0].date.last_day <= first if visible \
        else last == today
    status = next((update.status for update in reversed(visible) if update.status and update.step is None), None)
    return existed and status not in ENDED and not any(
        first < _counted_on(update, today) <= last for update in progress.news if update.date.first_day <= today)


def _visible_updates(action: Action, day: date) -> tuple[Update, ...]:
    return tuple(update for update in action.updates if update.date.first_day <= day)


def _counted_on(update: Update, today: date) -> date:
    """Return the day on which an update counts: see Change.day."""
    return min(update.date.last_day, today)
