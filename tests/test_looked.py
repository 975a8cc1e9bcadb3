"""What the site says where it found nothing: when and where somebody looked, what needs a source, and who answers."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml

from macros.__main__ import main
from macros.records.partial_date import PartialDate
from macros.register.labels import duration_in_words
from macros.site.build import build
from tests.command import board
from tests.conftest import ROOT
from tests.pages import Pages, file, page, text_of

SMALL = ROOT / "tests/areas/small"
TODAY = "2026-11-24"
ACTION = "data/actions/a-003-answer-letters.yml"
LOOKED = """\
- date: 2026-11-20
  places: [The council's news]
- date: 2026-11-24
  places:
    - title: The council's news
      url: https://smallshire.example/news
    - The Smallshire Post
  note: We read the headlines only.
"""
EDITORIAL = """\
updates:
  - date: 2026-11-20
    note: We found a page on letters. It has no date.
    editorial: true
"""



def words(site: Path | Pages, address: str = "") -> str:
    """The words of a page, as a reader meets them."""
    return " ".join(page(site, address).get_text().split())


def small(folder: Path, *, standing: str = "independent", looked: str | None = None, more: str = "") -> Path:
    """A copy of the small area, with what is added to the action that has no owner and no update."""
    area = Path(shutil.copytree(SMALL, folder / "area"))
    settings = area / "data/area.yml"
    settings.write_text(settings.read_text("utf-8").replace("standing: adopted", f"standing: {standing}"), "utf-8")
    if looked:
        (area / "data/looked.yml").write_text(looked, encoding="utf-8")
    first = area / "data/actions/a-001-list-late-plans.yml"
    text = first.read_text("utf-8")
    if standing == "independent":
        text = text.replace("plans.\n", "plans.\n    source: {title: News, url: https://smallshire.example/news}\n", 1)
    first.write_text(text, "utf-8")
    with (area / ACTION).open("a", encoding="utf-8") as file:
        file.write(more)
    return area


# When and where somebody looked


OLD = "We last looked for news on 24 November 2026. That is"


@pytest.mark.parametrize(("days", "is_old"), [(60, False), (61, True)])
def test_a_page_says_so_when_nobody_has_looked_for_more_than_60_days(days, is_old, tmp_path):
    site = Pages(small(tmp_path, looked=LOOKED), date(2026, 11, 24) + timedelta(days=days))
    for address in ("", "actions", "actions/a-003"):
        assert (OLD in words(site, address)) == is_old, address


def test_every_page_says_so(tmp_path):
    site = tmp_path / "site"
    assert build(small(tmp_path, looked=LOOKED), site, date(2026, 11, 24) + timedelta(days=61), "mkdocs") == 0
    for html in site.rglob("*.html"):
        said = text_of(html.read_text("utf-8"))
        assert OLD in said or "embed" in html.parts, html


def test_the_site_says_when_and_where_somebody_looked(tmp_path):
    site = Pages(small(tmp_path, looked=LOOKED), TODAY)
    action = words(site, "actions/a-003")
    assert "We found no update (last looked on 24 November 2026, in 2 places)." in action
    assert "We found no source that says who owns this (last looked on 24 November 2026, in 2 places)." in action
    how = page(site, "how-to-read")
    places = how.find(id="looked").find_next("ul")
    assert [item.get_text() for item in places.find_all("li")] == ["The council's news", "The Smallshire Post"]
    assert places.find("a")["href"] == "https://smallshire.example/news"
    assert "20 November 2026" in how.find(id="looked").find_next("details").get_text()
    published = json.loads(file(site, "api/v1/looked.json"))["items"]
    assert [(item["date"], len(item["places"])) for item in published] == [("2026-11-20", 1), ("2026-11-24", 2)]


def test_nothing_is_claimed_where_no_search_is_recorded(tmp_path):
    site = Pages(small(tmp_path), "2030-01-01")
    action, how = words(site, "actions/a-003"), words(site, "how-to-read")
    assert "We found no update. We have not recorded when we last looked." in action
    assert "We have not recorded when we last looked." in how
    assert "We last looked for news" not in words(site)


def test_a_published_search_stays_and_another_may_follow(tmp_path):
    area = small(tmp_path, looked=LOOKED)
    for command in (("init", "-q", "-b", "main"), ("add", "-A"), ("commit", "-q", "-m", "Published")):
        subprocess.run(["git", "-c", "user.name=Writer", "-c", "user.email=writer@smallshire.example", *command],
                       cwd=area, check=True, env=os.environ | {"GIT_CONFIG_GLOBAL": os.devnull})
    file = area / "data/looked.yml"
    file.write_text(f"{LOOKED}- date: 2026-11-24\n  places: [The forum]\n", "utf-8")
    assert board(area, "check", "--against", "main")[0] == 0
    for changed in (LOOKED.replace("Post", "Echo"), LOOKED[LOOKED.index("- date: 2026-11-24"):]):
        file.write_text(changed, "utf-8")
        code, said = board(area, "check", "--against", "main")
        assert code == 1
        assert "history-deleted] the search for news of" in said


# Updates and their sources


def test_an_area_run_by_its_board_needs_no_source_and_says_that_the_board_states_it(tmp_path):
    area = small(tmp_path, standing="adopted")
    assert board(area, "check")[0] == 0
    site = Pages(area, TODAY)
    assert "The board states this here." in words(site, "actions/a-001")
    silent = words(site, "actions/a-003")
    assert "No update has been published." in silent
    assert "looked" not in silent
    assert "The board runs this site" in words(site, "how-to-read")


def test_the_command_asks_for_a_source(tmp_path):
    area = small(tmp_path)
    before = (area / ACTION).read_text("utf-8")
    code, said = board(area, "update", "A-003", "--note", "Half is done.")
    assert (code, (area / ACTION).read_text("utf-8")) == (1, before)
    assert "--source" in said
    for given in (["--source", "News", "https://smallshire.example/a"], ["--evidence", "News", "https://smallshire.example/a"],
                  ["--editorial"]):
        (area / ACTION).write_text(before, "utf-8")
        assert board(area, "update", "A-003", "--note", "Half is done.", *given)[0] == 0
        assert board(area, "check")[0] == 0


def test_the_form_asks_for_a_source(tmp_path):
    filled = {"Which action": "A-003", "What happened": "Half is done."}
    form = yaml.safe_load((ROOT / ".github/ISSUE_TEMPLATE/2-update-an-action.yml").read_text("utf-8"))
    labels = [part["attributes"]["label"] for part in form["body"] if part["type"] != "markdown"]
    body = "\n\n".join(f"### {label}\n\n{filled.get(label, '_No response_')}" for label in labels)
    event = tmp_path / "event.json"
    event.write_text(json.dumps({"issue": {"number": 12, "body": body, "user": {"login": "officer"}}}), "utf-8")
    form = ["form", "--event", str(event), "--out", str(tmp_path / "out"), "--today", TODAY,
            "--forms", str(ROOT / ".github/ISSUE_TEMPLATE")]
    assert main([*form, "--area", str(small(tmp_path))]) == 1
    said = (tmp_path / "out/comment.md").read_text("utf-8")
    assert "**Title of the source**: say where a reader can see it" in said
    assert "or tick the box below, if you found it yourselves" in said
    (tmp_path / "adopted").mkdir()
    assert main([*form, "--area", str(small(tmp_path / "adopted", standing="adopted"))]) == 0


def test_what_the_editors_found_is_shown_and_is_no_news(tmp_path):
    site = Pages(small(tmp_path, looked=LOOKED, more=EDITORIAL), TODAY)
    said = words(site, "actions/a-003")
    assert "Found by this site's editors" in said
    assert "We found a page on letters." in said
    assert "We found no update (last looked" in said
    computed = json.loads(file(site, "api/v1/actions/a-003.json"))["items"][0]["computed"]
    assert (computed["status_word"], computed["quiet"], computed["last_update"]) == ("silent", True, None)
    assert "We found a page on letters." not in words(site, "changes")


# Who answers


def test_a_promise_of_a_partnership_is_shared(site):
    said = words(site, "actions/a-044")
    assert "Shared: no single organisation answers for it. The members are Council, Exampleshire ICB, " in said
    partnership = words(site, "organisations/exampleshire-partnership")
    assert "Its members are Council, Exampleshire ICB, " in partnership
    assert "It is a member of the partnership." in words(site, "organisations/exampleshire-icb")
    assert "no single organisation" not in words(site, "actions/a-041")


def test_a_priority_says_who_is_responsible_and_who_says_so(site, sites):
    """Inspectors are said to name them only where the source is an inspection's."""
    said = words(site, "priorities/p1")
    assert "Responsible together, by its source: Council and Exampleshire ICB " \
           "(Improvement plan 2025 to 2027, part 1, 17 December 2024)." in said
    listed = words(site, "priorities")
    assert len(re.findall("Responsible(?: together)?, by its source: ", listed)) == 1
    assert len(re.findall("Responsible(?: together)?, say the inspectors: ", listed)) == 1
    assert words(sites["real"], "priorities").count("Responsible together, say the inspectors: ") == 5
    assert "The sources of 2 priorities name it as responsible: " in \
        words(site, "organisations/exampleshire-icb")


# Durations and counters


@pytest.mark.parametrize(("days", "said"), [
    (0, "0 days"), (1, "1 day"), (3, "3 days"), (13, "13 days"), (14, "two weeks"), (49, "seven weeks"),
    (53, "more than seven weeks"), (-49, "seven weeks"), (61, "two months"), (340, "more than eleven months"),
    (350, "nearly one year"), (365, "one year"), (848, "more than two years"), (1030, "nearly three years"),
    (6000, "more than 16 years")])
def test_a_duration_is_said_as_people_say_it(days, said):
    assert duration_in_words(days) == said


@pytest.mark.parametrize("days, since, said", [
    (331, "2025", "at least ten months"), (696, "2024", "at least one year"), (5, "2026-Q3", "at least 5 days"),
    (696, "2024-12", "nearly two years"), (696, "2024-12-31", "nearly two years")])
def test_from_a_year_or_a_quarter_only_the_shortest_time_is_known(days, since, said):
    assert duration_in_words(days, PartialDate.parse(since)) == said


def test_no_page_counts_more_than_two_weeks_in_days(sites):
    for site in sites.values():
        for html in (*site.glob("actions/**/*.html"), *site.glob("changes/**/*.html"), site / "briefing/index.html"):
            said = text_of(html.read_text("utf-8"))
            counted = re.findall(r"\b([\d,]+) days (?:ago|later|earlier|without news)", said)
            assert all(len(number) < 3 for number in counted), (html, counted)


def test_a_counter_that_is_empty_is_not_shown(tmp_path):
    site = Pages(small(tmp_path, looked=LOOKED), TODAY)
    home = page(site)
    assert "0" not in [figure.get_text() for figure in home.select(".b-figure")]
    assert not re.search(r"\b0 (are|have|has)\b", words(site, "briefing"))
    assert not re.search(r"\b0 are\b", words(site, "easy-read"))
