"""What was published may be added to, and not rewritten: `board check --against REV`, in real repositories."""

from __future__ import annotations

import atexit
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from macros.__main__ import main
from macros.publish.ledger import ledger_json
from macros.register import load
from macros.verify.ledger import find_changes
from tests.command import copied
from tests.conftest import ROOT, TODAY

SMALL = ROOT / "tests/areas/small"
ACTION_1 = "data/actions/a-001-list-late-plans.yml"
ACTION_2 = "data/actions/a-002-ask-families.yml"
ACTION_3 = "data/actions/a-003-answer-letters.yml"
DECISION = "data/decisions/d-001-look-at-late-plans.yml"
MEASURE = "data/measures/plans-on-time.yml"
MEETING = "data/meetings/2024-01-31.yml"
THEME = "data/feedback/f-001-letters.yml"
ANSWER = """updates:
  - date: 2024-03
    answer: The council rewrites them.
    source:
      title: What the council answered
      url: https://smallshire.example/letters
"""
POST = "docs/blog/posts/2024-02-02-first-meeting.md"
LATER_POST = "docs/blog/posts/2024-07-01-before-the-summer.md"

Edit = Callable[[Path], object]


def git(folder: Path, *arguments: str) -> str:
    who = ("-c", "user.name=Writer", "-c", "user.email=writer@smallshire.example")
    return subprocess.run(
        ["git", *who, "-c", "protocol.file.allow=always", *arguments],
        cwd=folder, check=True, capture_output=True, text=True,
        env=os.environ | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}).stdout.strip()


def commit(folder: Path, message: str = "More") -> str:
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", message)
    return git(folder, "rev-parse", "HEAD")


@cache
def published() -> Path:
    """A repository whose main branch holds the small area. Each test gets a copy, which takes less than a new one."""
    folder = Path(tempfile.mkdtemp(prefix="board-published-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    shutil.copytree(SMALL, folder, dirs_exist_ok=True)
    git(folder, "init", "-q", "-b", "main")
    (folder / ".git/info").mkdir()
    commit(folder, "Published")
    git(folder, "repack", "-a", "-d", "-q")
    return folder


@pytest.fixture
def area(tmp_path) -> Path:
    """The small area, published: its main branch holds it, and nothing is changed yet."""
    return copied(published(), tmp_path / "area")


def check(capsys, area: Path, revision: str = "main") -> tuple[int, list[str]]:
    code = main(["check", "--area", str(area), "--against", revision, "--today", "2026-11-24"])
    *lines, _ = capsys.readouterr().out.splitlines()
    return code, lines


def ledger_of(area: Path) -> dict[str, Any]:
    register, _ = load(area, TODAY)
    assert register
    return json.loads(ledger_json(register))


def swap(file: str, was: str, now: str) -> Edit:
    """An edit of one file: `was` must stand in it."""
    def edit(area: Path) -> None:
        text = (area / file).read_text(encoding="utf-8")
        assert was in text
        (area / file).write_text(text.replace(was, now, 1), encoding="utf-8")
    return edit


def append(file: str, text: str) -> Edit:
    return lambda area: (area / file).write_text((area / file).read_text(encoding="utf-8") + text, encoding="utf-8")


def both(*edits: Edit) -> Edit:
    return lambda area: [edit(area) for edit in edits]


def line_of(area: Path, file: str, text: str) -> int:
    return next(number for number, line in enumerate((area / file).read_text(encoding="utf-8").splitlines(), 1)
                if text in line)


FIRST_UPDATE = "  - date: 2024-03-20\n    status: in_progress\n    note: The council counts the late plans.\n"
SECOND_UPDATE = """  - date: 2024-06-28
    status: complete
    evidence:
      - title: The list
        url: https://smallshire.example/late-plans
"""

ENGLAND = """comparators:
  - name: England
    observations:
      - period: 2023
        value: 50
"""

REWRITTEN = {
    "title": (swap(ACTION_1, "title: List the", "title: Count the"), ACTION_1, "title: Count", "history-edited",
              "the title of A-001 is not as it was published",
              "field: title"),
    "detail": (swap(ACTION_3, "Each letter says", "Most letters say"), ACTION_3, "detail:", "history-edited",
               "the detail of A-003 is not as it was published", "put it back"),
    "detail removed": (swap(ACTION_3, "detail: Each letter says who wrote it. It goes with A-001.\n", ""), ACTION_3,
                       "id: A-003", "history-edited", "the detail of A-003 is not as it was published", "put it back"),
    "owner": (swap(ACTION_1, "owner: council", "owner: forum"), ACTION_1, "owner: forum", "history-edited",
              "the owner of A-001 is not as it was published", "add an update with the new owner and a reason"),
    "owner given where there was none": (
        swap(ACTION_3, "owner: null", "owner: council"), ACTION_3, "owner: council", "history-edited",
        "the owner of A-003 is not as it was published", "add an update"),
    "due": (swap(ACTION_1, "due: 2024-06", "due: 2024-09"), ACTION_1, "due: 2024-09", "history-edited",
            "the due of A-001 is not as it was published", "leave it as it was, and add an update"),
    "due made more precise": (swap(ACTION_1, "due: 2024-06", "due: 2024-06-30"), ACTION_1, "due: 2024-06-30",
                              "history-edited", "the due of A-001 is not as it was published", "leave it as it was"),
    "said_at": (swap(ACTION_1, "  decision: D-001\n", ""), ACTION_1,
               "said_at:", "history-edited", "the said_at of A-001 is not", "put it back"),
    "source": (swap(ACTION_3, "https://smallshire.example/plan", "https://smallshire.example/other"), ACTION_3,
               "source:", "history-edited", "the source of A-003 is not", "put it back"),
    "with": (swap(ACTION_2, "with: [council]\n", ""), ACTION_2, "id: A-002", "history-edited",
             "the with of A-002 is not", "put it back"),
    "update edited": (swap(ACTION_1, "counts the late", "knows the late"), ACTION_1, "date: 2024-03-20",
                      "history-edited", "the update of 20 March 2024 to A-001 is not as it was published",
                      "add a new update"),
    "status edited": (swap(ACTION_1, "status: in_progress", "status: at_risk"), ACTION_1, "date: 2024-03-20",
                      "history-edited", "is not as it was published", "put it back"),
    "reason edited": (swap(ACTION_2, "The questions are not ready.", "Nobody had time."), ACTION_2,
                      "date: 2024-05-02", "history-edited", "the update of 2 May 2024 to A-002", "put it back"),
    "first update removed": (swap(ACTION_1, FIRST_UPDATE, ""), ACTION_1, "date: 2024-06-28", "history-deleted",
                             "the update of 20 March 2024 to A-001 was published, and is gone",
                             "what is no longer true is said in a new update"),
    "last update removed": (swap(ACTION_1, SECOND_UPDATE, ""), ACTION_1, "updates:", "history-deleted",
                            "the update of 28 June 2024 to A-001 was published, and is gone", "put it back"),
    "update slipped in": (
        swap(ACTION_1, SECOND_UPDATE, "  - date: 2024-04-01\n    note: Slipped in.\n" + SECOND_UPDATE), ACTION_1,
        "date: 2024-04-01", "history-inserted", "an update was slipped in before the update of 28 June 2024",
        "put the new update at the end, dated on the day on which you add it"),
    "update back-dated": (
        append(ACTION_1, "  - date: 2024-06-27\n    note: The day before.\n"), ACTION_1, "date: 2024-06-27",
        "history-backdated", "the new update is dated 27 June 2024, before 28 June 2024",
        'add a line "happened:" with that day'),
    "evidence removed": (
        both(swap(ACTION_1, FIRST_UPDATE, FIRST_UPDATE), swap(
            ACTION_1, "url: https://smallshire.example/late-plans", "url: https://smallshire.example/other-list")),
        ACTION_1, "date: 2024-06-28", "history-edited", "has lost evidence that was published", "archived copy"),
    "decision's text": (swap(DECISION, "at every meeting", "now and then"), DECISION, "text:", "history-edited",
                        "the text of decision D-001: it is not as it was published", "field: text"),
    "decision's kind": (swap(DECISION, "kind: agreed", "kind: noted"), DECISION, "kind: noted", "history-edited",
                        "the kind of decision D-001: it is not as", "corrections"),
    "figure": (swap(MEASURE, "value: 41", "value: 47"), MEASURE, "observations:", "history-edited",
               "the observations of measure plans-on-time: an entry is gone, changed or moved", "revises:"),
    "figure removed": (swap(MEASURE, "  - period: 2023\n    value: 41\n", ""), MEASURE, "observations:",
                       "history-edited", "an entry is gone, changed or moved", "revises:"),
    "England's figure": (swap(MEASURE, "value: 50", "value: 53"), MEASURE, "value: 53", "history-edited",
                         "the comparators of measure plans-on-time: the figure of England for 2023 is not as it was "
                         "published", "revises:"),
    "England's figure's period": (swap(MEASURE, "period: 2023\n        value: 50", "period: 2022\n        value: 50"),
                                  MEASURE, "- name: England", "history-edited",
                                  "the figure of England for 2023 was published, and is gone", "revises:"),
    "England": (swap(MEASURE, ENGLAND, ""), MEASURE, "id: plans-on-time", "history-edited",
                "a place was published, and is gone", "put it back under the same name"),
    "theme's words": (swap(THEME, "We read them three times", "We read them once"), THEME, "said:", "history-edited",
                      "the said of feedback theme F-001: it is not", "corrections"),
    "answer to families": (swap(THEME, "The council rewrites them", "The council reads them"), THEME, "updates:",
                           "history-edited", "the updates of feedback theme F-001", "put it back"),
    "answer taken back": (swap(THEME, ANSWER, ""), THEME, "id: F-001", "history-edited",
                          "the updates of feedback theme F-001", "put it back"),
    "post's date": (swap(POST, "date: 2024-02-02", "date: 2024-02-05"), POST, "date: 2024-02-05", "history-edited",
                    "the date of a published post is not as it was published", "put it back"),
    "post's text": (swap(POST, "The board spoke about", "The board argued about"), POST, "The board argued",
                    "post-edited", "the text of a published post has changed", 'add to "changed:"'),
    "post's words in short": (swap(POST, "met for the first time", "met"), POST, "in_short:", "post-edited",
                              "the text of a published post has changed", 'add to "changed:"'),
    "event": (swap("data/events.yml", "text: ", "text: Not "), "data/events.yml", None, "history-edited",
              "the event of November 2023: its text is not as it was published", "add to its corrections"),
}


@pytest.mark.parametrize("name", REWRITTEN)
def test_what_rewrites_history_is_found_at_its_line(area, capsys, name):
    edit, file, place, code, said, hint = REWRITTEN[name]
    edit(area)
    line = line_of(area, file, place) if place else 1
    exit_code, lines = check(capsys, area)
    assert exit_code == 1
    found = [text for text in lines if text.startswith(f"{file}:{line}: error[{code}]")]
    assert found, lines
    assert said in found[0] and hint in found[0]
    assert len([text for text in lines if "error[history" in text or "error[post" in text]) == 1, lines


def test_swapped_updates_are_found(area, capsys):
    """Two of one day, since the order of days is checked anyway."""
    updates = "  - date: 2026-11-24\n    note: One.\n  - date: 2026-11-24\n    note: Two.\n"
    append(ACTION_1, updates)(area)
    commit(area)
    swap(ACTION_1, updates, "  - date: 2026-11-24\n    note: Two.\n  - date: 2026-11-24\n    note: One.\n")(area)
    code, lines = check(capsys, area)
    assert code == 1 and any("error[history-reordered]" in line for line in lines)


@pytest.mark.parametrize("file, id, named", [
    (ACTION_3, "action A-003", "data/actions/a-003-*.yml"),
    (THEME, "feedback theme F-001", "data/feedback/f-001-*.yml"),
    (MEASURE, "measure plans-on-time", MEASURE)])
def test_a_record_that_is_gone_is_named_with_the_command_that_brings_it_back(area, capsys, file, id, named):
    """Without the words in its file's name: they may be why it is gone."""
    (area / file).unlink()
    for other in (THEME, LATER_POST):
        text = (area / other).read_text(encoding="utf-8") if (area / other).exists() else ""
        if text:
            (area / other).write_text(text.replace("actions: [A-003]\n", "").replace(
                '{{ measure("plans-on-time") }}', ""), encoding="utf-8")
    _, lines = check(capsys, area)
    found = [line for line in lines if "error[history-deleted]" in line]
    quoted = f"'{named}'" if "*" in named else named
    assert any(f"{named}:1:" in line and f"{id} was published, and is gone" in line
               and f"put it back: git checkout main -- {quoted}" in line for line in found), lines


def test_a_record_with_another_number_is_named_as_what_it_was(area, capsys):
    git(area, "mv", ACTION_3, "data/actions/a-007-answer-letters.yml")
    swap("data/actions/a-007-answer-letters.yml", "id: A-003", "id: A-007")(area)
    swap(THEME, "[A-003]", "[A-007]")(area)
    _, lines = check(capsys, area)
    assert any(line.startswith("data/actions/a-007-answer-letters.yml:1: error[history-renumbered]")
               and "action A-003 was published, and is now A-007" in line for line in lines), lines


def test_a_guide_is_no_page_of_the_site_so_it_may_be_changed_and_removed(area, capsys):
    for name in ("run", "write"):
        guide = area / f"docs/guides/{name}.md"
        guide.parent.mkdir(exist_ok=True)
        guide.write_text("# How to run the site\n\nAsk the council.\n", encoding="utf-8")
    commit(area, "Guides")
    (area / "docs/guides/write.md").write_text("# How to write\n\nAsk the board.\n", encoding="utf-8")
    guide.with_name("run.md").unlink()
    assert check(capsys, area) == (0, [])


def test_an_address_that_is_gone_needs_a_redirect(area, capsys):
    git(area, "mv", "docs/about.md", "docs/who-we-are.md")
    code, lines = check(capsys, area)
    assert code == 1
    assert any("error[address-gone]" in line and "a page was published, and its address is gone" in line
               and "{from: …, to: …}" in line for line in lines), lines
    (area / "data/redirects.yml").write_text("- from: about/\n  to: who-we-are/\n", encoding="utf-8")
    assert not [line for line in check(capsys, area)[1] if "address-gone" in line]
    commit(area)
    (area / "data/redirects.yml").write_text("[]\n", encoding="utf-8")
    assert any("a redirect that was published is gone" in line for line in check(capsys, area)[1])


ALLOWED = {
    "an update appended": append(ACTION_1, "  - date: 2026-11-24\n    note: The list is on the web.\n"),
    "news of the same day": append(
        ACTION_1, "  - date: 2026-11-24\n    happened: 2024-06-28\n    note: Later that day.\n"),
    "an update learnt late": append(
        ACTION_1, "  - date: 2026-11-24\n    happened: 2024-05-20\n    note: Half of it was there.\n"),
    "the first updates": append(ACTION_3, "updates:\n  - date: 2026-11-24\n    note: It began.\n"),
    "a date moved with a reason": append(
        ACTION_2, "  - date: 2026-11-24\n    due: 2025-06-30\n    reason: Spring comes once a year.\n"),
    "England's next figure": swap(MEASURE, "        value: 50\n", "        value: 50\n      - period: 2024\n        "
                                  "value: 46\n"),
    "England's figure revised": swap(MEASURE, "        value: 50\n", "        value: 50\n      - period: 2023\n        "
                                     "value: 50.3\n        revises: The department counted late letters too.\n"),
    "another comparator": swap(MEASURE, "comparators:\n", "comparators:\n  - name: South East\n    observations:\n"
                               "      - period: 2023\n        value: 46.1\n"),
    "a new record": lambda area: (area / "data/actions/a-004-new.yml").write_text(
        "id: A-004\ntitle: A new promise\nkind: promised\nowner: null\ndue: null\n"
        "done_when: [Each family can read it.]\n"
        "source: {title: News, url: https://smallshire.example/news}\n", encoding="utf-8"),
    "comments and empty lines": lambda area: swap(ACTION_1, "owner: council", "\n# Who answers.\nowner: council")(area),
    "the order of keys": both(swap(ACTION_1, "owner: council\n", ""), swap(
        ACTION_1, "id: A-001\n", "owner: council\nid: A-001\n")),
    "quotes": swap(ACTION_1, "title: List the plans that are late", "title: 'List the plans that are late'"),
    "folded text": swap(ACTION_3, "detail: Each letter says who wrote it. It goes with A-001.",
                        "detail: >-\n  Each letter says who wrote it.\n  It goes with A-001."),
    "flow style": swap(ACTION_1, "said_at:\n  meeting: 2024-01-31\n  decision: D-001\n",
                       "said_at: {meeting: 2024-01-31, decision: D-001}\n"),
    "Windows line ends": both(append(ACTION_1, "also: [waiting]\n"), lambda area: (area / ACTION_1).write_bytes(
        (area / ACTION_1).read_bytes().replace(b"\n", b"\r\n"))),
    "another file name": lambda area: (area / ACTION_1).rename(area / "data/actions/a-001-late.yml"),
    "words for search": append(ACTION_1, "also: [waiting]\n"),
    "an archived copy": swap(ACTION_1, "        url: https://smallshire.example/late-plans",
                             "        url: https://smallshire.example/late-plans\n"
                             "        archived: https://archive.example/late-plans"),
    "a new figure": swap(MEASURE, "    value: 52.5\n", "    value: 52.5\n  - period: 2025\n    value: 60\n"),
    "a figure revised": swap(MEASURE, "    value: 52.5\n",
                             "    value: 52.5\n  - period: 2024\n    value: 53\n    revises: A slip in the count.\n"),
    "a correction of a title": both(
        swap(ACTION_1, "title: List the plans", "title: List all plans"),
        append(ACTION_1, "  - date: 2026-11-24\n    correction:\n      field: title\n"
                         "      was: List the plans that are late\n      now: List all plans that are late\n"
                         "      reason: A word was missing.\n")),
    "a correction of a decision": both(
        swap(DECISION, "at every meeting.", "at each meeting."),
        append(DECISION, "corrections:\n  - date: 2026-11-24\n    field: text\n"
                         "    was: The board looks at late plans at every meeting.\n"
                         "    now: The board looks at late plans at each meeting.\n    reason: As the notes say.\n")),
    "a post's text with a note": both(
        swap(POST, "The board spoke about", "The board talked about"),
        swap(POST, "kind: summary\n", "kind: summary\nchanged:\n  - date: 2026-11-24\n    what: One word.\n")),
    "a post's white space": swap(POST, "The board spoke about late plans.", "The board spoke\nabout   late plans."),
    "a meeting that was planned and is cancelled": swap("data/meetings/2026-12-09.yml", "planned", "cancelled"),
}


@pytest.mark.parametrize("name", ALLOWED)
def test_what_only_adds_or_changes_the_style_passes(area, capsys, name):
    ALLOWED[name](area)
    assert check(capsys, area) == (0, [])


@pytest.mark.parametrize("was, now", [("List no plans", "List all plans that are late"),
                                      ("List the plans that are late", "List more plans")])
def test_a_correction_that_says_something_else_does_not_cover_a_change(area, capsys, was, now):
    swap(ACTION_1, "title: List the plans", "title: List all plans")(area)
    correction = f"{{field: title, was: {was}, now: {now}, reason: x}}"
    append(ACTION_1, f"  - date: 2026-11-24\n    correction: {correction}\n")(area)
    assert check(capsys, area)[0] == 1


def test_a_correction_cannot_be_taken_back(area, capsys):
    ALLOWED["a correction of a decision"](area)
    commit(area)
    swap(DECISION, "    reason: As the notes say.\n", "    reason: For no reason.\n")(area)
    assert any("a published correction of D-001 is gone or changed" in line for line in check(capsys, area)[1])


def test_an_archived_copy_cannot_be_taken_back(area, capsys):
    ALLOWED["an archived copy"](area)
    commit(area)
    swap(ACTION_1, "        archived: https://archive.example/late-plans\n", "")(area)
    assert check(capsys, area)[0] == 1


def write(file: str, text: str) -> Edit:
    def edit(area: Path) -> None:
        (area / file).parent.mkdir(parents=True, exist_ok=True)
        (area / file).write_text(text, encoding="utf-8")
    return edit


def remove(file: str) -> Edit:
    return lambda area: (area / file).unlink()


@pytest.mark.parametrize("file, published, now, code", [
    (ACTION_2, "title: Write to confirm each place", "title: Think about a letter", "history-edited"),
    (ACTION_2, "title: See https://old.example/plan and answer", "title: Think about a letter", "history-edited"),
    (POST, "It opens eighty places.", "It opens eight places.", "post-edited"),
    (POST, "They agreed to it.", "They agree to it.", "post-edited"),
    (POST, "It changed by -5% in a year.", "It changed by 5% in a year.", "post-edited"),
    (POST, "It is .5% of all.", "It is 5% of all.", "post-edited"),
    (POST, "See https://plans-of.the-board.example/late-plans.", "See https://plansof.the-board.example/lateplans.",
     "post-edited"),
    (POST, "See https://the-board.example/plans.", "See https://the-board.example/plans, soon.", "post-edited"),
    (POST, "See https://the-board.example/plans.", "See https://the-board.example/plans", None),
    (POST, "It opens eigthy places.", "It opens eighty places.", None),
    (POST, "It is “5%” of all.", "It is 5% of all.", None),
], ids=str)
def test_a_placeholder_and_a_spelling_are_no_more_than_that(area, capsys, file, published, now, code):
    if file == POST:
        append(POST, f"\n{published}\n")(area)
    else:
        swap(file, next(line for line in (area / file).read_text(encoding="utf-8").splitlines()
                        if line.startswith("title:")), published)(area)
    commit(area)
    swap(file, published, now)(area)
    found = [line for line in check(capsys, area)[1] if "error" in line]
    assert [f"error[{code}]" in line for line in found] == ([True] if code else [])


TEXT = "# About this site\n\nNothing. See [have your say](../feedback.md).\n"
WORDS = "# Extra\n\nSomething that the board said.\n"


def leads_on(to: str, more: str = "") -> Edit:
    """The page is gone, and its address leads on."""
    return both(remove("docs/extra.md"), write("data/redirects.yml", f"- from: extra/\n  to: {to}\n{more}"))


def with_change(day: str) -> Edit:
    return swap("docs/about.md", "# About", f"---\nchanged:\n  - date: {day}\n    what: More words.\n---\n# About")


@pytest.mark.parametrize("edit, code", [
    (both(remove("docs/about.md"), write("docs/about/index.md", TEXT)), "page-edited"),
    (both(leads_on("other/"), write("docs/other.md", "# Extra\n\nNothing.\n")), "page-edited"),
    (both(leads_on("other/"), write("docs/other.md", WORDS)), None),
    (leads_on("about/"), "history-deleted"),
    (leads_on("actions/"), "history-deleted"),
    (both(leads_on("about/"), with_change("2026-11-24")), None),
    (leads_on("about/", "  reason: It was there twice.\n"), None),
], ids=["another file", "moved and rewritten", "moved", "gone to a page", "gone to a list", "gone in the open",
        "gone for a reason"])
def test_a_page_keeps_its_words_wherever_it_moves(area, capsys, edit, code):
    write("docs/extra.md", WORDS)(area)
    commit(area)
    edit(area)
    found = [line for line in check(capsys, area)[1] if "error" in line]
    assert [f"error[{code}]" in line for line in found] == ([True] if code else [])


def test_evidence_stays_the_word_of_whose_word_it_was(area, capsys):
    address = "        url: https://smallshire.example/late-plans"
    swap(ACTION_1, address, f"{address}\n        by: council")(area)
    assert check(capsys, area) == (0, [])
    swap(ACTION_1, "by: council", "by: forum")(area)
    line, = (line for line in check(capsys, area)[1] if "error" in line)
    assert 'published as the word of "council", and is that of "forum" now' in line


def test_a_site_that_another_organisation_is_given_makes_no_evidence_its_own(area, capsys):
    swap(ACTION_1, "https://smallshire.example/late-plans", "https://plans.smallshire.example/late-plans")(area)
    commit(area)
    swap("data/organisations.yml", "  role: Speaks for families.",
         "  role: Speaks for families.\n  sites: [plans.smallshire.example]")(area)
    line, = (line for line in check(capsys, area)[1] if "error" in line)
    assert line.startswith(ACTION_1) and "in data/organisations.yml" in line


@pytest.mark.parametrize("edit", [
    with_change("2024-01-05"),
    append("data/events.yml",
           "  taken_down:\n    - date: 2024-01-05\n      field: text\n      reason: it named a person\n"),
    append(ACTION_3, "taken_down:\n  - date: 2024-01-05\n    field: detail\n    reason: it named a person\n"),
    append("data/area.yml", "corrections:\n  - date: 2024-01-05\n    field: board.purpose\n    was: a\n    now: b\n"
           "    reason: It was wrong.\n"),
], ids=["page", "event", "take-down", "area"])
def test_an_explanation_carries_the_day_on_which_it_is_added(area, capsys, edit):
    edit(area)
    assert any("error[history-backdated] this entry is new, and dated 5 January 2024" in line
               for line in check(capsys, area)[1])


@pytest.mark.parametrize("name", ["area", "organisations", "glossary", "priorities", "topics", "services", "events"])
def test_a_list_that_cannot_be_read_is_the_one_problem_and_says_what_to_write(area, capsys, name):
    append(f"data/{name}.yml", "   - id: x\n  y: z\n")(area)
    code, lines = check(capsys, area)
    assert code == 1 and {line.split(":")[0] for line in lines} == {f"data/{name}.yml"}
    assert not [line for line in lines if "remove the personal data" in line or "error[history" in line]


# Repositories


def test_a_branch_a_tag_and_a_commit_are_revisions(area, capsys):
    first = git(area, "rev-parse", "HEAD")
    git(area, "tag", "published")
    swap(ACTION_1, "due: 2024-06", "due: 2024-09")(area)
    commit(area)
    for revision in ("published", first, first[:10], "HEAD~1"):
        assert check(capsys, area, revision)[0] == 1, revision
    assert "compared with itself" in check(capsys, area, "main")[1][0]


def test_what_is_committed_on_a_branch_counts_as_much_as_what_is_not(area, capsys):
    git(area, "checkout", "-q", "-b", "change")
    swap(ACTION_1, "due: 2024-06", "due: 2024-09")(area)
    commit(area)
    assert check(capsys, area)[0] == 1


@pytest.mark.parametrize("revision", ["nothing", "origin/nothing", "-x", "--help", "main..HEAD", ""])
def test_a_revision_that_is_not_there_is_one_problem_with_a_command(area, capsys, revision):
    if not revision:
        return
    code = main(["check", "--area", str(area), f"--against={revision}", "--today", "2026-11-24"])
    said = capsys.readouterr().out
    assert code == 1 and said.count("error[") == 1
    assert "git fetch" in said or "name a branch, tag or commit" in said


def test_a_shallow_clone_says_which_command_mends_it_and_the_command_does(area, tmp_path, capsys):
    clone = tmp_path / "clone"
    git(area, "checkout", "-q", "-b", "change")
    append(ACTION_1, "  - date: 2026-11-24\n    note: More.\n")(area)
    commit(area)
    git(tmp_path, "clone", "-q", "--depth=1", "--branch=change", "--single-branch", area.as_uri(), str(clone))
    code, lines = check(capsys, clone, "origin/main")
    assert code == 1 and "in this shallow clone" in lines[0]
    command = lines[0].split("run: git ")[1]
    git(clone, *command.split())
    assert check(capsys, clone, "origin/main") == (0, [])


def test_a_folder_that_is_no_repository_is_said_to_be_none(tmp_path, capsys):
    folder = copied(SMALL, tmp_path / "area")
    code, lines = check(capsys, folder)
    assert code == 1 and "not in a git repository" in lines[0]


def test_it_works_in_a_worktree_and_in_a_folder_of_a_repository(tmp_path, capsys):
    root = tmp_path / "root"
    shutil.copytree(SMALL, root / "areas/small")
    git(root, "init", "-q", "-b", "main")
    commit(root)
    git(root, "worktree", "add", "-q", "-b", "change", str(tmp_path / "tree"))
    area = tmp_path / "tree/areas/small"
    assert check(capsys, area) == (0, [])
    swap(ACTION_1, "due: 2024-06", "due: 2024-09")(area)
    code, lines = check(capsys, area)
    assert code == 1 and lines[0].startswith(f"{ACTION_1}:")


def test_a_branch_that_began_before_a_record_was_published_is_told_to_merge(area, capsys):
    git(area, "branch", "change")
    ALLOWED["a new record"](area)
    commit(area)
    git(area, "checkout", "-q", "change")
    append(ACTION_1, "  - date: 2026-11-24\n    note: More.\n")(area)
    commit(area)
    code, lines = check(capsys, area)
    assert code == 1 and "action A-004 was published, and is gone" in lines[0] and "git merge main" in lines[0]
    git(area, "merge", "-q", "main", "-m", "Merge")
    assert check(capsys, area) == (0, [])


def test_a_merge_that_loses_an_update_is_found(area, capsys):
    git(area, "checkout", "-q", "-b", "change")
    append(ACTION_1, "  - date: 2026-11-24\n    note: Ours.\n")(area)
    commit(area)
    git(area, "checkout", "-q", "main")
    append(ACTION_1, "  - date: 2024-07-02\n    note: Theirs.\n")(area)
    commit(area)
    git(area, "checkout", "-q", "change")
    git(area, "merge", "-q", "-X", "ours", "main", "-m", "Merge")
    text = (area / ACTION_1).read_text(encoding="utf-8")
    if "Theirs." in text:
        (area / ACTION_1).write_text(text[:text.index("  - date: 2024-07-02")], encoding="utf-8")
    code, lines = check(capsys, area)
    assert code == 1 and any("error[history-" in line for line in lines)


def test_problems_of_the_records_and_of_their_history_come_in_one_run(area, capsys):
    swap(ACTION_1, "due: 2024-06", "due: 2024-09")(area)
    swap(ACTION_2, "owner: forum", "owner: froum")(area)
    code, lines = check(capsys, area)
    assert code == 1
    assert any("history-edited" in line for line in lines) and any("unknown-owner" in line for line in lines)


OFFICIAL = "data/official/plans-in-20-weeks.csv"
ROWS = """release,period,level,code,name,value,numerator,denominator
2025,2023,country,E92000001,England,50.3,500,994
2025,2023,region,E12000099,North,46.1,300,650
2025,2023,area,E10000099,Smallshire,53.7,533,993
2025,2024,area,E10000099,Smallshire,38.5,370,961
"""


@pytest.fixture
def official(area) -> Path:
    """The small area with official figures, published."""
    append("data/area.yml", "codes: {gss: E10000099, dfe: '999', region: E12000099}\n")(area)
    (area / OFFICIAL).parent.mkdir()
    (area / OFFICIAL).write_text(ROWS, encoding="utf-8")
    commit(area)
    return area


NEW_OFFICIAL = {
    "a new year": append(OFFICIAL, "2026,2025,area,E10000099,Smallshire,37.8,533,1411\n"),
    "England's new year": append(OFFICIAL, "2026,2025,country,E92000001,England,46.1,43997,95411\n"),
    "a revision in the middle": swap(OFFICIAL, "2025,2024,area", "2026,2023,area,E10000099,Smallshire,53.6,532,993\n"
                                     "2025,2024,area"),
    "a file of the area's own": lambda area: (area / "data/measures/plans-in-20-weeks.yml").write_text(
        "id: plans-in-20-weeks\npriorities: [P1]\ntarget:\n  value: 60\n  by: 2027\n  reason: A first step.\n"
        "  source: {title: Plan, url: https://smallshire.example/plan}\n", encoding="utf-8"),
}


@pytest.mark.parametrize("name", NEW_OFFICIAL)
def test_official_figures_may_grow(official, capsys, name):
    before = ledger_of(official)
    NEW_OFFICIAL[name](official)
    assert check(capsys, official) == (0, [])
    assert not find_changes(before, ledger_of(official))


LOST_OFFICIAL = {
    "a changed figure": (swap(OFFICIAL, "38.5,370", "48.5,370"), OFFICIAL, 5, "history-edited",
                         "the figure of Smallshire for 2024 in the release 2025 is not as it was published; take "
                         f"the file back, and read the department's file again: "
                         f"git checkout main -- {OFFICIAL}"),
    "a second figure of the same release": (append(OFFICIAL, "2025,2024,area,E10000099,Smallshire,48.5,,\n"), OFFICIAL,
                                            6, "history-edited", "is not as it was published"),
    "a lost row": (swap(OFFICIAL, "2025,2024,area,E10000099,Smallshire,38.5,370,961\n", ""), OFFICIAL, 1,
                   "history-deleted", "the figure of E10000099 for 2024 in the release 2025 was published, and is "
                   "gone"),
    "two lost rows": (swap(OFFICIAL, ROWS.split("\n", 3)[3], ""), OFFICIAL, 1, "history-deleted",
                      "is gone, and 1 more in this file"),
    "the whole file": (lambda area: (area / OFFICIAL).unlink(), OFFICIAL, 1, "history-deleted",
                       "the official figures of plans-in-20-weeks were published, and are gone; put it back: "
                       f"git checkout main -- {OFFICIAL}"),
    "the area's codes": (swap("data/area.yml", "codes: {gss: E10000099, dfe: '999', region: E12000099}\n", ""),
                         "data/area.yml", 2, "history-edited", "the area's codes are not as they were published"),
    "the codes of another area": (swap("data/area.yml", "gss: E10000099", "gss: E10000025"), "data/area.yml", None,
                                  "history-edited", "the area's codes are not as they were published"),
}


@pytest.mark.parametrize("name", LOST_OFFICIAL)
def test_a_published_official_figure_does_not_vanish_or_change(official, capsys, name):
    edit, file, line, code, said = LOST_OFFICIAL[name]
    edit(official)
    exit_code, lines = check(capsys, official)
    line = line or line_of(official, file, "codes:")
    assert exit_code == 1
    assert any(text.startswith(f"{file}:{line}: error[{code}]") and said in text for text in lines), lines
