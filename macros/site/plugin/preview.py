"""The preview: each page is made when someone asks for it, so that what was just saved is seen at once."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from watchdog.observers.polling import PollingObserver

from ...register import Register
from ..search_index import FOLDER
from ..workers import Make, written

LOOK, WAIT = 0.2, 0.05
"""Seconds between two looks for changes, and without a further change after which the pages are made again. Looking is
slower than being told, and works on shared folders too; the generator itself takes half a second."""


class Preview:
    """Stands before the generator's own server, and makes what it is about to serve."""

    def __init__(self) -> None:
        self.pending: dict[str, Make] = {}
        self.site = Path()
        self.lock = threading.RLock()
        self.scratch: str | None = None
        self.search: subprocess.Popen[bytes] | None = None

    def show(self, plan: Mapping[str, Make], site: Path) -> None:
        """Take what the site consists of now; it is made in the folder `site`, a file at a time."""
        self.pending, self.site = dict(plan), site

    def attach(self, server: Any, register: Register, watched: Sequence[str]) -> None:
        """Stand before a server, which watches the paths in `watched` already, and begin to index the site for its
        search, which goes on in the background.

        The search finds what the site said when the preview began.
        """
        serve, build = server.serve_request, server.builder

        def answer(environ: Any, start_response: Any) -> Iterable[bytes]:
            self._make(environ["PATH_INFO"].removeprefix(server.mount_path))
            return serve(environ, start_response)

        def locked() -> None:
            with self.lock:
                build()

        server.builder = locked
        server.set_app(answer)
        server.build_delay = WAIT
        for path in watched:
            server.unwatch(path)
        server.observer = PollingObserver(timeout=LOOK)
        for path in (*watched, str(register.root / "data")):
            server.watch(path)
        self.scratch = tempfile.mkdtemp(prefix="board-preview-")
        self.search = subprocess.Popen(
            ["nice", sys.executable, "-m", "macros", "build", "--area", str(register.root), "--out",
             f"{self.scratch}/site", "--today", register.today.isoformat()],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)

    def _make(self, path: str) -> None:
        """Make the file that is asked for, where it is not there yet."""
        name = path.lstrip("/")
        name += "index.html" if not name or name.endswith("/") else ""
        with self.lock:
            for wanted in (name, f"{name}/index.html"):
                if wanted in self.pending:
                    written(self.site, [(wanted, self.pending[wanted])], lambda path, content: None)
                    del self.pending[wanted]
        if name.startswith(f"{FOLDER}/") and self.scratch and ".." not in name:
            found = Path(self.scratch, "site", name)
            if found.is_file() and not (self.site / name).exists():
                (self.site / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(found, self.site / name)

    def stop(self) -> None:
        """End what goes on in the background."""
        if self.search:
            with suppress(ProcessLookupError):  # all of them have ended
                os.killpg(self.search.pid, signal.SIGKILL)
            self.search.wait()
        if self.scratch:
            shutil.rmtree(self.scratch, ignore_errors=True)
