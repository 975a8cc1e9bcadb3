"""Headings: those that are only bold, and the level of each."""

from __future__ import annotations

from itertools import zip_longest
from typing import Any

from .tree import Element, text_of

LONGEST = 80
TOP = 2
"""The level of a post's first headings: its title is the page's heading of level 1."""

GAPS = ("Space", "SoftBreak", "LineBreak")


def heading(level: int, inlines: list[Element]) -> Element:
    """Return a heading."""
    return {"t": "Header", "c": [level, ["", [], []], inlines]}


def bold_made_headings(blocks: list[Element], notices: list[str]) -> list[Element]:
    """Return blocks in which a short paragraph that is bold throughout, with text below it, is a heading."""
    result, made, level = [], [], 0
    for block, after in zip_longest(blocks, blocks[1:]):
        if block["t"] == "Header":
            level = block["c"][0]
        words = bold_words(block)
        # Two bold lines together are more often a name and an office than two headings; at the top one is the title.
        heads = after and after["t"] != "Header" and not (result and bold_words(after))
        if words and heads:
            made.append(f"“{text_of(words)}”")
            result.append(heading(level + 1, words))
        else:
            result.append(block)
    if made:
        notices.append(f"{_lines(len(made))} in bold became {'a heading' if len(made) == 1 else 'headings'}: "
                       f"{', '.join(made)}.")
    return result


def _lines(count: int) -> str:
    return "A line" if count == 1 else f"{count} lines"


def bold_words(block: Element) -> list[Element] | None:
    """Return the inlines of a paragraph that is bold throughout and reads like a heading, else None."""
    if block["t"] not in ("Para", "Plain"):
        return None
    parts = [part for part in block["c"] if part["t"] not in GAPS]
    text = text_of(block)
    if not parts or any(part["t"] != "Strong" for part in parts) or len(text) > LONGEST \
            or text.endswith((".", ",", ";", "!")) or not any(sign.isalpha() for sign in text):
        return None
    words: list[Element] = []
    for part in parts:
        words += [{"t": "Space"}, *part["c"]] if words else part["c"]
    return words


def levelled(blocks: list[Any]) -> list[Any]:
    """Return blocks whose headings begin at level 2 and skip none; words in a heading are never bold."""
    result, above = [], []
    for block in blocks:
        if block["t"] != "Header":
            result.append(block)
            continue
        level, _, inlines = block["c"]
        while above and above[-1] >= level:
            above.pop()
        above.append(level)
        result.append(heading(min(len(above) + TOP - 1, 6), _unbold(inlines)))
    return result


def _unbold(inlines: list[Element]) -> list[Element]:
    plain: list[Element] = []
    for part in inlines:
        if part["t"] == "LineBreak":
            plain.append({"t": "Space"})
        else:
            plain += _unbold(part["c"]) if part["t"] in ("Strong", "Emph") else [part]
    return plain
