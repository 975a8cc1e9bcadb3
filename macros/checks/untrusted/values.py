"""The texts of an area: every file that was read, and every text value in it."""

from __future__ import annotations

from collections.abc import Iterator

from ...register import Register
from ...source.files import Document

Place = tuple[str | int, ...]


def texts(register: Register) -> Iterator[Document]:
    """Yield every file of records, posts and pages that could be read, once."""
    found = {id(document): document for document, _ in register.documents.values()}
    found |= {id(page.document): page.document for page in register.pages}
    yield from found.values()


def values(document: Document) -> Iterator[tuple[Place, str]]:
    """Yield each text value of a file with its place."""
    pending: list[tuple[Place, object]] = [((), document.data)]
    while pending:
        place, value = pending.pop()
        if isinstance(value, str):
            yield place, value
        elif isinstance(value, dict):
            pending += [((*place, key), item) for key, item in value.items()]
        elif isinstance(value, tuple):
            pending += [((*place, number), item) for number, item in enumerate(value)]
