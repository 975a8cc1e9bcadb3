"""Converts a document into a post's title, Markdown and pictures, and reports what was changed or lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from .blocks import simplify_lists, simplify_tables
from .container import Document, DocumentError, DocumentFacts, count_words, open_archive
from .dates import FoundDate
from .docx import read_docx
from .inline import drop_empty, keep_safe_links, restore, simplify_inlines, to_references
from .odt import read_odt
from .pandoc import plain_text, read_tree, text_with_notes, write_markdown
from .pictures import Picture, Pictures
from .structure import drop_running_headers, normalise_heading_levels, promote_bold_lines, split_front_matter

READERS = {"odt": read_odt, "docx": read_docx}
PICTURE = re.compile(r"\]\((image-\d+\.(?:png|jpg))\)")
MAX_LOST_WORDS = 12


@dataclass(frozen=True)
class Converted:
    """The result of a conversion.

    `paragraphs` hold the running text without Markdown. `notices` say what was changed or could not be kept.
    `title_place` says where the title was found.
    """

    title: str
    title_place: str
    found: tuple[FoundDate, ...]
    markdown: str
    paragraphs: tuple[str, ...]
    pictures: tuple[Picture, ...]
    notices: tuple[str, ...]

    def body(self, folder: str) -> str:
        """Return the Markdown, with the pictures in `folder`."""
        return PICTURE.sub(rf"]({folder}/\1)", self.markdown)


def read_document(name: str, data: bytes) -> Document:
    """Read what a reader of a document sees, within the size limits. Does not run pandoc. Raises DocumentError."""
    try:
        archive = open_archive(name, data)
        return READERS[archive.kind](archive)
    except RecursionError:
        raise DocumentError("the file is nested too deeply; copy its text into a new document") from None


def convert(name: str, data: bytes) -> Converted:
    """Convert the document `data`, whose file is called `name`.

    Raises DocumentError if it cannot be read or has no text, and ToolMissingError if pandoc is not installed.
    """
    try:
        return _convert(read_document(name, data), PurePath(name).stem)
    except RecursionError:
        raise DocumentError("the file is nested too deeply; copy its text into a new document") from None


def _convert(document: Document, stem: str) -> Converted:
    # The order matters: text is cleaned first, since titles, dates and headings are recognised by their text; the
    # title goes before bold lines become headings, which would take it for one of them.
    facts = document.facts
    tree = read_tree(document)
    notices = [*_change_notices(facts), *document.notices]
    pictures = Pictures(document, notices)
    blocks = simplify_inlines(keep_safe_links(pictures.place(tree["blocks"]), notices), notices)
    blocks = drop_empty(simplify_lists(blocks, notices))
    front_matter, blocks = split_front_matter(blocks, tree["meta"], facts, stem, notices)
    blocks, running = drop_running_headers(blocks, facts, notices)
    blocks = promote_bold_lines(blocks, notices)
    blocks = normalise_heading_levels(simplify_tables(blocks, notices))
    if not blocks:
        raise DocumentError("the document has no text; write the post in it, and save it again")
    notices += _lost_word_notices(facts, [text_with_notes(blocks), *front_matter.lines, *running])
    return Converted(
        title=front_matter.title, title_place=front_matter.title_place,
        found=(*front_matter.found, *_property_dates(facts)),
        markdown=to_references(write_markdown(tree, _with_excerpt_mark(blocks))),
        paragraphs=tuple(filter(None, _running_text(blocks))), pictures=tuple(filter(None, pictures.found.values())),
        notices=tuple(dict.fromkeys(map(restore, notices))))


def _change_notices(facts: DocumentFacts) -> list[str]:
    """Return notices of tracked changes, comments and drawings, as counts: a message must not repeat deleted
    text or comments."""
    notices = []
    if facts.insertions or facts.deletions:
        counts = " and ".join(f"{count} {what}{'s' * (count != 1)}" for count, what in (
            (facts.insertions, "insertion"), (facts.deletions, "deletion")) if count)
        notices.append(f"Tracked changes were accepted: {counts}. Check that the text is the one you meant.")
    if facts.comments:
        notices.append(f"{facts.comments} comment{'s were' if facts.comments != 1 else ' was'} left out.")
    if facts.drawings:
        count = "A chart or drawing was" if facts.drawings == 1 else f"{facts.drawings} charts or drawings were"
        notices.append(f"{count} left out. Save it as a picture, insert that instead, and import again; or type its "
                       "words.")
    return notices


def _lost_word_notices(facts: DocumentFacts, kept: list[str]) -> list[str]:
    """Return a notice of words and numbers that a reader of the document sees more often than they are in the post."""
    missing = facts.words - count_words(map(restore, kept))
    if not missing:
        return []
    lost = [f"“{word}”{f' ({times} times)' if times > 1 else ''}" for word, times in missing.items()]
    shown = ", ".join(lost[:MAX_LOST_WORDS])
    more = f" and {len(lost) - MAX_LOST_WORDS} more" if len(lost) > MAX_LOST_WORDS else ""
    return [f"These words or numbers of the document are not in the post: {shown}{more}. Compare the post with the "
            "document, and type them where they belong."]


def _property_dates(facts: DocumentFacts) -> list[FoundDate]:
    return [FoundDate(day, f"the file's properties, {place}", is_written=False)
            for day, place in ((facts.created, "made on"), (facts.modified, "last saved on")) if day]


def _with_excerpt_mark(blocks: list[Any]) -> list[Any]:
    """Return blocks with the excerpt mark after the first paragraph: lists of posts show a post up to there."""
    first = next((number for number, block in enumerate(blocks) if block["t"] == "Para" and plain_text(block)), 0)
    return [*blocks[:first + 1], {"t": "RawBlock", "c": ["html", "<!-- more -->"]}, *blocks[first + 1:]]


def _running_text(blocks: list[Any]) -> Iterator[str]:
    """Yield the text of each paragraph and list item in order. Headings and tables hold no sentences."""
    for block in blocks:
        if block["t"] in ("Para", "Plain"):
            yield restore(plain_text(block))
        elif block["t"] in ("BulletList", "BlockQuote"):
            for item in block["c"]:
                yield from _running_text(item if isinstance(item, list) else [item])
        elif block["t"] == "OrderedList":
            for item in block["c"][1]:
                yield from _running_text(item)
