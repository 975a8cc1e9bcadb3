"""Input of the language rules: the texts of an area, cut into passages, and the words that the area explains."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from ...kinds import running_text_keys
from ...register import Register
from ...source.files import Document
from ...source.markdown_text import Block, read_markdown

TEXT_KEYS = running_text_keys()
"""The keys of records and front matter whose values are running text."""

MARKDOWN_KINDS = ("post", "page", "guide")
"""The kinds of text that have a body in Markdown."""

QUOTED_KEYS = frozenset(("source", "also_source", "documents", "evidence", "links", "other_sites", "licence", "host",
                         "correction", "corrections"))
"""Keys of values that the writer only quotes: titles of other people's pages, and earlier wordings."""

SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'’”)]*\s+(?=[\"'‘“(]*[A-Z0-9])")
NOT_SENTENCE_END = re.compile(r"\b(?:[A-Z]|e\.g|i\.e|etc|Mrs?|Ms|Dr|St|No|nos?|vs)\.[\"'’”)]*\s+\Z")
"""A full stop that does not end a sentence: after an initial or an abbreviation."""

ACRONYM = re.compile(r"(?<![\w./@#&-])(?:[A-Z]{2,8}|[A-Z][a-z]?[A-Z]{1,6})(?=(?:s|[’']s)?(?![\w/@]|\.\w))")
"""Two capitals or more in a word of at most eight letters, as in "CQC", "DfE" or "EHCPs"."""

COMMON_ACRONYMS = frozenset(("UK", "US", "EU", "TV", "OK", "PDF", "BBC", "AM", "PM", "AA", "II", "III", "IV", "MP",
                             "GP"))
"""Acronyms that are better known than their full names, and capitals that are not acronyms."""


@dataclass(frozen=True)
class Sentence:
    """One sentence, with its line breaks removed; `line` is the line of the file on which it begins."""

    text: str
    line: int


@dataclass(frozen=True)
class Passage:
    """A piece of running text that begins at `line` of the file at `path`; its line breaks are those of the file.

    `kind` is post, page or guide, or the kind of a record (actions, terms, …). `key` is the key of the value, or
    "body". `whole` identifies the page or record that the passage is part of. `block` is its block in a Markdown body.
    """

    path: str
    line: int
    text: str
    kind: str
    key: str
    whole: tuple[str, str]
    block: Block | None = None

    def line_at(self, offset: int) -> int:
        """Return the line of the file that has the character at `offset`."""
        return self.line + self.text.count("\n", 0, offset)

    @property
    def is_prose(self) -> bool:
        """Whether the passage consists of sentences, which a heading does not."""
        return not (self.block and self.block.kind == "heading")

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences of the passage; a text without a full stop is one sentence."""
        return tuple(self._sentences())

    def _sentences(self) -> Iterator[Sentence]:
        start = 0
        for match in (*SENTENCE_END.finditer(self.text), None):
            if match and NOT_SENTENCE_END.search(self.text, max(0, match.end() - 12), match.end()):
                continue
            raw = self.text[start:match.end() if match else len(self.text)]
            words = " ".join(raw.split())
            if words:
                yield Sentence(words, self.line_at(start + len(raw) - len(raw.lstrip())))
            start = match.end() if match else start


class Text(NamedTuple):
    """A page, or one record of a file, which is found at `at` in the document's data."""

    document: Document
    at: tuple[int, ...]
    kind: str
    id: str

    def passages(self) -> Iterator[Passage]:
        """Yield the passages of the text."""
        document, at, kind, id = self
        if kind not in MARKDOWN_KINDS:
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
            if key not in QUOTED_KEYS:
                yield from _values(document, inner, (*at, key), kind, whole)
    elif isinstance(value, tuple):
        for number, inner in enumerate(value):
            yield from _values(document, inner, (*at, number), kind, whole)
    elif isinstance(value, str):
        key = next((part for part in reversed(at) if isinstance(part, str)), "")
        if key in TEXT_KEYS:
            line, text = _as_in_the_file(value, document, document.line(*at))
            yield Passage(document.path, line, text, kind, key, whole)


def _as_in_the_file(value: str, document: Document, line: int) -> tuple[int, str]:
    """Return the line of a value's first word, and the value with the line breaks that it has in the file.

    YAML folds lines, so each word is looked up in the source, in order.
    """
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


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """The words that an area explains.

    `acronyms` is None if a list of them could not be read; `names` is a pattern of the names that writers cannot
    choose. There is one object for the same words, so that it can be the key of a cache.
    """

    acronyms: frozenset[str] | None
    names: str


def vocabulary_of(register: Register) -> Vocabulary:
    """Return the vocabulary of an area's lists."""
    is_unread = "terms" in register.unread or "organisations" in register.unread
    return _vocabulary(None if is_unread else COMMON_ACRONYMS | _acronyms(register), _names(register))


@lru_cache(maxsize=4)
def _vocabulary(acronyms: frozenset[str] | None, names: str) -> Vocabulary:
    return Vocabulary(acronyms, names)


def _acronyms(register: Register) -> set[str]:
    area = register.area
    board = getattr(area, "board", None)
    texts: list[Any] = [getattr(area, "name", ""), getattr(area, "site_name", ""), getattr(board, "name", ""),
                        getattr(board, "short_name", "")]
    # A term's "also" is left out: only the search uses it, so it explains nothing to readers.
    texts += register.terms
    for organisation in register.organisations.values():
        texts += [organisation.name, organisation.short_name or "", *organisation.also]
    return {match[0] for text in texts for match in ACRONYM.finditer(text)}


def _names(register: Register) -> str:
    """Return a pattern of the names of organisations and the words of the glossary."""
    names: set[str] = {getattr(register.area, "name", "")}
    for organisation in register.organisations.values():
        names |= {organisation.name, organisation.short_name or "", *organisation.also}
    for term in register.terms.values():
        names |= {term.term, term.full or "", *term.also}
    longest_first = sorted((name for name in names if name), key=lambda name: (-len(name), name))
    return rf"\b(?:{'|'.join(map(re.escape, longest_first)) or '(?!)'})s?\b"
