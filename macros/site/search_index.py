"""The search index, made by Pagefind from the built pages: a reader loads only the parts that a search needs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

FOLDER = "pagefind"

UNUSED = ("pagefind-*ui*", "pagefind-highlight.js", "wasm.unknown.pagefind")
"""Pagefind's own interfaces, for which the site has its own, and its words for languages that it does not know."""


class SearchError(Exception):
    """The index could not be made; the message is Pagefind's."""


class Index:
    """The index of the pages in the folder `site`, in its folder pagefind/. The same pages give the same bytes.

    It is made by a process of its own, from when this object is made until `finish` returns. All pages must be there.
    """

    def __init__(self, site: Path) -> None:
        self.site = site
        self._process = subprocess.Popen(
            [sys.executable, "-m", "pagefind", "--site", str(site), "--quiet", "--exclude-selectors", ".b-back"],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def finish(self) -> None:
        """Wait until the index is made. Raises SearchError with what Pagefind said."""
        said, _ = self._process.communicate()
        if self._process.returncode:
            raise SearchError(f"The search index could not be made: {said}")
        for pattern in UNUSED:
            for file in (self.site / FOLDER).glob(pattern):
                file.unlink()

    def stop(self) -> None:
        """End the process, where it has not ended."""
        if self._process.poll() is None:
            self._process.kill()
            self._process.communicate()
