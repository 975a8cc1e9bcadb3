"""HTML in posts and pages: what is allowed, and the elements, links and images that a browser would act on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from html.parser import HTMLParser

from markdown_it.token import Token

from ...problem import Code, Problem, Topic, quoted
from ...register import Register
from ...source.files import REMEMBERED
from ...source.markdown_parser import closed_html, markdown_tokens

TAGS = frozenset((
    "a", "abbr", "b", "blockquote", "br", "caption", "cite", "code", "dd", "del", "details", "div", "dl", "dt", "em",
    "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p",
    "pre", "q", "s", "section", "small", "span", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot",
    "th", "thead", "time", "tr", "u", "ul"))

ATTRIBUTES: dict[str, frozenset[str]] = {
    "*": frozenset({"id", "class", "title", "lang", "aria-label"}),
    "a": frozenset({"href"}),
    "div": frozenset({"data-fragment"}),
    "span": frozenset({"data-fragment"}),
    "details": frozenset({"open", "name"}),
    "img": frozenset({"src", "alt", "width", "height", "align", "loading"}),
    "ol": frozenset({"start"}),
    "td": frozenset({"align", "colspan", "rowspan"}),
    "th": frozenset({"align", "colspan", "rowspan", "scope"}),
    "time": frozenset({"datetime"}),
}
"""Attributes by element; those of "*" are allowed on every element."""

SCHEMES = frozenset({"http", "https", "mailto", "tel", "site"})
"""How the address of a link may begin; "site" is this site's own root."""

BOXES = {
    "note": "note", "abstract": "abstract", "summary": "abstract", "tldr": "abstract", "info": "info", "todo": "info",
    "tip": "tip", "hint": "tip", "important": "tip", "success": "success", "check": "success", "done": "success",
    "question": "question", "help": "question", "faq": "question", "warning": "warning", "caution": "warning",
    "attention": "warning", "failure": "failure", "fail": "failure", "missing": "failure", "danger": "danger",
    "error": "danger", "bug": "bug", "example": "example", "quote": "quote", "cite": "quote",
}
"""The kinds of box by the words that writers may use. Source: Material for MkDocs, "Admonitions"."""

CLASSES = re.compile(
    r"b-(?:button|facts|item|list|note|short|small|tag|unknown)(?:(?:--|__)\w+)?"
    r"|md-button(?:--primary)?|grid|cards?"
    r"|b-box(?:__title|--(?:" + "|".join(sorted({*BOXES.values()})) + r"))?|b-tabs|b-task(?:--(?:done|open))?"
    r"|b-image(?:--(?:left|right))?|b-hidden|footnote(?:-\w+)?|toclink|language-\w+")
"""Classes that writers may use: those of docs/guides/design.md and of Material's manual, and what Markdown writes."""

FRAME_IDS = frozenset({
    "ask", "changed", "content", "contents", "decided", "in-short", "meets", "menu", "newest", "one-child",
    "other-site", "partly-read", "post-actions", "post-decisions", "promised", "query", "results",
    "say", "search", "words"})
"""Ids that the frame of a page, or a macro, gives to its own parts: no heading may have one of them."""


CODES = (
    Code("raw-html", Topic.TRUST,
         "A page may hold a little HTML, such as bold text or a table. This would run, load or restyle something, so "
         "the site removes it.", '<p style="color: red">Late</p>', "<p>Late</p>"),
)

ATTRIBUTE_LIST = re.compile(r"(?<!\{)\{:?[ \t]*([^{}\n]{1,300})\}(?!\})")
ATTRIBUTE = re.compile(r"""([\w:-]+)[ \t]*=[ \t]*("[^"\n]*"|'[^'\n]*'|[^\s"'}]+)""")
MAY_BE_HTML = ("<", "{:", "{ ")


@dataclass(frozen=True)
class Element:
    """An HTML element; or, with the tag "*", a list of attributes in Markdown ({: #id .class })."""

    tag: str
    attributes: tuple[tuple[str, str], ...]
    line: int


@dataclass(frozen=True)
class Target:
    """The address of a link or an image; `words` are the link text."""

    address: str
    words: str
    line: int
    is_image: bool = False


@dataclass(frozen=True)
class Heading:
    """A heading as it is written, without its marks, and as it is read.

    `tag` is its element, `mark` how it is marked ("##", or "-" below it); `lines` are its first and last line.
    """

    written: str
    words: str
    tag: str
    mark: str
    lines: tuple[int, int]


@dataclass(frozen=True)
class Table:
    """A table, with its first and last line."""

    lines: tuple[int, int]


@dataclass(frozen=True)
class Words:
    """The text of a paragraph, a heading or a cell, which begins on `line`; "\\0" is in it for all that is no text."""

    text: str
    line: int


Part = Element | Target | Heading | Table | Words


@lru_cache(maxsize=REMEMBERED)
def page_parts(body: str, first_line: int) -> tuple[Part, ...]:
    """Return the elements, targets, headings, tables and words of a Markdown text that begins at `first_line`.

    Raises nothing, whatever the text.
    """
    return tuple(_parts(body, first_line))


def _parts(body: str, first_line: int) -> Iterator[Part]:
    heading: Token | None = None
    for token in markdown_tokens(body):
        line = first_line + (token.map[0] if token.map else 0)
        if token.type == "html_block":
            yield from _html(token.content, line)
        elif token.type == "table_open":
            yield Table(_lines(token, first_line))
        elif token.type == "inline":
            children = token.children or ()
            if heading:
                yield Heading(token.content, "".join(child.content for child in children
                                                     if child.type in ("text", "code_inline", "softbreak")),
                              heading.tag, heading.markup, _lines(heading, first_line))
            yield Words("".join("\n" if child.type in ("softbreak", "hardbreak") else
                                child.content if child.type == "text" else "\0" for child in children), line)
            opened: tuple[str, list[str]] | None = None
            for child in children:
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
        heading = token if token.type == "heading_open" else None


def _lines(token: Token, first_line: int) -> tuple[int, int]:
    first, end = token.map or (0, 1)
    return first_line + first, first_line + end - 1


def _html(text: str, line: int) -> Iterator[Element | Target]:
    reader = _Elements(line)
    with suppress(AssertionError):  # html.parser raises it for some malformed declarations
        reader.feed(closed_html(text))
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


def pages_hold_allowed_html(register: Register) -> Iterator[Problem]:
    """Ensures that a post or page holds only HTML that formats and links, and nothing that runs, loads or restyles."""
    for page in register.pages:
        body = page.document.body
        if not any(opening in body for opening in MAY_BE_HTML):
            continue
        for part in page_parts(body, page.document.body_line):
            if isinstance(part, Element):
                yield from _not_allowed(page.document.path, part)


def _not_allowed(path: str, element: Element) -> Iterator[Problem]:
    tag = "" if element.tag == "*" else f"<{element.tag}>"
    if tag and element.tag not in TAGS:
        yield Problem(path, element.line, "raw-html", f"{quoted(tag)} is not allowed in a page",
                      "remove it; to show it as text, put it between two backticks (`)")
        return
    allowed = ATTRIBUTES["*"] | ATTRIBUTES.get(element.tag, frozenset()) - {"data-fragment"} | {"markdown"}
    for name, value in element.attributes:
        if name.lower() not in allowed and (tag or name.lower() not in ("name", "width", "height", "start")):
            yield Problem(path, element.line, "raw-html", f"{quoted(name)} is not allowed in {tag or 'curly brackets'}",
                          f"remove {quoted(name)} with its value")
        elif name == "id" and value in FRAME_IDS:
            yield Problem(path, element.line, "raw-html", f"the page layout already has the id {quoted(value)}",
                          "choose another id")
        elif name == "class" and not all(CLASSES.fullmatch(word) for word in value.split()):
            wrong = next(word for word in value.split() if not CLASSES.fullmatch(word))
            yield Problem(path, element.line, "raw-html", f"the class {quoted(wrong)} is not available in pages",
                          "use one from the design guide, or remove it")
