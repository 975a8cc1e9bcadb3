"""Style warnings that a folder of tests/bad cannot show: counts, changes against a revision, and odd texts."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from macros.__main__ import main
from macros.source.markdown_text import read_markdown
from tests.command import copied
from tests.conftest import ROOT
from tests.thorough import ALL, share

SMALL = ROOT / "tests/areas/small"
POST = "docs/blog/posts/2024-07-01-before-the-summer.md"
ACTION = "data/actions/a-003-answer-letters.yml"
LONG = "The board met and " + "met and " * 12 + "met.\n"


@pytest.fixture
def area(tmp_path: Path) -> Path:
    return copied(SMALL, tmp_path / "area")


def check(area: Path, capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, list[str]]:
    code = main(["check", "--area", str(area), "--today", "2026-11-24", *options])
    printed = capsys.readouterr()
    assert not printed.err
    return code, printed.out.splitlines()


def add(area: Path, path: str, text: str) -> int:
    """Append to a file. Returns the line on which the text begins."""
    before = (area / path).read_text(encoding="utf-8")
    (area / path).write_text(before + text, encoding="utf-8")
    return before.count("\n") + 1


def git(area: Path, *arguments: str) -> None:
    subprocess.run(["git", "-c", "user.name=Test", "-c", "user.email=test@test.example", *arguments], cwd=area,
                   check=True, capture_output=True)


@pytest.fixture
def published(area: Path) -> Path:
    """An area in a repository, with a long sentence that was published."""
    add(area, "docs/about.md", f"\n{LONG}")
    git(area, "init", "-b", "main")
    git(area, "add", ".")
    git(area, "commit", "-m", "First")
    return area


def test_style_warnings_do_not_block_and_are_counted_last(area, capsys):
    line = add(area, "docs/about.md", f"\n{LONG}") + 1
    code, lines = check(area, capsys)
    assert code == 0
    assert lines == [f'docs/about.md:{line}: warning[long-sentence] this sentence has 29 words: "The board met and met '
                     'and …"; split it in two, or leave out what is not needed',
                     "No problems: 3 actions, 2 decisions, 2 meetings, 1 measure, 2 posts. "
                     "1 style warning (not blocking)."]


def test_problems_and_warnings_are_counted_separately(area, capsys):
    add(area, "docs/about.md", f"\n{LONG}\n{LONG}\n{{{{ actoin() }}}}\n")
    code, lines = check(area, capsys)
    assert code == 1
    assert lines[-1] == "1 problem in 1 file: fix them, then check again. 2 style warnings (not blocking)."
    _, lines = check(area, capsys, "--format", "json")
    report = json.loads("\n".join(lines))
    assert (report["errors"], report["warnings"]) == (1, 2)


def test_against_a_revision_old_warnings_are_left_out(published, capsys):
    assert len(check(published, capsys)[1]) == 2
    git(published, "checkout", "-b", "change")
    assert check(published, capsys, "--against", "main") == (
        0, ["No problems: 3 actions, 2 decisions, 2 meetings, 1 measure, 2 posts."])


def test_against_a_revision_warnings_of_changed_and_new_files_are_printed(published, capsys):
    (published / "docs/new.md").write_text(f"# New\n\n{LONG}", encoding="utf-8")
    line = add(published, "docs/feedback.md", f"\n{LONG}") + 1
    _, lines = check(published, capsys, "--against", "main")
    assert [line.split(" ")[0] for line in lines[:-1] if " warning[" in line] == [
        f"docs/feedback.md:{line}:", "docs/new.md:3:"]
    git(published, "checkout", "-b", "more")
    git(published, "add", ".")
    git(published, "commit", "-m", "Second")
    assert check(published, capsys, "--against", "main")[1] == lines


def test_against_a_revision_that_does_not_exist_only_that_is_printed(published, capsys):
    code, lines = check(published, capsys, "--against", "nowhere")
    assert code == 1
    assert [line.split(" ")[1] for line in lines] == ["error[revision]", "problem"]


def test_a_warning_names_the_line_inside_a_folded_text(area, capsys):
    text = (area / ACTION).read_text(encoding="utf-8")
    start = text.index("detail:")
    (area / ACTION).write_text(
        text[:start] + "detail: >-\n  A short one.\n\n  The board's letters are\n  answered by May, with A-001.\n"
        + text[text.index("kind:"):], encoding="utf-8")
    line = text[:start].count("\n") + 4
    _, lines = check(area, capsys)
    assert [line.split("]")[0] for line in lines[:-1]] == [f"{ACTION}:{line}: warning[date-without-year"]


def test_words_that_were_published_and_corrected_are_left_alone(area, capsys):
    """What a correction quotes cannot be written better."""
    add(area, ACTION, f"updates:\n  - date: 2024-05-02\n    correction:\n      field: title\n      was: {LONG}"
                      "      now: Answer letters in plain words\n      reason: It was long.\n")
    code, lines = check(area, capsys)
    assert (code, len(lines)) == (0, 1)


def test_titles_of_sources_are_not_ours_to_write(area, capsys):
    text = (area / ACTION).read_text(encoding="utf-8")
    (area / ACTION).write_text(text.replace("title: Smallshire plan", f"title: {LONG[:-1]} It is by the ICB."),
                               encoding="utf-8")
    assert len(check(area, capsys)[1]) == 1


def test_without_a_readable_glossary_no_acronym_is_reported(area, capsys):
    (area / "data/glossary.yml").write_text("term: EHCP\n", encoding="utf-8")
    add(area, "docs/about.md", "\nThe ICB meets.\n")
    assert not [line for line in check(area, capsys)[1] if "acronym" in line]


def test_a_word_that_only_the_search_knows_explains_nothing(area, capsys):
    """A term's "also" is found by the search; no reader sees it."""
    text = (area / "data/glossary.yml").read_text(encoding="utf-8")
    (area / "data/glossary.yml").write_text(text.rstrip() + "\n  also: [EHCPX]\n", encoding="utf-8")
    line = add(area, "docs/about.md", "\nThe EHCPX is an EHCP.\n") + 1
    assert [line.split("]")[0] for line in check(area, capsys)[1][:-1]] == [f"docs/about.md:{line}: warning[acronym"]


@pytest.mark.parametrize("title, is_hard", [
    ("Publicise organisational accountability arrangements", False),
    ("Publicise organisational accountability arrangements comprehensively throughout administration", True),
    ("Tell all families what the council has done for them", False),
], ids=["too few words to tell", "hard", "easy"])
def test_a_title_is_hard_only_where_that_is_more_than_chance(title, is_hard, area, capsys):
    text = (area / ACTION).read_text(encoding="utf-8")
    (area / ACTION).write_text(text.replace("Answer letters in plain words", title), encoding="utf-8")
    assert any("reading-age" in line for line in check(area, capsys)[1]) == is_hard


def test_guides_are_read_as_closely_as_pages_but_for_their_age(area, capsys):
    (area / "docs/guides").mkdir()
    (area / "docs/guides/more.md").write_text(
        f"# Guide\n\n{LONG}\nMultidisciplinary organisations comprehensively operationalise accountability "
        "arrangements. TO CONFIRM stands where a person must look.\n", encoding="utf-8")
    code, lines = check(area, capsys)
    assert code == 0
    assert [line.split(" ")[1] for line in lines[:-1]] == ["warning[long-sentence]"]


MANY = 20_000 if ALL else 5_000
HOSTILE = {
    "brackets": "[" * MANY, "images": "![" * MANY, "quotes": ">" * MANY, "stars": "*a_ " * MANY,
    "comments": "<!--" * MANY, "tags": "<p><img " * MANY, "names": "*[" * MANY,
    "a very long word": "A" * 10 * MANY, "a very long image": f"![]({'y' * 5 * MANY}.png)",
    "a very long link": f"[here]({'y' * 5 * MANY})", "a very long heading": "#### " + "y" * 5 * MANY,
    "many acronyms": "(AB) " * (MANY // 4), "many months": "by March " * (MANY // 4),
    "many promises": "will be be " * (MANY // 4),
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_page_gives_short_lines_and_no_traceback(body, area, capsys):
    add(area, "docs/about.md", f"\n{body}\n")
    _, lines = check(area, capsys)
    assert all(len(line) < 300 for line in lines), lines


@settings(max_examples=share(300), deadline=None, derandomize=True, database=None)
@given(text=st.text() | st.text(alphabet="aA #*_[]()!<>{}%|-`\n\"'/:=&^1", max_size=80))
def test_no_text_whatever_raises_as_markdown_and_every_line_is_one_of_the_file(text):
    count = text.count("\n") + 1
    for block in read_markdown(text, first_line=10):
        for line in (block.line, *(link.line for link in block.links), *(image.line for image in block.images)):
            assert 10 <= line < 10 + count + text.count("\r")


def test_links_and_images_stand_on_the_lines_where_they_are_written():
    blocks = read_markdown("# One\n\ntwo\n[three](a.md) ![four\nfive](b.svg)\n\n- six\n  [seven](c.md)\n\n"
                           "| eight | nine |\n|---|---|\n| ten | [eleven](d.md) |\n\n<div>\n<p>twelve</p>\n"
                           '<a href="e.md">thirteen</a>\n<img src="f.svg" alt="">\n</div>\n')
    assert [(link.text, link.line) for block in blocks for link in block.links] == [
        ("three", 4), ("seven", 8), ("eleven", 12), ("thirteen", 16)]
    assert [(image.alt, image.line) for block in blocks for image in block.images] == [("four five", 4), ("", 17)]
    assert [(block.kind, block.level) for block in blocks] == [
        ("heading", 1), ("paragraph", 0), ("item", 0), *[("cell", 0)] * 4, ("paragraph", 0)]
