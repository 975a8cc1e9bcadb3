"""Where to ask next: dates with their deadlines, a question that is ready to be sent, and what came of it."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from bs4 import BeautifulSoup, Tag
from icalendar import Calendar

from macros.records.partial_date import day_in_words
from tests.command import board
from tests.conftest import ROOT
from tests.pages import Pages, page
from tests.test_form import issue

SMALL = ROOT / "tests/areas/small"
TODAY = "2026-11-24"
SOURCE = "source: {title: Dates, url: https://smallshire.example/dates}"
PROMISE = """\
id: A-101
title: Paint the hall
kind: promised
owner: {owner}
office: Director of Halls
due: {due}
source: {{title: Letter, url: https://smallshire.example/letter, published: 2024-02-01}}
"""
FORUM = f"""\
- id: scrutiny
  name: Scrutiny committee
  organisation: council
  how: Write to the clerk.
  url: https://smallshire.example/scrutiny
  email: clerk@smallshire.example
  deadline:
    text: Write by 9am, four working days before.
    working_days: 4
    time: "09:00"
  {SOURCE}
  dates:
"""


def words(tag: Tag | BeautifulSoup) -> str:
    return re.sub(r" (?=[.,:])", "", " ".join(tag.get_text(" ").split()))


def ask_next(site: Path | Pages, address: str = "actions/a-101") -> Tag | None:
    found = page(site, address).select_one("#ask-next")
    return found and found.parent


def mail(block: Tag) -> tuple[str, str, str]:
    """To whom a ready question goes, its subject and its text."""
    parts = urlsplit(block.select_one('a[href^="mailto:"]')["href"])
    fields = parse_qs(parts.query)
    return parts.path, fields["subject"][0], fields["body"][0]


def days(*texts: str) -> str:
    return "".join(f"    - date: {text}\n      {SOURCE}\n" for text in texts)


def promise(area: Path, number: int, owner: str = "council", due: str = "2026-06", more: str = "") -> None:
    text = PROMISE.format(owner=owner, due=due).replace("A-101", f"A-{number}")
    (area / f"data/actions/a-{number}-paint.yml").write_text(text + more, encoding="utf-8")


@pytest.fixture
def area(tmp_path: Path) -> Path:
    """A copy of the small area, with a promise that is late."""
    folder = Path(shutil.copytree(SMALL, tmp_path / "area"))
    promise(folder, 101)
    return folder


@pytest.fixture
def made(area: Path) -> Callable[..., Pages]:
    """The pages of the area with these forums, on a day."""
    def made(forums: str, today: str = TODAY) -> Pages:
        (area / "data/forums.yml").write_text(forums, encoding="utf-8")
        return Pages(area, today)
    return made


# When and where


LAST_DAYS = {
    "2026-12-08": "2 December 2026",
    "2027-01-05": "29 December 2026",  # a weekend and New Year's Day are between
    "2027-04-01": "24 March 2027",  # Good Friday and Easter Monday are between
    "2027-05-06": "29 April 2027",  # the early May bank holiday is between
    "2027-12-31": "23 December 2027",  # Christmas and Boxing Day are on a weekend: two days in their place are between
}
"""The last day of four working days before a meeting."""


def test_working_days_leave_out_weekends_and_the_bank_holidays_of_england(made):
    said = words(page(made(FORUM + days(*LAST_DAYS)), "ask"))
    for day, last in LAST_DAYS.items():
        assert f"{day_in_words(date.fromisoformat(day))}. Ask by 9am on {last}." in said


def test_a_late_promise_says_where_to_ask_next_and_by_when(made):
    block = ask_next(made(FORUM + days("2026-09-01", "2027-01-12", "2026-12-08")))
    assert "Scrutiny committee on 8 December 2026. Ask by 9am on 2 December 2026. Write to the clerk." in words(block)
    how = page(made(FORUM + days("2026-12-08")), "how-to-read")
    assert "shows the next public meeting at which you may ask" in words(how)


@pytest.mark.parametrize("today, shown", [("2026-12-02", "8 December 2026"), ("2026-12-03", "12 January 2027")])
def test_a_date_whose_deadline_has_passed_is_not_the_next_place_to_ask(made, today, shown):
    assert f"Scrutiny committee on {shown}." in words(ask_next(made(FORUM + days("2026-12-08", "2027-01-12"), today)))


def test_nothing_is_shown_where_no_date_to_come_is_known(made):
    site = made(FORUM + days("2026-09-01"))
    assert ask_next(site) is None
    assert "Next date We know of none: ask by email" in words(page(site, "ask"))
    assert "We know of no date at which you may ask" in words(page(site, "how-to-read"))


def test_nothing_is_shown_where_there_is_no_forum(made):
    site = made("[]\n")
    assert ask_next(site) is None
    assert "We know of no public meeting at which anybody may ask." in words(page(site, "ask"))


def test_a_cancelled_date_is_passed_over_and_stays_on_show(made):
    cancelled = days("2026-12-08") + "      cancelled: {title: Notice, url: https://smallshire.example/notice}\n"
    site = made(FORUM + cancelled + days("2027-01-12"))
    assert "on 12 January 2027." in words(ask_next(site))
    assert words(page(site, "ask").select_one("#content del")) == "8 December 2026"


def test_a_deadline_that_is_only_a_rule_in_words_is_shown_in_words(made):
    rule = FORUM.replace("    working_days: 4\n", "").replace('    time: "09:00"\n', "")
    assert "on 8 December 2026. Write by 9am, four working days before." in words(ask_next(made(rule + days(
        "2026-12-08"))))


def test_a_promise_is_asked_about_where_its_owner_answers(made, area):
    organisations = area / "data/organisations.yml"
    organisations.write_text(organisations.read_text("utf-8") + "".join(
        f"- id: {id}\n  name: {id}\n  kind: nhs\n  role: Runs clinics.\n  source: {{title: Its page, url: "
        "https://health.example/}\n" for id in ("health", "dentists")), "utf-8")
    for number, owner in enumerate(("council", "health", "dentists", "null"), 102):
        promise(area, number, owner)
    site = made(FORUM.replace("  how:", "  covers: [health]\n  how:") + days("2026-12-08"))
    assert [ask_next(site, f"actions/a-{number}") is not None for number in range(102, 106)] == [
        True, True, False, True], "where no owner is known, any forum will do"


def test_only_a_promise_that_is_late_or_quiet_says_where_to_ask(made, area):
    new = "updates:\n  - {date: 2026-11-02, note: It has begun., status: in_progress}\n"
    promise(area, 102, due="2026-06", more=new)
    promise(area, 103, due="2027-06")
    promise(area, 104, due="2027-06", more=new)
    promise(area, 105, due="2026-06", more="updates:\n  - {date: 2026-11-02, status: stopped, reason: Sold.}\n")
    promise(area, 106)
    plan = area / "data/actions/a-106-paint.yml"
    plan.write_text(plan.read_text("utf-8").replace("promised", "planned"), "utf-8")
    site = made(FORUM + days("2026-12-08"))
    shown = {number: ask_next(site, f"actions/a-{number}") is not None for number in range(102, 107)}
    assert shown == {102: True, 103: True, 104: False, 105: False, 106: False}


# The question


def test_the_mail_is_a_neutral_question_with_the_facts_of_the_record(made):
    to, subject, text = mail(ask_next(made(FORUM + days("2026-12-08"))))
    assert (to, subject) == ("clerk@smallshire.example", "Question about A-101: Paint the hall")
    for fact in ("a question at this meeting: Scrutiny committee, 8 December 2026.",
                 "A-101: Paint the hall", "(Director of Halls)", "Promised: 1 February 2024", "First date: June 2026",
                 "Status: Late", "Last news: none found", "https://smallshire.example/actions/a-101/",
                 "What has been done, what is left to do, and by when will it be finished?"):
        assert fact in text, fact


def test_the_question_about_a_lost_promise_names_the_new_plan(site):
    _, _, text = mail(ask_next(site, "actions/a-075"))
    assert "Does this promise still hold now that there is a new plan, “Transport plan 2026”" in text


def test_the_question_about_an_overdue_answer_asks_for_the_answer(site):
    said = words(ask_next(site, "findings/letters-2024"))
    assert "Health and wellbeing board on 16 December 2026." in said and "An answer was due:" in said
    assert "What is the answer to it, and what will be done by when?" in said
    others = [folder.name for folder in (site / "findings").iterdir() if folder.is_dir()]
    assert [name for name in others if ask_next(site, f"findings/{name}")] == ["letters-2024"]


def test_who_has_no_mail_program_can_read_and_copy_the_question(made):
    block = ask_next(made(FORUM + days("2026-12-08")))
    assert block.select_one("details .b-copy").get_text() == "clerk@smallshire.example"
    assert "What has been done, what is left to do" in words(block.details)


def test_a_forum_without_an_email_address_says_how_to_ask(site):
    block = ask_next(site, "actions/a-015")
    assert not block.select('a[href^="mailto:"]')
    assert block.select_one('a[href="https://icb.exampleshire.example/wellbeing-board"]')
    assert "I would like to ask a question" in words(block.details)


# The calendar and the open data


def test_the_calendar_has_the_dates_and_the_last_days_to_ask(site):
    calendar = Calendar.from_ical((site / "calendar.ics").read_bytes())
    events = {str(event["uid"]).split("@")[0]: event for event in calendar.walk("VEVENT")}
    assert events["ask-children-scrutiny-2027-01-05"].decoded("dtstart").isoformat() == "2027-01-05"
    last = events["ask-by-children-scrutiny-2027-01-05"]
    assert last.decoded("dtstart").isoformat() == "2026-12-30"
    assert last["summary"] == "Ask by 9am today: Children's scrutiny committee"
    assert events["ask-children-scrutiny-2026-12-08"]["status"] == "CANCELLED"
    assert "ask-by-health-board-2026-12-16" not in events  # its rule does not say how many days


def test_the_open_data_has_every_date_with_its_deadline(site):
    rows = {(row["forum"], row["date"]): row for row in csv.DictReader(io.StringIO(
        (site / "api/v1/forums.csv").read_text("utf-8-sig")))}
    ahead, past = rows["children-scrutiny", "2027-01-05"], rows["children-scrutiny", "2026-09-22"]
    assert (ahead["deadline"], ahead["deadline_time"]) == ("2026-12-30", "09:00")
    assert past["deadline"] == "" and rows["children-scrutiny", "2026-12-08"]["cancelled"] == "true"
    updates = csv.DictReader(io.StringIO((site / "api/v1/updates.csv").read_text("utf-8-sig")))
    asked = [row for row in updates if row["action"] == "A-005" and row["asked"]]
    assert [bool(row["answer"]) for row in asked] == [False, True]
    items = json.loads((site / "api/v1/forums.json").read_text("utf-8"))["items"]
    assert {item["id"] for item in items} == {"children-scrutiny", "health-board", "colleges-forum"}


# When somebody has asked


def test_the_history_says_where_somebody_asked_and_what_the_answer_was(site):
    history = " ".join(words(part) for part in page(site, "actions/a-005").select(".b-history"))
    assert "Asked at Children's scrutiny committee. The answer: The council hopes to fill one post" in history
    assert "Asked at Children's scrutiny committee. The answer came on 6 October 2026." in history
    assert "We know of no answer yet." in words(page(site, "actions/a-071").select_one(".b-history"))


def test_a_question_without_an_answer_is_no_news_of_the_promise(site):
    found = json.loads((site / "api/v1/actions/a-071.json").read_text("utf-8"))["items"][0]
    assert found["computed"]["quiet"] and found["computed"]["last_update"] is None
    assert found["updates"][0]["asked"] == {"forum": "children-scrutiny"}
    answered = json.loads((site / "api/v1/actions/a-005.json").read_text("utf-8"))["items"][0]
    assert answered["computed"]["last_update"] == "2026-10-06"


def test_what_was_asked_is_among_the_changes_and_in_the_feed_of_the_action(site):
    assert "Asked in public" in words(page(site, "changes").select_one("#content"))
    feed = (site / "feeds/actions/a-005.atom.xml").read_text("utf-8")
    assert "Asked in public: A-005" in feed and "The answer: The council hopes" in feed


def test_an_update_from_the_command_line_says_where_somebody_asked(area):
    (area / "data/forums.yml").write_text(FORUM + days("2026-11-10"), "utf-8")
    code, said = board(area, "update", "A-101", "--date", "2026-11-10", "--asked", "scrutiny", "--answer",
                     "It will be painted in May 2027.")
    assert code == 0, said
    kept = yaml.safe_load((area / "data/actions/a-101-paint.yml").read_text("utf-8"))["updates"][-1]
    assert kept["asked"] == {"forum": "scrutiny", "answer": "It will be painted in May 2027."}


@pytest.mark.parametrize("options, says", [
    (("--asked", "scrutinny"), 'There is no forum "scrutinny"; did you mean "scrutiny"?'),
    (("--answer", "In May."), "say where with --asked FORUM")])
def test_a_slip_in_where_somebody_asked_is_explained_and_nothing_is_written(area, options, says):
    (area / "data/forums.yml").write_text(FORUM + days("2026-11-10"), "utf-8")
    before = (area / "data/actions/a-101-paint.yml").read_text("utf-8")
    code, said = board(area, "update", "A-101", *options)
    assert code == 2 and says in said
    assert (area / "data/actions/a-101-paint.yml").read_text("utf-8") == before


@pytest.mark.parametrize("given, says", [
    ({"asked": "Scrutiny committee"}, None),
    ({"asked": "the pub"}, 'there is no forum "the pub"'),
    ({"answer": "In May 2027."}, "say where somebody asked")])
def test_the_form_takes_where_somebody_asked_by_the_name_that_readers_see(area, tmp_path, given, says):
    (area / "data/forums.yml").write_text(FORUM + days("2026-11-10"), "utf-8")
    event = tmp_path / "event.json"
    event.write_text(json.dumps(issue("update-an-action", action="A-101", note="A parent asked when.", **given)),
                     "utf-8")
    code, _ = board(area, "form", "--event", str(event), "--out", str(tmp_path / "out"), "--forms",
                  str(ROOT / ".github/ISSUE_TEMPLATE"))
    if says:
        assert code == 1 and says in (tmp_path / "out/comment.md").read_text("utf-8")
    else:
        assert code == 0
        kept = yaml.safe_load((area / "data/actions/a-101-paint.yml").read_text("utf-8"))["updates"][-1]
        assert kept["asked"] == {"forum": "scrutiny"} and kept["note"] == "A parent asked when."
