"""Reads and writes `data/official/<indicator>.csv`: one indicator's figures for all areas, regions and England."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

from ..problem import Code, Problem, Topic
from ..source.files import REMEMBERED, read_text

FOLDER = "data/official/"

COLUMNS = ("release", "period", "level", "code", "name", "value", "numerator", "denominator")

CODES = (
    Code("official-figures", Topic.FIGURES,
         "A file in data/official/ holds what the department published. It is written by `board figures`, not by hand.",
         "2025,2024,area,E10000099,Northshire,about 38,370,961",
         "2025,2024,area,E10000099,Northshire,38.5,370,961"),
    Code("official-measure", Topic.FIGURES,
         "The measure takes its question and its figures from the department. Its file here holds only what is the "
         "area's own: target, priorities, actions.",
         "id: plans-in-20-weeks\nunit: per cent\nactions: [A-001]", "id: plans-in-20-weeks\nactions: [A-001]"),
)

TIME = re.compile(r"20\d\d(-(0[1-9]|1[0-2]))?")
"""A release, or a period: a year, or a month."""

Level = Literal["area", "region", "country"]


class Row(NamedTuple):
    """A figure as one release gave it.

    `release` sorts in the order of publication, such as "2025" or "2026-04". `period` is a year or a month, such as
    "2024" or "2025-01". `code` is the national code, such as E10000025, E12000008 or E92000001. `value` is None where
    the release holds no figure.
    """

    release: str
    period: str
    level: Level
    code: str
    name: str
    value: float | None
    numerator: float | None = None
    denominator: float | None = None

    @property
    def key(self) -> tuple[str, str]:
        """What the figure is about: its place and its time."""
        return self.code, self.period


def slice_path(indicator: str) -> str:
    """Return the path of an indicator's file within an area's folder."""
    return f"{FOLDER}{indicator}.csv"


def read_slice(file: Path, root: Path) -> tuple[list[Row], list[Problem]]:
    """Read an indicator's file below `root`. Returns its rows in the file's order, and what is wrong with others."""
    text, problems = read_text(file, root)
    if text is None:
        return [], problems
    path = file.relative_to(root).as_posix()
    rows: list[Row] = []
    for number, line in enumerate(text.splitlines(), 1):
        if number == 1:
            if tuple(_split(line)) != COLUMNS:
                return [], [Problem(path, 1, "official-figures", "the columns are not those of official figures",
                                    f"write {','.join(COLUMNS)}, or read the department's file again: board figures")]
        elif row := parse_row(line):
            rows.append(row)
        else:
            problems.append(Problem(path, number, "official-figures", "this is not a row of figures",
                                    "take the file back from git, and read the department's file: board figures"))
    return rows, problems


def _split(line: str) -> list[str]:
    """Return the cells of a line, or none if they cannot be read. A row of figures never takes two lines."""
    if '"' not in line and "\r" not in line:
        return line.split(",")  # the same, in a third of the time
    try:
        return next(csv.reader([line]), [])
    except csv.Error:
        return []


@lru_cache(maxsize=2 * REMEMBERED)
def parse_row(line: str) -> Row | None:
    """Return the row that a line holds, or None if it holds none."""
    try:
        release, period, level, code, name, *figures = _split(line)
        value, numerator, denominator = [float(cell) if cell else None for cell in figures]
    except ValueError:
        return None
    if level not in ("area", "region", "country") or not (code and name and _is_time(release) and _is_time(period)):
        return None
    for figure in (value, numerator, denominator):
        if figure is not None and not math.isfinite(figure):
            return None
    return Row(release, period, level, code, name, value, numerator, denominator)  # type: ignore[arg-type]


_is_time = lru_cache(TIME.fullmatch)


def to_csv(rows: Iterable[Row]) -> str:
    """Return rows as the text of an indicator's file."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([row.release, row.period, row.level, row.code, row.name,
                         *map(_figure, (row.value, row.numerator, row.denominator))])
    return text.getvalue()


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:.10g}"
