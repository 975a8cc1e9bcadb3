"""Reduces inline text to what the site shows, and stops any of it from being read as markup.

Pandoc leaves some characters unescaped that would start a macro, attribute, entity or definition on the site, or a
block at the start of a line. Each is replaced by a placeholder until the Markdown is written, since an escape inserted
earlier would itself be escaped by pandoc.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote, urlsplit

from .container import INVISIBLE
from .pandoc import Element, paragraph, plain_text, text_inlines, transform

UNWRAPPED = ("Underline", "SmallCaps", "Cite", "Span", "Quoted")
QUOTES = {"SingleQuote": "‘’", "DoubleQuote": "“”"}
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
SPACES = re.compile(r"[\t\n\r\x0b\x0c\u00a0\u2000-\u200a\u202f\u3000]")


SCHEMES = ("http", "https", "mailto", "tel")
UNESCAPED = ":/?#@!$&'*+,;=%~-._"
"""Characters that need no escape in an address. The others would end a Markdown link or start a macro."""

PLACEHOLDER_BASE = 0xE100
"""A placeholder is this plus the character's code, in Unicode's private use area."""

PLACEHOLDER = re.compile(r"[\ue100-\ue17f]")
MARKUP = re.compile(
    r"[{\\]|&(?=#?\w+;)|\](?=\()|\A:|=(?==)|[~^]|\+(?=\+)|\$(?=\$)|:(?=[a-z][a-z0-9_+-]+:)|-(?=-*8<)")
BLOCK_MARKUP = re.compile(r"\A(?:[-+=#>*|~]|!(?=!!)|\?(?=\?\?)|/(?=//)|\d+(?P<dot>[.)])(?!\S))")


def simplify_inlines(blocks: list[Any], notices: list[str]) -> list[Any]:
    """Return the tree with inline formatting reduced to what the site shows. Struck-out text is named in a notice."""
    struck: list[str] = []

    def change(element: Element) -> list[Element]:
        kind, content = element["t"], element.get("c")
        if kind == "Str":
            text = clean_text(content)
            return [{"t": "Str", "c": text}] if text else []
        if kind in ("Code", "Math"):
            if kind == "Math":
                notices.append(f"A formula is shown as typed: “{content[1]}”. Write it in words.")
            return text_inlines(clean_text(content[1]))
        if kind == "Quoted":
            left, right = QUOTES[content[0]["t"]]
            return [{"t": "Str", "c": left}, *content[1], {"t": "Str", "c": right}]
        if kind in UNWRAPPED:
            return content[1] if kind in ("Span", "Cite") else content
        if kind == "Strikeout":
            struck.append(plain_text(content))
            return content
        if kind in ("Superscript", "Subscript"):
            text, table = plain_text(content), RAISED if kind == "Superscript" else LOWERED
            return [{"t": "Str", "c": text.translate(table)}] if text.isdecimal() else content
        if kind == "Note":
            # Pandoc takes the indented style of footnotes for a quotation.
            return [{"t": "Note", "c": [part for block in content
                                        for part in (block["c"] if block["t"] == "BlockQuote" else [block])]}]
        if kind in ("RawInline", "RawBlock", "HorizontalRule", "Null"):
            return []
        if kind in ("Div", "Figure"):
            return [*content[-1], *(content[1][1] if kind == "Figure" else ())]
        if kind == "CodeBlock":
            return _as_lines([text_inlines(clean_text(line)) for line in content[1].splitlines()])
        if kind == "LineBlock":
            return _as_lines(content)
        return [element]

    result = transform(blocks, change)
    if struck:
        notices.append(f"Struck-out words became ordinary text: {_quoted(struck)}. Delete those that should go.")
    return result


def clean_text(text: str) -> str:
    """Return text without invisible characters, and with placeholders for markup. Applying it twice changes nothing."""
    return protect(INVISIBLE.sub("", SPACES.sub(" ", restore(text))))


def drop_empty(blocks: list[Any]) -> list[Any]:
    """Return the tree without empty paragraphs, headings and list items, and without spaces at their ends."""
    def change(element: Element) -> list[Element]:
        kind = element["t"]
        if kind in ("Para", "Plain"):
            content = protect_line_starts(_trimmed(element["c"]))
            return [{"t": kind, "c": content}] if content else []
        if kind == "Header":
            content = protect_heading_end(_trimmed(element["c"][2]))
            return [{"t": kind, "c": [element["c"][0], element["c"][1], content]}] if content else []
        if kind in ("Strong", "Emph") and not plain_text(element["c"]):
            return element["c"]
        if kind == "BulletList":
            items = [item for item in element["c"] if item]
            return [{"t": kind, "c": items}] if items else []
        if kind == "OrderedList":
            items = [item for item in element["c"][1] if item]
            return [{"t": kind, "c": [element["c"][0], items]}] if items else []
        return [] if kind == "BlockQuote" and not element["c"] else [element]

    return transform(blocks, change)


def _trimmed(inlines: list[Element]) -> list[Element]:
    gaps = ("Space", "SoftBreak", "LineBreak")
    while inlines and inlines[0]["t"] in gaps:
        inlines = inlines[1:]
    while inlines and inlines[-1]["t"] in gaps:
        inlines = inlines[:-1]
    return inlines


def _as_lines(lines: list[list[Element]]) -> list[Element]:
    joined: list[Element] = []
    for line in filter(None, lines):
        joined += [{"t": "LineBreak"}, *line] if joined else line
    return [paragraph(joined)] if joined else []


def _quoted(texts: list[str]) -> str:
    return "; ".join(f"“{text}”" for text in texts)


def keep_safe_links(blocks: list[Any], notices: list[str]) -> list[Any]:
    """Return the tree with links to web, email and telephone addresses only. Notices name the others, which keep their
    text."""
    internal: list[str] = []
    dropped: list[str] = []

    def change(element: Element) -> list[Element]:
        if element["t"] != "Link":
            return [element]
        _, inlines, (target, _) = element["c"]
        address, inlines = _safe_address(target), _unstyled(inlines)
        if address and plain_text(inlines) + "".join(part["t"] for part in inlines if part["t"] == "Image"):
            return [{"t": "Link", "c": [["", [], []], inlines, [address, ""]]}]
        if plain_text(inlines) and not address:
            (internal if target.startswith("#") else dropped).append(f"“{plain_text(inlines)}”")
        return inlines

    result = transform(blocks, change)
    if internal:
        notices.append(f"Links to other places in the document became ordinary text: {', '.join(internal)}.")
    if dropped:
        notices.append("Links that are not web, email or telephone addresses became ordinary text: "
                       f"{', '.join(dropped)}. To link again, write [words](https://…).")
    return result


def _unstyled(inlines: list[Element]) -> list[Element]:
    """Return a link's text without the style that some word processors give every link."""
    while len(inlines) == 1 and inlines[0]["t"] in ("Emph", "Strong", "Underline"):
        inlines = inlines[0]["c"]
    return inlines


def _safe_address(target: str) -> str | None:
    target = "".join(character for character in target if character.isprintable()).strip()
    if target.lower().startswith("www."):
        target = f"https://{target}"
    try:
        parts = urlsplit(target)
    except ValueError:
        return None
    if parts.scheme.lower() not in SCHEMES or not (parts.netloc or parts.scheme.lower() in ("mailto", "tel")):
        return None
    return quote(target, safe=UNESCAPED)


def protect(text: str) -> str:
    """Return text with placeholders for characters that are markup wherever they occur."""
    return MARKUP.sub(_placeholder, text)


def restore(text: str) -> str:
    """Return text with the original characters in place of placeholders."""
    return PLACEHOLDER.sub(lambda match: chr(ord(match[0]) - PLACEHOLDER_BASE), text)


def to_references(markdown: str) -> str:
    """Return Markdown with character references in place of placeholders: shown as typed, never read as markup."""
    return PLACEHOLDER.sub(lambda match: f"&#{ord(match[0]) - PLACEHOLDER_BASE};", markdown)


def protect_line_starts(inlines: list[Element]) -> list[Element]:
    """Return a paragraph in which no line starts a heading, list or quotation."""
    result: list[Element] = []
    for part in inlines:
        if part["t"] == "Str" and (not result or result[-1]["t"] == "LineBreak"):
            match = BLOCK_MARKUP.match(part["c"])
            at = match.start("dot") if match and match["dot"] else 0
            part = {"t": "Str", "c": _with_placeholder(part["c"], at)} if match else part
        result.append(part)
    return result


def protect_heading_end(inlines: list[Element]) -> list[Element]:
    """Return a heading that does not end with “#”, which Markdown would drop."""
    if inlines and inlines[-1]["t"] == "Str" and inlines[-1]["c"].endswith("#"):
        return [*inlines[:-1], {"t": "Str", "c": re.sub("#", _placeholder, inlines[-1]["c"])}]
    return inlines


def _with_placeholder(text: str, at: int) -> str:
    return text[:at] + chr(PLACEHOLDER_BASE + ord(text[at])) + text[at + 1:]


def _placeholder(match: re.Match[str]) -> str:
    return chr(PLACEHOLDER_BASE + ord(match[0]))
