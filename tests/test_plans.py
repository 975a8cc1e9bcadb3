"""Nothing is lost when a plan is replaced, and a promise says what would show that it is kept."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from tests.command import board
from tests.conftest import ROOT
from tests.pages import Pages, file, page

PLANS = """\
- id: plan-2023
  name: Old plan
  start: 2023-05
  source: {title: Old plan, url: https://smallshire.example/old}
- id: plan-2024
  name: New plan
  start: 2024-05-01
  replaces: plan-2023
  source: {title: New plan, url: https://smallshire.example/new}
"""
PROMISE = """\
id: A-{number}
title: {title}
kind: promised
owner: council
due: 2027-05
plan: {plan}
source: {{title: Old plan, url: https://smallshire.example/old, published: 2023-05-02}}
"""
PARTLY = "url: https://smallshire.example/new"


def words(site: Path | Pages, address: str) -> str:
    return re.sub(r" (?=[.,:])", "", " ".join(page(site, address).select_one("#content").get_text(" ").split()))


def tags(site: Path, id: str) -> list[str]:
    return [tag.get_text().strip() for tag in page(site, f"actions/{id.lower()}").select(".b-standing-line .b-tag")]


def computed(site: Path | Pages, id: str) -> dict:
    return json.loads(file(site, f"api/v1/actions/{id.lower()}.json"))["items"][0]["computed"]


def promise(area: Path, number: int, title: str, plan: str = "plan-2023", more: str = "") -> Path:
    file = area / f"data/actions/a-{number}-x.yml"
    file.write_text(PROMISE.format(number=number, title=title, plan=plan) + more, encoding="utf-8")
    return file


def lay_out(folder: Path, plans: str = PLANS) -> Path:
    area = Path(shutil.copytree(ROOT / "tests/areas/small", folder / "area"))
    (area / "data/plans.yml").write_text(plans, encoding="utf-8")
    promise(area, 101, "Paint the hall")
    promise(area, 102, "Open the hall at weekends")
    promise(area, 103, "Paint and open the hall", "plan-2024")
    return area


@pytest.fixture
def area(tmp_path: Path) -> Path:
    return lay_out(tmp_path)


def record(area: Path, number: int) -> dict:
    return yaml.load((area / f"data/actions/a-{number}-x.yml").read_text(encoding="utf-8"), yaml.BaseLoader)


def git(area: Path, *arguments: str) -> None:
    who = ("-c", "user.name=Writer", "-c", "user.email=writer@smallshire.example")
    subprocess.run(["git", *who, *arguments], cwd=area, check=True, capture_output=True,
                   env=os.environ | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull})


def publish(area: Path) -> None:
    git(area, "init", "-q", "-b", "main")
    git(area, "add", "-A")
    git(area, "commit", "-q", "-m", "Published")


# What became of the promises of a plan


def test_the_page_of_a_plan_says_what_became_of_each_promise_and_what_is_lost_comes_first(site):
    said = words(site, "plans/transport-2025")
    assert "It was replaced on 1 October 2026 by Transport plan 2026" in said
    assert "We know of 6 promises in it: 1 done, 1 carried over, 1 merged with another, 1 dropped and " \
        "2 not mentioned any more." in said
    soup = page(site, "plans/transport-2025")
    assert [heading["id"] for heading in soup.select("#content h3")] == [
        "not_mentioned", "dropped", "merged", "carried_over", "complete"]
    bar = soup.select_one(".b-fates")
    assert "2 not mentioned any more" in bar["aria-label"]
    widths = [float(part["width"].rstrip("%")) for part in bar.select("rect")]
    assert len(widths) == 5 and abs(sum(widths) - 100) < 0.1 and max(widths) == widths[-1]
    assert "The reason given: A new booking system asks for the address itself" in said


def test_a_lost_promise_is_marked_wherever_it_is_listed_and_counted(site):
    assert tags(site, "A-075") == ["Late", "No update found", "Not mentioned any more"]
    assert "It is not mentioned any more, and nobody has said what became of it." in words(site, "actions/a-075")
    assert computed(site, "A-075")["fate"] == "not_mentioned"
    assert "Not mentioned any more (2)" in words(site, "actions")
    assert "Not mentioned in the plan that followed: 1 Ask: Does this promise still hold" in words(site, "briefing")


def test_a_promise_that_goes_on_leads_to_its_successor_and_back(site):
    assert "It was carried over on 1 October 2026. It goes on as A-077" in words(site, "actions/a-073")
    assert computed(site, "A-074") | {"fate": "merged", "successor": "A-077", "late": False} == computed(site, "A-074")
    said = words(site, "actions/a-077")
    assert "It carries on A-073: Tell each family their driver's name before the first journey, which was first due " \
        "in December 2025" in said
    assert "It carries on A-074" in said


def test_home_and_what_changed_say_that_a_plan_was_replaced(site):
    assert "On 1 October 2026 a new plan replaced Transport plan 2025. What became of its 6 promises: 1 done" \
        in words(site, "")
    said = words(site, "changes")
    assert "Transport plan 2026, which replaces Transport plan 2025" in said
    assert "2 not mentioned in the new plan" in said
    feed = (site / "feeds/changes.atom.xml").read_text(encoding="utf-8")
    assert "A new plan: Transport plan 2026" in feed and "Not in the new plan: A-076" in feed


def test_where_the_new_plan_could_not_be_read_nothing_is_said_to_be_lost(site):
    said = words(site, "actions/a-072")
    assert "We have not been able to read the whole new plan, so we do not know whether this is in it." in said
    assert "not mentioned any more" not in said.lower()
    assert computed(site, "A-072")["fate"] == "fate_unknown"


def test_news_after_the_new_plan_is_no_mention_in_it_and_no_silence_either(area):
    promise(area, 101, "Paint the hall", more="updates:\n  - date: 2024-06-01\n    note: The paint is there.\n")
    site = Pages(area, "2026-11-24")
    assert computed(site, "A-101")["fate"] == "fate_unknown"
    assert "nobody has said whether this is part of the new plan" in words(site, "actions/a-101")
    assert computed(site, "A-102")["fate"] == "not_mentioned"


def test_before_the_new_plan_begins_nothing_is_asked_and_from_its_first_day_on_it_is(area):
    assert "plan-fate" not in board(area, "check", today="2024-04-30")[1]
    said = board(area, "check", today="2024-05-01")[1]
    assert said.count("[plan-fate]") == 2
    assert "board plan close plan-2023" in said


def test_a_site_that_only_reports_is_not_asked_about_a_plan_that_it_could_not_read(tmp_path):
    area = lay_out(tmp_path, PLANS.replace(PARTLY, f"{PARTLY}, read: partly"))
    assert "[plan-fate]" in board(area, "check")[1]
    settings = area / "data/area.yml"
    settings.write_text(settings.read_text("utf-8").replace("standing: adopted", "standing: independent"), "utf-8")
    assert "[plan-fate]" not in board(area, "check")[1]


# board plan close


def test_board_plan_close_lists_what_has_no_fate_and_changes_nothing(area):
    before = record(area, 101)
    code, said = board(area, "plan", "close", "plan-2023")
    assert code == 0 and "2 of its actions are open" in said
    assert "A-101  Paint the hall (due: May 2027)" in said and "A-103" not in said
    assert record(area, 101) == before


def test_board_plan_close_writes_what_is_chosen(area):
    code, said = board(area, "plan", "close", "plan-2023", "--carry", "A-101=A-103", "--date", "2024-05-02")
    assert code == 0 and "1 open actions of the plan are left" in said
    assert record(area, 101)["updates"] == [
        {"date": "2026-11-24", "happened": "2024-05-02", "status": "carried_over", "to": "A-103"}]
    code, said = board(area, "plan", "close", "plan-2023", "--drop", "a-102", "--reason", "The roof leaks.")
    assert code == 0 and "Every action of the plan has its fate" in said
    assert record(area, 102)["updates"] == [{"date": "2026-11-24", "status": "dropped", "reason": "The roof leaks."}]
    assert "[plan-fate]" not in board(area, "check")[1]
    assert "has its fate" in board(area, "plan", "close", "plan-2023")[1]


@pytest.mark.parametrize("options, why", [
    (("plan-2022",), 'There is no plan "plan-2022"; did you mean'),
    (("plan-2023", "--drop", "A-101"), "needs a reason"),
    (("plan-2023", "--carry", "A-103=A-101"), "A-103 is no open action of plan-2023; open are: A-101, A-102"),
    (("plan-2023", "--carry", "A-101=A-103", "--merge", "A-101=A-103"), "A-101 is chosen twice"),
])
def test_board_plan_close_writes_nothing_that_cannot_be_right(area, options, why):
    before = record(area, 101), record(area, 102), record(area, 103)
    code, said = board(area, "plan", "close", *options)
    assert code == 2 and why in said
    assert (record(area, 101), record(area, 102), record(area, 103)) == before


def test_a_fate_that_was_published_stays(area):
    board(area, "plan", "close", "plan-2023", "--carry", "A-101=A-103")
    publish(area)
    file = area / "data/actions/a-101-x.yml"
    file.write_text(file.read_text("utf-8").replace("to: A-103", "to: A-102"), "utf-8")
    assert "error[history-edited]" in board(area, "check", "--against", "main")[1]


# Done when


def test_a_promise_without_a_test_of_success_is_marked_and_counted(site):
    assert "Done when No test of success was published" in words(site, "actions/a-076")
    assert "No test of success was published" not in words(site, "actions/a-078")
    assert computed(site, "A-076")["test_published"] is False and computed(site, "A-078")["test_published"] is True
    listed = page(site, "actions").select("[data-list] > li")
    without = [item for item in listed if "no_test" in item["data-states"].split()]
    assert f"For {len(without)} promises no test of success was published" in words(site, "actions")
    assert "open promises no test of success was published" in words(site, "briefing")


def test_each_line_shows_the_evidence_that_was_given_for_it(site):
    said = words(site, "actions/a-063")
    assert "Five thousand cards are in schools, clinics and libraries. Shown 6 October 2026: The card" in said


def test_a_line_that_was_made_softer_is_shown_with_the_old_one_and_the_reason(site):
    soup = page(site, "actions/a-078")
    changed = soup.select_one("#done-when ~ .b-note")
    assert changed.select_one("del").get_text() == "Every call is answered on the same day."
    assert changed.select_one("ins").get_text() == "Eight of ten calls are answered on the same day."
    assert "two people are too few" in changed.get_text()
    assert "What it has to achieve was changed on 17 November 2026" in words(site, "actions/a-078")
    assert "Test of success has changed (1)" in words(site, "actions")


LINES = "done_when:\n  - The hall is blue.\n  - A photo shows it.\n"
DONE = """\
updates:
  - date: 2024-06-01
    status: complete
    evidence:
      - {title: The photo, url: https://smallshire.example/photo, done_when: 2}
"""


def test_only_a_board_that_runs_its_site_has_to_show_every_line(area):
    promise(area, 101, "Paint the hall", more=LINES + DONE)
    code, said = board(area, "check")
    assert code == 1 and "error[done-when-evidence] A-101 is complete, and no evidence shows line 1" in said
    settings = area / "data/area.yml"
    settings.write_text(settings.read_text("utf-8").replace("standing: adopted", "standing: independent"), "utf-8")
    for action in (area / "data/actions").glob("a-00*.yml"):
        action.write_text(action.read_text("utf-8").replace("    note:", "    editorial: true\n    note:"), "utf-8")
    said = words(Pages(area, "2026-11-24"), "actions/a-101")
    assert "The hall is blue. No evidence was given for this line." in said
    assert "A photo shows it. Shown 1 June 2024" in said


def test_evidence_for_the_old_words_of_a_line_shows_nothing_of_the_new_ones(area):
    both = DONE.replace("done_when: 2}", "done_when: 2}\n      - {title: Hall, url: https://smallshire.example/hall, "
                        "done_when: 1}")
    file = promise(area, 104, "Paint the wall", more=LINES + both)
    assert "done-when-evidence" not in board(area, "check")[1]
    file.write_text(file.read_text("utf-8").replace("The hall is blue.", "Most of the hall is blue.") + """\
  - date: 2024-06-20
    correction:
      field: done_when
      was: [The hall is blue., A photo shows it.]
      now: [Most of the hall is blue., A photo shows it.]
      reason: The paint ran out.
""", encoding="utf-8")
    assert "done-when-evidence" in board(area, "check")[1]


def test_the_terminal_names_the_line_that_evidence_shows(area):
    promise(area, 101, "Paint the hall", more=LINES)
    code, said = board(area, "update", "A-101", "--status", "complete", "--evidence", "1: The hall",
                     "https://smallshire.example/hall", "--evidence", "The photo", "https://smallshire.example/photo")
    assert code == 1 and "no evidence shows line 2" in said
    assert board(area, "update", "A-101", "--status", "complete", "--evidence", "1: The hall",
               "https://smallshire.example/hall", "--evidence", "2. The photo", "https://smallshire.example/photo")[0] \
        == 0
    assert [(item["title"], item["done_when"]) for item in record(area, 101)["updates"][0]["evidence"]] == [
        ("The hall", "1"), ("The photo", "2")]


def test_a_line_cannot_be_dropped_in_silence_and_can_with_a_reason(area):
    promise(area, 101, "Paint the hall", more=LINES)
    publish(area)
    promise(area, 101, "Paint the hall", more=LINES.replace("  - A photo shows it.\n", ""))
    assert "error[history-edited] the done_when of A-101" in board(area, "check", "--against", "main")[1]
    promise(area, 101, "Paint the hall", more=LINES)
    assert board(area, "correct", "A-101", "--field", "done_when", "--now", "The hall is blue.",
               "--reason", "Nobody has a camera.")[0] == 0
    assert record(area, 101)["done_when"] == ["The hall is blue."]
    code, said = board(area, "check", "--against", "main")
    assert code == 0, said


def test_a_new_promise_without_a_test_of_success_is_asked_for_it_and_an_old_one_is_not(area):
    publish(area)
    assert "[no-test]" not in board(area, "check", "--against", "main")[1]
    promise(area, 104, "Light the hall", "plan-2024")
    promise(area, 105, "Heat the hall", "plan-2024", LINES)
    code, said = board(area, "check", "--against", "main")
    assert code == 0 and said.count("[no-test]") == 1
    assert "data/actions/a-104-x.yml:1: warning[no-test] A-104 does not say what would show that it is done" in said
    code, said = board(area, "review", "--against", "main", "--format", "markdown")
    assert "A-104 does not say what would show that it is done" in said.replace("\\", "")
    said = board(area, "new", "action", "--title", "Clean the hall", "--kind", "promised", "--owner", "council",
               "--due", "2027", "--source", "Plan", "https://smallshire.example/new")[1]
    assert "Ask now, while the promise is being made" in said
