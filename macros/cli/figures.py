"""`board figures`: reads the official figures that the Department for Education publishes."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from pathlib import Path

from ..official.figures import Table, in_figures, is_wanted, read_tables
from ..official.indicators import indicators
from ..official.merge import Merged
from ..official.release import RELEASE, FiguresError, release_of, tables
from ..official.slices import slice_path, to_csv
from ..records import DataFile
from ..register import read
from ..review.github_markdown import markdown_environment, text_environment
from ..write import apply
from .options import command, common, today
from .writing import add_dry_run

MAX_LISTED = 12
"""How many revised figures of other areas are listed. The whole list is in the file's changes."""


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = command(
        commands, "figures", run, parents=[common()],
        more="It takes what the Department for Education publishes: the ZIP as it is downloaded, or a CSV file from\n"
             "it, of any year. What was published before stays: a later release adds figures, and the site shows\n"
             "which ones the department revised. With --latest it asks the department's open interface itself.",
        examples=["figures education-health-and-care-plans_2025.zip",
                  "figures timeliness_20_week.csv --release 2026 --dry-run", "figures --latest"])
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("files", nargs="*", default=[], type=Path, metavar="FILE",
                        help="a ZIP or CSV file from the department")
    source.add_argument("--latest", action="store_true", help="ask the department for its newest figures")
    parser.add_argument("--release", metavar="NAME", type=a_release,
                        help="the release: its reporting year such as 2026, or its month such as 2026-04 (default: "
                             "from the file's name)")
    parser.add_argument("--api", metavar="ADDRESS",
                        help="the interface that --latest asks (default: that of the department)")
    parser.add_argument("--format", choices=("text", "markdown"), default="text", help="how to print what is new")
    add_dry_run(parser)


def a_release(text: str) -> str:
    """Read a release: a year or a month. Raises argparse.ArgumentTypeError with the expected form."""
    if not RELEASE.fullmatch(text):
        raise argparse.ArgumentTypeError(f'"{text}" is not a release; write its year like 2026, or its month like '
                                         "2026-04")
    return text


def run(options: argparse.Namespace) -> int:
    """Read the files. Returns 1, with nothing written, if one of them cannot be read."""
    if options.latest:
        return run_latest(options)
    problems: list[str] = []
    found: list[Table] = []
    for file in options.files:
        release = options.release or release_of(file.name)
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


def run_latest(options: argparse.Namespace) -> int:
    """Ask the department for its newest figures. Returns 1, with nothing written, if it could not be asked."""
    from ..official.api import DEPARTMENT, download_newest
    from ..official.download import Downloader

    try:
        found, lacking = download_newest(data_files(), Downloader(options.api or DEPARTMENT, "board figures"))
    except FiguresError as error:
        return write(options, [], [f"The department's figures could not be asked for: {error}"])
    missing = [(data.files[0], data.url.removesuffix("/{release}")) for data in lacking]
    problems = [] if found else ["The department's interface offers none of the files that we need"]
    return write(options, found, problems, missing)


def write(options: argparse.Namespace, found: list[Table], problems: list[str],
          missing: Iterable[tuple[str, str]] = ()) -> int:
    """Add the figures of tables to the area's own, and print what is new. Returns 1, with nothing written, if there
    are problems. `missing` holds the files that the department's interface does not offer, each with its page."""
    merged, unread = read_tables(options.area, found)
    problems = list(dict.fromkeys([*problems, *unread]))
    edits = {slice_path(id): to_csv(item.rows) for id, item in merged.items() if item.has_changed}
    codes = getattr(read(options.area, today(options))[0].area, "codes", None)
    environment = markdown_environment() if options.format == "markdown" else text_environment()
    report = environment.get_template(f"figures-{options.format}.html").render(
        problems=problems, missing=list(missing), edits=list(edits), dry_run=options.dry_run, has_codes=bool(codes),
        pages=sorted({data.url.replace("{release}", table.release[:4]) for table in found
                      for data in data_files() if table.name in data.files}),
        groups=[(indicators()[id], item, list(_lines(item, codes.gss if codes else None)))
                for id, item in merged.items()])
    if edits and not problems and not options.dry_run:
        apply(options.area, edits)
    print(report.strip())
    return 1 if problems else 0


def data_files() -> list[DataFile]:
    """Return the files that indicators need."""
    return [data for indicator in indicators().values() for data in indicator.data]


def _lines(item: Merged, own: str | None) -> Iterator[str]:
    """Yield in words what is new in an indicator, and what the department revised: the area's own figures first."""
    if not item.has_changed:
        yield f"nothing new, {len(item.rows):,} figures kept"
    new = [row for row in item.new if row.value is not None]
    if new:
        places, periods = {row.code for row in new}, sorted({row.period for row in new})
        when = periods[0] if len(periods) == 1 else f"{periods[0]} to {periods[-1]}"
        yield f"new: {len(new):,} figures of {len(places)} places, {when}"
    yield from (f"{row.name}, {row.period}: {in_figures(row)}"
                for row in sorted(item.new, key=lambda row: row.period) if row.code == own)
    if item.revised:
        yield f"revised by the department: {len(item.revised)}"
        listed = sorted(item.revised, key=lambda pair: (pair[0].code != own, pair[0].level == "area"))
        yield from (f"{before.name}, {before.period}: from {in_figures(before)} to {in_figures(after)}"
                    for before, after in listed[:MAX_LISTED])
        if len(listed) > MAX_LISTED:
            yield f"and {len(listed) - MAX_LISTED} more"
