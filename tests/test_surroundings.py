"""Whatever the computer is like: a full disk, a folder that is not ours, an old terminal, private files, odd names."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

import pytest

from macros.__main__ import main
from macros.site.build import build, build_site
from tests.conftest import ROOT
from tests.pages import Pages, file
from tests.thorough import sample

TODAY = ("--today", "2026-11-24")
FAULTS = {"a full disk": (errno.ENOSPC, "Free some room on the disk"),
          "a disk that cannot be written": (errno.EROFS, "choose another folder"),
          "a folder of somebody else": (errno.EACCES, "Ask for the right to write there")}


@pytest.fixture
def area(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "tests/areas/small", tmp_path / "area"))


WRITING = {
    "update": ("update", "A-001", "--note", "The list grows.", "--source", "Notes", "https://smallshire.example/n"),
    "new": ("new", "feedback", "--title", "No reply", "--said", "Emails get no reply.", "--date", "2026-11",
            "--through", "forum", "--source", "Notes", "https://smallshire.example/n"),
    "correct": ("correct", "A-003", "--field", "title", "--now", "Answer every letter", "--reason", "A slip."),
    "take-down": ("take-down", "A-003", "--field", "detail", "--reason", "It named a person"),
}


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("command", WRITING)
def test_a_disk_that_takes_no_file_is_said_in_one_line_and_the_area_stays_as_it_was(command, fault, area, capsys,
                                                                                    monkeypatch):
    number, advice = FAULTS[fault]

    def refuse(**given: object) -> None:
        if str(area) in str(given.get("dir")):  # the trial copy is on another disk
            raise OSError(number, os.strerror(number), str(given["dir"]))
        return real(**given)

    real = tempfile.mkstemp
    monkeypatch.setattr(tempfile, "mkstemp", refuse)
    before = {file: file.read_bytes() for file in area.rglob("*") if file.is_file()}
    assert main([*WRITING[command], "--area", str(area), *TODAY]) == 2
    said = capsys.readouterr().err
    assert f"cannot be written: {os.strerror(number)}" in said and advice in said and said.count("\n") == 1
    assert {file: file.read_bytes() for file in area.rglob("*") if file.is_file()} == before


@pytest.mark.parametrize("fault", FAULTS)
def test_a_build_on_such_a_disk_says_so_and_keeps_the_last_good_site(fault, area, tmp_path, capsys, monkeypatch):
    number, advice = FAULTS[fault]
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text("The last good site", encoding="utf-8")

    def refuse(**_: object) -> None:
        raise OSError(number, os.strerror(number), str(tmp_path))

    monkeypatch.setattr(tempfile, "mkdtemp", refuse)
    assert build(area, site, date(2026, 11, 24), "mkdocs") == 1
    said = capsys.readouterr().out
    assert advice in said and f"The last good site is still in {site}." in said
    assert (site / "index.html").read_text(encoding="utf-8") == "The last good site"


def test_a_disk_that_fills_up_while_the_generator_runs_is_named(area, tmp_path, capsys, monkeypatch):
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(tmp_path / "site/index.html"))

    monkeypatch.setattr("mkdocs.utils.write_file", refuse)
    monkeypatch.chdir(ROOT)
    assert build_site(area, tmp_path / "site", date(2026, 11, 24), "mkdocs") == 1
    said = capsys.readouterr().err
    assert "index.html cannot be written: No space left on device" in said and "Traceback" not in said


def test_what_is_published_can_be_read_by_everyone(area, tmp_path):
    mask = os.umask(0o077)
    try:
        assert build(area, tmp_path / "site", date(2026, 11, 24), "mkdocs") == 0
    finally:
        os.umask(mask)
    found = [tmp_path / "site", *(tmp_path / "site").rglob("*")]
    assert len(found) > 100
    assert [path for path in found if not path.stat().st_mode & stat.S_IROTH
            or (path.is_dir() and not path.stat().st_mode & stat.S_IXOTH)] == []


ASCII = {"LANG": "C", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0", "PYTHONPATH": str(ROOT)}


@pytest.mark.parametrize("command", sample([["check"], ["check", "--format", "json"], ["take-down", "--help"],
                                            ["update", "--help"], ["take-down", "A-099", "--reason", "x"]], 2))
def test_a_terminal_that_knows_no_quotes_gets_their_codes(command, area):
    """There are such terminals where a job runs without a locale."""
    given = () if "--help" in command else ("--area", str(area), *TODAY)
    (area / "data/actions/a-009-…“.yml").write_text("id: A-009\n", encoding="utf-8")
    done = subprocess.run([sys.executable, "-m", "macros", *command, *given], capture_output=True, check=False,
                          env={key: value for key, value in os.environ.items() if not key.startswith("LC_")} | ASCII)
    assert b"Traceback" not in done.stderr and (done.stdout + done.stderr).isascii()
    assert done.stdout or done.stderr


def test_a_name_on_two_lines_is_one_name(area):
    settings = area / "data/area.yml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("site_name: Smallshire promises", "site_name: |\n  Smallshire\n  promises"),
                        encoding="utf-8")
    site = Pages(area, "2026-11-24")
    assert "X-WR-CALNAME:Smallshire promises" in file(site, "calendar.ics")
    assert "<title>Smallshire promises</title>" in site.page("")


@pytest.mark.parametrize("link, file", [
    ("files/late%20plans.csv", "late plans.csv"), ("<files/late plans.csv>", "late plans.csv"),
    ("files/plans(1).csv", "plans(1).csv"), ("<files/late plans (1).csv>", "late plans (1).csv")])
def test_a_link_to_a_file_with_spaces_is_found_and_only_the_name_is_refused(link, file, area, capsys):
    (area / "docs/files").mkdir()
    (area / "docs/files" / file).write_text("month,late\nJune,61\n", encoding="utf-8")
    about = area / "docs/about.md"
    about.write_text(about.read_text(encoding="utf-8") + f"\nSee [the table]({link}).\n", encoding="utf-8")
    assert main(["check", "--area", str(area), *TODAY]) == 1
    printed = capsys.readouterr().out
    assert "error[unusual-name]" in printed and "use small letters from a to z" in printed
    assert "broken-link" not in printed
    (area / "docs/files" / file).rename(area / "docs/files/late-plans.csv")
    assert main(["check", "--area", str(area), *TODAY]) == 1
    assert "error[broken-link]" in capsys.readouterr().out
