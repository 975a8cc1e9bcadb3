"""Personal data is found before it is published, and no message repeats it."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest
from PIL import Image, PngImagePlugin
from pypdf import PdfWriter
from pypdf.annotations import FreeText

from macros.__main__ import main
from macros.checks.privacy import KINDS, SiteScanner, findings
from macros.records import Exemption
from macros.register import load
from macros.site.build import build
from tests import privacy_sets
from tests.conftest import ROOT, TODAY

SMALL = ROOT / "tests/areas/small"
NUMBER = "999 215 8107"
"""An NHS number from the range that is reserved for tests."""


@pytest.fixture
def area(tmp_path: Path) -> Path:
    """A copy of the small area, which is clean."""
    return Path(shutil.copytree(SMALL, tmp_path / "area"))


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
    kinds = Counter(item["kind"] for item in privacy_sets.examples())
    assert set(kinds) == set(KINDS) == set(get_args(Exemption.model_fields["kind"].annotation))
    assert len({item["how"] for item in privacy_sets.examples()}) > 35


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


@pytest.mark.parametrize("name", ["my-son-jack-quillfeather.md", "her_son_tom.jpg", "my-daughter-Maya.md"])
def test_a_name_in_a_file_name_is_found_and_not_repeated(area, check, name):
    put(area, f"docs/{name}", jpeg() if name.endswith(".jpg") else "# Title\n")
    output = check()
    assert "error[personal-data] name of a person near words about a family" in output
    assert not re.search("jack|tom|maya", output, re.I), output


def jpeg(**tags: object) -> bytes:
    exif, image, out = Image.Exif(), Image.new("RGB", (4, 4)), io.BytesIO()
    exif.update({0x013B: tags["author"]} if "author" in tags else {})
    if "place" in tags:
        exif.get_ifd(0x8825).update({1: "N", 2: (51.0, 45.0, 0.0)})
    image.save(out, "JPEG", exif=exif, **({"xmp": tags["xmp"]} if "xmp" in tags else {}))
    return out.getvalue()


def png(**texts: str) -> bytes:
    info, out = PngImagePlugin.PngInfo(), io.BytesIO()
    for key, value in texts.items():
        info.add_text(key, value)
    Image.new("RGB", (4, 4)).save(out, "PNG", pnginfo=info)
    return out.getvalue()


@pytest.mark.parametrize(("name", "content", "expected"), [
    ("a.jpg", jpeg(author="Zebedee"), "hidden-details] the file contains the author's name;"),
    ("a.jpg", jpeg(place=True), "hidden-details] the file contains the location where it was taken (GPS);"),
    ("a.jpg", jpeg(xmp=b"<x:xmpmeta/>"), "hidden-details] the file contains metadata of the program"),
    ("a.png", png(Author="Zebedee"), "hidden-details] the file contains a text"),
    ("a.png", png(Note=NUMBER), "personal-data] NHS number, 12 characters, in a text in the image;"),
    ("a.png", b"no image", "unchecked-file] this image cannot be opened"),
    ("a.jpg", jpeg(), ""),
    ("a.png", png(Software="A program"), ""),
], ids=lambda value: value if isinstance(value, str) else "")
def test_hidden_details_of_an_image_are_found(area, check, name, content, expected):
    put(area, f"docs/{name}", content)
    assert (f"docs/{name}:1: error[{expected}" in check()) if expected else ("No problems" in check())


def docx(body: str = "A letter.", creator: str = "", comment: str = "") -> bytes:
    word = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    runs = "".join(f"<w:r><w:t>{part}</w:t></w:r>" for part in re.findall(r".{1,4}", body))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", f"<w:document {word}><w:body><w:p>{runs}</w:p></w:body></w:document>")
        archive.writestr("word/comments.xml", f"<w:comments {word}><w:comment><w:p><w:r><w:t>{comment}</w:t></w:r>"
                                              "</w:p></w:comment></w:comments>")
        archive.writestr("docProps/core.xml", '<c:x xmlns:c="x" xmlns:dc="http://purl.org/dc/elements/1.1/">'
                                              f"<dc:creator>{creator}</dc:creator></c:x>")
    return out.getvalue()


def odt(body: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        space = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
        archive.writestr("content.xml", f'<o:text xmlns:o="o" xmlns:text="{space}">'
                                        f"<text:p>{body[:6]}<text:span>{body[6:]}</text:span></text:p></o:text>")
    return out.getvalue()


def pdf(note: str = "", author: str = "") -> bytes:
    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(200, 200)
    if note:
        writer.add_annotation(0, FreeText(text=note, rect=(10, 10, 90, 90)))
    if author:
        writer.add_metadata({"/Author": author})
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize(("name", "content", "expected"), [
    ("a.docx", docx(f"Letter {NUMBER}."), "personal-data] NHS number, 12 characters, in paragraph 1;"),
    ("a.docx", docx(comment=NUMBER), "personal-data] NHS number, 12 characters, in paragraph"),
    ("a.docx", docx(creator="Zebedee"), "hidden-details] the file contains the author's name;"),
    ("a.docx", b"PK no archive", "unchecked-file] this document cannot be read"),
    ("a.odt", odt(f"No {NUMBER}."), "personal-data] NHS number, 12 characters, in paragraph 1;"),
    ("a.pdf", pdf(note=NUMBER), "personal-data] NHS number, 12 characters, in a note on page 1;"),
    ("a.pdf", pdf(author="Zebedee"), "hidden-details] the file contains the author's name;"),
    ("a.pdf", pdf(), "unchecked-file] this PDF contains only images"),
    ("a.pdf", b"%PDF-1.7 no more", "unchecked-file] this PDF cannot be read"),
], ids=lambda value: value if isinstance(value, str) else "")
def test_text_and_hidden_details_of_a_document_are_found(area, check, name, content, expected):
    put(area, f"docs/{name}", content)
    printed = check()
    assert f"docs/{name}:1: error[{expected}" in printed
    assert "8107" not in printed and "Zebedee" not in printed


def test_a_document_without_anything_personal_is_accepted(area, check):
    put(area, "docs/a.docx", docx())
    assert "No problems" in check()


def test_a_decompression_bomb_is_refused(area, check):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 70_000_000)
    put(area, "docs/a.docx", out.getvalue())
    assert "docs/a.docx:1: error[unchecked-file] this document is far too large when unpacked" in check()


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


def test_nothing_is_published_if_only_the_built_pages_contain_personal_data(area, tmp_path, capsys):
    """A template may put two harmless texts side by side that together are a number."""
    (area / "mkdocs.yml").write_text(f"INHERIT: {ROOT / 'mkdocs.yml'}\nwatch: []\n"
                                     f"theme: {{custom_dir: {area / 'theme'}}}\n", encoding="utf-8")
    shutil.copytree(ROOT / "overrides", area / "theme")
    footer = area / "theme/partials/footer.html"
    footer.write_text(footer.read_text(encoding="utf-8") + f"<p>{NUMBER}</p>", encoding="utf-8")
    out = tmp_path / "site"
    assert build(area, out, TODAY, "mkdocs") == 1
    output = capsys.readouterr().out
    assert "Nothing was published" in output and "error[personal-data]" in output and "8107" not in output
    assert not out.exists()
