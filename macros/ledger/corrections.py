"""Which changes to published records a correction in the open covers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..kinds import Kind
from ..records import Action, Record
from ..records.partial_date import NO_DATE, PartialDate
from .canonical import plain, same, without_defaults
from .places import at, parse

Corrected = Callable[[str, Any, Any], bool]
"""Whether new corrections cover a field's change from one plain value to another."""

NEEDS_SOURCE = frozenset(("due", "owner", "target", "milestones", "baseline", "steps", "answer_due", "answered",
                          "heard", "updates"))
"""Fields by which a missed date or target could be made to vanish. Their correction needs a source that shows that the
right value had been published."""

SETTLED = ("date", "happened", "step", "status", "to", "due", "owner")
"""What a correction of an update cannot change: that takes a new update, which readers see beside the old one."""


def new_corrections(kind: Kind, before: Record, now: Record) -> list[dict[str, Any]]:
    """Return the corrections that were not published yet: a published one has covered its own change."""
    if isinstance(before, Action) and isinstance(now, Action):
        return [plain(update.correction) for update in now.updates[len(before.updates):] if update.correction]
    return new_items(plain(before).get("corrections", []), plain(now).get("corrections", []))


def new_items(before: list[Any], now: list[Any]) -> list[Any]:
    """Return the items of `now` without those of `before`; an item that is there twice more than before is new."""
    published = list(before)
    found = []
    for item in now:
        if item in published:
            published.remove(item)
        else:
            found.append(item)
    return found


def covered_by(corrections: list[dict[str, Any]]) -> Corrected:
    """Return a function that says whether these corrections lead from what was published to what is there now.

    Each one must say what was there before it, and what was there after it.
    """
    def corrected(field: str, was: Any, is_now: Any) -> bool:
        chain = [item for item in corrections if item["field"] == field and (field != "updates" or _fits(item, was))]
        value = was
        for item in chain:
            if not alike(item.get("was"), value) or not _may_be_corrected(item):
                return False
            value = item.get("now")
        return bool(chain) and alike(value, is_now)

    def _fits(item: dict[str, Any], was: Any) -> bool:
        # An action's updates share one field: a correction of another update says nothing about this one. What came of
        # a feedback theme is corrected as a whole list.
        return isinstance(was, list) or alike(item.get("was"), was)

    return corrected


def _may_be_corrected(item: dict[str, Any]) -> bool:
    field = item["field"].split(".")[0]
    was, now = item.get("was"), item.get("now")
    if isinstance(was, list) and field in ("updates", "verdicts") and _days(was) != _days(now):
        return False
    if field == "updates" and not isinstance(was, list):
        return isinstance(was, dict) and isinstance(now, dict) and all(was.get(key) == now.get(key) for key in SETTLED)
    return field not in NEEDS_SOURCE or bool(item.get("source"))


def _days(entries: Any) -> list[tuple[Any, Any]] | None:
    """Return the days of dated entries, as text: a correction cannot launder them."""
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        return None
    return [(str(entry.get("date")), str(entry.get("happened"))) for entry in entries]


def alike(written: Any, recorded: Any) -> bool:
    """Return whether what a writer put under `was` or `now` is what a record holds.

    A writer copies a source as its file has it, without the keys that the record fills in, and a year or a figure may
    be written as a number or as a text.
    """
    return same(without_defaults(_as_text(written)) or None, without_defaults(_as_text(recorded)) or None)


def _as_text(value: Any) -> Any:
    match value:
        case dict():
            return {key: _as_text(item) for key, item in value.items() if item not in (None, [], ())}
        case list() | tuple():
            return [_as_text(item) for item in value]
        case PartialDate():
            return value.text
        case bool() | None:
            return value
        case int() | float():
            return f"{value:.15g}"
        case str():
            return " ".join(value.split()).removesuffix(f" {NO_DATE}")
    return value


def was_emptied(field: str, before: Record) -> bool:
    """Return whether a published correction or take-down left a field without a value.

    It was given once already, so it may not be given again without a word.
    """
    entries = [update.correction for update in before.updates if update.correction] if isinstance(before, Action) \
        else list(getattr(before, "corrections", ()))
    return any(entry.field == field for entry in (*entries, *getattr(before, "taken_down", ())))


def undone(value: dict[str, Any], corrections: list[dict[str, Any]]) -> dict[str, Any]:
    """Return a record's plain values as they were before these corrections, the newest first; see `covered_by`."""
    result = dict(value)
    for item in reversed(corrections):
        if alike(item.get("now"), at(result, parse(item["field"]))) and "." not in item["field"]:
            result[item["field"]] = item.get("was")
    return {key: item for key, item in result.items() if item is not None}
