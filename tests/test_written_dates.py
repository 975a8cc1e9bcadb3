"""Dates in words: what is plain is read, what is not is asked about, and none hides where it could never be late."""

from __future__ import annotations

import argparse
import shutil
from datetime import date

import pytest

from macros.checks import check
from macros.cli.writing import a_day, a_due_date, a_period
from macros.ledger import against
from macros.records.partial_date import FreeTextDue
from tests.conftest import ROOT
from tests.workflow import git

SMALL = ROOT / "tests/areas/small"
ACTION = "data/actions/a-003-answer-letters.yml"
WORDS = "due: as soon as possible (no date)"

READ = {
    "Friday 5 March 2027": "2027-03-05", "by Friday 5 March 2027": "2027-03-05", "Fri 5 Mar 2027": "2027-03-05",
    "20 November 2026": "2026-11-20", "the 20th of November 2026": "2026-11-20", "November 20, 2026": "2026-11-20",
    "no later than 31 March 2027": "2027-03-31", "not later than 31 March 2027": "2027-03-31",
    "on or before 31 March 2027": "2027-03-31", "due by 31 March 2027": "2027-03-31",
    "to be completed by 31 March 2027": "2027-03-31", "31 March 2027 at the latest": "2027-03-31",
    "September 2027": "2027-09", "Sept. 2027": "2027-09", "1st April 2027": "2027-04-01",
    "Sept 2027": "2027-09", "end March 2027": "2027-03",
    "at the end of March 2027": "2027-03", "by the end of 2026": "2026", "in 2026": "2026",
}
"""What the forms and commands understand."""

ASKED = {
    "w/c 5 April 2027": "2027-04-11", "week commencing 5 April 2027": "2027-04-11", "Mar-27": "2027-03",
    "March '27": "2027-03",
    "31 Mar '27": "2027-03-31", "by 31/3/27": "2027-03-31", "w/b 5/4/27": "2027-04-11",
    "31.03.2027": "2027-03-31", "2027.03.31": "2027-03-31", "mid-May 2027": "2027-05", "Oct/Nov 2026": "2026-11",
    "Jan 28": "2028-01", "March/April 2027": "2027", "September to December 2026": "2026-12",
    "from March 2027": "2027-03", "March 2027 (provisional)": "2027-03", "before 1 April 2027": "2027-04-01",
    "early March 2027": "2027-03", "the last week of March 2027": "2027-03", "the first Monday in May 2027": "2027-05",
    "Spring term 2027": "2027-04", "summer holidays 2027": "2027-08", "autumn 2026": "2026-11", "early 2027": "2027-03",
    "first half of 2027": "2027-06", "before Christmas 2026": "2026-12-24", "half term February 2027": "2027-02",
    "Q1 26/27": "2026-Q2", "end of Q4 2026-27": "2027-Q1", "FY 26/27": "2027-03-31", "AY26/27": "2027-08-31",
    "academic year 2026/27": "2027-08-31", "31 March": "add the year", "Friday 5th March": "add the year",
    "in six weeks": "count from the day", "within 12 months": "count from the day", "18 months": "count from the day",
    "EOY": "last day", "year end": "last day", "no date": "leave the date empty",
    "Q4 of 2026": "2027-Q1", "quarter 2 2026": "2026-Q3", "FY 2026/27": "2027-03-31",
    "the school year 2026-27": "2027-08-31", "by Easter 2027": "2027-03-28", "by Easter 2028": "2028-04-16",
    "Monday 5 March 2027": "Friday", "31 June 2027": "does not exist", "by Christmas": "last day",
    "by half-term": "last day", "in two weeks": "count from the day", "next year": "last day", "2027-q1": "2027-Q1",
    "by the summer holidays": "last day",
    "autumn term": "last day", "within 10 days": "count from the day", "by Friday": "last day", "mid-2027": "2027-06",
    "spring 2027": "2027", "every month": "last day", "TBC": "leave the date empty", "n/a": "leave the date empty",
}
"""What they ask about, with a part of the question."""

PLAIN = ("as soon as possible", "soon", "when the new school opens", "from now on", "once the new system is in use",
         "as they may need", "asap", "ongoing", "at the next meeting", "in due course")


@pytest.fixture
def due(tmp_path):
    """A function that writes a due date into a record, and returns what is said of its file long after."""
    area = shutil.copytree(SMALL, tmp_path / "area")
    text = (area / ACTION).read_text(encoding="utf-8")
    assert WORDS in text

    def problems(words: str) -> list[str]:
        (area / ACTION).write_text(text.replace(WORDS, f'due: "{words}"'), encoding="utf-8")
        register, found = check(area, date(2029, 1, 1))
        problems.register = register
        return [str(problem) for problem in found if problem.path == ACTION]
    return problems


@pytest.mark.parametrize("words, expected", READ.items())
def test_a_form_reads_dates_as_people_write_them(words, expected):
    assert a_due_date(words) == expected


@pytest.mark.parametrize("words", ASKED)
def test_a_form_asks_about_words_that_it_cannot_read_for_sure(words):
    with pytest.raises(argparse.ArgumentTypeError) as told:
        a_due_date(words)
    assert ASKED[words] in str(told.value)


@pytest.mark.parametrize("words", PLAIN)
def test_words_that_name_no_time_are_kept_and_asked_about(words, due):
    assert a_due_date(words) == words
    assert [said.split()[1] for said in due(words)] == ["warning[due-without-a-date]"]
    assert due(f"{words} (no date)") == []


def test_no_date_hides_in_the_words_of_a_record(due):
    passed = [words for words in (*READ, *ASKED) if not any(": error[" in said for said in due(words))]
    assert passed == []


@pytest.mark.parametrize("words, hint", [("1st April 2027", "write 2027-04-01"), ("September 2027", "write 2027-09"),
                                         ("31/3/2027", "write 2027-03-31 if"), ("by Easter 2027", "2027-03-28"),
                                         ("Monday 5 March 2027", "5 March 2027 is a Friday")])
def test_the_check_says_how_to_write_the_date(words, hint, due):
    assert hint in due(words)[0]


def test_a_writer_can_say_that_words_can_never_be_late(due):
    assert a_due_date("every quarter (no date)") == "every quarter (no date)"
    assert due("every quarter (no date)") == []
    assert due.register.actions["A-003"].due == FreeTextDue("every quarter")
    assert due("20 November 2026 (no date)") and due("by the end of 2026 (no date)"), "a date is a date"
    with pytest.raises(argparse.ArgumentTypeError):
        a_due_date("20 November 2026 (no date)")


def test_to_say_so_changes_nothing_that_was_published(tmp_path):
    area = shutil.copytree(SMALL, tmp_path / "area")
    file = area / ACTION
    file.write_text(file.read_text(encoding="utf-8").replace(WORDS, "due: every quarter"), encoding="utf-8")
    git(area, "init", "--quiet")
    git(area, "add", "--all")
    git(area, "commit", "--quiet", "--message", "Published")
    file.write_text(file.read_text(encoding="utf-8").replace("every quarter", "every quarter (no date)"),
                    encoding="utf-8")
    register, problems = check(area, date(2026, 11, 24))
    assert [problem for problem in problems if problem.level == "error"] == []
    assert against(register, "HEAD")[0] == []


@pytest.mark.parametrize("text, day", [("2026-11-20", "2026-11-20"), ("20 November 2026", "2026-11-20"),
                                       ("Friday, 20 November 2026", "2026-11-20")])
def test_a_day_is_read_in_words(text, day):
    assert a_day(text) == day


@pytest.mark.parametrize("text", ["20 November", "Monday 20 November 2026", "November 2026", "20/11/2026"])
def test_a_day_that_is_not_plain_is_asked_about(text):
    with pytest.raises(argparse.ArgumentTypeError, match="write"):
        a_day(text)


@pytest.mark.parametrize("text", ["20/11/2026", "20.11.26", "2026/11/20"])
def test_a_day_in_numbers_is_asked_about_with_the_day_that_is_meant(text):
    with pytest.raises(argparse.ArgumentTypeError, match="write 2026-11-20 if 20 November 2026 is meant"):
        a_day(text)


@pytest.mark.parametrize("text, period", [("October 2026", "2026-10"), ("31 October 2026", "2026-10-31"),
                                          ("2026-Q3", "2026-Q3"), ("2026", "2026")])
def test_a_period_is_read_in_words(text, period):
    assert a_period(text) == period
