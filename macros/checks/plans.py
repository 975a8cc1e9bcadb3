"""Plans: which follows which, what became of the actions of one that was replaced, and what shows that one is done."""

from __future__ import annotations

from collections.abc import Iterator

from ..problem import Code, Problem, Topic
from ..records import Action
from ..records.action import MOVED_ON
from ..register import Register

CODES = (
    Code("successor", Topic.UPDATES,
         "An action that was carried over or merged goes on as another one. That cannot be itself, nor one that goes "
         "on as this one.",
         "id: A-002\nupdates:\n  - date: 2024-05-02\n    status: carried_over\n    to: A-002",
         "id: A-002\nupdates:\n  - date: 2024-05-02\n    status: carried_over\n    to: A-003"),
    Code("done-when-line", Topic.UPDATES,
         "The evidence says which line of “done_when” it shows to be true. There is no line with this number.",
         "done_when: 3", "done_when: 2"),
    Code("done-when-evidence", Topic.UPDATES,
         "The action says what shows that it is done. It is complete when there is evidence for each of these lines. "
         "Name the line in the evidence. If a line is not to be met any more, correct “done_when” in the open.",
         "evidence:\n  - title: The list\n    url: https://smallshire.example/late-plans",
         "evidence:\n  - title: The list\n    url: https://smallshire.example/late-plans\n    done_when: 1"),
    Code("plan-fate", Topic.PROMISES,
         "The plan that held this action has been replaced, and nobody has said what became of it. Until somebody "
         "does, readers see that it is not mentioned any more. `board plan close` lists all of them.",
         "plan: plan-2024\nupdates:\n  - date: 2024-03-20\n    status: in_progress",
         "plan: plan-2024\nupdates:\n  - date: 2024-05-02\n    status: carried_over\n    to: A-003", "warning"),
)


def plans_in_order(register: Register) -> Iterator[Problem]:
    """Ensures that a plan is newer than the one that it replaces, and that only one plan replaces it."""
    replaced: dict[str, str] = {}
    for id, plan in register.plans.items():
        before = register.plans.get(plan.replaces or "")
        if before is None or plan.start is None:
            continue
        where = register.location_of("plans", id, "replaces")
        if before.start is None or before.start.first_day >= plan.start.first_day:
            yield Problem(*where, "plan-order", f"{before.id} began "
                          + (f"on {before.start}" if before.start else "on no day that is given")
                          + f", which is not before {plan.start}", "name the older plan here, or correct the dates")
        elif before.id in replaced:
            yield Problem(*where, "plan-order", f"{before.id} has been replaced already, by {replaced[before.id]}",
                          "name the plan that was in force when this one began, or take this line out")
        replaced[before.id] = id


def successors_go_on(register: Register) -> Iterator[Problem]:
    """Ensures that an action that goes on as another does not lead back to itself."""
    for id, action in register.actions.items():
        for number, update in enumerate(action.updates):
            if update.to and id in _chain(register, update.to):
                yield Problem(*register.location_of("actions", id, "updates", number, "to"), "successor",
                              f"{id} cannot go on as "
                              + ("itself" if update.to == id else f"{update.to}, which goes on as this one"),
                              "name the action that goes on with it, such as the one in the new plan")


def _chain(register: Register, id: str) -> set[str]:
    """Return an action's id and those of all actions that go on with it."""
    found: set[str] = set()
    while id in register.actions and id not in found:
        found.add(id)
        id = register.progress[id].successor or ""
    return found


def replaced_plans_are_closed(register: Register) -> Iterator[Problem]:
    """Ensures that it is known what became of each action of a plan that was replaced."""
    for id, progress in register.progress.items():
        new = progress.replaced_by
        if not progress.lacks_fate or new is None:
            continue
        if new.source.read == "partly" and getattr(register.area, "standing", None) != "adopted":
            continue  # A site that only reports cannot say more than it could read; its page says so.
        yield Problem(*register.location_of("actions", id, "plan"), "plan-fate",
                      f"the plan of {id} was replaced ({new.start}), and nobody has said what became of it",
                      f'add an update with the status {", ".join(MOVED_ON)}, dropped or complete: '
                      f'board plan close {progress.action.plan}', "warning")


def lines_are_shown(register: Register) -> Iterator[Problem]:
    """Ensures that evidence names a line that is there, and that a complete action has evidence for each line.

    The second is asked only of a board that runs the site: others can only report that somebody calls it done.
    """
    for id, action in register.actions.items():
        for number, update in enumerate(action.updates):
            lines = _most_lines(action)
            for place, item in enumerate(update.evidence):
                if item.done_when is not None and not 1 <= item.done_when <= lines:
                    yield Problem(*register.location_of("actions", id, "updates", number, "evidence", place,
                                                        "done_when"), "done-when-line",
                                  f"there is no line {item.done_when}: {id} has "
                                  + (f"{lines} under done_when" if lines else "no done_when"),
                                  f"use a number from 1 to {lines}" if lines > 1 else
                                  'write "done_when: 1"' if lines else "remove this line")
    if getattr(register.area, "standing", None) != "adopted":
        return
    for id, progress in register.progress.items():
        missing = [str(test.number) for test in progress.tests if not test.evidence]
        if progress.is_complete and missing:
            place = max(number for number, update in enumerate(progress.updates) if update is progress.status_update)
            yield Problem(*register.location_of("actions", id, "updates", place, "status"), "done-when-evidence",
                          f"{id} is complete, and no evidence shows line {' and '.join(missing)} of done_when",
                          f'add "done_when: {missing[0]}" to the evidence that shows it; or say that it is still '
                          "in_progress")


def _most_lines(action: Action) -> int:
    """Return how many lines `done_when` had when it had most: earlier evidence may name one that was dropped."""
    corrected = [update.correction.was for update in action.updates
                 if update.correction and update.correction.field == "done_when"]
    return max(len(lines or ()) for lines in (action.done_when, *corrected))
