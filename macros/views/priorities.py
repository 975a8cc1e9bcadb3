"""Priorities, and the challenges beside them: what is being done about each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..records import Decision, Measure, Priority
from ..register import Register
from .keeping import keeping


def list_page(register: Register) -> Iterator[dict[str, Any]]:
    """Yield the page that lists the priorities and challenges."""
    yield {
        "address": "priorities/", "title": "Priorities: what must get better",
        "description": "What must get better, and the actions, decisions and measures that belong to it.",
        "template": "pages/priorities.html", "record_file": "data/priorities.yml", "searched": False,
        "facts": {"groups": [(kind, [_row(register, priority) for priority in register.priorities.values()
                                     if priority.kind == kind]) for kind in ("priority", "challenge")]},
    }


def _row(register: Register, priority: Priority) -> tuple[Priority, dict[str, int], list[Measure]]:
    return (priority, keeping(register.actions_where(priority=priority.id)),
            register.backlinks.measures_of_priority.get(priority.id, []))


def record_pages(register: Register) -> Iterator[dict[str, Any]]:
    """Yield one page for each priority or challenge."""
    for id, priority in register.priorities.items():
        actions = register.actions_where(priority=id)
        yield {
            "address": f"priorities/{id.lower()}/", "title": priority.title, "description": priority.text,
            "template": "pages/priority.html", "record_file": register.where("priorities", id)[0],
            "facts": {
                "priority": priority, "actions": actions, "keeping": keeping(actions),
                "decisions": _decisions(register, {progress.action.id for progress in actions}),
                "measures": register.backlinks.measures_of_priority.get(id, []),
            },
        }


def _decisions(register: Register, actions: set[str]) -> list[Decision]:
    return [decision for decision in register.decisions_where() if not actions.isdisjoint(decision.leads_to)]
