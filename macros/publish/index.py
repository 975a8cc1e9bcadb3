"""The index of the open data, and the JSON Schemas (draft 2020-12) of its files, derived from the records' models."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from ..register import Register
from ..register.addresses import SITE
from . import calendar, ledger
from .api import API, KINDS, TITLES, head, page_url, to_json
from .output_file import OutputFile
from .tables import TABLES

PATH = f"{API}index.json"

SCHEMA_DIALECT = "https://json-schema.org/draft/2020-12/schema"

DAY = {"type": "string", "format": "date"}

COMPUTED = {
    "status": ["string", "null"], "status_word": "string", "owner": ["string", "null"], "due": ["string", "null"],
    "original_due": ["string", "null"], "due_day": ["string", "null"], "times_moved": "integer",
    "days_slipped": ["integer", "null"], "overdue": "boolean", "days_overdue": "integer", "due_soon": "boolean",
    "quiet": "boolean", "days_silent": ["integer", "null"], "completed_on_time": ["boolean", "null"],
    "promised_on": ["string", "null"], "last_update": ["string", "null"],
}
"""The types of the values that `api.computed` derives from an action."""


def output_files(register: Register) -> Iterator[OutputFile]:
    """Yield the schema of each file of records, and the index."""
    for kind in KINDS:
        yield OutputFile(f"{API}schema/{kind}.json", partial(_schema_json, register, kind))
    yield OutputFile(PATH, partial(_index_json, register))


def _schema_json(register: Register, kind: str) -> bytes:
    return to_json(schema(register, kind))


def _index_json(register: Register) -> bytes:
    return to_json({**head(register), "board_purpose": register.area.board.purpose,
                    "board_members": register.area.board.members, "files": list(entries(register))})


def entries(register: Register) -> Iterator[dict[str, str]]:
    """Yield the entry of each file of the open data, except those of single actions.

    An entry holds the file's address, its title, its media type, and the address that describes its form.
    """
    for kind in KINDS:
        yield {"url": page_url(register, f"{SITE}{API}{kind}.json"), "title": TITLES[kind], "type": "application/json",
               "form": page_url(register, f"{SITE}{API}schema/{kind}.json")}
    for table in TABLES:
        yield {"url": page_url(register, SITE + table.path), "title": table.title, "type": "text/csv",
               "form": page_url(register, f"{SITE}{table.path}-metadata.json")}
    yield {"url": page_url(register, SITE + ledger.PATH), "title": "The ledger: digests of every record",
           "type": "application/json", "form": page_url(register, f"{SITE}open-data/")}
    yield {"url": page_url(register, SITE + calendar.PATH), "title": "Meetings and due dates", "type": "text/calendar",
           "form": "https://www.rfc-editor.org/rfc/rfc5545"}


def schema(register: Register, kind: str) -> dict[str, Any]:
    """Return the schema of one file of records: its head and its items."""
    record = KINDS[kind].model_json_schema(by_alias=True, mode="validation")
    definitions = record.pop("$defs", {})
    record["properties"]["page"] = {"type": "string", "format": "uri"}
    record["required"] = [*record.get("required", []), "page"]
    if kind == "actions":
        record["properties"]["computed"] = {
            "type": "object", "additionalProperties": False, "required": list(COMPUTED),
            "properties": {name: {"type": types} for name, types in COMPUTED.items()}}
        record["required"].append("computed")
    if kind == "posts":
        # A post's id is the name of its file, which the model does not hold.
        record["properties"]["id"] = {"type": "string"}
        record["required"].append("id")
    return {
        "$schema": SCHEMA_DIALECT, "$id": page_url(register, f"{SITE}{API}schema/{kind}.json"), "title": TITLES[kind],
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
