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
        commands, "check", run, help="list everything that blocks publication", parents=[common()],
        more="Each problem has its file, its line, what is wrong and how to fix it.\n"
             "Warnings are about writing that is hard to read. They do not block publication.\n"
             "With --against, only warnings about changed files are shown.",
        examples=["check", "check --against origin/main"])
    parser.add_argument("--against", metavar="REV",
                        help="also report changes that rewrite history since this branch, tag or commit")
    parser.add_argument("--format", choices=FORMATS, default="text", help="the output format (default: text)")


def run(options: argparse.Namespace) -> int:
    """Print the problems of an area. Returns 1 if any of them is an error."""
    register, problems = check(options.area, today(options))
    if options.against and register:
        problems = redact([*_relevant(problems, options), *against(register, options.against)], register)
    print(FORMATS[options.format](problems, register))
    return 1 if any(problem.level == "error" for problem in problems) else 0


def _relevant(problems: list[Problem], options: argparse.Namespace) -> list[Problem]:
    """Return the problems without warnings about unchanged files, which would hide those about the change."""
    try:
        changed = changed_files(options.area, options.against)
    except RevisionError:  # `against` reports it, with what to do
        changed = set()
    return [problem for problem in problems if problem.level == "error" or problem.path in changed]
