"""The preview that builds again while someone edits."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path

import pytest

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


BOARD = ("macros", "serve", "--today", "2026-11-24", "--port")
MKDOCS = ("mkdocs", "serve", "--dev-addr")


def preview(area: Path, port: int, command: tuple[str, ...] = BOARD, *, says: tuple[str, ...] = (),
            interrupts: signal.Handlers = signal.SIG_DFL, **more: str) -> subprocess.Popen[str]:
    """Begin to preview an area, and return when it is served and has said all of `says`, in whatever order.

    `interrupts` is what it inherits: a script ignores them for what it runs in the background.
    """
    server = subprocess.Popen(
        [sys.executable, "-u", "-m", *command, str(port) if command == BOARD else f"localhost:{port}"], cwd=area,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT), "NO_MKDOCS_2_WARNING": "1"} | more,
        preexec_fn=lambda: signal.signal(signal.SIGINT, interrupts))
    wait_for(server, "Serving on", *says)
    return server


def page(port: int, path: str) -> str:
    with urllib.request.urlopen(f"http://localhost:{port}/{path}", timeout=LIMIT) as answer:
        return answer.read().decode()


def change(server: subprocess.Popen[str], file: Path, text: str, *says: str) -> None:
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
            assert server.poll() is None
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
        server.kill()  # as by kill -9: it cannot tidy up
        server.communicate(timeout=LIMIT)
    assert not begun_with(str(scratch)), "nothing goes on"
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port))


def test_a_broken_template_in_the_preview_is_named(area):
    (area / "overrides/pages").mkdir(parents=True)
    (area / "overrides/pages/action.html").write_text("{{ no_such_name }}", encoding="utf-8")
    # The pages are built in the background, so it may be named before the site is served.
    server = preview(area, free_port(), says=("pages/action.html, line 1",))
    server.terminate()
    server.communicate(timeout=LIMIT)


@pytest.mark.parametrize(("command", "ending", "interrupts"), sample([
    (BOARD, signal.SIGINT, signal.SIG_DFL), (BOARD, signal.SIGHUP, signal.SIG_DFL),
    (MKDOCS, signal.SIGTERM, signal.SIG_DFL), (MKDOCS, signal.SIGINT, signal.SIG_DFL),
    (MKDOCS, signal.SIGHUP, signal.SIG_DFL),
    (BOARD, signal.SIGTERM, signal.SIG_IGN), (BOARD, signal.SIGTERM, signal.SIG_DFL),
    (MKDOCS, signal.SIGTERM, signal.SIG_IGN)], 3))
def test_a_preview_that_is_ended_leaves_nothing_behind(area, tmp_path, ending, interrupts, command):
    """As by Ctrl+C, by `kill`, by a window that is closed, and by `kill` in a script that runs `board serve &`."""
    scratch, port = tmp_path / "scratch", free_port()
    scratch.mkdir()
    server = preview(area, port, command, interrupts=interrupts, TMPDIR=str(scratch))
    assert list(scratch.iterdir())
    assert page(port, ""), "the server's thread runs: MkDocs cannot end one that has not quite begun"
    server.send_signal(ending)
    server.communicate(timeout=LIMIT)
    assert not list(scratch.iterdir())
    assert not begun_with(str(scratch)), "nothing goes on"
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port))


def begun_with(words: str) -> list[str]:
    """Return the numbers of the processes in whose environment some words stand."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it has ended meanwhile, or is another user's
            if words.encode() in (process / "environ").read_bytes():
                found.append(process.name)
    return found


def wait_for(server: subprocess.Popen[str], *words: str) -> str:
    """Read the server's output until it has said all of `words`, and return the last of those lines."""
    said, missing = [], set(words)
    limit = threading.Timer(LIMIT, server.kill)
    limit.start()
    try:
        for line in server.stdout:
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
        done = subprocess.run([sys.executable, "-m", *BOARD, str(port)], cwd=area, capture_output=True, text=True,
                              check=False, env=os.environ | {"PYTHONPATH": str(ROOT)}, timeout=LIMIT)
    assert done.returncode == 1 and f"The port {port} is in use" in done.stderr and "Traceback" not in done.stderr


def test_a_build_loads_no_program_from_the_area(area, tmp_path):
    (area / "yaml.py").write_text("raise SystemExit('it ran')", encoding="utf-8")
    done = subprocess.run([sys.executable, "-P", "-m", "macros", "build", "--out", str(tmp_path / "site"), "--today",
                           "2026-11-24"], cwd=area, capture_output=True, text=True, check=False,
                          env=os.environ | {"PYTHONPATH": str(ROOT)}, timeout=LIMIT)
    assert done.returncode == 0 and (tmp_path / "site/index.html").is_file(), done.stdout + done.stderr
