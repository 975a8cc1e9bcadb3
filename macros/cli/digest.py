"""`board digest`."""

from __future__ import annotations

import argparse
import sys

from ..checks import check
from ..checks.report import as_text
from .options import command, common, day, today


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = command(
        commands, "digest", run, help="print the newsletter for families", parents=[common()],
        more="It says what changed after a day, with links, and how families can have a say.",
        examples=["digest --since 2025-04-24", "digest --since 2025-04-24 --format html"])
    parser.add_argument("--since", required=True, type=day, metavar="DAY",
                        help="what changed after this day, such as that of the last meeting: 2025-04-24")
    parser.add_argument("--format", choices=("text", "html", "markdown"), default="text", help="how to print it")


def run(options: argparse.Namespace) -> int:
    """Print the newsletter. Returns 1 if the records have problems, 2 if the day is not in the past."""
    from ..review.newsletter import digest

    now = today(options)
    register, problems = check(options.area, now)
    if register is None or any(problem.level == "error" for problem in problems):
        print(as_text(problems, register))
        return 1
    if options.since >= now:
        print(f"{options.since} is not before {now}: nothing can have changed since", file=sys.stderr)
        return 2
    print(digest(register, options.since, options.format), end="")
    return 0
