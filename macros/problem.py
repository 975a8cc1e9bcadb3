"""A problem: something that stops a publication, said so that its writer can mend it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong, at the place where it is put right.

    `path` is relative to the area's folder, with forward slashes; `line` counts from 1. `code` names the check,
    `message` says what is wrong and `remedy` what to write instead. A `warning` does not stop a publication.
    """

    path: str
    line: int
    code: str
    message: str
    remedy: str
    level: str = "error"

    def __str__(self) -> str:
        """The problem in one line, whatever line breaks the text that it quotes may hold."""
        words = " ".join(f"{self.message}; {self.remedy}".split())
        return f"{self.path}:{self.line}: {self.level}[{self.code}] {words}"


def nearest(wrong: object, known: Iterable[str]) -> str | None:
    """Return the known word most like `wrong`, or None where nothing is near."""
    by_folded = {word.casefold(): word for word in known}
    hits = difflib.get_close_matches(str(wrong).casefold().replace(" ", "_"), by_folded, n=1, cutoff=0.6)
    hits = hits or difflib.get_close_matches(str(wrong).casefold(), by_folded, n=1, cutoff=0.6)
    return by_folded[hits[0]] if hits else None


def suggestion(wrong: object, known: Iterable[str], otherwise: str) -> str:
    """Return "did you mean …?" where a known word is near, else the `otherwise` advice."""
    known = list(known)
    near = nearest(wrong, known)
    return f'did you mean "{near}"?' if near else otherwise
