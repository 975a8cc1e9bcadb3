"""Charts as readers see them: what they say, where their labels are, and the pictures and frames for other sites."""

from __future__ import annotations

import io
import re
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from PIL import Image

from macros.charts.chart import chart
from macros.charts.small import small_chart
from macros.charts.strip import strip
from macros.publish.charts import output_files
from macros.register import read
from macros.register.official_figures import ENGLAND
from tests.accessibility import violations
from tests.conftest import AREAS, DAYS, NARROW, WIDE

PLANS = "plans-in-20-weeks"
SIMILAR = ("E10000003", "E10000015", "E06000060", "E10000031", "E10000013")

BOXES = """() => [...document.querySelectorAll(".b-chart__plot text")].filter((text) => text.getClientRects().length)
    .map((text) => { const box = text.getBoundingClientRect();
                     return [text.textContent.trim(), box.left, box.top, box.right, box.bottom]; })"""


@pytest.fixture(scope="module")
def registers():
    return {name: read(AREAS[name], DAYS[name])[0] for name in AREAS}


def page_of(site: Path, address: str) -> BeautifulSoup:
    return BeautifulSoup((site / address / "index.html").read_text(encoding="utf-8"), "html.parser")


def overlaps(boxes: list[list]) -> list[tuple[str, str]]:
    """The texts that cover each other by more than the blank edge of their letters."""
    return [(one[0], other[0]) for one, other in combinations(boxes, 2)
            if one[1] < other[3] - 1 and other[1] < one[3] - 1 and one[2] < other[4] - 4 and other[2] < one[4] - 4]


@pytest.mark.parametrize("area, id", [("exampleshire", "plans-on-time"), ("exampleshire", "children-without-a-place"),
                                      ("real", PLANS)])
def test_no_words_cover_others_or_leave_the_screen_at_any_width(open_page, area, id):
    page = open_page(f"/measures/{id}/", area=area)
    for width in (320, NARROW, 768, WIDE):
        page.set_viewport_size({"width": width, "height": 800})
        boxes = page.evaluate(BOXES)
        assert len(boxes) > 8
        assert not overlaps(boxes), width
        assert all(left >= 0 and right <= width for _, left, _, right, _ in boxes), (width, boxes)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_each_line_has_its_label_beside_the_plot_and_nothing_in_it_reads_as_a_figure(open_page):
    """The key was once drawn inside the plot: "Exampleland 48.9%" beside a mark at 32 per cent."""
    page = open_page("/measures/plans-on-time/", width=NARROW)
    places = page.evaluate("""() => {
        const right = document.querySelector(".b-chart__grid line").getBoundingClientRect().right;
        return [...document.querySelectorAll(".b-chart__label")].map((label) =>
            [label.textContent.trim(), label.getBoundingClientRect().left - right]); }""")
    assert [words for words, _ in places] == [
        "The law100%", "Exampleshire61%", "Target60%by Dec 2026", "Exampleland48.9%in 2025"]
    assert all(distance > 0 for _, distance in places)
    marks = page.locator(".b-chart__mark--other")
    assert marks.count() == 1, "only the newest figure of another place has a mark"


@pytest.mark.parametrize("area", AREAS)
def test_the_figures_in_a_chart_are_those_in_the_table(sites, registers, area):
    for id, measure in registers[area].measures.items():
        soup = page_of(sites[area], f"measures/{id}")
        description = soup.select_one(".b-chart desc")
        if not description:
            continue
        drawn = chart(measure, registers[area].official.get(id), registers[area].area)
        table = soup.select_one("table.b-figures").get_text(" ", strip=True)
        for mark in drawn.lines[0].marks:
            assert f"{mark.observation.value:,}" in table, (id, mark)
        newest = drawn.lines[0].last.observation
        assert f"{newest.value:,}" in description.get_text()
        assert f"{newest.value:,}" in soup.select_one(".b-chart__label--own").get_text()


def test_a_mark_lies_where_the_axis_says(registers):
    drawn = chart(registers["real"].measures[PLANS], registers["real"].official[PLANS], registers["real"].area)
    (hundred,) = (y for y, words in drawn.y_ticks if words == "100%")
    (zero,) = (y for y, words in drawn.y_ticks if words == "0%")
    assert next(rule.y for rule in drawn.rules if rule.kind == "law") == hundred == drawn.top
    for line in drawn.lines:
        for mark in line.marks:
            assert (zero - mark.y) / (zero - hundred) * 100 == pytest.approx(mark.observation.value, abs=0.1)


def test_the_page_shows_the_law_the_places_and_the_fall_before_the_break(sites):
    soup = page_of(sites["real"], f"measures/{PLANS}")
    drawing = soup.select_one(".b-chart__plot")
    assert {"b-chart__law", "b-chart__break", "b-chart__line--england", "b-chart__line--region", "b-chart__line--own",
            "b-chart__join--own"} <= {name for item in drawing.select("[class]") for name in item["class"]}
    labels = [label.get_text(" ") for label in drawing.select(".b-chart__label")]
    assert {label.split()[0] for label in labels} >= {"The", "England", "South", "Oxfordshire"}
    assert len(drawing.select(".b-chart__line--own")) == 2, "one stretch before the break, and one after it"
    assert "Counted differently from 2023 on." in soup.select_one(".b-chart").get_text()


def test_similar_areas_are_a_band_that_stops_at_the_break(registers):
    register = registers["real"]
    source = {"title": "Statistical neighbours"}
    area = register.area.model_copy(update={"neighbours": type(register.area).model_fields["neighbours"].annotation
                                            .__args__[0].model_validate({"codes": SIMILAR, "source": source})})
    figures = register.official[PLANS]
    drawn = chart(register.measures[PLANS], figures, area)
    assert len(drawn.band) == 2
    spread = {item.period.text: item for item in figures.spread(SIMILAR)}
    assert sum(map(len, drawn.band)) == len(spread)
    label = next(label for label in drawn.labels if label.kind == "band")
    newest = list(spread.values())[-1]
    assert f"{newest.lowest}% to" in " ".join(label.words)


def test_a_small_chart_says_in_words_what_it_draws(registers):
    register = registers["real"]
    small = small_chart(register.measures[PLANS], register.official[PLANS], register.area)
    assert small.is_worth_drawing and small.law is not None
    assert [line.kind for line in small.lines] == ["own", "england"]
    newest = {code: figures[-1] for code in (register.area.codes.gss, ENGLAND)
              if (figures := [item for item in register.official[PLANS].observations(code) if item.value is not None])}
    for figure in newest.values():
        assert f"{figure.value}% in {figure.period}" in small.description


def test_the_strip_has_one_mark_for_each_area_and_says_which_period(registers):
    register = registers["real"]
    figures, gss = register.official[PLANS], register.area.codes.gss
    found = strip(figures, gss, SIMILAR)
    rows = figures.areas(figures.newest_full_period)
    assert len(found.marks) + 1 == len(rows) > 140
    assert sum(mark.kind == "similar" for mark in found.marks) == len(SIMILAR)
    own = next(row.value for row in rows if row.code == gss)
    assert found.period == figures.newest_full_period and f"in {found.period}" in found.caption
    assert f"{sum(row.value > own for row in rows)} of {len(rows) - 1} other areas had a higher" in found.description
    assert found.own.x == pytest.approx(own, abs=0.01)
    assert strip(figures, "E99999999", ()) is None


@pytest.mark.parametrize("area", AREAS)
def test_each_chart_is_a_picture_that_needs_nothing_else_and_names_its_source_and_date(sites, registers, area):
    register = registers[area]
    files = [file.path for file in output_files(register)]
    assert files
    for path in files:
        content = (sites[area] / path).read_bytes()
        if path.endswith(".png"):
            with Image.open(io.BytesIO(content)) as image:
                assert image.width == 1200 and image.height >= 600
                assert image.convert("RGB").getpixel((2, 2)) == (255, 255, 255)
            assert len(content) < 80_000
            continue
        svg = ElementTree.fromstring(content)
        words = " ".join(part.strip() for part in svg.itertext() if part.strip())
        assert "Source: " in words and f"Drawn on {DAYS[area].day} " in words, path
        assert f"{register.area.site_url.rstrip('/')}/{path.removesuffix('chart.svg')}" in words
        names = {name for element in svg.iter() for name in element.attrib}
        assert not {name for name in names if "href" in name or name.startswith("on")}
        assert not re.search(rb"url\(|@import|<script|<image|<foreignObject", content)


def test_the_same_register_gives_the_same_pictures(registers):
    files = [file for file in output_files(registers["exampleshire"]) if "plans-on-time" in file.path]
    assert [file.render() for file in files] == [file.render() for file in files]


def test_a_chart_in_a_frame_is_alone_and_asks_no_other_site(open_page, sites):
    page = open_page("/", width=NARROW, fresh=True)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    home = page.url.rstrip("/")
    page.goto(f"{home}/embed/measures/plans-on-time/")
    assert asked and all(url.startswith(home) and not url.endswith(".js") for url in asked)
    assert page.locator("header, footer, nav, form, script").count() == 0
    assert page.locator(".b-chart__plot").is_visible()
    words = page.locator("body").inner_text()
    assert "Source: " in words and "As of 24 November 2026" in words
    assert page.get_by_role("link").get_attribute("target") == "_top"
    assert page.locator('meta[name="robots"]').get_attribute("content") == "noindex"
    assert not violations(page)
    site = sites["exampleshire"]
    assert "/embed/" not in (site / "sitemap.xml").read_text(encoding="utf-8")


def test_a_measures_page_gives_the_code_for_the_frame(sites):
    soup = page_of(sites["exampleshire"], "measures/plans-on-time")
    code = BeautifulSoup(soup.select_one(".b-share code").get_text(), "html.parser").iframe
    assert code["src"].endswith("/embed/measures/plans-on-time/") and code["title"]
    assert (sites["exampleshire"] / "embed/measures/plans-on-time/index.html").exists()
    for link in soup.select(".b-share a"):
        target = sites["exampleshire"] / "measures/plans-on-time" / link["href"]
        assert target.exists(), link
