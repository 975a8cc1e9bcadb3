"""Backdated updates: each is at the end of a history, says when it happened, and overrides nothing newer."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from macros.__main__ import main
from macros.records.partial_date import PartialDate
from macros.register import Progress
from tests.conftest import ROOT
from tests.pages import Pages, file, page
from tests.records import TODAY, action, day, update

ACTION = "data/actions/a-002-ask-families.yml"


def progress_of(*updates: dict[str, object], due: object = None) -> Progress:
    return Progress(action("A-001", *updates, due=due), PartialDate.parse("2024-01-31"), TODAY)


@pytest.fixture
def area(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "tests/areas/small", tmp_path / "area"))


def board(area: Path, *arguments: str) -> int:
    return main([*arguments, "--area", str(area), "--today", TODAY.isoformat()])


def test_a_backdated_update_counts_as_old_as_what_it_reports():
    first = update("2024-03-01", note="It began.")
    progress = progress_of(first, update(TODAY.isoformat(), happened="2024-02-10", note="Families were asked."))
    assert progress.last_news_on == PartialDate.parse("2024-03-01")
    assert progress.is_stale
    newer = progress_of(first, update(TODAY.isoformat(), happened="2024-05-02", note="Families answered."))
    assert newer.last_news_on == PartialDate.parse("2024-05-02")
    assert newer.days_without_news == (TODAY - day("2024-05-02")).days


def test_what_was_done_on_time_counts_as_on_time_when_it_is_reported_later():
    done = update(TODAY.isoformat(), happened="2024-06-20", status="complete")
    assert progress_of(done, due="2024-06").completed_on_time is True
    assert progress_of(done, due="2024-06").ended_on == PartialDate.parse("2024-06-20")
    assert progress_of(update(TODAY.isoformat(), status="complete"), due="2024-06").completed_on_time is False


def test_a_date_moved_when_it_was_moved_and_not_when_that_was_reported():
    progress = progress_of(update(TODAY.isoformat(), happened="2024-05-02", due="2024-09-30"), due="2024-06")
    assert [move.said_on for move in progress.moves] == [PartialDate.parse("2024-05-02")]


def test_a_writer_gives_the_day_it_happened_and_the_entry_is_dated_today(area, capsys):
    before = (area / ACTION).read_text(encoding="utf-8")
    assert board(area, "update", "A-002", "--date", "2024-05-01", "--note", "The forum was asked first.") == 0
    assert "says when it happened" in capsys.readouterr().out
    assert (area / ACTION).read_text(encoding="utf-8") == before.rstrip("\n") + (
        "\n  - date: 2026-11-24\n    happened: 2024-05-01\n    note: The forum was asked first.\n")
    assert board(area, "check") == 0


def test_an_update_newer_than_all_others_has_only_its_date(area, capsys):
    assert board(area, "update", "A-002", "--date", "2026-11-20", "--note", "The forum was asked again.") == 0
    assert "happened" not in capsys.readouterr().out
    assert "happened:" not in (area / ACTION).read_text(encoding="utf-8")


def test_a_writer_cannot_override_what_is_newer(area, capsys):
    before = (area / ACTION).read_text(encoding="utf-8")
    code = board(area, "update", "A-002", "--date", "2024-02-20", "--due", "2024-12", "--reason", "Nobody had time.")
    assert code == 1
    assert 'take "due:" out' in capsys.readouterr().out
    assert (area / ACTION).read_text(encoding="utf-8") == before


def test_readers_see_both_days_on_the_action_s_page_under_what_changed_and_in_the_open_data(area):
    board(area, "update", "A-002", "--date", "2024-05-01", "--note", "The forum was asked first.")
    site = Pages(area, TODAY)
    newest = page(site, "actions/a-002").select_one(".b-history li")
    assert "The forum was asked first." in newest.text
    assert [time["datetime"] for time in newest.select(".b-history__date time")] == ["2026-11-24", "2024-05-01"]
    change = next(item for item in page(site, "changes").select("main li") if "The forum was asked first." in item.text)
    assert [time["datetime"] for time in change.select("time")] == ["2026-11-24", "2024-05-01"]
    rows = list(csv.DictReader(io.StringIO(file(site, "api/v1/updates.csv"))))
    assert [row["happened"] for row in rows if row["action"] == "A-002"][-1] == "2024-05-01"
    assert "The forum was asked first. Added later: this is from 1 May 2024." in file(
        site, "feeds/actions/a-002.atom.xml")
    item = json.loads(file(site, "api/v1/actions/a-002.json"))
    assert '"happened": "2024-05-01"' in json.dumps(item)


def test_a_page_says_on_a_day_and_in_a_month(area):
    action = area / ACTION
    text = action.read_text(encoding="utf-8").replace("date: 2024-05-02", "date: 2024-05")
    action.write_text(text + "  - date: 2024-08\n    status: stopped\n    reason: Nobody came.\n", encoding="utf-8")
    page_text = " ".join(page(Pages(area, TODAY), "actions/a-002").main.text.split())
    assert "It was stopped in August 2024." in page_text
    assert "In May 2024 it moved from" in page_text


def test_a_figure_of_an_earlier_time_makes_no_known_entry_of_a_feed_new(area):
    def entries() -> set[tuple[str, str]]:
        feed = BeautifulSoup(file(Pages(area, TODAY), "feeds/changes.atom.xml"), "xml")
        return {(entry.id.text, entry.summary.text) for entry in feed.select("entry")}

    before = entries()
    measure = area / "data/measures/plans-on-time.yml"
    measure.write_text(measure.read_text(encoding="utf-8").replace(
        "\nobservations:\n", "\nobservations:\n  - period: 2022\n    value: 38\n"), encoding="utf-8")
    after = entries()
    assert before < after
    assert len(after) == len(before) + 1
