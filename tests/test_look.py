"""What the stylesheet promises to eyes and fingers: contrast, sizes, zoom, spacing, forced colours, focus and print."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from io import BytesIO

import pypdf
import pytest
from PIL import Image
from playwright.sync_api import FrameLocator, Page, expect

from macros.records.colours import DARK_GROUNDS, LIGHT_GROUNDS, contrast
from tests.accessibility import COLOUR_RULES, violations, violations_at
from tests.conftest import NARROW, ROOT, WIDE
from tests.test_access import KINDS
from tests.thorough import ALL, one_in, only_in_test_all, sample

CSS = (ROOT / "overrides/assets/board.css").read_text(encoding="utf-8")

GROUNDS = ("paper", "soft", "accent-soft", "late-soft", "good-soft", "warn-soft")
TEXT_ON = {
    "ink": GROUNDS, "muted": ("paper", "soft", "accent-soft"), "accent": ("paper", "soft", "accent-soft", "warn-soft"),
    "late": ("late-soft", "paper"), "good": ("good-soft", "paper"), "warn": ("warn-soft", "paper"),
    "paper": ("accent", "ink"), "focus-ink": ("focus",),
}
"""Each colour of text, and what it stands on."""

SHAPES_ON = {"line": ("paper", "soft"), "accent": ("paper", "soft"), "muted": ("paper",)}
"""Edges of fields, and lines and marks of charts."""


def schemes() -> dict[str, dict[str, str]]:
    blocks = {name: dict(re.findall(r"--b-([a-z-]+): (#[0-9a-f]{6})", CSS[CSS.index(start):].split("}", 1)[0]))
              for name, start in (("light", ":root {"), ("dark", ':root[data-colours="dark"] {'),
                                  ("dark by the system", ':root:not([data-colours="light"]) {'))}
    return blocks | {name: blocks["light"] | blocks[name] for name in blocks}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_seven_to_one_and_shapes_have_three(scheme):
    colours = schemes()[scheme]
    for least, pairs in ((7, TEXT_ON), (3, SHAPES_ON)):
        for colour, grounds in pairs.items():
            for ground in grounds:
                found = contrast(colours[colour], colours[ground])
                assert found >= least, f"{colour} on {ground}: {found:.2f}"


def test_the_check_of_a_sites_own_colour_knows_the_grounds_of_the_stylesheet():
    found = schemes()
    for scheme, grounds in (("light", LIGHT_GROUNDS), ("dark", DARK_GROUNDS)):
        assert grounds == tuple(found[scheme][name] for name in ("paper", "soft", "warn-soft"))
    # Both ends of the scale, as the standard gives them.
    assert contrast("#ffffff", "#000000") == 21 and contrast("#777777", "#777777") == 1


def test_both_ways_to_dark_give_the_same_colours():
    found = schemes()
    assert found["dark"] == found["dark by the system"]


def test_no_colour_stands_outside_the_properties():
    rules = re.sub(r"/\*.*?\*/|--b-[a-z-]+: [^;]+;", "", CSS, flags=re.S)
    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\(", rules)


@pytest.mark.parametrize("width", [NARROW, pytest.param(WIDE, marks=only_in_test_all)])
def test_axe_finds_nothing_in_forced_colours(open_page, site, width):
    page = open_page("/", width=width, forced_colors="active", fresh=True)
    for address in one_in(5, KINDS):
        assert not violations_at(page, site, address, COLOUR_RULES, width=width, forced_colours=True), address


def test_axe_finds_nothing_with_the_menu_open(open_page):
    page = open_page("/", width=NARROW)
    page.get_by_role("button", name="Menu").click()
    expect(page.get_by_role("navigation", name="Main").get_by_role("link").first).to_be_visible()
    assert not violations(page)


SPACED = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }"""
DOUBLED = "html { font-size: 250% !important; }"


SCREEN = 800
"""The height of a screen, in pixels. In screens of a phone, lengths are counted."""

WIDTHS = (WIDE, 768, 320, NARROW)
FITS = """async ({ address, widths, spaced, doubled }) => {
  const frame = document.querySelector("iframe");
  frame.src = address;
  await new Promise((done) => { frame.onload = done; });
  const page = frame.contentDocument, view = frame.contentWindow, wrong = [];

  const restyle = (rules) => {
    const sheet = new view.CSSStyleSheet();
    sheet.replaceSync(rules);
    page.adoptedStyleSheets = [sheet];
  };
  const tooWide = (width, what) => {
    frame.style.width = `${width}px`;
    if (view.innerWidth !== width) wrong.push(`it is not shown at ${width}`);
    if (page.documentElement.scrollWidth > width) wrong.push(`it is too wide for ${width} ${what}`);
  };
  // Elements that hide a part of their own text, other than those that scroll for it.
  const cutOff = (what) => [...page.querySelectorAll("main *, header *, footer *")].filter((element) => {
    const style = view.getComputedStyle(element);
    return style.overflow === "hidden" && element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 1;
  }).forEach((element) => wrong.push(`cut off ${what}: ${element.outerHTML.slice(0, 120)}`));

  for (const width of widths) tooWide(width, "as it is");
  for (const element of page.querySelectorAll(
    "button, select, input, summary, nav a, .b-button, .b-cards a, .b-item__title a")) {
    const least = element.matches("button, select, input, .b-button, .b-nav a") ? 43.5 : 24;
    const { height } = element.getBoundingClientRect();
    if (element.checkVisibility() && height < least) wrong.push(`${height} high: ${element.outerHTML.slice(0, 100)}`);
  }
  restyle(spaced);
  tooWide(widths.at(-1), "spaced");
  cutOff("spaced");
  restyle(doubled);
  tooWide(widths[0], "doubled");
  cutOff("doubled");
  restyle("");
  return wrong;
}"""
"""Shows a page in a frame of each width, in which it takes its places in a fifth of the time, and returns what is
wrong with it."""


OUTLINES = ROOT / "tests/outlines"
ROLES = "banner|complementary|contentinfo|form|heading|main|navigation|region|search|searchbox"
OUTLINED = re.compile(rf"^\s*- ({ROLES})\b")
BLESS = bool(os.environ.get("BLESS"))
"""Set it to write the current outlines to the files, after an intended change."""


def frame(open_page: Callable[..., Page], area: str = "exampleshire", width: int = WIDE) -> Page:
    """Return a page that is empty but for a frame, in which others are shown."""
    page = open_page("/404.html", area=area, bypass_csp=True)
    page.set_content(f"<iframe style='border: 0; width: {width}px; height: {SCREEN}px'></iframe>")
    return page


def outline(page: FrameLocator) -> str:
    """Return the landmarks and headings of a page, one a line."""
    lines = page.locator("body").aria_snapshot().splitlines()
    return "".join(f"{line.rstrip(':')}\n" for line in lines if OUTLINED.match(line))


def test_everything_fits_can_be_pressed_and_has_the_expected_order(open_page):
    """On screens of every width; with the reader's own spacing (WCAG 2.2, 1.4.12); with the reader's own text size,
    doubled (1.4.4); and whatever is pressed has 24 pixels at least (2.5.8), apart from links inside a sentence. Our own
    controls have 44."""
    page = frame(open_page)
    wrong, outlines = {}, {}
    for number, address in enumerate(KINDS):
        wrong[address] = page.evaluate(
            FITS, {"address": address, "widths": WIDTHS, "spaced": SPACED, "doubled": DOUBLED})
        for width in (NARROW, WIDE) if ALL or BLESS else ((NARROW, WIDE)[number % 2],):
            page.locator("iframe").evaluate("(frame, width) => { frame.style.width = `${width}px`; }", width)
            name = f"{address.strip('/').replace('/', '-') or 'home'}-{width}.txt"
            outlines[name] = outline(page.frame_locator("iframe"))
    assert not {address: found for address, found in wrong.items() if found}
    if BLESS:
        OUTLINES.mkdir(exist_ok=True)
        for name, found in outlines.items():
            (OUTLINES / name).write_text(found, encoding="utf-8")
    expected = {name: (OUTLINES / name).read_text(encoding="utf-8") for name in outlines}
    assert outlines == expected, "if this is intended, run the test with BLESS=1"


@pytest.mark.parametrize("address", sample(["/actions/", "/", "/actions/a-012/"], 1))
def test_focus_is_always_seen_and_never_hidden(open_page, address):
    """WCAG 2.2, 2.4.7 and 2.4.11."""
    page = open_page(address, width=WIDE)
    for _ in range(40):
        page.keyboard.press("Tab")
        seen = page.evaluate("""() => {
            const element = document.activeElement, box = element.getBoundingClientRect();
            if (element === document.body) return null;
            const style = getComputedStyle(element);
            const top = document.elementFromPoint(box.x + Math.min(box.width, 8) / 2, box.y + box.height / 2);
            return {shown: style.outlineStyle !== "none" || style.boxShadow !== "none",
                    onTop: !top || element.contains(top) || top.contains(element),
                    html: element.outerHTML.slice(0, 100)};
        }""")
        if seen is None:
            break
        assert seen["shown"] and seen["onTop"], seen["html"]


def test_the_skip_link_comes_first_and_leads_to_the_content(open_page):
    page = open_page("/actions/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()


def test_a_page_prints_without_its_menus_and_with_the_addresses_of_its_links(open_page, tmp_path):
    page = open_page("/actions/a-012/")
    page.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
    said = re.sub(r"\s+", " ", " ".join(sheet.extract_text() for sheet in pypdf.PdfReader(tmp_path / "page.pdf").pages))
    for part in ("Skip to content", "Search", "Have your say", "Briefing for councillors", "Ask about this action"):
        assert part not in said, part
    assert "https://exampleshire.example/board/notes/2026-06-16" in said.replace(" ", "")
    assert "Tell families every four weeks" in said


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_nothing_moves_by_itself(open_page, motion):
    page = open_page("/", reduced_motion=motion)
    page.get_by_role("searchbox").press_sequentially("school")
    page.locator("[data-results-list] > li").first.wait_for()
    assert page.evaluate("document.getAnimations().length") == 0


def test_axe_finds_nothing_where_a_reader_asks_for_more_contrast(open_page, site):
    page = open_page("/", width=NARROW, contrast="more", fresh=True)
    for address in one_in(3, KINDS[:8], first=1):
        assert not violations_at(page, site, address, COLOUR_RULES, width=NARROW, contrast="more"), address


def test_axe_finds_nothing_while_the_list_is_filtered_or_empty(open_page):
    page = open_page("/actions/?status=late", width=NARROW)
    assert not violations(page)
    page.goto(page.url.split("?")[0] + "?status=stopped&owner=not-published")
    assert not violations(page)


LENGTHS = """async (addresses) => {
  const frame = document.querySelector("iframe"), found = {};
  for (const address of addresses) {
    frame.src = address;
    await new Promise((done) => { frame.onload = done; });
    const page = frame.contentDocument;
    found[address] = [page.documentElement.scrollHeight, page.querySelectorAll("#moves, #verdicts, .b-note").length];
  }
  return found;
}"""
"""Shows pages in a frame, and returns how high each is, and how much it has that is not folded."""


@pytest.mark.parametrize("area", ["real", "exampleshire"])
def test_on_a_phone_an_action_fits_in_four_screens_and_what_changed_in_eight(open_page, sites, area):
    """An action whose date has moved, or about which accounts disagree, may take one screen more: nothing of that is
    folded."""
    files = one_in(5, sorted((sites[area] / "actions").glob("a-*/index.html")))
    actions = [f"/actions/{file.parent.name}/" for file in files]
    found = frame(open_page, area, NARROW).evaluate(LENGTHS, ["/changes/", *actions])
    assert found["/changes/"][0] <= 8 * SCREEN
    for address in actions:
        height, unfolded = found[address]
        assert height <= (5 if unfolded else 4.1) * SCREEN, (address, found)
    assert sorted(found[address][0] for address in actions)[len(actions) // 2] <= 4 * SCREEN


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_the_choices_of_an_order_are_not_cut_off(open_page, width):
    choices = open_page("/actions/", area="real", width=width).get_by_label("Sort by")
    shown = choices.evaluate("list => list.offsetWidth")
    choices.evaluate("list => Object.assign(list.style, {maxWidth: 'none', width: 'max-content'})")
    assert choices.evaluate("list => list.offsetWidth") <= shown


def test_on_a_desk_the_facts_of_an_action_are_in_one_row(open_page):
    rows = open_page("/actions/", width=WIDE).locator(".b-item .b-facts").evaluate_all(
        "lists => lists.map(list => new Set([...list.children].map(fact => fact.offsetTop)).size)")
    assert set(rows) == {1}


ENDS_OF_LINES = """(link) => {
  const range = document.createRange(), found = [];
  let last = null;
  const texts = document.createTreeWalker(link, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    for (let i = 0; i < text.length; i++) {
      range.setStart(text, i);
      range.setEnd(text, i + 1);
      const { top } = range.getBoundingClientRect();
      if (last && top > last.top + 4) found.push(last.letter);
      last = { top, letter: text.data[i] };
    }
  }
  return found.join("");
}"""
"""Returns the last letter of each line of an element but the last line."""


def test_an_email_address_goes_on_in_the_next_line_only_after_a_sign_and_is_copied_whole(open_page):
    page = open_page("/ask/", area="real", width=NARROW)
    links = page.locator("main a[href^='mailto:']", has_text="@")
    ends = [link.evaluate(ENDS_OF_LINES) for link in links.all()]
    assert "@" in ends and not set("".join(ends)) - set("@."), ends
    for link in links.all():
        link.evaluate("(link) => getSelection().selectAllChildren(link)")
        assert page.evaluate("getSelection().toString()") == link.get_attribute("href").removeprefix("mailto:")


@pytest.mark.parametrize("width", [320, NARROW, WIDE])
def test_a_short_email_address_stays_in_one_line(open_page, width):
    page = open_page("/ask/", area="real", width=width)
    assert page.locator(".b-say .b-copy").evaluate(ENDS_OF_LINES) == ""


ALONE = """() => [...document.querySelectorAll("main a[aria-describedby~=other-site] svg")].filter((icon) => {
  const beside = (text, at) => {
    const range = document.createRange();
    range.setStart(text, at);
    range.setEnd(text, at + 1);
    const letter = range.getBoundingClientRect(), { top, bottom } = icon.getBoundingClientRect();
    return letter.top < bottom && letter.bottom > top;
  };
  const link = icon.closest("a"), texts = document.createTreeWalker(link.parentNode.parentNode, NodeFilter.SHOW_TEXT);
  let before, after = texts.nextNode();
  while (after && !(icon.compareDocumentPosition(after) & Node.DOCUMENT_POSITION_FOLLOWING)) {
    before = after;
    after = texts.nextNode();
  }
  return icon.checkVisibility() && !(beside(before, before.data.trimEnd().length - 1) &&
    (!after || /^\\s/.test(after.data) || beside(after, 0)));
}).map((icon) => icon.closest("a").textContent)"""
"""Returns the links to other sites whose icon is not in one line with the word before it, and the sign after it."""


def test_the_icon_of_another_site_stays_with_the_word_before_it_and_the_sign_after_it(open_page):
    page = open_page("/help/", area="real", width=NARROW)
    for address in ("/ask/", "/actions/a-015/", "/blog/2025-05-21-the-themes-tracker/", "/help/"):
        page.goto(address)
        assert page.locator("main .b-icon").count()
        for width in range(NARROW, 320, -4):
            page.set_viewport_size({"width": width, "height": 800})
            assert not page.evaluate(ALONE), (address, width)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_wide_table_shows_a_shadow_where_more_of_it_is_hidden(open_page, scheme):
    page = open_page("/measures/plans-in-20-weeks/", area="real", width=NARROW, color_scheme=scheme)
    table = page.get_by_role("region", name="Table: Plans finished in 20 weeks")
    assert table.get_attribute("tabindex") == "0"

    def shadows() -> tuple[bool, bool]:
        picture = Image.open(BytesIO(table.screenshot())).convert("RGB")
        # Above the words of the caption there is nothing but the ground.
        left, middle, right = (picture.getpixel((x, 3)) for x in (0, picture.width // 2, picture.width - 1))
        return left != middle, right != middle

    assert shadows() == (False, True)
    table.evaluate("table => { table.scrollLeft = 40; }")
    assert shadows() == (True, True)
    table.evaluate("table => { table.scrollLeft = table.scrollWidth; }")
    assert shadows() == (True, False)


def test_the_tables_of_all_groups_of_measures_have_the_same_columns(open_page):
    columns = open_page("/measures/", area="real", width=WIDE).locator(".b-measures").evaluate_all(
        "tables => tables.map(table => [...table.rows[0].cells].slice(0, 4).map(cell => cell.offsetLeft))")
    assert len(columns) > 3 and all(places == columns[0] for places in columns)


def test_on_a_phone_figures_for_three_places_need_no_scrolling(open_page):
    page = open_page("/measures/plans/", area="real", width=NARROW)
    assert page.locator(".b-figures thead th").all_inner_texts() == ["When", "Oxfordshire", "England", "South East"]
    assert page.locator(".b-table").evaluate("table => table.scrollWidth - table.clientWidth") == 0


def test_below_a_post_the_note_on_sources_keeps_off_the_links_to_other_posts(open_page):
    page = open_page("/blog/2025-05-21-the-themes-tracker/", area="real", width=NARROW)
    links, note = (page.locator(part).bounding_box() for part in ("nav.b-neighbours", "#partly-read"))
    assert note["y"] - links["y"] - links["height"] >= 10
