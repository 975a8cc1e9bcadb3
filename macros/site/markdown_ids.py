"""Ids in running text (A-012, D-003) become links by themselves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

from markdown import Extension, Markdown
from markdown.inlinepatterns import InlineProcessor

from .prose import RECORD_ID


class _Link(InlineProcessor):
    def __init__(self, md: Markdown, href: Callable[[str], str | None]) -> None:
        super().__init__(RECORD_ID.pattern, md)
        self.href = href

    ANCESTOR_EXCLUDES = ("a", "code", "pre", "h1")

    def handleMatch(self, m: Any, data: str) -> Any:  # noqa: N802 - Markdown's name
        href = self.href(m[1])
        if href is None:
            return None, None, None
        link = ElementTree.Element("a", {"href": href})
        link.text = m[1]
        return link, m.start(0), m.end(0)


class RecordIds(Extension):
    """Markdown extension; `href` gives a record's address for its id, or None where there is no such record."""

    def __init__(self, href: Callable[[str], str | None]) -> None:
        super().__init__()
        self.href = href

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Markdown's name
        # Below links (160) and code (190), so that ids inside them stay as they are.
        md.inlinePatterns.register(_Link(md, self.href), "record_ids", 65)
