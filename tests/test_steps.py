"""The steps of an action have dates and a history of their own, and leave the action's as they are."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from macros.__main__ import main
from tests.conftest import ROOT
from tests.pages import Pages, file, page

RECORD = """\
id: A-109
title: Open a helpline
kind: promised
owner: council
due: 2027-05
steps:
  - title: Find a room
    due: 2024-03
  - title: Train people to answer
    due: 2024-05
  - title: Print the number on letters
    due: 2024-06
  - title: Tell families
source:
  title: Smallshire plan
  url: https://smallshire.example/plan
  published: 2024-01-31
updates:
  - date: 2024-04-30
    step: 1
    status: complete
    evidence:
      - title: The room
        url: https://smallshire.example/room
  - date: 2024-05-02
    step: 2
    due: 2024-08
    reason: The trainer was ill.
    source:
      title: Notes of May 2024
      url: https://smallshire.example/may
"""
STILL_OPEN = """\
  - date: 2024-09-20
    step: 2
    status: in_progress
    source:
      title: Notes of September 2024
      url: https://smallshire.example/september
"""
FILE = "data/actions/a-109-open-a-helpline.yml"


def lay_out(folder: Path, record: str) -> Path:
    area = Path(shutil.copytree(ROOT / "tests/areas/small", folder / "area"))
    (area / FILE).write_text(record, encoding="utf-8")
    return area


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    area = lay_out(tmp_path_factory.mktemp("steps"), RECORD + STILL_OPEN)
    settings = area / "data/area.yml"
    content = settings.read_text(encoding="utf-8")
    settings.write_text(re.sub(r"standing: \w+", "standing: independent", content), encoding="utf-8")
    for action in (area / "data/actions").glob("a-00*.yml"):
        content = action.read_text(encoding="utf-8")
        action.write_text(content.replace("    note:", "    editorial: true\n    note:"), encoding="utf-8")
    return Pages(area, "2026-11-24")


def text(element) -> str:
    return re.sub(r" (?=[.,)])", "", " ".join(element.get_text(" ").split()))


def steps(site: Path | Pages, id: str) -> list[str]:
    listed = page(site, f"actions/{id.lower()}").select_one("#steps").find_next("ol")
    return [text(item) for item in listed.select(":scope > li")]


def computed(site: Pages, id: str) -> dict:
    return json.loads(file(site, f"api/v1/actions/{id.lower()}.json"))["items"][0]["computed"]


def check(capsys, area: Path, *options: str) -> list[str]:
    capsys.readouterr()
    main(["check", "--area", str(area), "--today", "2026-11-24", *options])
    return [line for line in capsys.readouterr().out.splitlines() if "error[" in line]


def test_the_page_of_an_action_lists_its_steps_one_done_one_moved_and_one_open(site):
    done, moved, still_open = steps(site, "A-056")
    assert done.startswith("Get permission to build Done, says ") and "Permission to build" in done
    assert "It was due in September 2026" in done and "late" not in done
    assert "Due: January 2027." in moved and "from 31 October 2026 to January 2027" in moved
    assert "The reason given: Two of the four builders asked for more time" in moved
    assert still_open == "Put up the new classrooms. Due: July 2027."


def test_a_step_that_was_done_or_moved_leaves_the_action_as_it_was(made):
    found = computed(made, "A-109")
    assert (found["status"], found["due"], found["times_moved"], found["verdicts"]) == (None, "2027-05", 0, [])
    assert (found["late"], found["date_passed"], found["done_late"]) == (False, False, False)
    assert found["last_update"] == "2024-09-20", "it is news of the action all the same"


def test_a_step_is_late_unresolved_or_done_late_by_the_rules_of_an_action(made):
    done, late, unresolved, undated = steps(made, "A-109")
    assert "Done, says the council" in done and "Done, more than four weeks late" in done
    assert late.startswith("Train people to answer. Late Due: August 2024.")
    assert unresolved.startswith("Print the number on letters. Date passed, and we have not found out")
    assert undated == "Tell families. Due: No date published."
    found = computed(made, "A-109")["steps"]
    assert [(step["late"], step["date_passed"], step["done_on"]) for step in found] == [
        (False, False, "2024-04-30"), (True, False, None), (False, True, None), (False, False, None)]
    assert found[1]["moves"] == [
        {"said_on": "2024-05-02", "was": "2024-05", "now": "2024-08", "reason": "The trainer was ill."}]


def test_the_history_and_the_feed_say_which_step_has_news(made):
    newest, moved, done, _ = (text(item) for item in page(made, "actions/a-109").select(".b-history > li"))
    assert "Step 2: Train people to answer" in newest and "In progress" in newest
    assert "New date: August 2024. It was May 2024." in moved
    assert "Step 1: Find a room" in done
    for path in ("feeds/changes.atom.xml", "feeds/actions/a-109.atom.xml"):
        assert "Step 2, “Train people to answer”: its date is now August 2024." in file(made, path)
        assert "Step 1, “Find a room”: done." in file(made, path)


def test_a_step_that_does_not_exist_is_an_error_with_the_number_of_steps(tmp_path, capsys):
    area = lay_out(tmp_path, RECORD.replace("step: 2", "step: 5"))
    assert check(capsys, area) == [
        f"{FILE}:26: error[unknown-step] there is no step 5: A-109 has 4 steps; use a number from 1 to 4"]


@pytest.mark.parametrize("was, now", [("due: 2024-05\n", "due: 2024-08\n"), ("Find a room", "Find a hall"),
                                      ("  - title: Tell families\n", "")])
def test_a_published_step_is_not_rewritten(tmp_path, capsys, was, now):
    area = lay_out(tmp_path, RECORD)
    commit = ["-c", "user.name=W", "-c", "user.email=w@smallshire.example", "commit", "-q", "--allow-empty", "-m"]
    # A change is compared with what is published from a commit of its own.
    for command in (["init", "-q", "-b", "main"], ["add", "-A"], [*commit, "Published"],
                    ["switch", "-q", "-c", "change"], [*commit, "Change"]):
        subprocess.run(["git", *command], cwd=area, check=True)
    assert check(capsys, area, "--against", "main") == []
    news = STILL_OPEN.replace("date: 2024-09-20", "date: 2026-11-24\n    happened: 2024-09-20")
    (area / FILE).write_text(RECORD + news, encoding="utf-8")
    assert check(capsys, area, "--against", "main") == [], "news of a step goes into an update"
    (area / FILE).write_text(RECORD.replace(was, now, 1), encoding="utf-8")
    problem, = check(capsys, area, "--against", "main")
    assert "error[history-edited] the steps of A-109" in problem
