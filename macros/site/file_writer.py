"""Writes the files for programs (open data, feeds, calendar, cards) in a second process while pages are rendered.

They depend on the records alone. The process also scans them for personal data. At ten years' size it does six of a
build's nineteen processor seconds.
"""

from __future__ import annotations

import os
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from mkdocs.exceptions import PluginError

from ..checks.privacy import Scan, SiteScanner, digest_of
from ..publish import planned_files
from ..register import Register


class FileWriterError(PluginError):
    """The files could not be written; the message says why."""


class FileWriter:
    """Writes the files into the folder `site`, from the creation of this object until `finish` returns."""

    def __init__(self, register: Register, site: Path) -> None:
        # A forked process has the register already; sending it to a new one would take longer than the work.
        context = get_context("fork")
        self._result, sending = context.Pipe(duplex=False)
        self._process = context.Process(target=_run, args=(register, site, os.getpid(), sending), daemon=True)
        self._process.start()
        sending.close()

    def finish(self) -> dict[str, Scan]:
        """Wait until the files are written, and return what was found in each. Raises FileWriterError if they were
        not."""
        try:
            result = self._result.recv()
        except EOFError:  # the process has ended without a word
            result = "The process that writes the files for programs was ended from outside."
        self._process.join()
        if isinstance(result, str):
            raise FileWriterError(result)
        return result

    def stop(self) -> None:
        """End the process if it has not ended."""
        self._process.kill()
        self._process.join()


def _run(register: Register, site: Path, parent: int, sending: Connection) -> None:
    try:
        scanner, scans = SiteScanner(register), {}
        for path, render in planned_files(register):
            if os.getppid() != parent:
                return  # the build was killed, and the next one has removed the folder
            file = site / path
            file.parent.mkdir(parents=True, exist_ok=True)
            content = render()
            file.write_bytes(content)
            scans[path] = Scan(digest_of(content), scanner.problems(path, content))
    except Exception as error:
        sending.send(f"A file for programs could not be written: {type(error).__name__}: {error}")
    else:
        sending.send(scans)
