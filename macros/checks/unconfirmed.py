"""Drafts from a document or a form: what nobody has confirmed yet is not published."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..problem import Problem
from ..records import TO_CONFIRM
from ..register import Register
from ..source.files import read_text, relative

MARK = re.compile(r"\b" + TO_CONFIRM.replace(" ", r"[ \t]+") + r"\b")
"""What a draft says where a person has to decide: in capitals, so that no running text says it by chance."""


def nothing_is_left_to_confirm(register: Register) -> Iterator[Problem]:
    """Ensure that no record, page or post, comments included, still says TO CONFIRM; a draft may, and so may
    the guides, which tell writers what it means."""
    for path, text in _texts(register):
        for number, line in enumerate(text.split("\n"), 1) if MARK.search(text) else ():
            if MARK.search(line):
                yield Problem(path, number, "to-confirm", "nobody has confirmed this yet",
                              "put in what is right and delete the words TO CONFIRM, or delete the line or the file")


def _texts(register: Register) -> Iterator[tuple[str, str]]:
    read = {document.path: document.text for document, _ in register.documents.values()
            if document.path.startswith("data/")}
    yield from read.items()
    for file in sorted((register.root / "data").glob("**/*.yml")):
        path = relative(file, register.root)
        if path not in read:
            # A record with another mistake is in no register: what it leaves open is said all the same.
            yield path, read_text(file, register.root)[0] or ""
    for page in register.pages:
        front = page.document.data
        is_draft = isinstance(front, dict) and front.get("draft") is True
        if not is_draft and not page.document.path.startswith("docs/guides/"):
            yield page.document.path, page.document.text
