"""Reads figures from the department's files: its open data, its interactive tool, and its table of appeals.

Columns are found by name, whatever their capitals, because their order and some of their names change every year.
"""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterator, Sequence

from ..problem import nearest
from ..records import DataFile, Indicator
from .areas import by_code, place_named
from .release import FiguresError
from .slices import Level, Row

NO_FIGURE = frozenset({"", "x", "z", "c", "k", ":", "-", "~", "..", "low", "na", "n/a", "u"})
"""What the department's files have in place of a figure.

Source: Government Analysis Function, “Symbols in tables: definitions and help”.
"""

NOT_PUBLISHED = frozenset({"x", "c", "k", "~", "low", "u"})
"""Those of them that say that there is a figure, or should be. The others say that there can be none."""

LEVELS: dict[str, Level] = {"national": "country", "regional": "region", "local authority": "area"}

ENGLAND = re.compile(r"England Total[\d,]*", re.I)
"""The row of the table of appeals that has the total; digits behind names are those of footnotes."""

MAX_NAMED = 5
"""How many names of rows a message lists."""

NUMBER = re.compile(r"-?\d[\d,]*(\.\d+)?(e[-+]?\d{1,2})?%?", re.I | re.A)
MAX_FIGURE = 1e9
TABLE_YEAR = re.compile(r"20\d\d")


def read_table(indicator: Indicator, data: DataFile, name: str, text: str, release: str) -> list[Row]:
    """Return an indicator's figures in a file, as the given release. `name` is the file's, for messages.

    Raises FiguresError, with the file and the column, if the file is not in the layout that it should have.
    """
    try:
        table = [row for row in csv.reader(io.StringIO(text), strict=True) if any(row)]
    except csv.Error as error:
        raise FiguresError(f"{name} is not a table of comma-separated values ({error}); download it again") from None
    read = {"tidy": _tidy, "tool": _tool, "tribunal": _tribunal}[data.layout]
    found: dict[tuple[str, str], Row] = {}
    for row in read(indicator, data, name, table, release):
        if row.key in found and row != found[row.key]:
            raise FiguresError(f"{name} has two figures for {row.name} in {row.period}; download it again, and report "
                               "it if that does not help")
        if indicator.first is None or row.period >= indicator.first.text:
            found[row.key] = row
    if not any(row.value is not None for row in found.values()):
        raise FiguresError(f'{name} has no figures for "{indicator.title}"; check that it is the right file')
    return list(found.values())


class _Columns:
    """The columns of a table, by name."""

    def __init__(self, name: str, header: Sequence[str]) -> None:
        self.name, self.header = name, header
        self.places: dict[str, int] = {}
        for number, title in enumerate(header):
            self.places.setdefault(title.strip().casefold(), number)

    def find(self, *titles: str) -> int | None:
        """Return the position of the first of these columns that is there, or None."""
        return next((self.places[title.casefold()] for title in titles if title.casefold() in self.places), None)

    def need(self, *titles: str) -> int:
        """Return the position of the first of these columns that is there. Raises FiguresError if none is."""
        place = self.find(*titles)
        if place is None:
            near = nearest(titles[0], self.header)
            raise FiguresError(f'{self.name} has no column {" or ".join(titles)}'
                               + (f' (it has "{near}")' if near else "")
                               + "; the department may have renamed it: report this to those who maintain the software")
        return place


def _tidy(indicator: Indicator, data: DataFile, name: str, table: list[list[str]], release: str) -> Iterator[Row]:
    columns = _Columns(name, table[0] if table else [])
    period, level = columns.need("time_period"), columns.need("geographic_level")
    area, dfe, area_name = columns.need("new_la_code"), columns.need("old_la_code"), columns.need("la_name")
    region, country = columns.need("region_code"), columns.need("country_code")
    figures = _figure_columns(columns, data)
    rows = list(_totals(data, columns, table, name))
    if not any(LEVELS.get(row[level].strip().casefold()) == "area" for row in rows):
        raise FiguresError(f'{name} has no "Local authority" in the column geographic_level; check that it is the file '
                           "with the figures of all areas")
    for row in rows:
        kind = LEVELS.get(row[level].strip().casefold())
        if kind is None:
            continue
        code = {"country": row[country], "region": row[region], "area": row[dfe]}[kind]
        place = by_code().get(code.strip()) or (by_code().get(row[area].strip()) if kind == "area" else None)
        if place is None:
            raise FiguresError(f"{name} names a place that we do not know: {row[area_name] or code} ({row[area]}); "
                               "report this to those who maintain the software")
        value, part, whole = (_number(row[column], name) if column is not None else None for column in figures)
        if not data.value and part is not None and whole:
            value = round(100 * part / whole, 1)
        main = next(column for column in figures if column is not None)
        if value is not None or _is_hidden(row[main]):
            yield Row(release, _period(indicator, row[period], name), place.level, place.code, place.name,
                      value, part, whole)


def _figure_columns(columns: _Columns, data: DataFile) -> list[int | None]:
    return [columns.need(*titles) if titles else None for titles in (data.value, data.numerator, data.denominator)]


def _totals(data: DataFile, columns: _Columns, table: list[list[str]], name: str) -> Iterator[list[str]]:
    """Yield the rows that hold totals. Raises FiguresError if none of them has one of the names that we know."""
    column = columns.find(data.rows.column) if data.rows else None
    names = {title.casefold() for title in data.rows.names} if data.rows else set()
    seen, found = set(), False
    for number, row in enumerate(table[1:], 2):
        if len(row) != len(columns.header):
            raise _wrong_length(name, number, row, len(columns.header))
        if column is None or row[column].casefold() in names:
            found = True
            yield row
        elif row[column].casefold().startswith("all "):
            seen.add(row[column])
    if not found and data.rows:
        raise FiguresError(f"{name} has no row called {' or '.join(data.rows.names)} in {data.rows.column}"
                           + (f" (it has {', '.join(sorted(seen)[:MAX_NAMED])})" if seen else "")
                           + "; the department may have renamed it: report this to those who maintain the software")


def _wrong_length(name: str, number: int, row: list[str], width: int) -> FiguresError:
    return FiguresError(f"{name}, row {number}: {len(row)} cells where the columns are {width}; the file may be cut "
                        "off, so download it again")


def _tool(indicator: Indicator, data: DataFile, name: str, table: list[list[str]], release: str) -> Iterator[Row]:
    columns = _Columns(name, table[0] if table else [])
    years, place_name, dfe = columns.need("Years"), columns.need("LA and Regions"), columns.need("LA Number")
    figures = _figure_columns(columns, data)
    value = columns.need(*data.value)
    for row in _totals(data, columns, table, name):
        place = by_code().get(row[dfe].split(".")[0]) or place_named(row[place_name])
        # The tool also has halves of London, and areas as they were before a reorganisation.
        # It lists every place for every year, with a dash where it has nothing, so a dash says nothing either.
        if place is not None and re.fullmatch(r"20\d\d", row[years]) and row[value].strip() != "-":
            yield Row(release, _period(indicator, row[years], name), place.level, place.code, place.name,
                      *(_number(row[column], name) if column is not None else None for column in figures))


def _tribunal(indicator: Indicator, data: DataFile, name: str, table: list[list[str]], release: str) -> Iterator[Row]:
    """Read the table of appeals: a row of years above a row of titles, three columns for each year, and a new count of
    decisions from 2024 on, in columns of its own or in place of the old one."""
    place = next((number for number, row in enumerate(table[:20]) if any("appeals registered" in cell.casefold()
                                                                          for cell in row)), 0)
    titles, years = (table[place], table[place - 1]) if place else ([], [])
    width = len(titles)
    groups: dict[str, list[int]] = {}
    for number, cell in enumerate(years):
        if TABLE_YEAR.fullmatch(cell.strip()) and number + 2 < width:
            groups[cell.strip()] = [number, number + 1, number + 2]
    new = [number for number, title in enumerate(titles) if title.casefold().startswith("in development")]
    if not groups or len(new) not in (0, 2):
        raise FiguresError(f"{name} is not the table of appeals that we know; report this to those who maintain the "
                           "software")
    if new:
        groups[max(groups)][1:] = new
    if not any(ENGLAND.fullmatch(row[0].strip()) for row in table):
        raise FiguresError(f'{name} has no row "England Total"; the file may be cut off, so download it again')
    for number, row in enumerate(table[place + 1:], place + 2):
        title = re.sub(r"(?<=[a-z])\d[\d,]*$", "", row[0].strip())
        found = by_code()["E92000001"] if ENGLAND.fullmatch(row[0].strip()) else place_named(title)
        if found is None or found.level == "region":
            continue  # a heading, a footnote, or an area that no longer exists
        if len(row) != width:
            raise _wrong_length(name, number, row, width)
        for year, cells in groups.items():
            # A dash among the appeals says that there were none.
            count, decisions, rate = (0.0 if row[cell].strip() == "-" and cell == cells[0] else _number(row[cell], name)
                                      for cell in cells)
            if found.level == "country" and len(new) and year == max(groups):
                # The total's new count is in the last column, and its rate leaves out areas without one.
                rate = round(100 * count / decisions, 1) if count and decisions else rate
            if rate is not None or _is_hidden(row[cells[2]]):
                yield Row(release, year, found.level, found.code, found.name, rate, count, decisions)


def _period(indicator: Indicator, text: str, name: str) -> str:
    """Return a time as slices have it: "2024" for calendar years and for the school year 2023/24, "2025-01" for
    January 2025, which the department's files call 202425."""
    text = text.strip()
    if re.fullmatch(r"20\d{4}", text):
        if int(text[4:]) != (int(text[2:4]) + 1) % 100:
            raise FiguresError(f'{name} has the time "{text}", which is no school year; download it again')
        year = f"{int(text[:4]) + 1}"
    elif re.fullmatch(r"20\d\d", text):
        year = text
    else:
        raise FiguresError(f'{name} has the time "{text}", which is not a year; check that it is the right file')
    return f"{year}-01" if indicator.periods == "january" else year


def _is_hidden(text: str) -> bool:
    return text.strip().casefold() in NOT_PUBLISHED


def _number(text: str, name: str) -> float | None:
    """Return a figure as the file has it ("1,234", "2.90%", "38.200000000000003"), or None for a symbol."""
    text = text.strip()
    if text.casefold() in NO_FIGURE:
        return None
    value = round(float(text.replace(",", "").removesuffix("%")), 6) if NUMBER.fullmatch(text[:40]) else math.inf
    if abs(value) > MAX_FIGURE:
        raise FiguresError(f'{name} has "{text[:40]}" where a figure should be; check that it is the right file')
    return value
