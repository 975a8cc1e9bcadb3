"""The plans, and what became of the actions of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from functools import partial

from ..charts.stacked_bar import stacked_bar
from ..records import Plan
from ..register import Progress, Register
from .actions import plans_and_aims, promises
from .generated_page import Context, GeneratedPage

NEWS_DAYS = 90
"""For how many days the home page says that a plan was replaced."""

FATES = ("complete", "carried_over", "merged", "dropped", "stopped", "fate_unknown", "not_mentioned", "open")
"""What can have become of an action of a plan, in the order of the bar. It is open while its plan is in force."""


def fate_of(progress: Progress) -> str:
    """Return what became of an action of a plan: one of FATES."""
    return progress.fate or (progress.status or "open" if not progress.is_open else "open")


def fates(found: Collection[Progress]) -> dict[str, int]:
    """Return how many of these actions came to what, in the order of FATES."""
    counts = Counter(map(fate_of, found))
    return {fate: counts[fate] for fate in FATES}


def index_page(register: Register) -> Iterator[GeneratedPage]:
    """Yield the page that lists the plans, newest first, those that are only being prepared before them."""
    plans = sorted(register.plans.values(), reverse=True,
                   key=lambda plan: (plan.start is None, plan.start.first_day if plan.start else register.today))
    yield GeneratedPage(
        address="plans/", title="Plans, and what became of them",
        description="Each plan that was published, which plan it replaced, and what became of its promises.",
        template="pages/plans.html", record_file="data/plans.yml", searched=False,
        context={"rows": [(plan, fates(promises(register.backlinks.actions_of_plan.get(plan.id, []))))
                          for plan in plans]})


def detail_pages(register: Register) -> Iterator[GeneratedPage]:
    """Yield one page for each plan."""
    for id, plan in register.plans.items():
        yield GeneratedPage(
            address=f"plans/{id}/", title=f"{plan.name}: what became of it",
            description=f"What {plan.name} promised, and what became of each promise.",
            template="pages/plan.html", record_file=register.location_of("plans", id)[0],
            context=partial(_detail_context, register, plan))


def _detail_context(register: Register, plan: Plan) -> Context:
    found = register.backlinks.actions_of_plan.get(plan.id, [])
    counts = fates(promises(found))
    return {
        "plan": plan, "before": register.plans.get(plan.replaces or ""), "after": register.replaced_by.get(plan.id),
        "counts": counts, "bar": stacked_bar(counts), "not_promised": plans_and_aims(found),
        # The other way round than in the bar: what needs asking about comes first.
        "groups": [(fate, [progress for progress in promises(found) if fate_of(progress) == fate])
                   for fate in reversed(FATES) if counts[fate]],
    }


def latest_replacement(register: Register) -> Context | None:
    """Return the plan that was replaced in the last 90 days, the new one, and what became of the promises; else None.
    """
    news = [(plan, register.plans[old]) for old, plan in register.replaced_by.items()
            if old in register.plans and plan.start and (register.today - plan.start.last_day).days < NEWS_DAYS]
    if not news:
        return None
    new, old = max(news, key=lambda pair: pair[0].start.first_day if pair[0].start else register.today)
    return {"old": old, "new": new, "counts": fates(promises(register.backlinks.actions_of_plan.get(old.id, [])))}
