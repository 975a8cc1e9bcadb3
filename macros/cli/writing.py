"""Shared by the commands that write: check the area, try the edits on a copy, then write them or show a diff."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ..checks import check
from ..problem import Problem
from ..register import Register
from ..write import Edits, apply, diff
from .options import today
from .values import Link

LEFT_OPEN = "to-confirm"
"""The one error with which a file is written: it asks a person a question, and is not published until answered."""


@dataclass(frozen=True)
class CheckedArea:
    """An area before a command changes it, with the problems that it has already."""

    register: Register
    problems: list[Problem]

    def problems_from(self, edits: Edits) -> list[Problem]:
        """Return the problems that `edits` would add. They are applied to a temporary copy, never to the area."""
        root = self.register.root
        with tempfile.TemporaryDirectory(prefix="board-trial-") as folder:
            copy = Path(folder).resolve() / "area"
            for name in ("data", "docs"):
                if (root / name).is_dir():
                    shutil.copytree(root / name, copy / name, symlinks=True)
            apply(copy, edits)
            _, after = check(copy, self.register.today)
        # Compared without line numbers, since an edit moves the lines below it.
        known = {(problem.path, problem.code, problem.message) for problem in self.problems}
        return [problem for problem in after if (problem.path, problem.code, problem.message) not in known]


def check_area(options: argparse.Namespace) -> CheckedArea | None:
    """Check the area that a command works on. Prints the problems and returns None if it cannot be read."""
    register, problems = check(options.area, today(options))
    if register is None:
        print("\n".join(str(problem) for problem in problems), file=sys.stderr)
        return None
    return CheckedArea(register, problems)


def write(options: argparse.Namespace, area: CheckedArea, edits: Edits, messages: Iterable[str]) -> int:
    """Write `edits` into the area; print `messages`, style warnings and open questions.

    With --dry-run, only print a diff. Returns 1 and writes nothing if the edits would add errors.
    """
    root = area.register.root
    problems = area.problems_from(edits)
    errors = [problem for problem in problems if problem.level == "error" and problem.code != LEFT_OPEN]
    if errors:
        print("Nothing was written, because the result would not pass the checks:")
        print("\n".join(str(problem) for problem in errors))
        return 1
    if options.dry_run:
        print(diff(root, edits), end="")
        print("Nothing was written: this is what would change.")
    else:
        apply(root, edits)
        print("\n".join(messages))
    for problem in problems:
        print(problem)
    return 0


def add_dry_run(parser: argparse.ArgumentParser) -> None:
    """Add the option --dry-run."""
    parser.add_argument("--dry-run", action="store_true", default=False,
                        help="show what would be written, and write nothing")


def add_source(parser: argparse.ArgumentParser, help: str = "where this was said") -> None:
    """Add the option --source."""
    parser.add_argument("--source", nargs=2, action=Link, metavar=("TITLE", "ADDRESS"), help=help)
