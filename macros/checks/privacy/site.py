"""The built site, looked through before it takes the place of the last good one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from ...problem import Problem
from ...register import Register
from .area import Look, said
from .cuts import Cutter
from .finding import Finding
from .pieces import pieces
from .sieve import Sieve

PAGES = (".html", ".xml", ".json", ".csv", ".ics", ".txt", ".webmanifest")
"""What people and programs read. Styles and scripts come from the theme; the search's index is made of the pages."""

MOST = 100_000
"""How many pieces are remembered: some 20 MB."""

RESERVED = re.compile(r"(?:\.|@)example(?:\.(?:org|com|net))?\Z")
"""Email addresses that can be no one's (RFC 2606): guides give them as examples of what to write."""


class SiteLook:
    """Looks through the files of a built site, one after the other, with the lists and the exceptions of one area.

    The same header stands on every page, and the same promise in a dozen files. So what holds nothing is looked at
    once, as long as it is remembered; a process that looks at a share of the files has an object of its own.
    """

    def __init__(self, register: Register) -> None:
        self.look = Look(register)
        self.cutter = Cutter()
        self.sieve = Sieve(self.look.allowed)
        self.seen: set[str] = set()
        self.chunks: set[str] = set()

    def problems(self, path: str, content: str | bytes) -> list[Problem]:
        """Return the problems of one file of the site: `path`, relative to the site, tells by its ending what it is.
        None for a file that no reader reads, such as a style. Raises nothing for any content."""
        suffix = PurePosixPath(path).suffix
        if suffix not in PAGES:
            return []
        text = content if isinstance(content, str) else content.decode("utf-8", errors="replace")
        text = text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
        chunks = self.cutter.chunks(text, suffix) - self.chunks
        new = list(self.cutter.texts(chunks, suffix) - self.seen)
        found = {piece: _found(self.look, piece) for piece in self.sieve.suspects(new)}
        if any(found.values()):
            return sorted(set(_problems(path, text, suffix, found)))
        if len(self.seen) + len(self.chunks) > MOST:
            self.seen.clear()
            self.chunks.clear()
        self.seen.update(new)
        if len(chunks) > 1:
            self.chunks.update(chunks)
        return []


def _problems(path: str, text: str, suffix: str, found: dict[str, list[Finding]]) -> Iterator[Problem]:
    for piece in pieces(text, suffix):
        for finding in found.get(piece.text, ()):
            yield Problem(path, text.count("\n", 0, piece.start) + 1, "personal-data", said(finding),
                          "find where it comes from in data/ or docs/, and take it out there")


def _found(look: Look, text: str) -> list[Finding]:
    return [finding for finding in look.findings(text)
            if not (finding.kind == "email" and RESERVED.search(finding.value))]
