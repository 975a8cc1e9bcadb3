"""The command line `board`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from .checks import check
from .ledger import against
from .report import FORMATS


def today_in_england() -> date:
    """Return the day that it is in Europe/London now."""
    return datetime.now(ZoneInfo("Europe/London")).date()


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f'"{text}" is not a day; write it like 2026-11-24') from None


def _area(text: str) -> Path:
    folder = Path(text)
    if not folder.is_dir():
        raise argparse.ArgumentTypeError(f'there is no folder "{text}"')
    if not (folder / "data").is_dir():
        raise argparse.ArgumentTypeError(f'"{text}" is no area: it has no folder data/ with an area.yml')
    return folder.resolve()


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line, from which the guide's list of commands is made too."""
    top = argparse.ArgumentParser(prog="board", description="Check, build and preview the site of a board.")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--area", type=_area, default=".", help="the area's folder, the one with data/ (default: here)")
    common.add_argument("--today", type=_day, default=None, help="the day to reckon from, such as 2026-11-24")
    checking = commands.add_parser("check", parents=[common], help="find everything that stops a publication")
    checking.add_argument("--against", metavar="REV",
                          help="also find every change that rewrites what was published at a branch, tag or commit")
    checking.add_argument("--format", choices=FORMATS, default="text", help="how to print problems")
    digesting = commands.add_parser("digest", parents=[common], help="print the newsletter for families")
    digesting.add_argument("--since", required=True, type=_day, metavar="DAY",
                           help="what changed after this day, such as that of the last meeting: 2025-04-24")
    digesting.add_argument("--format", choices=("text", "html", "markdown"), default="text", help="how to print it")
    verifying = commands.add_parser("verify", help="tell whether history only grew since someone kept the ledger")
    verifying.add_argument("saved", metavar="SAVED", help="the ledger that was kept: a file or a web address")
    verifying.add_argument("later", metavar="LATER", nargs="?", help="a later one (default: the site's own, today)")
    building = commands.add_parser("build", parents=[common], help="check, then build the site")
    building.add_argument("--out", type=Path, default=Path("site"), help="the folder to build into (default: site)")
    building.add_argument("--generator", choices=("mkdocs", "properdocs"), default="mkdocs",
                          help="which generator builds the pages")
    serving = commands.add_parser("serve", parents=[common], help="preview the site while you edit")
    serving.add_argument("--port", type=int, default=8000, help="where to serve (default: 8000)")
    serving.add_argument("--generator", choices=("mkdocs", "properdocs"), default="mkdocs", help=argparse.SUPPRESS)
    return top


def _digest(area: Path, today: date, since: date, form: str) -> int:
    from .views.digest import digest

    register, problems = check(area, today)
    if register is None or any(problem.level == "error" for problem in problems):
        print(FORMATS["text"](problems, register))
        return 1
    if since >= today:
        print(f"{since} is not before {today}: nothing can have changed since", file=sys.stderr)
        return 2
    print(digest(register, since, form), end="")
    return 0


def _verify(saved: str, later: str | None) -> int:
    from .publish.verify import LedgerError, address_of, grew, is_older, read

    try:
        kept = read(saved)
        newer = read(later or address_of(kept))
    except LedgerError as error:
        print(error, file=sys.stderr)
        return 2
    if is_older(newer, kept):
        print("The second ledger is older than the first: name the one that was kept first.", file=sys.stderr)
    findings = grew(kept, newer)
    for finding in findings:
        print(f"{finding}{' (allowed)' if finding.is_allowed else ''}")
    broken = sum(not finding.is_allowed for finding in findings)
    if broken:
        print(f"History was rewritten: {broken} change{'s' * (broken != 1)} to what was published.")
        return 1
    added = len(newer["records"]) - len(kept["records"])
    print(f"History only grew: all {len(kept['records'])} records of the kept ledger still stand, and {added} "
          f"{'has' if added == 1 else 'have'} been added.")
    return 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command. Returns 0 where all is well, 1 where there are problems; wrong usage exits with 2."""
    options = parser().parse_args(arguments)
    if options.command == "verify":
        return _verify(options.saved, options.later)
    today = options.today or today_in_england()
    if options.command == "check":
        register, problems = check(options.area, today)
        if options.against and register:
            problems = sorted({*problems, *against(register, options.against)})
        print(FORMATS[options.format](problems, register))
        return 1 if any(problem.level == "error" for problem in problems) else 0
    if options.command == "digest":
        return _digest(options.area, today, options.since, options.format)
    from .build import build, serve
    if options.command == "serve":
        return serve(options.area, today, options.port, options.generator)
    return build(options.area, options.out.resolve(), today, options.generator)


if __name__ == "__main__":
    sys.exit(main())
