"""Any input gets a sentence for an answer, within bounds of memory, and never a traceback.

Hypothesis generates the same examples in every run: 500 for each test, or as many as BOARD_FUZZ says (`make bench`).
"""

from __future__ import annotations

import dataclasses
import faulthandler
import io
import os
import resource
import tracemalloc
import unicodedata
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from macros.__main__ import main
from macros.checks import check
from macros.problem import Problem
from macros.publish import feeds
from macros.register import read
from macros.source.yaml_reader import parse_yaml
from macros.write.form import load_forms, read_issue
from macros.write.importer import DocumentError
from macros.write.importer.convert import read_document
from tests import documents
from tests.command import copied
from tests.conftest import ROOT
from tests.thorough import ALL, share

SMALL = ROOT / "tests/areas/small"
EXAMPLES = int(os.environ.get("BOARD_FUZZ", share(500)))
HANG_SECONDS = 600
"""Ends the run with a traceback if a test hangs. It is no measure of speed: no slow machine comes near it."""

MAX_MEMORY = 64_000_000

many = settings(max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, print_blob=True,
                suppress_health_check=list(HealthCheck))

PIECES = st.sampled_from((
    "id: A-003\n", "title: Answer letters\n", "- ", "  ", "\t", ": ", "&a ", "*a ", "!!python/object:os.system ",
    "<<: ",
    "[", "]", "{", "}", "'", '"', "|\n", ">-\n", "---\n", "...\n", "#", "%YAML 9\n", "? ", "\n", "updates:\n",
    "due: ",
    "2024-13-45", "1e999999", "9" * 5000, "0x1F", ".inf", "null", "yes", "\u202e", "\u200b", "\u2028", "\ufeff", "é",
    "\U0001f980", "a" * 3000, "{{ config }}", "{% raw %}", "<script>", "[x](javascript:x)", "```\n", "| a | b |\n",
    "> " * 40,
    "<![CDATA[", "<!--", "<![if x]>", "&#x202e;", "{: onclick=x }", "![", "](", "<svg onload=x>", "\\", "**", "_"))
MIXED = st.lists(PIECES | st.text(max_size=20), max_size=30).map("".join)


def readable(text: str) -> str:
    """Text as a record can hold it: control characters and the like are refused when it is read."""
    refused = ("Cc", "Cn", "Cs", "Zl", "Zp")
    return "".join(" " if unicodedata.category(character) in refused or character == "\ufeff" else character
                   for character in text)


READABLE = MIXED.map(readable).filter(str.strip)


@contextmanager
def bounded() -> Iterator[None]:
    """End the run with a traceback if the block hangs."""
    faulthandler.dump_traceback_later(HANG_SECONDS, exit=True)
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()


def assert_each_is_a_line_with_a_hint(problems: list[Problem]) -> None:
    for problem in problems:
        line = str(problem)
        assert "\n" not in line and len(line) < 1000 and problem.line >= 1 and problem.hint


@many
@given(text=MIXED)
@example(text="a: &a [x]\n" + "".join(f"b{n}: &b{n} [*a, *a, *a, *a, *a, *a, *a, *a]\n" for n in range(30)))
@example(text="[" * 50_000)
@example(text="a: " + "9" * 400_000)
@example(text="- " * 50_000)
@example(text="id: A-003\n\u2028é")
@example(text="id: A-003\n\u2028&a ")
def test_any_text_is_read_or_refused_in_a_line(text):
    with bounded():
        document, problems = parse_yaml(text, "data/x.yml")
    assert_each_is_a_line_with_a_hint(problems)
    assert document.data is not None or problems


LONG = 20_000 if ALL else 5_000


@many
@given(front=MIXED, body=MIXED)
@example(front="title: a\n", body="<![if x]><![foo[x]]>")
@example(front="", body="{{" * LONG)
@example(front="", body="[" * LONG + "](x)" * LONG)
@example(front="", body="<a href=" * LONG)
@example(front="", body="> " * LONG)
def test_any_post_is_checked_to_its_end(front, body, tmp_path_factory):
    area = _area(tmp_path_factory)
    page = area / "docs/about.md"
    with bounded():
        page.write_text(f"---\n{front}\n---\n{body}", encoding="utf-8", newline="", errors="surrogatepass")
        _, problems = check(area, date(2026, 11, 24))
    assert_each_is_a_line_with_a_hint([problem for problem in problems if problem.path == "docs/about.md"])


def _area(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One small area for all examples, since it is read for each."""
    area = tmp_path_factory.getbasetemp() / "fuzzed"
    if not area.exists():
        (area / "docs").mkdir(parents=True)
        (area / "data").mkdir()
        for name in ("area.yml", "organisations.yml"):
            (area / "data" / name).write_text((SMALL / "data" / name).read_text(encoding="utf-8"), encoding="utf-8")
    return area


DOCUMENTS = {"post.odt": documents.odt(documents.paragraph("Words of a post")),
             "post.docx": documents.docx(documents.run("Words of a post"))}
CHANGES = st.lists(st.tuples(st.integers(0, 10 ** 6), st.binary(min_size=1, max_size=6)), min_size=1, max_size=8)


def read_or_refuse(name: str, data: bytes) -> None:
    """Open a document as far as the importer's own code goes. Pandoc would take a fifth of a second for each."""
    with bounded():
        try:
            read_document(name, data)
        except DocumentError as error:
            assert len(str(error)) < 400 and "Traceback" not in str(error)


def damaged(data: bytes, changes: list[tuple[int, bytes]]) -> bytes:
    whole = bytearray(data)
    for place, new in changes:
        at = place % len(whole)
        whole[at:at + len(new)] = new
    return bytes(whole)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_damaged_document_is_refused_in_a_sentence(name):
    @many
    @given(changes=CHANGES)
    @example(changes=[(526115, b"\0\0\0")])
    def run(changes):
        read_or_refuse(name, damaged(DOCUMENTS[name], changes))
    run()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_with_damaged_parts_is_read_or_refused_in_a_sentence(name):
    """The archive itself is valid, so that its parts are reached."""
    with zipfile.ZipFile(io.BytesIO(DOCUMENTS[name])) as archive:
        parts = {entry: archive.read(entry) for entry in archive.namelist()}

    @many
    @given(part=st.sampled_from(sorted(parts)), changes=CHANGES)
    def run(part, changes):
        read_or_refuse(name, documents.packed(parts | {part: damaged(parts[part] or b" ", changes)}))
    run()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_import_of_a_damaged_document_ends_with_a_post_or_a_sentence(name, tmp_path, capsys):
    """A few examples through the command, pandoc included."""
    area = copied(SMALL, tmp_path / "area")
    with zipfile.ZipFile(io.BytesIO(DOCUMENTS[name])) as archive:
        parts = {entry: archive.read(entry) for entry in archive.namelist()}

    @settings(many, max_examples=20)
    @given(part=st.sampled_from(sorted(parts)), changes=CHANGES)
    def run(part, changes):
        (tmp_path / name).write_bytes(documents.packed(parts | {part: damaged(parts[part] or b" ", changes)}))
        code = main(["import", str(tmp_path / name), "--area", str(area), "--dry-run", "--title", "A post",
                     "--date", "2026-11-20", "--today", "2026-11-24"])
        printed = capsys.readouterr()
        assert code == 0 if not printed.err else printed.err.splitlines()[-1] == "Nothing was written."
    run()


def test_a_document_that_unpacks_without_end_is_refused_before_it_does():
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("word/document.xml", b"<a/>" + b" " * 30_000_000)
        for number in range(9):
            archive.writestr(f"word/media/{number}.png", b"\0" * 30_000_000)
    tracemalloc.start()
    try:
        with pytest.raises(DocumentError), bounded():
            read_document("post.docx", bomb.getvalue())
        assert tracemalloc.get_traced_memory()[1] < MAX_MEMORY
    finally:
        tracemalloc.stop()


def test_a_document_of_entities_is_refused_before_they_grow():
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 20))
    text = f'<!DOCTYPE x [<!ENTITY e0 "x">{entities}]><x>&e19;</x>'
    with pytest.raises(DocumentError), bounded():
        read_document("post.docx", documents.packed({"word/document.xml": text}))


FORMS = load_forms(ROOT / ".github/ISSUE_TEMPLATE")
LABELS = st.sampled_from([f"### {label}\n" for form in FORMS for label in form.labels.values()])


@many
@given(body=st.lists(LABELS | PIECES | st.text(max_size=30), max_size=40).map("".join))
def test_any_issue_is_one_of_the_forms_or_none(body):
    with bounded():
        found = read_issue(body, FORMS)
    assert found is None or set(found[1]) <= set(found[0].labels)


@many
@given(title=READABLE, note=READABLE)
def test_any_words_make_feeds_that_can_be_read(title, note, register):
    action = register.actions["A-001"]
    update = action.updates[0].model_copy(update={"note": note}) if action.updates else None
    changed_action = action.model_copy(update={"title": title, "updates": (update,) if update else ()})
    changed = dataclasses.replace(register, actions=register.actions | {"A-001": changed_action})
    with bounded():
        for _, make in feeds.output_files(changed):
            ElementTree.fromstring(make())


@pytest.fixture(scope="module")
def register():
    found, problems = read(SMALL, date(2026, 11, 24))
    assert not problems
    return found


def test_memory_stays_bounded():
    """A leak would show over the hundreds of examples above, which ran in this process."""
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 1_500_000
