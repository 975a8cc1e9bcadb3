"""The list of actions, and an action's own page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from ..charts.dates_line import dates_line
from ..records import Update
from ..register import Progress, Register


@dataclass(frozen=True)
class HistoryEntry:
    """An update with what it changed: the values that stood before it."""

    update: Update
    status_before: str | None
    due_before: object
    owner_before: str | None


def counts(register: Register) -> dict[str, int]:
    """Return how many actions there are, and how many are in each state that readers ask for; silence is counted."""
    found = register.progress.values()
    by_state = Counter(state for progress in found for state in progress.states)
    return {"all": len(found)} | {
        state: by_state[state]
        for state in ("overdue", "due_soon", "open", "complete", "stopped", "silent", "unstated", "quiet", "moved",
                      "in_progress", "not_started", "at_risk", "blocked")
    } | {"no_owner": sum(progress.owner is None for progress in found),
         "no_due": sum(progress.due is None for progress in found)}


def list_page(register: Register) -> Iterator[dict[str, Any]]:
    """Yield the page that lists every action, most pressing first."""
    rows = register.actions_where()
    owners = sorted({progress.owner for progress in rows if progress.owner}, key=register.name_of)
    yield {
        "address": "actions/", "title": "Actions: what has been promised",
        "description": f"Every action that the {register.area.board.name} has taken on: its owner, its date, "
                       "and whether it is happening.",
        "template": "pages/actions.html", "record_file": "data/actions/", "searched": False,
        "facts": {"rows": [(progress, " ".join(progress.states)) for progress in rows], "owners": owners,
                  "counts": counts(register)},
    }


def history(progress: Progress) -> list[HistoryEntry]:
    """Return an action's updates, oldest first, each with what stood before it."""
    entries = []
    status, due, owner = None, progress.action.due, progress.action.owner
    for update in progress.updates:
        entries.append(HistoryEntry(update, status, due, owner))
        status, due, owner = update.status or status, update.due or due, update.owner or owner
    return entries


def record_pages(register: Register) -> Iterator[dict[str, Any]]:
    """Yield one page for each action, by id."""
    ids = sorted(register.actions)
    for number, id in enumerate(ids):
        before = register.progress[ids[number - 1]] if number else None
        after = register.progress[ids[number + 1]] if number + 1 < len(ids) else None
        yield {
            "address": f"actions/{id.lower()}/", "title": f"{id}: {register.actions[id].title}",
            "description": f"An action of {register.area.board.short_name}: owner, dates, history and evidence.",
            "template": "pages/action.html", "record_file": register.where("actions", id)[0],
            "facts": partial(_record_facts, register, register.progress[id], before, after),
        }


def _record_facts(register: Register, progress: Progress, before: Progress | None, after: Progress | None) \
        -> dict[str, Any]:
    action, links = progress.action, register.backlinks
    return {
        "progress": progress, "action": action, "meeting": register.meeting_of(action), "history": history(progress),
        "dates": dates_line(progress),
        "decision": register.decisions.get(action.agreed.decision or "") if action.agreed else None,
        "source": register.source_of(action),
        "measures": links.measures_of_action.get(action.id, []), "themes": links.themes_of_action.get(action.id, []),
        "posts": links.posts_of_action.get(action.id, []), "before": before, "after": after,
    }
