"""A document as a post: its title, the days found in it, its Markdown and its pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from .archive import Archive, open_archive
from .dating import Found
from .docx import read_docx
from .facts import Facts, words_of
from .guard import as_markdown, as_typed
from .headings import bold_made_headings, levelled
from .links import safe_links
from .lists import plain_lists
from .odt import read_odt
from .opening import without_opening
from .pandoc import read_tree, write_markdown
from .pictures import Picture, Pictures
from .refusal import DocumentError
from .repeats import without_repeats
from .tables import plain_tables
from .tree import every_word, text_of
from .wording import plain_wording, without_empty

READERS = {"odt": read_odt, "docx": read_docx}
PICTURE = re.compile(r"\]\((image-\d+\.(?:png|jpg))\)")
MOST_SHOWN = 12


@dataclass(frozen=True)
class Converted:
    """What became of a document. `paragraphs` are its running text without Markdown, and `notices` say in plain
    sentences what was changed or could not be kept. `title_place` says where the title stood."""

    title: str
    title_place: str
    found: tuple[Found, ...]
    markdown: str
    paragraphs: tuple[str, ...]
    pictures: tuple[Picture, ...]
    notices: tuple[str, ...]

    def body(self, folder: str) -> str:
        """Return the Markdown, with the pictures in `folder`."""
        return PICTURE.sub(rf"]({folder}/\1)", self.markdown)


def convert(name: str, data: bytes) -> Converted:
    """Return the document `data`, whose file is called `name`, as a post.

    Raises DocumentError where it cannot be read or holds nothing, and its kind ToolMissingError without what reads it.
    """
    try:
        return _convert(open_archive(name, data), name)
    except RecursionError:
        raise DocumentError("the file holds parts within parts without end; copy its text into a new document"
                            ) from None


def _convert(archive: Archive, name: str) -> Converted:
    facts = READERS[archive.kind](archive)
    tree = read_tree(archive)
    notices = _changes(facts)
    notices += _lost(facts, tree)
    pictures = Pictures(archive, facts, notices)
    blocks = plain_wording(safe_links(pictures.placed(tree["blocks"]), notices), notices)
    blocks = without_empty(plain_lists(blocks, notices))
    opening, blocks = without_opening(blocks, tree["meta"], facts, PurePath(name).stem, notices)
    blocks = bold_made_headings(without_repeats(blocks, facts, notices), notices)
    blocks = levelled(plain_tables(blocks, notices))
    if not blocks:
        raise DocumentError("the document holds no text; write the post in it, and save it again")
    return Converted(
        title=opening.title, title_place=opening.title_place, found=(*opening.found, *_properties(facts)),
        markdown=as_markdown(write_markdown(tree, _with_excerpt(blocks))),
        paragraphs=tuple(filter(None, _running_text(blocks))), pictures=tuple(filter(None, pictures.found.values())),
        notices=tuple(dict.fromkeys(map(as_typed, notices))))


def _changes(facts: Facts) -> list[str]:
    """Return what happened to drawings, and to tracked changes and comments, whose words no one should read again."""
    notices = []
    if facts.insertions or facts.deletions:
        counts = " and ".join(f"{count} {what}{'s' * (count != 1)}" for count, what in (
            (facts.insertions, "insertion"), (facts.deletions, "deletion")) if count)
        notices.append(f"Tracked changes were accepted: {counts}. Read whether the text is the one that was meant.")
    if facts.comments:
        notices.append(f"{facts.comments} comment{'s were' if facts.comments != 1 else ' was'} left out.")
    if facts.drawings:
        count = "A chart, drawing or text box was" if facts.drawings == 1 else \
            f"{facts.drawings} charts, drawings or text boxes were"
        notices.append(f"{count} left out. Save it as a picture, put that in its place, and import again; or type its "
                       "words in.")
    return notices


def _lost(facts: Facts, tree: dict[str, Any]) -> list[str]:
    """Return a notice of words that stand in the document and that the conversion has not given."""
    given = words_of([every_word([tree["blocks"], list(tree["meta"].values())])])
    lost = [word for word in facts.words if word not in given and not word.isdecimal()]
    if not lost:
        return []
    shown = ", ".join(f"“{word}”" for word in lost[:MOST_SHOWN])
    more = f" and {len(lost) - MOST_SHOWN} more" if len(lost) > MOST_SHOWN else ""
    return [f"These words of the document are not in the post: {shown}{more}. They may stand in a text box or a "
            "drawing: type them in where they belong."]


def _properties(facts: Facts) -> list[Found]:
    return [Found(day, f"the file's properties, {place}", is_written=False)
            for day, place in ((facts.created, "made on"), (facts.modified, "last saved on")) if day]


def _with_excerpt(blocks: list[Any]) -> list[Any]:
    """Return blocks with the mark after the first paragraph up to which the list of posts shows a post."""
    first = next((number for number, block in enumerate(blocks) if block["t"] == "Para" and text_of(block)), 0)
    return [*blocks[:first + 1], {"t": "RawBlock", "c": ["html", "<!-- more -->"]}, *blocks[first + 1:]]


def _running_text(blocks: list[Any]) -> Iterator[str]:
    """Yield the words of each paragraph and list item, in their order; headings and tables are no sentences."""
    for block in blocks:
        if block["t"] in ("Para", "Plain"):
            yield as_typed(text_of(block))
        elif block["t"] in ("BulletList", "BlockQuote"):
            for item in block["c"]:
                yield from _running_text(item if isinstance(item, list) else [item])
        elif block["t"] == "OrderedList":
            for item in block["c"][1]:
                yield from _running_text(item)
