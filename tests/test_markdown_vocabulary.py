"""What a writer knows from Material's manual reaches readers: on a screen, by the keyboard, on paper and read aloud."""

from __future__ import annotations

import shutil
from pathlib import Path

import pypdf
import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import expect

from macros.__main__ import main
from macros.site.vocabulary import icon
from tests.accessibility import COLOUR_RULES, violations
from tests.conftest import NARROW, ROOT, TODAY

POST = "/blog/2026-09-18-back-to-school/"
SMALL = ROOT / "tests/areas/small"


@pytest.fixture(scope="module")
def post(site) -> BeautifulSoup:
    return BeautifulSoup((site / POST.strip("/") / "index.html").read_text(encoding="utf-8"), "lxml")


def test_nothing_of_what_was_typed_is_left_in_the_page(post):
    text = post.main.get_text(" ")
    for sign in ("!!!", "???", "===", "==", "[x]", "[ ]", "[^1]", "~~", "^^", "{ ."):
        assert sign not in text, sign


def test_a_box_says_its_kind_in_words_too(post):
    warning, tip = post.select("div.b-box")
    assert warning.select_one(".b-box__title").get_text() == "Warning: Bring the school's letter"
    assert len(warning.find_all("p")) == 3
    assert tip.select_one(".b-box__title").get_text() == "Tip"
    assert warning.svg["aria-hidden"] == "true"


def test_a_folded_box_is_opened_by_the_keyboard(open_page):
    page = open_page(POST)
    text = page.get_by_text("The council and the hospitals pay half each.")
    expect(text).to_be_hidden()
    page.get_by_text("Who pays for the fair?").focus()
    page.keyboard.press("Enter")
    expect(text).to_be_visible()


def test_one_tab_is_open_at_a_time_without_a_script(open_page):
    page = open_page(POST, java_script_enabled=False)
    expect(page.get_by_text("Ask at the library in Northam.")).to_be_visible()
    page.get_by_text("South", exact=True).focus()
    page.keyboard.press("Space")
    expect(page.get_by_text("Ask at the leisure centre.")).to_be_visible()
    expect(page.get_by_text("Ask at the library in Northam.")).to_be_hidden()


def test_a_task_is_read_with_what_became_of_it(open_page):
    items = open_page(POST).get_by_role("listitem")
    expect(items.filter(has_text="The hall is booked.")).to_have_text("Done: The hall is booked.")
    expect(items.filter(has_text="The bus company")).to_have_text(
        "Not done: The bus company has said that it will put on more buses.")


def test_a_footnote_leads_there_and_back(open_page):
    page = open_page(POST)
    page.get_by_role("link", name="Note 2", exact=True).click()
    assert page.url.endswith("#fn:2")
    notes = page.get_by_role("region", name="Notes")
    expect(notes).to_contain_text("It was too steep for a powered chair.")
    notes.get_by_role("link", name="Back").last.click()
    assert page.url.endswith("#fnref:2")


def test_marks_captions_buttons_and_cards_are_elements_of_their_own(post):
    assert post.mark.get_text() == "one hall without steps"
    assert (post.select_one("del").get_text(), post.ins.get_text()) == ("in the town hall", "in the leisure centre")
    image = post.select_one("figure > img")
    assert image["width"] == "320" and image["alt"].startswith("A plan of the hall.")
    assert image.find_next("figcaption").get_text() == "The hall, as the forum planned it in September."
    assert [link.get_text() for link in post.select("a.md-button")] == ["All meetings", "About this site"]
    assert len(post.select(".grid.cards > ul > li")) == 2


def test_axe_finds_nothing_with_everything_open_and_nothing_scrolls_sideways(open_page):
    page = open_page(POST, width=320)
    page.evaluate("for (const part of document.querySelectorAll('details')) { part.name = ''; part.open = true }")
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert not violations(page)
    page.emulate_media(color_scheme="dark")
    assert not violations(page, COLOUR_RULES)


def test_everything_folded_is_printed_with_its_title(open_page, tmp_path):
    page = open_page(POST)
    page.pdf(path=tmp_path / "post.pdf")
    paper = " ".join(" ".join(sheet.extract_text() for sheet in pypdf.PdfReader(tmp_path / "post.pdf").pages).split())
    for words in ("North and East", "library in Northam", "South", "leisure centre", "West", "Westbrook School",
                  "Who pays for the fair?", "pay half each"):
        assert words in paper, words


def test_a_link_to_another_site_is_described_so_and_one_inside_is_not(open_page):
    page = open_page("/actions/a-001/", width=NARROW)
    outside = page.locator("main a[href^=http][aria-describedby]").first
    expect(outside).to_have_accessible_description("Leads to another site")
    assert page.locator("main a:not([href^=http])[aria-describedby]").count() == 0


def checked(area: Path, text: str, capsys: pytest.CaptureFixture) -> str:
    with (area / "docs/about.md").open("a", encoding="utf-8") as file:
        file.write(f"\n\n{text}\n")
    main(["check", "--area", str(area), "--today", TODAY.isoformat()])
    return capsys.readouterr().out


@pytest.mark.parametrize("text", [
    '!!! note "{}"\n    Text.', "!!! note\n    {}", "??? note\n\n    - {}", '=== "One"\n\n    {}',
    '=== "One"\n\n    !!! tip\n        {}', "- [ ] {}", "- [x] =={}==", "Text.[^1]\n\n[^1]: {}",
    "Text.[^1]\n\n[^1]: Text.\n\n    {}", "Term\n:   Text.\n\n    {}", "A ~~{}~~ word", "A ^^{}^^ word",
    '<figure markdown="span">\n  ![A tower.](x.svg){{ width="300" }}\n  <figcaption>{}</figcaption>\n</figure>',
    '<div class="grid cards" markdown>\n\n-   {}\n\n</div>',
])
def test_personal_data_is_found_wherever_a_writer_puts_it(text, tmp_path, capsys):
    shutil.copytree(SMALL, tmp_path / "area")
    assert "personal-data" in checked(tmp_path / "area", text.format("Write to mum.of.tom@mail.example"), capsys)


@pytest.mark.parametrize("text", [
    "!!! note\n    {}", '=== "One"\n\n    {}', "Text.[^1]\n\n[^1]: Text.\n\n    {}", "<div markdown>\n{}\n</div>"])
def test_html_and_links_inside_are_checked_as_elsewhere(text, tmp_path, capsys):
    shutil.copytree(SMALL, tmp_path / "area")
    said = checked(tmp_path / "area", text.format('<b onclick="x()">b</b> and [a](javascript:x)'), capsys)
    assert '"onclick"' in said and "link-target" in said


def test_an_unknown_icon_is_refused_with_the_nearest():
    with pytest.raises(ValueError, match='did you mean "material/printer"'):
        icon("material/pronter")
