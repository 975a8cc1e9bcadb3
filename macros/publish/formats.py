"""The table of formats, and the index that lists the files of the open data.

It loads what draws pictures and writes workbooks. So it is not in `__init__.py`, which each module of this package
loads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from ..register import Register
from ..register.addresses import SITE
from . import api, area_files, calendar, cards, charts, feeds, ledger, tables, workbook
from .api import API, INDEX_PATH, head, page_url, to_json
from .output_file import OutputFile


def index_files(register: Register) -> Iterator[OutputFile]:
    """Yield the index of the open data."""
    yield OutputFile(INDEX_PATH, partial(_index_json, register))


def _index_json(register: Register) -> bytes:
    return to_json({**head(register), "board_purpose": register.area.board.purpose,
                    "board_members": register.area.board.members, "files": list(index_entries(register))})


def index_entries(register: Register) -> Iterator[dict[str, str]]:
    """Yield the entry of each file of the open data, except those of single actions.

    An entry holds the file's address, its title, its media type, and the address that describes its form.
    """
    for kind in api.MODELS:
        yield {"url": page_url(register, f"{SITE}{API}{kind}.json"), "title": api.TITLES[kind],
               "type": "application/json", "form": page_url(register, f"{SITE}{API}schema/{kind}.json")}
    for table in tables.all_tables(register):
        yield {"url": page_url(register, SITE + table.path), "title": table.title, "type": "text/csv",
               "form": page_url(register, f"{SITE}{table.path}-metadata.json")}
    yield {"url": page_url(register, SITE + workbook.PATH), "title": "All records as a workbook",
           "type": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
           "form": "https://ecma-international.org/publications-and-standards/standards/ecma-376/"}
    yield {"url": page_url(register, SITE + ledger.PATH), "title": "The ledger: digests of every record",
           "type": "application/json", "form": page_url(register, f"{SITE}open-data/")}
    yield {"url": page_url(register, SITE + calendar.PATH), "title": "Meetings and due dates", "type": "text/calendar",
           "form": "https://www.rfc-editor.org/rfc/rfc5545"}


Format = Callable[[Register], Iterator[OutputFile]]

PICTURES: tuple[Format, ...] = (cards.output_files, charts.output_files)
"""The formats that take more than half of the time of all, and hold nothing that is scanned for personal data."""

TEXTS: tuple[Format, ...] = (
    calendar.output_files,
    ledger.output_files,
    tables.output_files,
    workbook.output_files,
    api.output_files,
    index_files,
    feeds.output_files,
    area_files.output_files,
)

FORMATS = (*TEXTS, *PICTURES)
"""All formats. Each function yields the files of one of them."""


def planned_files(register: Register, formats: Iterable[Format] = FORMATS) -> list[OutputFile]:
    """Return every file of some formats that the site publishes for machines, not yet rendered; by default of all.

    The same register gives the same bytes.
    """
    return [file for output_files in formats for file in output_files(register)]
