"""Cleans the HTML that Markdown makes of posts and pages: a short list of elements stays, and all else goes.

Markdown lets a writer give any element and any attribute. What is on the list can format and link; nothing on it runs,
loads from another site, or changes how the page looks outside the text.
"""

from __future__ import annotations

import re

import nh3
from markdown import Extension, Markdown
from markdown.extensions.toc import slugify
from markdown.postprocessors import Postprocessor

from ..checks.allowed_html import ATTRIBUTES, CLASSES, FRAME_IDS, SCHEMES, TAGS
from .fragments import Fragments
from .icons import icon

LINK = re.compile(r'<a((?: [a-z-]+="[^"]*")*)>(.*?)</a>', re.S)
OUTSIDE = re.compile(r' href="(?:https?:)?//')
CSS_COMMENT = re.compile(r"\s*/\*.*?\*/", re.S)
COMMENT = re.compile(r"<!--(?! more -->).*?-->", re.S)
"""Notes of writers to each other; the one that ends a post's excerpt stays."""


class _Clean(Postprocessor):
    def __init__(self, md: Markdown, fragments: Fragments) -> None:
        super().__init__(md)
        self.fragments = fragments

    def run(self, text: str) -> str:
        return self.fragments.restored(clean(text))


class CleanHtml(Extension):
    """Markdown extension that cleans the HTML, and then puts the macros' fragments in their places."""

    def __init__(self, fragments: Fragments) -> None:
        super().__init__()
        self.fragments = fragments

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Markdown's name
        # Last, because raw HTML returns to the text only in the postprocessors before it.
        md.postprocessors.register(_Clean(md, self.fragments), "clean_html", -100)


def clean(html: str) -> str:
    """Return HTML with what is on the list, and the text of what is not. Links to other sites are marked as such."""
    cleaned = nh3.clean(html, tags=set(TAGS), attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
                        attribute_filter=_kept, strip_comments=False, link_rel=None, url_schemes=set(SCHEMES))
    return LINK.sub(_safe_link, COMMENT.sub("", cleaned))


def heading_id(text: str, separator: str) -> str:
    """Return a heading's id as Markdown makes it, with a word added where the page's frame has that id."""
    name = slugify(text, separator)
    return f"{name}{separator}here" if name in FRAME_IDS else name


def without_comments(css: str) -> str:
    """Return a stylesheet without its comments: they are for us, and would be a tenth of what a first visit loads."""
    return CSS_COMMENT.sub("", css)


def _kept(tag: str, name: str, value: str) -> str | None:
    if name == "class":
        return " ".join(word for word in value.split() if CLASSES.fullmatch(word)) or None
    if name == "id" and value in FRAME_IDS:
        return None
    if tag == "img" and name == "src" and re.match(r"\s*(?:[\w+.-]+:|[/\\]{2})", value):
        return None
    if tag == "img" and (name == "align" or (name == "loading" and value != "lazy")):
        return None  # "align" has become a class where it means something
    if tag == "details" and name == "name" and not re.fullmatch(r"tabs-\d{1,3}", value):
        return None
    return value


def _safe_link(match: re.Match[str]) -> str:
    if not OUTSIDE.search(match[1]):
        return match[0]
    return f'<a{match[1]} rel="noopener" aria-describedby="other-site">{match[2]}{icon("material/open-in-new")}</a>'
