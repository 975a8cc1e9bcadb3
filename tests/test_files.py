"""Files beside the pages are published as clean copies: what readers see, and nothing else."""

from __future__ import annotations

import csv
import functools
import http.server
import io
import json
import re
import threading
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from bs4 import BeautifulSoup
from PIL import Image, ImageChops, ImageCms
from pypdf import PdfReader

from macros.__main__ import main
from macros.sanitise import clean
from macros.site.build import build
from tests import published_files as made
from tests.command import copied
from tests.conftest import ROOT, TODAY

SMALL = ROOT / "tests/areas/small"
NUMBER = "999 215 8107"
"""An NHS number from the range that is reserved for tests."""

TRANSPARENT = Image.new("RGBA", (40, 40), (250, 10, 10, 0))
TRANSPARENT.paste((0, 90, 120, 255), (10, 10, 30, 30))

SIXTEEN_BITS = Image.frombytes("I;16", (2, 1), bytes((0, 0xFF, 0, 0x80)))

FILES = {
    "photo.jpg": made.jpeg(), "turned.jpg": made.jpeg(orientation=6), "phone.jpeg": made.phone_jpeg(),
    "wide.jpg": made.jpeg(subsampling=1, progressive=True),
    "logo.png": made.png(), "see-through.png": made.png(TRANSPARENT),
    "few-colours.png": made.png(made.drawn().quantize(8), transparency=0),
    "sixteen-bits.png": made.png(SIXTEEN_BITS),
    "old.gif": made.written(made.drawn(), "GIF", comment=made.HIDDEN) + made.HIDDEN,
    "new.webp": made.written(made.drawn(), "WEBP", exif=made.exif(), xmp=made.HIDDEN, lossless=True),
    "newest.avif": made.written(made.drawn(), "AVIF", exif=made.exif(), xmp=made.HIDDEN),
    "chart.svg": made.chart(), "report.pdf": made.pdf(),
    "table.csv": "﻿year,plans on time\r\n2024,51 %\r\n2025,-3\r\n2026,–\r\n".encode(),
    "data.json": b'{"title": "Plans", "values": [1, 2.5, null]}\n', "notes.txt": "The board’s café\n".encode(),
}
"""Files that are accepted, most with something hidden."""

RED = (200, 40, 40)
PROFILES = {
    "red.png": ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes().replace(b"sRGB", b"wide"),
    "lab.png": ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes(),
}
"""Pictures in RED, as a profile has it: one of them is wide, such as phones use."""

HARMLESS = {"nested-html", "nested-form", "audio", "event", "link", "handler", "style-sheet", "outside-entity",
            "other-encoding", "utf-16"}
"""Drawings that act, and that can be published as ones that do not."""


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site of an area with all these files and a page that links to FILES."""
    folder = tmp_path_factory.mktemp("files")
    area = copied(SMALL, folder / "area")
    profiled = {name: made.written(Image.new("RGB", (8, 8), RED), "PNG", icc_profile=profile)
                for name, profile in PROFILES.items()}
    drawings = {f"{name}.svg": made.ACTS[name] for name in HARMLESS}
    for name, content in (FILES | profiled | drawings).items():
        put(area, f"docs/files/{name}", content)
    text = "# Files\n\n" + "".join(f"- [A file](files/{name})\n" for name in FILES) + "\n![A chart](files/chart.svg)\n"
    put(area, "docs/files.md", text)
    site = folder / "site"
    assert build(area, site, TODAY, "mkdocs") == 0
    return site


@pytest.fixture
def area(tmp_path: Path) -> Path:
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


def unpacked(content: bytes) -> bytes:
    """Return a file with everything in it that is compressed, or written as text strings of a PDF."""
    if not content.startswith(b"%PDF"):
        return content
    with pikepdf.open(io.BytesIO(content)) as pdf:
        out = io.BytesIO()
        pdf.save(out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
                 object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return content + out.getvalue()


def test_each_file_had_something_hidden_and_is_published_without_it(published):
    hidden = [name for name, content in FILES.items() if made.HIDDEN in unpacked(content)]
    assert len(hidden) >= len(FILES) - 4
    for name in FILES:
        content = unpacked((published / "files" / name).read_bytes())
        assert made.HIDDEN not in content and made.SECRET.encode("utf-16-be") not in content, name


def test_a_file_is_cleaned_to_the_same_bytes_each_time(published):
    for name, content in FILES.items():
        assert (published / "files" / name).read_bytes() == clean(content, Path(name).suffix).content, name


def test_pages_that_link_to_files_keep_working(published):
    page = BeautifulSoup((published / "files/index.html").read_bytes(), "lxml")
    links = {link["href"] for link in page.select("main li a")}
    assert {Path(link).name for link in links} == set(FILES)
    assert all((published / "files" / link).resolve().is_file() for link in links)
    assert (published / "files" / page.select_one("main img")["src"]).resolve().is_file()


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith((
    ".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif"))])
def test_a_picture_comes_out_looking_the_same(published, name):
    before, after = Image.open(io.BytesIO(FILES[name])), Image.open(published / "files" / name)
    after.load()
    assert not after.getexif() and set(after.info) <= {
        "transparency", "jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression", "version",
        "background", "duration", "extension", "loop", "timestamp", "xmp"} and not after.info.get("xmp")
    if name == "turned.jpg":
        before = before.transpose(Image.Transpose.ROTATE_270)
    if before.mode == "I;16":
        assert [after.getpixel((x, 0)) for x in (0, 1)] == [255, 128]
    else:
        difference = ImageChops.difference(before.convert("RGBA"), after.convert("RGBA"))
        alpha = before.convert("RGBA").getchannel("A").point(lambda value: 255 if value else 0)
        difference.putalpha(alpha)
        seen = Image.composite(difference.convert("RGB"), Image.new("RGB", before.size), alpha)
        assert max(high for _, high in seen.getextrema()) <= 24
    assert before.size == after.size


@pytest.mark.parametrize("name", PROFILES)
def test_a_colour_profile_is_applied(published, name):
    """A picture is published in the colours that it shows."""
    image = Image.open(published / "files" / name)
    assert "icc_profile" not in image.info
    assert all(abs(a - b) <= 3 for a, b in zip(image.getpixel((0, 0)), RED, strict=True))


def test_a_colour_under_full_transparency_is_not_published(published):
    image = Image.open(published / "files/see-through.png")
    assert image.getpixel((0, 0)) == (0, 0, 0, 0) and image.getpixel((20, 20)) == (0, 90, 120, 255)


def test_a_pdf_keeps_what_readers_see_and_hear(published):
    content = (published / "files/report.pdf").read_bytes()
    reader = PdfReader(io.BytesIO(content))
    text = reader.pages[0].extract_text()
    assert "The board met" in text and "Answered" in text
    assert [item.title for item in reader.outline] == ["What was decided"]
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert set(pdf.Root.keys()) == {"/Type", "/Pages", "/Lang", "/MarkInfo", "/StructTreeRoot", "/Outlines"}
        assert str(pdf.Root.StructTreeRoot.K[0].Alt) == "A chart"
        link, = pdf.pages[0].obj.Annots
        assert str(link.A.URI) == "https://council.example/minutes"
        assert "/Info" not in pdf.trailer
        image = next(iter(pdf.pages[0].get_images().values()))
        before = Image.open(io.BytesIO(made.jpeg()))
        assert ImageChops.difference(pikepdf.PdfImage(image).as_pil_image(), before).getbbox() is None
    assert content.count(b"%%EOF") == 1 and content.rstrip().endswith(b"%%EOF")


def test_a_drawing_keeps_what_it_draws(published):
    soup = BeautifulSoup((published / "files/chart.svg").read_bytes(), "xml")
    assert soup.select_one("rect")["fill"] == "url(#g)" and soup.select_one("use")["href"] == "#glyph"
    assert soup.find("text").get_text() == "58 %in 2025" and soup.title.get_text() == "Plans on time"
    assert ".line, text.a {stroke:#003078;fill:none}" in soup.style.get_text()
    assert soup.select_one("stop")["style"] == "stop-color:#ff0000;stop-opacity:1"
    assert not soup.select("script, a, metadata") and b"top.hit" not in (published / "files/chart.svg").read_bytes()


def test_a_drawing_looks_the_same_in_the_browser(published, browser, tmp_path):
    (tmp_path / "before.svg").write_bytes(FILES["chart.svg"])
    page = browser.new_page(viewport={"width": 220, "height": 120})
    pictures = []
    for file in (tmp_path / "before.svg", published / "files/chart.svg"):
        page.set_content(f'<img src="data:image/svg+xml;base64,{made.base64.b64encode(file.read_bytes()).decode()}">')
        page.wait_for_function("document.images[0].complete && document.images[0].naturalWidth")
        pictures.append(Image.open(io.BytesIO(page.screenshot())).convert("RGB"))
    page.close()
    assert max(high for _, high in ImageChops.difference(*pictures).getextrema()) <= 24


def test_texts_are_published_in_one_encoding(published):
    rows = list(csv.reader((published / "files/table.csv").open(encoding="utf-8", newline="")))
    assert rows == [["year", "plans on time"], ["2024", "51 %"], ["2025", "-3"], ["2026", "–"]]
    assert json.loads((published / "files/data.json").read_bytes())["values"] == [1, 2.5, None]
    assert (published / "files/notes.txt").read_text(encoding="utf-8") == "The board’s café\n"


def test_no_drawing_does_anything_when_it_is_opened(published, area, check, browser):
    """Each drawing that acts is refused, or published as one that does not."""
    for name, content in made.ACTS.items():
        put(area, f"docs/files/{name}.svg", content)
    refused = set(re.findall(r"docs/files/([\w-]+)\.svg:\d+: error\[file-not-clean\]", check()))
    assert set(made.ACTS) - refused == HARMLESS

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *args: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(published)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    base, outside = f"http://127.0.0.1:{server.server_port}", []
    context = browser.new_context(viewport={"width": 220, "height": 120})

    def guard(route) -> None:
        if route.request.url.startswith(base):
            route.continue_()
        else:
            outside.append(route.request.url)
            route.abort()

    context.route("**/*", guard)
    page = context.new_page()
    for name in sorted(HARMLESS):
        address = f"{base}/files/{name}.svg"
        page.goto(address)
        page.mouse.click(20, 20)
        assert page.evaluate("window.hit === undefined") and page.url == address, name
        content = (published / f"files/{name}.svg").read_text(encoding="utf-8")
        assert not re.search(r"javascript|script|\son\w+=|evil|http(?!://www\.w3\.org/2000/svg)", content, re.I), name
    context.close()
    server.shutdown()
    assert not outside


def office(**parts: str | bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(("name", "content", "expected"), [
    ("a.docx", office(), 'files that end in ".docx" are not published; save it as a PDF'),
    ("a.odt", office(), 'files that end in ".odt" are not published; save it as a PDF'),
    ("a.xlsx", office(), "save the sheet that readers need as CSV UTF-8"),
    ("a.pptx", office(), "save it as a PDF"),
    ("a.heic", b"\0\0\0\x18ftypheic", "save the picture as .jpg or .png"),
    ("a.mp4", b"\0\0\0\x18ftypmp42", "publish it where recordings are published"),
    ("a.zip", office(), 'files that end in ".zip" are not published'),
    ("A.HTML", b"<p>x</p>", 'files that end in ".html" are not published'),
    ("a.png", b"no picture", "this picture cannot be opened; save it as .png or .jpg"),
    ("a.png", made.png()[:300], "this picture cannot be opened"),
    ("a.png", b"", "this file is empty; add the file again"),
    ("a.gif", made.written(made.drawn(), "GIF", save_all=True, append_images=[made.drawn((120, 80), "L")]),
     "this picture moves, and readers could not stop it; save one picture of it"),
    ("a.pdf", made.pdf(hidden_layer=True), "this PDF has layers that readers do not see; delete the hidden layers"),
    ("a.pdf", b"%PDF-1.7 no more", "this PDF is broken; export it as PDF"),
    ("a.svg", b"<svg/>", 'it must begin with <svg xmlns="http://www.w3.org/2000/svg">'),
    ("a.svg", made.svg("<g>" * 300 + "</g>" * 300), "groups within groups, more than 200 deep"),
    ("a.csv", "name;£\n".encode("cp1252"), "this file is not text in UTF-8; save it again with the encoding UTF-8"),
    ("a.csv", "a,b\n1,=HYPERLINK(1)\n", "a spreadsheet would run it as a formula"),
    ("a.csv", "a,b\n1,+cmd|' /C calc'!A0\n", "a spreadsheet would run it as a formula"),
    ("a.csv", "Forename,Surname,School\nX,Y,Z\n", '"Forename" says that each row is about one person'),
    ("a.json", '{"pupils": [{"dateOfBirth": "2014"}]}', '"dateOfBirth" says that each row is about one person'),
    ("a.json", '{"a": 1, "a": 2}', "a key is in this file twice"),
    ("a.json", "[" * 100_000, "the lists in this file are nested too deep"),
    ("a.json", "{'a': 1}", "this is not JSON"),
    ("a.txt", "one\ntwo\0\n", "this file has a character that no text has (U+0000)"),
    ("a.txt", "words".encode("utf-32"), "this file is not text in UTF-8"),
], ids=lambda value: value if isinstance(value, str) and len(value) < 60 else "")
def test_what_cannot_be_cleaned_is_refused_with_what_to_do(area, check, name, content, expected):
    put(area, f"docs/files/{name}", content)
    printed = check()
    assert re.search(rf"docs/files/{name}:\d+: error\[(?:site-file|file-not-clean)\] ", printed), printed
    assert expected in printed
    # Capitals in a name are a fault of their own.
    assert printed.count("error[") == (1 if name.islower() else 2)


def test_a_locked_pdf_is_refused(area, check):
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(made.pdf())) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    put(area, "docs/a.pdf", out.getvalue())
    assert "docs/a.pdf:1: error[file-not-clean] this PDF has a password" in check()


def test_a_pdf_that_unpacks_without_end_is_refused(area, check):
    pdf, out = pikepdf.new(), io.BytesIO()
    pdf.add_blank_page().obj.Contents = pikepdf.Stream(
        pdf, zlib.compress(b" " * 70_000_000, 1), Filter=pikepdf.Name.FlateDecode)
    pdf.save(out)
    put(area, "docs/a.pdf", out.getvalue())
    assert "docs/a.pdf:1: error[file-not-clean] this PDF is far too large when unpacked" in check()


def test_all_faults_of_a_drawing_are_reported_with_their_lines(area, check):
    put(area, "docs/a.svg", made.svg('\n<foreignObject/>\n<image href="https://evil.example/a.png"/>\n'
                                     "<style>@import 'a';</style>"))
    assert re.findall(r"docs/a\.svg:(\d+): error\[file-not-clean\]", check()) == ["2", "3", "4"]


@pytest.mark.parametrize(("name", "content", "where"), [
    ("a.pdf", made.pdf(text=NUMBER), "in page 1"),
    ("a.pdf", made.pdf(secret=NUMBER), "in a note or field on page 1"),
    ("a.jpg", made.written(made.drawn(), "JPEG", comment=NUMBER.encode()), "in a text in the picture"),
    ("a.svg", made.svg(f"<text>{NUMBER}</text>"), "column"),
    ("a.svg", made.svg("<text>999 <tspan>215</tspan> <tspan>8107</tspan></text>"), "in the words of the drawing"),
    ("a.csv", f"Sheet,{NUMBER}\n", "in the cells"),
    ("a.json", json.dumps({"text": NUMBER}), "column 11"),
    ("a.txt", made.base64.b64encode(f"Letter {NUMBER} of May".encode()), "text that is encoded as Base64, line 1"),
    ("a.md", b"# A\n\n" + made.base64.b64encode(f"Letter {NUMBER} of May".encode()), "encoded as Base64, line 3"),
    (f"letter-{NUMBER.replace(' ', '-')}/a.txt", "x", "in the path from character"),
    ("her-son-jack/b/a.txt", "x", "in the path from character"),
], ids=lambda value: value if isinstance(value, str) and len(value) < 30 else "")
def test_personal_data_inside_a_file_or_its_path_is_found_and_not_repeated(area, check, name, content, where):
    put(area, f"docs/{name}", content)
    printed = check()
    assert "error[personal-data]" in printed and where in printed
    assert "8107" not in printed and "jack" not in printed


def test_the_rest_of_a_personal_file_name_is_not_repeated_either(area, check):
    put(area, "docs/files/her-son-alfie-Marsden-EHCP-draft.csv", "a\n")
    printed = check()
    assert "docs/files/….csv:1: error[personal-data]" in printed
    assert not re.search("alfie|marsden", printed, re.I)


def test_a_warning_says_what_everyone_can_read_in_the_repository(area, check):
    put(area, "docs/a.jpg", made.jpeg())
    put(area, "docs/a.pdf", made.pdf())
    put(area, "docs/a.svg", made.chart())
    printed = check()
    assert "No problems" in printed
    for line in (
            "docs/a.jpg:1: warning[hidden-details] the file contains a comment, the author's name, the camera's serial "
            "number and the place where it was taken; the site publishes a copy without that, but the repository keeps "
            "the file; if it must stay private, add a screenshot of it instead",
            "docs/a.pdf:1: warning[hidden-details] the file contains a program, an attached file, notes and "
            "the author's name;",
            "docs/a.svg:1: warning[hidden-details] the file contains a comment, a program"):
        assert line in printed
    assert made.SECRET not in printed
