"""Measures a command: the time on the clock, and the processor time and the peak memory of all its processes."""

from __future__ import annotations

import os
import re
import resource
import statistics
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

SAMPLE_INTERVAL = 0.1
"""Seconds between two samples of the memory."""

ENVIRONMENT = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true", "PYTHONDONTWRITEBYTECODE": ""}
"""No notices from the generators, and bytecode caching on, as it is by default."""


class Measured(NamedTuple):
    """The time on the clock and the processor time in seconds, and the peak memory in megabytes."""

    seconds: float
    processor: float
    memory: float


def measured(command: Sequence[str], folder: Path, *, times: int = 3, before: Callable[[], object] = lambda: None,
             more: Mapping[str, str] | None = None) -> Measured:
    """Run a command several times in a folder, each time after `before`, and return the median times. The memory
    is measured in one more run, since sampling takes processor time.

    Memory is the sum over the command and all its processes, with shared pages counted once (Pss in proc(5),
    /proc/pid/smaps_rollup). Raises RuntimeError with the command's output if it fails.
    """
    taken, worked = [], []
    for _ in range(times):
        before()
        start, idle = time.perf_counter(), _processor()
        _run(command, folder, more)
        taken.append(time.perf_counter() - start)
        worked.append(_processor() - idle)
    before()
    watches: list[_Watch] = []
    _run(command, folder, more, lambda process: watches.append(_Watch(process)))
    return Measured(statistics.median(taken), statistics.median(worked), watches[0].ended())


def _processor() -> float:
    """Return the processor time of all processes that have ended so far, and of those that they waited for."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _run(command: Sequence[str], folder: Path, more: Mapping[str, str] | None,
         begun: Callable[[int], object] = lambda process: None) -> None:
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                               start_new_session=True, env=os.environ | ENVIRONMENT | dict(more or {}))
    begun(process.pid)
    said, _ = process.communicate()
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)}\n{said[-3000:]}")


class _Watch(threading.Thread):
    """Samples the memory of a session of processes until `ended` is called."""

    def __init__(self, session: int) -> None:
        super().__init__(daemon=True)
        self.session, self.highest, self.over = session, 0.0, threading.Event()
        self.start()

    def run(self) -> None:
        while not self.over.wait(SAMPLE_INTERVAL):
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
        except OSError:  # the process has ended
            return 0
        return int(found[1]) / 1000 if found else 0
