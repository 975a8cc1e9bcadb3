"""`board review`: what readers will see change, between what is published and what is about to be."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from macros.__main__ import main
from macros.checks import check
from macros.register.changes import KINDS, changes
from tests.command import copied
from tests.conftest import AREAS, TODAY
from tests.test_ledger import (
    ACTION_1,
    ACTION_2,
    DECISION,
    LATER_POST,
    MEASURE,
    POST,
    THEME,
    append,
    commit,
    git,
    published,
    swap,
)
from tests.thorough import sample

NEW_ACTION = "data/actions/a-009-count-letters.yml"
CHANGED = "changed:\n  - date: 2024-03-01\n    what: A name was put right.\n"


def write(area: Path, file: str, text: str) -> None:
    (area / file).parent.mkdir(parents=True, exist_ok=True)
    (area / file).write_text(text, encoding="utf-8")


@pytest.fixture
def area(tmp_path) -> Path:
    """The small area, published: its main branch holds it, and nothing is changed yet."""
    return copied(published(), tmp_path / "area")


@pytest.fixture
def review(area, capsys):
    """A function that returns the exit code of `board review`, and what it prints."""
    def review(form: str = "text", revision: str = "main", today: str = "2026-11-24") -> tuple[int, str]:
        code = main(["review", "--area", str(area), "--against", revision, "--format", form, "--today", today])
        return code, capsys.readouterr().out
    return review


@pytest.fixture
def groups(review):
    """A function that returns what changed as (kind, subject, its text, address)."""
    def groups() -> list[tuple]:
        found = json.loads(review("json")[1])
        return [(group["kind"], item["subject"], item["says"], item["address"])
                for group in found["groups"] for item in group["items"]]
    return groups


def test_where_nothing_changes_readers_see_no_change(area, review):
    git(area, "checkout", "-q", "-b", "change")
    code, printed = review()
    assert code == 0
    assert printed == ("WHAT READERS WILL SEE CHANGE\nReaders will see no change.\n\n"
                    "To look at it before you publish, run: board serve\n")


def test_a_moved_date_is_listed_with_its_reason_and_its_page(area, groups):
    append(ACTION_2, "  - date: 2024-10-01\n    due: 2025-01-31\n    reason: The forum asks for time.\n")(area)
    listed = groups()
    assert ("moved", "A-002 Ask families each spring", "From 30 September 2024 to 31 January 2025 (four months later). "
            "The reason given: The forum asks for time.", "actions/a-002/") in listed
    assert {kind for kind, *_ in listed} <= {"moved", "late", "date_passed", "unsaid"}


def test_the_review_lists_what_the_page_of_changes_gains(area, groups):
    """The area without its newest records is published; all of them come back at once."""
    whole = {path: (area / path).read_bytes() for path in (ACTION_1, DECISION, MEASURE)}
    before = {change.key for change in changes(check(area, TODAY)[0])}
    for path in whole:
        (area / path).unlink()
    (area / POST).write_text((area / POST).read_text(encoding="utf-8").replace("decisions: [D-001]", "decisions: []"),
                             encoding="utf-8")
    commit(area)
    gained = before - {change.key for change in changes(check(area, TODAY)[0])}
    for path, content in whole.items():
        (area / path).write_bytes(content)
    listed = [item for item in groups() if item[0] in KINDS]
    assert gained and len(listed) == len(gained)
    assert {address for *_, address in listed} == {f"{'/'.join(key.split('/')[:2])}/" for key in gained}


def test_a_change_by_time_alone_is_not_listed(area, review):
    """An action that became late since the last publication is late on the site already, every morning."""
    git(area, "checkout", "-q", "-b", "change")
    assert "Readers will see no change." in review(today="2030-01-01")[1]


@pytest.mark.parametrize("edit, expected", [
    (lambda area: write(area, "docs/blog/posts/2024-09-01-autumn.md",
                        (area / LATER_POST).read_text(encoding="utf-8").replace("Before the summer", "Autumn")),
     ("new-post", "Autumn", "Dated 1 July 2024.", "blog/2024-09-01-autumn/")),
    (swap(LATER_POST, "date: 2024-07-01\n", f"date: 2024-07-01\n{CHANGED}"),
     ("edited-post", "Before the summer", "The post says what was changed: A name was put right.",
      "blog/2024-07-01-before-the-summer/")),
    (swap(LATER_POST, "kind: post\n", "kind: post\ndraft: true\n"),
     ("gone-post", "The post of 1 July 2024", "It is a draft again.", None)),
    (lambda area: write(area, "docs/blog/posts/2024-09-01-autumn.md", (area / LATER_POST).read_text(encoding="utf-8")
                        .replace("kind: post\n", "kind: post\ndraft: true\n")),
     ("draft-post", "Before the summer", None, None)),
    (append("docs/about.md", "\nMore.\n"), ("edited-page", "About this site", None, "about/")),
    (lambda area: write(area, "docs/news.md", "# News for all\n"), ("new-page", "News for all", None, "news/")),
    (lambda area: (area / "docs/about.md").unlink(), ("gone-page", "A page of this site", None, None)),
    (lambda area: write(area, "docs/picture.svg", "<svg/>"), ("other-file", "docs/picture.svg", "It is new.", None)),
    (append(THEME, "also: [post]\n"), ("edited-record", "F-001 Letters that nobody understands", "Edited: also.",
                                       "you-said/#f-001")),
    (append(ACTION_1, "note: Counted by hand.\n"), ("edited-record", "A-001 List late plans", "Edited: note.",
                                                    "actions/a-001/")),
    (lambda area: write(area, "data/meetings/2027-01-20.yml", "id: 2027-01-20\nstate: planned\nsource: null\n"),
     ("new-record", "The meeting of 20 January 2027", None, "meetings/2027-01-20/")),
    (lambda area: write(area, "Makefile", "site:\n"), None),
], ids=["new post", "edited post", "post withdrawn", "draft", "edited page", "new page", "page gone", "picture",
        "theme", "action", "meeting", "file that git does not know"])
def test_each_thing_that_readers_will_see_is_listed_once(area, groups, edit, expected):
    edit(area)
    found = [item for item in groups() if item[0] != "unsaid"]
    assert [(kind, subject if kind != "edited-record" else expected[1], *rest) for kind, subject, *rest in found] == (
        [expected] if expected else [])


def test_windows_line_ends_are_no_change(area, review):
    content = (area / "docs/about.md").read_bytes()
    (area / "docs/about.md").write_bytes(content.replace(b"\n", b"\r\n"))
    assert "Readers will see no change." in review()[1]


def test_changes_of_the_software_come_first(area, review):
    write(area, "macros/site/build.py", "")
    commit(area)
    write(area, "macros/site/build.py", "print()\n")
    assert review()[1].startswith("IT CHANGES HOW THE SITE WORKS\n")
    assert "Readers will see no change.\n" not in review()[1]
    assert "It changes 1 file of the site's settings, templates" in review("markdown")[1]


def test_what_must_be_fixed_comes_first_with_its_file_and_line(area, review):
    swap(ACTION_2, "owner: forum", "owner: forun")(area)
    code, printed = review()
    assert code == 1
    assert printed.startswith("THIS CANNOT BE PUBLISHED YET\n")
    assert f'{ACTION_2}:4: there is no organisation "forun"; did you mean "forum"? [unknown-owner]' in printed
    assert f"{ACTION_2}:4: the owner of A-002 is not as it was published" in printed, \
        "a rewritten history must be fixed too"
    assert review("markdown")[1].startswith(
        "<!-- board review -->\n## This cannot be published yet\n\n2 things must be fixed first:\n")


@pytest.mark.parametrize("form", ["text", "markdown", "json"])
def test_what_may_be_personal_is_never_repeated(area, review, form):
    """The number is one that the NHS keeps for tests."""
    append("docs/about.md", "\nWrite to us about 999 000 0018.\n")(area)
    swap(ACTION_2, "title: Ask families each spring", "title: Ask about 999 000 0018")(area)
    code, printed = review(form)
    assert code == 1 and "docs/about.md" in printed and "personal-data" in printed
    assert not any(text in printed for text in ("999", "0018", "Ask about", "Write to us"))


def test_one_number_is_enough_to_withhold_all_texts(area, review):
    append("docs/about.md", "\nWrite to us about 999 000 0018.\n")(area)
    swap(ACTION_2, "title: Ask families each spring", "title: Ask every family each spring")(area)
    code, printed = review("text")
    assert code == 1 and "personal-data" in printed and "Ask every family" not in printed


def test_what_is_gone_is_named_by_its_id_and_not_by_its_words(area, review):
    (area / ACTION_2).unlink()
    for form in ("text", "markdown", "json"):
        printed = review(form)[1].replace("\\", "")
        assert "Action A-002" in printed and "Ask families each spring" not in printed


def test_a_record_that_cannot_be_read_is_not_listed_as_gone(area, review, groups):
    write(area, ACTION_2, "id: [\n")
    assert review()[0] == 1
    assert groups() == []


def test_an_area_that_cannot_be_read_is_reported_without_a_traceback(area, review):
    write(area, "data/area.yml", "")
    code, printed = review()
    assert code == 1 and "data/area.yml:1:" in printed and "Edited" not in printed


def test_style_warnings_are_listed_for_changed_files_only(area, review):
    long = "This sentence " + "goes on and " * 20 + "ends.\n"
    append("docs/about.md", f"\n{long}")(area)
    commit(area)
    write(area, "docs/more.md", f"# More\n\n{long}")
    code, printed = review()
    assert code == 0
    assert "WHAT READS BADLY" in printed and "docs/more.md:" in printed and "docs/about.md:" not in printed


@pytest.mark.parametrize("revision, message", [
    ("nowhere", 'there is no revision "nowhere" in this clone; run: git fetch --all --tags'),
    ("origin/main", 'there is no revision "origin/main" in this clone; run: git fetch origin main'),
    ("--output=x", '"--output=x" is no revision; name a branch, tag or commit'),
])
def test_a_revision_that_cannot_be_read_is_reported_in_one_line(area, capsys, revision, message):
    assert main(["review", "--area", str(area), f"--against={revision}"]) == 2
    assert capsys.readouterr().err == f"{message}\n"


def test_a_revision_without_an_area_is_reported_in_one_line(area, capsys):
    git(area, "switch", "-q", "--orphan", "empty")
    git(area, "commit", "-q", "--allow-empty", "-m", "Nothing")
    git(area, "switch", "-q", "main")
    assert main(["review", "--area", str(area), "--against", "empty"]) == 2
    assert 'there is no area at "empty"' in capsys.readouterr().err


def test_an_area_in_a_folder_of_its_repository_is_compared_with_itself(tmp_path, capsys):
    inner = copied(AREAS["exampleshire"], tmp_path / "areas/inner")
    write(tmp_path, "data/area.yml", "name: Another\n")
    git(tmp_path, "init", "-q", "-b", "main")
    commit(tmp_path)
    write(inner, "docs/more.md", "# More about this site\n")
    assert main(["review", "--area", str(inner), "--against", "main", "--today", "2026-11-24"]) == 0
    assert "- More about this site /more/\n" in capsys.readouterr().out


def test_links_in_what_was_published_lead_nowhere_outside(area, review):
    (area / "docs/secret.md").symlink_to("/etc/passwd")
    (area / "docs/up").symlink_to("..")
    commit(area)
    assert "root:" not in review()[1]


@pytest.mark.parametrize("name", sample([
    "2026-11-20 my news.md", "who we are.md", "café.md", "a'b.md", "a&b.md", "a%20b.md", "a#b.md", "a(b).md",
    "a\nb.md", "a\u202eb.md", "Ärger.md", "x" * 220 + ".md", "a;b.md", os.fsdecode(b"a\xff.md")], 5), ids=ascii)
def test_no_name_of_a_file_ends_the_review(area, review, name):
    for folder in ("docs", "docs/blog/posts"):
        (area / folder / name).write_text("---\ndate: 2024-03-01\ntitle: T\ndescription: D.\nin_short:\n  - S.\n"
                                          "kind: post\n---\n\nA.\n\n<!-- more -->\n", encoding="utf-8")
    for form in ("text", "json", "markdown"):
        code, printed = review(form)
        assert code in (0, 1) and printed


def test_a_long_review_is_bounded_and_says_how_much_it_leaves_out(area, review):
    for number in range(250):
        write(area, f"docs/page-{number}.md", f"# Page {number} {'x' * 600}\n")
    group, = json.loads(review("json")[1])["groups"]
    assert (len(group["items"]), group["more"]) == (200, 50)
    assert all(len(item["subject"]) == 500 for item in group["items"])
    assert "- and 50 more\n" in review()[1]
