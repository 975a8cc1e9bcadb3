"""The texts of an area that readers read, cut into passages that know their line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from ...kinds import running_text_keys
from ...register import Register
from ...source.files import Document
from ...source.markdown_text import Block, read_markdown

KEYS = running_text_keys()
"""The keys of records and front matter whose values are running text."""

BODIES = ("post", "page", "guide")
"""The kinds of text that have a body in Markdown."""

NOT_OURS = frozenset(("source", "also_source", "documents", "evidence", "links", "other_sites", "licence", "host",
                      "correction", "corrections"))
"""Keys below which others' titles stand, or words that were published and are kept as they were."""

SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'’”)]*\s+(?=[\"'‘“(]*[A-Z0-9])")
NO_END = re.compile(r"\b(?:[A-Z]|e\.g|i\.e|etc|Mrs?|Ms|Dr|St|No|nos?|vs)\.[\"'’”)]*\s+\Z")
"""A full stop that ends no sentence: after an initial or a short form."""


@dataclass(frozen=True)
class Sentence:
    """One sentence of a passage, in one line; it begins at line `line` of the file."""

    text: str
    line: int


@dataclass(frozen=True)
class Passage:
    """A stretch of running text, at `line` of the file at `path`; its line breaks are those of the file.

    `kind` is post, page or guide, or the kind of a record (actions, terms, …); `key` the key whose value it is, or
    "body". `whole` names the page or record that it is a part of, and `block` is the block of a body that it is.
    """

    path: str
    line: int
    text: str
    kind: str
    key: str
    whole: tuple[str, str]
    block: Block | None = None

    def line_at(self, offset: int) -> int:
        """Return the line of the file on which the character at `offset` stands."""
        return self.line + self.text.count("\n", 0, offset)

    @property
    def is_prose(self) -> bool:
        """Whether it is made of sentences, as a heading is not."""
        return not (self.block and self.block.kind == "heading")

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences; a text without a full stop is one."""
        return tuple(self._sentences())

    def _sentences(self) -> Iterator[Sentence]:
        start = 0
        for match in (*SENTENCE_END.finditer(self.text), None):
            if match and NO_END.search(self.text, max(0, match.end() - 12), match.end()):
                continue
            raw = self.text[start:match.end() if match else len(self.text)]
            words = " ".join(raw.split())
            if words:
                yield Sentence(words, self.line_at(start + len(raw) - len(raw.lstrip())))
            start = match.end() if match else start


class Text(NamedTuple):
    """A page, or a record in a document at a place: a text of its own, with whatever else its file holds."""

    document: Document
    at: tuple[int, ...]
    kind: str
    id: str

    def passages(self) -> Iterator[Passage]:
        """Yield its running text."""
        document, at, kind, id = self
        if kind not in BODIES:
            yield from _values(document, _at(document.data, at), at, kind, (kind, id))
            return
        if isinstance(document.data, dict):
            yield from _values(document, document.data, (), kind, (kind, id))
        for block in read_markdown(document.body, document.body_line):
            yield Passage(document.path, block.line, block.text, kind, "body", (kind, id), block)


def texts(register: Register) -> Iterator[Text]:
    """Yield every record, post, page and guide."""
    for (kind, id), (document, at) in register.documents.items():
        if kind != "posts":
            yield Text(document, at, kind, id)
    for page in register.pages:
        path = page.document.path
        yield Text(page.document, (), "post" if page.post else "guide" if path.startswith("docs/guides/") else "page",
                   path)


def _at(data: Any, place: tuple[str | int, ...]) -> Any:
    for part in place:
        data = data[part]
    return data


def _values(document: Document, value: Any, at: tuple[str | int, ...], kind: str, whole: tuple[str, str]
            ) -> Iterator[Passage]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in NOT_OURS:
                yield from _values(document, inner, (*at, key), kind, whole)
    elif isinstance(value, tuple):
        for number, inner in enumerate(value):
            yield from _values(document, inner, (*at, number), kind, whole)
    elif isinstance(value, str):
        key = next((part for part in reversed(at) if isinstance(part, str)), "")
        if key in KEYS:
            line, text = _as_in_the_file(value, document, document.line(*at))
            yield Passage(document.path, line, text, kind, key, whole)


def _as_in_the_file(value: str, document: Document, line: int) -> tuple[int, str]:
    """Return a value with the line breaks that it has in the file, and the line on which its first word stands."""
    source = document.text.split("\n", line - 1)[-1] if line > 1 else document.text
    text, end = "", 0
    for word in value.split():
        found = source.find(word, end, end + len(value) * 2 + 200)
        gap = source.count("\n", end, found) if found >= 0 else 0
        if text:
            text += "\n" * gap or " "
        else:
            line += gap
        text += word
        end = found + len(word) if found >= 0 else end
    return line, text
