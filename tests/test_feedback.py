"""What families said, from record to page: who took it up, the answer, what changed, and whether that is late."""

from __future__ import annotations

import csv
import io
import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from icalendar import Calendar

from macros.__main__ import main
from tests.command import board
from tests.conftest import AREAS, ROOT
from tests.pages import Pages, file, page

SMALL = ROOT / "tests/areas/small"
THEME = "data/feedback/f-001-letters.yml"
TODAY = "2026-11-24"
AGREED = """\
answer_within:
  days: 60
  source: {title: How the board answers, url: "https://smallshire.example/answers"}
"""
HEARD = """\
id: F-001
heard: {date: 2026-08-31, through: forum}
title: Letters are hard to read
said: We read them three times.
actions: [A-003]
source: {title: What families said, url: "https://forum.smallshire.example/said"}
"""
NOTES = 'source: {title: Notes, url: "https://smallshire.example/notes"}'


def words(tag: Tag | BeautifulSoup) -> str:
    return re.sub(r"\s+([.,:)]|$)", r"\1", re.sub(r"\s+", " ", tag.get_text(" "))).strip()


def themes(site: Path | Pages) -> dict[str, str]:
    """What the page says of each theme, by its id, in the order of the page."""
    found, id = {}, None
    for tag in page(site, "you-said").main.select("h1 ~ *"):
        if tag.name == "h2":
            id = tag.get("id", "")
            found[id] = ""
        elif id:
            found[id] += f"{words(tag)} "
    return {id: text for id, text in found.items() if id.startswith("f-")}


def update(day: str, **values: str) -> str:
    return f"  - date: {day}\n" + "".join(f"    {key}: {value}\n" for key, value in values.items()) + f"    {NOTES}\n"


@pytest.fixture
def area(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALL, tmp_path / "area"))


@pytest.fixture
def made(area: Path) -> Callable[..., Pages]:
    """The pages of the small area with a theme that has these updates, where a time for answers is agreed, on a day."""
    def made(updates: str = "", *, today: str = TODAY) -> Pages:
        (area / THEME).write_text(HEARD + (f"updates:\n{updates}" if updates else ""), encoding="utf-8")
        settings = (SMALL / "data/area.yml").read_text(encoding="utf-8")
        (area / "data/area.yml").write_text(settings + AGREED, encoding="utf-8")
        return Pages(area, today)
    return made


# The page


def test_what_has_no_answer_comes_first_and_overdue_before_what_is_not_due_yet(sites):
    assert list(themes(sites["exampleshire"])) == ["f-002", "f-007", "f-008", "f-006", "f-005", "f-004", "f-003",
                                                   "f-001"]


def test_each_theme_says_whether_its_answer_is_overdue_due_late_or_came_in_time(sites):
    found = themes(sites["exampleshire"])
    assert "Answer overdue An answer was due on 29 June 2025, more than one year ago." in found["f-002"]
    assert "Exampleshire ICB has taken it up." in found["f-002"]
    assert "No answer known An answer is due by 7 January 2027." in found["f-008"]
    assert "Answered late The answer was due on 28 February 2025, and came more than two weeks later." in found["f-001"]
    assert "Answered The answer came in time." in found["f-003"]


def test_the_history_of_a_theme_says_who_took_it_up_what_was_answered_and_what_changed(sites):
    found = themes(sites["exampleshire"])["f-005"]
    assert re.search(r"19 August 2025: Colleges Together took it up\. The answer: The board noted .* Source: Notes of "
                     r"the meeting of 19 August 2025.* 1 October 2026: What changed: The colleges found 31", found)


@pytest.mark.parametrize("name", ["real", "exampleshire"])
def test_the_page_and_home_say_how_many_themes_have_no_answer(sites, name):
    found = themes(sites[name])
    without = sum("No answer known" in text or "Answer overdue" in text for text in found.values())
    assert f"{without} of {len(found)} things that families said have no answer" in \
        words(page(sites[name], "you-said").main)
    sentence = next(part for part in page(sites[name]).find_all("p") if "that families said" in words(part))
    assert f"{without} of {len(found)} things that families said have no answer" in words(sentence)
    assert sentence.find_all("a")[-1]["href"].endswith("you-said/")
    assert ("2 answers are overdue" in words(sentence)) == (name == "exampleshire")


def test_without_an_agreed_time_nothing_is_late_and_the_page_says_how_long_families_have_waited(sites):
    found = page(sites["real"], "you-said").main
    assert "As far as we know, no time for an answer has been agreed, so none counts as late." in words(found)
    assert "Families have waited for nearly two years." in themes(sites["real"])["f-003"]
    assert "Families have waited for at least one year." in themes(sites["real"])["f-006"]
    assert not {"Answer overdue", "Answered late", "in time."} & set(re.findall(
        r"Answer overdue|Answered late|in time\.", words(found)))


def test_an_action_says_what_families_asked_about_and_an_organisation_what_it_took_up(sites):
    action = page(sites["exampleshire"], "actions/a-015").main
    fact = next(item for item in action.select(".b-facts div") if words(item).startswith("Families said"))
    assert words(fact) == "Families said Waiting for autism appointments with no help"
    assert fact.a["href"].endswith("you-said/#f-003")
    body = words(page(sites["exampleshire"], "organisations/exampleshire-icb").main)
    assert "What it took up for families Letters we cannot understand Answer overdue" in body


# The clock


def test_an_answer_is_overdue_on_the_day_after_the_last_one_and_not_before(made):
    assert "An answer is due by 30 October 2026." in themes(made(today="2026-10-30"))["f-001"]
    late = themes(made(today="2026-10-31"))["f-001"]
    assert "Answer overdue An answer was due on 30 October 2026, 1 day ago." in late


def test_that_somebody_took_it_up_is_no_answer_and_what_changed_is_one(made):
    taken_up = update("2026-09-10", taken_up_by="council")
    assert "Answer overdue" in themes(made(taken_up))["f-001"]
    changed = themes(made(taken_up + update("2026-10-30", changed="Letters are short.")))["f-001"]
    assert "Answered The answer came in time." in changed
    # Of a month the first day counts: nobody is called late who may have been in time.
    in_october = themes(made(taken_up + update("2026-10", changed="Letters are short.")))["f-001"]
    assert "Answered The answer came in time." in in_october


def test_an_answer_after_the_last_day_is_late_and_a_later_change_does_not_hide_that(made):
    found = themes(made(update("2026-11-03", answer="We write shorter letters.")
                        + update("2026-11-20", changed="Letters are short.")))["f-001"]
    assert "Answered late The answer was due on 30 October 2026, and came 4 days later." in found


def test_an_update_that_is_dated_later_than_the_day_of_the_build_is_an_error(area, capsys):
    (area / THEME).write_text(HEARD + "updates:\n" + update("2026-12-01", answer="We write."), encoding="utf-8")
    assert main(["check", "--area", str(area), "--today", TODAY]) == 1
    assert f"{THEME}:8: error[future-date] the update is dated 1 December 2026" in capsys.readouterr().out


@pytest.mark.parametrize("days, said", [
    (("2026-08-30",), "8: error[update-order] 30 August 2026 is before the day on which it was heard, 31 August 2026"),
    (("2026-10-02", "2026-10-01"), "11: error[update-order] 1 October 2026 is before the update above it, 2 October"),
], ids=["older than what was heard", "not in order"])
def test_updates_are_in_the_order_of_their_dates(area, capsys, days, said):
    updates = "".join(update(day, answer="We write.") for day in days)
    (area / THEME).write_text(f"{HEARD}updates:\n{updates}", encoding="utf-8")
    assert main(["check", "--area", str(area), "--today", TODAY]) == 1
    assert f"{THEME}:{said}" in capsys.readouterr().out


@pytest.mark.parametrize("lines, said", [
    ("  days: 0\n", '"answer_within": 0 is no number of days'), ("  days: soon\n", "should be a whole number"),
], ids=["none", "in words"])
def test_a_time_for_answers_is_a_number_of_days(area, capsys, lines, said):
    with (area / "data/area.yml").open("a", encoding="utf-8") as file:
        file.write(AGREED.replace("  days: 60\n", lines))
    assert main(["check", "--area", str(area), "--today", TODAY]) == 1
    assert said in capsys.readouterr().out


# Where it is said


def test_changes_and_feeds_say_what_was_heard_taken_up_answered_and_late(made):
    site = made(update("2026-09-10", taken_up_by="council") + update("2026-11-03", answer="We write shorter letters."))
    body = words(page(site, "changes").main)
    for said in ("Letters are hard to read. Heard through Smallshire Forum", "Smallshire Council took it up",
                 "Letters are hard to read. We write shorter letters.",
                 "Letters are hard to read: an answer was due on 30 October 2026 ( 31 October 2026)"):
        assert said in body, said
    feed = file(site, "feeds/changes.atom.xml")
    for said in ("Families said: “Letters are hard to read”", "Taken up: “Letters are hard to read”",
                 "Answered: “Letters are hard to read”", "Late: Answer to “Letters are hard to read”"):
        assert f"<title>{said}</title>" in feed
    assert "you-said/#f-001" in feed


def test_an_entry_of_a_feed_keeps_its_id_when_earlier_news_is_added(made):
    def ids(site: Pages) -> set[str]:
        found = re.findall(r"<id>([^<]*feedback/f-001[^<]*)</id>", file(site, "feeds/changes.atom.xml"))
        assert len(found) == len(set(found))
        return set(found)

    answered = update("2026-10-20", answer="We write shorter letters.")
    before = ids(made(answered))
    assert before < ids(made(update("2026-09-10", taken_up_by="council") + answered))


def test_the_briefing_lists_what_has_no_answer_with_its_day(sites):
    rows = page(sites["exampleshire"], "briefing").select("section[aria-labelledby=no-answer] tbody tr")
    said = " / ".join(re.sub(r"\s+", " ", row.get_text()).strip() for row in rows)
    assert "Letters we cannot understand Exampleshire ICB answer due 29 June 2025, more than one year ago" in said
    assert re.search("Schools do not know who to ring the board answer due 7 January 2027 [A-Z–]$", said), said


def test_the_calendar_has_the_day_by_which_an_answer_is_due(sites):
    def events(name: str) -> dict[str, tuple[str, date]]:
        calendar = Calendar.from_ical((sites[name] / "calendar.ics").read_bytes())
        return {str(event["uid"]).split("@")[0]: (str(event["summary"]), event["dtstart"].dt)
                for event in calendar.walk("VEVENT")}

    found = events("exampleshire")
    assert found["answer-f-008"] == ("Answer to families due: Schools do not know who to ring", date(2027, 1, 7))
    assert found["answer-f-001"][0] == "Families were answered: Nobody tells us anything"
    assert not [uid for uid in events("real") if uid.startswith("answer-f-")], "no time is agreed"


@pytest.mark.parametrize("format", ["text", "html", "markdown"])
def test_the_newsletter_lists_what_has_no_answer_yet(capsys, format):
    assert main(["digest", "--area", str(AREAS["exampleshire"]), "--since", "2026-10-20", "--format", format,
                 "--today", TODAY]) == 0
    said = capsys.readouterr().out
    part = said[re.search("no answer yet", said, re.I).start():]
    assert "Letters we cannot understand" in part and "an answer was due on 29 June 2025" in part
    assert "Nobody tells us anything" not in part


def test_the_table_has_what_a_program_needs_to_count_late_answers(sites):
    text = (sites["exampleshire"] / "api/v1/feedback.csv").read_text(encoding="utf-8-sig")
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(text))}
    assert (rows["F-001"]["answered"], rows["F-001"]["answer_due"], rows["F-001"]["answered_late"],
            rows["F-001"]["days_late"]) == ("2025-03-18", "2025-02-28", "true", "18")
    assert (rows["F-002"]["late"], rows["F-002"]["answered"]) == ("true", "")
    assert rows["F-005"]["action_ids"] == "A-027 A-028 A-048"


# Writing


SAID = ["new", "feedback", "--title", "No reply to emails", "--said", "Many emails get no reply.", "--date", "2026-11",
        "--through", "forum", "--source", "What families said", "https://forum.smallshire.example/november"]
MINUTES = ["--source", "Minutes", "https://smallshire.example/minutes"]


def test_what_families_said_and_the_answer_are_written_with_commands(area):
    assert board(area, *SAID)[0] == 0
    file = area / "data/feedback/f-002-no-reply-to-emails.yml"
    assert "through: forum" in file.read_text(encoding="utf-8")
    for day, option, said in (("2026-11-20", "--answer", "We answer in ten days."),
                              ("2026-11-10", "--taken-up-by", "council")):
        code, printed = board(area, "update", "F-002", "--date", day, option, said, *MINUTES)
        assert code == 0 and ("says when it happened" in printed) == (day == "2026-11-10")
    assert "  - date: 2026-11-20\n    answer: We answer" in file.read_text(encoding="utf-8")
    # What is learnt late goes to the end, with both days.
    assert file.read_text(encoding="utf-8").partition("answer: ")[2].count(
        "  - date: 2026-11-24\n    happened: 2026-11-10\n    taken_up_by: council\n") == 1
    assert board(area, "check")[0] == 0


@pytest.mark.parametrize("arguments, code, said", [
    (["update", "F-001", "--answer", "x"], 1, "readers cannot see where this comes from"),
    (["update", "F-001", *MINUTES], 1, "empty-update"),
    (["update", "F-001", "--answer", "x", "--status", "blocked", "--note", "x", *MINUTES], 2,
     "--note, --status are for actions, and F-001 is what families said"),
    (["update", "A-001", "--changed", "x"], 2, "--changed is for what families said, and A-001 is an action"),
    (["update", "F-001", "--taken-up-by", "councl", *MINUTES], 1, 'did you mean "council"?'),
], ids=["no source", "nothing new", "options of an action", "options of a theme", "no such organisation"])
def test_an_update_that_cannot_be_is_refused_and_says_why(area, arguments, code, said):
    before = (area / THEME).read_bytes()
    found = board(area, *arguments)
    assert found[0] == code and said in found[1]
    assert (area / THEME).read_bytes() == before
