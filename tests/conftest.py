"""Fixtures: the built sites of both areas, a local server for them, and pages in a browser."""

from __future__ import annotations

import fcntl
import functools
import gc
import http.server
import os
import shutil
import sys
import tempfile
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import Error as PlaywrightError

if TYPE_CHECKING:
    from macros.register import Register

settings.register_profile("board", deadline=None)
settings.load_profile("board")  # no test may depend on the speed of the machine

# jsonschema would load a grammar of international addresses for two seconds, and no schema here has such an address.
sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]

ROOT = Path(__file__).parent.parent
TODAY = date(2026, 11, 24)
AREAS = {"real": ROOT, "exampleshire": ROOT / "tests/areas/exampleshire"}
SITES_FOLDER = "BOARD_TEST_SITES"
"""The environment variable that tells xdist's workers where the built sites are."""

PART = "TEST_PART"
"""The environment variable that names the part of the tests to run."""

NARROW, WIDE = 360, 1280

BROWSER_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                 "--disable-component-update", "--disable-sync",
                 # No other host has an address, so nothing leaves this machine, whatever a page asks for.
                 "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]

WITHOUT_ADDRESS_BAR = "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup"
"""What Chromium shows below its address bar are two pages with scripts, in each window, also of a browser that nobody
sees. Without them a window takes half the processor time."""


class _Days(dict[str, date]):
    def __missing__(self, name: str) -> date:
        from macros.register import read

        self[name] = max(TODAY, read(AREAS[name], date(2100, 1, 1))[0].latest_publication)
        return self[name]


DAYS = _Days()
"""The day on which each area's site is built, read from its records on first use: today in the tests, or the newest
date in the records where that is later, so that the tests still pass with what an officer adds next year."""


@functools.cache
def checked(name: str, day: date | None = None) -> Register:
    """Return the records of an area of this repository on a day, or on that of its site. They pass the checks."""
    from macros.checks import check

    if day is None:
        return checked(name, DAYS[name])
    register, problems = check(AREAS[name], day)
    assert not [problem for problem in problems if problem.level == "error"], problems
    return register


def published(register: Register, beginning: str = "") -> dict[str, bytes]:
    """Return the content of the machine-readable files of a site whose paths have a beginning, by path."""
    from macros.publish.formats import planned_files

    return {file.path: file.render() for file in planned_files(register) if file.path.startswith(beginning)}


IN_MEMORY = Path("/dev/shm")
"""The folder whose files are in memory, on Linux."""


def pytest_configure(config: pytest.Config) -> None:
    """Make the folder of this run, once for all workers: for the built sites and for temporary files, also of programs
    that a test kills. It is removed after the run. What failed tests have written stays, where pytest keeps it."""
    if not hasattr(config, "workerinput"):
        in_memory = "TMPDIR" not in os.environ and IN_MEMORY.is_dir() and shutil.disk_usage(IN_MEMORY).free > 1 << 30
        # The tests write and delete some hundred thousand small files. In memory that takes a tenth less time.
        root = str(IN_MEMORY) if in_memory else tempfile.gettempdir()
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", root)
        folder = Path(tempfile.mkdtemp(prefix="board-tests-", dir=root))
        config.add_cleanup(functools.partial(shutil.rmtree, folder, ignore_errors=True))
        os.environ["TMPDIR"] = tempfile.tempdir = str(folder)
        os.environ[SITES_FOLDER] = str(folder)
        # Builds of the tests keep what they compile, as they do for everybody else.
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        # After each commit git would start another program, to see whether there is something to tidy up, and into each
        # new repository it would copy its templates of hooks.
        os.environ |= {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "maintenance.auto", "GIT_CONFIG_VALUE_0": "false",
                       "GIT_TEMPLATE_DIR": ""}


def pytest_collection_finish() -> None:
    """Leave what has been loaded out of each collection of garbage, as builds do: that takes a twentieth of the time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep one part of the tests, such as 2/4, where the environment asks for it. tests.yml runs them side by side.

    Every fourth test goes to the same part: costly tests are often neighbours, and this spreads them over all parts.
    """
    number, parts = map(int, os.environ.get(PART, "1/1").split("/"))
    config.hook.pytest_deselected(items=[item for place, item in enumerate(items) if place % parts != number - 1])
    items[:] = items[number - 1::parts]


@functools.cache
def built(name: str) -> Path:
    """Return the built site of an area."""
    def make(site: Path) -> None:
        from macros.site.build import build_site

        # In this process, as no command does: what it loads and compiles, later builds need not, which are forked.
        if build_site(AREAS[name], site, DAYS[name], "mkdocs"):
            raise RuntimeError(f"the site of {AREAS[name]} does not build; its output says why")

    return made_once(name, make)


def made_once(name: str, make: Callable[[Path], None]) -> Path:
    """Return a folder that is made by the first test that asks for it; other workers wait on a lock."""
    folder = Path(os.environ[SITES_FOLDER]) / name
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            make(folder.with_suffix(".new"))
            folder.with_suffix(".new").rename(folder)
    return folder


def pages_of(site: Path) -> list[Path]:
    """Return the pages of a site, other than those that are shown in a frame on another one."""
    return [page for page in sorted(site.rglob("index.html")) if page.relative_to(site).parts[0] != "embed"]


@pytest.fixture(scope="session")
def sites() -> dict[str, Path]:
    """The folders of both built sites, by area. Of two workers, each begins with another one."""
    first = -1 if os.environ.get("PYTEST_XDIST_WORKER") == "gw1" else 1
    return {name: built(name) for name in [*AREAS][::first]}


@pytest.fixture(scope="session")
def site() -> Path:
    """The built site of the fictional area, which has an example of everything."""
    return built("exampleshire")


@pytest.fixture(scope="session")
def small_site() -> Path:
    """The site of the small area on 24 November 2026, as the command builds it, to be copied: nothing may change in it.
    """
    def make(site: Path) -> None:
        from macros.__main__ import main

        assert main(["build", "--area", str(ROOT / "tests/areas/small"), "--out", str(site), "--today",
                     "2026-11-24"]) == 0

    return made_once("small", make)


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        pass

    def list_directory(self, path: object) -> None:
        self.send_error(404)  # as on a host

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
        # A browser that leaves a page while it loads closes its connections. That is not a fault.
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


@pytest.fixture(scope="session")
def served(sites: dict[str, Path]) -> Iterator[dict[str, str]]:
    """The base addresses of the served sites, by area, without a trailing slash."""
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
    """The path of an installed Chromium or Chrome."""
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if not path:
        pytest.exit("No Chromium or Chrome is installed: run `make test`, which installs one", returncode=1)
    return path


@pytest.fixture(scope="session")
def browser(chromium_path: str) -> Iterator[Browser]:
    """The installed Chromium. Without a parameter: pytest would run all tests with it first, and build twice what a
    module needs for these and others."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=[*BROWSER_FLAGS, WITHOUT_ADDRESS_BAR])
        yield browser
        browser.close()


MEDIA = {"color_scheme": "light", "forced_colors": "none", "contrast": "no-preference",
         # Without motion no test looks at a page halfway through a transition.
         "reduced_motion": "reduce"}


class _Window:
    """A page in the browser that shares nothing with others, and a list of what it asked other hosts for."""

    def __init__(self, browser: Browser, address: str, day: date, **options: object) -> None:
        context = browser.new_context(base_url=address, **options)
        # A page that is too old says so. To the reader it is the day of the build, whenever the tests run.
        context.clock.set_fixed_time(day.isoformat())
        self.outside: list[str] = []
        context.on("request", lambda request: request.url.startswith((address, "data:", "blob:"))
                   or self.outside.append(request.url))
        self.page = context.new_page()
        self.now = self.page.evaluate("Date.now()")

    def leave(self) -> bool:
        """Empty the page, and return whether nothing else is left of it: then it is like new."""
        try:
            cookies, now = self.page.evaluate("""() => {
                document.documentElement.remove();
                localStorage.clear();
                sessionStorage.clear();
                return [document.cookie, Date.now()];
            }""")
            self.page.unroute_all()
        except PlaywrightError:
            return False  # such as a page that is closed
        return not cookies and now == self.now and not self.outside


@pytest.fixture(scope="session")
def idle_windows() -> defaultdict[str, list[_Window]]:
    """Windows that tests have left, by area and options. A new one takes longer than most pages take to open."""
    return defaultdict(list)


@pytest.fixture
def open_page(browser: Browser, served: dict[str, str], idle_windows: defaultdict[str, list[_Window]]
              ) -> Iterator[object]:
    """A function that opens a page of a site in the browser. A request to any other host fails the test.

    It may open in a window that an earlier test has left. A test that adds scripts or listeners to its page asks for a
    fresh one.
    """
    used: list[tuple[list[_Window] | None, _Window]] = []

    def open_page(address: str, *, area: str = "exampleshire", width: int = WIDE, fresh: bool = False,
                  **options: object) -> Page:
        media = {name: options.pop(name, usual) for name, usual in MEDIA.items()}
        idle = None if fresh else idle_windows[f"{area} {options}"]
        window = idle.pop() if idle else _Window(browser, served[area], DAYS[area], **options)
        used.append((idle, window))
        window.page.set_viewport_size({"width": width, "height": 800})
        window.page.emulate_media(**media)
        if "#" in address:
            window.page.goto("about:blank")  # so that the page loads, even if the window has shown it already
        window.page.goto(address)
        return window.page

    yield open_page
    for idle, window in used:
        if idle is not None and window.leave():
            idle.append(window)
        else:
            window.page.context.close()
    outside = [address for _, window in used for address in window.outside]
    assert not outside, f"the page asked another host: {outside}"


@pytest.fixture(scope="session")
def cloned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clean clone with the records of a small area, for steps of workflows that change none of its files."""
    from tests.workflow import clone

    return clone(tmp_path_factory.mktemp("workflow"), ROOT / "tests/areas/small")


@pytest.fixture
def workshop(cloned: Path) -> Iterator[Path]:
    """The same clone, for steps that change it. After the test it is as it was."""
    from tests.workflow import put_back

    yield cloned
    put_back(cloned)
