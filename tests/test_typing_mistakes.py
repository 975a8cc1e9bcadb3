"""What goes wrong when a file is typed, pasted or merged is named, and the text is not published as it is."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from macros.ledger import git
from macros.source.files import load_markdown, load_yaml
from macros.source.mojibake import repaired, wrongly_decoded
from macros.source.yaml_reader import parse_yaml


def problems(tmp_path: Path, name: str, text: str) -> list[tuple[int, str]]:
    (tmp_path / name).write_text(text, encoding="utf-8")
    read = load_markdown if name.endswith(".md") else load_yaml
    return [(problem.line, problem.code) for problem in read(tmp_path / name, tmp_path)[1]]


@pytest.mark.parametrize("name, text, line", [
    ("record.yml", "id: A-001\n<<<<<<< HEAD\nowner: a\n=======\nowner: b\n>>>>>>> form-12\n", 2),
    ("record.yml", "note: >-\n  One.\n>>>>>>> 0a1b2c3\n", 3),
    ("post.md", "---\ntitle: A\n<<<<<<< Updated upstream\n---\n\nText.\n", 3),
    ("post.md", "Text.\n\n||||||| merged common ancestors\nOld.\n", 3),
    ("post.md", "Text.\n>>>>>>> form-12\n", 2),
    ("post.md", "Text.\r\n<<<<<<< HEAD\r\nMore.\r\n", 2),
])
def test_a_conflict_that_nobody_settled_is_named_at_its_line(tmp_path, name, text, line):
    assert problems(tmp_path, name, text) == [(line, "conflict")]


@pytest.mark.parametrize("text", ["Letters\n=======\n\nText.\n", "> > > three levels\n", "a <<<<<<< b\n"])
def test_what_is_no_conflict_passes(tmp_path, text):
    assert problems(tmp_path, "post.md", text) == []


@pytest.mark.parametrize("written, meant", [
    ("cafÃ©", "café"), ("the boardâ€™s", "the board’s"), ("Â£1 million", "£1 million"), ("2023â€“24", "2023–24"),
    ("â€œYesâ€\x9d", "“Yes”"), ("caf√©", "café"), ("board‚Äôs ¬£5", "board’s £5"), ("cafÃƒÂ©", "café"), ("tÅ·", "tŷ"),
    ("5Â\u00a0%", "5\u00a0%"), ("ðŸ™‚", "🙂"), ("90Â° and Â½", "90° and ½"),
])
def test_letters_that_were_read_in_a_wrong_encoding_are_named_with_what_was_meant(written, meant):
    assert repaired(written) == meant
    assert wrongly_decoded(f"one\n{written}")[0].line == 1


@pytest.mark.parametrize("text", [
    "“CAFÉ”, café, naïve – it’s £5… 2 × ½ = 1; 20 °C; tŷ, Siân, €5, “Å”", "über “Ä”", "½ of 3 × 4 € – all",
    "👨‍👩‍👧"])
def test_letters_that_are_right_pass(text):
    assert wrongly_decoded(text) == []


def test_a_letter_that_was_lost_is_named(tmp_path):
    assert problems(tmp_path, "post.md", "One.\n\nA caf\ufffd.\n") == [(3, "wrong-letters")]


@pytest.mark.parametrize("text, line, said", [
    ("title: [Draft] Answer letters\nid: A", 1, '"[Draft]" is not in quotes'),
    ("title: {Draft} Answer letters\nid: A", 1, '"{Draft}" is not in quotes'),
    ("in_short:\n  - [New] Letters\n  - More\n", 2, '"[New]" is not in quotes'),
    ("note: [the report](https://a.example/r) says\nid: A", 1, '"[the report]" is not in quotes'),
    ("updates:\n  - date: 2026-11-20\n\u00a0\u00a0\u00a0\u00a0note: Letters\n", 3, "is not an ordinary one"),
    ("updates:\n\u2003- date: 2026-11-20\n", 2, "is not an ordinary one"),
    ("owner:\u202fcouncil\ndue: 2027\n", 1, "is not an ordinary one"),
    ("id: A\n\u3000title: B\nz: 1\n", 2, "is not an ordinary one"),
])
def test_a_mistake_in_yaml_is_called_what_it_is(text, line, said):
    found = parse_yaml(text, "a.yml")[1]
    assert len(found) == 1 and (found[0].line, found[0].code) == (line, "yaml")
    assert said in found[0].message


RECORD = """\
id: A-003
title: Answer letters
owner: council
source:
  title: Minutes
  url: https://a.example/x
updates:
  - date: 2024-07-01
    note: It began.
  - date: 2024-08-01
    note: It went on.
"""

MISTAKES = [
    # A tab
    ("  url:", "\turl:", 6, "there is a tab", "indent with spaces"),
    ("    note: It began", "  \tnote: It began", 9, "there is a tab", "indent with spaces"),
    ("  - date: 2024-07", "  -\tdate: 2024-07", 8, "there is a tab", "indent with spaces"),
    ("It began.", "It began\n\tand more.", 10, "there is a tab", "indent with spaces"),
    # No space after the colon, or another sign
    ("id: A-003", "id:A-003", 1, 'after "id"', "like this: id: A-003"),
    ("  title: Minutes", "  title:Minutes", 5, 'after "title"', "like this: title: Minutes"),
    ("- date: 2024-07", "- date:2024-07", 8, 'after "date"', "like this: - date: 2024-07-01"),
    ("note: It went", "note:It went", 11, 'after "note"', "like this: note: It went on."),
    ("owner: council", "owner = council", 3, 'after "owner"', "like this: owner: council"),
    ("owner: council", "owner\uff1a council", 3, 'after "owner"', "like this: owner: council"),
    # Quotes
    ("Answer letters", '"Answer letters', 2, "not closed", 'like this: title: "Answer letters"'),
    ("Answer letters", '"Answer letters\u201d', 2, "begins with \" and ends with \u201d", 'title: "Answer letters"'),
    ("Answer letters", "'Answer the board's letters'", 2, "continues after", "title: \"Answer the board's letters\""),
    ("Answer letters", '"Answer "all" letters"', 2, "continues after", "title: 'Answer \"all\" letters'"),
    ("Answer letters", '"Answer" letters', 2, "continues after", "title: '\"Answer\" letters'"),
    ("It began.", '"It began\n      and went on.', 9, "not closed", "close it at the end of the text"),
    ("It began.", r'"In C:\Users."', 9, "a backslash", r"note: 'In C:\Users.'"),
    ("Answer letters", 'Answer letters"', 2, "none begins it", "remove it"),
    # The same key twice
    ("owner: council", "owner: council\nowner: forum", 4, '"owner" is there twice (first on line 3)', "keep one"),
    ("  url:", "  title: X\n  url:", 6, '"title" is there twice (first on line 5)', "keep one"),
    ("It began.", "It began.\n    note: More.", 10, '"note" is there twice (first on line 9)', "keep one"),
    # Indentation
    ("owner:", "  owner:", 3, "not indented like", "begin it at the left edge"),
    ("    note: It began", "   note: It began", 9, "not indented like", "begin it with 4 spaces"),
    ("    note: It began", "      note: It began", 9, "not indented like", "begin it with 4 spaces"),
    ("  - date: 2024-08-01\n    ", "- date: 2024-08-01\n  ", 10, "not indented like", "begin it with 2 spaces"),
    ("It began.", "|\n    It began.\n    And more.", 10, 'the text below "|"', "begin each of its lines with 6 spaces"),
    ("It began.", ">-\n      It began.\n    And more.", 11, 'the text below ">"', "with 6 spaces"),
    # A sign with a meaning in YAML
    ("Answer letters", "Answer letters: all", 2, "a text with a colon", 'like this: title: "Answer letters: all"'),
    ("It began.", "It began:", 9, "a text with a colon", 'like this: note: "It began:"'),
    ("It began.", "It began\n      and then: more.", 10, "several lines with a colon", "its first line to its last"),
    ("Answer letters", "%20 of letters", 2, 'begins with "%"', 'title: "%20 of letters"'),
    ("Answer letters", "@council answers", 2, 'begins with "@"', 'title: "@council answers"'),
    ("It began.", "*It* began.", 9, 'begins with "*"', 'note: "*It* began."'),
    ("It began.", "It began #1 in line.", 9, 'ends before "#1 in line."', "quotes"),
    ("It began.", "It began\n      #1 of two.", 10, 'ends before "#1 of two."', "quotes"),
    ("It began.", "It began\n      # and more\n      words.", 10, 'ends before "# and more"', "quotes"),
    ("It began.", '"It began." #1 of two', 9, 'ends before "#1 of two"', "quotes"),
    ("It began.", ">- # The text\n      It began.", 9, 'ends before "# The text"', "on the line below"),
    ("id: A-003", "also: [Letters, #1]", 1, "a # after a space", 'also: ["Letters", "#1"]'),
    # A list
    ("- date: 2024-07", "-date: 2024-07", 8, "no space after it", "like this: - date: 2024-07-01"),
    ("- date: 2024-08", "\u2013 date: 2024-08", 10, 'begins with "\u2013"', "like this: - date: 2024-08-01"),
    ("id: A-003", "also:\n  - One\n  \u2022 Two", 3, 'begins with "\u2022"', "like this: - Two"),
    ("id: A-003", "also: [One, Two", 1, "a bracket is opened", "close it"),
    ("id: A-003", "also: One]", 1, "a bracket ends this text", "remove it"),
    # What belongs to another format, or is left of a merge
    ("owner:", "---\nowner:", 3, "a second document", "remove this line"),
    ("id: A-003", "```yaml\nid: A-003", 1, "a mark of Markdown", "remove this line"),
    ("owner: council", "owner: council\n=======", 4, "divides two versions", "keep one of the versions"),
    ("owner: council", "owner: council\nSome words", 4, "neither name: value", "with a space after the colon"),
    ("owner: council", "owner: \u00a0council", 3, "is not an ordinary one", "type its spaces again"),
]


@pytest.mark.parametrize("right, wrong, line, said, hint", MISTAKES)
def test_a_mistake_is_named_at_its_line_with_what_to_write(right, wrong, line, said, hint):
    assert parse_yaml(RECORD, "a.yml")[1] == []
    text = RECORD.replace(right, wrong, 1)
    found = parse_yaml(text, "a.yml")[1]
    assert [problem.line for problem in found] == [line]
    assert said in found[0].message and hint in found[0].hint
    _, is_shown, shown = found[0].hint.partition(", like this: ")
    if is_shown:
        lines = text.split("\n")
        indent = lines[line - 1][:len(lines[line - 1]) - len(lines[line - 1].lstrip())]
        lines[line - 1] = indent + shown
        assert parse_yaml("\n".join(lines), "a.yml")[1] == [], "what the hint shows is right"


def test_all_mistakes_of_a_file_are_named_at_once():
    text = RECORD.replace("Answer letters", "Letters: all").replace("council", "yes").replace("It began.", "It was #1.")
    found = parse_yaml(text.replace("- date: 2024-08", "-date: 2024-08"), "a.yml")[1]
    assert [(problem.line, problem.code) for problem in found] == [
        (2, "yaml"), (3, "yaml-bool"), (9, "yaml-lost"), (10, "yaml")]


@pytest.mark.parametrize("text", [
    "owner: council # see the minutes\n", "# 1. The first\nid: A\n", "a:\n  - One\n  # Two\n",
    "a: One of two.\n# and a note\nb: C\n", 'a: "#1"\n', "a: C#\n", "a: 6'2\"\n", "a: One [two]\n", "a: Say “yes”\n",
    "a: the boards'\n"])
def test_what_is_no_mistake_passes(text):
    assert parse_yaml(text, "a.yml")[1] == []


@pytest.mark.parametrize("line, like", [("  - date 2026-11-27", "- date: 2026-11-27"),
                                        ("  - title Report of May", "- title: Report of May")])
def test_an_entry_whose_first_key_has_no_colon_is_named_with_what_to_write(line, like):
    problem, = parse_yaml(f"updates:\n{line}\n    note: It goes on.\n", "a.yml")[1]
    assert problem.line == 2 and "there is no colon" in problem.message and problem.hint.endswith(f"like this: {like}")


def test_a_file_full_of_mistakes_ends():
    assert len(parse_yaml("k: v: w\n" * 5000, "a.yml")[1]) == 20


@pytest.mark.parametrize("text", [
    "a: Text, cut by # a hash\n", "a: Text #1 of two\n", "a: >\n  One.\n# two\nb: Text that\n  goes on #2\n"])
def test_a_text_that_a_hash_cuts_is_named(text):
    assert [problem.code for problem in parse_yaml(text, "a.yml")[1]] == ["yaml-lost"]


@pytest.mark.parametrize("said, message, hint", [
    ("fatal: detected dubious ownership in repository at '/area'\nTo add an exception for this directory, call:\n\n"
     "\tgit config --global --add safe.directory /area\n", "another user", "safe.directory /area"),
    ("fatal: not a git repository (or any of the parent directories): .git", "not in a git repository", "clone"),
    ("fatal: bad object HEAD", "bad object HEAD", "clone it again"),
])
def test_what_git_refuses_is_said_with_what_to_do(monkeypatch, tmp_path, said, message, hint):
    def refuse(*_, **__):
        raise subprocess.CalledProcessError(128, "git", stderr=said.encode())

    monkeypatch.setattr(git.subprocess, "run", refuse)
    with pytest.raises(git.RevisionError, match=message) as refused:
        git.resolve(tmp_path, "HEAD")
    assert hint in refused.value.hint


@pytest.mark.parametrize("revision", ["", "  "])
def test_nothing_to_compare_with_is_said(tmp_path, revision):
    with pytest.raises(git.RevisionError, match="nothing is named to compare with"):
        git.resolve(tmp_path, revision)
