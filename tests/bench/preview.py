"""Measures how long a writer waits until the preview shows a saved action."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from tests.areas.generate import TODAY
from tests.bench.measuring import ENVIRONMENT

TIMES = 5


def seconds_until_shown(area: Path, folder: Path) -> float:
    """Return the median time in seconds between saving an action in a copy of the area and seeing it on its page."""
    copy = Path(shutil.copytree(area, folder / "preview"))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "macros", "serve", "--area", str(copy), "--port", str(port), "--today",
         TODAY.isoformat()], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        env=os.environ | ENVIRONMENT)
    try:
        site = f"http://localhost:{port}"
        _wait(f"{site}/", "<h1")
        # Wait for the search index, which is built in the background, so that it does not disturb the measurement.
        _wait(f"{site}/search/0.json", "files")
        taken = []
        for number, file in enumerate(sorted((copy / "data/actions").glob("*.yml"))[:TIMES]):
            text, news = file.read_text(encoding="utf-8"), f"News number {number} for the bench."
            start = time.perf_counter()
            file.write_text(text.replace("detail: ", f"detail: {news} ", 1), encoding="utf-8")
            _wait(f"{site}/actions/{file.stem}/", news)
            taken.append(time.perf_counter() - start)
        return statistics.median(taken)
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait()


def _wait(address: str, words: str) -> None:
    """Request a page until it contains `words`."""
    while True:
        try:
            with urllib.request.urlopen(address, timeout=60) as page:
                if words in page.read().decode("utf-8", errors="replace"):
                    return
        except (urllib.error.URLError, ConnectionError):
            pass
        time.sleep(0.02)
