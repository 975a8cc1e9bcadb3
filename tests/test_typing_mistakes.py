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
