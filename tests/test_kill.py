"""Builds that are cut short: whatever happens, the last good site is whole, and the next build is right."""

from __future__ import annotations

import hashlib
import os
import random
import resource
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path

import pytest

from macros.__main__ import main
from macros.site import atomic_publish
from tests.conftest import ROOT
from tests.thorough import ALL, sample

KILLS = 20 if ALL else 3

Digests = dict[str, str]


def digests(folder: Path) -> Digests:
    return {file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
            for file in sorted(folder.rglob("*")) if file.is_file()}


@pytest.fixture(scope="module")
def area(tmp_path_factory) -> Path:
    """A small area of its own."""
    return Path(shutil.copytree(ROOT / "tests/areas/small", tmp_path_factory.mktemp("kill") / "area"))


@pytest.fixture
def out(small_site, tmp_path) -> Path:
    """The folder of a last good site, of the day before."""
    return Path(shutil.copytree(small_site, tmp_path / "site"))


class Build:
    """`board build`, in a process that is forked from this one. With all that it starts, it is a group of its own."""

    def __init__(self, area: Path, out: Path, before: Callable[[], None] = lambda: None) -> None:
        """`before` is called in the process, before the command."""
        self._out, self._left = out, set(out.parent.iterdir())
        self._output = tempfile.TemporaryFile("w+")  # noqa: SIM115
        self._process = get_context("fork").Process(target=self._run, args=(area, out, before))
        self._process.start()
        os.setpgid(self._process.pid, self._process.pid)  # both do so, since either may be the first

    def _run(self, area: Path, out: Path, before: Callable[[], None]) -> None:
        os.setpgid(0, 0)
        sys.stdout = sys.stderr = self._output
        before()
        sys.exit(main(["build", "--area", str(area), "--out", str(out), "--today", "2026-11-25"]))

    def reaches(self, moment: int) -> bool:
        """Wait until it has written that many files; False where it has ended before."""
        while sum(1 + sum(len(files) for _, _, files in os.walk(folder))
                  for folder in set(self._out.parent.glob(f".{self._out.name}.*")) - self._left) < moment:
            self._process.join(0.02)
            if not self._process.is_alive():
                return False
        return self._process.is_alive()

    def kill(self) -> None:
        os.killpg(self._process.pid, signal.SIGKILL)

    def end(self) -> tuple[int, str]:
        """Wait until it has ended; return its exit code and what it printed."""
        self._process.join()
        with self._output:
            self._output.seek(0)
            return self._process.exitcode, self._output.read()


def is_day(site: Path, day: str) -> bool:
    return day in (site / "actions/index.html").read_text(encoding="utf-8")


def test_a_build_that_is_killed_at_any_moment_leaves_the_last_good_site_whole(area, small_site, tmp_path):
    """Many moments, from the first folder that a build makes; each build finds what the killed one
    before it has left."""
    out = Path(shutil.copytree(small_site, tmp_path / "site"))
    before = digests(out)
    chance = random.Random(6)
    killed = 0
    # Not the last ones: on a busy machine the build would have ended before it is killed.
    for moment in sorted(chance.sample(range(1, len(before) * 3 // 4), KILLS)):
        build = Build(area, out)
        if build.reaches(moment):
            build.kill()
            killed += 1
        build.end()
        assert (out / "index.html").is_file()
        if is_day(out, "24 November 2026"):
            assert digests(out) == before, f"killed when {moment} files were written"
        else:  # the moment came after the exchange
            before = digests(out)
    assert killed >= KILLS * 3 // 4, "most builds were still under way"
    assert main(["build", "--area", str(area), "--out", str(out), "--today", "2026-11-24"]) == 0
    assert digests(out) == digests(small_site), "the next build is right"
    assert [path.name for path in tmp_path.iterdir()] == ["site"], "and takes away what was left"


@pytest.mark.parametrize("system", ["exchange", "no exchange"])
@pytest.mark.parametrize("call", sample(range(1, 4), 1))
def test_a_build_that_is_killed_while_it_changes_the_folders_loses_no_site(system, call, area, small_site, out):
    """Killed before each step of the change; where folders cannot be exchanged, the next build puts it right."""
    def before() -> None:
        if system == "no exchange":
            atomic_publish._swap = lambda one, other: False
        atomic_publish._swap = stopping(atomic_publish._swap)
        Path.rename = stopping(Path.rename)

    def stopping(step: Callable[..., object]) -> Callable[..., object]:
        def run(*arguments: object) -> object:
            steps.append(step)
            if len(steps) == call:
                os.kill(os.getpid(), signal.SIGKILL)
            return step(*arguments)
        return run

    steps: list[Callable[..., object]] = []
    code, said = Build(area, out, before).end()
    was_killed = code == -signal.SIGKILL
    assert was_killed == (call <= (1 if system == "exchange" else 3)), said
    if system == "exchange":
        assert digests(out) == digests(small_site) if was_killed else is_day(out, "25 November 2026")
    bad = area.parent / "bad"
    shutil.copytree(area, bad, dirs_exist_ok=True)
    (bad / "data/area.yml").write_text("name: [", encoding="utf-8")
    assert main(["build", "--area", str(bad), "--out", str(out), "--today", "2026-11-26"]) == 1
    assert is_day(out, "24 November 2026" if was_killed else "25 November 2026"), "a build that fails puts it right too"
    assert [path.name for path in out.parent.iterdir()] == ["site"]


def test_a_full_disk_leaves_the_last_good_site_and_is_said_in_a_line(area, small_site, out):
    """A limit on the size of files stands for the disk: the stylesheet is larger."""
    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    before = digests(out)
    code, said = Build(area, out, limit).end()
    assert code == 1
    assert "Traceback" not in said and "The last good site is still in" in said, said
    assert digests(out) == before
    assert [path.name for path in out.parent.iterdir()] == ["site"]


def test_a_folder_that_cannot_be_written_in_is_said_in_a_line(area, tmp_path, capsys):
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert main(["build", "--area", str(area), "--out", str(tmp_path / "file/site"), "--today", "2026-11-24"]) == 1
    assert capsys.readouterr().out.startswith("The site cannot be built here. ")


def test_two_builds_at_once_into_one_folder_wait_for_each_other(area, out):
    builds = [Build(area, out) for _ in range(2)]
    ended = [build.end() for build in builds]
    assert [code for code, _ in ended] == [0, 0], ended
    assert sum("Another build" in said for _, said in ended) == 1
    assert is_day(out, "25 November 2026")
    assert [path.name for path in out.parent.iterdir()] == ["site"]


def test_a_file_that_is_saved_during_a_build_is_in_the_site_or_the_build_says_so(area, out, tmp_path):
    mine = Path(shutil.copytree(area, tmp_path / "mine"))
    build = Build(mine, out)
    assert build.reaches(20)
    page = mine / "docs/about.md"
    page.write_text(page.read_text(encoding="utf-8") + "\nWritten a moment ago.\n", encoding="utf-8")
    code, said = build.end()
    assert code == 0, said
    assert "Files changed while the site was built, so it is built again." in said
    assert "Written a moment ago." in (out / "about/index.html").read_text(encoding="utf-8")


def test_a_bad_file_that_is_saved_during_a_build_is_never_published(area, small_site, out, tmp_path):
    mine = Path(shutil.copytree(area, tmp_path / "mine"))
    before = digests(out)
    build = Build(mine, out)
    assert build.reaches(20)
    (mine / "docs/about.md").write_text("# About\n\n<script>alert(1)</script>\n", encoding="utf-8")
    code, said = build.end()
    assert code == 1 and "docs/about.md:3: error[raw-html]" in said, said
    assert digests(out) == before
