"""The indexes of meetings and of decisions, and the page of each meeting and each decision."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from ..records import AGENDA_KINDS, DECISION_KINDS, Meeting
from ..records.partial_date import PartialDate
from ..register import Register
from .actions import plans_and_aims, promises, status_counts
from .descriptions import of_decision, of_meeting
from .generated_page import GeneratedPage

MAX_TITLE_LENGTH = 70
"""A decision longer than this is cut in the title of its page."""

MAX_DECISIONS_SHOWN = 20
"""Earlier years are folded once the page of decisions shows so many."""


def is_ahead(register: Register, meeting: Meeting) -> bool:
    """Return whether a meeting is planned for today or later; a cancelled one counts until its day has passed."""
    return meeting.state != "held" and meeting.id >= register.today.isoformat()


def index_page(register: Register) -> Iterator[GeneratedPage]:
    """Yield the page that lists every meeting, newest first."""
    yield GeneratedPage(
        address="meetings/", title="Meetings",
        description=f"When the {register.area.board.name} met, and what came of each meeting.",
        template="pages/meetings.html", record_file="data/meetings/", searched=False,
        context={
            "planned": [meeting for meeting in reversed(register.meetings_by_date) if is_ahead(register, meeting)],
            "past": [(meeting, register.decisions_where(meeting=meeting.id),
                      status_counts(register.actions_where(meeting=meeting.id)))
                     for meeting in register.meetings_by_date if not is_ahead(register, meeting)],
        })


def detail_pages(register: Register) -> Iterator[GeneratedPage]:
    """Yield one page for each meeting."""
    newest_first = register.meetings_by_date
    for number, meeting in enumerate(newest_first):
        actions = register.actions_where(meeting=meeting.id)
        yield GeneratedPage(
            address=f"meetings/{meeting.id}/", title=f"Meeting of {PartialDate.parse(meeting.id)}",
            description=of_meeting(register, meeting),
            template="pages/meeting.html", record_file=register.location_of("meetings", meeting.id)[0],
            context={
                "meeting": meeting, "decisions": register.decisions_where(meeting=meeting.id),
                "actions": promises(actions), "not_promised": plans_and_aims(actions), "counts": status_counts(actions),
                "post": register.post_of(meeting),
                "meant_for_this": register.backlinks.next_items_for.get(meeting.id, []),
                "agenda": [(kind, items) for kind in AGENDA_KINDS
                           if (items := [item for item in meeting.agenda if item.kind == kind])],
                "is_ahead": is_ahead(register, meeting),
                "before": newest_first[number + 1] if number + 1 < len(newest_first) else None,
                "after": newest_first[number - 1] if number else None,
            })


def decisions_page(register: Register) -> Iterator[GeneratedPage]:
    """Yield the page that lists every decision, newest meeting first."""
    by_meeting = [(register.meetings.get(meeting), list(found)) for meeting, found
                  in groupby(register.decisions_where(), key=lambda decision: decision.meeting)]
    kinds = {decision.kind for decision in register.decisions.values()}
    shown, years = [], []
    for year, meetings in groupby(by_meeting, key=lambda item: item[1][0].meeting[:4]):
        if years or sum(len(found) for _, found in shown) >= MAX_DECISIONS_SHOWN:
            years.append((year, list(meetings)))
        else:
            shown += meetings
    yield GeneratedPage(
        address="decisions/", title="Decisions: what was decided",
        description=f"Every decision of the {register.area.board.name} that has been published, newest first.",
        template="pages/decisions.html", record_file="data/decisions/", searched=False,
        context={
            "total": len(register.decisions), "meeting_count": len(by_meeting), "shown": shown, "years": years,
            "kinds": [kind for kind in DECISION_KINDS if kind in kinds],
            "silent_meetings": [meeting for meeting in register.meetings_by_date if meeting.state == "held"
                                and meeting.id not in register.backlinks.decisions_of_meeting],
        })


def decision_pages(register: Register) -> Iterator[GeneratedPage]:
    """Yield one page for each decision."""
    ids, links = sorted(register.decisions), register.backlinks
    for number, id in enumerate(ids):
        decision = register.decisions[id]
        actions = [register.progress[action] for action in decision.leads_to if action in register.progress]
        yield GeneratedPage(
            address=f"decisions/{id.lower()}/", title=f"{id}: {_shortened_title(decision.text)}",
            description=of_decision(decision),
            template="pages/decision.html", record_file=register.location_of("decisions", id)[0],
            context={
                "decision": decision, "meeting": register.meetings.get(decision.meeting),
                "source": register.source_of(decision),
                "actions": actions, "counts": status_counts(actions),
                "posts": links.posts_of_decision.get(id, []), "themes": links.themes_of_decision.get(id, []),
                "before": register.decisions[ids[number - 1]] if number else None,
                "after": register.decisions[ids[number + 1]] if number + 1 < len(ids) else None,
            })


def _shortened_title(text: str) -> str:
    """Return the text, cut after a whole word where it is too long for a title."""
    if len(text) <= MAX_TITLE_LENGTH:
        return text
    return text[:MAX_TITLE_LENGTH].rsplit(" ", 1)[0].rstrip(",;:") + " …"
