"""Open actions of which nothing was heard in a time: which they are, and how many in each of many times."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import accumulate
from typing import TYPE_CHECKING

from ..records import Action, Update
from .progress import ENDED, Progress

if TYPE_CHECKING:
    from .register import Register


def as_of(register: Register, progress: Progress, day: date) -> Progress:
    """Return how an action stood on a day, as far as was known then."""
    known = _known(progress.action, day)
    if day == register.today and len(known) == len(progress.updates):
        return progress
    return Progress(progress.action.model_copy(update={"updates": known}), progress.promised_on, day)


def still(register: Register, first: date | None, last: date) -> tuple[Progress, ...]:
    """Return the open actions, as they stood on `last`, of which nothing was heard in the time after
    `first`, up to and with `last`.

    Those count that were promised by the first day; where no source says when, the first news counts.
    """
    if first is None:
        return ()
    return tuple(as_of(register, progress, last) for progress in register.progress.values()
                 if _is_still(progress, first, last, register.today))


def still_counts(register: Register, lasts: Sequence[date]) -> list[int]:
    """Return how many actions `still` finds in each of the times that end on these days, oldest first.

    Each time begins where the one before it ends; the first has no beginning. All are counted in one pass over the
    histories: an action adds one where it begins to count, and takes it away where it ends to.
    """
    steps = [0] * (len(lasts) + 1)
    for progress in register.progress.values():
        counted = list(_counted(progress, lasts, register.today))
        starts = [start for start, _ in counted]
        for start, end in counted:
            steps[start] += 1
            steps[end] -= 1
        heard = {bisect_left(lasts, _day(update, register.today)) for update in progress.news
                 if update.date.first_day <= register.today}
        for number in heard:
            stage = bisect_right(starts, number) - 1
            if stage >= 0 and number < counted[stage][1]:
                steps[number] -= 1
                steps[number + 1] += 1
    return list(accumulate(steps[:-1]))


def _counted(progress: Progress, lasts: Sequence[date], today: date) -> Iterator[tuple[int, int]]:
    """Yield the runs of times, from one number up to another, in which an action was there and open, heard of or not.

    What is known of it changes only on the first days of its updates. The times between these are runs.
    """
    updates = sorted(enumerate(progress.news), key=lambda item: item[1].date.first_day)
    ends = [update.date.first_day for _, update in updates]
    oldest: tuple[int, Update] | None = None
    newest_status: tuple[int, str] | None = None
    start = 0
    for number in range(len(updates) + 1):
        end = bisect_left(lasts, ends[number]) if number < len(ends) else len(lasts)
        known_by = progress.promised_on or (oldest[1].date if oldest else None)
        there = bisect_left(lasts, known_by.last_day) + 1 if known_by else len(lasts) - (lasts[-1] == today)
        is_open = newest_status is None or newest_status[1] not in ENDED
        if is_open and max(start, there, 1) < end:
            yield max(start, there, 1), end
        if number < len(updates):
            place, update = updates[number]
            oldest = min(oldest or updates[number], updates[number], key=lambda item: item[0])
            if update.status and (newest_status is None or place > newest_status[0]):
                newest_status = place, update.status
            start = end


def _is_still(progress: Progress, first: date, last: date, today: date) -> bool:
    promised = progress.promised_on
    known = [update for update in progress.news if update.date.first_day <= last]
    was_there = promised.last_day <= first if promised else known[0].date.last_day <= first if known else last == today
    status = next((update.status for update in reversed(known) if update.status), None)
    return was_there and status not in ENDED and not any(
        first < _day(update, today) <= last for update in progress.news if update.date.first_day <= today)


def _known(action: Action, day: date) -> tuple[Update, ...]:
    return tuple(update for update in action.updates if update.date.first_day <= day)


def _day(update: Update, today: date) -> date:
    """The day at which an update is counted: see Change.day."""
    return min(update.date.last_day, today)
