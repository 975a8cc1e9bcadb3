"""The check of an area that a build begins with: its texts are looked through while the pages are already made."""

from __future__ import annotations

import multiprocessing
from datetime import date
from multiprocessing.connection import Connection
from pathlib import Path

from ..checks import check, load_and_check, run_slow_checks
from ..problem import Problem
from ..register import Register


class CheckAhead:
    """The check of one area, begun. `register` is what was read, or None where that holds errors already: then there is
    nothing to build.

    What is made from the register meanwhile is worth nothing until `problems` are known.
    """

    def __init__(self, root: Path, today: date) -> None:
        register, found = load_and_check(root, today)
        self.register = None if any(problem.level == "error" for problem in found) else register
        self._problems: list[Problem] | None = None
        if self.register is None:
            self._problems = run_slow_checks(register, found)
            return
        context = multiprocessing.get_context("fork")
        self._told, telling = context.Pipe(duplex=False)
        self._process = context.Process(target=_end, args=(telling, register, found), daemon=True)
        self._process.start()
        telling.close()

    def problems(self) -> list[Problem]:
        """Wait until everything is checked, and return all problems, sorted. Raises EOFError where the process that
        checks was ended from outside."""
        if self._problems is None:
            self._problems = self._told.recv()
            self._process.join()
        return self._problems


def _end(telling: Connection, register: Register, found: list[Problem]) -> None:
    telling.send(run_slow_checks(register, found))


_ready: dict[tuple[Path, date], Register] = {}


def check_ahead(root: Path, today: date) -> CheckAhead:
    """Begin to check the area in `root` as on `today`, for whoever builds it in this process."""
    ahead = CheckAhead(root, today)
    if ahead.register:
        _ready[root.resolve(), today] = ahead.register
    return ahead


def checked(root: Path, today: date) -> tuple[Register | None, list[Problem]]:
    """Return the register and the problems of an area; where its check was begun ahead, its register, once, with no
    problems, since whoever began it asks for them."""
    register = _ready.pop((root.resolve(), today), None)
    return (register, []) if register else check(root, today)
