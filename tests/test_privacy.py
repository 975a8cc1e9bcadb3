"""Personal data is found before it is published, and no message repeats it."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest

from macros.__main__ import main
from macros.checks.privacy import KINDS, SiteScanner, findings, scan_site
from macros.checks.privacy.area import Scanner
from macros.checks.privacy.findings import MAX_FINDINGS
from macros.publish.output_file import OutputFile
from macros.records import Exemption
from macros.register import load
from macros.site import file_writer
from macros.site.build import build
from tests import privacy_sets
from tests.command import copied
from tests.conftest import ROOT, TODAY
from tests.documents import picture
from tests.thorough import ALL, one_in, sample

SMALL = ROOT / "tests/areas/small"
NUMBER = "999 215 8107"
"""An NHS number from the range that is reserved for tests."""


@pytest.fixture
def area(tmp_path: Path) -> Path:
    """A copy of the small area, which is clean."""
    return copied(SMALL, tmp_path / "area")


@pytest.fixture
def check(area: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """A function that runs `board check` on the area and returns its output."""
    def run(*more: str) -> str:
        main(["check", "--area", str(area), "--today", TODAY.isoformat(), *more])
        printed = capsys.readouterr()
        return printed.out + printed.err
    return run


def put(area: Path, path: str, content: str | bytes) -> None:
    file = area / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content if isinstance(content, bytes) else content.encode())


def test_99_percent_of_the_examples_are_found_with_1_percent_of_false_alarms():
    score = privacy_sets.score()
    assert score.examples >= 200 and score.paragraphs >= 300
    assert len(score.missed) <= score.examples / 100, score.missed
    assert len(score.false) <= score.paragraphs / 100, score.false


def test_the_examples_that_were_held_out_score_as_well():
    score = privacy_sets.score(held_out=True)
    assert score.examples >= 100 and score.paragraphs >= 150
    assert len(score.missed) <= score.examples / 100, score.missed
    assert len(score.false) <= score.paragraphs / 100, score.false


def test_the_examples_cover_every_kind_and_many_ways_of_splitting():
    kinds = {item["kind"] for item in privacy_sets.examples()} | set(privacy_sets.families()["kinds"])
    assert kinds == set(KINDS) == set(get_args(get_args(Exemption.model_fields["kind"].annotation)[0]))
    assert len({item["how"] for item in privacy_sets.examples()}) > 35


GROUPS = [(name, group) for name in ("families", "unseen") for group in privacy_sets.families(name)["groups"]]


@pytest.mark.parametrize(("name", "group"), GROUPS)
def test_families_of_every_group_are_protected_alike(name, group):
    """Every group of names has every sentence of its set, each with every name: 95 % of them are found."""
    texts = privacy_sets.sentences(privacy_sets.families(name)["groups"][group], all_names=True, of=name)
    assert len(texts) > 400
    texts = one_in(5, texts)
    missed = privacy_sets.missed(texts)
    assert len(missed) <= len(texts) / 20, missed


def test_95_percent_of_the_sentences_of_every_kind_are_found():
    for kind, texts in privacy_sets.families()["kinds"].items():
        missed = privacy_sets.missed(texts, kind)
        assert len(missed) <= len(texts) / 20, missed


@pytest.mark.parametrize("name", ["board", "board-unseen"])
def test_a_board_may_write_of_places_schools_services_and_programmes(name):
    """In 100 paragraphs two may be asked about. Schools that go by a name alone are known by the area's postcodes."""
    paragraphs = privacy_sets.board(name)
    false = privacy_sets.false_alarms(paragraphs)
    assert len(paragraphs) >= 100
    assert len(false) <= len(paragraphs) / 50, false


@pytest.mark.parametrize(("text", "found"), [
    ("Places at Larkmead, Fitzharrys and John Mason.", []),
    ("Oliver at Wheatley Park School has no transport.", ["Oliver"]),
    ("Grace at Wheatley Park School has no transport.", ["Grace"]),
    ("Larkmead's mother wrote.", ["Larkmead"]), ("The Larkmead family moved.", ["Larkmead"]),
    ("John Mason (Year 7) is at home.", ["John Mason"]),
    ("Zonal Quenby Primary School and The Quenby Academy opened.", [])])
def test_a_school_may_be_named_and_a_child_there_may_not(text, found):
    scanner = Scanner(load(ROOT, TODAY)[0])
    assert [text[finding.start:finding.end] for finding in scanner.findings(text) if finding.kind == "name"] == found


def test_a_school_is_known_by_the_postcodes_of_its_area(area, check):
    put(area, "docs/about.md", "# About\n\nPlaces at Larkmead and Fitzharrys.\n")
    assert check().count("docs/about.md:3: error[personal-data] name that is on no list") == 2
    file = area / "data/area.yml"
    file.write_text(file.read_text(encoding="utf-8") + "postcodes: [OX]\n", encoding="utf-8")
    assert "No problems" in check()


@pytest.mark.parametrize("text", [
    "Ring the helpline on 01865 810516.", "Call 0345 605 0400.", "Ring Childline on 0800 1111.",
    "Text Shout to 85258."])
def test_the_number_of_a_service_may_be_published(text):
    assert findings(text) == []


UNITS = ("a", "A", "1", " ", "\n", "Aa ", "A'", "A-", "A. B. ", "AB CD ", "Year 5 Anna ", "her son Zeb ",
    "my only first own ",
         "0 ", "9-", "07700 ", "a@b.", "a.b.c.", "born ", "turns 9 on ", "In Aa School ", "a boy at Aa School ",
         "é", "…", "王 ",
         "1° ", "{#", "<!--", "[a](", "the Hill ", "Sutton ", "zero one ", "Flat 1 ", "zoom.us/", "GB29 NWBK ",
         "AB, Year ")


LONG = 300_000 if ALL else 50_000


@pytest.mark.parametrize("unit", sample(UNITS, 5), ids=repr)
def test_a_long_text_full_of_one_thing_is_searched_until_enough_is_found(unit):
    """A pattern that is quadratic would need minutes for it."""
    assert len(findings(unit * (LONG // len(unit)), limit=MAX_FINDINGS)) <= MAX_FINDINGS


@pytest.mark.parametrize("filler", sample(["the board met and said so. ", "In the Hall School ", ".us/ ", "@ ", "A. "],
                                          1))
def test_a_long_text_is_searched_to_its_end(filler):
    text = filler * (3 * LONG // len(filler)) + "\nHer son Zebedee has the NHS number 999 215 8107."
    for found in (findings(text), Scanner(load(SMALL, TODAY)[0]).findings(text)):
        assert {"name", "nhs-number"} <= {finding.kind for finding in found if finding.start > len(text) - 1_000}


def test_a_list_of_pupils_is_reported_and_not_line_by_line(area, check):
    put(area, "docs/files/list.csv", "Forename,Year\n" + "Oluwaseun,Year 7\nGrace,Year 8\n" * 3000)
    output = check()
    assert output.count("error[personal-data]") == MAX_FINDINGS + 1
    assert "there may be more: the first 100 are listed" in output


def test_a_number_of_a_mobile_is_somebodys_also_beside_the_name_of_a_service(area, check):
    put(area, "docs/about.md", "# About\n\nThe clinic answers on 01632 960461.\n")
    assert "No problems" in check()
    put(area, "docs/about.md", "# About\n\nThe clinic answers on 07700 900461.\n")
    assert "docs/about.md:3: error[personal-data] telephone number" in check()


def test_the_first_name_of_somebody_in_office_alone_may_be_that_of_a_child(area, check):
    put(area, "data/area.yml", (area / "data/area.yml").read_text(encoding="utf-8")
        + "office_holders:\n  - name: Zebadiah Quillfeather\n    office: Director of Children's Services\n")
    put(area, "docs/about.md", "# About\n\nAsk Zebadiah Quillfeather about it.\n")
    assert "No problems" in check()
    put(area, "docs/about.md", "# About\n\nIt was Zebadiah who came home late.\n")
    assert "docs/about.md:3: error[personal-data] name that is on no list" in check()


@pytest.mark.parametrize("name", ["Zanthrope", "Zanthrope Combe", "Йордан", "العربية نص"])
def test_one_line_allows_a_name_for_good(area, check, name):
    put(area, "docs/about.md", f"# About\n\nThe group of {name} met.\n")
    assert "docs/about.md:3: error[personal-data] name that is on no list" in (before := check())
    assert name.split()[0] not in before
    put(area, "data/safety.yml", f"- allow: {name}\n")
    assert "No problems" in check()


def test_an_exception_says_either_a_name_or_all_about_a_value(area, check):
    put(area, "data/safety.yml", "- allow: Exampletown\n  until: 2027-01-31\n- kind: name\n")
    output = check()
    assert 'data/safety.yml:2: error[exception-part] a name that is allowed has no "until"' in output
    assert 'data/safety.yml:3: error[exception-part] this exception has no "digest"' in output


@pytest.mark.parametrize("text", [
    f"Letter {NUMBER}.", "Letter 999&nbsp;<b>215</b>\n  8107.", "Letter 9\u200b9\u200b9\u200b2\u200b158107.",
    "\n\nLetter %39%39%392158107."])
def test_a_finding_has_its_position_in_the_file_and_hides_its_value(text):
    finding, = findings(text)
    line, column = finding.position(text)
    assert text.split("\n")[line - 1][:column - 1] == "Letter "
    assert finding.end == len(text) - 1
    assert finding.value == NUMBER.replace(" ", "") and finding.value not in repr(finding)


@pytest.mark.parametrize("form", ["text", "github", "json"])
def test_no_output_format_repeats_what_was_found(area, check, form):
    put(area, "docs/about.md", f"# About\n\nHer son Zebedee has the NHS number {NUMBER}.\n\n"
                               f"{{{{ action('A-9{NUMBER}') }}}}\n")
    put(area, "data/glossary.yml", f"- term: {NUMBER}\n  plain: x\n  colour: zebedee@families.example\n"
                                   f"- term: {NUMBER}\n  plain: x\n")
    put(area, f"docs/{NUMBER}.md", "---\ntitle: [\n---\n")
    output = check("--format", form)
    assert output.count("personal-data") >= 6
    assert not re.search(r"999.?215|zebedee|8107", output, re.I), output


def test_a_name_that_a_change_removes_is_not_repeated_either(area, check):
    """The ledger reports the removal from a published record, in a public log."""
    path = "data/actions/a-003-answer-letters.yml"
    before = (area / path).read_text(encoding="utf-8")
    put(area, path, re.sub(r"^title: .*$", f"title: Answer the letter about {NUMBER}", before, flags=re.M))
    me = ["-c", "user.name=T", "-c", "user.email=t@t.example"]
    for command in (["init", "-q"], ["add", "-A"], [*me, "commit", "-qm", "x"]):
        subprocess.run(["git", *command], cwd=area, check=True)
    put(area, path, before)
    output = check("--against", "HEAD")
    assert "history-edited" in output
    assert "8107" not in output


@pytest.mark.parametrize("path", ["data/glossary.yml", "docs/index.md", "docs/notes.txt", "docs/table.csv"])
def test_a_comment_in_any_text_file_is_found(area, check, path):
    text = (area / path).read_text(encoding="utf-8") if (area / path).exists() else ""
    put(area, path, f"{text}\n# {NUMBER}\n")
    assert f"{path}:{text.count(chr(10)) + 2}: error[personal-data] NHS number, 12 characters, column 3;" in check()


@pytest.mark.parametrize("comment", ["<!-- Letter 999 <b>215</b> 8107 -->", "{# Letter 999 <b>215</b> 8107 #}"])
def test_markup_inside_a_comment_hides_nothing(area, check, comment):
    put(area, "docs/about.md", f"# About\n\nWho we are.\n\n{comment}\n")
    assert "docs/about.md:5: error[personal-data] NHS number" in check()


@pytest.mark.parametrize("name", ["my-son-jack-quillfeather.md", "her_son_tom.jpg", "my-daughter-Maya.md",
                                  "tom-quillfeather.md", "files/maya-quillfeather-07700900461/letter.md"])
def test_a_name_in_a_file_name_is_found_and_not_repeated(area, check, name):
    put(area, f"docs/{name}", picture(kind="JPEG") if name.endswith(".jpg") else "# Title\n")
    output = check()
    assert "error[personal-data] name that is on no list" in output
    assert not re.search("jack|tom|maya|quill|0461", output, re.I), output


def test_board_safety_prints_an_exception_without_its_value(area, check, capsys):
    put(area, "docs/about.md", f"# About\n\nThe form has the number {NUMBER}.\n")
    assert main(["safety", "docs/about.md", "--area", str(area), "--today", TODAY.isoformat()]) == 0
    entry = capsys.readouterr().out
    assert "8107" not in entry
    for key, value in (("reason", "It is the number of a form."), ("by", "the chair"), ("until", "2027-01-31")):
        entry = entry.replace(f"{key}:", f"{key}: {value}")
    put(area, "data/safety.yml", entry)
    assert "No problems" in check()
    put(area, "docs/about.md", "# About\n")
    assert "data/safety.yml:2: error[exception-unused]" in check()


def test_board_safety_fails_for_a_file_that_is_clean_or_missing(area, capsys):
    assert main(["safety", "docs/about.md", "--area", str(area)]) == 1
    assert main(["safety", "docs/nothing.md", "--area", str(area)]) == 2
    assert 'there is no file "docs/nothing.md"' in capsys.readouterr().err


@pytest.mark.parametrize(("file", "text"), [
    ("index.html", f'<p>Letter <i title="{NUMBER}">x</i></p>'),
    ("index.html", "<p>Letter <b>999</b> 215<wbr> 8107</p>"),
    ("index.html", f"<!-- {NUMBER} -->"),
    ("api/v1/actions.json", json.dumps({"title": f"Letter {NUMBER}"})),
    ("feeds/blog.atom.xml", f"<content type='html'>&lt;p&gt;Letter {NUMBER}&lt;/p&gt;</content>"),
    ("calendar.ics", "SUMMARY:Letter 999 2\r\n 15 8107\r\n"),
    ("api/v1/actions.csv", f"A-001,Letter {NUMBER}\n"),
])
def test_personal_data_in_any_file_of_the_built_site_is_found(file, text):
    problem, = SiteScanner(load(SMALL, TODAY)[0]).problems(file, f"Line\n{text}\n".encode())
    assert (problem.path, problem.code, problem.line) == (file, "personal-data", 2)
    assert "8107" not in str(problem)


@pytest.mark.parametrize(("written", "replaced_by", "found"), [
    (f"Letter {NUMBER}\n", None, 1), ("Letter\n", f"Letter {NUMBER}\n", 1), (f"Letter {NUMBER}\n", "Letter\n", 0)])
def test_personal_data_in_a_file_for_programs_is_found_when_it_is_written_and_if_it_changes(
        written, replaced_by, found, tmp_path, monkeypatch):
    register = load(SMALL, TODAY)[0]
    monkeypatch.setattr(file_writer, "planned_files", lambda *_: [OutputFile("api/a.csv", written.encode)])
    writer = file_writer.FileWriter(register, tmp_path)

    def finish():
        scans = writer.finish()
        if replaced_by:
            (tmp_path / "api/a.csv").write_text(replaced_by, encoding="utf-8")
        return scans

    assert [problem.path for problem in scan_site(register, tmp_path, finish)] == ["api/a.csv"] * found


def test_pictures_come_into_the_site_and_a_build_that_stops_leaves_none(tmp_path, monkeypatch):
    register, site = load(SMALL, TODAY)[0], tmp_path / "site"
    monkeypatch.setattr(file_writer, "planned_files", lambda *_: [OutputFile("cards/a.png", b"picture".strip)])
    file_writer.PictureWriter(register, site).stop()
    assert not list(tmp_path.iterdir())
    assert list(file_writer.PictureWriter(register, site).finish()) == ["cards/a.png"]
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
    assert (site / "cards/a.png").read_bytes() == b"picture"


def test_nothing_is_published_if_only_the_built_pages_contain_personal_data(area, tmp_path, capsys):
    """A template may put two harmless texts side by side that together are a number."""
    (area / "mkdocs.yml").write_text(f"INHERIT: {ROOT / 'mkdocs.yml'}\nwatch: []\n"
                                     f"theme: {{custom_dir: {area / 'theme'}}}\n", encoding="utf-8")
    footer = "partials/footer.html"
    put(area, f"theme/{footer}", (ROOT / "overrides" / footer).read_text(encoding="utf-8") + f"<p>{NUMBER}</p>")
    out = tmp_path / "site"
    assert build(area, out, TODAY, "mkdocs") == 1
    output = capsys.readouterr().out
    assert "Nothing was published" in output and "error[personal-data]" in output and "8107" not in output
    assert not out.exists()
