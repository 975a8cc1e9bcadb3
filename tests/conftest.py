"""Builds the sites once for all tests, serves them from this machine alone, and opens them in a browser."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, Page, Playwright, Route

from macros.publish import planned_files
from macros.register import Register, read
from macros.site.build import build

settings.register_profile("board", deadline=None)
settings.load_profile("board")  # no test may depend on the speed of the machine

ROOT = Path(__file__).parent.parent
TODAY = date(2026, 11, 24)
AREAS = {"real": ROOT, "exampleshire": ROOT / "tests/areas/exampleshire"}
DAYS = {name: max(TODAY, read(area, date(2100, 1, 1))[0].published_until) for name, area in AREAS.items()}
"""The day on which each area's site is built: the newest in its records where that is later, so that what an officer
adds to the real area next year passes too."""

BUILT = "BOARD_TEST_SITES"
NARROW, WIDE = 360, 1280

BROWSER_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                 "--disable-component-update", "--disable-sync"]


def published(register: Register) -> dict[str, bytes]:
    """Return every file that a site publishes for machines, made, by its path."""
    return {file.path: file.render() for file in planned_files(register)}


def pytest_configure(config: pytest.Config) -> None:
    """Build both areas before the first test: once, also where several workers run the tests."""
    if hasattr(config, "workerinput") or config.option.collectonly:
        return
    folder = Path(tempfile.mkdtemp(prefix="board-sites-"))
    config.add_cleanup(functools.partial(shutil.rmtree, folder, ignore_errors=True))
    for name, area in AREAS.items():
        if build(area, folder / name, DAYS[name], "mkdocs"):
            pytest.exit(f"the site of {area} does not build", returncode=1)
    os.environ[BUILT] = str(folder)


@pytest.fixture(scope="session")
def sites() -> dict[str, Path]:
    """The folders of the built sites by the names of their areas."""
    return {name: Path(os.environ[BUILT]) / name for name in AREAS}


@pytest.fixture(scope="session")
def site(sites: dict[str, Path]) -> Path:
    """The built site of the fictional area, which has an example of everything."""
    return sites["exampleshire"]


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        pass

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / "404.html"
        if code != 404 or not page.is_file():
            return super().send_error(code, message, explain)
        body = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        return None


class _Server(http.server.ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        # A page that is left while it loads closes its connections: nothing is wrong then.
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


@pytest.fixture(scope="session")
def served(sites: dict[str, Path]) -> Iterator[dict[str, str]]:
    """The addresses at which the sites are served, by the names of their areas, without a slash at the end."""
    servers = {}
    for name, folder in sites.items():
        handler = functools.partial(_Quiet, directory=str(folder))
        servers[name] = _Server(("127.0.0.1", 0), handler)
        threading.Thread(target=servers[name].serve_forever, daemon=True).start()
    yield {name: f"http://127.0.0.1:{server.server_port}" for name, server in servers.items()}
    for server in servers.values():
        server.shutdown()


@pytest.fixture(scope="session")
def chromium_path() -> str:
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if not path:
        pytest.exit("No Chromium or Chrome is installed: run `make test`, which sees to it", returncode=1)
    return path


@pytest.fixture(scope="session")
def browser(playwright: Playwright, chromium_path: str) -> Iterator[Browser]:
    """Debian's Chromium, or another that is installed; pytest-playwright would look for one of its own."""
    browser = playwright.chromium.launch(executable_path=chromium_path, args=BROWSER_FLAGS)
    yield browser
    browser.close()


@pytest.fixture
def open_page(browser: Browser, served: dict[str, str]) -> Iterator[object]:
    """A function that opens an address of an area's site; a request to any other host fails the test."""
    contexts, outside = [], []

    def open_page(address: str, *, area: str = "exampleshire", width: int = WIDE, **options: object) -> Page:
        # Without motion nothing is looked at halfway through a transition.
        settings = {"viewport": {"width": width, "height": 800}, "reduced_motion": "reduce"} | options
        context = browser.new_context(base_url=served[area], **settings)
        contexts.append(context)

        def guard(route: Route) -> None:
            if route.request.url.startswith((served[area], "data:", "blob:")):
                route.continue_()
            else:
                outside.append(route.request.url)
                route.abort()

        context.route("**/*", guard)
        page = context.new_page()
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not outside, f"the page asked another host: {outside}"
