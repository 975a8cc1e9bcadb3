"""Lists that only grow: an action's updates, and other lists that may gain entries but lose none."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any

from ..problem import Problem
from ..records import Action
from ..register import Register
from .canonical import is_grown, plain, same, without_archived
from .taken_down import with_take_downs

HOW_TO_BACKDATE = "put the new update at the end, dated on the day on which you add it; where it reports an earlier " \
    'day, add a line "happened:" with that day'


def is_append_only(before: list[Any], now: list[Any]) -> bool:
    """Return whether `now` has every item of `before`, in the same order."""
    rest = iter(now)
    return all(any(same(item, other) or is_grown(item, other) for other in rest) for item in before)


def is_only_filled_in(before: list[Any], now: list[Any]) -> bool:
    """Return whether `now` has every item of `before`, in the same order, with all that it said."""
    rest = iter(now)
    return all(any(_says_all_of(item, other) for other in rest) for item in before)


def _says_all_of(before: dict[str, Any], now: dict[str, Any]) -> bool:
    return all(key in now and same(value, now[key]) for key, value in before.items())


def history(before: Action, now: Action, corrected: Callable[[str, Any, Any], bool], register: Register
            ) -> Iterator[Problem]:
    """Yield a problem for each published update that is gone, changed or moved, or has a new one before it.

    `corrected` returns whether a new correction covers a field's change from one value to another.
    """
    old, new = with_take_downs(before, now).get("updates", []), [plain(update) for update in now.updates]
    # An update may be given a source where it had none. It is then compared as it was.
    new = [was if was is not None and is_grown(was, update) else update for was, update in zip_longest(old, new)
           if update is not None]

    def problem(number: int, code: str, message: str, hint: str) -> Problem:
        path, line = register.location_of("actions", now.id, "updates", *([number] if number < len(new) else []))
        return Problem(path, line, code, message, hint)

    def name(number: int) -> str:
        return f"the update of {before.updates[number].date} to {now.id}"

    steps = SequenceMatcher(None, list(map(_key, old)), list(map(_key, new)), autojunk=False).get_opcodes()
    for step, start, end, first, last in steps:
        removed, added = list(range(start, end)), list(range(first, last))
        if step == "equal":
            for number, place in zip(removed, added, strict=True):
                if not same(old[number], new[place]):
                    yield problem(place, "history-edited", f"{name(number)} has lost an archived copy", "put it back")
            continue
        for number in list(removed):
            place = next((place for place in added if new[place].get("date") == old[number].get("date")), None)
            if _key(old[number]) in map(_key, new):
                place = list(map(_key, new)).index(_key(old[number]))
                yield problem(place, "history-reordered", f"{name(number)} was number {number + 1}, and is now number "
                              f"{place + 1}", "put published updates back in their order")
            elif place is None:
                yield problem(first, "history-deleted", f"{name(number)} was published, and is gone",
                              "put it back; what is no longer true is said in a new update")
            else:
                added.remove(place)
                if not corrected("updates", old[number], new[place]):
                    yield problem(place, *_edited(name(number), old[number], new[place]))
        if end < len(old):
            for place in added:
                if _key(new[place]) not in map(_key, old):
                    yield problem(place, "history-inserted", f"an update was slipped in before {name(end)}, which is "
                                  "published", HOW_TO_BACKDATE)
    yield from _backdated(before, now, len(new) - len(old), problem)


def _backdated(before: Action, now: Action, added: int, problem: Callable[..., Problem]) -> Iterator[Problem]:
    if not before.updates or added < 1:
        return
    newest = max(before.updates, key=lambda update: update.date.first_day)
    for number, update in enumerate(now.updates[-added:], start=len(before.updates)):
        if update.date.first_day < newest.date.first_day:
            yield problem(number, "history-backdated", f"the new update is dated {update.date}, before {newest.date}, "
                          "the newest one published", HOW_TO_BACKDATE)


def _key(update: dict[str, Any]) -> str:
    return json.dumps(without_archived(update), sort_keys=True, ensure_ascii=False)


def _edited(update: str, was: dict[str, Any], is_now: dict[str, Any]) -> tuple[str, str, str]:
    """Return the code, message and hint for an update whose words or evidence have changed."""
    lost = [item for item in was.get("evidence", ()) if not any(same(item, other) for other in
                                                                is_now.get("evidence", ()))]
    if lost and same({**was, "evidence": None}, {**is_now, "evidence": None}):
        return "history-edited", f"{update} has lost evidence that was published", \
            "put it back; a dead link keeps its place and gains an archived copy"
    return "history-edited", f"{update} is not as it was published", \
        "put it back, and add a new update; for a genuine mistake add a correction to a new update: " \
        "{field: updates, was: …, now: …, reason: …}"
