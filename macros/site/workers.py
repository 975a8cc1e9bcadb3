"""The pages and files of a site, made by several processes at once: the register is only read, so each has its own."""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from pathlib import Path
from typing import Any

Make = Callable[[], bytes]
"""Makes a file of the site."""

CHUNKS = 12
"""Into how many shares the work of each process is cut, so that none waits long for another at the end."""

_shared: Workers | None = None
"""What the processes work on: they are copies of this one, and are told only the numbers of their files."""


class Workers:
    """Makes the files of a plan, by their paths, in the folder `site`: stage by stage, each stage a plan of its own.

    Each process calls `begin` first. `after` is given each file's path and content; `tell` returns, as plain values,
    what a process has to tell when it has made a share.
    """

    def __init__(self, stages: Sequence[Mapping[str, Make]], site: Path, *, begin: Callable[[], None],
                 after: Callable[[str, bytes], None], tell: Callable[[], Any]) -> None:
        self.stages = [list(plan.items()) for plan in stages]
        self.site, self.begin, self.after, self.tell = site, begin, after, tell
        self.pool: ProcessPoolExecutor | None = None
        self.futures: list[list[Future[Any]]] = []

    def start(self) -> None:
        """Begin, in as many processes as there are cores; the caller goes on with other work meanwhile. On one core
        there is nobody to share with: then each stage is made when its turn comes."""
        global _shared
        # What the processes share stays shared while no one collects garbage in it.
        gc.freeze()
        gc.enable()
        processes = cores()
        if processes == 1:
            return
        _shared = self
        self.pool = ProcessPoolExecutor(processes, multiprocessing.get_context("fork"), _begin)
        for number, files in enumerate(self.stages):
            size = max(1, -(-len(files) // (processes * CHUNKS)))
            self.futures.append([self.pool.submit(_share, number, first, first + size)
                                 for first in range(0, len(files), size)])

    def told(self, stage: int) -> Iterator[Any]:
        """Wait for a stage, and yield what each share had to tell, in the order of the plan. Raises what making a file
        raised."""
        if not self.pool:
            written(self.site, self.stages[stage], self.after)
            yield self.tell()
            return
        for future in self.futures[stage]:
            told, error = future.result()
            yield told
            if error:
                raise error

    def stop(self) -> None:
        """End the processes, also where not everything is made."""
        if self.pool:
            self.pool.shutdown(cancel_futures=True)
        self.pool = None
        gc.unfreeze()


def cores() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _begin() -> None:
    assert _shared is not None
    _end_with_parent()
    # The search index takes as long as the last files and cannot be shared out: whoever makes it goes first.
    os.nice(5)
    _shared.begin()


def _end_with_parent() -> None:
    """See that this process ends when the build is killed: it would wait for more work for ever.

    Source: prctl(2), PR_SET_PDEATHSIG; where the system has no such thing, nothing happens.
    """
    library = ctypes.CDLL(None)
    if hasattr(library, "prctl"):
        library.prctl(1, signal.SIGKILL)


def _share(stage: int, first: int, last: int) -> tuple[Any, BaseException | None]:
    """Make the files of a stage from one number to another. Returns what is to tell, and what was raised."""
    assert _shared is not None
    error: BaseException | None = None
    try:
        written(_shared.site, _shared.stages[stage][first:last], _shared.after)
    except SystemExit as exit:
        error = SystemExit(exit.code)
    except Exception as raised:
        # As text, since not everything that is raised can be sent to another process.
        error = RuntimeError(f"{type(raised).__name__}: {raised}")
    return _shared.tell(), error


def written(site: Path, files: Iterable[tuple[str, Make]], after: Callable[[str, bytes], None]) -> None:
    """Make files and write them into the folder `site`."""
    folders: set[str] = set()
    for path, make in files:
        content = make()
        target = f"{site}/{path}"
        folder = target.rpartition("/")[0]
        if folder not in folders:
            Path(folder).mkdir(parents=True, exist_ok=True)
            folders.add(folder)
        with open(target, "wb") as file:  # noqa: PTH123 - ten thousand paths are slower as objects
            file.write(content)
        after(path, content)
