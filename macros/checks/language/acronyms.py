"""Short forms that a reader may not know."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ...problem import Problem
from ...records import TO_CONFIRM
from .passages import Passage
from .words import ACRONYM, Words

MARK = re.compile(TO_CONFIRM.replace(" ", r"\s+"))
"""What a draft says: the check for it tells more."""


def acronyms_are_explained(words: Words, texts: Sequence[Passage]) -> Iterator[Problem]:
    """Ensure that a page's or record's first use of an acronym stands in the glossary, is an organisation's name, or is
    written out."""
    if words.acronyms is None:
        return
    known = words.acronyms
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
