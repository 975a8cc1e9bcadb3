"""Tables as Markdown knows them: one line of words in each cell, a row of headings, and no cell over others."""

from __future__ import annotations

from typing import Any

from .tree import Element, paragraph, text_of, words

NO_ATTRIBUTES: list[Any] = ["", [], []]
DEFAULT = {"t": "AlignDefault"}


def plain_tables(blocks: list[Any], notices: list[str]) -> list[Any]:
    """Return blocks whose tables are plain; what could not be kept is in a notice that says which table."""
    result: list[Any] = []
    number = 0
    for block in blocks:
        if block["t"] == "Table":
            number += 1
            result += _plain(block, number, notices)
        elif block["t"] == "BlockQuote":
            result.append({"t": "BlockQuote", "c": plain_tables(block["c"], notices)})
        elif block["t"] in ("BulletList", "OrderedList", "DefinitionList"):
            result.append(_without_tables(block))
        else:
            result.append(block)
    return result


def _plain(table: Element, number: int, notices: list[str]) -> list[Any]:
    _, (_, caption), columns, head, bodies, foot = table["c"]
    rows = [*head[1], *(row for body in bodies for part in (body[2], body[3]) for row in part), *foot[1]]
    grid, merged, joined = _grid(rows, len(columns))
    grid = [row for row in grid if any(row)]
    if not grid:
        return []
    named = f"Table {number} (“{_beginning(grid)}”)"
    if merged:
        notices.append(f"{named}: {_cells(merged)} over several rows or columns, which no table on the site can do. "
                       "The words of such a cell are repeated in each row: compare the table with the document.")
    if joined:
        notices.append(f"{named}: {_cells(joined)} with several lines, which now stand in one.")
    if len(columns) == 1 or len(grid) == 1:
        notices.append(f"{named} had one {'column' if len(columns) == 1 else 'row'}, and stands as ordinary text now.")
        return [paragraph(cell) for row in grid for cell in row if cell]
    if not head[1]:
        notices.append(f"{named} had no row of headings: its first row serves as one. Look whether it is.")
    before = [paragraph(block["c"]) for block in caption if block["t"] in ("Para", "Plain")]
    specs = [[DEFAULT, {"t": "ColWidthDefault"}] for _ in columns]
    return [*before, {"t": "Table", "c": [
        NO_ATTRIBUTES, [None, []], specs, [NO_ATTRIBUTES, [_row(grid[0])]],
        [[NO_ATTRIBUTES, 0, [], [_row(cells) for cells in grid[1:]]]], [NO_ATTRIBUTES, []]]}]


def _grid(rows: list[Any], width: int) -> tuple[list[list[list[Element]]], int, int]:
    """Return the cells' inlines by row and column, how many cells stood over others, and how many had several lines.

    A cell over several rows is repeated in each, since a reader of one row must know it; in a row it stands once.
    """
    grid: list[list[list[Element]]] = []
    down: dict[int, tuple[int, list[Element]]] = {}
    merged = joined = 0
    for _, cells in rows:
        line: list[list[Element]] = []
        waiting = list(cells)
        while len(line) < width:
            left, inlines = down.get(len(line), (0, []))
            if left:
                down[len(line)] = (left - 1, inlines)
                line.append(inlines)
            elif waiting:
                _, _, height, breadth, content = waiting.pop(0)
                inlines, several = _in_one_line(content)
                merged += height > 1 or breadth > 1
                joined += several
                for place in range(breadth):
                    shown = inlines if place == 0 else []
                    if height > 1:
                        down[len(line)] = (height - 1, shown)
                    line.append(shown)
            else:
                line.append([])
        grid.append(line[:width])
    return grid, merged, joined


def _in_one_line(blocks: list[Any]) -> tuple[list[Element], bool]:
    """Return a cell's blocks as inlines, and whether it had several."""
    parts: list[list[Element]] = []
    for block in blocks:
        if block["t"] in ("Para", "Plain"):
            parts += _split(block["c"])
        elif block["t"] == "Header":
            parts.append(block["c"][2])
        elif block["t"] in ("BulletList", "OrderedList"):
            items = block["c"] if block["t"] == "BulletList" else block["c"][1]
            parts += [inlines for item in items for inlines in [_in_one_line(item)[0]] if inlines]
        else:
            parts.append(words(text_of(block)))
    inlines: list[Element] = []
    for part in filter(None, parts):
        ends = text_of(inlines)[-1:]
        gap = [] if not inlines else [{"t": "Space"}] if ends in ".,:;!?" else [{"t": "Str", "c": ";"}, {"t": "Space"}]
        inlines += [*gap, *part]
    return inlines, len(parts) > 1


def _split(inlines: list[Element]) -> list[list[Element]]:
    parts: list[list[Element]] = [[]]
    for part in inlines:
        if part["t"] == "LineBreak":
            parts.append([])
        else:
            parts[-1].append(part)
    return [part for part in parts if part]


def _without_tables(block: Any) -> Any:
    """Return a list in which a table is its words: Markdown keeps no table inside a list."""
    if isinstance(block, list):
        return [_without_tables(part) for part in block]
    if isinstance(block, dict) and block.get("t") == "Table":
        return paragraph(words(text_of(block)))
    return {key: _without_tables(part) for key, part in block.items()} if isinstance(block, dict) else block


def _row(cells: list[list[Element]]) -> list[Any]:
    return [NO_ATTRIBUTES, [[NO_ATTRIBUTES, DEFAULT, 1, 1, [{"t": "Plain", "c": cell}] if cell else []]
                            for cell in cells]]


def _beginning(grid: list[list[list[Element]]]) -> str:
    return next((text_of(cell) for row in grid for cell in row if text_of(cell)), "")[:40]


def _cells(count: int) -> str:
    return "there was a cell" if count == 1 else f"there were {count} cells"
