"""The HTML that posts and pages may hold beside Markdown: it formats and links, and nothing in it runs or loads."""

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
    "other-site", "post-actions", "post-decisions", "promised", "query", "results", "say", "search", "words"})
"""Ids that the frame of a page, or a macro, gives to its own parts: no heading may have one of them."""
