"""The page that explains the open data, and how a reader proves that a promise was changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..kinds import KINDS, guarded
from ..records.markers import Guard
from ..register import Register

_FILES = [(kind.open_data.name, kind.open_data.holds, kind.open_data.is_table) for kind in KINDS if kind.open_data]
FILES = sorted([_FILES[0], ("updates", "the history of every action", True), *_FILES[1:]], key=lambda file: not file[2])
"""Each file's name, what it holds, and whether it is also a table: the tables come first."""


def list_page(register: Register) -> Iterator[dict[str, Any]]:
    """Yield the page of the open data."""
    yield {
        "address": "open-data/", "title": "Open data, and proof that nothing was changed",
        "description": "All records as files for a spreadsheet or a program, and how to prove that a promise was "
                       "changed.",
        "template": "pages/open-data.html", "facts": {"files": FILES,
                  "given_later": sorted(guarded("actions", Guard.SET_ONCE), reverse=True)},
    }
