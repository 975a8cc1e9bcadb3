"""Running text from records: ids become links, and acronyms carry their meaning."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from ..kinds import BY_LETTER, RECORD_ID
from ..records import Term
from ..register import Register
from ..register.addresses import address


@dataclass(frozen=True)
class Piece:
    """A stretch of text; `href` where it names a record, `meaning` where it is an acronym."""

    text: str
    href: str | None = None
    meaning: str | None = None


class Prose:
    """Cuts text into pieces, by the records and the glossary of one register."""

    def __init__(self, register: Register) -> None:
        self.register = register

    @cached_property
    def acronyms(self) -> dict[str, str]:
        """Terms that are written in capitals, with their full forms, as abbreviations are marked."""
        return {term.term: term.full for term in self.register.terms.values() if term.full}

    @cached_property
    def _marks(self) -> re.Pattern[str]:
        words = "|".join(re.escape(word) for word in sorted(self.acronyms, key=len, reverse=True))
        return re.compile(rf"{RECORD_ID.pattern}|\b({words})(?=s?\b)" if words else rf"{RECORD_ID.pattern}|(?!)()")

    def pieces(self, text: str, *, links: bool = True) -> Iterator[Piece]:
        """Yield the pieces of `text`, whose texts together are the text; without `links` ids stay plain."""
        end = 0
        for match in self._marks.finditer(text):
            href = self.href(match[1]) if match[1] and links else None
            meaning = self.acronyms.get(match[2] or "")
            if href or meaning:
                if match.start() > end:
                    yield Piece(text[end:match.start()])
                yield Piece(match[0], href, meaning)
                end = match.end()
        if end < len(text):
            yield Piece(text[end:])

    def href(self, id: str) -> str | None:
        """Return the address of the record with this id, or None where there is none."""
        record = getattr(self.register, BY_LETTER[id[0]].name).get(id)
        return address(record) if record else None

    @cached_property
    def _spotted(self) -> list[tuple[str, re.Pattern[str], Term]]:
        """Each term in small letters, which a text that names it holds, the pattern that makes sure, and the term."""
        spotted = []
        for term in self.register.terms.values():
            flags = 0 if term.term.isupper() else re.IGNORECASE
            spotted.append((term.term.lower(), re.compile(rf"\b{re.escape(term.term)}s?\b", flags), term))
        return spotted

    def terms_in(self, text: str) -> list[Term]:
        """Return the glossary's terms that stand in `text`, in the glossary's order."""
        small = text.lower()
        return [term for word, pattern, term in self._spotted if word in small and pattern.search(text)]
