"""Compares lists whose entries have no id: events, searches for news, and pages that were taken down."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..problem import Problem
from ..records import Event
from ..register import Register
from .canonical import plain, same
from .corrections import new_items, undone
from .history import is_append_only
from .revision import Baseline
from .spelling import is_spelling
from .taken_down import with_take_downs

EXPLANATIONS = ("corrections", "taken_down")


def events(before: Baseline, now: Register) -> Iterator[Problem]:
    """Yield a problem for each event that is gone or says something else, without an entry that says so.

    An event has no id. One that differs is compared with the one of the same day that was not published before, else
    with one whose corrections lead back to it.
    """
    if "events" in now.unread:
        return
    left = list(now.events)
    differing = []
    for event in before.register.events:
        twin = next((other for other in left if same(plain(event), plain(other))), None)
        if twin:
            left.remove(twin)
        else:
            differing.append(event)
    for event in differing:
        grown = next((other for other in left if _is_grown(event, other)), None)
        if grown:
            left.remove(grown)
            continue
        twin = next((other for other in left if other.date == event.date), None)
        if twin is None:
            yield Problem("data/events.yml", 1, "history-deleted", f"the event of {event.date} was published, and is "
                          "gone or has another date", "put it back; for a genuine mistake add to its corrections: "
                          "{date: …, field: …, was: …, now: …, reason: …}")
            continue
        left.remove(twin)
        fields = ", ".join(sorted(_differing(event, twin)))
        yield Problem("data/events.yml", line_of_event(now, twin), "history-edited",
                      f"the event of {event.date}: its {fields} is not as it was published", "put it back; "
                      "for a genuine mistake add to its corrections: {date: …, field: …, was: …, now: …, reason: …}")


def _is_grown(before: Event, now: Event) -> bool:
    """Return whether an event says all that it said before, apart from spellings, corrections and take-downs."""
    return not _differing(before, now)


def _differing(before: Event, now: Event) -> set[str]:
    published, is_now = plain(before), plain(now)
    lost = {key for key in EXPLANATIONS if not is_append_only(published.get(key, []), is_now.get(key, []))}
    old = with_take_downs(before, now)
    new = undone(is_now, new_items(published.get("corrections", []), is_now.get("corrections", [])))
    return lost | {key for key, value in old.items() if key not in EXPLANATIONS and not _says_the_same(
        value, new.get(key))}


def _says_the_same(was: Any, now: Any) -> bool:
    return same(was, now) or (isinstance(was, str) and isinstance(now, str) and is_spelling(was, now))


def line_of_event(register: Register, event: Event) -> int:
    """Return the line of an event in its file."""
    for (kind, _), (document, place) in register.documents.items():
        if kind == "events" and document.data[place[0]].get("text") == event.text \
                and str(document.data[place[0]].get("date")) == event.date.text:
            return document.line(*place)
    return 1


def looked(before: Baseline, now: Register) -> Iterator[Problem]:
    """Yield a problem for each search for news that is gone: the site has said to readers that it took place."""
    if "looked" in now.unread:
        return
    current = [plain(looked) for looked in now.looked]
    for looked in before.register.looked:
        if not any(same(plain(looked), other) for other in current):
            yield Problem("data/looked.yml", 1, "history-deleted", f"the search for news of {looked.date} was "
                          "published, and is gone or changed", "put it back, and add a new search at the end")


def pages_taken_down(before: Baseline, now: Register) -> Iterator[Problem]:
    """Yield a problem where an entry about a page that was taken down is gone: readers had seen why."""
    if "taken_down" not in now.unread and not is_append_only(list(map(plain, before.register.taken_down)),
                                                             list(map(plain, now.taken_down))):
        yield Problem("data/taken-down.yml", 1, "history-deleted", "an entry about a page that was taken down was "
                      "published, and is gone or changed", "put it back, and add a new entry at the end")
