"""Reads the files of a release into the slices that an area keeps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ..records import DataFile
from ..records.measure import number_in_words
from .indicators import indicators
from .layouts import read_table
from .merge import Merged, merge
from .release import FiguresError
from .slices import Row, read_slice, slice_path


@dataclass(frozen=True)
class Table:
    """A file of a release: its name, the release that it belongs to, and its text."""

    name: str
    release: str
    text: str


def is_wanted(name: str) -> bool:
    """Return whether an indicator needs the file with this name."""
    return any(name.casefold() in map(str.casefold, data.files)
               for indicator in indicators().values() for data in indicator.data)


def read_tables(root: Path, tables: Iterable[Table]) -> tuple[dict[str, Merged], list[str]]:
    """Return what the files add to the area's slices in folder `root`, by indicator, and what is wrong with them.

    Nothing is written. If anything is wrong, what was read must not be written.
    """
    problems: list[str] = []
    read: dict[str, list[Row]] = {}
    for table in tables:
        wanted = [(indicator, data) for indicator in indicators().values() for data in indicator.data
                  if _has(data, table.name) and data.has(table.release) and _is_layout(data, table.text)]
        if not wanted:
            problems.append(f"{table.name} is not a file that an indicator needs; use one of: "
                            + ", ".join(sorted({name for indicator in indicators().values()
                                                for data in indicator.data for name in data.files})))
        for indicator, data in wanted:
            try:
                read.setdefault(indicator.id, []).extend(
                    read_table(indicator, data, table.name, table.text, table.release))
            except FiguresError as error:
                if str(error) not in problems:
                    problems.append(str(error))
    merged = {}
    for id, rows in read.items():
        kept, found = read_slice(root / slice_path(id), root) if (root / slice_path(id)).exists() else ([], [])
        problems += map(str, found)
        merged[id] = merge(kept, sorted(rows, key=lambda row: row.release), indicators()[id].decimals)
        problems += _contradictions(id, merged[id])
    return dict(sorted(merged.items())), problems


def _contradictions(id: str, merged: Merged) -> Iterator[str]:
    """Yield the problem of an indicator that has two different figures from one release."""
    pairs = [(before, after) for before, after in merged.revised if before.release == after.release]
    if pairs:
        (before, after), release = pairs[0], pairs[0][0].release
        yield (f"{id}: the release {release} gave {in_figures(before)} for {before.name} in {before.period}, and this "
               f"file has {in_figures(after)}"
               + (f", and so for {len(pairs) - 1} more" if len(pairs) > 1 else "")
               + f"; if the department has corrected its release, read the new file under the month of the correction, "
               f"such as --release {release[:4]}-09")


def in_figures(row: Row) -> str:
    """Return a row's figure for a message."""
    return "no figure" if row.value is None else number_in_words(row.value)


def _has(data: DataFile, name: str) -> bool:
    return name.casefold() in map(str.casefold, data.files) or data.layout == "tool"


def _is_layout(data: DataFile, text: str) -> bool:
    """Return whether a file is one of the interactive tool, which may have any name, where `data` is; else True."""
    is_tool = text[:200].casefold().startswith("short desc,")
    return is_tool == (data.layout == "tool")
