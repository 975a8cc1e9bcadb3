"""Links that say where they lead, and facts that readers can take with them: tables, the workbook and news."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path
from urllib.parse import urljoin
from zipfile import ZipFile

import feedparser
import pytest
from bs4 import BeautifulSoup
from defusedxml import ElementTree
from lxml.html import document_fromstring

from tests.conftest import AREAS, DAYS, ROOT, TODAY
from tests.pages import Pages, page

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.mark.parametrize("area", list(AREAS))
def test_links_that_are_called_the_same_lead_to_the_same_place_and_none_is_a_raw_address(sites, area):
    for file in sites[area].rglob("*.html"):
        names: dict[tuple[str, bool], str] = {}
        base = f"https://site.example/{file.relative_to(sites[area]).as_posix()}"
        for link in document_fromstring(file.read_text(encoding="utf-8")).xpath("//a[@href]"):
            name = link.get("aria-label") or " ".join(" ".join(link.itertext()).split())
            is_outside = "other-site" in link.get("aria-describedby", "") or link.get("href").startswith("mailto:")
            assert not name.startswith(("http:", "https:", "www.")), (file, name)
            address = urljoin(base, link.get("href"))
            assert names.setdefault((name, is_outside), address) == address, (file, name)


@pytest.mark.parametrize("area", list(AREAS))
def test_a_spreadsheet_shows_the_pound_sign_since_each_table_names_its_encoding(sites, area):
    tables = list((sites[area] / "api/v1").rglob("*.csv"))
    assert tables
    for file in tables:
        assert file.read_bytes().startswith(b"\xef\xbb\xbf"), file


@pytest.mark.parametrize("area", list(AREAS))
def test_the_workbook_holds_the_same_as_the_tables_and_no_formula(sites, area):
    with ZipFile(sites[area] / "api/v1/records.xlsx") as book:
        sheets = {sheet.get("name"): number for number, sheet in enumerate(
            ElementTree.fromstring(book.read("xl/workbook.xml")).iter(f"{SHEET}sheet"), 1)}
        shared = ["".join(part.text or "" for part in item.iter(f"{SHEET}t")) for item in
                  ElementTree.fromstring(book.read("xl/sharedStrings.xml"))]
        for name, number in sheets.items():
            root = ElementTree.fromstring(book.read(f"xl/worksheets/sheet{number}.xml"))
            assert not list(root.iter(f"{SHEET}f")), name
            found = [cell for cell in root.iter(f"{SHEET}c") if cell.find(f"{SHEET}v") is not None]
            texts = {shared[int(cell.find(f"{SHEET}v").text)] for cell in found if cell.get("t") == "s"}
            table = sites[area] / f"api/v1/{name.lower().replace(' ', '-')}.csv"
            rows = list(csv.reader(io.StringIO(table.read_text(encoding="utf-8-sig"))))
            assert len(list(root.iter(f"{SHEET}row"))) == len(rows), name
            # A CSV file has an apostrophe before what would become a formula.
            assert {cell.removeprefix("'") for row in rows for cell in row[:-1] if cell} >= {
                text.removeprefix("'") for text in texts if text}


def test_the_same_records_give_the_same_workbook(site):
    again = Pages(AREAS["exampleshire"], DAYS["exampleshire"]).file("api/v1/records.xlsx")
    assert again == (site / "api/v1/records.xlsx").read_bytes()


@pytest.mark.parametrize("address, file", [
    ("actions", "actions.csv"), ("decisions", "decisions.csv"), ("findings", "findings.csv"), ("plans", "plans.csv"),
    ("you-said", "feedback.csv"), ("ask", "forums.csv"), ("measures", "measures.csv"), ("topics", "topics.csv"),
    ("measures/plans-in-20-weeks", "measures/plans-in-20-weeks.csv")])
def test_each_table_and_chart_has_a_link_to_its_data(sites, address, file):
    soup = BeautifulSoup((sites["real"] / address / "index.html").read_text(encoding="utf-8"), "lxml")
    assert soup.select(f'main a[href$="api/v1/{file}"]'), address
    assert (sites["real"] / "api/v1" / file).is_file()


@pytest.fixture
def area(tmp_path) -> Path:
    return Path(shutil.copytree(ROOT / "tests/areas/small", tmp_path / "area"))


def test_where_there_is_a_newsletter_each_page_offers_the_news_by_email(area):
    with (area / "data/area.yml").open("a", encoding="utf-8") as file:
        file.write("newsletter:\n  title: Forum news\n  url: https://forum.smallshire.example/news\n")
    site = Pages(area, TODAY)
    for address in ("", "actions/a-001", "subscribe"):
        assert page(site, address).select('a[href="https://forum.smallshire.example/news"]'), address
    subscribe = site.page("subscribe")
    assert subscribe.index('id="email"') < subscribe.index('id="calendar"') < subscribe.index('id="reader"')


def test_a_post_that_was_corrected_reaches_what_changed_and_the_feeds(area):
    post = next((area / "docs/blog/posts").glob("*.md"))
    text = post.read_text(encoding="utf-8")
    post.write_text(text.replace("---\n", "---\nchanged:\n  - date: 2026-11-20\n    what: The room was wrong.\n", 1),
                    encoding="utf-8")
    site = Pages(area, TODAY)
    assert "The room was wrong." in " ".join(page(site, "changes").get_text(" ").split())
    entries = {entry.link: entry for entry in feedparser.parse(site.file("feeds/blog.atom.xml")).entries}
    entry = next(entry for link, entry in entries.items() if post.stem in link)
    assert entry.updated.startswith("2026-11-20") and not entry.published.startswith("2026-11-20")
    assert any("The room was wrong." in entry.summary
               for entry in feedparser.parse(site.file("feeds/changes.atom.xml")).entries)
