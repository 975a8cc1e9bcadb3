"""The files for machines: open data, feeds, calendar, ledger, cards. Pure functions from the register to bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..register import Register
from . import api, area_files, calendar, cards, feeds, index, ledger, tables
from .output_file import OutputFile

__all__ = ["FORMATS", "OutputFile", "planned_files"]

FORMATS: tuple[Callable[[Register], Iterator[OutputFile]], ...] = (
    calendar.output_files,
    ledger.output_files,
    tables.output_files,
    api.output_files,
    index.output_files,
    feeds.output_files,
    cards.output_files,
    area_files.output_files,
)
"""The files of each format. The largest come first: when several processes share the work, none begins a large file
while the others have already finished."""


def planned_files(register: Register) -> list[OutputFile]:
    """Return every file that the site publishes for machines, not yet rendered.

    The same register gives the same bytes.
    """
    return [file for output_files in FORMATS for file in output_files(register)]
