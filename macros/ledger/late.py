"""Finds what is new and dated as if it had been published long ago, and lateness that would be taken off the site."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

from ..problem import Code, Problem, Topic
from ..records import Action, FeedbackUpdate, FindingVerdict, Record, Update
from ..records.partial_date import PartialDate, day_in_words
from ..register import Register
from ..register.addresses import page_address
from ..register.changes import lateness, lateness_of_answers
from .canonical import plain
from .lists import line_of_event
from .meaning import changes_of
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

Entry = Update | FeedbackUpdate | FindingVerdict
Entries = Sequence[Entry]
"""A dated history: that of an action, what came of a feedback theme, or the verdicts on a finding."""

EVENTS = "data/events.yml"
EXPLANATIONS = ("corrections", "changed", "taken_down")
"""The keys of what a record says of its own changes."""

GRACE_DAYS = 7
"""How many days may lie between the date of an entry and the day on which it is published: it takes time to merge."""


def is_too_old(date: PartialDate, register: Register) -> bool:
    """Return whether an entry of this date comes too late to look as if it had been published on that day."""
    return date.last_day < register.today - timedelta(days=GRACE_DAYS)


def late_additions(before: Baseline, now: Register, changed: Collection[str]) -> Iterator[Problem]:
    """Yield a problem for each entry in the files `changed` that is new since `before`, and dated too early."""
    for id, action in now.actions.items():
        if now.location_of("actions", id)[0] in changed:
            published = before.register.actions.get(id)
            found = list(_backdated("actions", id, "updates", published.updates if published else (), action.updates,
                                    now))
            yield from found or _hidden_lateness(before, action, now)
    yield from _late_answers(before, now, changed)
    for id, verdict in now.family_verdicts.items():
        path, line = now.location_of("family_verdicts", id, "added" if verdict.added else "date")
        day = verdict.added or verdict.date
        if path in changed and id not in before.register.family_verdicts and is_too_old(day, now):
            yield Problem(path, line, "history-backdated", f"the verdict is new, and dated {day}",
                          f'write "added: {now.today}" below its source: the day on which you add it')
    yield from _explanations(before, now, changed)
    yield from _backdated_posts(before, now, changed)


def _explanations(before: Baseline, now: Register, changed: Collection[str]) -> Iterator[Problem]:
    """Yield a problem for each new entry that explains a change of something published, and is dated too early."""
    for kind, id in now.documents:
        path, _ = now.location_of(kind, id)
        record, was = (_record_of(register, kind, id) for register in (now, before.register))
        if path in changed and record and was:
            for key in EXPLANATIONS:
                yield from _too_old(plain(was).get(key, []), plain(record).get(key, []), now,
                                    partial(now.location_of, kind, id, key))
    # An event has no id: an entry is new that none had.
    for event in now.events if EVENTS in changed and before.register.events else ():
        for key in EXPLANATIONS:
            was_said = [entry for other in before.register.events for entry in plain(other).get(key, [])]
            yield from _too_old(was_said, plain(event).get(key, []), now,
                                lambda *_, event=event: (EVENTS, line_of_event(now, event)))
    published = {page_address(page.document.path): page for page in before.register.pages if not page.post}
    for page in now.pages:
        earlier = published.get(page_address(page.document.path))
        if earlier and not page.post and page.document.path in changed:
            yield from _too_old(changes_of(earlier), changes_of(page), now,
                                lambda *place, page=page: (page.document.path, page.document.line("changed", *place)))


def _record_of(register: Register, kind: str, id: str) -> Record | None:
    if kind == "area":
        return register.area
    records = getattr(register, kind)
    return records.get(id) if isinstance(records, Mapping) else None


def _too_old(published: list[Any], entries: list[Any], now: Register, place_of: Callable[..., tuple[str, int]]
             ) -> Iterator[Problem]:
    for number, entry in enumerate(entries):
        date = PartialDate.parse(entry["date"])
        if entry not in published and is_too_old(date, now):
            yield Problem(*place_of(number, "date"), "history-backdated", f"this entry is new, and dated {date}",
                          f"date it on the day on which you add it: {now.today}")


def _late_answers(before: Baseline, now: Register, changed: Collection[str]) -> Iterator[Problem]:
    """Yield a problem for each new answer, or verdict on a finding, that is dated too early, and for each new answer
    that would take off the site that none had come in time."""
    for id, theme in now.feedback.items():
        if now.location_of("feedback", id)[0] in changed:
            was = before.register.feedback.get(id)
            found = list(_backdated("feedback", id, "updates", was.updates if was else (), theme.updates, now))
            new = [number for number, _ in _new(was.updates if was else (), theme.updates)]
            if was and new and not found:
                found = list(_hidden_answer(before, now, "feedback", id, ("updates", new[0], "date"), "happened"))
            yield from found
    for id, finding in now.findings.items():
        if now.location_of("findings", id)[0] not in changed:
            continue
        published = before.register.findings.get(id)
        yield from _backdated("findings", id, "verdicts", published.verdicts if published else (), finding.verdicts,
                              now)
        if finding.answer and finding.answered and not (published and published.answer):
            shown = finding.answer_added or finding.answered
            if is_too_old(shown, now):
                yield Problem(*now.location_of("findings", id, "answer_added" if finding.answer_added else "answered"),
                              "history-backdated", f"the answer is new, and dated {shown}",
                              f'write "answer_added: {now.today}" below it: the day on which you add it')
            else:
                yield from _hidden_answer(before, now, "findings", id, ("answered",), "answer_added")


def _hidden_answer(before: Baseline, now: Register, kind: str, id: str, place: tuple[str | int, ...], key: str
                   ) -> Iterator[Problem]:
    """Yield a problem where readers were shown that an answer was late, and would not be any more."""
    was, is_now = ({change.key: change for change in lateness_of_answers(register, kind, id)}
                   for register in (before.register, now))
    for change in (change for name, change in was.items() if name not in is_now):
        how = f'write "date: {now.today}", and "happened:" with the earlier day below it' if key == "happened" else \
            f'write "answer_added: {now.today}" below it'
        yield Problem(*now.location_of(kind, id, *place), "lateness-hidden", "readers have seen since "
                      f"{day_in_words(change.day(now.today))} that an answer was late, and this answer is dated before "
                      "that", how)


def _backdated(kind: str, id: str, field: str, published: Entries, entries: Entries, now: Register
               ) -> Iterator[Problem]:
    """Yield a problem for each new entry of a record's history that is dated too early."""
    for number, entry in _new(published, entries):
        is_older, is_old = _is_before_the_newest(entry, published), is_too_old(entry.date, now)
        # That an action's update is older than another is found with its history.
        if (is_old and not is_older) if kind == "actions" else (is_old or is_older):
            what = "verdict" if field == "verdicts" else "update"
            yield Problem(*now.location_of(kind, id, field, number, "date"), "history-backdated",
                          f"the {what} is new, and dated {entry.date}", f'write "date: {now.today}"'
                          + ("" if entry.happened else f', and "happened: {entry.date.text}" below it'))


def _hidden_lateness(before: Baseline, action: Action, now: Register) -> Iterator[Problem]:
    """Yield a problem where readers were shown a date that has passed, and would not be any more."""
    published = before.register.actions.get(action.id)
    new = _new(published.updates, action.updates) if published else []
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


def _new(published: Entries, entries: Entries) -> list[tuple[int, Entry]]:
    """Return the new entries of a history with their places.

    An update that was slipped in before others of an action is found elsewhere. Other histories may gain entries
    anywhere, and their words may be corrected: what is new there has a day that none had.
    """
    if any(isinstance(entry, Update) for entry in entries):
        return [(number, entry) for number, entry in enumerate(entries)
                if number >= len(published) and entry not in published]
    left = Counter((entry.date, entry.happened) for entry in published)
    found = []
    for number, entry in enumerate(entries):
        left[entry.date, entry.happened] -= 1
        if left[entry.date, entry.happened] < 0:
            found.append((number, entry))
    return found


def _is_before_the_newest(entry: Entry, published: Entries) -> bool:
    """Return whether an entry is older than one that is published."""
    return any(entry.date.first_day < other.date.first_day for other in published)


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
