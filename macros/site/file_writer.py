"""Writes the files for programs (open data, feeds, calendar, cards) in processes of their own while pages are rendered.

They depend on the records alone. The processes also scan them for personal data. Together they do a third of a build's
work. That on pictures begins before the records are checked, as soon as they have been read.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from mkdocs.exceptions import PluginError

from ..checks.privacy import Scan, SiteScanner, digest_of
from ..publish.formats import PICTURES, TEXTS, Format, planned_files
from ..register import Register


class FileWriterError(PluginError):
    """The files could not be written; the message says why."""


class FileWriter:
    """Writes the files of some formats into `folder`, from the creation of this object until `finish` returns."""

    def __init__(self, register: Register, folder: Path, formats: Iterable[Format] = TEXTS) -> None:
        # A forked process has the register already; sending it to a new one would take longer than the work.
        context = get_context("fork")
        self._result, sending = context.Pipe(duplex=False)
        self._process = context.Process(
            target=_run, args=(register, folder, formats, os.getpid(), sending), daemon=True)
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


class PictureWriter(FileWriter):
    """Writes the pictures into a folder beside `site`, which MkDocs empties once it has checked the records."""

    def __init__(self, register: Register, site: Path) -> None:
        self._site, self._folder = site, site.with_name(f".{site.name}.pictures")
        super().__init__(register, self._folder, PICTURES)

    def finish(self) -> dict[str, Scan]:
        """Wait until the pictures are written, and move them into the site. Raises FileWriterError."""
        found = super().finish()
        for path in found:
            (self._site / path).parent.mkdir(parents=True, exist_ok=True)
            (self._folder / path).replace(self._site / path)
        shutil.rmtree(self._folder, ignore_errors=True)
        return found

    def stop(self) -> None:
        """End the process if it has not ended, and remove the folder."""
        super().stop()
        shutil.rmtree(self._folder, ignore_errors=True)


def _run(register: Register, folder: Path, formats: Iterable[Format], parent: int, sending: Connection) -> None:
    try:
        scanner, scans = SiteScanner(register) if formats is TEXTS else None, {}
        for path, render in planned_files(register, formats):
            if os.getppid() != parent:
                return  # the build was killed, and the next one has removed the folder
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            content = render()
            file.write_bytes(content)
            scans[path] = Scan(digest_of(content), scanner.problems(path, content) if scanner else [])
    except Exception as error:
        sending.send(f"A file for programs could not be written: {type(error).__name__}: {error}")
    else:
        sending.send(scans)
