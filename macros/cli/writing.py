"""How every command that writes goes about it: first tried out in a copy, then written, or only shown."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from ..checks import check
from ..problem import Problem
from ..register import Register
from ..write.edits import Edits, apply, diff
from .options import today

LEFT_OPEN = "to-confirm"
"""The one problem with which a file is written: it asks a person, and is not published until they have answered."""


def readable(options: argparse.Namespace) -> Register | None:
    """Return the register of the area that a command works on; None, with what is wrong, where it cannot be read."""
    register, problems = check(options.area, today(options))
    if register is None:
        print("\n".join(str(problem) for problem in problems), file=sys.stderr)
    return register


def try_out(root: Path, edits: Edits, on: date) -> list[Problem]:
    """Return the problems that `edits` would bring into an area, as on the day `on`. Nothing in it is changed."""
    with tempfile.TemporaryDirectory(prefix="board-tried-") as folder:
        copy = Path(folder).resolve() / "area"
        for home in ("data", "docs"):
            if (root / home).is_dir():
                shutil.copytree(root / home, copy / home, symlinks=True)
        _, before = check(copy, on)
        apply(copy, edits)
        _, after = check(copy, on)
    known = {(problem.path, problem.code, problem.message) for problem in before}
    return [problem for problem in after if (problem.path, problem.code, problem.message) not in known]


def write(options: argparse.Namespace, edits: Edits, said: Iterable[str]) -> int:
    """Write `edits` into the area and print what was done, what reads badly and what is left to confirm.

    With --dry-run only the difference is shown. Returns 1, with nothing written, where the outcome would have errors.
    """
    root: Path = options.area
    found = try_out(root, edits, today(options))
    errors = [problem for problem in found if problem.level == "error" and problem.code != LEFT_OPEN]
    if errors:
        print("Nothing was written, since it would not pass the checks:")
        print("\n".join(str(problem) for problem in errors))
        return 1
    if options.dry_run:
        print(diff(root, edits), end="")
        print("Nothing was written: this shows what would be.")
    else:
        apply(root, edits)
        print("\n".join(said))
    for problem in found:
        print(problem)
    return 0


def dry_run(parser: argparse.ArgumentParser) -> None:
    """Let a command take --dry-run."""
    parser.add_argument("--dry-run", action="store_true", default=False,
                        help="show what would be written, and write nothing")
