"""A broken template says which page, which template and which line, and the last good site stays."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from macros.__main__ import main
from tests.conftest import ROOT
from tests.thorough import only_in_test_all


@pytest.fixture
def area(tmp_path: Path) -> Path:
    """An area that may have templates of its own."""
    folder = Path(shutil.copytree(ROOT / "tests/areas/small", tmp_path / "area"))
    for name in ("pages", "macros"):
        (folder / "overrides" / name).mkdir(parents=True)
    return folder


def build(area: Path) -> int:
    return main(["build", "--area", str(area), "--out", str(area.parent / "site"), "--today", "2026-11-24"])


@pytest.mark.parametrize("template, page, mistake, words", [
    pytest.param("pages/action.html", "actions/a-001.md", "{{ progress.nothing_here }}",
                 "has no attribute 'nothing_here'", marks=only_in_test_all),
    ("pages/action.html", "actions/a-001.md", "{% if %}", "Expected an expression"),
    pytest.param("pages/action.html", "actions/a-001.md", "{{ no_such_name }}", "'no_such_name' is undefined",
                 marks=only_in_test_all),
    ("pages/post-end.html", "blog/posts/2024-02-02-first-meeting.md", "{{ post.nothing_here }}", "nothing_here"),
    ("macros/home.html", "index.md", "{{ no_such_name }}", "'no_such_name' is undefined"),
])
def test_a_broken_template_says_which_page_which_template_and_which_line(area, capsys, template, page, mistake, words):
    lines = (ROOT / "overrides" / template).read_text(encoding="utf-8").splitlines()
    (area / "overrides" / template).write_text("\n".join([lines[0], mistake, *lines[1:]]), encoding="utf-8")
    assert build(area) == 1
    printed = capsys.readouterr().out
    assert page in printed and f"{template}, line 2" in printed and words in printed
    assert "Traceback" not in printed


def test_a_broken_template_of_the_missing_page_is_named_too(area, capsys):
    (area / "overrides/404.html").write_text("<p>Gone</p>\n{{ no_such_name }}\n", encoding="utf-8")
    assert build(area) == 1
    assert "404.html, line 2" in capsys.readouterr().out


def test_a_template_of_the_area_is_taken_before_the_one_of_the_package_and_can_include_an_icon_of_material(
        area, tmp_path):
    (area / "overrides/404.html").write_text('{% include ".icons/material/check.svg" %}\nNothing is here.\n',
                                             encoding="utf-8")
    assert build(area) == 0
    written = (tmp_path / "site/404.html").read_text(encoding="utf-8")
    assert written.startswith("<svg") and written.endswith("Nothing is here.") and "<html" not in written
    assert "b-footer" in (tmp_path / "site/index.html").read_text(encoding="utf-8")
    assert not list((tmp_path / "site").rglob("*.svg")) or not (tmp_path / "site/assets/stylesheets").exists()
