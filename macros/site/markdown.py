"""Markdown extensions: links for record ids, a closed list of HTML elements, and a stash for the HTML of macros.

Markdown lets a writer give any element and any attribute. The elements on the list can format and link; none of them
runs code, loads from another site, or changes how the page looks outside the text.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import nh3
from markdown import Extension, Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.postprocessors import Postprocessor

from ..checks.untrusted.page_html import ATTRIBUTES, CLASSES, FRAME_IDS, SCHEMES, TAGS
from ..kinds import RECORD_ID
from .vocabulary import icon

LINK = re.compile(r'<a((?: [a-z-]+="[^"]*")*)>(.*?)</a>', re.S)
EXTERNAL = re.compile(r' href="(?:https?:)?//')
COMMENT = re.compile(r"<!--(?! more -->).*?-->", re.S)
"""Notes of writers to each other; the one that ends a post's excerpt stays."""

PLACEHOLDER = re.compile(r'<(div|span) data-fragment="([0-9]{1,9})"></\1>')
INLINE = ("<a ", "<svg", "<abbr", "<span", "<time", "<strong")


class HtmlStash:
    """Holds the HTML of macros while Markdown is converted, like Python-Markdown's own stash of raw HTML.

    A numbered placeholder takes its place in the text until the text around it has been cleaned. So nothing in a record
    is read as Markdown, and nothing that a writer types passes for the HTML of a macro.
    """

    def __init__(self) -> None:
        self.stored: list[str] = []

    def storing(self, macro: Callable[..., Any]) -> Callable[..., str]:
        """Return `macro` changed to store its HTML and return the placeholder."""
        @functools.wraps(macro)
        def stored(*arguments: Any, **named: Any) -> str:
            return self.store(str(macro(*arguments, **named)))
        return stored

    def store(self, html: str) -> str:
        """Store HTML, and return its placeholder: a block, or a part of a line."""
        self.stored.append(html)
        tag = "span" if html.lstrip().startswith(INLINE) else "div"
        return f'<{tag} data-fragment="{len(self.stored) - 1}"></{tag}>'

    def restore(self, html: str) -> str:
        """Return `html` with stored HTML in place of its placeholders; unknown numbers are removed."""
        return PLACEHOLDER.sub(
            lambda match: self.stored[int(match[2])] if int(match[2]) < len(self.stored) else "", html)


def without_placeholders(markdown: str) -> str:
    """Return a writer's text in which nothing passes for a placeholder: only macros may write them."""
    return markdown.replace("data-fragment", "data-")


class CleanHtml(Extension):
    """Markdown extension that cleans the HTML, then restores what macros have stored."""

    def __init__(self, stash: HtmlStash) -> None:
        super().__init__()
        self.stash = stash

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Markdown's name
        # After all others, since raw HTML comes back into the text only in postprocessors.
        md.postprocessors.register(_Clean(md, self.stash), "clean_html", -100)


class _Clean(Postprocessor):
    def __init__(self, md: Markdown, stash: HtmlStash) -> None:
        super().__init__(md)
        self.stash = stash

    def run(self, text: str) -> str:
        return self.stash.restore(clean(text))


def clean(html: str) -> str:
    """Return HTML with the elements on the list, and the text of all others. Links to other sites are marked."""
    cleaned = nh3.clean(html, tags=set(TAGS), attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
                        attribute_filter=_filter_attribute, strip_comments=False, link_rel=None,
                        url_schemes=set(SCHEMES))
    return LINK.sub(_safe_link, COMMENT.sub("", cleaned))


def _filter_attribute(tag: str, name: str, value: str) -> str | None:
    if name == "class":
        return " ".join(word for word in value.split() if CLASSES.fullmatch(word)) or None
    if name == "id" and value in FRAME_IDS:
        return None
    if tag == "img" and name == "src" and re.match(r"\s*(?:[\w+.-]+:|[/\\]{2})", value):
        return None
    if tag == "img" and (name == "align" or (name == "loading" and value != "lazy")):
        return None  # an alignment that has an effect has become a class
    if tag == "details" and name == "name" and not re.fullmatch(r"tabs-\d{1,3}", value):
        return None
    return value


def _safe_link(match: re.Match[str]) -> str:
    if not EXTERNAL.search(match[1]):
        return match[0]
    mark = f'<span class="b-out">{icon("material/open-in-new")}</span>'
    return f'<a{match[1]} rel="noopener" aria-describedby="other-site">{match[2]}{mark}</a>'


class RecordLinks(Extension):
    """Markdown extension that links the ids of records (A-012, D-003).

    `href` returns a record's address for its id, or None if there is no such record.
    """

    def __init__(self, href: Callable[[str], str | None]) -> None:
        super().__init__()
        self.href = href

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Markdown's name
        # Below links (160) and code (190), so that ids inside them stay as they are.
        md.inlinePatterns.register(_RecordLink(md, self.href), "record_ids", 65)


class _RecordLink(InlineProcessor):
    ANCESTOR_EXCLUDES = ("a", "code", "pre", "h1")

    def __init__(self, md: Markdown, href: Callable[[str], str | None]) -> None:
        super().__init__(RECORD_ID.pattern, md)
        self.href = href

    def handleMatch(self, m: Any, data: str) -> Any:  # noqa: N802 - Markdown's name
        href = self.href(m[1])
        if href is None:
            return None, None, None
        link = ElementTree.Element("a", {"href": href})
        link.text = m[1]
        return link, m.start(0), m.end(0)
