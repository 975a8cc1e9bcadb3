"""JSON Schemas (draft 2020-12) of the open data, made from the records themselves."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from ..register import Register
from ..register.addresses import SITE
from .documents import API, KINDS, TITLES, link, written
from .planned import Planned

DIALECT = "https://json-schema.org/draft/2020-12/schema"

DAY = {"type": "string", "format": "date"}

COMPUTED = {
    "status": ["string", "null"], "status_word": "string", "owner": ["string", "null"], "due": ["string", "null"],
    "original_due": ["string", "null"], "due_day": ["string", "null"], "times_moved": "integer",
    "days_slipped": ["integer", "null"], "overdue": "boolean", "days_overdue": "integer", "due_soon": "boolean",
    "quiet": "boolean", "days_silent": ["integer", "null"], "completed_on_time": ["boolean", "null"],
    "promised_on": ["string", "null"], "last_update": ["string", "null"],
}
"""What the site works out of an action, and its type."""


def planned(register: Register) -> Iterator[Planned]:
    """Plan the schema of each file of records."""
    for kind in KINDS:
        yield f"{API}schema/{kind}.json", partial(_schema, register, kind)


def _schema(register: Register, kind: str) -> bytes:
    return written(schema(register, kind))


def schema(register: Register, kind: str) -> dict[str, Any]:
    """Return the schema of one file of records: what it says of itself, and its items."""
    record = KINDS[kind].model_json_schema(by_alias=True, mode="validation")
    definitions = record.pop("$defs", {})
    record["properties"]["page"] = {"type": "string", "format": "uri"}
    record["required"] = [*record.get("required", []), "page"]
    if kind == "actions":
        record["properties"]["computed"] = {"type": "object", "additionalProperties": False, "required": list(COMPUTED),
                                            "properties": {name: {"type": form} for name, form in COMPUTED.items()}}
        record["required"].append("computed")
    if kind == "posts":
        record["properties"]["id"] = {"type": "string"}
        record["required"].append("id")
    return {
        "$schema": DIALECT, "$id": link(register, f"{SITE}{API}schema/{kind}.json"), "title": TITLES[kind],
        "type": "object", "additionalProperties": False,
        "required": ["$schema", "area", "board", "standing", "licence", "source", "generated", "as_of", "items"],
        "properties": {
            "$schema": {"type": "string", "format": "uri"}, "area": {"type": "string"}, "board": {"type": "string"},
            "standing": {"enum": ["adopted", "independent"]},
            "licence": {"type": "object", "required": ["name", "url"], "properties": {
                "name": {"type": "string"}, "url": {"type": "string", "format": "uri"}}},
            "source": {"type": "string", "format": "uri"}, "generated": DAY, "as_of": DAY,
            "items": {"type": "array", "items": record},
        },
        "$defs": definitions,
    }

