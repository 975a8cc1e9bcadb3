"""The pages that explain the site: how to read it, terms, checks, statements, open data, and how to follow it."""

from __future__ import annotations

from collections.abc import Iterator

from ..kinds import KINDS
from ..records import FeedbackRoute, Term
from ..records.partial_date import PartialDate
from ..register import Register
from .actions import count_by_state, promises
from .generated_page import GeneratedPage
from .page_metadata import CHANGES_FEED, POSTS_FEED, feeds_of

_FILES = [(kind.open_data.name, kind.open_data.holds, kind.open_data.is_table) for kind in KINDS if kind.open_data]
OPEN_DATA_FILES = sorted([_FILES[0], ("updates", "the history of every action", True), *_FILES[1:]],
                         key=lambda file: not file[2])
"""Each file's name, what it holds, and whether it is also a table: the tables come first."""

Lines = list[tuple[str, str]]
"""Each line with what its picture should show: (picture, sentence)."""


def how_to_read_page(register: Register) -> Iterator[GeneratedPage]:
    """Yield the page on how to read the site."""
    yield GeneratedPage(
        address="how-to-read/", title="How to read this site",
        description="What an action is, what the labels mean, and where to begin.",
        template="pages/how-to-read.html")


def easy_read_pages(register: Register) -> Iterator[GeneratedPage]:
    """Yield Easy Read drafts of three key pages: short sentences, one idea a line, room for pictures."""
    for address, title, whole, parts in (
        ("easy-read/", "What this site is about", "", _easy_home(register)),
        ("easy-read/how-to-read/", "How to read this site", "how-to-read/", _easy_how_to_read()),
        ("easy-read/feedback/", "How to have your say", "feedback/", _easy_feedback(register)),
    ):
        yield GeneratedPage(
            address=address, title=f"{title}: Easy Read draft", searched=False,
            description=f"{title}, in short sentences with room for pictures. A draft.",
            template="pages/easy-read.html", context={"title": title, "whole": whole, "parts": parts})


def _easy_home(register: Register) -> list[tuple[str, Lines]]:
    found = count_by_state(promises(register.progress.values()))
    last = register.last_meeting
    planned = register.next_meeting
    return [
        ("What this site is", [
            ("a group of people at a table", f"There is a board in {register.area.name}."),
            ("a child and a helper", "It works for children and young people who need extra help to learn."),
            ("a handshake", "The board and its partners make promises."),
            ("a list with ticks", "This site shows the promises."),
        ]),
        ("Are the promises kept?", [
            ("a stack of papers", f"There are {found['all']} promises."),
            ("a tick", f"{found['complete']} are done."),
            *([("a clock", f"{found['late']} are late.")] if found["late"] else []),
            *([("a calendar", f"For {found['date_passed']} of them, the date has passed."),
               ("a question mark", "We do not know what happened.")] if found["date_passed"] else []),
            *([("a question mark", f"For {found['silent']} of them, we found no news.")] if found["silent"] else []),
        ]),
        ("When does the board meet?", [
            ("a calendar", f"The next meeting is on {_day(planned.id)}." if planned else
             "Nobody has said when the next meeting is."),
            *([("a table with chairs", f"The last meeting that we know of was on {_day(last.id)}.")] if last else []),
        ]),
    ]


def _easy_how_to_read() -> list[tuple[str, Lines]]:
    return [
        ("Promises", [
            ("a handshake", "A promise on this site is called an action."),
            ("a number on a card", "Each action has a number, like A-001."),
            ("a person with a badge", "An owner is who must do it."),
            ("a calendar", "A due date is when it must be done."),
        ]),
        ("Labels", [
            ("a tick", "Done means it is finished."),
            ("a clock", "Late means the date has passed and it is not done."),
            ("a calendar", "Date passed means we have not found out if it was done."),
            ("a person at work", "In progress means someone is working on it."),
            ("a question mark", "No update found means that we looked for news and found none."),
        ]),
        ("Is it true?", [
            ("a magnifying glass", "Every fact has a link."),
            ("a hand on a mouse", "Open the link to see where the fact comes from."),
        ]),
    ]


def _easy_feedback(register: Register) -> list[tuple[str, Lines]]:
    routes = {route.audience: route for route in register.area.feedback}
    parts: list[tuple[str, Lines]] = []
    for audience, heading, picture in (("young_person", "Are you a child or young person?", "young people talking"),
                                       ("parent_carer", "Are you a parent or carer?", "a parent with a phone")):
        if audience in routes:
            parts.append((heading, _how_to_reach(routes[audience], picture)))
    parts.append(("Do you need help for one child?", [
        ("a closed door", "The board cannot help with one child."),
        *(("an open door", f"These people can: {link.title}.") for link in register.area.one_child.links),
    ]))
    return parts


def _how_to_reach(route: FeedbackRoute, picture: str) -> Lines:
    lines = [(picture, f"You can tell {route.who_answers} what you think.")]
    if route.email:
        lines.append(("an envelope", f"Write to {route.email}."))
    if route.instruction:
        lines += [("a signpost", f"{sentence.strip().rstrip('.')}.") for sentence in route.instruction.split(". ")]
    return lines


def _day(text: str) -> str:
    return str(PartialDate.parse(text))


def glossary_page(register: Register) -> Iterator[GeneratedPage]:
    """Yield the page that explains every term, in alphabetical order by first letter."""
    letters: dict[str, list[Term]] = {}
    for term in sorted(register.terms.values(), key=lambda term: term.term.casefold()):
        letters.setdefault(term.term[0].upper(), []).append(term)
    yield GeneratedPage(
        address="glossary/", title="Glossary: what the words mean",
        description="What the words and short forms on this site mean, in plain words.",
        template="pages/glossary.html", record_file="data/glossary.yml", context={"letters": letters})


def statement_pages(register: Register) -> Iterator[GeneratedPage]:
    """Yield the accessibility statement and the privacy notice."""
    yield GeneratedPage(
        address="accessibility/", title="Accessibility",
        description="How accessible this site is, what is not and why, how it was tested, and how to tell us.",
        template="pages/accessibility.html", record_file="data/area.yml")
    yield GeneratedPage(
        address="privacy/", title="Privacy",
        description="No cookies, no tracking, no forms: nothing is kept about you.",
        template="pages/privacy.html")


def open_data_page(register: Register) -> Iterator[GeneratedPage]:
    """Yield the page that explains the open data."""
    yield GeneratedPage(
        address="open-data/", title="Open data",
        description="All records as files for a spreadsheet or a program.",
        template="pages/open-data.html", context={"files": OPEN_DATA_FILES})


def subscribe_page(register: Register) -> Iterator[GeneratedPage]:
    """Yield the page that explains the feeds, the calendar and the newsletter."""
    feeds = [POSTS_FEED, CHANGES_FEED]
    feeds += [feed for id in register.organisations for feed in feeds_of(register, f"organisations/{id}/")]
    routes = (route for route in register.area.feedback if route.audience == "parent_carer")
    yield GeneratedPage(
        address="subscribe/", title="Follow along",
        description="How to get news of the promises, and their dates, on your phone or computer.",
        template="pages/subscribe.html", context={"feeds": feeds, "parent_route": next(routes, None)})
