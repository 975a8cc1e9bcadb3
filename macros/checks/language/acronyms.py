"""Short forms that a reader may not know."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from ...problem import Problem
from ...register import Register
from .passages import Passage

ACRONYM = re.compile(r"(?<![\w./@#&-])(?:[A-Z]{2,8}|[A-Z][a-z]?[A-Z]{1,6})(?=(?:s|[’']s)?(?![\w/@]|\.\w))")
"""Two capitals or more in a word of at most eight letters, as in "CQC", "DfE" or "EHCPs"."""

MARK = re.compile(r"TO\s+CONFIRM")
"""What a draft says: the check for it tells more."""

ORDINARY = frozenset(("UK", "US", "EU", "TV", "OK", "PDF", "BBC", "AM", "PM", "AA", "II", "III", "IV", "MP", "GP"))
"""Short forms that are better known than what they stand for, or stand for nothing."""


def acronyms_are_explained(register: Register, texts: Sequence[Passage]) -> Iterator[Problem]:
    """Ensure that a page's or record's first use of an acronym stands in the glossary, is an organisation's name, or is
    written out."""
    if "terms" in register.unread or "organisations" in register.unread:
        return
    known = set(ORDINARY) | _known(register)
    seen: dict[tuple[str, str], set[str]] = {}
    for passage in texts:
        told = seen.setdefault(passage.whole, set())
        for match in ACRONYM.finditer(MARK.sub(lambda mark: re.sub(r"\S", " ", mark[0]), passage.text)):
            word = match[0]
            if word in known or word in told:
                continue
            told.add(word)
            if not _is_written_out(passage.text, match):
                yield Problem(passage.path, passage.line_at(match.start()), "acronym",
                              f'"{word}" is not explained where it is first used',
                              f'write it out: the full name ({word}); or add it to data/glossary.yml', "warning")


def _is_written_out(text: str, match: re.Match[str]) -> bool:
    """Tell whether "the full name (ABC)" or "ABC (the full name)" stands there."""
    after_its_name = text[:match.start()].endswith("(") and len(text[:match.start() - 1].split()) > 1
    return after_its_name or re.match(r"(?:s|[’']s)? \([^\W\d_]+[ ,]", text[match.end():]) is not None


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
