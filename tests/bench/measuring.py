"""How long a command takes, and how much memory it and all that it starts have at most."""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

EVERY = 0.1
"""Seconds between two looks at the memory."""

ENVIRONMENT = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true", "PYTHONDONTWRITEBYTECODE": ""}
"""No notices; and Python keeps what it compiled, as it does unless it is told not to."""


class Measured(NamedTuple):
    """Seconds and megabytes."""

    seconds: float
    memory: float


def measured(command: Sequence[str], folder: Path, *, times: int = 3, before: Callable[[], object] = lambda: None,
             more: Mapping[str, str] | None = None) -> Measured:
    """Run a command several times in a folder, each after `before`, and return the middle time; then once more, for the
    memory, since to look at it takes time from what works on all cores.

    Memory is what the command and all processes that it starts have together, what they share counted once (Pss in
    proc(5), /proc/pid/smaps_rollup). Raises RuntimeError with what the command said where it fails.
    """
    taken = []
    for _ in range(times):
        before()
        start = time.perf_counter()
        _run(command, folder, more)
        taken.append(time.perf_counter() - start)
    before()
    watches: list[_Watch] = []
    _run(command, folder, more, lambda process: watches.append(_Watch(process)))
    return Measured(statistics.median(taken), watches[0].ended())


def _run(command: Sequence[str], folder: Path, more: Mapping[str, str] | None,
         begun: Callable[[int], object] = lambda process: None) -> None:
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                               start_new_session=True, env=os.environ | ENVIRONMENT | dict(more or {}))
    begun(process.pid)
    said, _ = process.communicate()
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)}\n{said[-3000:]}")


class _Watch(threading.Thread):
    """Looks at the memory of a session of processes until it is told that they have ended."""

    def __init__(self, session: int) -> None:
        super().__init__(daemon=True)
        self.session, self.highest, self.over = session, 0.0, threading.Event()
        self.start()

    def run(self) -> None:
        while not self.over.wait(EVERY):
            self.highest = max(self.highest, sum(map(self._megabytes, Path("/proc").glob("[0-9]*"))))

    def ended(self) -> float:
        self.over.set()
        self.join()
        return self.highest

    def _megabytes(self, process: Path) -> float:
        try:
            if os.getsid(int(process.name)) != self.session:
                return 0
            found = re.search(r"^Pss:\s+(\d+) kB", (process / "smaps_rollup").read_text(), re.M)
        except OSError:  # it has ended meanwhile
            return 0
        return int(found[1]) / 1000 if found else 0
