"""Builds that are cut short: whatever happens, the last good site is whole, and the next build is right."""

from __future__ import annotations

import hashlib
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from macros.__main__ import main
from tests.conftest import ROOT
from tests.thorough import ALL, sample

KILLS = 20 if ALL else 5

Digests = dict[str, str]


def digests(folder: Path) -> Digests:
    return {file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
            for file in sorted(folder.rglob("*")) if file.is_file()}


@pytest.fixture(scope="module")
def area(tmp_path_factory) -> Path:
    """A small area of its own."""
    folder = Path(shutil.copytree(ROOT / "tests/areas/small", tmp_path_factory.mktemp("kill") / "area"))
    (folder / "mkdocs.yml").write_text(
        f"INHERIT: {ROOT / 'mkdocs.yml'}\ntheme: {{custom_dir: {ROOT / 'overrides'}}}\nwatch: []\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def whole(area, tmp_path_factory) -> Path:
    """A good site of the area, to be copied: nothing may change in it."""
    site = tmp_path_factory.mktemp("whole") / "site"
    assert main(["build", "--area", str(area), "--out", str(site), "--today", "2026-11-24"]) == 0
    return site


@pytest.fixture
def out(whole, tmp_path) -> Path:
    """The folder of a last good site, of the day before."""
    return Path(shutil.copytree(whole, tmp_path / "site"))


def command(area: Path, out: Path, day: str = "2026-11-25") -> list[str]:
    return [sys.executable, "-m", "macros", "build", "--area", str(area), "--out", str(out), "--today", day]


def start(area: Path, out: Path, **more: object) -> subprocess.Popen[str]:
    return subprocess.Popen(command(area, out), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=ROOT,
                            start_new_session=True, **more)


def reach(build: subprocess.Popen[str], out: Path, moment: int) -> bool:
    """Wait until the build beside `out` has written that many files; False where it has ended before."""
    while sum(1 + sum(len(files) for _, _, files in os.walk(folder))
              for folder in out.parent.glob(f".{out.name}.*")) < moment:
        try:
            build.wait(timeout=0.005)
        except subprocess.TimeoutExpired:
            continue
        return False
    return build.poll() is None


def is_day(site: Path, day: str) -> bool:
    return day in (site / "actions/index.html").read_text(encoding="utf-8")


def test_a_build_that_is_killed_at_any_moment_leaves_the_last_good_site_whole(area, whole, tmp_path):
    """Many moments, from the first folder that a build makes to the last file; each build finds what the killed one
    before it has left."""
    out = Path(shutil.copytree(whole, tmp_path / "site"))
    before = digests(out)
    chance = random.Random(6)
    killed = 0
    for moment in sorted(chance.sample(range(1, len(before)), KILLS)):
        build = start(area, out)
        if reach(build, out, moment):
            os.killpg(build.pid, signal.SIGKILL)
            killed += 1
        build.communicate()
        assert (out / "index.html").is_file()
        if is_day(out, "24 November 2026"):
            assert digests(out) == before, f"killed when {moment} files were written"
        else:  # the moment came after the exchange
            before = digests(out)
    assert killed >= KILLS * 3 // 4, "most builds were still under way"
    assert main(["build", "--area", str(area), "--out", str(out), "--today", "2026-11-24"]) == 0
    assert digests(out) == digests(whole), "the next build is right"
    assert [path.name for path in tmp_path.iterdir()] == ["site"], "and takes away what was left"


EXCHANGES = {"exchange": "", "no exchange": "macros.site.atomic_publish._swap = lambda one, other: False\n"}


@pytest.mark.parametrize("system", EXCHANGES)
@pytest.mark.parametrize("call", sample(range(1, 4), 1))
def test_a_build_that_is_killed_while_it_changes_the_folders_loses_no_site(system, call, area, whole, out):
    """Killed before each step of the change; where folders cannot be exchanged, the next build puts it right."""
    script = (
        "import os, pathlib, signal, sys\n"
        "import macros.site.atomic_publish\n"
        "from macros.__main__ import main\n"
        f"{EXCHANGES[system]}"
        "left = [int(sys.argv[1])]\n"
        "def stopping(step):\n"
        "    def run(*arguments, **named):\n"
        "        left[0] -= 1\n"
        "        if not left[0]: os.kill(os.getpid(), signal.SIGKILL)\n"
        "        return step(*arguments, **named)\n"
        "    return run\n"
        "macros.site.atomic_publish._swap = stopping(macros.site.atomic_publish._swap)\n"
        "pathlib.Path.rename = stopping(pathlib.Path.rename)\n"
        "sys.exit(main(sys.argv[2:]))\n")
    done = subprocess.run([sys.executable, "-c", script, str(call), *command(area, out)[3:]], cwd=ROOT, check=False,
                          capture_output=True)
    was_killed = done.returncode == -signal.SIGKILL
    assert was_killed == (call <= (1 if system == "exchange" else 3)), done.stderr
    if system == "exchange":
        assert digests(out) == digests(whole) if was_killed else is_day(out, "25 November 2026")
    bad = area.parent / "bad"
    shutil.copytree(area, bad, dirs_exist_ok=True)
    (bad / "data/area.yml").write_text("name: [", encoding="utf-8")
    assert main(["build", "--area", str(bad), "--out", str(out), "--today", "2026-11-26"]) == 1
    assert is_day(out, "24 November 2026" if was_killed else "25 November 2026"), "a build that fails puts it right too"
    assert [path.name for path in out.parent.iterdir()] == ["site"]


def test_a_full_disk_leaves_the_last_good_site_and_is_said_in_a_line(area, whole, out):
    """A limit on the size of files stands for the disk: the stylesheet is larger."""
    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    before = digests(out)
    build = start(area, out, preexec_fn=limit)
    said, _ = build.communicate()
    assert build.returncode == 1
    assert "Traceback" not in said and "The last good site is still in" in said, said
    assert digests(out) == before
    assert [path.name for path in out.parent.iterdir()] == ["site"]


def test_a_folder_that_cannot_be_written_in_is_said_in_a_line(area, tmp_path, capsys):
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert main(["build", "--area", str(area), "--out", str(tmp_path / "file/site"), "--today", "2026-11-24"]) == 1
    assert capsys.readouterr().out.startswith("The site cannot be built here. ")


def test_two_builds_at_once_into_one_folder_wait_for_each_other(area, out):
    builds = [start(area, out) for _ in range(2)]
    said = [build.communicate()[0] for build in builds]
    assert [build.returncode for build in builds] == [0, 0], said
    assert sum("Another build" in words for words in said) == 1
    assert is_day(out, "25 November 2026")
    assert [path.name for path in out.parent.iterdir()] == ["site"]


def test_a_file_that_is_saved_during_a_build_is_in_the_site_or_the_build_says_so(area, out, tmp_path):
    mine = Path(shutil.copytree(area, tmp_path / "mine"))
    build = start(mine, out)
    assert reach(build, out, 20)
    page = mine / "docs/about.md"
    page.write_text(page.read_text(encoding="utf-8") + "\nWritten a moment ago.\n", encoding="utf-8")
    said, _ = build.communicate()
    assert build.returncode == 0, said
    assert "Files changed while the site was built, so it is built again." in said
    assert "Written a moment ago." in (out / "about/index.html").read_text(encoding="utf-8")


def test_a_bad_file_that_is_saved_during_a_build_is_never_published(area, whole, out, tmp_path):
    mine = Path(shutil.copytree(area, tmp_path / "mine"))
    before = digests(out)
    build = start(mine, out)
    assert reach(build, out, 20)
    (mine / "docs/about.md").write_text("# About\n\n<script>alert(1)</script>\n", encoding="utf-8")
    said, _ = build.communicate()
    assert build.returncode == 1 and "docs/about.md:3: error[raw-html]" in said, said
    assert digests(out) == before
