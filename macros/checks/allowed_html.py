"""The HTML that posts and pages may hold, beside Markdown: what formats and links, and nothing that runs or loads."""

from __future__ import annotations

import re

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
    "details": frozenset({"open"}),
    "img": frozenset({"src", "alt", "width", "height"}),
    "ol": frozenset({"start"}),
    "td": frozenset({"align", "colspan", "rowspan"}),
    "th": frozenset({"align", "colspan", "rowspan", "scope"}),
    "time": frozenset({"datetime"}),
}
"""Attributes by element; those by "*" may stand on any."""

SCHEMES = frozenset({"http", "https", "mailto", "tel", "site"})
"""How an address of a link may begin; "site" is this site's own root."""

CLASSES = re.compile(r"b-(?:button|facts|item|list|note|short|small|tag|unknown)(?:(?:--|__)\w+)?|footnote(?:-\w+)?"
                     r"|toclink|language-\w+")
"""Classes that writers may use: those of docs/guides/design.md, and what Markdown itself writes."""

FRAME_IDS = frozenset({
    "ask", "changed", "content", "contents", "decided", "in-short", "meets", "menu", "newest", "one-child",
    "post-actions", "post-decisions", "promised",
    "query", "results", "say", "search", "words"})
"""Names that the frame of a page, or a macro, gives to its own parts: no heading may have one of them again."""
