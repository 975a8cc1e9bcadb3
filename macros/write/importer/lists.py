"""Lists as Markdown knows them: with bullets or numbers, and no two of a kind one after another."""

from __future__ import annotations

from typing import Any

from .tree import Element, rewritten

NUMBERS = ("DefaultStyle", "Decimal", "Example")


def plain_lists(blocks: list[Any], notices: list[str]) -> list[Any]:
    """Return the tree with lettered lists numbered, which a notice says, and lists that were cut in two joined."""
    lettered = []

    def change(element: Element) -> list[Element]:
        if element["t"] == "BulletList":
            return [{"t": "BulletList", "c": _tight(element["c"])}]
        if element["t"] != "OrderedList":
            return [element]
        (start, style, _), items = element["c"]
        if style["t"] not in NUMBERS:
            lettered.append(style["t"])
        return [{"t": "OrderedList", "c": [[start, {"t": "Decimal"}, {"t": "Period"}], _tight(items)]}]

    result = _joined(rewritten(blocks, change))
    if lettered:
        notices.append("Lists with letters or Roman numerals have numbers now: mend what refers to “(a)” or “(ii)”.")
    return result


def _tight(items: list[list[Element]]) -> list[list[Element]]:
    """Return items without space between them, where none has more than one paragraph of its own."""
    if any(sum(block["t"] == "Para" for block in item) > 1 for item in items):
        return items
    return [[{**block, "t": "Plain"} if block["t"] == "Para" else block for block in item] for item in items]


def _joined(blocks: list[Any]) -> list[Any]:
    result: list[Any] = []
    for block in blocks:
        before = result[-1] if result else {"t": ""}
        if block["t"] == before["t"] == "BulletList":
            result[-1] = {"t": "BulletList", "c": [*before["c"], *block["c"]]}
        elif block["t"] == before["t"] == "OrderedList" \
                and block["c"][0][0] == before["c"][0][0] + len(before["c"][1]):
            result[-1] = {"t": "OrderedList", "c": [before["c"][0], [*before["c"][1], *block["c"][1]]]}
        else:
            result.append(block)
    return result
