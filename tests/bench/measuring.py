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

QUIET = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}


class Measured(NamedTuple):
    """Seconds and megabytes."""

    seconds: float
    memory: float


def measured(command: Sequence[str], folder: Path, *, times: int = 3, before: Callable[[], object] = lambda: None,
             more: Mapping[str, str] | None = None) -> Measured:
    """Run a command several times in a folder, each after `before`, and return the middle time and the highest memory.

    Memory is what the command and all processes that it starts have together, what they share counted once (Pss in
    proc(5), /proc/pid/smaps_rollup). Raises RuntimeError with what the command said where it fails.
    """
    taken, highest = [], 0.0
    for _ in range(times):
        before()
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                                   start_new_session=True, env=os.environ | QUIET | dict(more or {}))
        watch = _Watch(process.pid)
        said, _ = process.communicate()
        taken.append(time.perf_counter() - start)
        highest = max(highest, watch.ended())
        if process.returncode:
            raise RuntimeError(f"{' '.join(command)}\n{said[-3000:]}")
    return Measured(statistics.median(taken), highest)


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
