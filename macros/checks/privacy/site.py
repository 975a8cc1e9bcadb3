"""The built site, looked through before it takes the place of the last good one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from ...problem import Problem
from ...register import Register
from .area import Look, said
from .finding import Finding
from .pieces import Piece, pieces

PAGES = (".html", ".xml", ".json", ".csv", ".ics", ".txt", ".webmanifest")
"""What people and programs read. Styles and scripts come from the theme; the search's index is made of the pages."""

RESERVED = re.compile(r"(?:\.|@)example(?:\.(?:org|com|net))?\Z")
"""Email addresses that can be no one's (RFC 2606): guides give them as examples of what to write."""


def site_findings(folder: Path, register: Register) -> list[Problem]:
    """Return a problem for each personal detail in the site built in `folder`; paths are relative to it.

    The same header stands on every page, and the same promise in a dozen files: each text is looked at once.
    """
    look = Look(register)
    seen: set[str] = set()
    problems: list[Problem] = []
    for file in sorted(folder.rglob("*")):
        if file.suffix in PAGES and file.is_file():
            text = file.read_text(encoding="utf-8", errors="replace")
            new = [piece for piece in pieces(text, file.suffix) if piece.text not in seen]
            # All at once, since most hold nothing; one by one only to say where.
            if _found(look, "\n\n".join(piece.text for piece in new)):
                problems += _problems(look, file.relative_to(folder).as_posix(), text, new)
            else:
                seen.update(piece.text for piece in new)
    return sorted(set(problems))


def _problems(look: Look, path: str, text: str, found_in: list[Piece]) -> Iterator[Problem]:
    for piece in found_in:
        for finding in _found(look, piece.text):
            yield Problem(path, text.count("\n", 0, piece.start) + 1, "personal-data", said(finding),
                          "find where it comes from in data/ or docs/, and take it out there")


def _found(look: Look, text: str) -> list[Finding]:
    return [finding for finding in look.findings(text)
            if not (finding.kind == "email" and RESERVED.search(finding.value))]
