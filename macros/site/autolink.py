"""Links record ids and telephone numbers in text, marks acronyms with their meaning, and finds the glossary's words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from ..kinds import BY_LETTER, RECORD_ID
from ..records import Term
from ..register import Register
from ..register.addresses import address

TELEPHONE = r"\b0(?:[0-9] ?){8,9}[0-9]\b"
"""A telephone number as people in Britain write it: ten or eleven figures, with or without spaces."""


@dataclass(frozen=True)
class Token:
    """A stretch of text, with `href` if it is an id or a telephone number, and `meaning` if it is an acronym."""

    text: str
    href: str | None = None
    meaning: str | None = None


class AutoLinker:
    """Splits text into tokens, by the records and the glossary of one register."""

    def __init__(self, register: Register) -> None:
        self.register = register

    @cached_property
    def acronyms(self) -> dict[str, str]:
        """Terms with a full form, in the form that Markdown's abbr extension takes."""
        return {term.term: term.full for term in self.register.terms.values() if term.full}

    @cached_property
    def _marks(self) -> re.Pattern[str]:
        words = "|".join(re.escape(word) for word in sorted(self.acronyms, key=len, reverse=True))
        acronyms = rf"\b({words})(?=s?\b)" if words else "(?!)()"
        return re.compile(f"{RECORD_ID.pattern}|{acronyms}|({TELEPHONE})")

    def tokens(self, text: str, *, links: bool = True) -> Iterator[Token]:
        """Yield the tokens of `text`: joined, they are the text again. Without `links` ids and numbers stay plain text.
        """
        end = 0
        for match in self._marks.finditer(text):
            href = None
            if links:
                href = self.href(match[1]) if match[1] else match[3] and f"tel:{match[3].replace(' ', '')}"
            meaning = self.acronyms.get(match[2] or "")
            if href or meaning:
                if match.start() > end:
                    yield Token(text[end:match.start()])
                yield Token(match[0], href, meaning)
                end = match.end()
        if end < len(text):
            yield Token(text[end:])

    def href(self, id: str) -> str | None:
        """Return the address of the record with this id, or None where there is none."""
        record = getattr(self.register, BY_LETTER[id[0]].name).get(id)
        return address(record) if record else None

    @cached_property
    def _term_patterns(self) -> list[tuple[str, re.Pattern[str], Term]]:
        """Each term in lower case, a quick first test; the exact pattern, of a term that is no acronym in lower case;
        and the term. A pattern begins with the word, not with "\\b": the engine then skips to it."""
        patterns = []
        for term in self.register.terms.values():
            word = re.escape(term.term if term.term.isupper() else term.term.lower())
            patterns.append((term.term.lower(), re.compile(rf"{word}(?<=\b{word})s?\b"), term))
        return patterns

    def terms_in(self, text: str) -> list[Term]:
        """Return the glossary's terms that occur in `text`, in the glossary's order."""
        small = text.lower()
        return [term for word, pattern, term in self._term_patterns
                if word in small and pattern.search(text if term.term.isupper() else small)]
