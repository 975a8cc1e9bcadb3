"""Reads Markdown into blocks of plain text that know their line.

The text is what a reader sees: macros, comments and code are left out.

Source: CommonMark 0.31, with tables as GitHub writes them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from html.parser import HTMLParser

from markdown_it.common.normalize_url import normalizeLink
from markdown_it.token import Token

from .markdown_parser import closed_html, markdown_tokens
from .yaml_reader import REMEMBERED

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
KINDS = {"td": "cell", "th": "cell", "li": "item", "dt": "item", "dd": "item", "summary": "paragraph",
         "figcaption": "paragraph", "p": "paragraph", "div": "paragraph", "section": "paragraph",
         "blockquote": "paragraph", **dict.fromkeys(HEADINGS, "heading")}
"""The kinds of block, by the HTML element that each becomes."""

DELIMITERS = (("{{", "}}"), ("{%", "%}"), ("{#", "#}"), ("<!--", "-->"))
"""The beginnings and ends of macros and comments of the template language, and of HTML comments."""

ANNOTATIONS = re.compile(
    r"\{:[^}\n]{0,200}\}"
    r"|(?<!\{)\{ ?(?:(?:[.#][\w-]+|(?:width|height|align|loading|start)=[\"']?[\w%]+[\"']?) ?){1,6}\}"
    r"|\[\^[\w-]{1,60}\](?!:)|(?<=[-*+. ] )\[[ xX]\](?= )|^\*\[[^\]\n]{1,60}\]:.*$", re.M)
"""Attribute lists, footnote references, boxes of tasks and definitions of abbreviations."""

INLINE_MARKS = re.compile(r"(?<!=)==(?!=)|(?<!\^)\^\^(?!\^)|(?<!~)~~(?!~)|(?<=\w)[\^~](?=\w)")
"""Marks around highlighted, inserted, deleted, raised and lowered words. They are removed and not blanked, since they
may surround a part of a word."""


@dataclass(frozen=True)
class Link:
    """A link with its text and its target."""

    text: str
    target: str
    line: int


@dataclass(frozen=True)
class Image:
    """An image. `alt` is None if it has no alternative text, and empty if the HTML marks it as decoration."""

    alt: str | None
    target: str
    line: int


@dataclass
class Block:
    """One block of a page. Its kind is heading (with its level), paragraph, item or cell.

    Each line break in `text` is one in the file, so that every word's line is known.
    """

    kind: str
    line: int
    level: int = 0
    text: str = ""
    links: list[Link] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)


@lru_cache(maxsize=REMEMBERED)
def read_markdown(text: str, first_line: int = 1) -> tuple[Block, ...]:
    """Return the blocks of a Markdown text that begins at `first_line`. Raises nothing, whatever the text."""
    text = INLINE_MARKS.sub("", ANNOTATIONS.sub(lambda match: _blank(match[0]), _without_macros(text)))
    blocks: list[Block] = []
    open_tags: list[str] = []
    for token in markdown_tokens(text):
        line = first_line + (token.map[0] if token.map else 0)
        if token.type == "html_block":
            blocks += _Html(line).read(token.content)
        elif token.type == "inline":
            in_item = "list_item" in open_tags and open_tags[-1] == "paragraph"
            blocks.append(_inline(token, _block("li" if in_item else open_tags[-1], line)))
        elif token.nesting == 1:
            open_tags.append(token.tag if token.type == "heading_open" else token.type.removesuffix("_open"))
        elif token.nesting == -1:
            open_tags.pop()
    return tuple(block for block in blocks if block.text.strip() or block.links or block.images)


def _without_macros(text: str) -> str:
    # Not with a regular expression: it would search to the end of the text for each opening that is never closed,
    # which takes quadratic time.
    for opening, closing in DELIMITERS:
        kept, end = [], 0
        while (start := text.find(opening, end)) >= 0 and (stop := text.find(closing, start)) >= 0:
            kept += [text[end:start], _blank(text[start:stop + len(closing)])]
            end = stop + len(closing)
        text = "".join((*kept, text[end:]))
    return text.replace("<!--", "    ")


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


def _block(tag: str, line: int) -> Block:
    return Block(KINDS.get(tag, "paragraph"), line, HEADINGS.index(tag) + 1 if tag in HEADINGS else 0)


def _inline(token: Token, block: Block) -> Block:
    """Fill a block with the text, links and images of its inline token."""
    line, opened, html = block.line, None, None
    for child in token.children or ():
        if child.type in ("softbreak", "hardbreak"):
            block.text += "\n"
            line += 1
        elif child.type == "text":
            block.text += child.content
        elif child.type == "code_inline":
            opened = opened and (opened[0], opened[1], opened[2] + child.content)
        elif child.type == "image":
            block.images.append(Image(" ".join(child.content.split()) or None, _address(child, "src"), line))
            opened = opened and (opened[0], opened[1], opened[2] + child.content)
        elif child.type == "link_open":
            opened = (len(block.text), _address(child, "href"), "")
        elif child.type == "link_close" and opened:
            block.links.append(_link(block.text[opened[0]:] + opened[2], opened[1], line))
            opened = None
        elif child.type == "html_inline":
            html = html or _Html(line)
            html.reset()
            html.block, html.first_line = block, line
            html.feed(child.content)
    return block


def _address(token: Token, attribute: str) -> str:
    return normalizeLink(str(token.attrs.get(attribute, "")))


def _link(text: str, target: str, line: int) -> Link:
    return Link(" ".join(text.split()), target, line - text.count("\n"))


class _Html(HTMLParser):
    """Reads HTML inside Markdown into blocks with their links and images."""

    def __init__(self, first_line: int) -> None:
        super().__init__()
        self.first_line = first_line
        self.block = Block("paragraph", first_line)
        self.blocks = [self.block]
        self.opened: tuple[int, str] | None = None
        self.silent = 0

    def read(self, text: str) -> Iterator[Block]:
        tags = closed_html(text)
        self.feed(tags)
        self.close()
        self.handle_data(text[len(tags):])
        yield from self.blocks

    @property
    def line(self) -> int:
        return self.first_line + self.getpos()[0] - 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "img":
            alt = (given["alt"] or "").strip() if "alt" in given else None
            self.block.images.append(Image(alt, given.get("src") or "", self.line))
            self.block.text += alt if alt and self.opened else ""
        elif tag == "a" and "href" in given:
            self.opened = (len(self.block.text), given["href"] or "")
        elif tag in KINDS:
            self.block = _block(tag, self.line)
            self.blocks.append(self.block)
            self.opened = None
        self.silent += tag in ("script", "style", "pre", "code")

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self.opened:
            self.block.links.append(_link(self.block.text[self.opened[0]:], self.opened[1], self.line))
            self.opened = None
        self.silent = max(0, self.silent - (tag in ("script", "style", "pre", "code")))

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.block.text += data
