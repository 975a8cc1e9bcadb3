"""Finds what is new and dated as if it had been published long ago, and lateness that would be taken off the site."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import timedelta

from ..kinds import KINDS
from ..problem import Code, Problem, Topic
from ..records import Action, Update
from ..records.partial_date import PartialDate, day_in_words
from ..register import Register
from ..register.changes import lateness
from .canonical import plain
from .posts import moved
from .revision import Baseline
from .taken_down import posts_without_address

CODES = (
    Code("history-backdated", Topic.HISTORY,
         "This is new, and dated as if it had been published earlier. Date it on the day on which you add it. In an "
         'update, a line "happened:" says from when the news is: readers see both days.', "- date: 2024-01-05",
         "- date: 2026-11-24\n  happened: 2024-01-05"),
    Code("lateness-hidden", Topic.HISTORY,
         "The site has said that this was late, or that its date had passed. The new update is dated before that, so "
         "nobody could see any more that it was said. Date it on the day on which you add it, and say when it "
         "happened.", "- date: 2026-11-20\n  status: complete",
         "- date: 2026-11-24\n  happened: 2026-11-20\n  status: complete"),
)

GRACE_DAYS = 7
"""How many days may lie between the date of an entry and the day on which it is published: it takes time to merge."""


def is_too_old(date: PartialDate, register: Register) -> bool:
    """Return whether an entry of this date comes too late to look as if it had been published on that day."""
    return date.last_day < register.today - timedelta(days=GRACE_DAYS)


def late_additions(before: Baseline, now: Register, changed: Collection[str]) -> Iterator[Problem]:
    """Yield a problem for each entry in the files `changed` that is new since `before`, and dated too early."""
    for id, action in now.actions.items():
        if now.location_of("actions", id)[0] in changed:
            found = list(_backdated(before, action, now))
            yield from found or _hidden_lateness(before, action, now)
    for kind in KINDS:
        if kind.corrected_in in ("corrections", "changed"):
            for id, record in getattr(now, kind.name).items():
                path, line = now.location_of(kind.name, id, kind.corrected_in)
                old = getattr(before.register, kind.name).get(id)
                if path not in changed or old is None:
                    continue
                published = plain(old).get(kind.corrected_in, [])
                for number, entry in enumerate(getattr(record, kind.corrected_in)):
                    if plain(entry) not in published and is_too_old(entry.date, now):
                        path, line = now.location_of(kind.name, id, kind.corrected_in, number, "date")
                        yield Problem(path, line, "history-backdated", f"this entry is new, and dated {entry.date}",
                                      f"date it on the day on which you add it: {now.today}")
    yield from _backdated_posts(before, now, changed)


def _backdated(before: Baseline, action: Action, now: Register) -> Iterator[Problem]:
    published = before.register.actions.get(action.id)
    known = published.updates if published else ()
    for number, update in _new(known, action):
        if is_too_old(update.date, now) and not _is_before_the_newest(update, known):
            yield Problem(*now.location_of("actions", action.id, "updates", number, "date"), "history-backdated",
                          f"the update is new, and dated {update.date}", f'write "date: {now.today}"'
                          + ("" if update.happened else f', and "happened: {update.date.text}" below it'))


def _hidden_lateness(before: Baseline, action: Action, now: Register) -> Iterator[Problem]:
    """Yield a problem where readers were shown a date that has passed, and would not be any more."""
    published = before.register.actions.get(action.id)
    new = _new(published.updates, action) if published else []
    # A corrected update shows what it said before.
    if published is None or not new or any(
            (update.correction and update.correction.field == "updates")
            or _is_before_the_newest(update, published.updates) for _, update in new):
        return
    progress = now.progress[action.id]
    was = replace(before.register.progress[action.id], is_board_run=progress.is_board_run)
    kept = [{change.key for change in lateness(one)} for one in (progress, *progress.steps)]
    hidden = next((change for one, keys in zip((was, *was.steps), kept, strict=False) for change in lateness(one)
                   if change.key not in keys), None)
    if hidden:
        number, update = next(((number, update) for number, update in new if update.status or update.due), new[0])
        yield Problem(*now.location_of("actions", action.id, "updates", number, "date"), "lateness-hidden",
                      f"readers have seen since {day_in_words(hidden.day(now.today))} that the date of {action.id} has "
                      f"passed, and this update is dated {update.date}",
                      f'write "date: {now.today}", and "happened: {update.happened_on.text}" below it')


def _new(published: tuple[Update, ...], action: Action) -> list[tuple[int, Update]]:
    """Return an action's new updates with their places; one that was slipped in before others is found elsewhere."""
    return [(number, update) for number, update in enumerate(action.updates)
            if number >= len(published) and update not in published]


def _is_before_the_newest(update: Update, published: tuple[Update, ...]) -> bool:
    """Return whether an update is older than one that is published: that is found with the history."""
    return any(update.date.first_day < other.date.first_day for other in published)


def _backdated_posts(before: Baseline, now: Register, changed: Collection[str]) -> Iterator[Problem]:
    """Yield a problem for each new post with an old date that does not say on which day it was added."""
    were_moved = moved(before, now) | set(posts_without_address(before, now).values())
    for stem, post in now.posts.items():
        path, line = now.location_of("posts", stem, "date")
        was = before.register.posts.get(stem)
        is_new = path in changed and stem not in were_moved and (was is None or (was.draft and not was.changed))
        if is_new and not post.draft and is_too_old(post.date, now) \
                and not any(not is_too_old(entry.date, now) for entry in post.changed):
            yield Problem(path, line, "history-backdated", f"the post is new, and dated {post.date}",
                          f'add to "changed:" the date {now.today}, and that it was added to the site on that day')
