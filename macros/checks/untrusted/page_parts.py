"""What a Markdown page holds that a browser acts on: HTML elements with their attributes, links and images."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, lru_cache
from html.parser import HTMLParser

from markdown_it import MarkdownIt

from ...source.files import REMEMBERED
from ...source.markdown_parser import markdown_parser

ATTRIBUTE_LIST = re.compile(r"(?<!\{)\{:?[ \t]*([^{}\n]{1,300})\}(?!\})")
ATTRIBUTE = re.compile(r"""([\w:-]+)[ \t]*=[ \t]*("[^"\n]*"|'[^'\n]*'|[^\s"'}]+)""")


@dataclass(frozen=True)
class Element:
    """An HTML element, or a list of attributes in Markdown, whose tag is "*"; attributes as they were typed."""

    tag: str
    attributes: tuple[tuple[str, str], ...]
    line: int


@dataclass(frozen=True)
class Target:
    """Where a link leads, or an image lies; `words` is what is pressed."""

    address: str
    words: str
    line: int
    is_image: bool = False


@cache
def _parser() -> MarkdownIt:
    parser = markdown_parser()
    # The parser would pass over the addresses that are looked for, and rewrite others.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    return parser


@lru_cache(maxsize=REMEMBERED)
def parts(body: str, first_line: int) -> tuple[Element | Target, ...]:
    """Return the elements and targets of a Markdown text that begins at `first_line`. Raises nothing for any text."""
    return tuple(_parts(body, first_line))


def _parts(body: str, first_line: int) -> Iterator[Element | Target]:
    for token in _parser().parse(body):
        line = first_line + (token.map[0] if token.map else 0)
        if token.type == "html_block":
            yield from _html(token.content, line)
        elif token.type == "inline":
            opened: tuple[str, list[str]] | None = None
            for child in token.children or ():
                if child.type in ("softbreak", "hardbreak"):
                    line += 1
                elif child.type == "html_inline":
                    yield from _html(child.content, line)
                elif child.type == "image":
                    yield Target(str(child.attrs.get("src", "")), child.content, line, is_image=True)
                elif child.type == "link_open":
                    opened = (str(child.attrs.get("href", "")), [])
                elif child.type == "link_close" and opened:
                    yield Target(opened[0], "".join(opened[1]), line)
                    opened = None
                elif child.type == "text":
                    for found in ATTRIBUTE_LIST.finditer(child.content):
                        yield Element("*", tuple((name, value.strip("\"'")) for name, value
                                                 in ATTRIBUTE.findall(found[1])), line)
                if opened and child.content:
                    opened[1].append(child.content)


def _html(text: str, line: int) -> Iterator[Element | Target]:
    reader = _Elements(line)
    with suppress(AssertionError):  # the library's own, for what is no HTML at all
        reader.feed(text)
        reader.close()
    for element in reader.found:
        yield element
        for name, value in element.attributes:
            if name in ("href", "src"):
                yield Target(value, "", element.line, is_image=element.tag == "img")


class _Elements(HTMLParser):
    def __init__(self, line: int) -> None:
        super().__init__()
        self.first_line, self.found = line, []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(Element(tag, tuple((name, value or "") for name, value in attrs),
                                  self.first_line + self.getpos()[0] - 1))
