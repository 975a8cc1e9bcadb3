"""What the site computes from the records, at its edges: nothing else would show that it is wrong."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from macros.records import Decision
from macros.records.partial_date import FreeTextDue, PartialDate, parse_due
from macros.register import Progress, load
from tests.conftest import ROOT
from tests.records import EVIDENCE, TODAY, action, day, meeting, register, update

SMALL = ROOT / "tests/areas/small"


def progress_on(today: str | date, *updates: dict[str, object], due: object = None, promised: str | None = "2024-01-31",
                owner: str | None = None) -> Progress:
    """The progress of an action on a day."""
    return Progress(action("A-001", *updates, due=due, owner=owner), PartialDate.parse(promised) if promised else None,
                    today if isinstance(today, date) else day(today))


# Late


@pytest.mark.parametrize("due, last_day", [
    ("2024-06-30", "2024-06-30"),
    ("2024-06", "2024-06-30"),
    ("2024-12", "2024-12-31"),
    ("2024-02", "2024-02-29"),
    ("2023-02", "2023-02-28"),
    ("2100-02", "2100-02-28"),
    ("2000-02", "2000-02-29"),
    ("2024-02-29", "2024-02-29"),
    ("2024-Q1", "2024-03-31"),
    ("2024-Q2", "2024-06-30"),
    ("2024-Q3", "2024-09-30"),
    ("2024-Q4", "2024-12-31"),
    ("2024", "2024-12-31"),
    (2024, "2024-12-31"),
])
def test_an_action_is_late_from_the_day_after_the_last_day_that_its_date_covers(due, last_day):
    on_the_day, after = progress_on(last_day, due=due), progress_on(day(last_day) + timedelta(days=1), due=due)
    assert (on_the_day.is_date_passed, on_the_day.days_past_due) == (False, 0)
    assert (after.is_date_passed, after.days_past_due) == (True, 1)


def test_words_are_never_late_and_the_days_since_the_promise_are_counted_instead():
    progress = progress_on("2034-01-31", due="as soon as possible", promised="2024-01-31")
    assert progress.due == FreeTextDue("as soon as possible")
    assert not progress.is_date_passed
    assert not progress.is_due_soon
    assert progress.due_day is None
    assert progress.days_since_promised == 3653


def test_an_action_without_a_date_is_never_late():
    assert not progress_on("2034-01-31").is_date_passed


def test_an_action_that_is_blocked_still_says_that_its_date_has_passed():
    progress = progress_on("2024-07-01", update("2024-05-01", status="blocked"), due="2024-06")
    assert progress.status == "blocked"
    assert progress.is_date_passed
    assert progress.is_date_passed
    assert {"blocked", "date_passed", "open"} <= set(progress.states)


@pytest.mark.parametrize("status", ["complete", "stopped"])
def test_an_action_that_has_ended_is_neither_late_nor_quiet_nor_due_soon(status):
    progress = progress_on("2034-01-01", update("2024-07-01", status=status), due="2024-06")
    assert (progress.is_date_passed, progress.days_past_due, progress.is_stale) == (False, 0, False)
    assert not progress_on("2024-07-01", update("2024-07-01", status=status), due="2024-07-10").is_due_soon


def test_a_move_takes_the_lateness_away_until_the_new_date_has_passed():
    moved = update("2024-06-20", due="2024-09-30")
    assert not progress_on("2024-09-30", moved, due="2024-06").is_date_passed
    assert progress_on("2024-10-01", moved, due="2024-06").is_date_passed


# Due soon


@pytest.mark.parametrize("today, is_due_soon", [
    ("2024-05-30", False),  # 31 days before
    ("2024-05-31", True),   # 30 days before
    ("2024-06-30", True),   # on its last day
    ("2024-07-01", False),  # then it is late
])
def test_an_action_is_due_soon_in_the_thirty_days_before_its_last_day(today, is_due_soon):
    for due in ("2024-06-30", "2024-06", "2024-Q2"):
        assert progress_on(today, due=due).is_due_soon is is_due_soon


def test_the_last_day_that_a_calendar_has_is_no_trouble():
    assert not progress_on(date.max, due="2024-06").is_due_soon


# Moved


def test_two_moves_are_both_shown_and_their_days_add_up():
    progress = progress_on(TODAY, update("2024-06-20", due="2024-09-30"), update("2024-09-20", due="2024-12"),
                           due="2024-06")
    assert progress.times_moved == 2
    assert [move.days for move in progress.moves] == [92, 92]
    assert progress.days_slipped == 184
    assert (str(progress.original_due), str(progress.due)) == ("June 2024", "December 2024")
    assert [str(move.said_on) for move in progress.moves] == ["20 June 2024", "20 September 2024"]
    assert [move.reason for move in progress.moves] == ["More time is needed.", "More time is needed."]


def test_a_date_that_moves_back_and_forth_has_moved_though_nothing_has_slipped():
    progress = progress_on(TODAY, update("2024-03-01", due="2024-09"), update("2024-04-01", due="2024-06"),
                           due="2024-06")
    assert (progress.times_moved, progress.days_slipped) == (2, 0)


def test_a_date_that_moves_earlier_slips_by_less_than_nothing():
    progress = progress_on(TODAY, update("2024-03-01", due="2024-05-31"), due="2024-06-30")
    assert (progress.times_moved, progress.days_slipped) == (1, -30)


def test_a_move_from_words_to_a_date_is_a_move_by_nobody_knows_how_much():
    progress = progress_on(TODAY, update("2024-03-01", due="2024-09-30"), due="as soon as possible")
    assert progress.times_moved == 1
    assert progress.moves[0].days is None
    assert progress.days_slipped is None
    assert progress.due == PartialDate.parse("2024-09-30")


def test_a_move_from_a_date_to_words_cannot_hide_that_there_was_a_date():
    progress = progress_on(TODAY, update("2024-03-01", due="when there is money"), due="2024-06")
    assert (progress.times_moved, progress.days_slipped) == (1, None)
    assert str(progress.original_due) == "June 2024"
    assert not progress.is_date_passed


def test_a_first_date_for_a_promise_that_had_none_is_set_and_not_moved():
    progress = progress_on("2024-07-01", update("2024-03-01", due="2024-06"))
    assert (progress.times_moved, progress.days_slipped) == (0, None)
    assert progress.is_date_passed


def test_the_same_date_given_again_is_no_move():
    assert progress_on(TODAY, update("2024-03-01", due="2024-06"), due="2024-06").times_moved == 0


def test_an_action_that_never_moved_has_slipped_by_no_day():
    assert progress_on(TODAY, due="2024-06").days_slipped == 0


# Ended


@pytest.mark.parametrize("finished, on_time", [
    ("2024-06-29", True),
    ("2024-06-30", True),
    ("2024-07-01", False),
    ("2024-06", True),
    ("2024-07", False),
    ("2024-Q2", True),
    ("2024-Q3", False),
])
def test_an_action_is_completed_on_time_by_the_last_day_of_its_first_date(finished, on_time):
    """Where completion is known only to a month, it is late only if that whole month lies after the date."""
    for due in ("2024-06-30", "2024-06", "2024-Q2"):
        assert progress_on(TODAY, update(finished, status="complete"), due=due).completed_on_time is on_time


def test_a_completion_known_only_to_the_month_of_the_date_is_given_the_benefit_of_the_doubt():
    assert progress_on(TODAY, update("2024-06", status="complete"), due="2024-06-10").completed_on_time is True


def test_a_moved_date_does_not_make_a_late_completion_punctual():
    progress = progress_on(TODAY, update("2024-06-20", due="2024-12-31"), update("2024-09-01", status="complete"),
                           due="2024-06-30")
    assert progress.completed_on_time is False


@pytest.mark.parametrize("due", [None, "as soon as possible"])
def test_without_a_first_date_it_is_not_known_whether_it_was_on_time(due):
    assert progress_on(TODAY, update("2024-06-20", status="complete"), due=due).completed_on_time is None


def test_what_is_stopped_or_open_is_not_completed_at_all():
    assert progress_on(TODAY, update("2024-06-20", status="stopped"), due="2024-06").completed_on_time is None
    assert progress_on(TODAY, update("2024-06-20", status="in_progress"), due="2024-06").completed_on_time is None


def test_reporting_again_that_it_is_complete_does_not_make_it_complete_later():
    progress = progress_on(TODAY, update("2024-06-20", status="complete"), update("2024-08-01",
                           note="Families like it."),
                      update("2024-09-01", status="complete"), due="2024-06")
    assert str(progress.ended_on) == "20 June 2024"
    assert progress.completed_on_time is True


def test_an_action_reopened_after_it_was_complete_is_open_again_and_can_be_late():
    progress = progress_on("2024-09-01", update("2024-06-20", status="complete"),
                           update("2024-08-01", status="in_progress"), due="2024-06")
    assert progress.is_open
    assert progress.ended_on is None
    assert progress.completed_on_time is None
    assert progress.is_date_passed


def test_an_action_completed_a_second_time_ended_the_second_time():
    progress = progress_on(TODAY, update("2024-06-20", status="complete"), update("2024-08-01", status="in_progress"),
                           update("2024-09-01", status="complete"), due="2024-06")
    assert str(progress.ended_on) == "1 September 2024"
    assert progress.completed_on_time is False


# Quiet


@pytest.mark.parametrize("days, is_quiet", [(0, False), (89, False), (90, True), (91, True)])
def test_an_action_is_quiet_when_nothing_was_published_for_ninety_days(days, is_quiet):
    last = TODAY - timedelta(days=days)
    progress = progress_on(TODAY, update(last.isoformat(), note="Still at it."))
    assert (progress.days_without_news, progress.is_stale) == (days, is_quiet)


@pytest.mark.parametrize("days, is_quiet", [(89, False), (90, True), (91, True)])
def test_a_promise_without_any_update_is_quiet_ninety_days_after_it_was_made(days, is_quiet):
    progress = progress_on(TODAY, promised=(TODAY - timedelta(days=days)).isoformat())
    assert (progress.days_without_news, progress.is_stale) == (days, is_quiet)


def test_a_promise_without_a_known_date_or_an_update_is_quiet():
    progress = progress_on(TODAY, promised=None)
    assert (progress.days_without_news, progress.days_since_promised, progress.is_stale) == (None, None, True)


def test_silence_is_counted_from_the_end_of_a_month_that_an_update_is_dated_to():
    assert progress_on("2024-08-29", update("2024-05", note="x")).days_without_news == 90
    assert not progress_on("2024-08-28", update("2024-05", note="x")).is_stale


def test_a_month_that_is_not_over_is_no_day_of_silence():
    """Otherwise the page would show "no update for -6 days"."""
    assert progress_on("2026-11-24", update("2026-11", note="x")).days_without_news == 0
    assert progress_on("2026-11-24", promised="2026-11").days_since_promised == 0


CORRECTED = {"field": "title", "was": "See every child in 8 weeks", "now": "See every child in 18 weeks",
             "reason": "A slip in typing."}


def test_a_correction_is_no_news():
    """Otherwise corrections of its record would keep a promise without news from ever being quiet."""
    only_corrected = progress_on(TODAY, update(TODAY.isoformat(), correction=CORRECTED), promised="2024-01-31")
    assert (only_corrected.status_word, only_corrected.is_stale) == ("silent", True)
    progress = progress_on(TODAY, update("2024-05-01", note="x"), update(TODAY.isoformat(), correction=CORRECTED))
    assert (str(progress.last_update.date), progress.is_stale) == ("1 May 2024", True)
    with_note = progress_on(TODAY, update(TODAY.isoformat(), note="A first sum was made.", correction=CORRECTED))
    assert (with_note.days_without_news, with_note.is_stale) == (0, False)


# Status and owner


def test_without_an_update_there_is_no_status_and_none_is_made_up():
    progress = progress_on(TODAY)
    assert progress.status is None
    assert progress.status_word == "silent"
    assert progress.is_open
    assert set(progress.states) == {"promised", "silent", "open", "quiet", "no_test"}


def test_an_update_without_a_status_gives_none():
    progress = progress_on(TODAY, update("2026-11-01", note="We met."))
    assert progress.status is None
    assert not progress.is_stale


def test_the_status_is_the_newest_one_that_was_given():
    progress = progress_on(TODAY, update("2024-03-01", status="not_started"), update("2024-04-01", status="at_risk"),
                           update("2024-05-01", note="More staff are sought."))
    assert progress.status == "at_risk"
    assert str(progress.status_update.date) == "1 April 2024"
    assert str(progress.last_update.date) == "1 May 2024"


def test_of_two_updates_of_one_day_the_lower_one_counts():
    found = progress_on(TODAY, update("2024-03-01", status="at_risk"), update("2024-03-01", status="blocked"))
    assert found.status == "blocked"


def test_the_owner_is_the_newest_one_and_the_first_stays_in_the_record():
    progress = progress_on(TODAY, update("2024-03-01", owner="forum"), update("2024-04-01", note="x"), owner="council")
    assert (progress.owner, progress.action.owner) == ("forum", "council")


def test_without_a_source_for_an_owner_there_is_none():
    assert progress_on(TODAY).owner is None


def test_evidence_is_gathered_from_the_whole_history():
    progress = progress_on(TODAY, update("2024-03-01", note="x", evidence=EVIDENCE), update("2024-04-01",
                           status="complete"))
    assert [str(entry.date) for entry, _ in progress.evidence] == ["1 March 2024", "1 April 2024"]


# The register


def test_the_most_pressing_actions_come_first():
    """Late, then due soon, then open by date, then open without a date, then ended."""
    found = register(
        action("A-001", update("2024-06-20", status="complete"), due="2020"),
        action("A-002"),
        action("A-003", due="2027-12"),
        action("A-004", due="2027-06"),
        action("A-005", due="2026-12-01"),
        action("A-006", due="2026-10"),
        action("A-007", due="2026-09"),
        action("A-008", update("2026-01-01", due="2026-08"), due="2027-08"),
        action("A-009", due="as soon as possible"),
        action("A-010", due="2026-10-31"),
    ).actions_where()
    assert [progress.action.id for progress in found] == [
        "A-008", "A-007", "A-006", "A-010", "A-005", "A-004", "A-003", "A-002", "A-009", "A-001"]


def test_filters_ask_for_what_holds_today_and_fit_together():
    found = register(
        action("A-001", update("2024-03-01", owner="forum"), owner="council", due="2026-11-23", priorities=("P1",)),
        action("A-002", owner="council", due="2026-11-24", priorities=("P1", "P2")),
        action("A-003"),
    )

    def ids(**filters: str) -> list[str]:
        return [progress.action.id for progress in found.actions_where(**filters)]

    assert ids(owner="council") == ["A-002"]
    assert ids(owner="forum") == ["A-001"]
    assert ids(owner="not-published") == ["A-003"]
    assert ids(priority="P1") == ["A-001", "A-002"]
    assert ids(status="date_passed") == ["A-001"]
    assert ids(status="due_soon") == ["A-002"]
    assert ids(status="moved") == []
    assert ids(priority="P1", status="date_passed", owner="forum") == ["A-001"]
    assert ids(priority="P2", status="date_passed") == []


def test_an_action_belongs_to_the_meeting_of_its_decision():
    decision = Decision.model_validate({"id": "D-001", "meeting": "2024-01-31", "text": "x", "kind": "agreed",
                                        "leads_to": ("A-001",)})
    found = register(action("A-001", said_at={"decision": "D-001"}), action("A-002", said_at={"meeting": "2024-01-31"}),
                     action("A-003"), meetings=(meeting("2024-01-31"),), decisions=(decision,))
    assert [progress.action.id for progress in found.actions_where(meeting="2024-01-31")] == ["A-001", "A-002"]
    assert str(found.progress["A-001"].promised_on) == "31 January 2024"
    assert found.progress["A-003"].promised_on is None


def test_an_action_that_was_said_at_no_meeting_was_promised_when_its_source_was_published():
    source = {"title": "The plan", "url": "https://smallshire.example/plan", "published": "2024-02"}
    found = register(action(source=source))
    assert str(found.progress["A-001"].promised_on) == "February 2024"


@pytest.mark.parametrize("today, following", [
    ("2026-12-08", "2026-12-09"),
    ("2026-12-09", "2026-12-09"),
    ("2026-12-10", "2027-01-13"),
    ("2027-01-14", None),
])
def test_the_next_meeting_is_the_first_planned_one_and_today_still_counts(today, following):
    found = register(today=day(today), meetings=(meeting("2027-01-13", "planned"), meeting("2026-12-09", "planned"),
                                                 meeting("2026-11-11"), meeting("2026-12-05", "cancelled")))
    assert (found.next_meeting.id if found.next_meeting else None) == following


def test_a_cancelled_meeting_is_neither_the_next_nor_the_last():
    found = register(meetings=(meeting("2026-11-11", "cancelled"), meeting("2026-12-09", "cancelled"),
                               meeting("2026-10-07"), meeting("2026-09-09")))
    assert found.next_meeting is None
    assert found.last_meeting.id == "2026-10-07"
    assert [held.id for held in found.meetings_by_date] == ["2026-12-09", "2026-11-11", "2026-10-07", "2026-09-09"]


def test_before_the_first_meeting_there_is_no_last_one():
    assert register(meetings=(meeting("2026-12-09", "planned"),)).last_meeting is None


@pytest.fixture
def area(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALL, tmp_path / "area"))


def test_progress_is_computed_from_the_files(area):
    found, problems = load(area, TODAY)
    assert problems == []
    done, moved, silent = (found.progress[id] for id in ("A-001", "A-002", "A-003"))
    assert (done.status, str(done.ended_on), done.completed_on_time) == ("complete", "28 June 2024", True)
    assert (moved.times_moved, moved.days_slipped, moved.is_date_passed, moved.days_past_due) == (1, 92, True, 785)
    assert (silent.status, silent.owner, silent.days_since_promised, silent.is_stale) == (None, None, 1008, True)
    assert found.next_meeting.id == "2026-12-09"


def test_the_same_files_give_other_progress_on_another_day(area):
    before, _ = load(area, date(2024, 9, 30))
    after, _ = load(area, date(2024, 10, 1))
    assert not before.progress["A-002"].is_date_passed
    assert after.progress["A-002"].is_date_passed


# Dates in words


@pytest.mark.parametrize("text, words, precision", [
    ("2023-12-20", "20 December 2023", "day"),
    ("2024-01-01", "1 January 2024", "day"),
    ("2024-06", "June 2024", "month"),
    ("2024-Q1", "January to March 2024", "quarter"),
    ("2024-Q2", "April to June 2024", "quarter"),
    ("2024-Q3", "July to September 2024", "quarter"),
    ("2024-Q4", "October to December 2024", "quarter"),
    ("2025", "2025", "year"),
])
def test_a_date_is_written_out_as_precisely_as_it_was_promised(text, words, precision):
    assert str(PartialDate.parse(text)) == words
    assert PartialDate.parse(text).precision == precision
    assert PartialDate.parse(text).is_day == (precision == "day")
    assert str(parse_due(text)) == words


def test_a_date_written_with_few_digits_is_the_same_date():
    assert PartialDate.parse("2024-6-3") == PartialDate.parse("2024-06-03")
    assert PartialDate.parse("2024-6") == PartialDate.parse("2024-06")


@pytest.mark.parametrize("text, message", [
    ("2023-02-30", "is a day that does not exist"),
    ("2023-02-29", "is a day that does not exist"),
    ("2023-13", "is in a month that does not exist"),
    ("2023-00", "is in a month that does not exist"),
    ("2023-Q5", "is not a date"),
    ("1989-12-31", "is in a year that cannot be right"),
    ("2101", "is in a year that cannot be right"),
    ("20 June 2024", "is not a date"),
    ("٢٠٢٤", "is not a date"),
    ("June 2024", "is a date in words"),
    ("june 2024", "is a date in words"),
    ("Sept 2024", "is a date in words"),
    ("Q2 2024", "is not a date"),
    ("by June 2024", "is a date in words"),
    ("the end of June 2024", "is a date in words"),
    ("on 3rd of June 2024", "is a date in words"),
    ("June 3, 2024", "is a date in words"),
    ("", "is not a date"),
    ("?", "is not a date"),
    (True, "is not a date"),
    (None, "is not a date"),
    (20.24, "is not a date"),
    ((2024, 6), "is not a date"),
])
def test_what_only_looks_like_a_date_is_refused_with_what_is_wrong(text, message):
    with pytest.raises(ValueError, match=message):
        parse_due(text)


@pytest.mark.parametrize("text", ["as soon as possible", "next year", "when the new school opens",
                                  "at the meeting after June", "TBC", "summer term"])
def test_words_that_hide_no_date_are_kept_as_they_were_promised(text):
    assert parse_due(f" {text} ") == FreeTextDue(text)


def test_a_plan_is_done_after_its_date_and_is_not_late():
    done = update("2024-07-31", status="complete")
    said = [register(action("A-001", done, due="2024-05", kind=kind)).progress["A-001"].done_late_words
            for kind in ("promised", "planned")]
    assert said == ["Done, two months late", "Done, two months after its date"]
