"""Finds the record that a writer names, by its id or by its place in a list."""

from __future__ import annotations

import re

from ..kinds import BY_NAME, KINDS
from ..records import Record
from ..register import Register
from ..register.addresses import POSTS
from . import WriteError


def find_place(register: Register, id: str) -> tuple[str, str]:
    """Return the kind of a record and what identifies it. Raises WriteError, which repeats nothing.

    `id` is that of a record, the day of a meeting, the file name of a post, `events.3` for the third event in
    data/events.yml, or `area`.
    """
    if id == "area":
        return "area", "area"
    if match := re.fullmatch(r"events\.([1-9][0-9]*)", id):
        if ("events", f"number {match[1]}") not in register.documents:
            raise WriteError(f"data/events.yml has no event number {match[1]}")
        return "events", f"number {match[1]}"
    stem = id.removeprefix(POSTS).removesuffix(".md").removeprefix("blog/").strip("/")
    kind, _, name = id.partition("/")
    every = [kind.name for kind in KINDS if kind.key or kind.name == "posts"]
    for key in [kind] if kind in BY_NAME and name else every:
        records = getattr(register, key)
        for known in (name, name.upper()) if kind == key and name else (id, id.upper(), stem):
            if isinstance(records, dict) and known in records:
                return key, known
    if any(known in ids for ids in register.unreadable_ids.values() for known in (id, id.upper(), stem)):
        raise WriteError("the file of this record cannot be read; run board check, and put it right first")
    raise WriteError("there is no such record; give an id like A-012, D-003 or F-001, the day of a meeting, the short "
                     "name of a measure or an organisation, the name of a post's file, or events.3 for the third event "
                     "in data/events.yml")


def record_at(register: Register, kind: str, key: str) -> Record:
    """Return the record that `find_place` has found."""
    if kind == "area":
        return register.area
    if kind != "events":
        return getattr(register, kind)[key]
    document, place = register.documents[kind, key]
    value = document.data[place[0]]
    return next(event for event in register.events
                if event.text == value.get("text", "").strip() and event.date.text == str(value.get("date")))
