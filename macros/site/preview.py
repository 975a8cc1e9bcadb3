"""The preview: record pages and the files for machines are made when someone asks for them, or in the background.

MkDocs rebuilds every page after every change: at ten years' size that took 3.5 seconds of processor time, two thirds of
it for pages that nobody looks at. Pages of records are therefore left out of the rebuild and built one by one, by the
same functions and with the same events.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from .search_index import Index

log = logging.getLogger("mkdocs.plugins.board")


class Preview:
    """What has not been made since the last change. `pages` and `files` map paths on the site to what makes them."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.rebuilds = 0
        self.pending: dict[str, Callable[[], None]] = {}
        self.index: Index | None = None

    def attach(self, server: Any) -> None:
        """Make what a server is asked for before it answers; while the site is rebuilt, all answers wait."""
        serve, build = server.serve_request, server.builder

        def answer(environ: Any, start_response: Any) -> Iterable[bytes]:
            path = environ["PATH_INFO"].removeprefix(server.mount_path).lstrip("/")
            for name in (path, f"{path}index.html", f"{path}/index.html"):
                self._make(name)
            return serve(environ, start_response)

        def rebuild() -> None:
            self.stop()
            with self.lock:
                build()

        server.builder = rebuild
        server.set_app(answer)

    def start(self, pages: Mapping[str, Callable[[], None]], files: Mapping[str, Callable[[], None]],
              site: Path) -> None:
        """Begin to make the pages in the background, and then the search index of the folder `site`."""
        self.pending = {**pages, **files}
        threading.Thread(target=self._make_all, args=(list(pages), site, self.rebuilds), daemon=True).start()

    def stop(self) -> None:
        """End what goes on in the background."""
        self.rebuilds += 1
        with self.lock:
            if self.index:
                self.index.stop()

    def _make(self, name: str) -> None:
        with self.lock:
            make = self.pending.pop(name, None)
            if make:
                make()

    def _make_all(self, names: list[str], site: Path, rebuild: int) -> None:
        for name in names:
            with self.lock:
                if self.rebuilds != rebuild:
                    return
                try:
                    self._make(name)
                except Exception as error:
                    log.error(f"The page {name} cannot be shown: {error}")
            time.sleep(0.001)  # lets whoever waits for the lock have it
        with self.lock:
            if self.rebuilds == rebuild:
                self.index = Index(site)
