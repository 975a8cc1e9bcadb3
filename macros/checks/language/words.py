"""The words that an area's lists explain: what the rules need to know of the register."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from ...register import Register

ACRONYM = re.compile(r"(?<![\w./@#&-])(?:[A-Z]{2,8}|[A-Z][a-z]?[A-Z]{1,6})(?=(?:s|[’']s)?(?![\w/@]|\.\w))")
"""Two capitals or more in a word of at most eight letters, as in "CQC", "DfE" or "EHCPs"."""

ORDINARY = frozenset(("UK", "US", "EU", "TV", "OK", "PDF", "BBC", "AM", "PM", "AA", "II", "III", "IV", "MP", "GP"))
"""Short forms that are better known than what they stand for, or stand for nothing."""


@dataclass(frozen=True, eq=False)
class Words:
    """The short forms that are explained, or None where a list of them could not be read; and a pattern of the names
    that a writer cannot choose, whatever their case. There is one object for the same words."""

    acronyms: frozenset[str] | None
    names: str


def words_of(register: Register) -> Words:
    """Return the words that the lists of an area explain."""
    is_unread = "terms" in register.unread or "organisations" in register.unread
    return _words(None if is_unread else ORDINARY | _known(register), _names(register))


@lru_cache(maxsize=4)
def _words(acronyms: frozenset[str] | None, names: str) -> Words:
    return Words(acronyms, names)


def _known(register: Register) -> set[str]:
    area = register.area
    board = getattr(area, "board", None)
    texts: list[Any] = [getattr(area, "name", ""), getattr(area, "site_name", ""), getattr(board, "name", ""),
                        getattr(board, "short_name", "")]
    # Not a term's "also": that is for the search, and explains nothing.
    texts += register.terms
    for organisation in register.organisations.values():
        texts += [organisation.name, organisation.short_name or "", *organisation.also]
    return {match[0] for text in texts for match in ACRONYM.finditer(text)}


def _names(register: Register) -> str:
    """Match the names of organisations, and the words of the glossary."""
    names: set[str] = {getattr(register.area, "name", "")}
    for organisation in register.organisations.values():
        names |= {organisation.name, organisation.short_name or "", *organisation.also}
    for term in register.terms.values():
        names |= {term.term, term.full or "", *term.also}
    longest_first = sorted((name for name in names if name), key=lambda name: (-len(name), name))
    return rf"\b(?:{'|'.join(map(re.escape, longest_first)) or '(?!)'})s?\b"
