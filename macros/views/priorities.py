"""What must get better: the priorities and challenges."""

from __future__ import annotations

from collections.abc import Iterator

from ..records import Decision, Finding, Measure, Priority
from ..register import Progress, Register
from .actions import plans_and_aims, promises, status_counts, topics_of
from .answers import answer
from .descriptions import counted
from .generated_page import GeneratedPage


def index_page(register: Register) -> Iterator[GeneratedPage]:
    """Yield the page that lists the priorities, then the challenges."""
    yield GeneratedPage(
        address="priorities/", title="Priorities: what must get better",
        description="What must get better, and the actions, decisions and measures that belong to it.",
        template="pages/priorities.html", record_file="data/priorities.yml", searched=False,
        context={"groups": [(kind, [_row(register, priority) for priority in register.priorities.values()
                                    if priority.kind == kind]) for kind in ("priority", "challenge")]})


def _row(register: Register, priority: Priority) -> tuple[Priority, dict[str, int], list[Measure]]:
    actions, measures = _what_belongs(register, priority)
    return priority, status_counts(actions), measures


def _what_belongs(register: Register, priority: Priority) -> tuple[list[Progress], list[Measure]]:
    """Return the actions and measures of a priority: those of its finding, where it has one."""
    finding = register.finding_progress.get(priority.finding or "")
    if finding:
        return list(finding.actions), list(finding.measures)
    return register.actions_where(priority=priority.id), register.backlinks.measures_of_priority.get(priority.id, [])


def detail_pages(register: Register) -> Iterator[GeneratedPage]:
    """Yield one page for each priority or challenge."""
    for id, priority in register.priorities.items():
        actions, measures = _what_belongs(register, priority)
        facts = register.facts_of(priority)
        yield GeneratedPage(
            address=f"priorities/{id.lower()}/", title=priority.title,
            description=f"What was promised for “{priority.title}”: {counted(status_counts(actions))}.",
            template="pages/priority.html", record_file=register.location_of("priorities", id)[0],
            context={
                "priority": priority, "facts": facts, "finding": register.finding_progress.get(priority.finding or ""),
                "actions": promises(actions), "not_promised": plans_and_aims(actions), "counts": status_counts(actions),
                "decisions": _decisions_behind(register, {progress.action.id for progress in actions}),
                "measures": [answer(register, measure) for measure in measures],
                "asked": register.asked_about(priority), "topics": topics_of(register, priority),
                "began": facts.date if isinstance(facts, Finding) else facts.source.published if facts.source else None,
            })


def _decisions_behind(register: Register, actions: set[str]) -> list[Decision]:
    """Return the decisions that led to any of these actions."""
    return [decision for decision in register.decisions_where() if not actions.isdisjoint(decision.leads_to)]
