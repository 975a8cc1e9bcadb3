"""HTML of posts and pages, cleaned after Markdown has made it: a short list of elements stays, and all else goes.

Markdown lets a writer give any element and any attribute. What stands on the list can format and link; nothing on it
runs, loads from another site, or changes how the page looks outside the text.
"""

from __future__ import annotations

import re

import nh3
from markdown import Extension, Markdown
from markdown.extensions.toc import slugify
from markdown.postprocessors import Postprocessor

from ..checks.allowed_html import ATTRIBUTES, CLASSES, FRAME_IDS, SCHEMES, TAGS
from .fragments import Fragments

LINK = re.compile(r'<a((?: [a-z-]+="[^"]*")*)>')
OUTSIDE = re.compile(r' href="(?:https?:)?//')
COMMENT = re.compile(r"<!--(?! more -->).*?-->", re.S)
"""Notes of writers to each other; the one that ends a post's excerpt stays."""


class _Clean(Postprocessor):
    def __init__(self, md: Markdown, fragments: Fragments) -> None:
        super().__init__(md)
        self.fragments = fragments

    def run(self, text: str) -> str:
        return self.fragments.restored(clean(text))


class CleanHtml(Extension):
    """Markdown extension that cleans what was made, and then puts the macros' fragments in their places."""

    def __init__(self, fragments: Fragments) -> None:
        super().__init__()
        self.fragments = fragments

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Markdown's name
        # After all others, since raw HTML comes back into the text only in postprocessors.
        md.postprocessors.register(_Clean(md, self.fragments), "clean_html", -100)


def clean(html: str) -> str:
    """Return HTML with what is on the list, and the text of what is not; links to other sites get rel="noopener"."""
    cleaned = nh3.clean(html, tags=set(TAGS), attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
                        attribute_filter=_kept, strip_comments=False, link_rel=None, url_schemes=set(SCHEMES))
    return LINK.sub(_safe_link, COMMENT.sub("", cleaned))


def heading_id(text: str, separator: str) -> str:
    """Return a heading's name in the page's address: as Markdown makes it, and never one that the frame has."""
    name = slugify(text, separator)
    return f"{name}{separator}here" if name in FRAME_IDS else name


def _kept(tag: str, name: str, value: str) -> str | None:
    if name == "class":
        return " ".join(word for word in value.split() if CLASSES.fullmatch(word)) or None
    if name == "id" and value in FRAME_IDS:
        return None
    if tag == "img" and name == "src" and re.match(r"\s*(?:[\w+.-]+:|[/\\]{2})", value):
        return None
    return value


def _safe_link(match: re.Match[str]) -> str:
    return f'<a{match[1]} rel="noopener">' if OUTSIDE.search(match[1]) else match[0]
