"""The command `board check`: its exit codes, its formats, and its messages on wrong usage."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from macros.__main__ import main
from macros.checks import report
from macros.checks.report import as_github, as_json, as_text
from macros.cli.check import FORMATS
from macros.problem import Problem
from tests.conftest import ROOT

SMALL = ROOT / "tests/areas/small"
SEVERAL = ROOT / "tests/bad/several-problems"


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """An area with problems in several files."""
    area = Path(shutil.copytree(SMALL, tmp_path / "area"))
    for folder in ("data", "docs"):
        shutil.copytree(SEVERAL / folder, area / folder, dirs_exist_ok=True)
    return area


def test_every_format_of_the_report_can_be_chosen():
    assert tuple(report.FORMATS) == FORMATS


def test_a_clean_area_exits_with_0_and_counts_what_was_checked(capsys):
    assert main(["check", "--area", str(SMALL), "--today", "2026-11-24"]) == 0
    assert capsys.readouterr().out == "No problems: 3 actions, 2 decisions, 2 meetings, 1 measure, 2 posts.\n"


def test_an_area_with_problems_exits_with_1_and_counts_them(broken, capsys):
    assert main(["check", "--area", str(broken), "--today", "2026-11-24"]) == 1
    *lines, last = capsys.readouterr().out.splitlines()
    files = {line.split(":")[0] for line in lines}
    assert last == f"{len(lines)} problems in {len(files)} files: fix them, then check again."


def test_one_problem_is_counted_as_one(tmp_path, capsys):
    area = Path(shutil.copytree(SMALL, tmp_path / "area"))
    (area / "data/notes.txt").write_text("", encoding="utf-8")
    assert main(["check", "--area", str(area), "--today", "2026-11-24"]) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "1 problem in 1 file: fix them, then check again."


@pytest.mark.parametrize("arguments, message", [
    ([], "COMMAND"),
    (["chekc"], "chekc"),
    (["check", "--colour"], "--colour"),
    (["check", "more"], "more"),
    (["check", "--format", "xml"], "xml"),
    (["check", "--today", "yesterday"], '"yesterday" is not a day; write it like 2026-11-24'),
    (["check", "--today", "2026-02-30"], '"2026-02-30" is not a day; write it like 2026-11-24'),
    (["check", "--area", "no-such-folder"], 'there is no folder "no-such-folder"'),
    (["check", "--area", "data/area.yml"], 'there is no folder "data/area.yml"'),
    (["check", "--area", "docs"], '"docs" is not an area: it has no folder data/'),
], ids=lambda value: " ".join(value) or "nothing" if isinstance(value, list) else "")
def test_wrong_usage_exits_with_2_and_a_message(arguments, message, capsys, monkeypatch):
    monkeypatch.chdir(SMALL)
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    printed = capsys.readouterr()
    assert stopped.value.code == 2
    assert message in printed.err
    assert "Traceback" not in printed.err
    assert printed.out == ""


def test_outside_an_area_it_says_that_this_is_not_one(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as stopped:
        main(["check"])
    assert stopped.value.code == 2
    assert capsys.readouterr().err.splitlines()[-1].endswith(
        '"." is not an area: it has no folder data/ with an area.yml')


def test_inside_an_area_it_needs_no_more_than_its_name(capsys, monkeypatch):
    """Without --area and --today it takes the current folder and today."""
    monkeypatch.chdir(SMALL)
    assert main(["check"]) == 0
    printed = capsys.readouterr()
    assert printed.out.startswith("No problems: ") and printed.err == ""


@pytest.mark.parametrize("arguments", [["--help"], ["check", "--help"]], ids=" ".join)
def test_help_prints_the_usage(arguments, capsys):
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 0
    assert capsys.readouterr().out.startswith("usage: board")


def test_problems_come_sorted_by_file_and_line(broken, capsys):
    main(["check", "--area", str(broken), "--today", "2026-11-24"])
    lines = capsys.readouterr().out.splitlines()[:-1]
    places = [(path, int(line)) for path, line, *_ in (line.split(":") for line in lines)]
    assert len(places) > 5
    assert places == sorted(places), "by the number of the line, so that line 10 comes after line 8"


def test_two_runs_print_the_same(broken, capsys):
    main(["check", "--area", str(broken), "--today", "2026-11-24"])
    once = capsys.readouterr().out
    main(["check", "--area", str(broken), "--today", "2026-11-24"])
    assert capsys.readouterr().out == once


def test_the_day_is_an_input(capsys):
    """Seen from a day before the first record, everything is in the future."""
    assert main(["check", "--area", str(SMALL), "--today", "2023-01-01"]) == 1
    assert "and today is 1 January 2023" in capsys.readouterr().out


ODD = Problem("data/a,b:c%.yml", 7, "odd-code", "50 % of it,\nsays: all", "write: less, or\rmore")


def test_annotations_have_the_form_that_github_reads():
    plain = Problem("data/area.yml", 3, "missing-key", '"name" is missing', 'add a line "name:"')
    assert as_github([plain], None) == \
        '::error file=data/area.yml,line=3,title=missing-key::"name" is missing; add a line "name:"'


def test_annotations_escape_what_would_end_them_early():
    """In a property colons and commas are escaped too; in the message only per cent signs and line ends."""
    assert as_github([ODD], None) == ("::error file=data/a%2Cb%3Ac%25.yml,line=7,title=odd-code::"
                                      "50 %25 of it,%0Asays: all; write: less, or%0Dmore")


def test_annotations_distinguish_a_warning_from_an_error():
    assert as_github([Problem("a.yml", 1, "x", "y", "z", level="warning")], None).startswith("::warning file=a.yml,")


def test_the_command_prints_one_annotation_a_problem(broken, capsys):
    assert main(["check", "--area", str(broken), "--today", "2026-11-24", "--format", "github"]) == 1
    lines = capsys.readouterr().out.splitlines()
    expected = (SEVERAL / "expected.txt").read_text(encoding="utf-8").splitlines()
    assert len(lines) == len(expected)
    for annotation, line in zip(lines, expected, strict=True):
        match = re.fullmatch(r"::error file=([^,:]+),line=(\d+),title=([a-z-]+)::(.+)", annotation)
        path, number, code, text = match.groups()
        assert f"{path}:{number}: error[{code}] {text.replace('%25', '%')}" == line


def test_a_clean_area_has_no_annotations(capsys):
    assert main(["check", "--area", str(SMALL), "--today", "2026-11-24", "--format", "github"]) == 0
    assert capsys.readouterr().out.strip() == ""


def test_json_has_the_shape_that_is_documented(broken, capsys):
    assert main(["check", "--area", str(broken), "--today", "2026-11-24", "--format", "json"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert set(report) == {"problems", "errors", "warnings"}
    assert (report["errors"], report["warnings"]) == (len(report["problems"]), 0)
    for problem in report["problems"]:
        assert {key: type(value) for key, value in problem.items()} == {
            "path": str, "line": int, "code": str, "message": str, "hint": str, "level": str}
    expected = (SEVERAL / "expected.txt").read_text(encoding="utf-8").splitlines()
    assert [str(Problem(**problem)) for problem in report["problems"]] == expected


def test_json_of_a_clean_area_has_no_problems(capsys):
    assert main(["check", "--area", str(SMALL), "--today", "2026-11-24", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"problems": [], "errors": 0, "warnings": 0}


def test_json_keeps_every_character_of_a_problem():
    assert json.loads(as_json([ODD], None))["problems"][0]["message"] == ODD.message


def test_text_keeps_a_problem_in_one_line():
    assert as_text([ODD], None).splitlines()[0] == \
        "data/a,b:c%.yml:7: error[odd-code] 50 % of it, says: all; write: less, or more"


def test_a_warning_does_not_block_publication(capsys, monkeypatch):
    """The publicity rules before an election are the editor's to weigh: a warning is shown, and the exit is 0."""
    warning = Problem("docs/a.md", 1, "pre-election", "this falls into the time before an election", "wait", "warning")
    monkeypatch.setattr("macros.checks.check", lambda *_: (None, [warning]))
    assert main(["check", "--area", str(SMALL)]) == 0
    assert capsys.readouterr().out.splitlines()[0].startswith("docs/a.md:1: warning[pre-election] ")


def test_output_that_another_program_cuts_off_ends_without_a_traceback():
    """As in `board completion bash | head -1`."""
    done = subprocess.run(f"{sys.executable} -m macros completion bash | head -1", shell=True, cwd=SMALL, check=False,
                          capture_output=True, encoding="utf-8", env=os.environ | {"PYTHONPATH": str(ROOT)})
    assert done.stdout.count("\n") == 1 and done.stderr == ""
