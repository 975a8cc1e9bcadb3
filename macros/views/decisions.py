"""The index of decisions, and the page of each decision."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from ..records import DECISION_KINDS
from ..register import Register
from .actions import status_counts
from .generated_page import GeneratedPage

MAX_TITLE_LENGTH = 70


def index_page(register: Register) -> Iterator[GeneratedPage]:
    """Yield the page that lists every decision, newest meeting first."""
    by_meeting = [(register.meetings.get(meeting), list(found)) for meeting, found
                  in groupby(register.decisions_where(), key=lambda decision: decision.meeting)]
    kinds = {decision.kind for decision in register.decisions.values()}
    yield GeneratedPage(
        address="decisions/", title="Decisions: what was decided",
        description=f"Every decision of the {register.area.board.name} that has been published, newest first.",
        template="pages/decisions.html", record_file="data/decisions/", searched=False,
        context={
            "by_meeting": by_meeting, "kinds": [kind for kind in DECISION_KINDS if kind in kinds],
            "silent_meetings": [meeting for meeting in register.meetings_by_date if meeting.state == "held"
                                and meeting.id not in register.backlinks.decisions_of_meeting],
        })


def detail_pages(register: Register) -> Iterator[GeneratedPage]:
    """Yield one page for each decision."""
    ids, links = sorted(register.decisions), register.backlinks
    for number, id in enumerate(ids):
        decision = register.decisions[id]
        actions = [register.progress[action] for action in decision.leads_to if action in register.progress]
        yield GeneratedPage(
            address=f"decisions/{id.lower()}/", title=f"{id}: {_shortened(decision.text)}",
            description=f"A decision of {register.area.board.short_name}: what it says and what it led to.",
            template="pages/decision.html", record_file=register.location_of("decisions", id)[0],
            context={
                "decision": decision, "meeting": register.meetings.get(decision.meeting),
                "source": register.source_of(decision),
                "actions": actions, "counts": status_counts(actions),
                "posts": links.posts_of_decision.get(id, []), "themes": links.themes_of_decision.get(id, []),
                "before": register.decisions[ids[number - 1]] if number else None,
                "after": register.decisions[ids[number + 1]] if number + 1 < len(ids) else None,
            })


def _shortened(text: str) -> str:
    """Return the text, cut after a whole word where it is too long for a title."""
    if len(text) <= MAX_TITLE_LENGTH:
        return text
    return text[:MAX_TITLE_LENGTH].rsplit(" ", 1)[0].rstrip(",;:") + " …"
