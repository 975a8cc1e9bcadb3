"""Links that may stand in a post: to web pages and to email addresses. Others keep their words only."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlsplit

from .tree import Element, rewritten, text_of

SCHEMES = ("http", "https", "mailto", "tel")
SAFE = ":/?#@!$&'*+,;=%~-._"
"""What stays as it is in an address: the rest would end a link in Markdown, or begin a macro."""


def safe_links(blocks: list[Any], notices: list[str]) -> list[Any]:
    """Return the tree with only such links as lead somewhere outside the document, each other one named in a notice."""
    within: list[str] = []
    dropped: list[str] = []

    def change(element: Element) -> list[Element]:
        if element["t"] != "Link":
            return [element]
        _, inlines, (target, _) = element["c"]
        address, inlines = _address(target), _unstyled(inlines)
        if address and text_of(inlines) + "".join(part["t"] for part in inlines if part["t"] == "Image"):
            return [{"t": "Link", "c": [["", [], []], inlines, [address, ""]]}]
        if text_of(inlines) and not address:
            (within if target.startswith("#") else dropped).append(f"“{text_of(inlines)}”")
        return inlines

    result = rewritten(blocks, change)
    if within:
        notices.append(f"Links to other places in the document do not work on a page, and stand as words: "
                       f"{', '.join(within)}.")
    if dropped:
        notices.append("Links that lead to no web page and no email address stand as words: "
                       f"{', '.join(dropped)}. To link again, write [words](https://…).")
    return result


def _unstyled(inlines: list[Element]) -> list[Element]:
    """Return a link's words without the style that some word processors give to every link."""
    while len(inlines) == 1 and inlines[0]["t"] in ("Emph", "Strong", "Underline"):
        inlines = inlines[0]["c"]
    return inlines


def _address(target: str) -> str | None:
    target = "".join(sign for sign in target if sign.isprintable()).strip()
    if target.lower().startswith("www."):
        target = f"https://{target}"
    try:
        parts = urlsplit(target)
    except ValueError:
        return None
    if parts.scheme.lower() not in SCHEMES or not (parts.netloc or parts.scheme.lower() in ("mailto", "tel")):
        return None
    return quote(target, safe=SAFE)
