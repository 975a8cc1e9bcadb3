"""Measures what readers wait for: bytes, requests, the first paint on a slow connection, and the first result."""

from __future__ import annotations

import functools
import gzip
import http.server
import io
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar

from bs4 import BeautifulSoup
from playwright.sync_api import Page, sync_playwright

from tests.conftest import BROWSER_FLAGS, NARROW

SLOW_4G = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 750e3 / 8}
"""Lighthouse's "Slow 4G" profile, which also throttles the processor four times."""

SLOWER_PROCESSOR = 4

TEXT = {".html", ".css", ".js", ".json", ".svg", ".xml"}

LISTEN = """() => {
    window.timings = {lcp: 0, blocked: 0};
    new PerformanceObserver((list) => list.getEntries().forEach((entry) => { timings.lcp = entry.startTime; }))
        .observe({type: "largest-contentful-paint", buffered: true});
    new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
        timings.blocked += Math.max(0, entry.duration - 50);
    })).observe({type: "longtask", buffered: true});
}"""


class _Gzipped(http.server.SimpleHTTPRequestHandler):
    """Serves text compressed, as a host does. `sent` records the size of every response."""

    sent: ClassVar[list[int]] = []

    def log_message(self, *args: object) -> None:
        pass

    def send_head(self) -> Any:
        path = Path(self.translate_path(self.path.split("?")[0]))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file() or path.suffix not in TEXT:
            self.sent.append(path.stat().st_size if path.is_file() else 0)
            return super().send_head()
        body = gzip.compress(path.read_bytes(), 6)
        self.sent.append(len(body))
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return io.BytesIO(body)


@contextmanager
def served(site: Path) -> Iterator[str]:
    """Serve a built site, and yield its address."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Gzipped, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def in_the_default_theme(site: Path, pages: dict[str, str], folder: Path) -> Path:
    """Build the same pages with Material's default theme for comparison. Returns the folder of the built site."""
    (folder / "docs").mkdir(parents=True)
    for name, address in pages.items():
        soup = BeautifulSoup((site / address.strip("/") / "index.html").read_text(encoding="utf-8"), "html.parser")
        content = soup.select_one(".b-content").decode_contents()
        (folder / f"docs/{'index' if name == 'home' else name}.md").write_text(
            f"# {soup.title.string}\n\n<div>\n{content}\n</div>\n", encoding="utf-8")
    (folder / "mkdocs.yml").write_text("site_name: Default\nsite_url: http://localhost/\ntheme: {name: material}\n",
                                       encoding="utf-8")
    subprocess.run([sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", str(folder / "mkdocs.yml")],
                   check=True, capture_output=True, env=os.environ | {"NO_MKDOCS_2_WARNING": "1"})
    return folder / "site"


def bench(site: Path, large: Path, folder: Path) -> None:
    """Print the cost of the first view of each kind of page, and of a search on a large site.

    Each page is measured with our theme and with Material's default theme, which is built in `folder`.
    """
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    post = next(page.parent.name for page in sorted(site.glob("blog/2*/index.html")))
    pages = {"home": "/", "actions": "/actions/", "action": "/actions/a-001/", "post": f"/blog/{post}/"}
    default = in_the_default_theme(site, pages, folder)
    with sync_playwright() as playwright, served(site) as home, served(large) as large_home, served(default) as other:
        browser = playwright.chromium.launch(executable_path=chromium, args=BROWSER_FLAGS)
        for name, address in pages.items():
            there = "/" if name == "home" else f"/{name}/"
            for look, place in (("ours", home + address), ("default", other + there)):
                # A new context for each page, since other open tabs would slow it down.
                with browser.new_context(viewport={"width": NARROW, "height": 800}) as context:
                    print(f"{name:<8} {look:<8} {_first_view(context.new_page(), place)}")
        page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
        print(f"search   ours     {_first_answer(page, large_home)}")
        browser.close()


def _first_view(page: Page, address: str) -> str:
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW_4G)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER_PROCESSOR})
    received, requests = [], []
    session.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    session.on("Network.requestWillBeSent", lambda event: requests.append(event["request"]["url"]))
    page.add_init_script(f"({LISTEN})()")
    page.goto(address, wait_until="networkidle")
    timings = page.evaluate("timings")
    return (f"{len(requests)} requests, {sum(received) / 1000:5.1f} kB, largest paint {timings['lcp']:4.0f} ms, "
            f"blocked {timings['blocked']:3.0f} ms (slow 4G)")


def _first_answer(page: Page, home: str) -> str:
    page.goto(home + "/about/", wait_until="networkidle")
    _Gzipped.sent.clear()
    page.get_by_role("searchbox").focus()
    page.wait_for_load_state("networkidle")
    page.keyboard.type("promis")
    page.locator("[data-results-list] > li").first.wait_for()
    sent = sum(_Gzipped.sent)
    page.get_by_role("searchbox").fill("")
    start = time.perf_counter()
    page.keyboard.type("n")
    page.locator("[data-results-list] > li").first.wait_for()
    waited = 1000 * (time.perf_counter() - start)
    return f"{sent / 1000:5.1f} kB before the first result, which came {waited:.0f} ms after a key"
