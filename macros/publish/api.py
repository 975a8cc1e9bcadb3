"""The open data as JSON: every record with its page and, for actions, derived values; and the JSON Schema of each file.

Derived values hold on the day `as_of`. `generated` is the date of the newest record, not the time of the build, so that
the same records give the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import cache, partial
from typing import Any

import pydantic_core
from pydantic import BaseModel

from ..kinds import IN_OPEN_DATA
from ..ledger.canonical import plain
from ..records import FamilyVerdict, Feel, Record
from ..records.area import AreaCodes
from ..records.partial_date import PartialDate
from ..register import Progress, Register
from ..register.addresses import SITE, address, post_address
from ..register.verdicts import WORDS, Verdict
from .output_file import OutputFile

API = "api/v1/"
INDEX_PATH = f"{API}index.json"

MODELS: dict[str, type[Record]] = {name: kind.model for name, kind in IN_OPEN_DATA.items()}
"""The model of each file's records, by the name of the file."""

WITHOUT_ID = ("posts", "family-verdicts")
"""The files whose records get their id here: a post's is the name of its file, and that of a verdict of families is
made of what identifies it."""

TITLES = {name: kind.open_data.title for name, kind in IN_OPEN_DATA.items() if kind.open_data}

SCHEMA_DIALECT = "https://json-schema.org/draft/2020-12/schema"

DAY = {"type": "string", "format": "date"}

AREA = {"type": "object", "additionalProperties": False, "required": ["name", *AreaCodes.model_fields],
        "properties": {"name": {"type": "string"},
                       **{name: {"type": ["string", "null"]} for name in AreaCodes.model_fields}}}
"""The area whose site it is: see `area_of`."""

COMPUTED_TYPES = {
    "status": ["string", "null"], "status_word": "string", "owner": ["string", "null"], "due": ["string", "null"],
    "original_due": ["string", "null"], "due_day": ["string", "null"], "times_moved": "integer",
    "days_slipped": ["integer", "null"], "late": "boolean", "date_passed": "boolean",
    "days_past_due": "integer", "done_late": "boolean", "days_done_late": "integer", "disagree": "boolean",
    "due_soon": "boolean", "quiet": "boolean", "days_silent": ["integer", "null"],
    "fate": ["string", "null"], "successor": ["string", "null"], "test_published": "boolean",
    "completed_on_time": ["boolean", "null"], "promised_on": ["string", "null"], "last_update": ["string", "null"],
}
"""The types of the values that `computed` derives from an action."""


VERDICTS = {"type": "array", "items": {
    "type": "object", "additionalProperties": False, "required": ["word", "status", "date", "label", "by", "url"],
    "properties": {"word": {"enum": list(WORDS)}, "status": {"type": "string"}, "date": {"type": "string"},
                   "label": {"type": "string"}, "by": {"type": ["string", "null"]},
                   "url": {"type": ["string", "null"], "format": "uri"}}}}
"""The newest status of an action by each word: see `Progress.verdicts`."""


FAMILIES = {
    "type": ["object", "null"], "additionalProperties": False,
    "required": ["date", "asked_by", "answered", *Feel.model_fields, "url"],
    "properties": {"date": {"type": "string"}, "asked_by": {"type": "string"}, "answered": {"type": "integer"},
                   **{name: {"type": "integer"} for name in Feel.model_fields},
                   "url": {"type": ["string", "null"], "format": "uri"}}}
"""What families answered when they were last asked about an action; null where nobody asked."""


STEPS = {"type": "array", "items": {
    "type": "object", "additionalProperties": False,
    "required": ["number", "title", "original_due", "due", "moves", "late", "date_passed", "status", "done_on",
                 "verdicts"],
    "properties": {"number": {"type": "integer"}, "title": {"type": "string"},
                   "original_due": {"type": ["string", "null"]}, "due": {"type": ["string", "null"]},
                   "moves": {"type": "array", "items": {
                       "type": "object", "additionalProperties": False, "required": ["said_on", "was", "now", "reason"],
                       "properties": {"said_on": {"type": "string"}, "was": {"type": "string"},
                                      "now": {"type": "string"}, "reason": {"type": ["string", "null"]}}}},
                   "late": {"type": "boolean"}, "date_passed": {"type": "boolean"},
                   "status": {"type": ["string", "null"]}, "done_on": {"type": ["string", "null"]},
                   "verdicts": VERDICTS}}}
"""The steps of an action, each with what became of it: see `Progress.steps`."""


def output_files(register: Register) -> Iterator[OutputFile]:
    """Yield a file and a schema for each kind of record, and a file for each action."""
    for kind in MODELS:
        yield OutputFile(f"{API}{kind}.json", partial(_kind_json, register, kind))
        yield OutputFile(f"{API}schema/{kind}.json", partial(_schema_json, register, kind))
    for id in sorted(register.actions):
        yield OutputFile(f"{API}actions/{id.lower()}.json", partial(_action_json, register, id))


def _kind_json(register: Register, kind: str) -> bytes:
    return to_json_lines(head(register, kind), items(register, kind))


def _schema_json(register: Register, kind: str) -> bytes:
    return to_json(schema(register, kind))


def _action_json(register: Register, id: str) -> bytes:
    return to_json_lines(head(register, "actions"), [_item(register, "actions", id, register.actions[id])])


def items(register: Register, kind: str) -> Iterator[dict[str, Any]]:
    """Yield the records of a kind as plain values, each with the address of its page."""
    if kind in ("events", "looked"):
        page = page_url(register, {"events": "site:/timeline/", "looked": "site:/how-to-read/#looked"}[kind])
        yield from ({**stated(record), "page": page} for record in getattr(register, kind))
    elif kind == "posts":
        for stem, post in sorted(register.posts.items()):
            if not post.draft:
                yield {"id": stem, **stated(post), "page": page_url(register, post_address(stem))}
    else:
        for id, record in sorted(getattr(register, IN_OPEN_DATA[kind].name).items()):
            yield _item(register, kind, id, record)


def _item(register: Register, kind: str, id: str, record: Record) -> dict[str, Any]:
    item = {**({"id": id} if kind in WITHOUT_ID else {}), **stated(record), "page": page_url(register, address(record))}
    if kind == "measures":
        item["indicator"] = id if id in register.official else None
    return {**item, "computed": computed(register.progress[id])} if kind == "actions" else item


def stated(value: Any) -> Any:
    """Return a record as plain values, without the optional fields that are empty.

    A required field stays even when it is null: that a value is not published is itself a fact.
    """
    if isinstance(value, BaseModel):
        return {key: stated(item) for key, name, is_required in _fields(type(value))
                if (item := getattr(value, name)) not in (None, ()) or is_required}
    if isinstance(value, dict):
        return {key: stated(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return [stated(item) for item in value]
    return plain(value)


@cache
def _fields(record: type[BaseModel]) -> list[tuple[str, str, bool]]:
    """Return each field of a model: its key in YAML, its name, and whether it is required."""
    return [(field.alias or name, name, field.is_required()) for name, field in record.model_fields.items()]


def computed(progress: Progress) -> dict[str, Any]:
    """Return the values derived from an action's history; null when not known or not published."""
    return {
        "status": progress.status, "status_word": progress.status_word, "owner": progress.owner,
        "due": text_or_none(progress.due), "original_due": text_or_none(progress.original_due),
        "due_day": progress.due_day.isoformat() if progress.due_day else None,
        "times_moved": progress.times_moved, "days_slipped": progress.days_slipped,
        "late": progress.is_late, "date_passed": progress.is_unresolved, "days_past_due": progress.days_past_due,
        "done_late": progress.is_done_late, "days_done_late": progress.days_done_late, "disagree": progress.disagree,
        "verdicts": [_verdict(verdict) for verdict in progress.verdicts],
        "families": _asked(progress.asked[0]) if progress.asked else None, "due_soon": progress.is_due_soon,
        "quiet": progress.is_stale, "days_silent": progress.days_without_news,
        "fate": progress.fate, "successor": progress.successor, "test_published": bool(progress.action.done_when),
        "completed_on_time": progress.completed_on_time, "promised_on": text_or_none(progress.promised_on),
        "last_update": text_or_none(progress.last_update.happened_on) if progress.last_update else None,
        "steps": [_step(number, step) for number, step in enumerate(progress.steps, 1)],
    }


def _step(number: int, step: Progress) -> dict[str, Any]:
    return {"number": number, "title": step.action.title, "original_due": text_or_none(step.original_due),
            "due": text_or_none(step.due),
            "moves": [{"said_on": move.said_on.text, "was": text_or_none(move.was), "now": text_or_none(move.now),
                       "reason": move.reason} for move in step.moves],
            "late": step.is_late, "date_passed": step.is_unresolved, "status": step.status,
            "done_on": text_or_none(step.ended_on) if step.is_complete else None,
            "verdicts": [_verdict(verdict) for verdict in step.verdicts]}


def _verdict(verdict: Verdict) -> dict[str, Any]:
    organisation, item = verdict.account.organisation, verdict.account.item
    return {"word": verdict.word, "status": verdict.status, "date": verdict.date.text, "label": verdict.label,
            "by": organisation.id if organisation else None, "url": item.url if item else None}


def _asked(verdict: FamilyVerdict) -> dict[str, Any]:
    return {"date": verdict.date.text, "asked_by": verdict.asked_by, "answered": verdict.answered,
            **plain(verdict.feel), "url": verdict.source.url}


def head(register: Register, schema: str | None = None) -> dict[str, Any]:
    """Return the fields that every file begins with."""
    area = register.area
    return {
        **({"$schema": page_url(register, f"{SITE}{API}schema/{schema}.json")} if schema else {}),
        "area": area_of(register), "board": area.board.name, "standing": area.standing, "licence": plain(area.licence),
        "source": page_url(register, SITE), "generated": register.latest_publication.isoformat(),
        "as_of": register.today.isoformat(),
    }


def area_of(register: Register) -> dict[str, str | None]:
    """Return the area's name and its codes, by which the files of two areas can be joined; null where not given."""
    codes = register.area.codes
    return {"name": register.area.name, **{name: getattr(codes, name, None) for name in AreaCodes.model_fields}}


def page_url(register: Register, path: str) -> str:
    """Return the absolute URL of a place on the site, given as site:/…"""
    return path.replace(SITE, register.area.site_url.rstrip("/") + "/", 1)


def to_json(value: object) -> bytes:
    """Return a value as indented JSON (RFC 8259)."""
    # Ten times as fast as the json module, which has no C encoder that indents.
    return pydantic_core.to_json(value, indent=1) + b"\n"


def to_json_lines(top: dict[str, Any], items: Iterable[dict[str, Any]]) -> bytes:
    """Return a JSON document (RFC 8259) with the fields of `top`, then the items, each on one line.

    Without indentation, json.dumps can use its C encoder: a large file takes a third of the time.
    """
    head = json.dumps(top, ensure_ascii=False, indent=1).removesuffix("\n}")
    lines = ",\n  ".join(json.dumps(item, ensure_ascii=False) for item in items)
    return f'{head},\n "items": [\n  {lines}\n ]\n}}\n'.encode()


def record_of(kind: str, item: dict[str, Any]) -> Record:
    """Return the record that a published item was made from. Raises pydantic.ValidationError if it is not valid."""
    added = {"page", "computed", "indicator", *(["id"] if kind in WITHOUT_ID else [])}
    kept = {key: value for key, value in item.items() if key not in added}
    return MODELS[kind].model_validate(_with_tuples(kept))


def _with_tuples(value: Any) -> Any:
    """Return a value with tuples instead of lists, as the strict models require."""
    if isinstance(value, dict):
        return {key: _with_tuples(item) for key, item in value.items()}
    return tuple(_with_tuples(item) for item in value) if isinstance(value, list) else value


def text_or_none(value: object) -> str | None:
    """Return a date or a text as text; None stays None."""
    return value.text if isinstance(value, PartialDate) else str(value) if value is not None else None


def schema(register: Register, kind: str) -> dict[str, Any]:
    """Return the schema of one file of records: its head and its items."""
    record = MODELS[kind].model_json_schema(by_alias=True, mode="validation")
    definitions = record.pop("$defs", {})
    record["properties"]["page"] = {"type": "string", "format": "uri"}
    record["required"] = [*record.get("required", []), "page"]
    if kind == "actions":
        record["properties"]["computed"] = {
            "type": "object", "additionalProperties": False, "required": list(COMPUTED_TYPES),
            "properties": {name: {"type": types} for name, types in COMPUTED_TYPES.items()}}
        record["properties"]["computed"]["properties"] |= {"verdicts": VERDICTS, "families": FAMILIES, "steps": STEPS}
        record["properties"]["computed"]["required"] += ["verdicts", "families", "steps"]
        record["required"].append("computed")
    if kind == "measures":
        record["properties"]["indicator"] = {"type": ["string", "null"]}
        record["required"].append("indicator")
    if kind in WITHOUT_ID:
        record["properties"]["id"] = {"type": "string"}
        record["required"].append("id")
    return {
        "$schema": SCHEMA_DIALECT, "$id": page_url(register, f"{SITE}{API}schema/{kind}.json"), "title": TITLES[kind],
        "type": "object", "additionalProperties": False,
        "required": ["$schema", "area", "board", "standing", "licence", "source", "generated", "as_of", "items"],
        "properties": {
            "$schema": {"type": "string", "format": "uri"}, "area": AREA, "board": {"type": "string"},
            "standing": {"enum": ["adopted", "independent"]},
            "licence": {"type": "object", "required": ["name", "url"], "properties": {
                "name": {"type": "string"}, "url": {"type": "string", "format": "uri"}}},
            "source": {"type": "string", "format": "uri"}, "generated": DAY, "as_of": DAY,
            "items": {"type": "array", "items": record},
        },
        "$defs": definitions,
    }
