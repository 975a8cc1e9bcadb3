"""Finds the links to other sites in an area's records, posts and pages, with their locations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ..records.partial_date import PartialDate
from ..register import Register
from ..source.files import Document
from ..source.markdown_text import read_markdown

EXTERNAL = re.compile(r"https?://[^\s/]", re.I)

ARCHIVABLE_KEYS = ("source", "also_source", "evidence", "documents")
"""The keys of a record that hold links with an optional archived copy."""


@dataclass(frozen=True, order=True)
class Location:
    """Where a link is: file, line and name of the record. `archived` is the address of its archived copy, if any."""

    path: str
    line: int
    record: str
    archived: str | None = None


def external_links(register: Register) -> dict[str, list[Location]]:
    """Return each address on another site, without its fragment, with all its locations."""
    return _gathered(register, [*((value, place) for _, value, place in _in_records(register)), *_in_pages(register)])


def unarchived_sources(register: Register) -> dict[str, list[Location]]:
    """Return each source and piece of evidence on another site that has no archived copy, with all its locations."""
    return _gathered(register, [(value, place) for path, value, place in _in_records(register)
                                if path[-1] == "url" and not place.archived
                                and _nearest_key(path[:-1]) in ARCHIVABLE_KEYS])


def _nearest_key(path: tuple[str | int, ...]) -> str:
    """Return the last key of a path, past the positions in lists that follow it."""
    return next((part for part in reversed(path) if isinstance(part, str)), "")


def _gathered(register: Register, found: Iterable[tuple[str, Location]]) -> dict[str, list[Location]]:
    gathered: dict[str, set[Location]] = {}
    own = register.area.site_url.rstrip("/") + "/"
    for address, place in found:
        if EXTERNAL.match(address) and not f"{address}/".startswith(own):
            gathered.setdefault(address.split("#")[0], set()).add(place)
    return {address: sorted(places, key=lambda place: (place.path, place.line)) for address, places
            in sorted(gathered.items())}


def _in_records(register: Register) -> Iterator[tuple[tuple[str | int, ...], str, Location]]:
    records: dict[int, list[tuple[tuple[int, ...], str]]] = {}
    documents: dict[int, Document] = {}
    for (kind, name), (document, at) in register.documents.items():
        documents[id(document)] = document
        records.setdefault(id(document), []).append((at, _named(kind, name)))
    for key, document in documents.items():
        for path, line in document.lines.items():
            value = _at(document.data, path)
            if isinstance(value, str) and value.startswith("http") and " " not in value:
                record = next((words for at, words in records[key] if path[:len(at)] == at), document.path)
                beside = _at(document.data, path[:-1])
                archived = beside.get("archived") if isinstance(beside, dict) and path[-1] != "archived" else None
                yield path, value, Location(document.path, line, record, archived)


def _in_pages(register: Register) -> Iterator[tuple[str, Location]]:
    for page in register.pages:
        record = f"the post {page.stem}" if page.post else f"the page {page.stem}"
        for block in read_markdown(page.document.body, page.document.body_line):
            for part in (*block.links, *block.images):
                yield part.target, Location(page.document.path, part.line, record)


def _named(kind: str, name: str) -> str:
    """Return the name by which people know a record."""
    if kind == "meetings":
        return f"the meeting of {PartialDate.parse(name)}"
    return {"actions": name, "decisions": name, "feedback": name, "priorities": name, "area": "the area and its board",
            "events": "the timeline", "looked": "the places where we looked",
            "posts": f"the post {name}", "terms": f"the word {name}",
            "measures": f"the measure {name}", "findings": f"the finding {name}",
            "family_verdicts": f"the verdict of families {name}",
            "organisations": f"the organisation {name}"}.get(kind, name)


def _at(data: Any, path: tuple[str | int, ...]) -> Any:
    for part in path:
        data = data[part]
    return data
