"""The page of changes stays short over the years: older times between meetings have a page a year."""

from __future__ import annotations

import json
import shutil
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from macros.register.addresses import addresses, generated_files
from macros.register.intervals import meeting_intervals, stale_counts, years
from tests.conftest import AREAS, ROOT, TODAY, checked
from tests.pages import Pages, page
from tests.records import action, day, meeting, register, update
from tests.thorough import share

FIRST = day("2020-01-01")

DAY = st.integers(0, 200).map(lambda number: (FIRST + timedelta(days=number)).isoformat())
DATE = st.one_of(DAY, DAY.map(lambda text: text[:7]), st.sampled_from(["2020", "2020-Q1", "2020-Q2"]))
SAID = st.sampled_from([{"note": "News."}, {"status": "in_progress"}, {"status": "complete"}, {"status": "stopped"},
                        {"due": "2020-06-30"}])
"""Updates in any order of dates, dates of any precision, and actions that end and open again."""


@st.composite
def histories(draw):
    """A register with drawn meetings and histories, on a drawn day."""
    meetings = tuple(meeting(text) for text in sorted(draw(st.sets(DAY, max_size=8))))
    actions = []
    for number in range(draw(st.integers(0, 6))):
        updates = [update(draw(DATE), **draw(SAID)) for _ in range(draw(st.integers(0, 5)))]
        said_at = {"said_at": {"meeting": draw(st.sampled_from(meetings)).id}} if meetings and draw(st.booleans()) \
            else {"source": {"title": "Notes", "published": draw(st.one_of(st.none(), DATE))}}
        actions.append(action(f"A-{number:03}", *updates, **said_at))
    return register(*actions, meetings=meetings, today=day(draw(DAY)))


@settings(max_examples=share(300))
@given(found=histories())
def test_what_did_not_move_is_counted_as_it_is_listed(found):
    parts = meeting_intervals(found)[::-1]
    assert stale_counts(found, [part.last for part in parts]) == [len(part.stale) for part in parts]


@pytest.mark.parametrize("area", list(AREAS))
def test_each_change_is_told_in_full_once_on_the_page_of_changes_or_on_that_of_its_year(sites, area):
    found = checked(area)
    assert years(found), "the area is old enough"
    pages = {place: BeautifulSoup((sites[area] / place / "index.html").read_text(encoding="utf-8"), "lxml")
             for place in ("changes", *(f"changes/{year}" for year in years(found)))}
    for part in meeting_intervals(found):
        id = f"to-{part.until.id}" if part.until else "to-newest"
        shown = [(place, section) for place, soup in pages.items()
                 if (section := soup.select_one(f"section:has(#{id})"))]
        assert shown[0][0] == "changes", "an address on the page of changes never breaks"
        place, section = shown[-1]
        groups = [group for group in section.select("h3") if not group["id"].endswith("-still")]
        late = {(change.action.id, change.date) for change in part.of("late") if change.action}
        kinds = {change.kind for change in part.changes
                 if change.kind != "date_passed" or (change.action.id, change.date) not in late}
        assert {group["id"].removeprefix(f"{id.removeprefix('to-')}-") for group in groups} == kinds, id
        if len(shown) == 2:
            assert shown[0][1].select_one(f'a[href$="{place.removeprefix("changes/")}/#{id}"]'), id
            assert not shown[0][1].select("h3")
    assert sum(len(soup.select("section.b-span:has(h3)")) for soup in pages.values()) <= len(meeting_intervals(found))


@pytest.mark.parametrize("area", list(AREAS))
def test_the_page_of_a_year_says_how_much_did_not_move(sites, area):
    found = checked(area)
    for year, parts in years(found).items():
        soup = BeautifulSoup((sites[area] / f"changes/{year}/index.html").read_text(encoding="utf-8"), "lxml")
        for part in parts:
            said = soup.select_one(f"section:has(#to-{part.until.id})").get_text(" ", strip=True)
            count = len(part.stale)
            assert (f"{count} open action{'' if count == 1 else 's'} without any news" in said) == (count > 0)


def test_a_board_with_few_meetings_has_no_pages_of_years():
    found = register(meetings=tuple(meeting(f"2024-{month:02}-10") for month in range(1, 12)))
    assert len(meeting_intervals(found)) == 12 and not years(found)
    assert not [address for address in addresses(found) if address.startswith("changes/2")]


def test_the_page_of_a_year_has_its_feed_and_its_breadcrumbs_and_is_found_by_no_search(sites):
    found = checked("exampleshire")
    year = min(years(found))
    assert f"changes/{year}/" in addresses(found)
    soup = BeautifulSoup((sites["exampleshire"] / f"changes/{year}/index.html").read_text(encoding="utf-8"),
                         "lxml")
    assert not soup.select("[data-search-body]"), "the records' own pages are found, each for itself"
    assert {link["href"] for link in soup.select("link[rel=alternate]")} == {
        "../../feeds/changes.atom.xml"}
    things = [json.loads(script.string) for script in soup.select('script[type="application/ld+json"]')]
    steps = [step["name"] for step in things[-1]["itemListElement"]]
    assert steps == ["Home", "What changed", f"What changed in {year}"]


def test_a_text_that_links_to_the_page_of_changes_goes_on_doing_so_when_years_stand_below_it():
    assert generated_files({"changes/", "about/", "guides/", "guides/x/"}) == {
        "changes/": "changes.md", "about/": "about.md", "guides/": "guides/index.md", "guides/x/": "guides/x.md"}
    assert generated_files({"changes/", "changes/2024/"}) == {
        "changes/": "changes.md", "changes/2024/": "changes/2024.md"}


def test_a_text_that_links_to_a_measure_goes_on_doing_so_when_a_page_of_all_areas_stands_below_it():
    assert generated_files({"measures/", "measures/plans/", "measures/plans/areas/"}) == {
        "measures/": "measures/index.md", "measures/plans/": "measures/plans.md",
        "measures/plans/areas/": "measures/plans/areas.md"}


def test_of_many_decisions_the_newest_years_are_open_and_the_others_folded(tmp_path):
    area = shutil.copytree(ROOT / "tests/areas/small", tmp_path / "area")
    held = (area / "data/meetings/2024-01-31.yml").read_text(encoding="utf-8")
    held = held.replace("post: 2024-02-02-first-meeting\n", "")
    for number in range(34):
        on = f"202{1 + number // 10}-06-{1 + number % 10:02}"
        (area / f"data/meetings/{on}.yml").write_text(held.replace("2024-01-31", on), encoding="utf-8")
        (area / f"data/decisions/d-1{number:02}-agreed.yml").write_text(
            f"id: D-1{number:02}\nmeeting: {on}\ntext: The board looks at letters.\nkind: noted\n", encoding="utf-8")
    soup = page(Pages(area, TODAY), "decisions")
    folded = {part.summary.get_text(strip=True): len(part.select("[id^=meeting-]")) for part in soup.select("details")}
    assert folded["2021"] == 10 and "2022" not in folded and "2024" not in folded
    assert len(soup.select("#content [id^=meeting-]")) == 35
