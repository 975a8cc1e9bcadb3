"""Findings, from record to page: what was found, what answers it, what is late, and who says that it is better."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from icalendar import Calendar

from macros.__main__ import main
from tests.conftest import NARROW, ROOT, WIDE
from tests.pages import Pages, file, page

SMALL = ROOT / "tests/areas/small"
TODAY = "2026-11-24"
FINDING = """\
id: late-plans
title: Plans are late
text: Half of the plans are late.
kind: found
from: forum
date: 2024-02-01
responsible: [council]
"""
SOURCE = "source:\n  title: Smallshire letter\n  url: https://smallshire.example/letter\n"
VERDICT = """\
  - date: {date}
    by: {by}
    says: {says}
    source: {{title: Smallshire notes, url: "https://smallshire.example/notes"}}
"""


def words(tag: Tag | BeautifulSoup) -> str:
    return re.sub(r"\s+", " ", tag.get_text(" ")).strip()


def rows(site: Path | Pages) -> dict[str, list[str]]:
    """The cells of the table of findings by the finding's id, in the order of the page."""
    return {row.th.a["href"].rstrip("/").split("/")[-1]: [words(cell) for cell in row.find_all(["th", "td"])]
            for row in page(site, "findings").select(".b-findings tbody tr")}


@pytest.fixture
def area(tmp_path: Path) -> Path:
    """A copy of the small area, in which a finding can be written."""
    folder = Path(shutil.copytree(SMALL, tmp_path / "area"))
    (folder / "data/findings").mkdir()
    return folder


@pytest.fixture
def made(area: Path) -> Callable[..., Pages]:
    """The pages of the small area with a finding that has these lines more, on a day."""
    def made(more: str = "", *, today: str = TODAY) -> Pages:
        (area / "data/findings/late-plans.yml").write_text(FINDING + more + SOURCE, encoding="utf-8")
        return Pages(area, today)
    return made


# The table


def test_the_table_shows_the_late_then_the_unanswered_then_those_without_a_promise(sites):
    assert list(rows(sites["exampleshire"])) == [
        "letters-2024", "help-needed-2026", "travel-costs-2025", "health-waits-2024", "plans-late-2024"]


@pytest.mark.parametrize("name", ["real", "exampleshire"])
def test_each_finding_without_a_promise_comes_before_all_that_have_one(sites, name):
    has_none = ["No promise" in cells[1] for cells in rows(sites[name]).values()]
    assert has_none == sorted(has_none, reverse=True) and any(has_none) and not all(has_none)


def test_a_row_says_what_was_found_promised_and_measured_and_who_says_that_it_is_better(sites):
    found, promised, figure, better = rows(sites["exampleshire"])["plans-late-2024"]
    assert found == "Plans take too long Found by Example Inspectorate , 28 November 2024"
    assert promised.startswith("Accepted. 2 promises: ")
    assert figure.startswith("61% of new plans , October 2026 : better than in December 2024")
    assert "Better in part, seen by inspectors , 9 December 2025" in better
    assert "Better, say families (EPCF) , 20 October 2026" in better


def test_a_finding_that_nothing_answers_says_so_in_each_column(sites):
    _, promised, figure, better = rows(sites["exampleshire"])["letters-2024"]
    assert promised == "Answer late It was due on 28 February 2025 , and we know of none. No promise"
    assert (figure, better) == ("None that we know of", "Nobody that we know of")
    assert rows(sites["real"])["moving-on-2023"][1:] == [
        "No promise, no answer", "None that we know of", "Nobody that we know of"]


def test_a_refused_finding_and_one_whose_answer_is_still_due_are_told_from_a_late_one(sites):
    table = rows(sites["exampleshire"])
    assert table["travel-costs-2025"][1] == "Refused. No promise"
    assert table["help-needed-2026"][1] == "An answer is due in January 2027 . No promise"


def test_verdicts_that_contradict_each_other_are_marked_and_listed_among_the_disagreements(sites):
    assert "Accounts disagree" in rows(sites["exampleshire"])["health-waits-2024"][3]
    assert "Accounts disagree" not in rows(sites["exampleshire"])["plans-late-2024"][3]
    listed = page(sites["exampleshire"], "disagreements")
    assert "Worse, say families (EPCF)" in words(listed) and "Plans take too long" not in words(listed)


@pytest.mark.parametrize("name", ["real", "exampleshire"])
def test_home_says_how_many_findings_have_no_promise_and_leads_to_them(sites, name):
    home = page(sites[name])
    table = rows(sites[name])
    without = sum("No promise" in cells[1] for cells in table.values())
    sentence = next(part for part in home.find_all("p") if "no promise that we know of" in words(part))
    assert words(sentence).startswith(f"{without} of {len(table)} findings have no promise that we know of")
    assert sentence.a["href"].endswith("findings/")
    assert ("answer to 1 is late" in words(sentence)) == (name == "exampleshire")


def test_the_findings_are_in_the_menu_beside_the_priorities(sites):
    links = [link["href"] for link in page(sites["real"]).select(".b-footer nav a")]
    assert links.index("priorities/") - links.index("findings/") == 1


@pytest.mark.parametrize("area", ["real", "exampleshire"])
@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_the_table_needs_no_scrolling_sideways_also_on_a_phone(open_page, area, width):
    table = open_page("/findings/", area=area, width=width).locator(".b-findings")
    assert table.evaluate("element => element.scrollWidth <= element.clientWidth")


# Both ways


def test_what_answers_a_finding_leads_back_to_it(sites):
    site = sites["exampleshire"]
    for address in ("actions/a-006", "measures/plans-on-time", "organisations/exampleshire-council",
                    "organisations/example-inspectorate"):
        links = [link["href"] for link in page(site, address).select("#content a[href]")]
        assert any(link.endswith("findings/plans-late-2024/") for link in links), address


def test_a_priority_that_is_a_finding_shows_what_the_finding_says(sites):
    shown = page(sites["exampleshire"], "priorities/p2")
    said = words(shown.select_one("#content"))
    assert "Children wait less for therapy" in said
    assert "Responsible together, say the inspectors: Exampleshire ICB and Community Health" in said
    assert "Worse, say families (EPCF)" in said and "Inspection report: Exampleshire" in said
    assert any(link["href"].endswith("findings/health-waits-2024/") for link in shown.select("a[href]"))


def test_what_a_finding_and_its_priority_name_belongs_to_both(sites):
    """The promises of the priority answer the finding, and those that the finding names belong to the priority."""
    api = sites["exampleshire"] / "api/v1"
    table = {row["id"]: row for row in csv.DictReader(io.StringIO((api / "findings.csv").read_text("utf-8-sig")))}
    actions = json.loads((api / "actions.json").read_text("utf-8"))["items"]
    of_priority = {item["id"] for item in actions if "P2" in item["priorities"] and item["kind"] == "promised"}
    assert of_priority <= set(table["health-waits-2024"]["promises"].split())
    for address in ("priorities/p2", "findings/health-waits-2024"):
        listed = {item.get_text() for item in page(sites["exampleshire"], address).select("#content .b-id")}
        assert of_priority <= listed


# The clock


def test_an_answer_is_late_on_the_day_after_it_was_due(made):
    assert rows(made("answer_due: 2026-11-24\n"))["late-plans"][1].startswith("An answer is due")
    site = made("answer_due: 2026-11-24\n", today="2026-11-25")
    assert rows(site)["late-plans"][1].startswith("Answer late")
    assert "and the answer to 1 is late" in words(page(site))
    asked = words(page(site, "briefing").select_one("section[aria-labelledby=no-answer]"))
    assert re.search(r"Plans are late \S.+ answer due 24 November 2026 ?, 1 day ago", asked)
    assert "Plans are late : its answer was due on 24 November 2026" in words(page(site, "changes"))
    assert "Late: Answer to “Plans are late”" in file(site, "feeds/changes.atom.xml")


def test_a_month_is_due_on_its_last_day_and_words_are_never_late(made):
    assert "Answer late" not in rows(made("answer_due: 2026-11\n"))["late-plans"][1]
    assert "Answer late" not in rows(made("answer_due: when there is time\n"))["late-plans"][1]


def test_an_answer_ends_the_lateness_and_a_plan_or_an_aim_answers_nothing(made, area):
    answer = "answer: refused\nanswered: 2026-11-20\nanswer_source: {title: Reply, url: https://smallshire.example/r}\n"
    assert rows(made("answer_due: 2026-10-01\n" + answer))["late-plans"][1] == "Refused. No promise"
    assert rows(made("actions: [A-001]\n"))["late-plans"][1].startswith("1 promise")
    action = area / "data/actions/a-001-list-late-plans.yml"
    action.write_text(action.read_text("utf-8").replace("kind: promised", "kind: planned"), encoding="utf-8")
    assert rows(made("actions: [A-001]\n"))["late-plans"][1] == "No promise, no answer Only 1 plan."


def test_the_day_for_an_answer_is_in_the_calendar(sites):
    calendar = Calendar.from_ical((sites["exampleshire"] / "calendar.ics").read_bytes())
    days = {str(event["uid"]).split("@")[0]: event for event in calendar.walk("VEVENT")}
    assert str(days["answer-letters-2024"]["summary"]) == "Answer due: Letters are too hard to read"
    assert days["answer-letters-2024"].decoded("dtstart").isoformat() == "2025-02-28"
    assert str(days["answer-plans-late-2024"]["summary"]) == "Answered: Plans take too long"


def test_changes_tell_what_was_found_answered_and_said_of_it(made):
    site = made("answer: accepted\nanswered: 2026-11-20\n"
                "answer_source: {title: Reply, url: https://smallshire.example/r}\n"
                "verdicts:\n" + VERDICT.format(date="2026-11-21", by="forum", says="same"))
    said = words(page(site, "changes"))
    assert "Plans are late : accepted" in said and "Plans are late : no better, says Smallshire Forum" in said
    feed = file(site, "feeds/changes.atom.xml")
    for title in ("Found", "Answered", "A verdict"):
        assert f"{title}: Plans are late" in feed


def test_the_newest_verdict_of_an_organisation_counts_and_the_older_ones_stay_on_its_page(made):
    site = made("verdicts:\n" + VERDICT.format(date="2026-10-01", by="forum", says="worse")
                + VERDICT.format(date="2026-11-01", by="forum", says="better")
                + VERDICT.format(date="2026-11-02", by="council", says="better"))
    better = rows(site)["late-plans"][3]
    assert "Better, say families (Smallshire Forum)" in better and "Better, says the council" in better
    assert "Worse" not in better and "disagree" not in better
    assert "Worse, say families" in words(page(site, "findings/late-plans"))


# Checks and the ledger


def test_the_ledger_lets_an_answer_come_and_not_go(area, capsys):
    """An answer, promises and verdicts may be added; what was published of them stays."""
    def git(*arguments: str) -> None:
        subprocess.run(["git", "-c", "user.name=W", "-c", "user.email=w@smallshire.example", *arguments], cwd=area,
                       check=True, capture_output=True,
                       env=os.environ | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull})

    def objections(more: str) -> list[str]:
        file.write_text(FINDING + more + SOURCE, encoding="utf-8")
        capsys.readouterr()
        main(["check", "--area", str(area), "--against", "main", "--today", TODAY])
        return re.findall(r"data/findings/\S+ error\[history-\w+\] (.+?) of", capsys.readouterr().out)

    file = area / "data/findings/late-plans.yml"
    answer = "answer: accepted\nanswered: 2026-11-20\nanswer_source: {title: Reply, url: https://smallshire.example/r}\n"
    first, second = (VERDICT.format(date=day, by="forum", says=says)
                     for day, says in (("2026-10-01", "same"), ("2026-11-01", "better")))
    assert objections("") == []
    git("init", "-q", "-b", "main")
    git("add", "-A")
    git("commit", "-qm", "Published")
    assert objections("answer_due: 2026-12-01\nactions: [A-001]\nverdicts:\n" + first + answer) == []
    git("add", "-A")
    file.write_text(FINDING + "actions: [A-001]\nverdicts:\n" + first + answer + SOURCE, encoding="utf-8")
    git("commit", "-qam", "Answered")
    assert objections("actions: [A-001, A-003]\nverdicts:\n" + first + second + answer) == []
    assert objections("actions: [A-001]\nverdicts:\n" + first + answer.replace("accepted", "refused")) == ["the answer"]
    assert objections("actions: [A-003]\nverdicts:\n" + first + answer) == ["the actions"]
    assert objections("actions: [A-001]\nverdicts:\n" + second + answer) == ["the verdicts"]
    corrected = "corrections:\n  - {date: 2026-11-24, field: answer, was: accepted, now: refused, reason: Misread.}\n"
    assert objections("actions: [A-001]\nverdicts:\n" + first + answer.replace("accepted", "refused") + corrected) == []


def test_a_finding_is_made_by_a_command_and_passes_the_check(area, capsys):
    arguments = ["new", "finding", "--area", str(area), "--today", TODAY, "--title", "Calls are not returned", "--text",
                 "Four of ten did not call back.", "--kind", "found", "--from", "forum", "--date", "2026-11-20",
                 "--responsible", "council", "--answer-due", "2027-02-28", "--actions", "A-001", "--source",
                 "Smallshire letter", "https://smallshire.example/letter"]
    assert main(arguments) == 0
    assert (area / "data/findings/calls-are-not-returned-2026.yml").is_file()
    assert main(["check", "--area", str(area), "--today", TODAY]) == 0
    capsys.readouterr()
    assert main(arguments) == 1
    assert "there is a finding" in capsys.readouterr().out


def test_the_day_of_a_newspaper_is_not_the_day_on_which_inspectors_saw_it(sites):
    found = rows(sites["real"])
    assert found["services-meet-needs-2023"][3] == "Better, seen by inspectors , reported 1 December 2025"
    assert found["children-out-of-school-2025"][1] == "1 promise, done."


@pytest.mark.parametrize("date, counted", [("2024", False), ("2024-06", True)])
def test_a_finding_of_which_only_the_year_is_known_is_not_counted_between_two_meetings(area, date, counted):
    (area / "data/findings/late-plans.yml").write_text(FINDING.replace("2024-02-01", date) + SOURCE, encoding="utf-8")
    said = words(page(Pages(area, TODAY), "changes").main)
    assert "Plans are late . Found by Smallshire Forum" in said
    assert ("1 new finding" in said) is counted
