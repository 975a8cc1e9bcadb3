"""`board check`."""

from __future__ import annotations

import argparse

from ..checks import check
from ..checks.privacy import redact
from ..checks.report import FORMATS
from ..ledger import against
from ..ledger.revision import RevisionError, changed_files
from ..problem import Problem
from .options import command, common, today


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = command(
        commands, "check", run, help="find everything that stops a publication", parents=[common()],
        more="Each problem is shown with its file, its line, what is wrong and what to write instead.\n"
             "Warnings say what reads badly, and stop nothing; with --against, only those of files that differ.",
        examples=["check", "check --against origin/main"])
    parser.add_argument("--against", metavar="REV",
                        help="also find every change that rewrites what was published at a branch, tag or commit")
    parser.add_argument("--format", choices=FORMATS, default="text", help="how to print problems")


def run(options: argparse.Namespace) -> int:
    """Print the problems of an area. Returns 1 where one of them is an error."""
    register, problems = check(options.area, today(options))
    if options.against and register:
        problems = redact([*_told_by_the_change(problems, options), *against(register, options.against)], register)
    print(FORMATS[options.format](problems, register))
    return 1 if any(problem.level == "error" for problem in problems) else 0


def _told_by_the_change(problems: list[Problem], options: argparse.Namespace) -> list[Problem]:
    """Leave out warnings about files that a change has not touched: old ones would drown its own."""
    try:
        changed = changed_files(options.area, options.against)
    except RevisionError:  # `against` says so, with what to do
        changed = set()
    return [problem for problem in problems if problem.level == "error" or problem.path in changed]
