"""`board log`: the action log goes out as a Word table, and comes back as proposed updates."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import zipfile
from functools import partial
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml

from tests.command import board, copied
from tests.conftest import AREAS
from tests.thorough import only_in_test_all

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SINCE, DONE, NEW_DATE = 5, 6, 7

# Pandoc knows the elements of a document by these prefixes.
ElementTree.register_namespace("w", W.strip("{}"))


@pytest.fixture
def area(tmp_path):
    return copied(AREAS["exampleshire"], tmp_path / "area")


@pytest.fixture(name="board")
def board_log(area):
    """A function that runs `board log`; returns its exit code and what it printed."""
    return partial(board, area, "log")


@pytest.fixture(scope="module")
def empty_log(tmp_path_factory):
    file = tmp_path_factory.mktemp("log") / "Action-log.docx"
    assert board(AREAS["exampleshire"], "log", "--out", file)[0] == 0
    return file


@pytest.fixture
def log(empty_log, tmp_path):
    """A log of its own, to fill in."""
    return Path(shutil.copy(empty_log, tmp_path))


def table(file: Path) -> list[list[str]]:
    """The text of each cell, row by row."""
    with zipfile.ZipFile(file) as archive:
        root = ElementTree.fromstring(archive.read("word/document.xml"))
    return [[" ".join("".join(text.text or "" for text in line.iter(f"{W}t")) for line in cell.iter(f"{W}p"))
             for cell in row.iter(f"{W}tc")] for row in root.iter(f"{W}tr")]


def fill(file: Path, answers: dict[tuple[str, int], str]) -> None:
    """Type into cells, as a word processor does: each line is a paragraph. What a cell held before is replaced."""
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    root = ElementTree.fromstring(parts["word/document.xml"])
    left = dict(answers)
    for row in root.iter(f"{W}tr"):
        cells = list(row.iter(f"{W}tc"))
        id = "".join(text.text or "" for text in cells[0].iter(f"{W}t"))
        for place in [place for place in left if place[0] == id]:
            cell = cells[place[1]]
            for old in cell.findall(f"{W}p"):
                cell.remove(old)
            for line in left.pop(place).split("\n"):
                run = ElementTree.SubElement(ElementTree.SubElement(cell, f"{W}p"), f"{W}r")
                ElementTree.SubElement(run, f"{W}t").text = line
    assert not left, left
    parts["word/document.xml"] = ElementTree.tostring(root)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    file.write_bytes(made.getvalue())


def history(area: Path, id: str) -> list[dict]:
    file = next((area / "data/actions").glob(f"{id.lower()}-*.yml"))
    return yaml.safe_load(file.read_text(encoding="utf-8")).get("updates", [])


ANSWERS = {
    ("A-022", SINCE): "The first ten reports came in time.\nNotes of November https://icb.exampleshire.example/notes",
    ("A-035", DONE): "Yes: Posts and vacancies https://exampleshire.example/posts",
    ("A-037", NEW_DATE): "31st March 2027 – two pages wait for a translator",
    ("A-015", SINCE): "A second room is free.",
    ("A-015", NEW_DATE): "Mar 2027 (the clinic moves first)",
}
EXPECTED = {
    "A-022": {"note": "The first ten reports came in time.",
              "source": {"title": "Notes of November", "url": "https://icb.exampleshire.example/notes"}},
    "A-035": {"status": "complete",
              "evidence": [{"title": "Posts and vacancies", "url": "https://exampleshire.example/posts"}]},
    "A-037": {"due": "2027-03-31", "reason": "Two pages wait for a translator."},
    "A-015": {"note": "A second room is free.", "due": "2027-03", "reason": "The clinic moves first."},
}


def test_the_log_has_a_row_for_each_open_action_with_what_the_site_says_and_room_for_answers(log):
    head, *rows = table(log)
    assert head == ["Action", "What", "Owner", "Due", "Newest news", "What happened since?", "Done? Evidence (address)",
                    "New date and why"]
    by_id = {row[0]: row for row in rows}
    assert len(by_id) == len(rows) > 40
    assert by_id["A-037"] == ["A-037", "Write one page for families about each kind of therapy", "Community Health",
                              "30 June 2026", "21 July 2026: At risk. Six of nine pages are written. They have been "
                              "read by parents.", "", "", ""]
    assert by_id["A-005"][4].startswith("6 October 2026: Asked in public. The answer: The council hopes to fill")
    assert rows[0][0] == "A-022", "what is longest late does not come first"
    assert not any(id.startswith("A-001") for id in by_id), "an action that has ended is in the log"
    with zipfile.ZipFile(log) as archive:
        page = ElementTree.fromstring(archive.read("word/document.xml")).find(f".//{W}pgSz")
    assert page.get(f"{W}orient") == "landscape" and int(page.get(f"{W}w")) > int(page.get(f"{W}h"))


def test_the_same_records_give_the_same_log(log, board, tmp_path):
    board("--out", tmp_path / "again.docx")
    assert (tmp_path / "again.docx").read_bytes() == log.read_bytes()


def test_a_log_that_may_be_filled_in_is_not_overwritten(log, board):
    before = log.read_bytes()
    code, said = board("--out", log)
    assert code == 2 and "give another name" in said and log.read_bytes() == before


def test_a_filled_in_log_is_only_shown_until_it_is_to_be_written(log, board, area):
    fill(log, ANSWERS)
    before = history(area, "A-015")
    code, said = board("--read", log)
    assert code == 0, said
    for words in ("A-015  Bring the wait for a first autism appointment down to 26 weeks",
                  "note: A second room is free.", "due: 2027-03\n", "reason: The clinic moves first.",
                  "Nothing was written. Add --write"):
        assert words in said
    assert history(area, "A-015") == before
    code, said = board("--read", log, "--write", "--date", "2026-11-17")
    assert code == 0, said
    for id, expected in EXPECTED.items():
        newest = history(area, id)[-1]
        assert str(newest.pop("date")) == "2026-11-17"
        assert {key: str(value) if key == "due" else value for key, value in newest.items()} == expected


def test_a_log_that_is_read_twice_is_written_once(log, board, area):
    fill(log, ANSWERS)
    board("--read", log, "--write")
    written = {id: history(area, id) for id in EXPECTED}
    code, said = board("--read", log, "--write")
    assert code == 0 and "In the history already: A-022, A-035, A-037, A-015." in said, said
    assert {id: history(area, id) for id in EXPECTED} == written


@only_in_test_all
@pytest.mark.parametrize("kind", ["odt", "docx"])
def test_a_log_saved_by_libreoffice_says_the_same(log, board, tmp_path, kind):
    program = shutil.which("soffice")
    if not program:
        pytest.skip("LibreOffice is not installed")
    fill(log, ANSWERS)
    expected = board("--read", log)
    saved = tmp_path / "saved"
    subprocess.run([program, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", kind,
                    "--outdir", saved, log], check=True, capture_output=True, env=os.environ | {"HOME": str(tmp_path)})
    assert board("--read", saved / f"Action-log.{kind}") == expected


@pytest.mark.parametrize("cells", [
    {("A-015", NEW_DATE): ("soon", "row 7 (A-015), “New date and why”: “soon” does not begin with a date; write it"),
     ("A-015", DONE): ("Yes", "it is done when readers can see it; add a title and a web address"),
     ("A-015", SINCE): ("See https://exampleshire.example/report.", "put the address on a line of its own")},
    {("A-015", NEW_DATE): ("31 March 2027", "a new date needs its reason, which readers will see"),
     ("A-015", DONE): ("https://exampleshire.example/report", "is not a title with a web address at its end"),
     ("A-015", 3): ("31 March 2027", "row 7 (A-015), “Due”: it was changed, and is not read back")},
    {("A-015", NEW_DATE): ("Thursday 31 March 2027: a move", "31 March 2027 is a Wednesday; write the date again"),
     ("A-015", DONE): ("Partly: Report https://exampleshire.example/report", "says that it is not done"),
     ("A-015", 2): ("Council", "row 7 (A-015), “Owner”: it was changed, and is not read back")},
    {("A-015", NEW_DATE): ("30/9/2026: no change", "30 September 2026 is its date already")},
    {("A-015", 0): ("A-915", "row 7 (A-915): there is no action A-915")},
    {("A-015", 0): ("A-001", "it is not open any more")},
])
def test_what_cannot_be_understood_is_named_with_its_row_and_nothing_is_written(log, board, area, cells):
    other = ("A-022", SINCE)
    fill(log, {other: "The first ten reports came in time.", ("A-015", SINCE): "News."}
         | {cell: text for cell, (text, _) in cells.items()})
    before = history(area, "A-022")
    code, said = board("--read", log, "--write")
    assert code == 1 and "Nothing was written" in said, said
    assert all(message in said for _, message in cells.values()), said
    assert "A-022  Send health reports" in said and history(area, "A-022") == before


def test_a_row_that_was_added_is_named_and_left_to_a_person(log, board):
    fill(log, {("A-015", 0): "", ("A-015", 1): "A new promise", ("A-022", SINCE): "Ten reports came in time."})
    code, said = board("--read", log)
    assert code == 0 and "so not read: row 7" in said and "board new action" in said


def test_a_document_without_the_table_says_which_document_to_take(board, tmp_path):
    from tests.documents import docx, paragraph
    file = tmp_path / "letter.docx"
    file.write_bytes(docx(paragraph("A letter.")))
    code, said = board("--read", file)
    assert code == 2 and "take the file that `board log --out` wrote" in said
    code, said = board("--read", tmp_path / "none.docx")
    assert code == 2 and "is this its name?" in said


def test_what_would_not_pass_the_checks_is_not_written(log, board, area):
    fill(log, {("A-022", SINCE): "Call Anna on 07700 900123."})
    before = history(area, "A-022")
    code, said = board("--read", log, "--write")
    assert code == 1 and "would not pass the checks" in said and history(area, "A-022") == before


def test_a_site_that_the_board_does_not_run_needs_a_source(log, board, area):
    facts = area / "data/area.yml"
    facts.write_text(facts.read_text(encoding="utf-8").replace("standing: adopted", "standing: independent"),
                     encoding="utf-8")
    fill(log, {("A-015", SINCE): "A second room is free."})
    code, said = board("--read", log)
    assert code == 1 and "A-015: readers cannot see where this comes from" in said
    code, said = board("--read", log, "--write", "--source", "Action log", "https://exampleshire.example/log")
    assert code == 0, said
    assert history(area, "A-015")[-1]["source"] == {"title": "Action log", "url": "https://exampleshire.example/log"}
