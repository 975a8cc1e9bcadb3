"""What machines read: open data, feeds, a calendar and the ledger, in one table."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..register import Register
from . import calendar, cards, colours, documents, feeds, index, ledger, schemas, security_txt, tables
from .planned import Planned

Files = Callable[[Register], Iterator[Planned]]

FILES: tuple[Files, ...] = (
    calendar.planned,
    ledger.planned,
    tables.planned,
    documents.planned,
    schemas.planned,
    index.planned,
    feeds.planned,
    cards.planned,
    colours.planned,
    security_txt.planned,
)
"""Each takes the register and yields the files that it plans; the largest files first, so that none is begun last."""


def planned_files(register: Register) -> list[Planned]:
    """Return every file that the site publishes for machines, not yet made: worker processes can each make a share.

    The same register gives the same bytes.
    """
    return [planned for files in FILES for planned in files(register)]
