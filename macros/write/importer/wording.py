"""Words as the site can show them: without formatting that Markdown lacks, raw HTML, and marks that would be run."""

from __future__ import annotations

import re
from typing import Any

from .guard import as_typed, guarded, guarded_end, guarded_lines
from .tree import Element, paragraph, rewritten, text_of, words

UNWRAPPED = ("Underline", "SmallCaps", "Cite", "Span", "Quoted")
QUOTES = {"SingleQuote": "‘’", "DoubleQuote": "“”"}
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\u3164\ue000-\uf8ff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff\U000e0000-\U0010ffff]")
SPACES = re.compile(r"[\u00a0\u2000-\u200a\u202f\u3000]")


def plain_wording(blocks: list[Any], notices: list[str]) -> list[Any]:
    """Return the tree with words only in the forms that the site shows; what struck-out words were is in a notice."""
    struck: list[str] = []

    def change(element: Element) -> list[Element]:
        kind, content = element["t"], element.get("c")
        if kind == "Str":
            text = readable(content)
            return [{"t": "Str", "c": text}] if text else []
        if kind in ("Code", "Math"):
            if kind == "Math":
                notices.append(f"A formula stands as it is typed: “{content[1]}”. Write it in words.")
            return words(readable(content[1]))
        if kind == "Quoted":
            left, right = QUOTES[content[0]["t"]]
            return [{"t": "Str", "c": left}, *content[1], {"t": "Str", "c": right}]
        if kind in UNWRAPPED:
            return content[1] if kind in ("Span", "Cite") else content
        if kind == "Strikeout":
            struck.append(text_of(content))
            return content
        if kind in ("Superscript", "Subscript"):
            text, table = text_of(content), RAISED if kind == "Superscript" else LOWERED
            return [{"t": "Str", "c": text.translate(table)}] if text.isdecimal() else content
        if kind == "Note":
            # Footnotes are set in by their style, which is read as a quotation.
            return [{"t": "Note", "c": [part for block in content
                                        for part in (block["c"] if block["t"] == "BlockQuote" else [block])]}]
        if kind in ("RawInline", "RawBlock", "HorizontalRule", "Null"):
            return []
        if kind in ("Div", "Figure"):
            return [*content[-1], *(content[1][1] if kind == "Figure" else ())]
        if kind == "CodeBlock":
            return _lines([words(readable(line)) for line in content[1].splitlines()])
        if kind == "LineBlock":
            return _lines(content)
        return [element]

    result = rewritten(blocks, change)
    if struck:
        notices.append(f"Struck-out words cannot be shown, and stand as ordinary words: {_listed(struck)}. Delete "
                       "them where they should go.")
    return result


def readable(text: str) -> str:
    """Return text without the characters that no one sees, and with the signs guarded that begin something."""
    return guarded(UNSEEN.sub("", SPACES.sub(" ", as_typed(text))))


def without_empty(blocks: list[Any]) -> list[Any]:
    """Return the tree without paragraphs, headings and list items that hold nothing, and with tidy ends."""
    def change(element: Element) -> list[Element]:
        kind = element["t"]
        if kind in ("Para", "Plain"):
            content = guarded_lines(_trimmed(element["c"]))
            return [{"t": kind, "c": content}] if content else []
        if kind == "Header":
            content = guarded_end(_trimmed(element["c"][2]))
            return [{"t": kind, "c": [element["c"][0], element["c"][1], content]}] if content else []
        if kind in ("Strong", "Emph") and not text_of(element["c"]):
            return element["c"]
        if kind == "BulletList":
            items = [item for item in element["c"] if item]
            return [{"t": kind, "c": items}] if items else []
        if kind == "OrderedList":
            items = [item for item in element["c"][1] if item]
            return [{"t": kind, "c": [element["c"][0], items]}] if items else []
        return [] if kind == "BlockQuote" and not element["c"] else [element]

    return rewritten(blocks, change)


def _trimmed(inlines: list[Element]) -> list[Element]:
    gaps = ("Space", "SoftBreak", "LineBreak")
    while inlines and inlines[0]["t"] in gaps:
        inlines = inlines[1:]
    while inlines and inlines[-1]["t"] in gaps:
        inlines = inlines[:-1]
    return inlines


def _lines(lines: list[list[Element]]) -> list[Element]:
    joined: list[Element] = []
    for line in filter(None, lines):
        joined += [{"t": "LineBreak"}, *line] if joined else line
    return [paragraph(joined)] if joined else []


def _listed(texts: list[str]) -> str:
    return "; ".join(f"“{text}”" for text in texts)
