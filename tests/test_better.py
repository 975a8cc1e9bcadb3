"""Is it getting better? Home, the measures and the page of each say so beside England, the law and other areas."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from datetime import date
from pathlib import Path
from urllib.parse import urljoin

import pytest
from playwright.sync_api import expect

from macros.official import Row, slices
from tests.conftest import AREAS, NARROW, ROOT, WIDE, checked
from tests.pages import Pages, page

TODAY = date(2026, 11, 24)
HERE, LIKE, WITHOUT = "E10000099", "E10000101", "E10000103"
ID = "plans-in-20-weeks"

OWN = """\
id: plans-in-20-weeks
target:
  value: 60
  by: 2027
  reason: The council says that it cannot hire people faster.
  source: {title: The plan, url: https://smallshire.example/plan}
baseline: {value: 4, period: 2022}
milestones:
  - {value: 50, by: 2025}
priorities: [P1]
actions: [A-001]
"""

AREA = """\
codes: {gss: E10000099, dfe: "999", region: E12000099}
neighbours:
  codes: [E10000101, E10000102]
  source: {title: Areas like each other, url: https://smallshire.example/like}
"""


def figures() -> list[Row]:
    """Two releases. The second gives 2025 for this area, England and the region alone, and revises this area's 2024."""
    places = [("country", "E92000001", "England", {"2021": 60, "2022": 49.2, "2023": 50.3, "2024": 46.4}),
              ("region", "E12000099", "Northern Isles", {"2022": 45.8, "2023": 46.1, "2024": 38.2}),
              ("area", HERE, "Smallshire", {"2021": 56.4, "2022": 4, "2023": 53.7, "2024": 38}),
              ("area", LIKE, "Zedshire", {"2024": 64.9}), ("area", "E10000102", "Ashire", {"2024": 8.8}),
              ("area", WITHOUT, "Hidden", {"2024": None}),
              *(("area", f"E1100{number:04}", f"Town {number:03}", {"2024": float(number)}) for number in range(100))]
    rows = [Row("2025", period, level, code, name, value, None if value is None else value * 10,
                None if value is None else 1000) for level, code, name, found in places
            for period, value in found.items()]
    return [*rows, Row("2026", "2024", "area", HERE, "Smallshire", 38.5, 385, 1000),
            Row("2026", "2025", "area", HERE, "Smallshire", 37.8, 533, 1411),
            Row("2026", "2025", "country", "E92000001", "England", 46.1)]


@pytest.fixture(scope="module")
def area(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small area with official figures, and with a plan that asks for less than the law."""
    folder = tmp_path_factory.mktemp("better") / "area"
    shutil.copytree(ROOT / "tests/areas/small", folder)
    with (folder / "data/area.yml").open("a", encoding="utf-8") as file:
        file.write(AREA)
    (folder / f"data/measures/{ID}.yml").write_text(OWN, encoding="utf-8")
    (folder / "data/official").mkdir()
    (folder / slices.slice_path(ID)).write_text(slices.to_csv(figures()), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def small(area: Path) -> Pages:
    return Pages(area, TODAY)


def words(found: object) -> str:
    """The text of an element, as it is read."""
    return re.sub(r" ([.,:;])", r"\1", re.sub(r"\s+", " ", found.get_text(" "))).strip()


def test_a_finding_is_answered_in_a_sentence_with_the_law_an_older_figure_england_and_its_age(small):
    answers = page(small, "priorities/p1").select(".b-answers li")
    assert words(answers[0]).endswith(
        "38 of 100 new plans were finished within 20 weeks in 2025. The law says all of them, unless one of a few "
        "exceptions applies. In 2024 it was 39; in England it is 46. The newest figure is nearly eleven months old.")
    assert "In 2024: 52.5%" in words(answers[1])
    chart = answers[0].select_one("svg")["aria-label"]
    assert "Smallshire: 56.4% in 2021, 37.8% in 2025" in chart and "England: 60% in 2021, 46.1% in 2025" in chart


def test_the_list_has_groups_and_in_each_row_a_figure_its_age_the_change_and_england(small):
    sections = page(small, "measures").select("section:has(table)")
    assert [words(section.h2) for section in sections] == ["Getting a plan", "More about Smallshire"]
    row = sections[0].select_one("tbody tr")
    assert [words(cell) for cell in row.select("td")[1:]] == [
        "37.8% in 2025, nearly eleven months old", "Down from 38.5% in 2024: worse", "46.1%"]
    assert row.select_one("svg[aria-label]")
    own = [words(cell) for cell in sections[1].select("tbody td")]
    assert own[1:] == ["52.5% in 2024, nearly two years old", "Cannot be said", "50% in 2023"]


def test_an_official_figure_that_was_due_and_is_not_here_is_named_on_the_list_and_on_its_page(area, small):
    sentence = "We expected the figure for 2026 by 30 June 2027, and do not have it yet."
    later = Pages(area, date(2027, 7, 1))
    for address in ("measures", f"measures/{ID}"):
        assert sentence in words(page(later, address))
        assert "We expected the figure" not in words(page(small, address))


def test_a_page_has_each_figure_once_with_its_count_england_and_revisions(small):
    soup = page(small, f"measures/{ID}")
    table = soup.select_one("table.b-figures")
    rows = [[words(cell) for cell in row.select("th, td")] for row in table.select("tbody tr")]
    assert rows == [
        ["2025", "37.8% 533 of 1,411", "46.1%", "No figure"],
        ["2024", "38.5% note 1 385 of 1,000", "46.4%", "38.2%"],
        ["2024", "38% Replaced by a later figure", "–", "–"],
        ["2023", "53.7% 537 of 1,000", "50.3%", "46.1%"],
        ["2022", "4% 40 of 1,000", "49.2%", "45.8%"],
        ["2021", "56.4% 564 of 1,000", "60%", "No figure"]]
    assert [words(note) for note in soup.select(".b-notes li")] == [
        "2024: The department revised this figure from 38 in its release 2026."]


def test_each_source_is_named_once_with_its_years(small):
    soup = page(small, f"measures/{ID}")
    found = [words(item) for item in soup.select(".b-small li") if "reporting year" in words(item)]
    assert [item.split(":")[0] for item in found] == ["2024 to 2025", "2021 to 2023, England 2021 to 2024, "
                                                      "Northern Isles 2022 to 2024"]
    assert len(soup.select('a[href*="education-health-and-care-plans/2025"]')) == 1


def test_a_break_is_explained_and_does_not_hide_the_fall_before_it(small):
    said = words(page(small, f"measures/{ID}"))
    assert "Counted differently from 2023 on. Since 2023 councils have sent" in said
    assert "Higher is better. It is worse than in 2024 (38.5%). Before that, counted in another way, it was 56.4% " \
        "in 2021 and 4% in 2022." in said


def test_a_plan_is_shown_beside_what_happened_with_the_law_and_the_reason_for_less(small):
    soup = page(small, f"measures/{ID}")
    assert [[words(cell) for cell in row.select("th, td")] for row in soup.select("#plan + div tbody tr")] == [
        ["Start, 2022", "4%", "4%"], ["2025", "50%", "37.8%"],
        ["2027, the target", "60% The plan", "Not yet"]]
    definition = words(soup.select_one("#definition + dl"))
    assert "60%, by 2027" in definition and "The council says that it cannot hire people faster." in definition
    assert "The law says all of them" in definition and "regulation 13" in definition
    assert words(soup.select_one("#does-not-show + p")).startswith("It counts finished plans only.")


def test_a_page_leads_to_its_figures_its_picture_all_areas_promises_and_priorities(small):
    here = f"/measures/{ID}/"
    links = {urljoin(here, link["href"]) for link in page(small, f"measures/{ID}").select("main a[href]")}
    assert {f"/api/v1/measures/{ID}.csv", f"{here}chart.png", f"{here}chart.svg", f"{here}areas/", "/actions/a-001/",
            "/priorities/p1/"} <= links


def test_where_an_area_is_among_all_is_said_without_a_rank(small):
    section = words(page(small, f"measures/{ID}"))
    assert "62 of 102 other areas had a higher figure, 40 a lower one." in section
    assert not re.search(r"\d(st|nd|rd|th) of|league|rank", section)


def test_all_areas_have_a_table_with_this_area_and_those_like_it_first(small):
    soup = page(small, f"measures/{ID}/areas")
    assert words(soup.caption) == "Per cent of new plans, 2024"
    bodies = [[words(cell) for cell in body.select("tr > :first-child")] for body in soup.select("tbody")]
    assert bodies[0] == ["This area and areas like it", "Smallshire", "Ashire", "Zedshire"]
    assert bodies[1] == ["England and its regions", "England", "Northern Isles"]
    assert bodies[2][:3] == ["All other areas", "Hidden", "Town 000"] and len(bodies[2]) == 102
    cells = {words(row.th): words(row.td) for row in soup.select("tbody tr:has(td)")}
    assert (cells["Smallshire"], cells["Hidden"], cells["Zedshire"]) == ("38.5%", "Not published", "64.9%")


@pytest.mark.parametrize("address, selector", [("briefing", "section[aria-labelledby=measures] tbody tr"),
                                               ("priorities/p1", "#measures + ul > li")])
def test_the_briefing_and_a_priority_show_the_same_figures(small, address, selector):
    row = next(row for row in page(small, address).select(selector) if ID in str(row))
    said = words(row)
    if address == "briefing":
        assert said == ("Plans finished in 20 weeks 37.8%, 2025, nearly eleven months old 46.1% 100% "
                        "60% by 2027: not met")
    else:
        assert "38 of 100 new plans" in said and "nearly eleven months old" in said and row.svg


# The areas that are published ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", list(AREAS))
def test_the_list_the_open_data_and_the_page_of_each_measure_agree(sites, name):
    register = checked(name)
    rows = {row.th["id"]: row for row in page(sites[name], "measures").select("tbody tr")}
    assert set(rows) == set(register.measures)
    found = json.loads((sites[name] / "api/v1/measures.json").read_text(encoding="utf-8"))["items"]
    for id, row in rows.items():
        published = next(item for item in found if item["id"] == id)
        values = [item["value"] for item in published["observations"] if item["value"] is not None]
        if not values:
            continue
        newest = f"{values[-1]:,.10g}"
        assert re.search(r"[\d.,]*\d", row.select_one("td strong").get_text())[0] == newest, id
        assert newest in page(sites[name], f"measures/{id}").select_one("table.b-figures tbody").get_text(), id


def test_every_figure_of_the_areas_page_is_in_the_official_file(sites):
    register = checked("real")
    assert register.official
    for id, official in register.official.items():
        if id not in register.measures:
            continue
        with io.StringIO((ROOT / slices.slice_path(id)).read_text(encoding="utf-8")) as file:
            latest = {row["name"]: row["value"] for row in sorted(csv.DictReader(file), key=lambda row: row["release"])
                      if row["period"] == official.newest_full_period}
        cells = {words(row.th): row.td.get("data-value")
                 for row in page(sites["real"], f"measures/{id}/areas").select("tbody tr:has(td)")}
        assert cells == {place: None if value == "" else str(float(value)) for place, value in latest.items()}, id


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_all_areas_can_be_sorted_within_their_groups(open_page, width):
    page = open_page(f"/measures/{ID}/areas/", area="real", width=width)
    body = page.locator("table[data-sorted] tbody").last
    by_name = body.locator("tr > th").all_inner_texts()
    head = page.get_by_role("columnheader", name="Figure")
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "ascending")
    values = body.locator("td[data-value]").evaluate_all("all => all.map(cell => Number(cell.dataset.value))")
    assert values == sorted(values) and len(values) > 100
    # Areas without a figure come last.
    has_figure = body.locator("tr > td:nth-child(2)").evaluate_all("all => all.map(cell => 'value' in cell.dataset)")
    assert has_figure == sorted(has_figure, reverse=True)
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "descending")
    assert "%" in body.locator("tr").nth(1).inner_text()
    page.get_by_role("button", name="Area").click()
    assert body.locator("tr > th").all_inner_texts() == by_name


def test_the_page_of_a_measure_is_not_twenty_screens_on_a_phone(open_page):
    page = open_page(f"/measures/{ID}/", area="real", width=NARROW)
    end = page.locator("#reuse").bounding_box()
    assert end["y"] <= 6 * 800


ABSENCE = """\
id: days-missed
title: School days missed
question: How much school do children miss?
unit: per cent of days
better: lower
source: {title: Figures, url: https://smallshire.example/figures}
observations:
  - {period: 2021, value: 15.23}
  - {period: 2024, value: 11.84}
  - {period: 2025, value: 11.9}
"""

CHILDREN = """\
id: children
title: Children with a plan
question: How many children have a plan?
unit: children
better: neither
source: {title: Figures, url: https://smallshire.example/figures}
comparators:
  - name: England
    code: E92000001
    observations:
      - {period: 2024, value: 700000}
      - {period: 2025, value: 800000}
observations:
  - {period: 2024, value: 5427}
  - {period: 2025, value: 8559}
"""


@pytest.fixture(scope="module")
def more(area: Path, tmp_path_factory: pytest.TempPathFactory) -> Pages:
    """The same area with a figure that hardly changed, and with a count beside that of all England."""
    folder = tmp_path_factory.mktemp("more") / "area"
    shutil.copytree(area, folder)
    (folder / "data/measures/days-missed.yml").write_text(ABSENCE, encoding="utf-8")
    (folder / "data/measures/children.yml").write_text(CHILDREN, encoding="utf-8")
    counts = [Row("2025", period, "area", code, name, value) for code, name, values in (
        (HERE, "Smallshire", (500, 600)), (LIKE, "Zedshire", (5000, 6000)), ("E10000102", "Ashire", (50, 60)))
        for period, value in zip(("2024-01", "2025-01"), values, strict=True)]
    (folder / slices.slice_path("plans")).write_text(slices.to_csv(counts), encoding="utf-8")
    return Pages(folder, TODAY)


def test_a_change_too_small_to_matter_is_neither_better_nor_worse(more):
    rows = {words(row.th): words(row) for row in page(more, "measures").select("tbody tr")}
    assert "Up from 11.84% in 2024: about the same" in rows["How much school do children miss?"]
    assert "Lower is better. It is about the same as in 2024 (11.84%), but better than in 2021 (15.23%)." \
        in words(page(more, "measures/days-missed"))


def test_all_children_of_england_do_not_make_the_line_of_the_area_flat(more):
    soup = page(more, "measures/children")
    assert "England" in [words(cell) for cell in soup.select("table.b-figures thead th")]
    assert not soup.select(".b-chart__line--england")
    row = next(row for row in page(more, "measures").select("tbody tr") if "have a plan?" in words(row))
    assert "England" not in row.select_one("svg")["aria-label"] and "800,000" not in words(row)


def test_a_figure_is_news_in_the_month_in_which_it_was_due_where_the_day_is_not_known(small):
    found = [words(item) for item in page(small, "changes").select("li") if "Plans finished in 20 weeks" in words(item)]
    assert found[0] == "Plans finished in 20 weeks: 37.8% of new plans for 2025 (published about June 2026 )"


def test_counts_of_people_are_not_compared_with_those_of_larger_areas(more, small):
    assert page(small, f"measures/{ID}").select(".b-chart__band") and page(small, f"measures/{ID}").select("#areas")
    soup = page(more, "measures/plans")
    assert soup.select(".b-chart__line--own") and not soup.select(".b-chart__band, #areas")
