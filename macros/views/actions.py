"""The index of actions, the page of each action, and counts of actions by status."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from ..charts.dates_line import dates_line
from ..records import ACTION_KINDS, Finding, Measure, Priority, Topic, Update
from ..register import Progress, Register
from .asking import about_action
from .descriptions import of_action
from .generated_page import Context, GeneratedPage


@dataclass(frozen=True)
class HistoryEntry:
    """An update with the status, due date and owner that were current before it, or those of its step.

    `answered` is the later update that has the answer to what was asked in this one.
    """

    update: Update
    status_before: str | None
    due_before: object
    owner_before: str | None
    answered: Update | None = None


def count_by_state(found: Collection[Progress]) -> dict[str, int]:
    """Return how many of these actions there are, of each kind, in each state, and without an owner or a date."""
    by_state = Counter(state for progress in found for state in progress.states)
    return {"all": len(found)} | {
        state: by_state[state]
        for state in (*ACTION_KINDS, "late", "date_passed", "done_late", "disagree", "due_soon", "open", "complete",
                      "stopped", "dropped", "carried_over", "merged", "not_mentioned", "fate_unknown", "no_test",
                      "test_changed", "silent", "unstated", "quiet", "moved",
                      "in_progress", "not_started", "at_risk", "blocked")
    } | {"no_owner": sum(progress.owner is None for progress in found),
         "no_due": sum(progress.due is None for progress in found)}


def promises(actions: Iterable[Progress]) -> list[Progress]:
    """Return those of these actions that are promises, and neither plans nor aims."""
    return [progress for progress in actions if progress.action.is_promise]


def plans_and_aims(actions: Iterable[Progress]) -> list[Progress]:
    """Return those of these actions that are plans or aims, the plans first."""
    return sorted((progress for progress in actions if not progress.action.is_promise),
                  key=lambda progress: ACTION_KINDS.index(progress.action.kind))


def status_counts(listed: Collection[Progress]) -> dict[str, int]:
    """Return how many of these actions are promises, and of those how many are in each state, for a summary in words.

    Plans and aims are counted apart: planned and aim. "listed" counts all three kinds.

    Every promise is exactly one of complete, stopped, dropped, carried_over, merged, late, date_passed (and not known
    to be late), in_hand (its due day has not passed) and dateless. The other counts overlap with these:
    on_time and done_late (of the complete ones), moved, quiet, silent (no update found), not_mentioned (in the plan
    that replaced its own) and no_test (open, and nobody has published what would show that it is done).
    """
    actions = promises(listed)
    not_late = [progress for progress in actions if progress.is_open and not progress.is_date_passed]
    return {
        "listed": len(listed),
        "planned": sum(progress.action.kind == "planned" for progress in listed),
        "aim": sum(progress.action.kind == "aim" for progress in listed),
        "all": len(actions),
        "late": sum(progress.is_late for progress in actions),
        "date_passed": sum(progress.is_unresolved for progress in actions),
        "complete": sum(progress.is_complete for progress in actions),
        **{status: sum(progress.status == status for progress in actions)
           for status in ("stopped", "dropped", "carried_over", "merged")},
        "not_mentioned": sum(progress.fate == "not_mentioned" for progress in actions),
        "no_test": sum(progress.is_open and progress.lacks_test for progress in actions),
        "in_hand": sum(progress.due_day is not None for progress in not_late),
        "dateless": sum(progress.due_day is None for progress in not_late),
        "on_time": sum(progress.completed_on_time is True for progress in actions),
        "done_late": sum(progress.is_done_late for progress in actions),
        "moved": sum(progress.times_moved > 0 for progress in actions),
        "quiet": sum(progress.is_stale for progress in actions),
        "silent": sum(not progress.news for progress in actions),
    }


@dataclass(frozen=True)
class WayOn:
    """Where the list of actions leads when a topic or a priority is chosen and no action fits.

    `choice` is the filter's choice, such as priority=P3.
    """

    choice: str
    record: Topic | Priority
    topics: tuple[Topic, ...]
    findings: tuple[Finding, ...]
    measures: tuple[Measure, ...]


def ways_on(register: Register) -> list[WayOn]:
    """Return a way on for each topic, and for each priority."""
    found = [WayOn(f"topic={topic.id}", topic, (), tuple(register.findings[id] for id in topic.findings),
                   tuple(register.measures[id] for id in topic.measures)) for topic in register.topics.values()]
    for priority in register.priorities.values():
        finding = register.finding_progress.get(priority.finding or "")
        measures = finding.measures if finding else register.backlinks.measures_of_priority.get(priority.id, ())
        found.append(WayOn(f"priority={priority.id}", priority, topics_of(register, priority),
                           (finding.finding,) if finding else (), tuple(measures)))
    return found


def topics_of(register: Register, priority: Priority) -> tuple[Topic, ...]:
    """Return the topics that name a priority, or the finding that it is."""
    links = register.backlinks
    named = [*links.topics_of_priority.get(priority.id, ()), *links.topics_of_finding.get(priority.finding or "", ())]
    return tuple({topic.id: topic for topic in named}.values())


FIRST = 100
"""How many actions the index has. A phone takes a second to lay out many hundreds, so the others have a page of their
own. board.js loads it when a reader asks for them, or filters or sorts the list."""


def index_pages(register: Register) -> Iterator[GeneratedPage]:
    """Yield the page that lists every action, the most urgent first, and the page of those after the first hundred."""
    rows = register.actions_where()
    owners = sorted({progress.owner for progress in rows if progress.owner}, key=register.name_of)
    listed = [(progress, " ".join(progress.states)) for progress in rows]
    others = listed[FIRST:]
    yield GeneratedPage(
        address="actions/", title="Actions: what has been promised",
        description=f"Every promise, plan and aim that we know of around the {register.area.board.name}: its "
                    "owner, its date, and whether it is happening.",
        template="pages/actions.html", record_file="data/actions/", searched=False,
        context={"rows": listed[:FIRST], "first": FIRST, "others": len(others), "owners": owners,
                 "counts": count_by_state(rows), "ways_on": ways_on(register)})
    if others:
        yield GeneratedPage(
            address="actions/others/", title="Other actions",
            description=f"The promises, plans and aims that come after the {FIRST} most pressing ones.",
            template="pages/actions-others.html", record_file="data/actions/", searched=False,
            context={"rows": others, "first": FIRST})


def detail_pages(register: Register) -> Iterator[GeneratedPage]:
    """Yield one page for each action, by id."""
    ids = sorted(register.actions)
    for number, id in enumerate(ids):
        before = register.progress[ids[number - 1]] if number else None
        after = register.progress[ids[number + 1]] if number + 1 < len(ids) else None
        yield GeneratedPage(
            address=f"actions/{id.lower()}/", title=f"{id}: {register.actions[id].title}",
            description=of_action(register, register.progress[id]),
            template="pages/action.html", record_file=register.location_of("actions", id)[0],
            context=partial(_detail_context, register, register.progress[id], before, after))


def _detail_context(register: Register, progress: Progress, before: Progress | None, after: Progress | None) -> Context:
    action, links = progress.action, register.backlinks
    return {
        "progress": progress, "action": action, "meeting": register.meeting_of(action), "history": history(progress),
        "dates": dates_line(progress),
        "decision": register.decisions.get(action.said_at.decision or "") if action.said_at else None,
        "source": register.source_of(action),
        "findings": links.findings_of_action.get(action.id, []),
        "measures": links.measures_of_action.get(action.id, []), "themes": links.themes_of_action.get(action.id, []),
        "topics": links.topics_of_action.get(action.id, []),
        "posts": links.posts_of_action.get(action.id, []),
        "predecessors": links.predecessors.get(action.id, []),
        "ask": about_action(register, progress),
        "plan": register.plans.get(action.plan or ""), "before": before, "after": after,
    }


def history(progress: Progress) -> list[HistoryEntry]:
    """Return an action's updates, oldest first, each with the values that it replaced."""
    entries = []
    # The status and date of the action itself (None), and of each of its steps by its number.
    statuses: dict[int | None, str | None] = {}
    dates: dict[int | None, object] = {None: progress.action.due}
    dates |= {number: step.due for number, step in enumerate(progress.action.steps, 1)}
    owner = progress.action.owner
    for number, update in enumerate(progress.updates):
        answered = next((later for later in progress.updates[number + 1:] if update.asked and later.asked
                         and later.asked.answer and later.asked.forum == update.asked.forum), None)
        entries.append(HistoryEntry(update, statuses.get(update.step), dates.get(update.step), owner, answered))
        statuses[update.step] = update.status or statuses.get(update.step)
        dates[update.step] = update.due or dates.get(update.step)
        owner = update.owner or owner
    return entries
