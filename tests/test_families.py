"""Families' own word: how many of those who were asked feel a change, beside what others say of it."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup, Tag

from macros.__main__ import main
from tests.command import copied
from tests.conftest import NARROW, ROOT, WIDE
from tests.pages import Pages, file, page

SMALL = ROOT / "tests/areas/small"
TODAY = "2026-11-24"
FILE = "data/family-verdicts.yml"
FINDING = """\
id: late-plans
title: Plans are late
text: Half of the plans are late.
kind: found
from: council
date: 2024-02-01
source: {title: Smallshire letter, url: "https://smallshire.example/letter"}
"""


def asked(about: str = "A-001", day: str = "2024-07-01", yes: int = 14, partly: int = 6, no: int = 36,
          too_early: int = 4, by: str = "forum") -> str:
    return (f"- date: {day}\n  asked_by: {by}\n  about: {about}\n  answered: {yes + partly + no + too_early}\n"
            f"  feel: {{yes: {yes}, partly: {partly}, no: {no}, too_early: {too_early}}}\n"
            "  source: {title: Our survey, url: \"https://forum.smallshire.example/survey\"}\n")


def words(tag: Tag | BeautifulSoup | None) -> str:
    assert tag is not None
    return re.sub(r"\s+", " ", tag.get_text(" ")).replace(" ,", ",").replace(" .", ".").strip()


def tags(site: Pages, address: str) -> str:
    """The labels below the heading of an action."""
    return words(page(site, address).select_one(".b-standing-line"))


@pytest.fixture
def area(tmp_path: Path) -> Path:
    return copied(SMALL, tmp_path / "area")


@pytest.fixture
def made(area: Path) -> Callable[..., Pages]:
    """The pages of the small area with these verdicts of families."""
    def made(verdicts: str, *, finding: str = "") -> Pages:
        (area / FILE).write_text(verdicts, encoding="utf-8")
        if finding:
            (area / "data/findings").mkdir(exist_ok=True)
            (area / "data/findings/late-plans.yml").write_text(finding, encoding="utf-8")
        return Pages(area, TODAY)
    return made


# What a page shows


def test_an_action_shows_families_word_beside_the_owners_and_an_independent_one(sites):
    shown = page(sites["exampleshire"], "actions/a-024")
    said = [words(item) for item in shown.find(id="verdicts").find_next("ul").find_all("li")]
    assert said[0].startswith("Done, says the board") and said[1].startswith("Done, seen by inspectors")
    families = words(shown.find(id="families"))
    assert families.startswith("14 of the 60 families who answered feel the change. Asked by EPCF")
    assert "What families told us, autumn 2026" in families
    for count in ("Feel the change: 14", "In part: 6", "Do not feel it: 36", "Too early to know: 4"):
        assert count in families


@pytest.mark.parametrize("address, says", [
    ("findings/plans-late-2024", "31 of the 60 families who answered feel the change"),
    ("priorities/p3", "5 of the 24 families who answered feel the change")])
def test_a_finding_and_a_priority_show_it_too(sites, address, says):
    shown = page(sites["exampleshire"], address)
    assert says in words(shown.find(id="families")) and says in words(shown.select_one(".b-short"))


def test_all_verdicts_stay_on_the_page_the_newest_first(sites):
    said = words(page(sites["exampleshire"], "actions/a-012").find(id="families"))
    assert said.index("19 of the 60 families") < said.index("None of the 38 families who answered feel the change")


def test_a_corrected_count_is_shown_with_what_it_said(sites):
    said = words(page(sites["exampleshire"], "actions/a-046").find(id="families"))
    assert "Corrected on 6 October 2026 : the counts. They said: feel the change 29, in part 7, do not feel it 3, " \
        "too early to know 2. Why: The report counted two families in the wrong column." in said


def test_where_nobody_asked_the_page_says_since_when(made):
    site = made("[]\n", finding=FINDING)
    assert words(page(site, "actions/a-001").find(id="families")) == \
        "No survey that we know of, in nearly three years."
    assert "since it was found on 1 February 2024" in words(page(site, "findings/late-plans").find(id="families"))
    assert words(page(site, "priorities/p1").find(id="families")) == \
        "We know of no survey that asked families about this."


def test_a_page_on_which_families_have_spoken_does_not_say_that_nobody_asked(sites):
    """The forum gave its word without counts: that is families' word, too."""
    for address in ("actions/a-006", "findings/health-waits-2024", "priorities/p2", "actions/a-024"):
        assert "nobody has asked" not in words(page(sites["exampleshire"], address)).lower(), address


def test_lists_give_the_newest_verdict_in_few_words(sites):
    items = {item.select_one(".b-id").get_text(): words(item)
             for item in page(sites["exampleshire"], "actions").select(".b-item")}
    assert "Families 14 of 60 feel the change" in items["A-024"] and "Families 19 of 60" in items["A-012"]
    assert "Families" not in items["A-001"].replace("families", "")
    table = words(page(sites["exampleshire"], "findings").select_one(".b-findings"))
    assert "31 of the 60 families who answered feel the change, 20 October 2026" in table


def test_who_asked_has_it_on_its_page(sites):
    shown = page(sites["exampleshire"], "organisations/exampleshire-advice")
    assert any(link["href"].endswith("priorities/p3/#families") for link in shown.select("a[href]"))


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_the_bar_fits_and_its_key_says_all_that_it_shows(open_page, width):
    shown = open_page("/actions/a-024/", area="exampleshire", width=width)
    assert shown.locator(".b-feel rect").count() == 4 and shown.locator(".b-feel__key li").count() == 4
    assert shown.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


# Disagreement


@pytest.mark.parametrize("verdict, disagrees", [
    (asked(yes=14, partly=6, no=36, too_early=4), True),
    (asked(yes=14, partly=10, no=22, too_early=14), False),  # more feel it, at least in part
    (asked(yes=1, partly=0, no=9, too_early=30), False),  # most find it too early
    (asked(yes=0, partly=18, no=18, too_early=0), False),
    (asked(day="2024-06-27"), False),  # on the day before it was reported done
    (asked(day="2024-06-28"), True),
    (asked(day="2024-06"), True),
    (asked("A-003"), False),  # nobody says that it is done
])
def test_families_contradict_done_if_more_of_them_do_not_feel_it_once_it_was_said(made, verdict, disagrees):
    site = made(verdict)
    about = re.search(r"about: (\S+)", verdict)[1].lower()
    assert ("Accounts disagree" in tags(site, f"actions/{about}")) == disagrees
    listed = words(page(site, "disagreements"))
    assert ("14 of the 60 families who answered feel the change. 6 feel it in part, 36 do not feel it, 4 say that it "
            "is too early to know." in listed) == (disagrees and "yes: 14" in verdict)


def test_the_newest_answer_to_each_who_asked_counts(made):
    assert "disagree" in tags(made(asked() + asked(day="2025-07-01", yes=36, no=14, by="council")), "actions/a-001")
    assert "disagree" not in tags(made(asked() + asked(day="2025-07-01", yes=36, no=14)), "actions/a-001")
    # Asked later, and written above.
    assert "disagree" not in tags(made(asked(day="2025-07-01", yes=36, no=14) + asked()), "actions/a-001")


@pytest.mark.parametrize("says, verdict, disagrees", [
    ("better", asked("late-plans"), True), ("better", asked("late-plans", yes=40, no=2), False),
    ("better", asked("late-plans", yes=5, partly=40, no=10), False),
    ("worse", asked("late-plans", yes=5, partly=40, no=10), True), ("same", asked("late-plans", yes=40, no=2), True),
    ("same", asked("late-plans", yes=5, no=5, partly=5, too_early=15), False)])
def test_what_families_say_of_a_finding_is_measured_against_what_others_say(made, says, verdict, disagrees):
    site = made(verdict, finding=FINDING + f"verdicts:\n  - {{date: 2024-09-01, by: council, says: {says}, source: "
                "{title: Notes, url: 'https://smallshire.example/notes'}}\n")
    for address in ("findings", "findings/late-plans"):
        assert ("Accounts disagree" in words(page(site, address).select_one("#content"))) == disagrees
    assert ("Plans are late" in words(page(site, "disagreements"))) == disagrees


def test_a_verdict_on_a_priority_that_is_a_finding_is_one_on_the_finding(made, area):
    priorities = area / "data/priorities.yml"
    priorities.write_text("- id: P1\n  title: Plans on time\n  finding: late-plans\n", encoding="utf-8")
    site = made(asked("P1") + asked("late-plans", day="2024-09-01", yes=30, no=20), finding=FINDING)
    for address in ("priorities/p1", "findings/late-plans"):
        said = words(page(site, address).find(id="families"))
        assert said.index("30 of the 60") < said.index("14 of the 60")


# Changes, feeds and open data


def test_changes_and_feeds_tell_what_families_said(made):
    site = made(asked(day="2026-11-20") + asked("late-plans", "2026-11-21") + asked("P1", "2026-11-22"),
                finding=FINDING)
    said = words(page(site, "changes"))
    assert "What families said when they were asked" in said
    assert "A-001: List the plans that are late. 14 of the 60 families who answered feel the change." in said
    feed = file(site, "feeds/changes.atom.xml")
    for subject in ("A-001 List the plans that are late", "Plans are late", "P1 Plans on time"):
        assert f"Families were asked: {subject}" in feed
    assert "36 do not feel it, 4 say that it is too early to know. Asked by: Smallshire Forum." in feed
    assert "Families were asked" in file(site, "feeds/actions/a-001.atom.xml")


def test_it_is_no_news_of_the_promise(made, area):
    before = words(page(made("[]\n"), "actions/a-003").select_one(".b-short"))
    after = words(page(made(asked("A-003", "2026-11-20")), "actions/a-003").select_one(".b-short"))
    assert after.replace("14 of the 60 families who answered feel the change, 20 November 2026. ", "") == before


def test_open_data_holds_each_verdict_and_an_action_the_newest_one(made):
    site = made(asked() + asked(day="2025-07-01", yes=36, no=14) + asked("P1"))
    items = json.loads(file(site, "api/v1/family-verdicts.json"))["items"]
    assert [(item["about"], item["date"], item["feel"]["yes"]) for item in items] == [
        ("A-001", "2024-07-01", 14), ("P1", "2024-07-01", 14), ("A-001", "2025-07-01", 36)]
    assert items[0]["page"].endswith("/actions/a-001/#families")
    assert items[1]["page"].endswith("/priorities/p1/#families")
    rows = list(csv.DictReader(io.StringIO(file(site, "api/v1/family-verdicts.csv"))))
    assert (rows[0]["answered"], rows[0]["no"], rows[0]["too_early"]) == ("60", "36", "4")
    actions = {item["id"]: item for item in json.loads(file(site, "api/v1/actions.json"))["items"]}
    assert actions["A-001"]["computed"]["families"] == {
        "date": "2025-07-01", "asked_by": "forum", "answered": 60, "yes": 36, "partly": 6, "no": 14, "too_early": 4,
        "url": "https://forum.smallshire.example/survey"}
    assert actions["A-003"]["computed"]["families"] is None


# Writing, checks and the ledger


def test_a_command_adds_a_verdict_below_those_that_are_there(area, capsys):
    def add(about: str, *more: str) -> int:
        return main(["new", "verdict", "--area", str(area), "--today", TODAY, "--about", about, "--asked-by", "forum",
                     "--date", "2026-11-20", "--answered", "60", "--yes", "14", "--partly", "6", "--no", "36",
                     "--too-early", "4", "--source", "Our survey", "https://forum.smallshire.example/survey", *more])

    assert add("A-001") == 0
    (area / FILE).write_text("# Kept.\n" + (area / FILE).read_text("utf-8"), encoding="utf-8")
    assert add("P1") == 0
    text = (area / FILE).read_text("utf-8")
    assert text.startswith("# Kept.\n") and [item["about"] for item in yaml.safe_load(text)] == ["A-001", "P1"]
    assert yaml.safe_load(text)[0]["feel"] == {"yes": 14, "partly": 6, "no": 36, "too_early": 4}
    assert main(["check", "--area", str(area), "--today", TODAY]) == 0
    capsys.readouterr()
    assert add("P1") == 1 and "of this day already" in capsys.readouterr().out
    assert add("A-002", "--no", "35") == 1 and "add up to 59" in capsys.readouterr().out
    assert (area / FILE).read_text("utf-8") == text
    # They were asked long ago: readers see on which day the verdict was added.
    assert add("A-002", "--date", "2026-06-01") == 0
    assert (area / FILE).read_text("utf-8").endswith("survey\n  added: 2026-11-24\n")


def test_the_first_verdict_takes_the_place_of_the_empty_list_of_a_new_area(area):
    empty = (ROOT / "macros/write/new_area" / FILE).read_text("utf-8")
    (area / FILE).write_text(empty, encoding="utf-8")
    assert main(["new", "verdict", "--area", str(area), "--today", TODAY, "--about", "A-001", "--asked-by", "forum",
                 "--date", "2026-11-20", "--answered", "10", "--yes", "4", "--partly", "3", "--no", "2", "--too-early",
                 "1", "--source", "Our survey", "https://forum.smallshire.example/survey"]) == 0
    text = (area / FILE).read_text("utf-8")
    assert text.startswith(empty.removesuffix("[]\n")) and len(yaml.safe_load(text)) == 1


def test_the_example_in_the_empty_file_of_a_new_area_can_be_read(made):
    empty = (ROOT / "macros/write/new_area" / FILE).read_text("utf-8")
    example = "".join(f"{line[2:]}\n" for line in empty.splitlines() if re.match("# (- |  )", line))
    site = made(re.sub(r"A-012.*", "A-001", example))
    assert "14 of the 60 families" in words(page(site, "actions/a-001"))


def test_the_ledger_keeps_every_verdict_and_lets_new_ones_and_corrections_in(area, capsys):
    def git(*arguments: str) -> None:
        subprocess.run(["git", "-c", "user.name=W", "-c", "user.email=w@smallshire.example", *arguments], cwd=area,
                       check=True, capture_output=True,
                       env=os.environ | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull})

    def objections(verdicts: str) -> list[str]:
        (area / FILE).write_text(verdicts, encoding="utf-8")
        capsys.readouterr()
        main(["check", "--area", str(area), "--against", "main", "--today", TODAY])
        return re.findall(r"error\[(history-\w+)\]", capsys.readouterr().out)

    first, second = asked(), asked("P1")
    (area / FILE).write_text(first + second, encoding="utf-8")
    git("init", "-q", "-b", "main")
    git("add", "-A")
    git("commit", "-qm", "Published")
    assert objections(first + second) == []
    assert objections(first + second + asked("A-002")) == ["history-backdated"]
    assert objections(first + second + asked("A-002") + "  added: 2026-11-24\n") == []
    assert objections(first) == ["history-deleted"]
    assert objections(first + second.replace("P1", "A-002")) == ["history-deleted", "history-backdated"]
    softer = first.replace("yes: 14", "yes: 24").replace("no: 36", "no: 26")
    assert objections(softer + second) == ["history-edited"]
    corrected = softer + ("  corrections:\n    - {date: 2026-11-24, field: feel, was: {yes: 14, partly: 6, no: 36, "
                          "too_early: 4}, now: {yes: 24, partly: 6, no: 26, too_early: 4}, reason: Misread.}\n")
    assert objections(corrected + second) == []


def test_a_review_names_a_new_verdict_once(area, capsys):
    def git(*arguments: str) -> None:
        subprocess.run(["git", "-c", "user.name=W", "-c", "user.email=w@smallshire.example", *arguments], cwd=area,
                       check=True, capture_output=True,
                       env=os.environ | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull})

    git("init", "-q", "-b", "main")
    git("add", "-A")
    git("commit", "-qm", "Published")
    (area / FILE).write_text(asked("P1", "2026-11-20"), encoding="utf-8")
    capsys.readouterr()
    main(["review", "--area", str(area), "--against", "main", "--today", TODAY])
    said = capsys.readouterr().out
    assert said.count("P1 Plans on time") == 1 and "14 of the 60 families who answered feel the change" in said
    assert "What families said about P1" not in said
