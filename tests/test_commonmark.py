"""A page shows lists, tables and headings as GitHub's preview shows them, and what it cannot show so is named."""

from __future__ import annotations

import functools
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown import Markdown
from markdown_it import MarkdownIt
from mkdocs.utils import yaml_load

from macros.checks.markdown import markdown_is_shown_as_meant
from macros.checks.plain_text import records_are_plain
from macros.register import read
from macros.site.commonmark import rewritten
from tests.conftest import ROOT, TODAY
from tests.thorough import share

SEEN = ("ul", "ol", "li", "table", "tr", "td", "th", "h1", "h2", "h3", "blockquote", "pre", "br", "hr", "del")


@functools.cache
def extensions() -> dict[str, dict]:
    with (ROOT / "mkdocs.yml").open("rb") as file:
        return {name: options or {} for name, options in yaml_load(file)["markdown_extensions"].items()}


def shown(text: str, titles: int = 1) -> BeautifulSoup:
    """What the site shows, by the extensions of mkdocs.yml."""
    md = Markdown(extensions=list(extensions()), extension_configs=extensions())
    return BeautifulSoup(md.convert(rewritten(text, titles)), "html.parser")


def outline(page: BeautifulSoup) -> list[str]:
    return [tag.name + (f" from {tag['start']}" if tag.get("start", "1") != "1" else "") + " " +
            ("" if tag.name in ("ul", "ol", "li", "table", "tr", "blockquote") else " ".join(tag.get_text().split()))
            for tag in page.find_all(SEEN)]


def on_github(text: str) -> BeautifulSoup:
    html = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(text)
    return BeautifulSoup(html.replace("<s>", "<del>").replace("</s>", "</del>"), "html.parser")


CASES = {
    "a list below a sentence": "The board heard:\n- one\n- two\n",
    "a list of stars below a sentence": "The board heard:\n* one\n* two\n",
    "numbers below a sentence": "Next:\n1. one\n2. two\n",
    "numbers with brackets": "Next:\n\n1) one\n2) two\n",
    "a list that begins at 4": "4. four\n5. five\n\nText.\n\n6. six\n",
    "a sentence that begins with a year": "1986. That was a good year.\n",
    "numbers from nought": "0. none\n1. one\n",
    "a list in two spaces": "- a plan\n  - for therapy\n    - for speech\n- a name\n",
    "a list in three spaces": "1. one\n   - inner\n   - more\n2. two\n",
    "bullets below numbers": "1. one\n2. two\n\n- a\n- b\n",
    "two lists with other signs": "- a\n- b\n\n* c\n* d\n",
    "a paragraph in an item": "1. one\n\n   more of one\n\n2. two\n",
    "code in an item": "- one\n\n  ```\n  code\n  ```\n- two\n",
    "a lazy line": "- one\nand more\n- two\n",
    "a long number": "10. ten\n    - sub\n11. eleven\n",
    "a heading below a list": "- one\n## Next\n\nText.\n",
    "a table below a sentence": "Waiting times:\n| a | b |\n|---|---|\n| 1 | 2 |\n",
    "a table without outer signs": "Times:\na | b\n---|---\n1 | 2\n",
    "a table below a list": "- one\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
    "a list below a table": "| a | b |\n|---|---|\n| 1 | 2 |\n- one\n- two\n",
    "a table in an item": "- one\n\n  | a | b |\n  |---|---|\n  | 1 | 2 |\n",
    "a short row": "| a | b |\n|---|---|\n| 1 |\n",
    "dashes below two lines": "The letters\nwere slow\n---\n\nText.\n",
    "a hashtag": "#SEND matters to families\n",
    "a backslash at the end": "One\\\nTwo\n",
    "a list in a quotation": "> They said:\n> - one\n>   - inner\n> - two\n",
    "a quotation in an item": "- one\n  > said\n- two\n",
    "a quotation below a list": "- one\n> said\n",
    "struck words": "~~Forty~~ thirty\n",
    "signs that are no list": "5 - 3 is 2\n-not a list\n2027. is no list here either\n",
    "text on the next line": "-\n  one\n- two\n",
}


@pytest.mark.parametrize("text", CASES.values(), ids=CASES)
def test_the_page_has_the_blocks_that_github_shows(text):
    assert outline(shown(text)) == outline(on_github(text))


LINES = st.sampled_from((
    "Text", "more text", "", "", "- a", "- b", "  - c", "- b\n  - c\n    - d", "* e", "1. f", "2. g", "7. h", "   - i",
    "   more",
    "  more", "> said", "> - j", "## Heading",
    "\n| k | l |\n|---|---|\n| 1 | 2 |"))


@settings(max_examples=share(300), derandomize=True, database=None)
@given(st.lists(LINES, min_size=1, max_size=8))
@example(["- a", "", "  more", "  - c", "- b"])
@example(["1. f", "   - i", "2. g"])
def test_no_list_is_lost_however_lines_follow_each_other(lines):
    """The items and their order are those of GitHub; Python-Markdown may join lists that touch."""
    text = "\n".join(lines)
    ours, theirs = shown(text), on_github(text)
    parts = [[tag.name for tag in page.find_all(("li", "td", "th", "h2")) if tag.name == "li" or tag.get_text()]
             for page in (ours, theirs)]
    assert parts[0] == parts[1], rewritten(text)
    assert ours.get_text().split() == theirs.get_text().split()


@pytest.mark.parametrize("text, words", [
    ('!!! note "Read"\n    They said:\n    - one\n      - inner\n', ["ul", "li", "ul", "li"]),
    ('=== "Tab"\n    1. one\n       - inner\n    2. two\n', ["ol", "li", "ul", "li", "li"]),
    ("Text.[^1]\n\n[^1]: They said:\n    - one\n    - two\n", ["ul", "li", "li"]),
    ("<div markdown>\nThey said:\n- one\n- two\n</div>\n", ["ul", "li", "li"]),
])
def test_lists_in_boxes_tabs_footnotes_and_html_are_lists(text, words):
    page = shown(text)
    assert [tag.name for tag in page.find_all(("ul", "ol", "li"))][-len(words):] == words


def test_no_cell_is_dropped():
    assert "since May" in shown("| a | b |\n|---|---|\n| 1 | 9 | since May |\n").get_text()


@pytest.mark.parametrize("titles, tags", [(0, ["h2", "h2", "h2"]), (1, ["h1", "h2", "h2"])])
def test_a_page_has_one_title(titles, tags):
    assert [tag.name for tag in shown("# One\n\nTwo\n===\n\nThree\n---\n", titles).find_all(("h1", "h2"))] == tags


def test_a_note_without_text_says_so():
    assert shown("Thirty weeks[^1].").sup.get_text() == "[note missing]"
    assert shown("Thirty weeks[^1].\n\n[^1]: A source.").sup.get_text() == "1"


def remarks(tmp_path: Path, text: str) -> list[str]:
    """The lines and levels of what the check says about a post, whose text begins at line 1 here."""
    posts = tmp_path / "docs/blog/posts"
    posts.mkdir(parents=True)
    front = {"date": "x", "title": "A", "description": "B", "in_short": ["C"], "kind": "post"}
    head = yaml.safe_dump(front).replace("date: x", "date: 2026-11-20")
    (posts / "a.md").write_text(f"---\n{head}---\n{text}", encoding="utf-8")
    register, _ = read(tmp_path, TODAY)
    first = register.pages[0].document.body_line
    return [f"{problem.line - first + 1} {problem.level}" for problem in markdown_is_shown_as_meant(register)]


@pytest.mark.parametrize("text, expected", [
    ("Weeks[^1].\n", ["1 warning"]),
    ("Weeks[^note].\n\n[^note]:\n", ["3 warning", "1 warning"]),
    ("Weeks[^1] and[^2].\n\n[^2]: Text.\n", ["1 warning"]),
    ("| a | b |\n|---|---|\n| 1 | 2 | 3 |\n", ["3 warning"]),
    ("Text:\n| a |\n|---|\n| 1 | 2 |\n", ["4 warning"]),
    ("a | b\n---|---\n1 | 2 | 3 | 4\n", ["3 warning"]),
    ("The letters were slow to come\n---\n", ["2 warning"]),
    ("One\ntwo\n-----\n", ["3 warning"]),
    ("# Another title\n", ["1 warning"]),
    ("Another title\n===\n", ["1 warning"]),
    ("| a | b |\n|---|\n| 1 | 2 |\n", ["2 error"]),
    ("Times:\n\na | b | c\n--|--\n", ["4 error"]),
    ("See [the report](https://a.example/r for more.\n", ["1 error"]),
    ("See [the report] (https://a.example/r).\n", ["1 error"]),
    ("See (the report)[https://a.example/r].\n", ["1 error"]),
    ("See [the report(https://a.example/r).\n", ["1 error"]),
    ("Text\nand [the report][1].\n", ["2 error"]),
])
def test_what_github_shows_otherwise_or_nobody_closed_is_named_at_its_line(tmp_path, text, expected):
    assert sorted(remarks(tmp_path, text)) == sorted(expected)


@pytest.mark.parametrize("text", [
    "See [the report](https://a.example/r(1)).\n", "[a][1]\n\n[1]: https://a.example/\n", "Text[^1].\n\n[^1]: T.\n",
    "He [the chair] said (in May) that a|b.\n", "`[a](b` and `[^1]`\n", "```\n| a |\n[x](y\n```\n",
    "One\n\n---\n\nTwo\n",
    "A heading\n---------\n\nH~2~O\n", "| a \\| b | c |\n|---|---|\n| 1 \\| 1 | 2 |\n", '{{ action("A-001") }}\n'])
def test_what_is_whole_passes(tmp_path, text):
    assert remarks(tmp_path, text) == []


def marked(tmp_path: Path, text: str) -> list[str]:
    (tmp_path / "data/actions").mkdir(parents=True)
    record = yaml.safe_dump({"id": "A-001", "title": "Answer", "kind": "promised", "owner": None, "due": None,
                             "detail": text})
    (tmp_path / "data/actions/a-001-answer.yml").write_text(record, encoding="utf-8")
    return [problem.code for problem in records_are_plain(read(tmp_path, TODAY)[0])]


@pytest.mark.parametrize("text", [
    "See **the report**.", "See __the report__.", "See *the report* now.", "See _the report_ now.", "~~Forty~~ thirty",
    "See [the report](https://a.example/r).", "See [about](../about.md).", "Two things:\n- One.\n- Two.",
    "Two things: - One. - Two.", "1. One.\n2. Two.", "## What comes next", "It is `plain`.", "* One\n* Two",
    "It is there. ### Why", "| a | b |", "> So she said", "Done[^1]", "One<br>two", "<!-- later -->",
    "{{ action('A-1') }}", "Bread &amp; butter", "Done :tada:", "- [ ] Letters", "See **it**: https://a.example/r_1_2"])
def test_marks_in_a_record_are_named_and_not_shown_as_typed(tmp_path, text):
    assert "marks-in-a-record" in marked(tmp_path, text)


@pytest.mark.parametrize("text", [
    "A 5 * 3 and 2 * 4 table", "snake_case_name", "Years 9 - 11", "[Draft] (May)", "2024. It was late.", "#SEND",
    "Half – or less – of it", "C# and A*",
    "See https://a.example/a_b_c#d and *", "From <here> to {there}", "Less than 5 < 6 > 4", "At 10:30:15", "Issue # 5"])
def test_plain_words_in_a_record_pass(tmp_path, text):
    assert marked(tmp_path, text) == []
