"""What a document says besides its text, and what the conversion would lose."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Paragraph:
    """A paragraph's words, the name of its style, and whether a page ends beside it or in it."""

    text: str
    style: str = ""
    at_break: bool = False


@dataclass(frozen=True)
class Facts:
    """`alternatives` are (picture's part, words for who cannot see it) in the order of the text; `running` are the
    lines of page headers and footers; `drawings` counts charts and drawings, which are no pictures. `title`, `created`
    and `modified` are the file's properties."""

    paragraphs: tuple[Paragraph, ...]
    alternatives: tuple[tuple[str, str], ...] = ()
    running: tuple[str, ...] = ()
    insertions: int = 0
    deletions: int = 0
    comments: int = 0
    drawings: int = 0
    title: str = ""
    created: date | None = None
    modified: date | None = None

    @property
    def titles(self) -> list[str]:
        """The paragraphs in the style for titles."""
        return [paragraph.text for paragraph in self.paragraphs if paragraph.style == "Title" and paragraph.text]

    @property
    def words(self) -> Counter[str]:
        """How often each word stands in the text."""
        return words_of(paragraph.text for paragraph in self.paragraphs)


def words_of(texts: Iterable[str]) -> Counter[str]:
    """Count words in small letters, so that a text can be compared with what became of it."""
    return Counter(re.findall(r"\w+", " ".join(texts).lower()))


def squeezed(text: str) -> str:
    """Return text on one line, with single spaces."""
    return " ".join(text.split())


def property_day(text: str | None) -> date | None:
    """Return the day of a time as properties give it (2023-12-20T10:00:00Z), or None where it is none."""
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None
