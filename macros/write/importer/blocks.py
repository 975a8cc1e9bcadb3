"""Simplifies tables and lists to what Markdown can express.

A table cell holds one line of text and spans one row and column; lists have bullets or numbers, and adjacent lists of
one kind are a single list.
"""

from __future__ import annotations

from typing import Any

from .pandoc import Element, paragraph, plain_text, text_inlines, transform

NO_ATTRIBUTES: list[Any] = ["", [], []]
DEFAULT = {"t": "AlignDefault"}


NUMBERS = ("DefaultStyle", "Decimal", "Example")


def simplify_tables(blocks: list[Any], notices: list[str]) -> list[Any]:
    """Return blocks with simplified tables, and add a notice that names each table which lost something."""
    result: list[Any] = []
    number = 0
    for block in blocks:
        if block["t"] == "Table":
            number += 1
            result += _simplify_table(block, number, notices)
        elif block["t"] == "BlockQuote":
            result.append({"t": "BlockQuote", "c": simplify_tables(block["c"], notices)})
        elif block["t"] in ("BulletList", "OrderedList", "DefinitionList"):
            result.append(_without_tables(block))
        else:
            result.append(block)
    return result


def _simplify_table(table: Element, number: int, notices: list[str]) -> list[Any]:
    _, (_, caption), columns, head, bodies, foot = table["c"]
    rows = [*head[1], *(row for body in bodies for part in (body[2], body[3]) for row in part), *foot[1]]
    grid, merged, joined = _grid(rows, len(columns))
    grid = [row for row in grid if any(row)]
    if not grid:
        return []
    named = f"Table {number} (“{_first_words(grid)}”)"
    if merged:
        notices.append(f"{named}: {_cells(merged)} over several rows or columns, which a table on the site cannot "
                       "have. Its text is repeated in each row: compare the table with the document.")
    if joined:
        notices.append(f"{named}: {_cells(joined)} with several lines, which are now one line.")
    if len(columns) == 1 or len(grid) == 1:
        notices.append(f"{named} had one {'column' if len(columns) == 1 else 'row'}, and is ordinary text now.")
        return [paragraph(cell) for row in grid for cell in row if cell]
    if not head[1]:
        notices.append(f"{named} had no heading row: its first row was used. Check that it holds headings.")
    before = [paragraph(block["c"]) for block in caption if block["t"] in ("Para", "Plain")]
    specs = [[DEFAULT, {"t": "ColWidthDefault"}] for _ in columns]
    return [*before, {"t": "Table", "c": [
        NO_ATTRIBUTES, [None, []], specs, [NO_ATTRIBUTES, [_row(grid[0])]],
        [[NO_ATTRIBUTES, 0, [], [_row(cells) for cells in grid[1:]]]], [NO_ATTRIBUTES, []]]}]


def _grid(rows: list[Any], width: int) -> tuple[list[list[list[Element]]], int, int]:
    """Return the cells' inlines by row and column, the number of merged cells, and of cells with several lines.

    A cell that spans rows is repeated in each, because each row must make sense alone; within a row it is shown once.
    """
    grid: list[list[list[Element]]] = []
    spanning: dict[int, tuple[int, list[Element]]] = {}
    merged = joined = 0
    for _, cells in rows:
        line: list[list[Element]] = []
        remaining = list(cells)
        while len(line) < width:
            left, inlines = spanning.get(len(line), (0, []))
            if left:
                spanning[len(line)] = (left - 1, inlines)
                line.append(inlines)
            elif remaining:
                _, _, height, breadth, content = remaining.pop(0)
                inlines, is_joined = _flatten_cell(content)
                merged += height > 1 or breadth > 1
                joined += is_joined
                for place in range(breadth):
                    shown = inlines if place == 0 else []
                    if height > 1:
                        spanning[len(line)] = (height - 1, shown)
                    line.append(shown)
            else:
                line.append([])
        grid.append(line[:width])
    return grid, merged, joined


def _flatten_cell(blocks: list[Any]) -> tuple[list[Element], bool]:
    """Return a cell's blocks as inlines on one line, and whether there were several lines."""
    parts: list[list[Element]] = []
    for block in blocks:
        if block["t"] in ("Para", "Plain"):
            parts += _split_at_line_breaks(block["c"])
        elif block["t"] == "Header":
            parts.append(block["c"][2])
        elif block["t"] in ("BulletList", "OrderedList"):
            items = block["c"] if block["t"] == "BulletList" else block["c"][1]
            parts += [inlines for item in items for inlines in [_flatten_cell(item)[0]] if inlines]
        else:
            parts.append(text_inlines(plain_text(block)))
    inlines: list[Element] = []
    for part in filter(None, parts):
        ends = plain_text(inlines)[-1:]
        gap = [] if not inlines else [{"t": "Space"}] if ends in ".,:;!?" else [{"t": "Str", "c": ";"}, {"t": "Space"}]
        inlines += [*gap, *part]
    return inlines, len(parts) > 1


def _split_at_line_breaks(inlines: list[Element]) -> list[list[Element]]:
    parts: list[list[Element]] = [[]]
    for part in inlines:
        if part["t"] == "LineBreak":
            parts.append([])
        else:
            parts[-1].append(part)
    return [part for part in parts if part]


def _without_tables(block: Any) -> Any:
    """Return a list with the text of a table in its place: Markdown allows no table inside a list."""
    if isinstance(block, list):
        return [_without_tables(part) for part in block]
    if isinstance(block, dict) and block.get("t") == "Table":
        return paragraph(text_inlines(plain_text(block)))
    return {key: _without_tables(part) for key, part in block.items()} if isinstance(block, dict) else block


def _row(cells: list[list[Element]]) -> list[Any]:
    return [NO_ATTRIBUTES, [[NO_ATTRIBUTES, DEFAULT, 1, 1, [{"t": "Plain", "c": cell}] if cell else []]
                            for cell in cells]]


def _first_words(grid: list[list[list[Element]]]) -> str:
    return next((plain_text(cell) for row in grid for cell in row if plain_text(cell)), "")[:40]


def _cells(count: int) -> str:
    return "there was a cell" if count == 1 else f"there were {count} cells"


BULLETS = "•●▪◦‣■"
"""Characters that people type, or paste, at the beginning of a line in place of a list."""


def _typed_lists(blocks: list[Any], notices: list[str]) -> list[Any]:
    """Return blocks in which lines that begin with a typed bullet are a list. Adds a notice if there are any."""
    result: list[Any] = []
    items: list[list[Element]] = []
    typed: list[Any] = []
    made = 0
    for block in [*blocks, None]:
        lines = _split_at_line_breaks(block["c"]) if block and block["t"] in ("Para", "Plain") else []
        found = [_behind_bullet(line) for line in lines]
        if found and all(found):
            items += [[{"t": "Plain", "c": inlines}] for inlines in found]
            typed.append(block)
            continue
        if len(items) > 1:
            result.append({"t": "BulletList", "c": items})
            made += len(items)
        else:
            result += typed
        items, typed = [], []
        result += [block] if block else []
    if made:
        notices.append(f"{made} lines that begin with a typed bullet are a list now: compare it with the document.")
    return result


def _behind_bullet(inlines: list[Element]) -> list[Element]:
    """Return what follows the typed bullet that a line begins with, or nothing if it begins with none."""
    first = inlines[0] if inlines else {"t": ""}
    if first["t"] != "Str" or first["c"][:1] not in tuple(BULLETS):
        return []
    rest = [*([{"t": "Str", "c": first["c"][1:]}] if first["c"][1:] else []), *inlines[1:]]
    while rest and rest[0]["t"] in ("Space", "SoftBreak"):
        rest = rest[1:]
    return rest


def simplify_lists(blocks: list[Any], notices: list[str]) -> list[Any]:
    """Return the tree with lettered lists numbered, split lists joined, and typed bullets made a list. Adds a notice
    where a list was lettered or typed."""
    lettered = []
    blocks = _typed_lists(blocks, notices)

    def change(element: Element) -> list[Element]:
        if element["t"] == "BulletList":
            return [{"t": "BulletList", "c": _tight(element["c"])}]
        if element["t"] != "OrderedList":
            return [element]
        (start, style, _), items = element["c"]
        if style["t"] not in NUMBERS:
            lettered.append(style["t"])
        return [{"t": "OrderedList", "c": [[start, {"t": "Decimal"}, {"t": "Period"}], _tight(items)]}]

    result = _join_adjacent(transform(blocks, change))
    if lettered:
        notices.append("Lists with letters or Roman numerals have numbers now: change any reference to “(a)” or "
                       "“(ii)”.")
    return result


def _tight(items: list[list[Element]]) -> list[list[Element]]:
    """Return items without space between them, if none has more than one paragraph of its own."""
    if any(sum(block["t"] == "Para" for block in item) > 1 for item in items):
        return items
    return [[{**block, "t": "Plain"} if block["t"] == "Para" else block for block in item] for item in items]


def _join_adjacent(blocks: list[Any]) -> list[Any]:
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
