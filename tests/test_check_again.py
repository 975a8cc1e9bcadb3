"""A preview checks an area again after each save: it sees the change, and keeps reporting what is still wrong."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from macros.checks import check
from macros.checks.privacy import digest
from tests.conftest import ROOT, TODAY

NUMBER = "999 215 8107"


@pytest.fixture
def area(tmp_path: Path) -> Path:
    """A copy of the small area, which has no problems."""
    return Path(shutil.copytree(ROOT / "tests/areas/small", tmp_path / "area"))


@pytest.fixture
def problems(area: Path) -> Callable[..., list[str]]:
    """A function that checks the area in this process, and returns the problems as file, line and code."""
    return lambda today=TODAY: [f"{found.path}:{found.line} {found.code}" for found in check(area, today)[1]]


def test_a_saved_change_is_seen_and_problems_elsewhere_are_reported_again(area, problems):
    assert problems() == []
    page, other = area / "docs/about.md", area / "docs/more.md"
    clean = page.read_text(encoding="utf-8")
    other.write_text(f"# More\n\nA letter has the number {NUMBER}.\n", encoding="utf-8")
    assert problems() == ["docs/more.md:3 personal-data"]
    page.write_text(clean + "\n<script>x</script>\n\n[here](https://a.example/) {{ nothing() }}\n", encoding="utf-8")
    both = problems()
    assert "docs/more.md:3 personal-data" in both and any("raw-html" in line for line in both)
    assert {line.split()[1] for line in both if line.startswith("docs/about.md")} >= {"raw-html", "link-text"}
    assert problems() == both
    page.write_text(clean, encoding="utf-8")
    assert problems() == ["docs/more.md:3 personal-data"]
    other.unlink()
    assert problems() == []


def test_a_record_that_became_wrong_and_right_again_is_read_each_time(area, problems):
    file = next((area / "data/actions").glob("*.yml"))
    text = file.read_text(encoding="utf-8")
    file.write_text(text + "nonsense: 1\n", encoding="utf-8")
    wrong = problems()
    assert any("unknown-key" in line for line in wrong), wrong
    assert problems() == wrong
    file.write_text(text, encoding="utf-8")
    assert problems() == []


def test_a_file_that_moved_is_named_by_its_new_path(area, problems):
    (area / "docs/one.md").write_text(f"# One\n\nNumber {NUMBER}, see [here](https://a.example/).\n", encoding="utf-8")
    first = problems()
    (area / "docs/one.md").rename(area / "docs/two.md")
    assert problems() == [line.replace("one.md", "two.md") for line in first] != first


def test_a_changed_list_applies_to_texts_that_did_not_change(area, problems):
    (area / "docs/more.md").write_text("# More\n\nThe QZX meets here.\n", encoding="utf-8")
    assert problems() == ["docs/more.md:3 acronym"]
    glossary = area / "data/glossary.yml"
    before = glossary.read_text(encoding="utf-8") if glossary.exists() else ""
    glossary.write_text(before + "- term: QZX\n  full: Quiet zone\n  plain: A place to rest.\n", encoding="utf-8")
    assert problems() == []
    glossary.write_text(before, encoding="utf-8") if before else glossary.unlink()
    assert problems() == ["docs/more.md:3 acronym"]


def test_an_address_that_is_no_longer_listed_is_found_in_a_file_that_did_not_change(area, problems):
    listed = next(file for file in sorted((area / "data").glob("*.yml")) if file.name == "area.yml")
    text = listed.read_text(encoding="utf-8")
    email = next(word for word in text.split() if "@" in word).strip("\"',")
    (area / "docs/more.md").write_text(f"# More\n\nWrite to {email} about it.\n", encoding="utf-8")
    assert not any("personal-data" in line for line in problems())
    listed.write_text(text.replace(email, "other@forum.example"), encoding="utf-8")
    assert "docs/more.md:3 personal-data" in problems()


def test_an_exception_that_was_needed_is_needed_the_second_time_too(area, problems):
    (area / "docs/more.md").write_text(f"# More\n\nThe form has the number {NUMBER}.\n", encoding="utf-8")
    (area / "data/safety.yml").write_text(
        f"- digest: {digest('nhs-number', '9992158107')}\n  kind: nhs-number\n  reason: It is the number of a form.\n"
        "  by: the chair\n  until: 2027-01-31\n", encoding="utf-8")
    assert problems() == problems() == []
    after = problems(date(2027, 2, 1))
    assert "exception-over" in " ".join(after) and "docs/more.md:3 personal-data" in after
