"""Every address on other sites that an area's records, posts and pages name, with the places that name it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ..records.partial_date import PartialDate
from ..register import Register
from ..source.files import Document
from ..source.markdown_text import read_markdown

OUTSIDE = re.compile(r"https?://[^\s/]", re.I)

ARCHIVABLE = ("source", "also_source", "evidence", "documents")
"""Under these keys of a record an address can have an archived copy beside it."""


@dataclass(frozen=True, order=True)
class Place:
    """Where an address stands: the file, the line, and the record that it belongs to, in words. `archived` is the
    address of the copy that stands beside it, if there is one."""

    path: str
    line: int
    record: str
    archived: str | None = None


def outside(register: Register) -> dict[str, list[Place]]:
    """Return each address on another site, without what follows a #, with every place that names it."""
    return _gathered(register, [*((value, place) for _, value, place in _in_records(register)), *_in_pages(register)])


def unarchived(register: Register) -> dict[str, list[Place]]:
    """Return each address on another site that stands as a source or as evidence without an archived copy beside it."""
    return _gathered(register, [(value, place) for path, value, place in _in_records(register)
                                if path[-1] == "url" and not place.archived
                                and next((part for part in path[-2::-1] if isinstance(part, str)), "") in ARCHIVABLE])


def _gathered(register: Register, found: Iterable[tuple[str, Place]]) -> dict[str, list[Place]]:
    gathered: dict[str, set[Place]] = {}
    own = register.area.site_url.rstrip("/") + "/"
    for address, place in found:
        if OUTSIDE.match(address) and not f"{address}/".startswith(own):
            gathered.setdefault(address.split("#")[0], set()).add(place)
    return {address: sorted(places, key=lambda place: (place.path, place.line)) for address, places
            in sorted(gathered.items())}


def _in_records(register: Register) -> Iterator[tuple[tuple[str | int, ...], str, Place]]:
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
                yield path, value, Place(document.path, line, record, archived)


def _in_pages(register: Register) -> Iterator[tuple[str, Place]]:
    for page in register.pages:
        record = f"the post {page.stem}" if page.post else f"the page {page.stem}"
        for block in read_markdown(page.document.body, page.document.body_line):
            for part in (*block.links, *block.images):
                yield part.target, Place(page.document.path, part.line, record)


def _named(kind: str, name: str) -> str:
    """Return what people call a record."""
    if kind == "meetings":
        return f"the meeting of {PartialDate.parse(name)}"
    return {"actions": name, "decisions": name, "feedback": name, "priorities": name, "area": "the area and its board",
            "events": "the timeline", "posts": f"the post {name}", "terms": f"the word {name}",
            "measures": f"the measure {name}", "organisations": f"the organisation {name}"}.get(kind, name)


def _at(data: Any, path: tuple[str | int, ...]) -> Any:
    for part in path:
        data = data[part]
    return data
