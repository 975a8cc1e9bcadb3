"""Taking words down: a record keeps its id, readers see when and why, and nothing repeats the words."""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
from pathlib import Path

import pytest
import yaml

from macros.__main__ import main
from tests.command import copied
from tests.conftest import ROOT
from tests.test_form import area, issue, submit  # noqa: F401
from tests.thorough import ALL

WORDS = "Ottilie Quenby"
REASON = "it could show who a child is"
NOTICE = f"Taken down on 24 November 2026, because {REASON}"
TODAY = ("--today", "2026-11-24")

RECORDS = {
    "an action": ("data/actions/a-003-answer-letters.yml", "title: Answer letters", f"title: Answer {WORDS}", "A-003",
                  ()),
    "a detail": ("data/actions/a-003-answer-letters.yml", "Each letter", f"{WORDS}, each letter", "a-003",
                 ("--field", "detail")),
    "a few words of a detail": ("data/actions/a-003-answer-letters.yml", "Each letter says who wrote",
                                f"Each letter to {WORDS} says who wrote", "A-003",
                                ("--field", "detail", "--words", WORDS)),
    "an update": ("data/actions/a-001-list-late-plans.yml", "The council counts", f"{WORDS} counts", "A-001",
                  ("--field", "updates.1.note")),
    "evidence": ("data/actions/a-001-list-late-plans.yml", "title: The list", f"title: The list of {WORDS}", "A-001",
                 ("--field", "updates.2.evidence.1.title")),
    "a reason": ("data/actions/a-002-ask-families.yml", "The questions are", f"The questions of {WORDS} are", "A-002",
                 ()),
    "a decision": ("data/decisions/d-001-look-at-late-plans.yml", "The board looks", f"{WORDS} looks", "D-001", ()),
    "a meeting": ("data/meetings/2024-01-31.yml", "text: Plans that", f"text: Plans of {WORDS} that", "2024-01-31", ()),
    "a theme": ("data/feedback/f-001-letters.yml", "said: We read", f"said: {WORDS} and we read", "F-001", ()),
    "an answer to families": ("data/feedback/f-001-letters.yml", "answer: The council", f"answer: {WORDS} says it",
                              "F-001", ("--field", "updates.1.answer")),
    "a measure": ("data/measures/plans-on-time.yml", "question: How many plans", f"question: How many plans of {WORDS}",
                  "plans-on-time", ("--field", "question")),
    "an organisation": ("data/organisations.yml", "role: Speaks for families", f"role: Speaks for {WORDS}", "forum",
                        ("--field", "role")),
    "a priority": ("data/priorities.yml", "text: A child", f"text: {WORDS}, a child,", "P1", ()),
    "a word": ("data/glossary.yml", "plain: A legal paper", f"plain: A legal paper of {WORDS}", "EHCP",
               ("--field", "plain")),
    "an event": ("data/events.yml", "text: Inspectors", f"text: '{WORDS} and inspectors", "events.1", ()),
    "the area": ("data/area.yml", "purpose: to see", f"purpose: to see with {WORDS}", "area",
                 ("--field", "board.purpose")),
    "a post": ("docs/blog/posts/2024-07-01-before-the-summer.md", "The list of late plans is [finished]",
               f"The list of {WORDS} is [finished]", "2024-07-01-before-the-summer", ()),
    "the title of a post": ("docs/blog/posts/2024-02-02-first-meeting.md", "title: The first meeting",
                            f"title: The first meeting with {WORDS}", "2024-02-02-first-meeting", ("--field", "title")),
    "a post with its address": ("docs/blog/posts/2024-02-02-first-meeting.md", "The board spoke", f"{WORDS} spoke",
                                "2024-02-02-first-meeting", ("--address",)),
}
"""Where the words are: file, text there, the text with them, the record, and further arguments."""


def git(folder: Path, *arguments: str) -> None:
    who = ("-c", "user.name=Writer", "-c", "user.email=writer@smallshire.example")
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True,
                   env=os.environ | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull})


def board(*arguments: str) -> tuple[int, str]:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
        code = main(list(arguments))
    return code, printed.getvalue()


def published(folder: Path, file: str, was: str, now: str) -> Path:
    """The small area with words in it that must go, as it is published."""
    text = (folder / file).read_text(encoding="utf-8")
    assert was in text
    text = text.replace(was, now, 1)
    (folder / file).write_text(text.replace("Smallshire.\n", "Smallshire.'\n") if "'" in now else text,
                               encoding="utf-8")
    git(folder, "commit", "-q", "-a", "-m", "Published")
    git(folder, "switch", "-q", "-c", "change")
    return folder


@pytest.fixture(scope="module")
def repository(tmp_path_factory) -> Path:
    folder = copied(ROOT / "tests/areas/small", tmp_path_factory.mktemp("take-down") / "small")
    for arguments in (("init", "-q", "-b", "main"), ("add", "-A"), ("commit", "-q", "-m", "Clean"),
                      ("repack", "-a", "-d", "-q")):
        git(folder, *arguments)
    return folder


@pytest.fixture
def small(repository, tmp_path) -> Path:
    """The small area, as a repository that has published it without such words."""
    return copied(repository, tmp_path / "small")


def commit(folder: Path) -> None:
    """Commit what was taken down. Checks and reviews look at files, so `make test` does without."""
    if ALL:
        git(folder, "add", "-A")
        git(folder, "commit", "-q", "-m", "Words taken down")


def everything(folder: Path) -> str:
    """All that the files of an area say, with their names."""
    return "\n".join(f"{file.relative_to(folder)} {file.read_text(encoding='utf-8')}"
                     for home in ("data", "docs") for file in sorted((folder / home).rglob("*")) if file.is_file())


OUTPUTS = [("check", "text"), ("review", "text"), ("check", "json"), ("review", "markdown"), ("check", "github")]


def some_of(cases: list[tuple[str, str]], number: int) -> list[tuple[str, str]]:
    """The cases that a test tries: all of them, or two, which are others for the next number."""
    return cases if ALL else [cases[number % len(cases)], cases[(number + 1) % len(cases)]]


@pytest.mark.parametrize("name", RECORDS)
def test_words_give_way_to_a_notice_that_the_ledger_accepts_and_nothing_repeats_them(small, tmp_path, name):
    file, was, now, id, more = RECORDS[name]
    folder = published(small, file, was, now)
    code, printed = board("check", "--area", str(folder), *TODAY)
    assert code == 1 and "error[personal-data]" in printed and "Ottilie" not in printed
    code, printed = board("take-down", id, *more, "--reason", REASON.capitalize() + ".", "--area", str(folder), *TODAY)
    assert code == 0, printed
    assert WORDS not in printed and WORDS not in everything(folder)
    assert NOTICE in everything(folder) or "(taken down)" in everything(folder)
    commit(folder)
    found = [board(command, "--area", str(folder), "--against", "main", "--format", form, *TODAY)
             for command, form in (*some_of(OUTPUTS, list(RECORDS).index(name)), ("review", "json"))]
    (tmp_path / "review.json").write_text(found[-1][1], encoding="utf-8")
    found.append(board("comment", str(tmp_path / "review.json")))
    assert not any(code for code, _ in found), found[0][1]
    assert not [text for _, text in found if "Ottilie" in text or "Quenby" in text]
    assert "Taken down" in found[-1][1]


def test_more_words_of_the_same_text_can_be_taken_down_later(small):
    for day, words in (("2026-11-24", "who wrote it"), ("2026-11-25", "goes with")):
        code, printed = board("take-down", "A-003", "--field", "detail", "--words", words, "--reason", REASON, "--area",
                              str(small), "--today", day)
        assert code == 0, printed
        assert board("check", "--area", str(small), "--against", "HEAD", "--today", day)[0] == 0
        git(small, "add", "-A")
        git(small, "commit", "-q", "-m", "Words taken down")
    assert everything(small).count("(taken down)") == 2


def test_words_that_are_the_whole_text_give_way_to_the_notice(small):
    code, _ = board("take-down", "A-003", "--field", "title", "--words", title_of(small), "--reason", REASON, "--area",
                    str(small), *TODAY)
    assert code == 0 and title_of(small).startswith("Taken down on 24 November 2026, because")
    assert board("check", "--area", str(small), "--against", "HEAD", *TODAY)[0] == 0


def title_of(folder: Path) -> str:
    [file] = (folder / "data/actions").glob("a-003-*.yml")
    return yaml.safe_load(file.read_text(encoding="utf-8"))["title"]


@pytest.mark.parametrize("words", ["", " "])
def test_no_words_are_refused_and_nothing_is_written(small, words):
    before = everything(small)
    code, printed = board("take-down", "A-003", "--field", "title", "--words", words, "--reason", REASON, "--area",
                          str(small), *TODAY)
    assert code == 2 and "there are no words to leave out" in printed and everything(small) == before


def test_a_record_keeps_its_id_its_dates_and_its_owner(small):
    folder = published(small, *RECORDS["an update"][:3])
    board("take-down", "A-001", "--reason", REASON, "--area", str(folder), *TODAY)
    [file] = (folder / "data/actions").glob("a-001-*.yml")
    text = file.read_text(encoding="utf-8")
    assert file.name == "a-001-taken-down.yml"
    for kept in ("id: A-001", "owner: council", "due: 2024-06\n", "date: 2024-03-20", "status: in_progress",
                 "https://smallshire.example/late-plans"):
        assert kept in text


def test_the_name_of_a_file_goes_with_the_title_from_which_it_was_made(small):
    folder = published(small, *RECORDS["an action"][:3])
    (folder / "data/actions/a-003-answer-letters.yml").rename(folder / "data/actions/a-003-answer-quenby.yml")
    code, printed = board("take-down", "A-003", "--field", "title", "--reason", REASON, "--area", str(folder), *TODAY)
    assert code == 0 and "Ottilie" not in printed
    assert [file.name for file in (folder / "data/actions").glob("a-003*")] == ["a-003-taken-down.yml"]


def test_a_dry_run_says_which_files_would_change_and_shows_no_diff(small):
    folder = published(small, *RECORDS["a theme"][:3])
    code, printed = board("take-down", "F-001", "--reason", REASON, "--dry-run", "--area", str(folder), *TODAY)
    assert code == 0 and "data/feedback/f-001-taken-down.yml" in printed and "Ottilie" not in printed
    assert WORDS in everything(folder)


@pytest.mark.parametrize("arguments", [("A-099",), ("A-001", "--field", "due"), ("A-001", "--field", "updates.9.note"),
                                       ("A-001", "--field", "title", "--words", "Nothing of this"), ("events.9",),
                                       ("2024-07-01-before-the-summer", "--field", "date")])
def test_what_is_not_there_cannot_be_taken_down(small, arguments):
    code, printed = board("take-down", *arguments, "--reason", REASON, "--area", str(small), *TODAY)
    assert code == 2 and printed.startswith("Nothing was written: ")


def test_a_ledger_kept_by_a_reader_says_that_words_were_taken_down(small, tmp_path):
    from macros.publish.ledger import ledger_json
    from macros.register import load
    from macros.verify.ledger import find_changes
    from tests.conftest import TODAY as DAY

    folder = published(small, *RECORDS["an update"][:3])
    was = json.loads(ledger_json(load(folder, DAY)[0]))
    for id, more in (("A-001", ()), ("2024-02-02-first-meeting", ("--address",)), ("forum", ("--field", "role"))):
        board("take-down", id, *more, "--reason", REASON, "--area", str(folder), *TODAY)
    changes = find_changes(was, json.loads(ledger_json(load(folder, DAY)[0])))
    assert changes and all(change.is_allowed for change in changes), list(map(str, changes))


# Pictures and files

PICTURE, TABLE = "docs/files/hall.png", "docs/files/late-plans.csv"
POST = "docs/blog/posts/2024-07-01-before-the-summer.md"
LINKS = """
![A photo of the summer fair](../../files/hall.png){ width="320" }

<figure markdown="span">
  [![The hall](../../files/hall.png "Hall")](https://smallshire.example/files/hall.png)
  <figcaption>The hall.</figcaption>
</figure>

The figures are in [a table](../../files/late-plans.csv), and <a href="../../files/late-plans.csv">here</a>.
"""


@pytest.fixture
def with_files(small) -> Path:
    """The small area with a picture and a table in a post and on a page, as it is published."""
    from PIL import Image

    (small / "docs/files").mkdir()
    Image.new("RGB", (40, 30), "teal").save(small / PICTURE)
    (small / TABLE).write_text("month,late\nJune,61\n", encoding="utf-8")
    about = small / "docs/about.md"
    about.write_text(about.read_text(encoding="utf-8") + "\nSee [the table](files/late-plans.csv).\n", encoding="utf-8")
    git(small, "add", "-A")
    return published(small, POST, "The list of late plans is [finished]", f"{LINKS}\nThe list is [finished]")


def after(folder: Path, tmp_path: Path, *arguments: str) -> tuple[str, str]:
    """Take a file down. Returns what the command prints, and what checks and reviews of it print."""
    code, printed = board("take-down", *arguments, "--reason", REASON, "--area", str(folder), *TODAY)
    assert code == 0, printed
    commit(folder)
    found = [board(command, "--area", str(folder), "--against", "main", "--format", form, *TODAY)
             for command, form in (("check", "text"), ("check", "github"), ("review", "markdown"), ("review", "json"))]
    (tmp_path / "review.json").write_text(found[-1][1], encoding="utf-8")
    found.append(board("comment", str(tmp_path / "review.json")))
    assert [code for code, _ in found] == [0] * 5, found[0][1]
    return printed, "\n".join(text for _, text in found)


@pytest.mark.parametrize("named", [PICTURE, "files/hall.png", "https://smallshire.example/files/hall.png?x=1"])
def test_a_picture_gives_way_to_a_notice_wherever_it_was_shown(with_files, tmp_path, named):
    _, outputs = after(with_files, tmp_path, named)
    text = (with_files / POST).read_text(encoding="utf-8")
    assert not (with_files / PICTURE).exists() and "hall.png" not in text and "summer fair" not in text + outputs
    assert text.count(f"A picture was t{NOTICE[1:]}.") == 2 and "<figcaption>The hall.</figcaption>" in text
    assert f"what: A picture was taken down, because {REASON}." in text
    assert "../../files/late-plans.csv" in text


def test_the_address_of_a_file_says_why_it_is_gone_and_pages_that_linked_to_it_build(with_files, tmp_path):
    from datetime import date

    from macros.site.build import build

    after(with_files, tmp_path, TABLE)
    assert not build(with_files, tmp_path / "site", date(2026, 11, 24), "mkdocs")
    pages = {name: (tmp_path / "site" / name / "index.html").read_text(encoding="utf-8")
             for name in ("files/late-plans.csv", "about", "blog/2024-07-01-before-the-summer", "changes")}
    assert "This file has been taken down" in pages["files/late-plans.csv"]
    assert all(REASON in page for page in pages.values())
    assert "The file files/late-plans.csv" in pages["changes"]
    assert (tmp_path / "site/files/hall.png").is_file()


def test_a_file_whose_name_holds_the_words_leaves_no_address_and_no_output_names_it(with_files, tmp_path):
    git(with_files, "switch", "-q", "main")
    (with_files / PICTURE).rename(with_files / "docs/files/ottilie-quenby.png")
    for file in (with_files / "docs").rglob("*.md"):
        file.write_text(file.read_text(encoding="utf-8").replace("hall.png", "ottilie-quenby.png"), encoding="utf-8")
    git(with_files, "commit", "-q", "-a", "-m", "A file with a name")
    git(with_files, "add", "-A")
    git(with_files, "commit", "-q", "-m", "Published")
    git(with_files, "switch", "-q", "-C", "change")
    printed, outputs = after(with_files, tmp_path, "files/ottilie-quenby.png", "--address")
    assert "ottilie" not in everything_of(with_files).lower()
    assert "ottilie" not in (printed + outputs).lower()


def everything_of(folder: Path) -> str:
    return "\n".join(f"{file.relative_to(folder)} {file.read_bytes().decode(errors='replace')}"
                     for home in ("data", "docs") for file in sorted((folder / home).rglob("*")) if file.is_file())


def test_a_record_whose_source_is_the_file_is_named(with_files, tmp_path):
    git(with_files, "switch", "-q", "main")
    action = with_files / "data/actions/a-003-answer-letters.yml"
    action.write_text(action.read_text(encoding="utf-8").replace(
        "https://smallshire.example/plan", "https://smallshire.example/files/late-plans.csv"), encoding="utf-8")
    git(with_files, "commit", "-q", "-a", "-m", "Published")
    git(with_files, "switch", "-q", "-C", "change")
    printed, _ = after(with_files, tmp_path, TABLE)
    assert "Its address is still in data/actions/a-003-answer-letters.yml" in printed


@pytest.mark.parametrize("arguments, says", [
    (("docs/files/none.png",), "there is no such file"), (("../outside.png",), "there is no such file"),
    ((PICTURE, "--words", "hall"), "as a whole"), ((PICTURE, "--field", "title"), "as a whole")])
def test_a_file_that_is_not_there_or_only_parts_of_one_cannot_be_taken_down(with_files, arguments, says):
    code, printed = board("take-down", *arguments, "--reason", REASON, "--area", str(with_files), *TODAY)
    assert code == 2 and says in printed and (with_files / PICTURE).is_file()


def test_a_mention_that_is_no_link_is_named_with_its_line(with_files):
    file = with_files / "docs/about.md"
    text = file.read_text(encoding="utf-8") + "\n[table]: files/late-plans.csv\n"
    file.write_text(text, encoding="utf-8")
    code, printed = board("take-down", TABLE, "--reason", REASON, "--area", str(with_files), *TODAY)
    assert code == 2 and "docs/about.md:" in printed and "in a way that this command cannot change" in printed


@pytest.mark.parametrize("more", [(), ("--address",)])
def test_a_ledger_kept_by_a_reader_says_that_a_file_was_taken_down(with_files, more):
    from macros.publish.ledger import ledger_json
    from macros.register import load
    from macros.verify.ledger import find_changes
    from tests.conftest import TODAY as DAY

    was = json.loads(ledger_json(load(with_files, DAY)[0]))
    board("take-down", PICTURE, *more, "--reason", REASON, "--area", str(with_files), *TODAY)
    changes = find_changes(was, json.loads(ledger_json(load(with_files, DAY)[0])))
    assert any("hall.png" in str(change) for change in changes)
    assert all(change.is_allowed for change in changes), list(map(str, changes))


# The form


def test_the_form_takes_a_picture_down(area, submit):  # noqa: F811
    from PIL import Image

    (area / "docs/files").mkdir()
    Image.new("RGB", (40, 30), "teal").save(area / PICTURE)
    code, written = submit(issue("take-down", record="https://smallshire.example/files/hall.png", field="all its words",
                                 reason=REASON))
    assert code == 0 and written["title"] == "A file taken down (#12)" and not (area / PICTURE).exists()
    assert "hall.png" not in json.dumps(written) and "file: files/hall.png" in everything(area)


def test_the_form_takes_words_down_and_repeats_nothing(area, submit):  # noqa: F811
    file, was, now, *_ = RECORDS["a theme"]
    text = (area / file).read_text(encoding="utf-8")
    (area / file).write_text(text.replace(was, now), encoding="utf-8")
    code, written = submit(issue("take-down", record="f-001", field="said", reason=REASON))
    assert code == 0 and written["title"] == "Words taken down (#12)"
    assert WORDS not in everything(area) and NOTICE in everything(area)
    assert "Ottilie" not in json.dumps(written) and "When something goes wrong" in written["pull-request.md"]


def test_personal_data_in_a_form_says_first_to_delete_the_issue_and_names_the_box(submit):  # noqa: F811
    """The number is one that the NHS keeps for tests."""
    code, written = submit(issue("update-an-action", action="A-001", note="It is for 999 000 0018.",
                                 source_title="Notes", source_url="https://smallshire.example/notes"))
    lines = written["comment.md"].splitlines()
    assert code == 1 and lines[1].startswith("**Delete this issue now.**")
    assert [line for line in lines if line.startswith("- **")] == [line for line in lines
                                                                   if line.startswith("- **What happened")]
    assert "999" not in written["comment.md"] and "Please edit the issue" not in written["comment.md"]
