"""Where to ask: the page of all forums, and what a page of a promise or finding suggests to ask next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ..publish.api import page_url
from ..records.partial_date import day_in_words
from ..register import Progress, Register
from ..register.addresses import address
from ..register.findings import FindingProgress
from ..register.forums import Place, next_date, place_for_action, place_for_finding, places
from ..register.labels import due
from .generated_page import GeneratedPage

ABOUT = {"found": "It is about a finding", "recommended": "It is about a recommendation"}


@dataclass(frozen=True)
class Question:
    """A question that is ready to be sent: where to ask it, its subject, and its text with the record's facts."""

    place: Place
    subject: str
    text: str


def about_action(register: Register, progress: Progress) -> Question | None:
    """Return a question about a promise that is late, quiet or lost, or None where there is nothing or nowhere to ask.
    """
    place = place_for_action(register, progress)
    if place is None:
        return None
    action = progress.action
    facts = [f"Owner: {register.name_of(progress.owner) if progress.owner else 'not published'}"
             + (f" ({action.office})" if action.office else ""),
             f"Promised: {_day(progress.promised_on)}", f"First date: {due(progress.original_due)}"]
    if progress.times_moved:
        facts.append(f"Date now: {due(progress.due)}")
    facts += [f"Status: {'Late' if progress.is_late else progress.status_label}",
              f"Last news: {_day(progress.last_update.happened_on) if progress.last_update else 'none found'}"]
    return Question(place, f"Question about {action.id}: {action.title}", _text(
        register, place, f"It is about a promise, {action.id}: {action.title}", facts, address(action),
        question_on(progress)))


def question_on(progress: Progress) -> str:
    """Return what to ask about a promise, in one neutral sentence."""
    if progress.fate == "not_mentioned" and progress.replaced_by:
        return f"Does this promise still hold now that there is a new plan, “{progress.replaced_by.name}”, " \
               "and by when will it be kept?"
    if progress.is_date_passed:
        return "What has been done, what is left to do, and by when will it be finished?"
    if progress.due_day is None:
        return "What has been done so far, and by when will it be finished?"
    return f"What has been done so far, and will it be finished by {progress.due}?"


def about_finding(register: Register, progress: FindingProgress) -> Question | None:
    """Return a question about a finding whose answer is overdue, or None where there is nothing or nowhere to ask."""
    place = place_for_finding(register, progress)
    if place is None:
        return None
    finding = progress.finding
    names = ", ".join(map(register.name_of, finding.responsible))
    facts = [f"From: {register.name_of(finding.from_)}, {finding.date}", f"Responsible: {names or 'not published'}",
             f"An answer was due: {due(finding.answer_due)}", "Answer: none known"]
    return Question(place, f"Question about “{finding.title}”", _text(
        register, place, f"{ABOUT[finding.kind]}: {finding.title}", facts, address(finding),
        "What is the answer to it, and what will be done by when?"))


def _text(register: Register, place: Place, about: str, facts: list[str], page: str, question: str) -> str:
    return "\n".join((
        f"I would like to ask a question at this meeting: {place.forum.name}, {day_in_words(place.day)}.", "",
        about, *facts, f"The record and its sources: {page_url(register, page)}", "", "My question:", question, "",
        "My name:", ""))


def _day(period: object) -> str:
    return str(period) if period else "day not published"


def ask_page(register: Register) -> Iterator[GeneratedPage]:
    """Yield the page that lists where the public may ask, the next date first."""
    found = [(forum, next_date(forum, register.today), places(forum)) for forum in register.forums.values()]
    found.sort(key=lambda item: item[1].day if item[1] else date.max)
    yield GeneratedPage(
        address="ask/", title="Where to ask a question in public",
        description="The public meetings at which anybody may ask, how to ask there, and by when.",
        template="pages/ask.html", record_file="data/forums.yml", context={"rows": [
            (forum, coming, [place for place in known if place.day >= register.today and place != coming],
             [place for place in known if place.day < register.today])
            for forum, coming, known in found]})
