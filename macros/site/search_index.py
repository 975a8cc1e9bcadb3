"""The search index, made by Pagefind from the built pages: a reader loads only the parts that a search needs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

UNUSED = ("pagefind-*ui*", "pagefind-highlight.js", "wasm.unknown.pagefind")
"""Pagefind's own interfaces, as the site has its own, and its dictionary for unknown languages."""


class SearchError(Exception):
    """The index could not be made; the message is Pagefind's."""


class Index:
    """The index of the pages in the folder `site`, in its subfolder pagefind/. The same pages give the same bytes.

    A process of its own makes it, from the creation of this object until `finish` returns. All pages must exist.
    """

    def __init__(self, site: Path) -> None:
        self.site = site
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "pagefind", "--site", str(site), "--quiet", "--exclude-selectors", ".b-back"],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def finish(self) -> None:
        """Wait until the index is made. Raises SearchError with Pagefind's output."""
        output, _ = self._process.communicate()
        if self._process.returncode:
            raise SearchError(f"The search index could not be made: {output}")
        for pattern in UNUSED:
            for file in (self.site / "pagefind").glob(pattern):
                file.unlink()

    def stop(self) -> None:
        """Kill the process if it is still running."""
        if self._process.poll() is None:
            self._process.kill()
            self._process.communicate()
