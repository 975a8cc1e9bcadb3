"""Tables inside tables. Markdown has none, so each of their rows becomes a line of text."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from .container import Element
from .visibility import NESTED, LeftOut


class TableTags(NamedTuple):
    """The names of the elements of a table, and of a paragraph's new element, in one document format."""

    table: str
    row: str
    cell: str
    paragraphs: tuple[str, ...]
    line: str


def flatten_nested_tables(root: Element, tags: TableTags, add: Callable[[Element, str, Element], None],
                          remove: Callable[[Element], None], left_out: LeftOut) -> None:
    """Put a line before each table that is inside another, for each of its rows, and remove the table.

    `add` puts a gap and the content of a paragraph at the end of a line.
    """
    for table in reversed(list(root.iter(tags.table))):
        if next(table.iterancestors(tags.cell), None) is None:
            continue
        left_out.notice(NESTED)
        for row in table.iter(tags.row):
            line = root.makeelement(tags.line)
            for cell in row.iter(tags.cell):
                for number, paragraph in enumerate(cell.iter(*tags.paragraphs)):
                    add(line, "" if not len(line) else " " if number else ", ", paragraph)
            table.addprevious(line)
        remove(table)
