"""The list of decisions, and a decision's own page."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from ..records import DECISION_KINDS
from ..register import Register
from .keeping import keeping


def list_page(register: Register) -> Iterator[dict[str, Any]]:
    """Yield the page that lists every decision, newest meeting first."""
    by_meeting = [(register.meetings.get(meeting), list(found)) for meeting, found
                  in groupby(register.decisions_where(), key=lambda decision: decision.meeting)]
    kinds = {decision.kind for decision in register.decisions.values()}
    yield {
        "address": "decisions/", "title": "Decisions: what was decided",
        "description": f"Every decision of the {register.area.board.name} that has been published, newest first.",
        "template": "pages/decisions.html", "record_file": "data/decisions/", "searched": False,
        "facts": {
            "by_meeting": by_meeting, "kinds": [kind for kind in DECISION_KINDS if kind in kinds],
            "silent_meetings": [meeting for meeting in register.meetings_by_date if meeting.state == "held"
                                and meeting.id not in register.backlinks.decisions_of_meeting],
        },
    }


def record_pages(register: Register) -> Iterator[dict[str, Any]]:
    """Yield one page for each decision."""
    ids, links = sorted(register.decisions), register.backlinks
    for number, id in enumerate(ids):
        decision = register.decisions[id]
        actions = [register.progress[action] for action in decision.leads_to if action in register.progress]
        yield {
            "address": f"decisions/{id.lower()}/", "title": f"{id}: {_first_words(decision.text)}",
            "description": f"A decision of {register.area.board.short_name}: what it says and what it led to.",
            "template": "pages/decision.html", "record_file": register.where("decisions", id)[0],
            "facts": {
                "decision": decision, "meeting": register.meetings.get(decision.meeting),
                "source": register.source_of(decision),
                "actions": actions, "keeping": keeping(actions),
                "posts": links.posts_of_decision.get(id, []), "themes": links.themes_of_decision.get(id, []),
                "before": register.decisions[ids[number - 1]] if number else None,
                "after": register.decisions[ids[number + 1]] if number + 1 < len(ids) else None,
            },
        }


def _first_words(text: str, most: int = 70) -> str:
    if len(text) <= most:
        return text
    return text[:most].rsplit(" ", 1)[0].rstrip(",;:") + " …"
