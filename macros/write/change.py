"""Changes published records: an action's next update, a measure's next figure, a correction that shows both
wordings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..records import Action, Record
from ..records.partial_date import PartialDate
from ..register import Register
from . import Edits, WriteError, current_text
from .yaml_writer import add_entry, set_value

FIGURE_KEYS = ("state", "approximate", "revises", "note", "source")
UPDATE_KEYS = ("date", "note", "status", "due", "owner", "reason", "evidence", "source", "editorial")

CORRECTABLE = {
    "actions": ("title", "detail", "owner", "office", "due", "due_note"),
    "decisions": ("text", "kind", "note"),
    "meetings": ("date_note", "note", "number"),
    "measures": ("title", "question", "unit", "definition", "note"),
    "findings": ("title", "text", "note"),
    "feedback": ("title", "said", "response"),
}
"""The fields of each kind of record that hold a single value and can be corrected."""


def update(register: Register, id: str, given: Mapping[str, Any]) -> Edits:
    """Return an action's file with an update at the end of its history. Raises KeyError for an unknown id.

    An update older than the latest one is backdated: `date` is the register's day, `happened` its real date.
    """
    path = register.location_of("actions", register.actions[id].id)[0]
    entry = {key: given[key] for key in UPDATE_KEYS if given.get(key)}
    if given.get("by") and entry.get("evidence"):
        entry["evidence"] = [item | {"by": given["by"]} for item in entry["evidence"]]
    if is_backdated(register.actions[id], given["date"]):
        entry = {"date": register.today.isoformat(), "happened": entry.pop("date")} | entry
    return {path: add_entry(current_text(register.root, {}, path), "updates", entry)}


def is_backdated(action: Action, day: str) -> bool:
    """Whether something that happened on `day` (2026-11-24) is older than the latest update in an action's history."""
    return any(PartialDate.parse(day).first_day < update.date.first_day for update in action.updates)


def add_figure(register: Register, id: str, given: Mapping[str, Any]) -> Edits:
    """Return a measure's file with a new figure after those for the same time and earlier. Raises KeyError for an
    unknown id."""
    path = register.location_of("measures", register.measures[id].id)[0]
    # As people write it: a year that is a text would be written in quotes.
    period = int(given["period"]) if given["period"].isdecimal() else given["period"]
    entry = {"period": period, "value": given["value"]} \
        | {key: given[key] for key in FIGURE_KEYS if given.get(key)}
    begins = PartialDate.parse(given["period"]).first_day
    place = sum(observation.period.first_day <= begins for observation in register.measures[id].observations)
    return {path: add_entry(current_text(register.root, {}, path), "observations", entry, place)}


def correct(register: Register, id: str, field: str, now: str | None, reason: str, on: str) -> Edits:
    """Return a record's file with `field` set to `now`, and a correction that keeps the old wording and the reason.

    `on` is the day of the correction. Raises WriteError if the record has no such field, or it says so already.
    """
    kind, record = find(register, id)
    if field not in CORRECTABLE[kind]:
        raise WriteError(f'"{field}" cannot be corrected here; use one of: {", ".join(CORRECTABLE[kind])}')
    was = _as_yaml(getattr(record, field))
    if was == now:
        raise WriteError(f'"{field}" of {id} says that already')
    path = register.location_of(kind, id)[0]
    text = set_value(current_text(register.root, {}, path), field, now,
                     "updates" if isinstance(record, Action) else "corrections")
    correction = {"field": field, "was": was, "now": now, "reason": reason}
    if isinstance(record, Action):
        return {path: add_entry(text, "updates", {"date": on, "correction": correction})}
    return {path: add_entry(text, "corrections", {"date": on} | correction)}


def find(register: Register, id: str) -> tuple[str, Record]:
    """Return the kind and the record with this id. Raises WriteError if no record with that id can be corrected."""
    for kind in CORRECTABLE:
        record = getattr(register, kind).get(id)
        if record:
            return kind, record
    raise WriteError(f'there is no record "{id}"; it is an id like A-012, D-003, F-001, the date of a meeting, or a '
                     "measure's short name")


def _as_yaml(value: Any) -> Any:
    """Return a value as it is written in YAML; a date keeps its precision."""
    return getattr(value, "text", value)
