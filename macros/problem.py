"""A problem: something that stops a publication, said so that its writer can mend it."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

LONGEST_QUOTE = 60


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong, at the place where it is put right.

    `path` is relative to the area's folder, with forward slashes; `line` counts from 1. `code` names the check,
    `message` says what is wrong and `hint` what to write instead. A `warning` does not stop a publication.
    """

    path: str
    line: int
    code: str
    message: str
    hint: str
    level: str = "error"

    def __str__(self) -> str:
        """The problem in one line, whatever line breaks the text that it quotes may hold."""
        words = " ".join(f"{self.message}; {self.hint}".split())
        return f"{self.path}:{self.line}: {self.level}[{self.code}] {words}"


def quoted(value: object) -> str:
    """Return a value as a problem's one line shows it: in quotes, cut where it is long, and with every character that
    cannot be seen named, since that character is often what is wrong."""
    if value is None or isinstance(value, (tuple, list, dict)):
        return "nothing" if value is None else "a group of keys" if isinstance(value, dict) else "a list"
    text = str(value).lower() if isinstance(value, bool) else str(value)
    cut = text[:LONGEST_QUOTE] + "…" if len(text) > LONGEST_QUOTE else text
    cut = cut.replace("\n", " ").replace("\t", " ")
    return '"' + "".join(f"(U+{ord(sign):04X})" if _unseen(sign) else sign for sign in cut) + '"'


def _unseen(sign: str) -> bool:
    return sign == "\u00a0" or unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Zl", "Zp")


def nearest(wrong: object, known: Iterable[str]) -> str | None:
    """Return the known word most like `wrong`, or None where nothing is near."""
    by_folded = {word.casefold(): word for word in known}
    folded = str(wrong)[:200].casefold()
    hits = difflib.get_close_matches(folded.replace(" ", "_"), by_folded, n=1, cutoff=0.6)
    hits = hits or difflib.get_close_matches(folded, by_folded, n=1, cutoff=0.6)
    return by_folded[hits[0]] if hits else None


def suggestion(wrong: object, known: Iterable[str], otherwise: str) -> str:
    """Return "did you mean …?" where a known word is near, else the `otherwise` advice."""
    known = list(known)
    near = nearest(wrong, known)
    return f'did you mean "{near}"?' if near else otherwise
