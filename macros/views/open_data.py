"""The page that explains the open data, and how a reader proves that a promise was changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..register import Register

FILES = (
    ("actions", "what was promised, and how it stands", True), ("updates", "the history of every action", True),
    ("decisions", "what the board decided", True), ("measures", "every figure", True),
    ("meetings", "the board's meetings", False), ("organisations", "who takes part", False),
    ("priorities", "what all this is for", False), ("feedback", "what families said, and the answer", False),
    ("posts", "posts on the meetings", False), ("glossary", "what the words mean", False),
    ("events", "what happened besides meetings", False),
)
"""Each file's name, what it holds, and whether it is there as a table."""


def list_page(register: Register) -> Iterator[dict[str, Any]]:
    """Yield the page of the open data."""
    yield {
        "address": "open-data/", "title": "Open data, and proof that nothing was changed",
        "description": "All records as files for a spreadsheet or a program, and how to prove that a promise was "
                       "changed.",
        "template": "pages/open-data.html", "facts": {"files": FILES},
    }
