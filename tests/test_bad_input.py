"""Whatever an area's files contain, `board check` says what is wrong, where, and what to write instead."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from macros.__main__ import main
from tests.command import copied
from tests.conftest import ROOT
from tests.thorough import sample, share

SMALL = ROOT / "tests/areas/small"
BAD = ROOT / "tests/bad"
CASES = sorted(folder.parent.name for folder in BAD.glob("*/expected.txt"))
BLESS = bool(os.environ.get("BLESS"))
"""Set to write what is printed into expected.txt, after a wanted change of a message."""

ACTION = "data/actions/a-003-answer-letters.yml"
POST = "docs/blog/posts/2024-07-01-before-the-summer.md"


@pytest.fixture
def area(tmp_path: Path) -> Path:
    """A copy of the small area, which is clean."""
    # What the case with a link out of the area leads to: there, as in the repository.
    shutil.copy(BAD / "README.md", tmp_path)
    return copied(SMALL, tmp_path / "area")


def lay_over(case: Path, area: Path) -> None:
    remove = case / "remove.txt"
    for path in remove.read_text(encoding="utf-8").splitlines() if remove.exists() else ():
        (area / path).unlink()
    for folder in ("data", "docs", ".github"):
        if (case / folder).is_dir():
            shutil.copytree(case / folder, area / folder, symlinks=True, dirs_exist_ok=True)
    if (case / "mkdocs.yml").is_file():
        shutil.copy(case / "mkdocs.yml", area)


def check(area: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str]]:
    """Run `board check`. Returns its exit code, and the lines that it printed before the summary."""
    code = main(["check", "--area", str(area), "--today", "2026-11-24"])
    printed = capsys.readouterr()
    assert not printed.err
    *lines, last = printed.out.split("\n")[:-1]
    errors = sum(": error[" in line for line in lines)
    assert last.startswith(f"{errors} problem" if errors else "No problems: ")
    assert code == (1 if errors else 0)
    assert ("warning" in last) == (errors < len(lines))
    return code, lines


def test_the_area_of_the_cases_is_clean(area, capsys):
    assert check(area, capsys) == (0, [])


@pytest.mark.parametrize("case", CASES)
def test_bad_input_gives_exactly_the_lines_that_are_expected(case, area, capsys):
    lay_over(BAD / case, area)
    _, lines = check(area, capsys)
    if BLESS:
        (BAD / case / "expected.txt").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    assert lines == (BAD / case / "expected.txt").read_text(encoding="utf-8").splitlines()


def test_every_case_has_expected_lines_and_a_reason():
    """A folder without expected lines would not be tested."""
    for folder in BAD.iterdir():
        if folder.is_dir():
            assert {"expected.txt", "why.txt"} <= {file.name for file in folder.iterdir()}, folder.name


@pytest.mark.parametrize("case", sample(["several-problems", "latin-1", "byte-order-mark"], 1))
def test_the_command_in_a_process_of_its_own_prints_the_same(case, area):
    lay_over(BAD / case, area)
    done = subprocess.run([sys.executable, "-m", "macros", "check", "--today", "2026-11-24"], cwd=area, check=False,
                          capture_output=True, encoding="utf-8", env=os.environ | {"PYTHONPATH": str(ROOT)})
    expected = (BAD / case / "expected.txt").read_text(encoding="utf-8").splitlines()
    assert done.stdout.splitlines()[:-1] == expected
    assert (done.returncode, done.stderr) == (1 if any(": error[" in line for line in expected) else 0, "")


HOSTILE = {
    "ten megabytes": b"title: " + b"x" * 10_000_000,
    "nested brackets": b"title: " + b"[" * 100_000,
    "nested braces": b"{a: " * 100_000,
    "nested hyphens": b"- " * 100_000 + b"x",
    "nested hyphens, each behind a tab": b"-\t" * 100_000 + b"x",
    "nested question marks": b"? " * 100_000 + b"x",
    "nested colons": b": " * 100_000 + b"x",
    "an alias bomb": b"a: &a [x, x]\n" + b"".join(b"%c: &%c [*%c, *%c]\n" % (letter, letter, letter - 1, letter - 1)
                                                   for letter in range(98, 123)),
    "null bytes": b"\0" * 1000,
    "one null byte": b"id: A-003\ntitle: a\0b\n",
    "only three hyphens": b"---",
    "only a byte order mark": b"\xef\xbb\xbf",
    "binary": bytes(range(256)) * 40,
    "text in UTF-16": "id: A-003\n".encode("utf-16"),
    "a very long key": b"k" * 100_000 + b": 1\n",
    "a very long key after a question mark": b"? " + b"k" * 100_000 + b"\n: 1\n",
    "a very long line of words": b"title: " + b"word " * 100_000,
    "a very long status": b"id: A-003\ntitle: x\nowner: null\ndue: null\nupdates: [{date: 2024, status: "
                          + b"x" * 100_000 + b"}]\n",
    "a very long number": b"id: A-003\ntitle: x\nowner: null\ndue: " + b"9" * 100_000,
    "many anchors": b"".join(b"- &a%d x\n" % number for number in range(1000)),
    "only brackets closed": b"]" * 1000,
    "a directive": b"%YAML 9.9\n---\nid: A-003\n",
    "a tag of its own": b"%TAG ! tag:evil,2000:\n---\n!x {}\n",
}


FRAMES = {"record": (ACTION, b"%s"), "front matter": (POST, b"---\n%s\n---\nText.\n")}
EITHER = [(name, frame) for number, name in enumerate(HOSTILE) for frame in (*FRAMES, *FRAMES)[number % 2:][:2]]
"""Each content in both frames, whose order alternates: `make test` tries the first."""


@pytest.mark.parametrize(("name", "frame"), sample(EITHER, len(HOSTILE)))
def test_hostile_input_gives_short_lines_and_no_traceback(name, frame, area, capsys):
    path, around = FRAMES[frame]
    (area / path).write_bytes(around % HOSTILE[name])
    code, lines = check(area, capsys)
    assert code == 1
    assert all(line.startswith(f"{path}:") for line in lines), lines
    assert all(len(line) < 340 for line in lines), "what is quoted is cut"


HOSTILE_BODIES = {
    "brackets in a macro": "{{ " + "(" * 5000 + ")" * 5000 + " }}",
    "lists in a macro": "{{ action(" + "[" * 5000 + "]" * 5000 + ") }}",
    "a macro that is never closed": "{{ " * 1000,
    "a tag that is never closed": "{% for a in b %}" * 1000,
    "a null byte": "\0",
    "a link to a very long name": "[x](" + "y" * 100_000 + ".md)",
}


@pytest.mark.parametrize("body", HOSTILE_BODIES.values(), ids=HOSTILE_BODIES)
def test_a_hostile_post_gives_short_lines_and_no_traceback(body, area, capsys):
    text = (area / POST).read_text(encoding="utf-8")
    (area / POST).write_text(text + body, encoding="utf-8")
    code, lines = check(area, capsys)
    assert code == 1
    assert all(line.startswith(f"{POST}:") and len(line) < 300 for line in lines), lines


def test_a_file_name_that_is_not_text_is_shown_in_one_line(area, capsys):
    name = os.fsencode(area / "data/actions") + b"/a-004-\xe9\n.yml"
    with open(name, "wb") as file:  # noqa: PTH123 - Path takes no bytes
        file.write(b"id: A-004\n")
    code, lines = check(area, capsys)
    assert code == 1
    assert {line.split(":")[0] for line in lines} == {r"data/actions/a-004-\udce9\n.yml"}


def test_a_named_pipe_is_refused_and_not_waited_for(area, capsys):
    """Opening a named pipe would block the check for ever."""
    os.mkfifo(area / "data/actions/a-004-pipe.yml")
    assert check(area, capsys) == (1, ["data/actions/a-004-pipe.yml:1: error[unreadable] this is not a file; "
                                       "put a file here, or rename it"])


ANY_TEXT = st.text() | st.text(alphabet="aA-0:{}[]\"'&*!|>%@#?,. \t\n<", max_size=60)


@settings(max_examples=share(100), deadline=None, derandomize=True, database=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=ANY_TEXT)
@example(text="float: 1")
@example(text="a[b]: 1")
@example(text="? [a]\n: b")
@example(text="id: {a: b}")
@example(text="- id: 1\n- id: 2")
def test_no_text_raises_as_a_record_a_list_or_front_matter(text, area, capsys):
    for path, content in ((ACTION, text), ("data/organisations.yml", text), ("data/area.yml", text),
                          (POST, f"---\n{text}\n---\n"), ("docs/about.md", text)):
        before = (area / path).read_bytes()
        (area / path).write_text(content, encoding="utf-8", newline="")
        check(area, capsys)
        (area / path).write_bytes(before)
