"""What machines read: open data, feeds, a calendar and the ledger, in one table."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..register import Register
from . import calendar, cards, documents, feeds, index, ledger, schemas, security_txt, tables

Files = Callable[[Register], Iterator[tuple[str, bytes]]]

FILES: tuple[Files, ...] = (
    documents.files,
    schemas.files,
    tables.files,
    ledger.files,
    index.files,
    feeds.files,
    calendar.files,
    cards.files,
    security_txt.files,
)
"""Each takes the register and yields files: their paths on the site, such as api/v1/index.json, and what they hold."""


def published_files(register: Register) -> Iterator[tuple[str, bytes]]:
    """Yield every file that the site publishes for machines. The same register gives the same bytes."""
    for files in FILES:
        yield from files(register)
