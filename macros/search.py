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


def make_index(site: Path) -> None:
    """Index the pages of a built site into its folder pagefind/. The same pages give the same bytes.

    Raises SearchError with what Pagefind said.
    """
    done = subprocess.run([sys.executable, "-m", "pagefind", "--site", str(site), "--quiet",
                           "--exclude-selectors", ".b-back"],
                          capture_output=True, text=True, check=False)
    if done.returncode:
        raise SearchError(f"The search index could not be made: {done.stdout}{done.stderr}")
    for pattern in UNUSED:
        for file in (site / FOLDER).glob(pattern):
            file.unlink()
