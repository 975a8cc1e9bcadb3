"""What changed between meetings, what did not, and where readers are told: page, briefing, newsletter, drawing."""

from __future__ import annotations

import re
from datetime import date
from unicodedata import normalize

import pypdf
import pytest
from bs4 import BeautifulSoup

from macros.__main__ import main
from macros.charts.dates_line import dates_line
from macros.checks import check
from macros.records import Decision, Measure
from macros.records.partial_date import day_in_words
from macros.register.changes import changes
from macros.register.intervals import interval, meeting_intervals, years
from tests.conftest import AREAS, DAYS, ROOT, checked
from tests.records import action, day, meeting, register, update

JANUARY, FEBRUARY, MARCH = meeting("2024-01-31"), meeting("2024-02-29"), meeting("2024-03-27")


def kinds(found) -> list[str]:
    return [change.kind for change in found]


def promised(on: str = "2024-01-31", *updates, **more):
    return action("A-001", *updates, said_at={"meeting": on}, **more)


def history(*updates, today: str = "2024-12-31", **more):
    found = register(promised("2024-01-31", *updates, **more), today=day(today),
                     meetings=(JANUARY, FEBRUARY, MARCH))
    return found, changes(found)


def test_a_promise_is_a_change_on_the_day_of_its_meeting():
    _, found = history()
    assert [(change.kind, str(change.date)) for change in found] == [("promised", "31 January 2024")]


@pytest.mark.parametrize("said, kind", [
    ({"status": "in_progress"}, "status"), ({"status": "complete"}, "complete"), ({"status": "stopped"}, "stopped"),
    ({"due": "2025-09-30"}, "moved"), ({"owner": "council"}, "owner"), ({"note": "We met."}, "news"),
    ({"correction": {"field": "detail", "was": "a", "now": "b", "reason": "A slip."}}, "corrected"),
])
def test_each_update_is_told_as_what_it_is(said, kind):
    _, found = history(update("2024-02-10", **said), due="2024-12-31")
    assert kinds(found)[1:] == [kind]


def test_a_first_date_is_given_and_not_moved():
    _, found = history(update("2024-02-10", due="2025-01-31"))
    assert kinds(found) == ["promised", "dated"]


def test_one_update_can_be_two_changes_with_keys_of_their_own():
    _, found = history(update("2024-02-10", status="at_risk", due="2025-09-30"), due="2025-06-30")
    assert {change.key for change in found} == {
        "actions/a-001/promised", "actions/a-001/update-1-status", "actions/a-001/update-1-moved"}


def test_an_action_becomes_late_on_the_day_after_its_date():
    _, found = history(due="2024-06")
    late = found[-1]
    assert (late.kind, str(late.date), late.key) == ("date_passed", "1 July 2024", "actions/a-001/date-passed-2024-06")


@pytest.mark.parametrize("updates", [
    (update("2024-06-30", status="complete"),),
    (update("2024-06-30", status="stopped"),),
    (update("2024-06-30", due="2025-06-30"),),
    (update("2024-06-30", due="soon"),),
])
def test_what_ends_or_moves_in_time_never_becomes_late(updates):
    _, found = history(*updates, due="2024-06-30")
    assert "date_passed" not in kinds(found)


def test_an_action_that_was_late_stays_told_after_its_date_has_moved_and_can_be_late_again():
    _, found = history(update("2024-07-10", due="2024-09-30"), due="2024-06-30")
    assert [str(change.date) for change in found if change.kind == "date_passed"] == ["1 July 2024", "1 October 2024"]


def test_a_date_that_had_passed_when_it_was_given_is_late_from_then_on():
    _, found = history(update("2024-07-10", due="2024-06-30"))
    assert [str(change.date) for change in found if change.kind == "date_passed"] == ["10 July 2024"]
    assert [str(change.happened) for change in found if change.kind == "date_passed"] == ["1 July 2024"]


def test_spans_run_from_meeting_to_meeting_newest_first_and_end_today():
    found, _ = history()
    assert [(part.first, part.last) for part in meeting_intervals(found)] == [
        (date(2024, 3, 27), date(2024, 12, 31)), (date(2024, 2, 29), date(2024, 3, 27)),
        (date(2024, 1, 31), date(2024, 2, 29)), (None, date(2024, 1, 31))]


def test_on_the_day_of_a_meeting_no_empty_span_follows_it():
    found, _ = history(today="2024-03-27")
    assert meeting_intervals(found)[0].until == MARCH


def test_a_planned_or_cancelled_meeting_bounds_nothing():
    found = register(promised(), today=day("2024-12-31"),
                     meetings=(JANUARY, meeting("2024-02-29", "cancelled"), meeting("2024-03-27", "planned")))
    assert [part.since for part in meeting_intervals(found)] == [JANUARY, None]


def test_each_change_is_in_exactly_one_span():
    for name, area in AREAS.items():
        found, _ = check(area, DAYS[name])
        keys = [change.key for part in meeting_intervals(found) for change in part.changes]
        assert sorted(keys) == sorted(change.key for change in changes(found))
        assert len(keys) == len(set(keys))


def test_what_was_decided_and_promised_at_a_meeting_is_in_the_span_that_it_ends():
    decision = Decision.model_validate({"id": "D-001", "meeting": "2024-02-29", "text": "Do it.", "kind": "agreed"})
    found = register(promised("2024-02-29"), today=day("2024-12-31"), meetings=(JANUARY, FEBRUARY, MARCH),
                     decisions=(decision,))
    assert kinds(meeting_intervals(found)[2].changes) == ["decided", "promised"]
    assert meeting_intervals(found)[1].changes == ()


def test_an_open_action_without_news_is_told_to_stand_still():
    found, _ = history(update("2024-02-10", note="We met."))
    newest, to_march, to_february, first = meeting_intervals(found)
    assert [[progress.action.id for progress in part.stale] for part in (newest, to_march, to_february, first)] \
        == [["A-001"], ["A-001"], [], []]


def test_what_ended_does_not_stand_still_but_did_before():
    found, _ = history(update("2024-03-10", status="complete"))
    assert [len(part.stale) for part in meeting_intervals(found)] == [0, 0, 1, 0]


def test_an_action_promised_in_the_span_does_not_stand_still_in_it():
    found = register(promised("2024-02-29"), today=day("2024-12-31"), meetings=(JANUARY, FEBRUARY, MARCH))
    assert [len(part.stale) for part in meeting_intervals(found)] == [1, 1, 0, 0]


def test_a_figure_is_new_when_its_source_was_published():
    measure = Measure.model_validate({
        "id": "plans", "title": "Plans", "question": "How many?", "unit": "plans", "better": "higher", "target": None,
        "observations": ({"period": "2023-12", "value": 4, "source": {"title": "News", "published": "2024-02-15"}},
                         {"period": "2024-01", "value": 5})})
    found = register(today=day("2024-12-31"), meetings=(JANUARY, FEBRUARY), measures=(measure,))
    figures = [[change.observation.value for change in part.of("figure")] for part in meeting_intervals(found)]
    assert figures == [[], [4], [5]]


def test_what_changed_since_a_day_leaves_that_day_out():
    found, _ = history(update("2024-02-10", note="We met."))
    assert kinds(interval(found, day("2024-02-09")).changes) == ["news"]
    assert interval(found, day("2024-02-10")).changes == ()
    assert interval(found, day("2024-01-31"), day("2024-02-09")).changes == ()


# The pages


def text(folder, address: str) -> str:
    soup = BeautifulSoup((folder / address / "index.html").read_text(encoding="utf-8"), "lxml")
    return re.sub(r"\s+", " ", soup.select_one("#content").get_text(" "))


def test_the_page_of_changes_says_each_thing_once_and_what_a_figure_counts(sites):
    """Where the board runs the site, an action is late on the day after its date: two lists would say the same."""
    soup = BeautifulSoup((sites["exampleshire"] / "changes/index.html").read_text(encoding="utf-8"), "lxml")
    said = [" ".join(item.get_text(" ", strip=True).split()) for item in soup.select("#content h3 + ul > li")]
    assert any("A-026" in item and "due 23 November 2026" in item for item in said)
    assert [item for item in said if said.count(item) > 1] == []
    assert any("Wait for speech and language therapy : 21.5 weeks for October 2026" in item for item in said)


@pytest.mark.parametrize("area", list(AREAS))
def test_the_pages_of_changes_show_every_move_with_both_dates_and_its_reason(sites, area):
    found = checked(area)
    said = " ".join(text(sites[area], place) for place in ("changes", *(f"changes/{year}" for year in years(found))))
    for change in changes(found):
        if change.kind == "moved":
            assert str(change.was) in said and str(change.now) in said, change.key
            assert change.update.reason[:30] in said, change.key


@pytest.mark.parametrize("area", list(AREAS))
def test_home_tells_the_newest_changes_and_links_to_all(sites, area):
    soup = BeautifulSoup((sites[area] / "index.html").read_text(encoding="utf-8"), "lxml")
    section = soup.select_one("section[aria-labelledby=changed]")
    found = checked(area)
    newest = meeting_intervals(found)[0]
    assert section.select_one('a[href$="changes/"]')
    assert f"{len(newest.stale)} open actions without any news" in section.get_text()


@pytest.mark.parametrize("area", list(AREAS))
def test_the_briefing_prints_on_two_sheets_and_says_what_a_councillor_asks(open_page, tmp_path, area):
    page = open_page("/briefing/", area=area)
    file = tmp_path / "briefing.pdf"
    page.pdf(path=file, prefer_css_page_size=True)
    # On paper two letters may be one sign: fi.
    sheets = [normalize("NFKC", sheet.extract_text()) for sheet in pypdf.PdfReader(file).pages]
    assert len(sheets) == 2
    found = checked(area)
    for number, sheet in enumerate(sheets, 1):
        assert f"Page {number} of 2" in sheet
        assert f"{found.area.site_url}briefing/, {day_in_words(DAYS[area])}" in sheet
    assert len(sheets[1].splitlines()) > 50, "the second sheet is half empty"
    said = re.sub(r"\s+", " ", " ".join(sheets))
    for words in ("What changed since the meeting of", "Late", "Waiting for an answer", "no promise made for it",
                  "No news for 90 days or more", "Is it getting better?", "The law", "What will families see once"):
        assert words in said, words
    promised = [progress for progress in found.progress.values() if progress.action.kind == "promised"]
    assert f"{len(promised)} promises" in said and "This page keeps to promises." in said
    assert "Have your say about this page" not in said and "Skip to content" not in said


def briefing(sites, area):
    return BeautifulSoup((sites[area] / "briefing/index.html").read_text(encoding="utf-8"), "lxml")


def listed(soup, section):
    links = soup.select(f"section[aria-labelledby={section}] th a")
    return [link["href"].strip("./").split("/")[-1].strip("#") for link in links]


@pytest.mark.parametrize("area", list(AREAS))
def test_the_briefing_lists_all_that_is_late_or_has_no_answer_and_nothing_twice(sites, area):
    soup, found = briefing(sites, area), checked(area)
    promised = [progress for progress in found.progress.values() if progress.action.is_promise]
    assert set(listed(soup, "late")) == {item.action.id.lower() for item in promised if item.is_late}
    assert set(listed(soup, "passed")) == {item.action.id.lower() for item in promised if item.is_unresolved}
    findings, themes = found.finding_progress.values(), found.feedback_progress.values()
    assert set(listed(soup, "no-answer")) == {item.finding.id for item in findings if item.is_overdue} | {
        item.theme.id.lower() for item in themes if item.is_unanswered}
    assert set(listed(soup, "no-promise")) == {item.finding.id for item in findings
                                               if item.has_no_promise and not item.is_overdue}
    links = [link["href"] for link in soup.select(".b-briefing a[href]")
             if re.search(r"(actions|findings|decisions|measures)/[^/?]+/$|#f-", link["href"])]
    assert sorted(links) == sorted(set(links)) and len(links) > 30


def test_the_briefing_says_of_each_item_what_to_ask_whom_and_where(sites):
    soup = briefing(sites, "exampleshire")
    places = [" ".join(line.get_text().split()) for line in soup.select("section[aria-labelledby=places] p")]
    assert any(re.match(r"B Children's scrutiny committee, .+ Ask by 9am on", place) for place in places), places
    for section in soup.select("section:has(.b-brief--asked)"):
        assert section.p.get_text().startswith("Ask: ") and section.p.get_text().endswith("?")
        assert [cell.get_text() for cell in section.select("thead th")][1::2] == ["Whom to ask", "Where"]
    row = next(row for row in soup.select("tr") if row.a and row.a.get_text().startswith("A-005 "))
    assert [" ".join(cell.get_text().split()) for cell in row.select("td")] == [
        "Council", "July to September 2026, eight weeks ago (moved 3 times)", "B"]
    row = next(row for row in soup.select("tr") if row.a and row.a.get_text().startswith("A-026 "))
    assert "(new)" in row.get_text(), "what is late only since the last meeting is not marked"


@pytest.mark.parametrize("area", list(AREAS))
def test_the_briefing_counts_what_has_no_room_on_its_sheets(sites, area):
    soup, found = briefing(sites, area), checked(area)
    earlier = {id.upper() for section in ("late", "passed", "not-mentioned", "next") for id in listed(soup, section)}
    quiet = {item.action.id for item in found.progress.values() if item.action.is_promise and item.is_stale} - earlier
    section = soup.select_one("section[aria-labelledby=quiet]")
    shown = listed(soup, "quiet")
    assert section.h2.get_text() == f"No news for 90 days or more: {len(quiet)}"
    more = section.select_one("p.b-small")
    assert (more is not None) == (len(shown) < len(quiet))
    assert more is None or more.get_text().startswith(f"And {len(quiet) - len(shown)} more")


def test_the_briefing_is_in_the_menu(sites):
    for area in AREAS:
        entry = briefing(sites, area).select_one(".b-nav [aria-current]")
        assert entry.get_text() == "Briefing"


@pytest.mark.parametrize("area", list(AREAS))
def test_the_briefing_names_the_longest_silence_first_and_those_of_unknown_length_last(sites, area):
    soup, found = briefing(sites, area), checked(area)
    shown = [found.progress[id.upper()].days_without_news for id in listed(soup, "quiet")]
    known = [days for days in shown if days is not None]
    assert len(known) > 2 and shown == sorted(known, reverse=True) + [None] * shown.count(None)


def test_an_action_that_moved_twice_shows_its_dates_as_a_drawing_and_in_words(open_page):
    page = open_page("/actions/a-012/")
    drawing = page.get_by_role("img", name="The dates of A-012")
    assert drawing.is_visible()
    words = drawing.locator("desc").text_content()
    assert words == ("Promised, 18 March 2025; First date: 30 June 2025; Moved to: 31 December 2025; "
                     "Moved to: 31 December 2026; Today, 24 November 2026.")


def test_no_word_of_the_drawing_runs_out_of_it(open_page):
    page = open_page("/actions/a-012/")
    for width in (320, 360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        frame, *words = page.locator("svg.b-dates, svg.b-dates text").evaluate_all("""all => all.map((element) => {
            const { left, right } = element.getBoundingClientRect();
            return { left, right };
        })""")
        assert words
        assert all(frame["left"] - 1 <= box["left"] and box["right"] <= frame["right"] + 1 for box in words), width


def test_there_is_no_drawing_where_a_date_is_in_words():
    found = register(promised("2024-01-31", update("2024-02-10", due="soon"), due="2024-06"), meetings=(JANUARY,))
    assert dates_line(found.progress["A-001"]) == ()


# The newsletter


def digest(capsys, *arguments: str) -> str:
    assert main(["digest", "--area", str(AREAS["exampleshire"]), "--today", "2026-11-24", *arguments]) == 0
    return capsys.readouterr().out


def test_the_newsletter_has_a_subject_what_changed_links_and_how_to_have_a_say(capsys):
    said = digest(capsys, "--since", "2026-10-20")
    assert said.startswith("Subject: Exampleshire SEND promises: ")
    found = checked("exampleshire")
    for change in interval(found, date(2026, 10, 20)).changes:
        if change.action:
            link = f"https://exampleshire.example/actions/{change.action.id.lower()}/"
            assert (link in said) == (change.action.kind == "promised")
    assert "It keeps to promises: plans and aims are on the site." in said
    assert "hello@forum.exampleshire.example" in said
    assert "site:/" not in said and "{{" not in said


def test_the_newsletter_for_mail_asks_nothing_of_other_hosts_and_styles_in_the_tags(capsys):
    soup = BeautifulSoup(digest(capsys, "--since", "2026-10-20", "--format", "html"), "lxml")
    assert not soup.select("img, script, link, style, iframe, table, form, [src], [class]")
    assert soup.title.string and soup.html["lang"] == "en-GB"
    for link in soup.select("a"):
        assert link["href"].startswith(("https://", "mailto:")) and link["style"]


def test_the_newsletter_in_markdown_guards_what_markdown_would_take_for_more(capsys):
    said = digest(capsys, "--since", "2024-01-01", "--format", "markdown")
    assert r"\<together\>" in said


def test_text_from_records_is_escaped_in_the_newsletter_for_mail(capsys):
    said = digest(capsys, "--since", "2024-01-01", "--format", "html")
    assert "&lt;together&gt;" in said and "<together>" not in said


def test_the_newsletter_of_an_area_with_problems_prints_the_problems(tmp_path, capsys):
    assert main(["digest", "--area", str(_broken(tmp_path)), "--since", "2024-01-01"]) == 1
    assert "error[" in capsys.readouterr().out


def _broken(tmp_path):
    import shutil

    area = tmp_path / "area"
    shutil.copytree(ROOT / "tests/areas/small", area)
    file = next((area / "data/actions").glob("*.yml"))
    file.write_text(file.read_text(encoding="utf-8") + "colour: red\n", encoding="utf-8")
    return area


def test_a_day_that_is_still_to_come_is_wrong_usage(capsys):
    assert main(["digest", "--area", str(AREAS["exampleshire"]), "--today", "2026-11-24", "--since", "2026-11-24"]) == 2
    assert "is not before" in capsys.readouterr().err


# The macro


@pytest.mark.parametrize("call, message", [
    ("{{ changes() }}", '"changes" has no day'),
    ('{{ changes(since="last month") }}', '"since" of "changes" is "last month", which is not a day'),
    ('{{ changes(since="2024-01") }}', "which is not a day"),
    ('{{ changes(sinse="2024-01-31") }}', 'did you mean "since"?'),
])
def test_a_call_for_changes_that_cannot_be_read_is_a_problem_with_its_line(tmp_path, capsys, call, message):
    import shutil

    area = tmp_path / "area"
    shutil.copytree(ROOT / "tests/areas/small", area)
    page = area / "docs/about.md"
    lines = page.read_text(encoding="utf-8").count("\n") + 2
    page.write_text(page.read_text(encoding="utf-8") + f"\n{call}\n", encoding="utf-8")
    assert main(["check", "--area", str(area), "--today", "2026-11-24"]) == 1
    said = capsys.readouterr().out
    assert f"docs/about.md:{lines}: error[" in said and message in said
