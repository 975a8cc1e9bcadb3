"""The preview: pages of records and files for machines are built on request, or else in the background.

MkDocs rebuilds every page after every change. With the records of ten years that took 3.5 seconds of processor time,
two thirds of it for pages that are not looked at. Pages of records are therefore left out of the rebuild, and built one
by one by the same functions and with the same events.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File

from .search_index import Index

log = logging.getLogger("mkdocs.plugins.board")


class LaterFile(File):
    """The file of a page that the preview leaves out of MkDocs' loop and builds later."""

    def is_documentation_page(self) -> bool:
        """Return False, so that only links find the file."""
        return False

    is_static_page = is_documentation_page

    def copy_file(self, dirty: bool = False) -> None:
        """Do nothing: there is no source to copy."""


class Preview:
    """The pages and files not built since the last change: `pending` maps a path on the site to what builds it."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.rebuilds = 0
        self.pending: dict[str, Callable[[], None]] = {}
        self.index: Index | None = None

    def attach(self, server: Any) -> None:
        """Build what is requested from a server before it answers; while the site is rebuilt, all answers wait."""
        serve, build = server.serve_request, server.builder

        def answer(environ: Any, start_response: Any) -> Iterable[bytes]:
            path = environ["PATH_INFO"].removeprefix(server.mount_path).lstrip("/")
            for name in (path, f"{path}index.html", f"{path}/index.html"):
                self._build(name)
            return serve(environ, start_response)

        def rebuild() -> None:
            self.stop()
            with self.lock:
                build()

        server.builder = rebuild
        server.set_app(answer)

    def start(self, pages: Mapping[str, Callable[[], None]], files: Mapping[str, Callable[[], None]],
              site: Path) -> None:
        """Start building pages and files in the background, and then the search index of the folder `site`."""
        self.pending = {**pages, **files}
        threading.Thread(target=self._build_all, args=(list(pages), site, self.rebuilds), daemon=True).start()

    def stop(self) -> None:
        """Stop the work in the background."""
        self.rebuilds += 1
        with self.lock:
            if self.index:
                self.index.stop()

    def _build(self, name: str) -> None:
        with self.lock:
            build = self.pending.pop(name, None)
            if build:
                build()

    def _build_all(self, names: list[str], site: Path, rebuild: int) -> None:
        for name in names:
            with self.lock:
                if self.rebuilds != rebuild:
                    return
                try:
                    self._build(name)
                except Exception as error:
                    log.error(f"The page {name} cannot be shown: {error}")
            time.sleep(0.001)  # lets a request that waits for the lock go first
        with self.lock:
            if self.rebuilds == rebuild:
                self.index = Index(site)
