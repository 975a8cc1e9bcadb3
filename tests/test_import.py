"""`board import`: a word processor's document becomes a post, and what cannot be kept is reported."""

from __future__ import annotations

import io
import re
import sys
import tracemalloc
import zipfile
from xml.sax.saxutils import escape

import pytest
from bs4 import BeautifulSoup
from PIL import Image

from macros.__main__ import main
from tests.command import copied
from tests.conftest import ROOT
from tests.documents import change, docx, drawing, frame, odt, packed, paragraph, picture, run

TODAY = "2026-11-24"
SAVED = {"created": "2025-12-18T10:00:00Z", "modified": "2025-12-20T09:00:00Z"}
TITLE = '<text:p text:style-name="P1">A winter post</text:p>'
TEXT = "<text:p>Much was said about waiting.</text:p>"


@pytest.fixture
def area(tmp_path):
    """A small area with a meeting in December 2025 that has no post yet."""
    folder = tmp_path / "area"
    copied(ROOT / "tests/areas/small", folder)
    (folder / "mkdocs.yml").write_text(
        f"INHERIT: {ROOT / 'mkdocs.yml'}\ntheme: {{custom_dir: {ROOT / 'overrides'}}}\nwatch: []\n", encoding="utf-8")
    (folder / "data/meetings/2025-12-16.yml").write_text(
        "id: 2025-12-16\nstate: held\nsource: {title: Notes, url: https://smallshire.example/notes/2}\n",
        encoding="utf-8")
    (folder / "data/decisions/d-003-meet-at-night.yml").write_text(
        "id: D-003\nmeeting: 2025-12-16\ntext: Meet in the evening\nkind: agreed\n", encoding="utf-8")
    return folder


@pytest.fixture
def import_it(area, tmp_path, capsys):
    """A function that imports a document, and returns the exit code, the output and the post."""
    def import_it(name: str, data: bytes, *options: str) -> tuple[int, str, str]:
        file = tmp_path / name
        file.write_bytes(data)
        before = posts(area)
        code = main(["import", str(file), "--area", str(area), "--today", TODAY, *options])
        said = capsys.readouterr()
        new = sorted(posts(area) - before)
        return code, said.out + said.err, new[0].read_text(encoding="utf-8") if new else ""
    return import_it


def posts(area):
    return set((area / "docs/blog/posts").glob("*.md"))


def body(post: str) -> str:
    return post.split("---\n", 2)[2]


def everything(area):
    return {path: path.read_bytes() for path in area.rglob("*") if path.is_file()}


# What the text becomes

def test_tracked_changes_are_accepted_and_comments_dropped_with_notices_that_quote_nothing(import_it):
    in_odt = odt(
        f"<text:tracked-changes>{change('c1', 'insertion')}{change('c2', 'deletion', 'the old figure')}"
        f"</text:tracked-changes>{TITLE}<text:p>We <text:change-start text:change-id='c1'/>now know"
        "<text:change-end text:change-id='c1'/><text:change text:change-id='c2'/> more.<office:annotation>"
        "<dc:creator>A Writer</dc:creator><text:p>Is this right?</text:p></office:annotation></text:p>", **SAVED)
    in_docx = docx(
        paragraph("A winter post", "Title") + "<w:p>" + run("We ") + '<w:ins w:id="1" w:author="A Writer">'
        + run("now know") + '</w:ins><w:del w:id="2" w:author="A Writer">' + run("the old figure", tag="delText")
        + "</w:del>" + run(" more.") + '<w:r><w:commentReference w:id="0"/></w:r></w:p>',
        comments=f'<w:comment w:id="0" w:author="A Writer">{paragraph("Is this right?")}</w:comment>', **SAVED)
    for name, data, day in (("one.odt", in_odt, "2025-12-20"), ("two.docx", in_docx, "2025-12-21")):
        code, said, post = import_it(name, data, "--date", day)
        assert code == 0
        assert "We now know more." in body(post)
        assert "Tracked changes were accepted: 1 insertion and 1 deletion." in said
        assert "1 comment was left out." in said
        for gone in ("old figure", "“figure”", "Is this right", "“right”", "A Writer"):
            assert gone not in post + said


def test_headings_begin_below_the_title_and_skip_no_level_and_bold_lines_become_headings(import_it):
    _, said, post = import_it("x.docx", docx(
        paragraph("A winter post", "heading1") + paragraph("What we heard", "heading2") + paragraph("Much.")
        + paragraph("Where it is worst", bold=True) + paragraph("In the east.") + paragraph("Not a heading.", bold=True)
        + paragraph("On numbers", "heading2") + paragraph("Few."), **SAVED), "--date", "2025-12-20")
    assert "title: A winter post\n" in post
    assert re.findall(r"^#+ .*$", body(post), re.M) == ["## What we heard", "### Where it is worst", "## On numbers"]
    assert "**Not a heading.**" in body(post)
    assert "A line in bold became a heading: “Where it is worst”." in said


def test_skipped_levels_are_closed(import_it):
    _, _, post = import_it("x.odt", odt(
        TITLE + "".join(f'<text:h text:outline-level="{level}"><text:bookmark text:name="b{level}"/>H{level}</text:h>'
                        "<text:p>Text.</text:p>" for level in (1, 3, 2)), **SAVED), "--date", "2025-12-20")
    assert re.findall(r"^#+ .*$", body(post), re.M) == ["## H1", "### H3", "### H2"]
    assert "<" not in body(post).replace("<!-- more -->", "")


def test_page_numbers_and_running_headers_are_left_out_and_named(import_it):
    _, said, post = import_it("x.odt", odt(
        TITLE + TEXT + "<text:p>Draft of the board</text:p><text:p>Notes, sheet 1</text:p><text:p>"
        "<text:soft-page-break/>More.</text:p><text:p>Page 2 of 3</text:p><text:p>Notes, sheet 2</text:p>"
        "<text:p><text:soft-page-break/>End.</text:p>", header="Draft of the board", **SAVED), "--date", "2025-12-20")
    assert body(post).split("\n\n")[1:] == ["<!-- more -->", "More.", "End.\n"]
    for line in ("Draft of the board", "Notes, sheet 1", "Notes, sheet 2", "Page 2 of 3"):
        assert f"“{line}” was left out" in said


def test_merged_cells_become_a_plain_table_and_a_notice_says_which(import_it):
    rows = ('<table:table-row><table:table-cell><text:p>Service</text:p></table:table-cell><table:table-cell>'
            "<text:p>When</text:p></table:table-cell></table:table-row>"
            '<table:table-row><table:table-cell table:number-rows-spanned="2"><text:p>Therapy</text:p>'
            "</table:table-cell><table:table-cell><text:p>Spring</text:p><text:p>or later</text:p></table:table-cell>"
            "</table:table-row><table:table-row><table:covered-table-cell/><table:table-cell><text:p>a|b</text:p>"
            "</table:table-cell></table:table-row>")
    code, said, post = import_it("x.odt", odt(
        f'{TITLE}{TEXT}<table:table><table:table-column table:number-columns-repeated="2"/>{rows}</table:table>',
        **SAVED), "--date", "2025-12-20")
    assert code == 0
    assert re.findall(r"^\|.*$", body(post), re.M) == [
        "| Service | When             |", "|---------|------------------|", "| Therapy | Spring; or later |",
        r"| Therapy | a\|b             |"]
    assert "Table 1 (“Service”): there was a cell over several rows or columns" in said


def test_unsafe_links_keep_only_their_text(import_it):
    links = {"l1": "https://smallshire.example/a_(b)", "l2": "javascript:alert(1)", "l3": "file:///c:/secret.docx",
             "l4": "data:text/html,x", "l5": "javascript://smallshire.example/%0aalert(1)"}
    text = "".join(f'<w:hyperlink r:id="{id}">{run(f"link {id}")}</w:hyperlink>{run(" and ")}' for id in links)
    _, said, post = import_it("x.docx", docx(
        f'{paragraph("A winter post", "Title")}<w:p>{text}<w:hyperlink w:anchor="_Toc1">{run("above")}</w:hyperlink>'
        "</w:p>", links=links, **SAVED), "--date", "2025-12-20")
    assert "[link l1](https://smallshire.example/a_%28b%29) and link l2 and" in post
    assert " and link l3 and link l4 and link l5 and above\n" in post
    assert "became ordinary text: “link l2”, “link l3”, “link l4”, “link l5”." in said
    assert "“above”" in said


# Pictures

def test_pictures_are_saved_next_to_the_post_smaller_and_without_metadata(import_it, area):
    _, said, post = import_it("x.odt", odt(
        f"{TITLE}{TEXT}<text:p>{frame('a.jpg', 'A title', 'A bridge in the snow')}</text:p>"
        f"<text:p>{frame('b.tif')}</text:p><text:p>{frame('c.wmf')}</text:p>",
        pictures={"a.jpg": picture(2400, 900, "JPEG", located=True), "b.tif": picture(kind="TIFF"),
                  "c.wmf": b"\xd7\xcd\xc6\x9a no picture that a browser shows"}, **SAVED), "--date", "2025-12-20")
    folder = area / "docs/blog/posts/2025-12-20-a-winter-post"
    assert sorted(path.name for path in folder.iterdir()) == ["image-1.jpg", "image-2.png"]
    assert "![A bridge in the snow](2025-12-20-a-winter-post/image-1.jpg)" in post
    with Image.open(folder / "image-1.jpg") as image:
        assert image.size == (1600, 600)
        assert not image.getexif()
    assert b"Camera" not in (folder / "image-1.jpg").read_bytes()
    assert "The picture “c.wmf” was left out: browsers cannot show its form" in said


def test_a_picture_without_alternative_text_is_listed_with_its_line_and_cannot_be_published(import_it, area, capsys):
    _, said, post = import_it("x.docx", docx(
        paragraph("A winter post", "Title") + paragraph("Text.") + f"<w:p>{drawing('a.png', 'Snow')}</w:p>"
        f"<w:p>{drawing('b.png')}</w:p>", pictures={"a.png": picture(), "b.png": picture(50)}, **SAVED),
        "--date", "2025-12-20")
    line = next(number for number, line in enumerate(post.split("\n"), 1) if "image-2.png" in line)
    assert f"2025-12-20-a-winter-post.md:{line}: a picture has no words for people who cannot see it" in said
    assert "![Snow](2025-12-20-a-winter-post/image-1.png)" in post
    assert main(["check", "--area", str(area), "--today", TODAY]) == 1
    assert f"2025-12-20-a-winter-post.md:{line}: error[to-confirm]" in capsys.readouterr().out


# The date

def test_the_first_heading_says_one_year_and_the_file_name_another_so_the_writer_must_choose(import_it, area):
    before = everything(area)
    document = odt("<text:h text:outline-level='1'>Reflections, 20 December 2022</text:h>" + TEXT,
                   created="2023-12-18T10:00:00", modified="2023-12-20T10:00:00")
    code, said, _ = import_it("Reflections 20.12.2023.odt", document)
    assert code == 2
    for line in ("20 December 2023: the file's name (“20.12.2023”)",
                 "20 December 2022: the first heading (“20 December 2022”)",
                 "18 December 2023: the file's properties, made on", "--date"):
        assert line in said
    assert everything(area) == before
    code, said, post = import_it("Reflections 20.12.2023.odt", document, "--date", "2023-12-20")
    assert code == 0
    assert post.startswith("---\ndate: 2023-12-20\ntitle: Reflections\n")
    assert "2022" not in post
    assert "The document also says 20 December 2022: the first heading" in said


@pytest.mark.parametrize(("name", "first_line", "properties", "day"), [
    ("post-20122025.odt", "", {}, "2025-12-20"),
    ("2025_12_20_post.odt", "Date: Saturday 20th December 2025", SAVED, "2025-12-20"),
    ("post.odt", "20 Dec 2025", SAVED, "2025-12-20"),
    ("post.odt", "20/12/25", {}, "2025-12-20"),
    ("post.odt", "", {"modified": "2025-12-20T09:00:00"}, "2025-12-20"),
])
def test_a_date_on_which_all_places_agree_is_taken(import_it, name, first_line, properties, day):
    code, said, post = import_it(name, odt(f"{TITLE}<text:p>{first_line}</text:p>{TEXT}", **properties))
    assert code == 0, said
    assert post.startswith(f"---\ndate: {day}\n")
    assert first_line not in body(post) or not first_line


@pytest.mark.parametrize(("name", "first_line", "properties", "why"), [
    ("post.odt", "20 December 2022", SAVED, "far from the days on which the file was saved"),
    ("post.odt", "Friday, 20 December 2025", SAVED, "which was a Saturday"),
    ("post.odt", "20 December 2027", {}, "is far in the future"),
    ("post.odt", "31 February 2025", {}, "has no date"),
    ("post.odt", "", {"created": "2025-11-01T09:00:00", "modified": "2025-12-20T09:00:00"}, "several dates"),
    ("20.12.25 post.odt", "19 December 2025", {}, "several dates"),
])
def test_a_doubtful_date_is_asked_for_and_nothing_is_written(import_it, area, name, first_line, properties, why):
    before = everything(area)
    code, said, _ = import_it(name, odt(f"{TITLE}<text:p>{first_line}</text:p>{TEXT}", **properties))
    assert code == 2
    assert why in said
    assert everything(area) == before


def test_a_post_dated_in_the_future_is_a_draft(import_it):
    code, said, post = import_it("x.docx", winter("We agreed to meet more often."), "--date", "2026-12-20")
    assert code == 0, said
    assert re.search(r"^draft: true$", post, re.M)
    assert "meeting:" not in post


# Proposals

SENTENCES = (
    "We agreed to publish waiting times each month.", "The board noted the report on transport.",
    "We discussed opening clubs on Sundays.", "Sundays were discussed twice.", "Families will know more soon.",
    "Smallshire Council will share the draft plan by 31 March 2027.", "It will write by spring.",
    "The DfE came, and each EHCP was counted.")


def winter(*sentences: str) -> bytes:
    return docx(paragraph("A winter post", "Title") + "".join(map(paragraph, sentences)), **SAVED)


def test_sentences_become_drafts_that_cannot_be_published_before_they_are_confirmed(import_it, area, capsys):
    code, said, post = import_it("x.docx", winter(*SENTENCES), "--date", "2025-12-20")
    assert code == 0
    drafts = {path.name[:5]: path.read_text(encoding="utf-8") for kind in ("actions", "decisions")
              for path in (area / "data" / kind).iterdir() if "TO CONFIRM" in path.read_text(encoding="utf-8")}
    assert set(drafts) == {"a-004", "a-005", "d-004", "d-005"}
    assert re.search(r"^kind: agreed$", drafts["d-004"], re.M)
    assert re.search(r"^kind: noted$", drafts["d-005"], re.M)
    assert "meeting: 2025-12-16" in drafts["d-004"]
    assert re.search(r"^due: 2027-03-31$", drafts["a-004"], re.M)
    assert re.search(r"^due: null$", drafts["a-005"], re.M)
    assert "“by spring”" in drafts["a-005"]
    for text in drafts.values():
        assert "Sundays" not in text and "Families" not in text
    assert re.search(r"^owner: null$", drafts["a-004"], re.M)
    assert "Smallshire Council (council)" in " ".join(drafts["a-004"].replace("#", " ").split())
    assert "decisions: [D-003, D-004, D-005]" in post
    assert "meeting: 2025-12-16" in post
    assert "Dates in the text: 31 March 2027." in said
    assert "Acronyms that the glossary explains: EHCP." in said
    assert "DfE" in said
    assert main(["check", "--area", str(area), "--today", TODAY]) == 1
    found = capsys.readouterr().out
    assert all(f"error[{code}]" not in found for code in set(re.findall(r"error\[([\w-]+)\]", found)) - {"to-confirm"})
    assert "data/actions/a-004" in found and "data/decisions/d-004" in found


def test_without_proposals_no_record_is_drafted(import_it, area):
    before = everything(area / "data/actions") | everything(area / "data/decisions")
    import_it("x.docx", winter(*SENTENCES), "--date", "2025-12-20", "--no-proposals")
    assert everything(area / "data/actions") | everything(area / "data/decisions") == before


def test_a_decision_without_a_fitting_meeting_is_only_named(import_it):
    _, said, post = import_it("x.docx", winter(*SENTENCES), "--date", "2026-02-28")
    assert "no meeting fits the post: “We agreed to publish waiting times each month.”" in said
    assert "meeting:" not in post.split("---\n")[1]
    assert "decisions: []" in post


def test_no_more_than_twelve_drafts_are_made_and_the_rest_is_counted(import_it, area):
    many = [f"The council will send letter {number} to each school." for number in range(15)]
    _, said, _ = import_it("x.docx", winter(*many), "--date", "2025-12-20")
    assert said.count("Wrote data/actions/") == 12
    assert "3 more sentences sound like a decision or a promise." in said


# What is refused

def encrypted() -> bytes:
    data = bytearray(odt(TITLE + TEXT))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = data.find(mark)
        while start >= 0:
            data[start + offset] |= 1
            start = data.find(mark, start + 4)
    return bytes(data)


def unusual() -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("word/document.xml", b" " * 1000)
    return data.getvalue()


def swollen() -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for number in range(11):
            archive.writestr(f"Pictures/{number}.png", b"\0" * 20_000_000)
    return data.getvalue()


def lying(size: int = 50_000_000) -> bytes:
    """A document whose directory says that its text has 1,000 bytes, and which unpacks to `size`."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * size)
        entry = archive.infolist()[0]
        entry.file_size = 1000  # what is written at the end, when the archive is closed
    return data.getvalue()


REFUSED = {
    "empty document": ("x.odt", odt("<text:p/>"), "has no text"),
    "empty file": ("x.docx", b"", "0 bytes"),
    "no archive": ("x.docx", b"just text", "is damaged or is not a .docx document"),
    "cut off": ("x.odt", odt(TITLE + TEXT)[:900], "is damaged"),
    "broken XML": ("x.odt", odt("<text:p>never closed"), "is damaged"),
    "another ending": ("x.pdf", b"%PDF-1.7", "only .odt and .docx documents can be imported"),
    "an old document": ("x.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "save it as .docx or .odt"),
    "a password in Word": ("x.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "protected by a password"),
    "a password in LibreOffice": ("x.odt", odt(TITLE, manifest="<manifest:encryption-data/>"),
                                  "protected by a password"),
    "an encrypted archive": ("x.odt", encrypted(), "protected by a password"),
    "a bomb": ("x.odt", swollen, "220,000,000 bytes"),
    "a directory that lies": ("x.docx", lying, "is damaged"),
    "an unusual packing": ("x.docx", unusual(), "is packed as no word processor packs it"),
    "thousands of parts": ("x.docx", packed({f"word/{number}": "" for number in range(3001)}), "3,001 parts"),
    "entities": ("x.odt", odt(TITLE + "<text:p>&e;</text:p>", doctype='<!DOCTYPE x [<!ENTITY e "aaaa">]>'),
                 "declares a document type"),
    "a document type": ("x.odt", odt(TITLE + TEXT, doctype='<!DOCTYPE x SYSTEM "x.dtd">'), "declares a document type"),
    "another kind": ("x.docx", odt(TITLE + TEXT), "is something else"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_document_that_cannot_be_read_is_refused_in_a_line(import_it, area, case):
    name, data, why = REFUSED[case]
    data = data() if callable(data) else data  # large ones are made only where they are needed
    before = everything(area)
    code, said, _ = import_it(name, data, "--date", "2025-12-20", "--title", "A winter post")
    assert code == 2
    assert said.splitlines()[0].endswith(said.split(": ", 1)[1].splitlines()[0])
    assert why in said.splitlines()[0]
    assert said.splitlines()[1:] == ["Nothing was written."]
    assert everything(area) == before


def test_a_document_cannot_lie_about_what_it_unpacks_to(import_it):
    """Not more than it says is unpacked, whatever is in it."""
    data = lying()
    tracemalloc.start()
    code, _, _ = import_it("x.docx", data, "--date", "2025-12-20", "--title", "A winter post")
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert code == 2 and most < 40_000_000


def test_a_missing_file_is_reported(area, capsys):
    assert main(["import", str(area / "none.odt"), "--area", str(area), "--today", TODAY]) == 2
    assert "is this its name?" in capsys.readouterr().err


def test_without_pandoc_the_command_says_what_to_install(import_it, monkeypatch):
    monkeypatch.setitem(sys.modules, "pypandoc", None)
    code, said, _ = import_it("x.odt", odt(TITLE + TEXT, **SAVED), "--date", "2025-12-20")
    assert code == 2
    assert "pip install 'send-board[import]'" in said


def test_a_document_without_a_title_is_asked_for_one(import_it):
    code, said, _ = import_it("20.12.2025.odt", odt(TEXT))
    assert code == 2
    assert '--title "…"' in said


def test_no_existing_file_is_overwritten(import_it, area):
    assert import_it("x.docx", winter("Text."), "--date", "2025-12-20")[0] == 0
    before = everything(area)
    code, said, _ = import_it("x.docx", winter("Other text."), "--date", "2025-12-20")
    assert code == 1
    assert "there is a post of this day and headline already, docs/blog/posts/2025-12-20-a-winter-post.md" in said
    assert everything(area) == before


def test_a_post_that_would_not_pass_the_checks_is_reported_and_not_written(import_it, area):
    before = everything(area)
    code, said, _ = import_it("x.docx", winter("Much was said about it.", "We come back to A-999."), "--date",
                              "2025-12-20")
    assert code == 1
    assert re.search(r'2025-12-20-a-winter-post\.md:\d+: error\[unknown-action\] there is no action "A-999"', said)
    assert "Correct x.docx, and import it again." in said
    assert everything(area) == before


def test_a_dry_run_shows_everything_and_writes_nothing(import_it, area):
    before = everything(area)
    code, said, _ = import_it("x.docx", winter(*SENTENCES), "--date", "2025-12-20", "--dry-run")
    assert code == 0
    assert "+title: A winter post" in said
    assert "+id: D-004" in said
    assert "Dates in the text" in said
    assert everything(area) == before


# On the site

NASTY = (
    "2. not a list", "- not a list", "# not a heading", "> not a quotation", ": not a definition", "    not code",
    "*[SEND]: not an abbreviation", "[a]: https://smallshire.example/ not a reference", "[^1]: not a footnote",
    "~~~", "---", "===", "[TOC]", "!!! note", "??? not details", '=== "Not a tab"',
    "not ==marked== or ^^new^^ or ~~gone~~ or x^2^ or H~2~O",
    "++ctrl++ :tada: $$x$$", "/// caption", "--8<-- other.md",
    "&lt;b&gt; &copy; &amp;amp; AT&T", "a_b_c *d* `e` **f** __g__",
    "5 < 6 > 4", "C:\\new\\* \\[x\\]", "| a | b |", "![no](image.png) [no](https://smallshire.example/)",
    "<script>alert(1)</script>", "<!-- no comment -->", "{{ 7 * 7 }} {% if x %} {# gone #}", "{: #id .class }", "{",
    "Title {: .wide }")
"""What a chair may type and Markdown or macros would misread."""


def test_a_confirmed_post_shows_as_it_was_written_and_nothing_in_it_is_run(import_it, area, tmp_path):
    trap = 'Write {{ action("A-001") }}, {% raw %}, {# note #}, {: .b } or <b onclick="x">bold</b>.'
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in (trap, *NASTY))
    code, printed, _ = import_it("x.odt", odt(
        "<text:p text:style-name='P1'>A {{ winter }} post</text:p><text:p>“Smart” quotes – and ‘others’.</text:p>"
        f"{lines}<text:list><text:list-item><text:p>one</text:p><text:list><text:list-item><text:p>two</text:p>"
        f"</text:list-item></text:list></text:list-item></text:list><text:p>{frame('a.png', '', 'A bridge {{ x }}')}"
        "</text:p><text:p>See <text:a xlink:href='https://smallshire.example/{{x}}'>this</text:a>"
        "<text:note text:note-class='footnote'><text:note-citation>1</text:note-citation><text:note-body><text:p>A "
        "footnote.</text:p></text:note-body></text:note>.</text:p>", pictures={"a.png": picture()}, **SAVED),
        "--date", "2025-12-20")
    assert code == 0, printed
    stem = "2025-12-20-a-winter-post"
    post = area / f"docs/blog/posts/{stem}.md"
    post.write_text(post.read_text(encoding="utf-8").replace("TO CONFIRM: ", ""), encoding="utf-8")
    site = tmp_path / "site"
    assert main(["build", "--area", str(area), "--out", str(site), "--today", TODAY]) == 0
    page = BeautifulSoup((site / f"blog/{stem}/index.html").read_text(encoding="utf-8"), "html.parser")
    said = " ".join(page.main.get_text().split())
    assert page.h1.get_text(strip=True) == "A (( winter )) post"
    assert "“Smart” quotes – and ‘others’." in said
    assert trap in said
    shown = [" ".join(part.get_text().split()) for part in page.main.find_all("p")]
    assert [line for line in NASTY if line.strip() not in shown] == []
    assert not page.find_all(onclick=True)
    assert page.select_one("ol ol li, ul ul li").get_text(strip=True) == "two"
    image = page.main.find("img")
    assert image["alt"] == "A bridge {{ x }}"
    assert (site / f"blog/{stem}" / image["src"]).resolve().is_file()
    link = page.find("a", href="https://smallshire.example/%7B%7Bx%7D%7D")
    assert link.get_text() == "this"
    assert "A footnote." in said


def test_help_reads_like_a_page_with_examples(capsys):
    with pytest.raises(SystemExit):
        main(["import", "--help"])
    said = capsys.readouterr().out
    for words in ("Make a post from a Word or LibreOffice document.", "board import Reflections.odt --dry-run",
                  "--no-proposals", "TO CONFIRM"):
        assert words in said
