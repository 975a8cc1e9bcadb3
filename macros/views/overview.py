"""The home page's facts, and pages that show one list of records: timeline, glossary, "You said, we did"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ..records import Decision, Event, Meeting, Post, Term
from ..records.partial_date import PartialDate
from ..register import Register
from ..register.intervals import spans
from . import changes
from .actions import counts


@dataclass(frozen=True)
class Moment:
    """Something on the timeline: one of an event, a meeting or a post, on a date."""

    date: PartialDate
    event: Event | None = None
    meeting: Meeting | None = None
    decisions: tuple[Decision, ...] = ()
    post: Post | None = None
    stem: str | None = None


def home(register: Register) -> dict[str, Any]:
    """Return what the home page answers: what was promised, what was decided last, and when the board meets next."""
    newest = register.decisions_where()
    last_meeting = newest[0].meeting if newest else None
    return {
        "counts": counts(register),
        "decided_at": register.meetings.get(last_meeting or ""),
        "decided": register.decisions_where(meeting=last_meeting) if last_meeting else [],
        "last_meeting": register.last_meeting,
        "next_meeting": register.next_meeting,
        "newest": changes.facts(spans(register)[0]),
        "posts": register.posts_by_date[:3],
        "late": register.actions_where(status="overdue")[:3],
    }


def timeline_page(register: Register) -> Iterator[dict[str, Any]]:
    """Yield the page of events and meetings, newest first, by year."""
    moments = [Moment(event.date, event=event) for event in register.events]
    for meeting in register.meetings.values():
        post = register.post_of(meeting)
        moments.append(Moment(PartialDate.parse(meeting.id), meeting=meeting, post=post, stem=meeting.post,
                              decisions=tuple(register.decisions_where(meeting=meeting.id))))
    moments.sort(key=lambda moment: (moment.date.first_day, moment.date.last_day), reverse=True)
    years: dict[int, list[Moment]] = {}
    for moment in moments:
        years.setdefault(moment.date.first_day.year, []).append(moment)
    yield {
        "address": "timeline/", "title": "Timeline: what happened when",
        "description": "Inspections, meetings and decisions in the order in which they happened, newest first.",
        "template": "pages/timeline.html", "record_file": "data/events.yml", "facts": {"years": years},
    }


def letters(register: Register) -> dict[str, list[Term]]:
    """Return the glossary in the order of the alphabet, by first letters."""
    found: dict[str, list[Term]] = {}
    for term in sorted(register.terms.values(), key=lambda term: term.term.casefold()):
        found.setdefault(term.term[0].upper(), []).append(term)
    return found


def glossary_page(register: Register) -> Iterator[dict[str, Any]]:
    """Yield the page that explains every term."""
    yield {
        "address": "glossary/", "title": "Glossary: what the words mean",
        "description": "What the words and short forms on this site mean, in plain words.",
        "template": "pages/glossary.html", "record_file": "data/glossary.yml", "boost": 4,
        "facts": {"letters": letters(register)},
    }


def you_said_page(register: Register) -> Iterator[dict[str, Any]]:
    """Yield the page of what families said, newest first."""
    themes = sorted(register.feedback.values(), key=lambda theme: (theme.heard.date.first_day, theme.id), reverse=True)
    yield {
        "address": "you-said/", "title": "You said, we did",
        "description": "What families told the board, and what was done about it.",
        "template": "pages/you-said.html", "record_file": "data/feedback/", "facts": {"themes": themes},
    }


def moved_pages(register: Register) -> Iterator[dict[str, Any]]:
    """Yield a page for each address that was published and has moved or is gone, and for each post taken down."""
    for redirect in register.redirects.values():
        yield {
            "address": redirect.from_, "title": "This page has moved" if redirect.to else "This page is gone",
            "description": "Where to find what stood at this address.", "template": "pages/moved.html",
            "facts": {"redirect": redirect}, "searched": False, "moved_to": redirect.to,
            "record_file": "data/redirects.yml",
        }
    for stem, post in register.posts.items():
        if post.draft and post.changed:
            yield {
                "address": f"blog/{stem}/", "title": "This post has been taken down",
                "description": "What stood at this address, and why it is no longer shown.",
                "template": "pages/taken-down.html", "facts": {"post": post}, "searched": False,
                "record_file": register.where("posts", stem)[0],
            }
