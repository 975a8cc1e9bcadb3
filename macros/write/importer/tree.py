"""Ways through pandoc's tree: its words, and a copy of it in which some elements are others."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Element = dict[str, Any]
Change = Callable[[Element], list[Element]]

INLINE_GAPS = {"Space": " ", "SoftBreak": " ", "LineBreak": " "}


def text_of(node: Any) -> str:
    """Return the words of a part of the tree, on one line, without footnotes and what is said for pictures."""
    return " ".join("".join(_texts(node)).split())


def _texts(node: Any) -> list[str]:
    if isinstance(node, list):
        return [text for item in node for text in _texts(item)]
    if not isinstance(node, dict):
        return []
    kind, content = node.get("t"), node.get("c")
    if kind == "Str":
        return [content]
    if kind in ("Code", "Math", "CodeBlock"):
        return [content[1]]
    if kind in INLINE_GAPS:
        return [" "]
    if kind in ("Note", "Image", "RawInline", "RawBlock"):
        return []
    return [*_texts(content), " "] if kind in ("Para", "Plain", "Header") else _texts(content)


def rewritten(node: Any, change: Change) -> Any:
    """Return the tree with each element replaced by those that `change` gives for it, the innermost first."""
    if isinstance(node, dict):
        return {key: rewritten(value, change) for key, value in node.items()}
    if not isinstance(node, list):
        return node
    result: list[Any] = []
    for item in node:
        item = rewritten(item, change)
        result += change(item) if isinstance(item, dict) and "t" in item else [item]
    return result


def words(text: str) -> list[Element]:
    """Return text as inline elements."""
    parts: list[Element] = []
    for word in text.split():
        parts += [{"t": "Space"}, {"t": "Str", "c": word}] if parts else [{"t": "Str", "c": word}]
    return parts


def paragraph(inlines: list[Element]) -> Element:
    """Return a paragraph."""
    return {"t": "Para", "c": inlines}


def every_word(node: Any) -> str:
    """Return the words of a part of the tree, those of footnotes included."""
    gap = {"t": "Space"}
    return text_of(rewritten(node, lambda element: [gap, *element["c"], gap] if element["t"] == "Note" else [element]))
