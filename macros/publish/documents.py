"""Open data as JSON: every record as it is kept, with its page's address, and for actions what is computed of it.

What is computed holds on the day `as_of`; all else is dated by the newest record, in `generated`, never by the clock.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import cache, partial
from typing import Any

from pydantic import BaseModel

from ..kinds import IN_OPEN_DATA
from ..ledger.canonical import plain
from ..records import Record
from ..records.partial_date import PartialDate
from ..register import Progress, Register
from ..register.addresses import SITE, address, post_address
from .planned import Planned

API = "api/v1/"

KINDS: dict[str, type[Record]] = {name: kind.model for name, kind in IN_OPEN_DATA.items()}
"""The files of records, by name, and the record that each holds."""

TITLES = {name: kind.open_data.title for name, kind in IN_OPEN_DATA.items() if kind.open_data}


def planned(register: Register) -> Iterator[Planned]:
    """Plan a file for each kind of record, and one for each action."""
    for kind in KINDS:
        yield f"{API}{kind}.json", partial(_of_kind, register, kind)
    for id in sorted(register.actions):
        yield f"{API}actions/{id.lower()}.json", partial(_of_action, register, id)


def _of_kind(register: Register, kind: str) -> bytes:
    return written_by_line(head(register, kind), items(register, kind))


def _of_action(register: Register, id: str) -> bytes:
    return written_by_line(head(register, "actions"), [_item(register, "actions", id, register.actions[id])])


def items(register: Register, kind: str) -> Iterator[dict[str, Any]]:
    """Yield the records of a kind as plain values, each with the address of its page."""
    if kind == "events":
        yield from ({**stated(event), "page": link(register, "site:/timeline/")} for event in register.events)
    elif kind == "posts":
        for stem, post in sorted(register.posts.items()):
            if not post.draft:
                yield {"id": stem, **stated(post), "page": link(register, post_address(stem))}
    else:
        for id, record in sorted(getattr(register, IN_OPEN_DATA[kind].name).items()):
            yield _item(register, kind, id, record)


def _item(register: Register, kind: str, id: str, record: Record) -> dict[str, Any]:
    item = {**stated(record), "page": link(register, address(record))}
    return {**item, "computed": computed(register.progress[id])} if kind == "actions" else item


def stated(value: Any) -> Any:
    """Return a record as plain values. A null that its file must state stays: that it is not published is a fact."""
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
    """Return a record's keys in its file, the names of its fields, and whether each must be stated."""
    return [(field.alias or name, name, field.is_required()) for name, field in record.model_fields.items()]


def computed(progress: Progress) -> dict[str, Any]:
    """Return what the site works out of an action's history; null where it is not known or not published."""
    return {
        "status": progress.status, "status_word": progress.status_word, "owner": progress.owner,
        "due": _text(progress.due), "original_due": _text(progress.original_due),
        "due_day": progress.due_day.isoformat() if progress.due_day else None,
        "times_moved": progress.times_moved, "days_slipped": progress.days_slipped,
        "overdue": progress.is_overdue, "days_overdue": progress.days_overdue, "due_soon": progress.is_due_soon,
        "quiet": progress.is_quiet, "days_silent": progress.days_silent,
        "completed_on_time": progress.completed_on_time, "promised_on": _text(progress.promised_on),
        "last_update": _text(progress.last_update.happened_on) if progress.last_update else None,
    }


def head(register: Register, schema: str | None = None) -> dict[str, Any]:
    """Return what every file says of itself first."""
    area = register.area
    return {
        **({"$schema": link(register, f"{SITE}{API}schema/{schema}.json")} if schema else {}),
        "area": area.name, "board": area.board.name, "standing": area.standing, "licence": plain(area.licence),
        "source": link(register, SITE), "generated": register.published_until.isoformat(),
        "as_of": register.today.isoformat(),
    }


def link(register: Register, path: str) -> str:
    """Return the whole address of a place on the site, given as site:/…"""
    return path.replace(SITE, register.area.site_url.rstrip("/") + "/", 1)


def written(value: object) -> bytes:
    """Return a value as JSON (RFC 8259), for people to read as well."""
    return json.dumps(value, ensure_ascii=False, indent=1).encode() + b"\n"


def written_by_line(top: dict[str, Any], items: Iterable[dict[str, Any]]) -> bytes:
    """Return records as JSON (RFC 8259), each on a line of its own below what stands at the `top`: a large file is
    written so in a third of the time that a line for each value takes."""
    head = json.dumps(top, ensure_ascii=False, indent=1).removesuffix("\n}")
    lines = ",\n  ".join(json.dumps(item, ensure_ascii=False) for item in items)
    return f'{head},\n "items": [\n  {lines}\n ]\n}}\n'.encode()


def record_of(kind: str, item: dict[str, Any]) -> Record:
    """Return the record that a published item came from. Raises pydantic.ValidationError where it is none."""
    added = {"page", "computed", *(["id"] if kind == "posts" else [])}
    kept = {key: value for key, value in item.items() if key not in added}
    return KINDS[kind].model_validate(_as_kept(kept))


def _as_kept(value: Any) -> Any:
    """JSON has lists where records have tuples; records are strict."""
    if isinstance(value, dict):
        return {key: _as_kept(item) for key, item in value.items()}
    return tuple(_as_kept(item) for item in value) if isinstance(value, list) else value


def _text(value: object) -> str | None:
    return value.text if isinstance(value, PartialDate) else str(value) if value is not None else None
