"""The preview that builds again while someone edits."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import get_context
from pathlib import Path

import pytest
from mkdocs.__main__ import cli as mkdocs

from macros.__main__ import main as board
from tests.conftest import ROOT
from tests.thorough import sample

LIMIT = 120
"""After how many seconds a test gives up on the preview. All of them need a few."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def area(tmp_path) -> Path:
    """A small area of its own."""
    folder = Path(shutil.copytree(ROOT / "tests/areas/small", tmp_path / "area"))
    (folder / "mkdocs.yml").write_text(
        f"INHERIT: {ROOT / 'mkdocs.yml'}\ntheme: {{custom_dir: {ROOT / 'overrides'}}}\nwatch: [data]\n",
        encoding="utf-8")
    return folder


BOARD = (board, "serve", "--today", "2026-11-24", "--port")
MKDOCS = (mkdocs, "serve", "--dev-addr")


class Preview:
    """A preview of an area in a process that is forked from this one: a new Python takes a second to load it. With all
    that it starts, it is a session of its own."""

    def __init__(self, area: Path, port: int, command: tuple[Callable[..., object] | str, ...] = BOARD, *,
                 interrupts: signal.Handlers = signal.default_int_handler, **environment: str) -> None:
        """`interrupts` is what it does when it is interrupted: a script has it ignored by what runs in the background.
        """
        run, *arguments = command
        reading, writing = os.pipe()
        self._process = get_context("fork").Process(target=self._run, args=(
            area, (reading, writing), interrupts, environment, run,
            [*arguments, str(port) if command == BOARD else f"localhost:{port}"]))
        self._process.start()
        os.close(writing)
        self.output = os.fdopen(reading, encoding="utf-8")
        self.number = self._process.pid

    def _run(self, area: Path, pipe: tuple[int, int], interrupts: signal.Handlers, environment: dict[str, str],
             run: Callable[..., int], arguments: list[str]) -> None:
        os.setsid()
        os.dup2(pipe[1], 1)
        os.dup2(pipe[1], 2)
        for end in pipe:
            os.close(end)
        sys.stdout = sys.stderr = os.fdopen(1, "w", buffering=1, encoding="utf-8", closefd=False)
        signal.signal(signal.SIGINT, interrupts)
        os.chdir(area)
        os.environ |= {"NO_MKDOCS_2_WARNING": "1"} | environment
        tempfile.tempdir = None  # it is read from the environment again
        sys.exit(run(arguments))

    def send(self, ending: signal.Signals) -> None:
        os.kill(self.number, ending)

    def end(self) -> tuple[int, str]:
        """Wait until it has ended; return its exit code and what it has not yet been asked to say."""
        limit = threading.Timer(LIMIT, self._process.kill)
        limit.start()
        with self.output:
            said = self.output.read()
        self._process.join()
        limit.cancel()
        return self._process.exitcode, said

    def is_over(self) -> bool:
        return not self._process.is_alive()

    def processes(self) -> list[int]:
        """Return the numbers of the processes that it began, and of itself, while they run."""
        found = []
        for process in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):  # it has ended meanwhile
                if os.getsid(int(process.name)) == self.number:
                    found.append(int(process.name))
        return found


def preview(area: Path, port: int, command: tuple[Callable[..., object] | str, ...] = BOARD, *,
            says: tuple[str, ...] = (), **more: object) -> Preview:
    """Begin to preview an area, and return when it is served and has said all of `says`, in whatever order."""
    server = Preview(area, port, command, **more)
    wait_for(server, "Serving on", *says)
    return server


def page(port: int, path: str) -> str:
    with urllib.request.urlopen(f"http://localhost:{port}/{path}", timeout=LIMIT) as answer:
        return answer.read().decode()


def change(server: Preview, file: Path, text: str, *says: str) -> None:
    """Write a file, and return when the preview has said in this order what it should, and shows what came of it."""
    file.write_text(text, encoding="utf-8")
    for words in (*says, "Reloading browsers"):
        wait_for(server, words)


def test_a_preview_shows_each_change_names_what_is_wrong_and_goes_on_until_it_is_killed(area, tmp_path):
    """One preview for all of it, since each takes seconds to start."""
    # A template may put two harmless texts side by side that together are a number.
    shutil.copytree(ROOT / "overrides", area / "theme")
    footer = area / "theme/partials/footer.html"
    footer.write_text(footer.read_text(encoding="utf-8") + "<p>999 215 8107</p>", encoding="utf-8")
    (area / "mkdocs.yml").write_text(f"INHERIT: {ROOT / 'mkdocs.yml'}\ntheme: {{custom_dir: {area / 'theme'}}}\n"
                                     "watch: [data]\n", encoding="utf-8")
    scratch, port = tmp_path / "scratch", free_port()
    scratch.mkdir()
    server = preview(area, port, TMPDIR=str(scratch))
    try:
        line = wait_for(server, "error[personal-data] NHS number")
        assert "8107" not in line, "what only the built pages hold is named, and not repeated"
        assert "<feed" in page(port, "feeds/blog.atom.xml")
        assert "Smallshire" in page(port, "api/v1/index.json")
        found, end = "", time.monotonic() + LIMIT
        while not found:  # the index is made in the background
            assert time.monotonic() < end
            with suppress(urllib.error.HTTPError):
                found = page(port, "search/0.json")
            assert not server.is_over()
        action = sorted((area / "data/actions").glob("*.yml"))[0]
        before = action.read_text(encoding="utf-8")
        change(server, action, before.replace("title: ", "title: Seen at once, ", 1))
        assert "Seen at once, " in page(port, f"actions/{action.stem[:5]}/")
        change(server, action, before + "colour: red\n", "unknown-key", "An error happened during the rebuild")
        with pytest.raises(urllib.error.HTTPError) as answered:
            page(port, "actions/")
        assert "unknown-key" in answered.value.read().decode() and answered.value.headers["Refresh"]
        change(server, action, before.replace("title: ", "title: Put right now, ", 1))
        assert "Put right now, " in page(port, f"actions/{action.stem[:5]}/")
    finally:
        server.send(signal.SIGKILL)  # as by kill -9: it cannot tidy up
        server.end()
    assert not server.processes(), "nothing goes on"
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port))


def test_a_broken_template_in_the_preview_is_named(area):
    (area / "overrides/pages").mkdir(parents=True)
    (area / "overrides/pages/action.html").write_text("{{ no_such_name }}", encoding="utf-8")
    # The pages are built in the background, so it may be named before the site is served.
    server = preview(area, free_port(), says=("pages/action.html, line 1",))
    server.send(signal.SIGTERM)
    server.end()


@pytest.mark.parametrize(("command", "ending", "interrupts"), sample([
    (BOARD, signal.SIGINT, signal.default_int_handler), (BOARD, signal.SIGHUP, signal.default_int_handler),
    (MKDOCS, signal.SIGTERM, signal.default_int_handler), (MKDOCS, signal.SIGINT, signal.default_int_handler),
    (MKDOCS, signal.SIGHUP, signal.default_int_handler),
    (BOARD, signal.SIGTERM, signal.SIG_IGN), (BOARD, signal.SIGTERM, signal.default_int_handler),
    (MKDOCS, signal.SIGTERM, signal.SIG_IGN)], 3))
def test_a_preview_that_is_ended_leaves_nothing_behind(area, tmp_path, ending, interrupts, command):
    """As by Ctrl+C, by `kill`, by a window that is closed, and by `kill` in a script that runs `board serve &`."""
    scratch, port = tmp_path / "scratch", free_port()
    scratch.mkdir()
    server = preview(area, port, command, interrupts=interrupts, TMPDIR=str(scratch))
    assert list(scratch.iterdir())
    assert page(port, ""), "the server's thread runs: MkDocs cannot end one that has not quite begun"
    assert server.processes()
    server.send(ending)
    server.end()
    assert not list(scratch.iterdir())
    assert not server.processes(), "nothing goes on"
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port))


def wait_for(server: Preview, *words: str) -> str:
    """Read the server's output until it has said all of `words`, and return the last of those lines."""
    said, missing = [], set(words)
    limit = threading.Timer(LIMIT, server.send, [signal.SIGKILL])
    limit.start()
    try:
        for line in server.output:
            said.append(line)
            missing -= {part for part in missing if part in line}
            if not missing:
                return line
    finally:
        limit.cancel()
    raise AssertionError("".join(said))


def test_a_port_that_is_taken_is_said_in_one_line(area):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        code, said = Preview(area, port).end()
    assert code == 1 and f"The port {port} is in use" in said and "Traceback" not in said


def test_a_build_loads_no_program_from_the_area(area, tmp_path):
    (area / "yaml.py").write_text("raise SystemExit('it ran')", encoding="utf-8")
    done = subprocess.run([sys.executable, "-P", "-m", "macros", "build", "--out", str(tmp_path / "site"), "--today",
                           "2026-11-24"], cwd=area, capture_output=True, text=True, check=False,
                          env=os.environ | {"PYTHONPATH": str(ROOT)}, timeout=LIMIT)
    assert done.returncode == 0 and (tmp_path / "site/index.html").is_file(), done.stdout + done.stderr
