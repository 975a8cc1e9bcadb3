"""Lists that only grow: an action's updates, and others that may gain but not lose."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from ..problem import Problem
from ..records import Action
from ..register import Register
from .canonical import plain, same


def grown(before: list[Any], now: list[Any]) -> bool:
    """Tell whether every item of `before` still stands in `now`, in the same order."""
    rest = iter(now)
    return all(any(same(item, other) for other in rest) for item in before)


def history(before: Action, now: Action, corrected: Callable[[str, Any, Any], bool], register: Register
            ) -> Iterator[Problem]:
    """Yield a problem for each published update of an action that is gone, changed, moved, or has one before it.

    `corrected` tells whether a new correction covers a field's change from one value to another.
    """
    old, new = [plain(update) for update in before.updates], [plain(update) for update in now.updates]

    def problem(number: int, code: str, message: str, remedy: str) -> Problem:
        path, line = register.where("actions", now.id, "updates", number)
        return Problem(path, line, code, message, remedy)

    for number, update in enumerate(old):
        said = f"the update of {before.updates[number].date} to {now.id}"
        if number < len(new) and (same(update, new[number]) or corrected("updates", update, new[number])):
            continue
        if any(same(update, other) for other in new):
            place = next(at for at, other in enumerate(new) if same(update, other))
            intruder = new[number] if number < len(new) and not any(same(new[number], other) for other in old) else None
            if intruder is not None:
                yield problem(number, "history-inserted", f"an update was slipped in before {said}, which is published",
                              "put the new update at the end")
                return
            yield problem(place, "history-reordered", f"{said} was number {number + 1}, and is now number {place + 1}",
                          "put published updates back in their order")
        elif number >= len(new) or (len(new) < len(old) and not _edited(update, new[number])):
            yield problem(number, "history-deleted", f"{said} was published, and is gone: {_words(update)}",
                          "put it back; what is no longer true is said in a new update")
        elif set(map(str, update.get("evidence", ()))) - set(map(str, new[number].get("evidence", ()))) \
                and same({**update, "evidence": None}, {**new[number], "evidence": None}):
            yield problem(number, "history-edited", f"{said} has lost evidence that was published",
                          "put it back; a dead link keeps its place and gains an archived copy")
        else:
            yield problem(number, "history-edited", f"{said} was published as {_words(update)}, and has changed",
                          "put it back, and add a new update; for a genuine mistake add a correction to a new update: "
                          "{field: updates, was: …, now: …, reason: …}")
    if before.updates and len(new) > len(old):
        newest = max(before.updates, key=lambda update: update.date.first_day)
        for number, update in enumerate(now.updates[len(old):], start=len(old)):
            if update.date.first_day < newest.date.first_day:
                yield problem(number, "history-backdated", f"the new update is dated {update.date}, before "
                              f"{newest.date}, the newest one published",
                              "date it on or after the newest published update")


def _edited(before: dict[str, Any], now: dict[str, Any]) -> bool:
    return before.get("date") == now.get("date")


def _words(update: dict[str, Any]) -> str:
    text = "; ".join(f"{key}: {value}" for key, value in update.items() if key in ("note", "status", "due", "owner"))
    return f'"{text[:80]}"' if text else "an update"
