"""Measures: the list, a measure's own page, and what its figures may be said to show."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..records import Measure, Observation
from ..register import Register
from .chart import chart, latest


def newest(measure: Measure) -> Observation | None:
    """Return the newest figure that has a value."""
    return next((item for item in reversed(latest(measure.observations)) if item.value is not None), None)


def first(measure: Measure) -> Observation | None:
    """Return the oldest figure that has a value."""
    return next((item for item in latest(measure.observations) if item.value is not None), None)


def direction(measure: Measure) -> str:
    """Return how the newest figure compares with the oldest: better, worse, same, or unknown.

    Unknown where there is nothing to compare with, where neither more nor less is better, or where what is counted
    has changed in between.
    """
    start, end = first(measure), newest(measure)
    if start is None or end is None or start is end or measure.better == "neither" \
            or any(item.break_in_series for item in measure.observations):
        return "unknown"
    if start.value == end.value:
        return "same"
    risen = (end.value or 0) > (start.value or 0)
    return "better" if risen == (measure.better == "higher") else "worse"


def meets_target(measure: Measure) -> bool | None:
    """Return whether the newest figure is at the target or past it; None without a target or a figure."""
    end = newest(measure)
    if not measure.target or end is None or end.value is None or measure.better == "neither":
        return None
    return end.value >= measure.target.value if measure.better == "higher" else end.value <= measure.target.value


def facts(register: Register, measure: Measure) -> dict[str, Any]:
    """Return what the measure's chart, table and summary show."""
    return {"measure": measure, "chart": chart(measure), "newest": newest(measure), "first": first(measure),
            "direction": direction(measure), "meets_target": meets_target(measure)}


def list_page(register: Register) -> Iterator[dict[str, Any]]:
    yield {
        "address": "measures/", "title": "Measures: are things getting better?",
        "description": "Figures that show whether things get better for families, each with its source.",
        "template": "pages/measures.html",
        "facts": {"rows": [facts(register, measure) for measure in register.measures.values()]},
    }


def record_pages(register: Register) -> Iterator[dict[str, Any]]:
    for id, measure in register.measures.items():
        yield {
            "address": f"measures/{id}/", "title": measure.title, "description": measure.question,
            "template": "pages/measure.html", "record_file": register.where("measures", id)[0],
            "facts": facts(register, measure) | {
                "actions": [register.progress[action] for action in measure.actions if action in register.progress],
                "priorities": [register.priorities[item] for item in measure.priorities if item in register.priorities],
            },
        }
