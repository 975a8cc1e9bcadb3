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
from typing import Any

from mkdocs.structure.files import File

from ..problem import Problem
from .search_index import Index, SearchError

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
        self.is_served = threading.Event()
        self.rebuilds = 0
        self.pending: dict[str, Callable[[], None]] = {}
        self.index: Index | None = None
        self.problem = ""
        """Why the site could not be rebuilt, empty if it was."""

    def attach(self, server: Any) -> None:
        """Build what is requested from a server before it answers; while the site is rebuilt, all answers wait.

        While the site cannot be rebuilt, each answer says why, and browsers ask again: MkDocs would answer nothing.
        """
        serve, build = server.serve_request, server.builder

        def answer(environ: Any, start_response: Any) -> Iterable[bytes]:
            if self.problem and not environ["PATH_INFO"].startswith("/livereload/"):
                start_response("500 Internal Server Error", [
                    ("Content-Type", "text/plain; charset=utf-8"), ("Refresh", "2"), ("Cache-Control", "no-store")])
                return [f"The preview cannot show the site until this is fixed:\n\n{self.problem}\n".encode()]
            path = environ["PATH_INFO"].removeprefix(server.mount_path).lstrip("/")
            for name in (path, f"{path}index.html", f"{path}/index.html"):
                self._build(name)
            return serve(environ, start_response)

        def rebuild() -> None:
            self.stop()
            with self.lock:
                self.problem = ""
                try:
                    build()
                except Exception as error:
                    log.error(f"An error happened during the rebuild: {error}")
                    self.problem = self.problem or str(error)

        server.builder = rebuild
        server.set_app(answer)
        self.is_served.set()

    def start(self, pages: Mapping[str, Callable[[], None]], files: Mapping[str, Callable[[], None]],
              index: Callable[[], Index], scan: Callable[[], Iterable[list[Problem]]]) -> None:
        """Start building pages and files in the background, and then the search index.

        At the end `scan` looks through the built files for personal data, which is said in the terminal.
        """
        self.pending = {**pages, **files}
        threading.Thread(target=self._build_all, args=(list(pages), index, self.rebuilds, scan), daemon=True).start()

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

    def _build_all(self, names: list[str], index: Callable[[], Index], rebuild: int,
                   scan: Callable[[], Iterable[list[Problem]]]) -> None:
        # During the first build MkDocs counts what is logged, and would end in strict mode. It rebuilds under the lock.
        self.is_served.wait()
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
            if self.rebuilds != rebuild:
                return
            self.index = made = index()
        made.wait()
        with self.lock:
            if self.rebuilds != rebuild:
                return
            try:
                made.finish()
            except SearchError as error:
                log.error(str(error))
        self._scan(scan, rebuild)

    def _scan(self, scan: Callable[[], Iterable[list[Problem]]], rebuild: int) -> None:
        try:
            for problems in scan():
                if self.rebuilds != rebuild:
                    return
                for problem in problems:
                    log.error(f"This would not be published: {problem}")
                time.sleep(0.001)
        except OSError:  # the folder was removed, since the preview ends
            return
