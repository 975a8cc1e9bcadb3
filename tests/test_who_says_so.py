"""Late, done late and not known, and whose word it is: each rule as a reader sees it on the built site."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import feedparser
import pytest

from macros.publish.cards import cards
from tests.conftest import ROOT, checked
from tests.pages import Pages, file, page

PROMISE = "https://smallshire.example/plan"
ORGANISATIONS = """
- id: inspectors
  name: Smallshire Inspectors
  kind: regulator
  role: Look at services.
  sites: [inspectors.example]
- id: gazette
  name: Smallshire Gazette
  kind: press
  role: A newspaper.
  sites: [gazette.example]
- id: ministry
  name: Ministry for Children
  kind: government
  role: Watches over councils.
"""
NOTICE = "source:\n  title: News of the notice\n  url: https://gazette.example/notice\n"


def update(day: str, status: str, url: str, read: str = "whole") -> str:
    evidence = f"    evidence:\n      - title: What it says\n        url: {url}\n" if status == "complete" else ""
    return (f"  - date: {day}\n    status: {status}\n    note: News of it was published.\n{evidence}"
            f"    source:\n      title: What it says\n      url: {url}\n      read: {read}\n")


ACTIONS = {
    "A-101": ("done late", update("2024-07-01", "complete", "https://smallshire.example/done")),
    "A-102": ("read in part", update("2024-07-20", "in_progress", "https://gazette.example/news", "partly")),
    "A-103": ("read whole", update("2024-07-20", "in_progress", "https://gazette.example/news")),
    "A-104": ("on the page of the promise", update("2024-05-20", "complete", PROMISE)),
    "A-105": ("accounts disagree", update("2024-05-20", "complete", "https://smallshire.example/done")
              + update("2024-09-20", "in_progress", "https://forum.example/survey")),
    "A-106": ("seen by inspectors", update("2024-05-20", "complete", "https://inspectors.example/report")),
    "A-107": ("older news that it goes on", update("2024-04-20", "in_progress", "https://forum.example/survey")
              + update("2024-05-20", "complete", "https://www.gazette.example/news")),
    "A-108": ("no news at all", ""),
    "A-109": ("a date that moved, done in a month",
              "  - date: 2024-05-03\n    due: 2024-06\n    reason: None was given.\n"
              "    source:\n      title: News\n      url: https://gazette.example/news\n"
              + update("2024-08", "complete", "https://smallshire.example/done")),
}
"""An action for each case, all due in May 2024, with its updates."""


def lay_out(area: Path, standing: str) -> None:
    shutil.copytree(ROOT / "tests/areas/small", area)
    settings = area / "data/area.yml"
    settings.write_text(re.sub(r"standing: \w+", f"standing: {standing}", settings.read_text(encoding="utf-8")),
                        encoding="utf-8")
    # Only where the board runs the site may an update have no source.
    listed = area / "data/actions/a-001-list-late-plans.yml"
    note = "    note: The council counts the late plans.\n"
    listed.write_text(listed.read_text(encoding="utf-8").replace(
        note, f"{note}    source:\n      title: Smallshire plan\n      url: {PROMISE}\n"), encoding="utf-8")
    organisations = area / "data/organisations.yml"
    text = organisations.read_text(encoding="utf-8").rstrip("\n") + "\n  sites: [forum.example]" + ORGANISATIONS
    organisations.write_text(text, encoding="utf-8")
    for id, (title, updates) in ACTIONS.items():
        (area / f"data/actions/{id.lower()}-case.yml").write_text(
            f"id: {id}\ntitle: The one with {title}\nkind: promised\nowner: council\ndue: 2024-05\n"
            f"source:\n  title: Smallshire plan\n  url: {PROMISE}\n  published: 2024-01-31\n"
            + (f"updates:\n{updates}" if updates else ""), encoding="utf-8")
    (area / "data/actions/a-110-notice.yml").write_text(
        "id: A-110\ntitle: Do what the notice asks for\nkind: promised\nsaid_by: ministry\nowner: council\ndue: null\n"
        + NOTICE, encoding="utf-8")
    (area / "data/findings").mkdir()
    (area / "data/findings/notice.yml").write_text(
        "id: notice\ntitle: The council has to improve\ntext: Things have to get better.\nkind: found\nfrom: ministry\n"
        f"date: 2023-11-16\nresponsible: [council]\nactions: [A-110]\n{NOTICE}", encoding="utf-8")


def made(folder: Path, standing: str) -> Pages:
    lay_out(folder / "area", standing)
    return Pages(folder / "area", "2026-11-24")


@pytest.fixture(scope="module")
def independent(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    return made(tmp_path_factory.mktemp("independent"), "independent")


def words(site: Path | Pages, address: str) -> str:
    return " ".join(page(site, address).select_one("#content").get_text(" ").split())


def tags(site: Pages, id: str) -> list[str]:
    return [tag.get_text().strip() for tag in page(site, f"actions/{id.lower()}").select(".b-standing-line .b-tag")]


def computed(site: Pages, id: str) -> dict[str, object]:
    return json.loads(file(site, f"api/v1/actions/{id.lower()}.json"))["items"][0]["computed"]


def test_what_was_done_after_its_date_is_done_late_and_not_late(independent):
    assert tags(independent, "A-101") == ["Done, says the council", "Done, more than four weeks late"]
    found = computed(independent, "A-101")
    assert (found["late"], found["date_passed"]) == (False, False)
    assert (found["done_late"], found["days_done_late"]) == (True, 31)


def test_a_page_read_in_part_makes_nothing_late(independent):
    assert tags(independent, "A-102") == ["Date passed, and we have not found out", "In progress"]
    assert "we have not found out what happened" in words(independent, "actions/a-102")
    assert (computed(independent, "A-102")["late"], computed(independent, "A-102")["date_passed"]) == (False, True)


def test_a_later_page_read_whole_that_says_it_is_not_done_makes_it_late(independent):
    assert tags(independent, "A-103") == ["Late", "In progress"]
    assert "on 20 July 2024 a source said that it was not done" in words(independent, "actions/a-103")


def test_a_date_that_passes_in_silence_makes_nothing_late(independent):
    assert tags(independent, "A-108")[0] == "Date passed, and we have not found out"


def test_the_silence_of_a_board_that_runs_the_site_is_its_own(tmp_path):
    site = made(tmp_path, "adopted")
    assert {id: tags(site, id)[0] for id in ("A-102", "A-103", "A-108")} == dict.fromkeys(
        ("A-102", "A-103", "A-108"), "Late")
    assert "the board has not reported it done" in words(site, "actions/a-108")


def test_evidence_on_the_page_of_the_promise_is_the_word_of_its_owner(independent):
    verdict, = computed(independent, "A-104")["verdicts"]
    assert (verdict["word"], verdict["label"]) == ("owner", "Done, says the council")
    assert "the word of those who promised it" in words(independent, "actions/a-104")


def test_two_accounts_that_disagree_are_shown_side_by_side_and_listed(independent):
    said = [(verdict["word"], verdict["label"]) for verdict in computed(independent, "A-105")["verdicts"]]
    assert said == [("owner", "Done, says the council"), ("families", "In progress, say families (Smallshire Forum)")]
    for address in ("actions/a-105", "disagreements"):
        found = words(independent, address)
        assert found.index("Done, says the council 20 May 2024") < found.index("In progress, say families")
    assert "Accounts disagree" in tags(independent, "A-105")


def test_an_older_account_that_it_goes_on_does_not_disagree_with_a_newer_one_that_it_is_done(independent):
    assert computed(independent, "A-107")["disagree"] is False
    assert "A-107" not in words(independent, "disagreements")


def test_a_list_names_the_most_independent_who_say_that_it_is_done(independent):
    assert tags(independent, "A-106") == ["Done, seen by inspectors"]
    assert tags(independent, "A-107") == ["Done, reported by Smallshire Gazette"]
    assert "Done, seen by inspectors" in words(independent, "actions")


def test_a_month_is_all_that_is_known_of_the_day_on_which_it_was_done(independent):
    assert tags(independent, "A-109")[1] == "Done, at least two months late"
    assert "That was at least two months after its first date" in words(independent, "actions/a-109")


def test_a_site_that_the_board_does_not_run_may_not_know_every_date_or_the_day_on_which_it_moved(independent, tmp_path):
    found, own = words(independent, "actions/a-109"), words(made(tmp_path, "adopted"), "actions/a-109")
    assert "Its date has moved at least once." in found and "By 3 May 2024 it had moved from May 2024" in found
    assert "Its date has moved once." in own and "On 3 May 2024 it moved from May 2024" in own


def test_what_the_government_asked_for_is_required_since_the_day_of_the_finding_in_the_same_source(independent):
    found = words(independent, "actions/a-110")
    assert "Required 16 November 2023 , by Ministry for Children" in found and "Promised" not in found


def test_changes_say_that_a_date_has_passed_and_late_only_where_that_is_known(independent):
    def titles(id: str) -> list[str]:
        feed = file(independent, f"feeds/actions/{id}.atom.xml")
        return re.findall(r"<title>([^:<]+): A-", feed)

    assert {"Its date has passed", "Late"} <= set(titles("a-103"))
    assert "Its date has passed" in titles("a-102") and "Late" not in titles("a-102")


def test_the_invented_area_shows_a_disagreement_and_what_inspectors_saw(sites):
    said = words(sites["exampleshire"], "disagreements")
    assert "A-006" in said and "EPCF" in said
    assert "Done, seen by inspectors" in words(sites["exampleshire"], "actions/a-013")


def test_events_and_meetings_whose_sources_differ_are_listed_and_linked_from_the_timeline(sites):
    for area, said in (("real", "things are getting worse for some"), ("exampleshire", "the council 587")):
        listed = words(sites[area], "disagreements")
        assert said in listed and "One account:" in listed and "Another:" in listed
        assert f"{said}. Accounts of events that disagree" in words(sites[area], "timeline")
    assert "agenda is dated 15 April 2025" in words(sites["exampleshire"], "disagreements")
    assert "We keep to the agenda. Accounts of meetings that disagree" in words(sites["exampleshire"], "timeline")


def test_an_event_with_two_sources_that_agree_is_no_disagreement(sites):
    assert "Ofsted approves the priority action plan." in words(sites["real"], "timeline")
    assert "Ofsted approves" not in words(sites["real"], "disagreements")


def test_feeds_and_changes_name_whose_word_it_is_and_what_is_only_a_plan(sites, independent):
    def entries(site: Path | Pages, feed: str) -> list[tuple[str, list[str]]]:
        read = feedparser.parse(file(site, f"feeds/{feed}.atom.xml")).entries
        return [(entry.title, [tag.term for tag in entry.get("tags", ())]) for entry in read]

    done = "Done, seen by inspectors"
    assert (f"{done}: A-106 The one with seen by inspectors", ["Promise", done]) in \
        entries(independent, "actions/a-106")
    assert {terms[0] for _, terms in entries(independent, "changes") if terms} == {"Promise"}
    plan = entries(sites["exampleshire"], "actions/a-072")
    assert all(terms == ["Plan"] for _, terms in plan)
    assert any(title.startswith("Late: plan A-072") for title, _ in plan)
    assert f"{done}. News of it was published." in words(independent, "changes")
    assert ", found by this site's editors" in words(sites["real"], "changes")


def test_a_newspaper_does_not_take_part(independent):
    said = words(independent, "organisations")
    others, news = said.index("Others who take part"), said.index("News organisations")
    assert others < said.index("Smallshire Inspectors") < news < said.index("Smallshire Gazette")


def test_the_share_card_of_a_plan_does_not_call_it_a_promise():
    register = checked("exampleshire")
    kinds = {card.path: card.kind for card in cards(register)}
    assert kinds["cards/actions/a-072.png"] == "Plan A-072" and kinds["cards/actions/a-012.png"] == "Promise A-012"
