"""`board figures`: reads the official figures that the Department for Education publishes."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from ..official.figures import Table, is_wanted, read_tables
from ..official.indicators import indicators
from ..official.merge import Merged
from ..official.release import FiguresError, release_of, tables
from ..official.slices import Row, slice_path, to_csv
from ..records.measure import number_in_words
from ..register import read
from ..write import apply
from .options import command, common, today
from .writing import add_dry_run

MAX_LISTED = 12
"""How many revised figures of other areas are listed. The whole list is in the file's changes."""


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = command(
        commands, "figures", run, help="read the official figures of all areas", parents=[common()],
        more="It takes what the Department for Education publishes: the ZIP as it is downloaded, or a CSV file from\n"
             "it, of any year. What was published before stays: a later release adds figures, and the site shows\n"
             "which ones the department revised.",
        examples=["figures education-health-and-care-plans_2025.zip",
                  "figures timeliness_20_week.csv --release 2026 --dry-run"])
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a ZIP or CSV file from the department")
    parser.add_argument("--release", metavar="NAME",
                        help="the release: its reporting year such as 2026, or its month such as 2026-04 (default: "
                             "from the file's name)")
    add_dry_run(parser)


def run(options: argparse.Namespace) -> int:
    """Read the files. Returns 1, with nothing written, if one of them cannot be read."""
    problems: list[str] = []
    found: list[Table] = []
    for file in options.files:
        release = release_of(options.release or file.name)
        if release is None:
            problems.append(f"{file.name} does not say which release it is from; add --release with the reporting "
                            "year, such as --release 2026")
            continue
        try:
            texts = list(tables(file, is_wanted))
        except FiguresError as error:
            problems.append(str(error))
            continue
        if not texts:
            problems.append(f"{file.name} holds no file that an indicator needs; use the ZIP of a whole release")
        found += [Table(name, release, text) for name, text in texts]
    return write(options, found, problems)


def write(options: argparse.Namespace, found: list[Table], problems: list[str]) -> int:
    """Add the figures of tables to the area's own, and print what is new. Returns 1, with nothing written, if there
    are problems."""
    merged, unread = read_tables(options.area, found)
    if problems or unread:
        print("Nothing was written.", *(f"{problem}." for problem in dict.fromkeys([*problems, *unread])), sep="\n")
        return 1
    codes = getattr(read(options.area, today(options))[0].area, "codes", None)
    print("\n".join(summary(merged, codes.gss if codes else None)))
    if codes is None:
        print("The file data/area.yml has no codes, so no figure is shown as the area's own: add them first.")
    edits = {slice_path(id): to_csv(item.rows) for id, item in merged.items() if item.has_changed}
    if options.dry_run:
        print("Nothing was written, since this is a dry run.")
    elif edits:
        apply(options.area, edits)
        print(f"Wrote {', '.join(edits)}.")
    else:
        print("Nothing was written, since nothing is new.")
    return 0


def summary(merged: dict[str, Merged], own: str | None) -> Iterator[str]:
    """Yield in words what is new for each indicator, and what the department revised: the area's own figures first."""
    for id, item in merged.items():
        yield f"{indicators()[id].title} ({id}):"
        if not item.has_changed:
            yield f"  nothing new, {len(item.rows):,} figures kept"
            continue
        if item.new:
            places, periods = {row.code for row in item.new}, sorted({row.period for row in item.new})
            yield f"  new: {len(item.new):,} figures of {len(places)} places, {periods[0]} to {periods[-1]}"
        yield from (f"  {row.name}, {row.period}: {_figure(row)}" for row in item.new if row.code == own)
        if item.revised:
            yield f"  revised by the department: {len(item.revised)}"
            listed = sorted(item.revised, key=lambda pair: (pair[0].code != own, pair[0].level == "area"))
            yield from (f"  {before.name}, {before.period}: from {_figure(before)} to {_figure(after)}"
                        for before, after in listed[:MAX_LISTED])
            if len(listed) > MAX_LISTED:
                yield f"  and {len(listed) - MAX_LISTED} more"


def _figure(row: Row) -> str:
    return "no figure" if row.value is None else number_in_words(row.value)
