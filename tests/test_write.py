"""`board new`, `update`, `figure` and `correct`: valid files, and not a character of the rest changed."""

from __future__ import annotations

import difflib
import os
import shutil
import subprocess
from functools import partial
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from macros.__main__ import main
from macros.cli import parser
from macros.source.yaml_reader import parse_yaml
from macros.write.yaml_writer import add_entry, dump, set_value
from tests.command import board, copied
from tests.conftest import ROOT
from tests.pages import Pages, page
from tests.test_steps import FILE as STEPS_FILE
from tests.test_steps import RECORD as STEPS
from tests.thorough import share

SMALL = ROOT / "tests/areas/small"
POST = "docs/blog/posts/2024-02-02-first-meeting.md"
DAY = ("--today", "2026-11-24")
SOURCE = ("--source", "Notes of the meeting", "https://smallshire.example/notes/9")


@pytest.fixture
def area(tmp_path: Path) -> Path:
    return copied(SMALL, tmp_path / "area")


@pytest.fixture(name="board")
def board_here(area):
    """A function that runs `board` in the area, and returns its exit code and output."""
    return partial(board, area)


def files(area: Path) -> dict[str, bytes]:
    return {path.relative_to(area).as_posix(): path.read_bytes() for path in sorted(area.rglob("*")) if path.is_file()}


def added(before: bytes, after: bytes) -> list[str]:
    """The lines that were added. Fails if one was removed."""
    lines = list(difflib.ndiff(before.decode().splitlines(), after.decode().splitlines()))
    assert not [line for line in lines if line.startswith("- ")], lines
    return [line[2:] for line in lines if line.startswith("+ ")]


NEW = {
    "action": (["new", "action", "--title", "Answer every letter", "--kind", "promised", "--owner", "council",
                "--due", "2027-Q1", *SOURCE],
               "data/actions/a-004-answer-every-letter.yml"),
    "action of a meeting": (["new", "action", "--title", "Write to families", "--kind", "aim", "--said-by",
                             "independent chair", "--owner", "null", "--due", "null",
                             "--meeting", "2024-01-31"], "data/actions/a-004-write-to-families.yml"),
    "action of a decision": (["new", "action", "--title", "Call families", "--kind", "planned", "--owner", "null",
                              "--due", "soon",
                              "--decision", "D-001"], "data/actions/a-004-call-families.yml"),
    "decision": (["new", "decision", "--meeting", "2024-01-31", "--text", "Meet in schools", "--kind", "agreed"],
                 "data/decisions/d-003-meet-in-schools.yml"),
    "meeting": (["new", "meeting", "--date", "2027-01-19", *SOURCE], "data/meetings/2027-01-19.yml"),
    "measure": (["new", "measure", "--title", "Letters answered", "--question", "How many?", "--unit", "letters",
                 "--better", "higher", *SOURCE], "data/measures/letters-answered.yml"),
    "post": (["new", "post", "--title", "Letters", "--date", "2026-11-20", "--description", "About letters.",
              "--in-short", "Letters are answered.", "--text-file", "TEXT"], "docs/blog/posts/2026-11-20-letters.md"),
}


@pytest.mark.parametrize("arguments, path", NEW.values(), ids=NEW)
def test_a_new_record_has_the_next_id_and_passes_the_check(arguments, path, area, board, tmp_path):
    (tmp_path / "text.md").write_text("Families wrote 40 letters.\n", encoding="utf-8")
    arguments = [str(tmp_path / "text.md") if word == "TEXT" else word for word in arguments]
    before = files(area)
    code, said = board(*arguments)
    assert code == 0, said
    after = files(area)
    assert set(after) - set(before) == {path}
    assert path in said
    if "measure" not in path:  # whose target is asked for
        assert board("check")[0] == 0, board("check")


def test_a_missing_field_is_asked_for_in_the_file_and_not_published(area, board):
    code, said = board("new", "action", "--title", "Answer every letter")
    assert code == 0
    text = (area / "data/actions/a-004-answer-every-letter.yml").read_text(encoding="utf-8")
    assert text.count("TO CONFIRM") == 4
    code, said = board("check")
    assert code == 1
    assert "error[to-confirm]" in said


def test_the_meeting_s_post_and_the_decision_list_the_new_action_too(area, board):
    before = files(area)
    board("new", "action", "--title", "Call families", "--owner", "null", "--due", "null", "--decision", "D-001")
    after = files(area)
    changed = {path for path in before if before[path] != after[path]}
    assert changed == {"data/decisions/d-001-look-at-late-plans.yml", POST}
    assert b"A-004" in after[POST]


def test_a_post_is_named_by_its_meeting_and_lists_what_was_decided_there(area, board):
    board("new", "meeting", "--date", "2026-11-17", *SOURCE)
    board("new", "decision", "--meeting", "2026-11-17", "--text", "Meet in schools", "--kind", "agreed")
    code, said = board("new", "post", "--title", "Schools", "--meeting", "2026-11-17", "--date", "2026-11-20")
    assert code == 0, said
    assert "post: 2026-11-20-schools\n" in (area / "data/meetings/2026-11-17.yml").read_text(encoding="utf-8")
    assert "decisions: [D-003]" in (area / "docs/blog/posts/2026-11-20-schools.md").read_text(encoding="utf-8")


def test_a_meeting_has_one_post(board):
    code, said = board("new", "post", "--title", "Again", "--meeting", "2024-01-31")
    assert code == 1
    assert 'the meeting of 2024-01-31 has a post already: "2024-02-02-first-meeting"' in said


def test_an_update_is_added_at_the_end_and_nothing_else_changes(area, board):
    path = area / "data/actions/a-001-list-late-plans.yml"
    path.write_text(path.read_text(encoding="utf-8") + "# Kept by the officer.\n", encoding="utf-8")
    before = path.read_bytes()
    code, said = board("update", "A-001", "--status", "complete", "--note", "The list is finished: 12 pages.",
                       "--evidence", "The list", "https://smallshire.example/list",
                       "--evidence", "Its cover", "https://smallshire.example/cover", "--date", "2026-11-20")
    assert code == 0, said
    assert [line.strip() for line in added(before, path.read_bytes())] == [
        "- date: 2026-11-20", "note: 'The list is finished: 12 pages.'", "status: complete", "evidence:",
        "- title: The list", "url: https://smallshire.example/list", "- title: Its cover",
        "url: https://smallshire.example/cover"]
    assert board("check")[0] == 0


def test_an_update_without_a_day_is_dated_today(area, board):
    board("update", "A-001", "--note", "Half of it is there.")
    assert "  - date: 2026-11-24\n    note: Half of it is there.\n" in \
        (area / "data/actions/a-001-list-late-plans.yml").read_text(encoding="utf-8")


def test_a_figure_is_put_in_its_place_and_says_what_it_replaces(area, board):
    for arguments in (["2026-Q3", "--value", "54.5", "--state", "provisional", *SOURCE],
                      ["2022", "--value", "about 1,000"],
                      ["2024", "--value", "53", "--revises", "52.5, before late plans came in."],
                      ["2025", "--state", "not_available"]):
        code, said = board("figure", "plans-on-time", "--period", *arguments)
        assert code == 0, said
    text = (area / "data/measures/plans-on-time.yml").read_text(encoding="utf-8")
    assert text[text.index("observations:"):text.index("priorities:")] == """observations:
  - period: 2022
    value: 1000
    approximate: true
  - period: 2023
    value: 41
  - period: 2024
    value: 52.5
  - period: 2024
    value: 53
    revises: 52.5, before late plans came in.
  - period: 2025
    value: null
    state: not_available
  - period: 2026-Q3
    value: 54.5
    state: provisional
    source:
      title: Notes of the meeting
      url: https://smallshire.example/notes/9
"""
    assert board("check")[0] == 0


MEASURE = "data/measures/plans-on-time.yml"


def test_a_figure_of_england_is_put_in_its_place_among_englands(area, board):
    before = (area / MEASURE).read_text(encoding="utf-8")
    for arguments in (["2025", "--value", "46.1", "--for", "england"], ["2022", "--value", "49.2", "--for", "England"],
                      ["2023", "--value", "46.1", "--for", "South East", *SOURCE],
                      ["2024", "--value", "38.2", "--for", "South East", "--state", "provisional"]):
        code, said = board("figure", "plans-on-time", "--period", *arguments)
        assert code == 0, said
    text = (area / MEASURE).read_text(encoding="utf-8")
    assert text[:text.index("comparators:")] == before[:before.index("comparators:")]
    assert text[text.index("comparators:"):] == """comparators:
  - name: England
    observations:
      - period: 2022
        value: 49.2
      - period: 2023
        value: 50
      - period: 2025
        value: 46.1
  - name: South East
    observations:
      - period: 2023
        value: 46.1
        source:
          title: Notes of the meeting
          url: https://smallshire.example/notes/9
      - period: 2024
        value: 38.2
        state: provisional
"""


def test_englands_first_figure_may_stand_in_any_layout(area, board):
    file = area / MEASURE
    text = file.read_text(encoding="utf-8")
    file.write_text(text[:text.index("comparators:")] + "comparators:\n  - observations: [{period: 2023, value: 50}]"
                    " # of the department\n    name: England\n", encoding="utf-8")
    assert board("figure", "plans-on-time", "--period", "2024", "--value", "46.4", "--for", "England")[0] == 0
    text = file.read_text(encoding="utf-8")
    assert "# of the department" in text
    assert parse_yaml(text, "")[0].data["comparators"] == (
        {"observations": ({"period": 2023, "value": 50}, {"period": 2024, "value": 46.4}), "name": "England"},)


def test_a_measure_without_comparators_gains_one(area, board):
    file = area / MEASURE
    text = file.read_text(encoding="utf-8")
    file.write_text(text[:text.index("comparators:")], encoding="utf-8")
    assert board("figure", "plans-on-time", "--period", "2024", "--value", "46.4", "--for", "England")[0] == 0
    assert parse_yaml(file.read_text(encoding="utf-8"), "")[0].data["comparators"] == (
        {"name": "England", "observations": ({"period": 2024, "value": 46.4},)},)


@pytest.mark.parametrize("arguments, said", [
    (["figure", "plans-on-time", "--period", "2024", "--value", "53"], "figure-twice"),
    (["figure", "plans-on-time", "--period", "2023", "--value", "53", "--for", "England"], "figure-twice"),
    (["figure", "plans-on-time", "--period", "2025"], "a published figure has no value"),
    (["figure", "plans-on-time", "--period", "2025", "--state", "suppressed"], "no note that says why"),
    (["update", "A-001", "--due", "2027-03-31"], "no-reason"),
    (["update", "A-001", "--status", "complete"], "no-evidence"),
    (["update", "A-001"], "empty-update"),
    (["update", "A-001", "--note", "x", "--date", "2027-03-31"], "future-date"),
    (["update", "A-001", "--owner", "nobody", "--reason", "x"], "unknown-owner"),
    (["update", "A-001", "--note", "x", "--date", "2019-03-31"], "update-order"),
    (["correct", "A-001", "--field", "kind", "--now", "wish", "--reason", "y"], "write one of: promised, planned, aim"),
    (["correct", "A-001", "--field", "said_by", "--now", "councl", "--reason", "y"], 'did you mean "council"?'),
    (["correct", "A-001", "--field", "said_at", "--now", "2024-02-01", "--reason", "y"], "unknown-meeting"),
    (["new", "action", "--title", "x", "--owner", "councl", "--due", "null", *SOURCE], 'did you mean "council"?'),
    (["new", "action", "--title", "x", "--meeting", "2024-02-01"], "unknown-meeting"),
    (["new", "decision", "--text", "x", "--meeting", "2024-02-01"], "unknown-meeting"),
    (["new", "meeting", "--date", "2024-01-31"], "is there already"),
    (["new", "meeting", "--date", "2027-01-19", "--state", "held"], "future-date"),
], ids=lambda value: " ".join(value[:5]) if isinstance(value, list) else "")
def test_edits_that_would_not_pass_the_checks_are_not_written(arguments, said, area, board):
    before = files(area)
    code, printed = board(*arguments)
    assert code == 1
    assert said in printed
    assert files(area) == before


@pytest.mark.parametrize("arguments", [
    ["update", "A-001", "--note", "The second list is ready.", *SOURCE],
    ["update", "F-001", "--answer", "The council answers within a week.", *SOURCE]], ids=["an action", "families"])
def test_an_update_is_not_written_twice(arguments, area, board):
    assert board(*arguments)[0] == 0
    before = files(area)
    code, printed = board(*arguments)
    assert (code, files(area)) == (2, before) and "the newest entry says the same already" in printed


@pytest.mark.parametrize("arguments, said", [
    (["update", "A-1", "--note", "x"], 'There is no action "A-1"'),
    (["update", "A-001", "--status", "done"], 'did you mean "complete"?'),
    (["update", "A-001", "--due", "31/3/2027"], "write 2027-03-31 if 31 March 2027 is meant"),
    (["update", "A-001", "--evidence", "https://smallshire.example", "The list"], "give a title and then a web"),
    (["new", "action"], "--title"),
    (["new", "action", "--title", "x", "--due", "by Easter 2027"], "write 2027-03-28"),
    (["new", "post", "--title", "x", "--text-file", "no-such-file"], '"no-such-file" cannot be read'),
    (["new", "promise"], "promise"),
    (["figure", "plans-in-time", "--period", "2025", "--value", "53"], 'did you mean "plans-on-time"?'),
    (["figure", "plans-on-time", "--period", "last year", "--value", "53"], "write it like 2026-10-31"),
    (["figure", "plans-in-20-weeks", "--period", "2025", "--value", "53"], "are official"),
    (["figure", "plans-on-time", "--period", "2025", "--value", "half"], "write digits alone"),
    (["correct", "A-009", "--field", "title", "--now", "x", "--reason", "y"], 'there is no record "A-009"'),
    (["correct", "D-001", "--field", "due", "--now", "x", "--reason", "y"], "use one of: text, kind, note"),
    (["update", "A-001", "--step", "1", "--note", "x"], "A-001 has no steps; leave the step out"),
    (["correct", "A-001", "--field", "steps", "--now", "x", "--reason", "y"],
     '"steps" cannot be corrected here; use one of: title'),
    (["correct", "A-001", "--field", "kind", "--now", "promised", "--reason", "y"], "says that already"),
    (["correct", "A-001", "--field", "owner", "--now", "council", "--reason", "y"], "says that already"),
], ids=lambda value: " ".join(value[:5]) if isinstance(value, list) else "")
def test_wrong_usage_exits_with_2_and_says_what_to_write(arguments, said, area, board):
    before = files(area)
    code, printed = board(*arguments)
    assert code == 2
    assert said in printed
    assert "Traceback" not in printed
    assert files(area) == before


@pytest.mark.parametrize("arguments", [
    ["update", "A-001", "--note", "Half of it is there."],
    ["new", "action", "--title", "Answer every letter"],
    ["correct", "A-001", "--field", "title", "--now", "List all late plans", "--reason", "A word was missing."],
], ids=lambda arguments: arguments[0])
def test_a_dry_run_shows_the_difference_and_writes_nothing(arguments, area, board):
    before = files(area)
    code, said = board(*arguments, "--dry-run")
    assert code == 0
    assert "+++ data/actions/a-00" in said
    assert files(area) == before


@pytest.mark.parametrize("id, field, path", [
    ("A-001", "title", "data/actions/a-001-list-late-plans.yml"),
    ("D-001", "text", "data/decisions/d-001-look-at-late-plans.yml"),
    ("F-001", "said", "data/feedback/f-001-letters.yml"),
    ("plans-on-time", "question", "data/measures/plans-on-time.yml"),
])
def test_a_correction_shows_both_wordings_and_passes_the_ledger(id, field, path, area, board):
    for command in (("init", "-q", "-b", "main"), ("add", "-A"), ("commit", "-q", "-m", "Published")):
        git(area, *command)
    code, said = board("correct", id, "--field", field, "--now", "Right: now", "--reason", "It was wrong before.")
    assert code == 0, said
    text = (area / path).read_text(encoding="utf-8")
    assert f"{field}: 'Right: now'" in text
    assert "reason: It was wrong before." in text
    assert board("check", "--against", "main")[0] == 0, board("check", "--against", "main")


@pytest.mark.parametrize("field, now, written", [
    ("kind", "aim", "aim"), ("said_by", "forum", "forum"), ("said_by", "independent chair", "independent chair"),
    ("with", "council, forum", ["council", "forum"]), ("priorities", "null", []),
    ("said_at", "d-001", {"decision": "D-001"}), ("note", "Nothing says how.", "Nothing says how.")])
def test_what_is_set_once_in_an_action_is_corrected_in_the_open(field, now, written, area, board):
    path = "data/actions/a-001-list-late-plans.yml"
    git(area, "init", "-q", "-b", "main")
    git(area, "add", "-A")
    git(area, "commit", "-q", "-m", "Published")
    before = yaml.load((area / path).read_text("utf-8"), yaml.BaseLoader)
    code, said = board("correct", "A-001", "--field", field, "--now", now, "--reason", "The notes say so.")
    assert code == 0, said
    after = yaml.load((area / path).read_text("utf-8"), yaml.BaseLoader)
    assert after[field] == written
    correction = after["updates"][-1]["correction"]
    assert correction["was"] == before.get(field, "null") and correction["now"] == (written or "null")
    assert board("check", "--against", "main")[0] == 0, board("check", "--against", "main")


def test_readers_see_in_words_what_a_correction_of_an_action_put_right(area, board):
    assert board("correct", "A-001", "--field", "said_by", "--now", "council", "--reason", "The notes say so.")[0] == 0
    assert board("correct", "A-001", "--field", "said_at", "--now", "D-001", "--reason", "The notes say so.")[0] == 0
    said = " ".join(page(Pages(area, "2026-11-24"), "actions/a-001").get_text().split())
    assert "Corrected: who said it. It said “nothing”. It now says “Smallshire Council”." in said
    assert "Corrected: where it was said. It said “31 January 2024, D-001”. It now says “D-001”." in said


def test_a_correction_that_the_record_does_not_repeat_is_found_in_lists_too(area, board):
    assert board("correct", "A-001", "--field", "with", "--now", "forum", "--reason", "The notes say so.")[0] == 0
    path = area / "data/actions/a-001-list-late-plans.yml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("with: [forum]", "with: [council]"), "utf-8")
    code, said = board("check")
    assert code == 1 and 'error[correction] the with is not what "now" says' in said


def test_an_update_of_a_step_moves_its_date_or_reports_it_done(area, board):
    (area / STEPS_FILE).write_text(STEPS, "utf-8")
    for news in (["--step", "3", "--status", "complete", "--evidence", "Letter", "https://smallshire.example/letter"],
                 ["--step", "4", "--due", "2027-02", "--reason", "The printer is slow.", *SOURCE]):
        code, said = board("update", "A-109", *news)
        assert code == 0, said
    assert board("check")[0] == 0
    done, moved = yaml.safe_load((area / STEPS_FILE).read_text("utf-8"))["updates"][-2:]
    assert (done["step"], done["status"], moved["step"], moved["due"]) == (3, "complete", 4, "2027-02")
    before = files(area)
    for number in ("0", "5", "two"):
        code, said = board("update", "A-109", "--step", number, "--note", "x", *SOURCE)
        assert (code, files(area)) == (2, before)
        assert f'A-109 has no step "{number}"; write the number of one of its steps: 1 (Find a room), 2 (Train' in said
    code, said = board("update", "A-109", "--step", "4", "--due", "2027-05", *SOURCE)
    assert (code, files(area)) == (1, before) and "no-reason" in said


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", "-c", "user.name=Writer", "-c", "user.email=writer@smallshire.example", *arguments],
                   cwd=folder, check=True, env=os.environ | {"GIT_CONFIG_GLOBAL": os.devnull})


def test_an_id_that_another_branch_has_taken_is_not_given_again(area, board, tmp_path):
    """Two people who each make an action on the same day get two ids."""
    for command in (("init", "-q", "-b", "main"), ("add", "-A"), ("commit", "-q", "-m", "Published")):
        git(area, *command)
    other = tmp_path / "other"
    git(tmp_path, "clone", "-q", str(area), str(other))
    shutil.copy(area / "data/actions/a-003-answer-letters.yml", area / "data/actions/a-004-not-yet-here.yml")
    git(area, "checkout", "-q", "-b", "form-7")
    git(area, "add", "-A")
    git(area, "commit", "-q", "-m", "Another's")
    git(other, "fetch", "-q")
    assert main(["new", "action", "--title", "Call families", "--area", str(other), *DAY]) == 0
    assert (other / "data/actions/a-005-call-families.yml").is_file()


HAND_MADE = {
    "a comment after the list": ("updates:\n  - date: 2024-01-01\n    note: x\n# The end.\n", "# The end.\n"),
    "hyphens at the margin": ("updates:\n- date: 2024-01-01\n  note: x\n", "- date: 2024-01-01\n"),
    "a folded text at the end": ("updates:\n  - date: 2024-01-01\n    note: >-\n      one\n      # two\n", "# two\n"),
    "a key after the list": ("updates:\n  - date: 2024-01-01\n    note: x\n\nwith: [forum]\n", "\nwith: [forum]\n"),
    "an empty list": ("updates: [] # none yet\nwith: [forum]\n", "# none yet\n"),
    "no such key": ("with: [forum]", "with: [forum]\n"),
    "entries in one line": ("updates: [{date: 2024-01-01, note: x}]\n", "2024-01-01"),
    "no line end": ("updates:\n  - date: 2024-01-01\n    note: x", "    note: x\n"),
}
ACTION = """id: A-001 # first
title: List the plans that are late
kind: promised
owner: council
due: 2024-06
said_at: {meeting: 2024-01-31, decision: D-001}
"""


def data(text: str) -> dict:
    document, problems = parse_yaml(text, "")
    assert not problems, text
    return document.data


@pytest.mark.parametrize("text, kept", HAND_MADE.values(), ids=HAND_MADE)
def test_an_update_is_added_however_the_file_is_laid_out(text, kept, area, board):
    path = area / "data/actions/a-001-list-late-plans.yml"
    path.write_text(ACTION + text, encoding="utf-8")
    before = data(ACTION + text)
    code, printed = board("update", "A-001", "--note", "y")
    assert code == 0, printed
    edited = path.read_text(encoding="utf-8")
    assert data(edited) == before | {"updates": (*(before.get("updates") or ()), {"date": "2026-11-24", "note": "y"})}
    assert kept in edited and edited.startswith("id: A-001 # first\n")


@pytest.mark.parametrize("text, edited", [
    ("observations:\n  - period: 2023\n    value: 41\n# End.\n",
     "observations:\n  - period: 2022\n    value: 5\n  - period: 2023\n"),
    ("observations:\n  # The first.\n  - period: 2023\n    value: 41\npriorities: [P1]\n",
     "observations:\n  - period: 2022\n    value: 5\n  # The first.\n"),
    ("observations:\n-\n  period: 2023\n  value: 41\n",
     "observations:\n- period: 2022\n  value: 5\n-\n  period: 2023\n"),
    ("observations: [{period: 2023, value: 41}]\n",
     "observations:\n  - period: 2022\n    value: 5\n  - period: 2023\n"),
    ("observations: []\n", "observations:\n  - period: 2022\n    value: 5\n"),
])
def test_a_figure_is_put_before_later_ones_however_the_file_is_laid_out(text, edited, area, board):
    path = area / "data/measures/plans-on-time.yml"
    record = path.read_text(encoding="utf-8")
    head, tail = record[:record.index("observations:")], record[record.index("source:"):]
    path.write_text(head + tail + text, encoding="utf-8")
    code, printed = board("figure", "plans-on-time", "--period", "2022", "--value", "5")
    assert code == 0, printed
    assert path.read_text(encoding="utf-8").startswith(head + tail + edited)


LISTS = {
    "in one line": "actions: [A-001, A-002] # both\nkind: summary\n",
    "over two lines": "actions: [A-001,\n  A-002]\nkind: summary\n",
    "with hyphens": "actions:\n  - A-001\n  - A-002\n\n# Next.\nkind: summary\n",
}


@pytest.mark.parametrize("text", LISTS.values(), ids=LISTS)
def test_an_id_is_added_however_a_post_s_list_is_laid_out(text, area, board):
    path = area / POST
    post = path.read_text(encoding="utf-8").replace("kind: summary\n", "").replace("actions: [A-001, A-002]\n", text)
    path.write_text(post, encoding="utf-8")
    code, printed = board("new", "action", "--title", "Call families", "--owner", "null", "--due", "null",
                          "--meeting", "2024-01-31")
    assert code == 0, printed
    front, edited = (content.split("---\n")[1] for content in (post, path.read_text(encoding="utf-8")))
    assert data(edited) == data(front) | {"actions": ("A-001", "A-002", "A-004")}
    assert edited.count("#") == front.count("#")


@pytest.mark.parametrize("text", ["leads_to: []\n", "", "leads_to: [] # none yet"],
                         ids=["empty", "missing", "with a comment"])
def test_an_id_is_added_where_a_decision_led_to_nothing_yet(text, area, board):
    path = area / "data/decisions/d-003-call-families.yml"
    path.write_text("id: D-003\nmeeting: 2024-01-31\ntext: Call families.\nkind: agreed\n" + text, encoding="utf-8")
    post = area / POST
    post.write_text(post.read_text(encoding="utf-8").replace("D-002]", "D-002, D-003]"), encoding="utf-8")
    code, printed = board("new", "action", "--title", "Call families", "--owner", "null", "--due", "null",
                          "--decision", "D-003")
    assert code == 0, printed
    edited = path.read_text(encoding="utf-8")
    assert data(edited)["leads_to"] == ("A-004",)
    assert edited.count("#") == text.count("#")


TEXTS = st.text(alphabet=st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp", "Cf")), min_size=1, max_size=200) \
    .filter(lambda text: text.isprintable() and text.strip() == text and text)


@settings(max_examples=share(200), deadline=None, derandomize=True, database=None)
@given(text=TEXTS | st.sampled_from(["no", "012", "1:30", "2026-13-01", "null", "~", "a: b", "a #b", "- a", "it's",
                                     "{{ config }}", '"', "a" * 130, "# x", "&a", "*a", "!x", "%", "@x", "?", "…",
                                     "0]", "see a}", 'so said"']))
def test_any_text_is_read_back_as_it_was_written(text):
    """As an entry, as a value in place of another, and as a whole record."""
    for written in (dump({"note": text}), set_value("note: old # why\nid: A-001\n", "note", text),
                    set_value("note: >-\n  old\nid: A-001\n", "note", text)):
        assert data(written)["note"] == text
    assert data(add_entry("id: A-001\n", "updates", {"note": text}))["updates"][0]["note"] == text


def commands() -> list[tuple[str, object]]:
    found = []

    def walk(name: str, top) -> None:
        found.append((name, top))
        for action in top._actions:
            for word, sub in (action.choices or {}).items() if hasattr(action, "add_parser") else ():
                walk(f"{name} {word}", sub)
    walk("board", parser())
    return found


@pytest.mark.parametrize("name, command", commands()[1:], ids=[name for name, _ in commands()[1:]])
def test_every_command_has_help_with_an_example_that_can_be_run(name, command):
    """Each example is one that the parser takes."""
    shown = command.format_help()
    examples = [line.strip() for line in shown.split("examples:\n")[1].splitlines() if line.strip()]
    assert examples and all(example.startswith("board ") for example in examples)
    for action in command._actions:
        assert action.help or action.choices, f"{name} {action.dest}"


@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_a_shell_can_complete_every_command(shell, capsys):
    assert main(["completion", shell]) == 0
    script = capsys.readouterr().out
    for name, _ in commands()[1:]:
        assert name.split()[-1] in script


@pytest.mark.parametrize("arguments", [
    ["new", "action", "--title", "Answer every letter", "--kind", "aim", "--owner", "null", "--due", "null", *SOURCE],
    ["new", "decision", "--meeting", "2024-01-31", "--text", "Meet in schools.", "--kind", "agreed"],
    ["new", "feedback", "--title", "Letters are hard", "--said", "We read them twice.", "--date", "2026-11-03",
     "--through", "forum", *SOURCE]], ids=lambda arguments: arguments[1])
def test_a_command_that_is_run_twice_makes_no_twin(arguments, area, board):
    assert board(*arguments)[0] == 0
    before = files(area)
    code, said = board(*arguments)
    assert code != 0 and "already; edit that one, or give this one other words" in said
    assert files(area) == before
