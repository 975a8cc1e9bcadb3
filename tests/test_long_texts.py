"""Long texts full of one thing: each check goes over them once, and says what is wrong with the first of them.

Nothing is timed. What Python does is counted; what the engine of regular expressions does cannot be, so one test runs
every check on texts as long as a page may be: a pattern that took quadratic time would not come to its end.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from macros.__main__ import main
from macros.checks import check
from macros.register.load import MAX_PROBLEMS
from macros.source.files import MAX_PAGE_BYTES
from tests.command import copied
from tests.conftest import ROOT, TODAY
from tests.operations import operations
from tests.thorough import sample

UNITS = ("](", "[a](", "](<", "![", "[", "<!--", "<a ", "<p ", "{{ ", "{# ", "``` ", "*a ", "_a_", "A-001 ", "[^1]: ",
         "&amp;", "https://", "a@b.", "Year 5 Anna ", "her son Zeb ", "| a ", "> ", "1. ", "\n\n# A\n")
SMALL, TIMES = 600, 8
WORSE = 1.3
"""How much more than eight times the work eight times the text may take."""


@pytest.fixture
def area(tmp_path: Path) -> Path:
    return copied(ROOT / "tests/areas/small", tmp_path / "area")


def put(area: Path, unit: str, length: int) -> None:
    (area / "docs/about.md").write_text(f"# About\n\n{unit * (length // len(unit))}\n", encoding="utf-8")


@pytest.mark.parametrize("unit", sample(UNITS, 4), ids=repr)
def test_eight_times_the_text_is_eight_times_the_work(unit, area):
    work = []
    for length in (0, SMALL, SMALL * TIMES):
        put(area, unit, length)
        check(area, TODAY)  # what is remembered of the other files is known
        work.append(operations(lambda: check(area, TODAY)))
    nothing, some, more = work
    assert more - nothing <= TIMES * WORSE * max(some - nothing, nothing / 10)


# The library that reads Markdown takes long for each of these brackets, which is no reason to wait for so many.
@pytest.mark.parametrize("unit", sample((unit for unit in UNITS if unit not in ("[", "![")), 3), ids=repr)
def test_a_page_as_long_as_it_may_be_is_checked_to_its_end(unit, area, capsys):
    put(area, unit, MAX_PAGE_BYTES - 1_000)
    assert main(["check", "--area", str(area), "--today", TODAY.isoformat()]) in (0, 1)
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1].startswith(("No problems", "1 problem")) or " problems in " in lines[-1]


def test_a_longer_page_is_refused_before_it_is_read(area, capsys):
    put(area, "word ", MAX_PAGE_BYTES + 1_000)
    assert main(["check", "--area", str(area), "--today", TODAY.isoformat()]) == 1
    assert "docs/about.md:1: error[" in capsys.readouterr().out


def test_a_list_of_broken_records_is_read_until_enough_is_wrong(area, capsys):
    (area / "data/events.yml").write_text("- {date: x, colour: red}\n" * 5_000, encoding="utf-8")
    assert main(["check", "--area", str(area), "--today", TODAY.isoformat()]) == 1
    printed = capsys.readouterr().out
    assert "the records from here on were not read" in printed
    assert printed.count("data/events.yml:") <= MAX_PROBLEMS + 10
