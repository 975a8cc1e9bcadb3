"""Two pages for a councillor before a meeting: what is late, moved, quiet, or due next, and the measures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from ..records import Measure, Organisation
from ..register import Progress, Register
from .keeping import keeping
from .measures import Reading, reading

MOST = 8
"""How many actions a table shows, so that two pages hold them all; how many more there are stands below it."""

DUE_NEXT_DAYS = 60
"""How far "due next" looks ahead where no date of a next meeting has been published."""


@dataclass(frozen=True)
class Top:
    """The first of a list, and how many there are in all."""

    rows: tuple[Progress, ...]
    count: int

    @property
    def more(self) -> int:
        return self.count - len(self.rows)


def facts(register: Register) -> dict[str, Any]:
    """Return what the briefing says of the register's day."""
    found = list(register.progress.values())
    is_open = [progress for progress in found if progress.is_open]
    until = _until(register)
    owners: list[tuple[Organisation | None, dict[str, int]]] = [
        (organisation, keeping(owned)) for id, organisation in register.organisations.items()
        if (owned := register.actions_where(owner=id))]
    owners.sort(key=lambda item: (-item[1]["overdue"], -item[1]["all"]))
    unowned = register.actions_where(owner="not-published")
    return {
        "all": keeping(found), "until": until, "next_meeting": register.next_meeting,
        "late": _top(progress for progress in sorted(is_open, key=lambda item: -item.days_overdue)
                     if progress.is_overdue),
        "moved": _top(progress for progress in sorted(is_open, key=lambda item: (-item.times_moved,
                                                                                 -(item.days_slipped or 0)))
                      if progress.times_moved),
        "quiet": _top(progress for progress in sorted(is_open, key=_silence) if progress.is_quiet),
        "next": _top(progress for progress in sorted(is_open, key=lambda item: item.due_day or date.max)
                     if progress.due_day and register.today <= progress.due_day <= until),
        "owners": [*owners, *([(None, keeping(unowned))] if unowned else [])],
        "measures": [(measure, reading(measure)) for measure in sorted(register.measures.values(), key=_needing)],
    }


def list_page(register: Register) -> Iterator[dict[str, Any]]:
    """Yield the page of the briefing."""
    yield {
        "address": "briefing/", "title": "Briefing for councillors",
        "description": "Two pages to print before a meeting: what is late, what has moved, what has gone quiet, what "
                       "is due next, and the measures against their targets.",
        "template": "pages/briefing.html", "searched": False, "facts": facts(register),
    }


def _until(register: Register) -> date:
    planned = register.next_meeting
    return date.fromisoformat(planned.id) if planned else register.today + timedelta(days=DUE_NEXT_DAYS)


def _top(found: Iterator[Progress]) -> Top:
    rows = tuple(found)
    return Top(rows[:MOST], len(rows))


def _silence(progress: Progress) -> tuple[bool, int]:
    """Longest silence first; after these, actions of which nothing says when they were last heard of."""
    return progress.days_silent is None, -(progress.days_silent or 0)


def _needing(measure: Measure) -> tuple[bool, str]:
    """Measures with a target first: they can be judged."""
    read: Reading = reading(measure)
    return read.meets_target is None, measure.title
