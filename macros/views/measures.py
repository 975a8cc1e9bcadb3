"""Measures: the list, a measure's own page, and what its figures may be said to show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ..charts.chart import chart, latest
from ..records import Measure, Observation
from ..register import Register


@dataclass(frozen=True)
class Reading:
    """What a measure's figures may be said to show.

    `newest` is the newest figure, and `withheld` a later one that was not published. `baseline` is the oldest figure
    that counts the same thing, `before` the last one before the newest; `has_changed` tells that still older ones count
    something else. `direction` compares the newest with `baseline`, and `step` with `before`: better, worse, same, or
    unknown. Where it is unknown, `why_unknown` is no_figure, one_figure, changed or neither.
    """

    newest: Observation | None
    withheld: Observation | None
    baseline: Observation | None
    before: Observation | None
    has_changed: bool
    direction: str
    step: str
    why_unknown: str | None
    meets_target: bool | None


@dataclass(frozen=True)
class Row:
    """A figure in the table, with those that stand beside it, one a comparator. `is_replaced` by a later one."""

    observation: Observation
    is_replaced: bool
    beside: tuple[Observation | None, ...] = ()


@dataclass(frozen=True)
class Table:
    """Figures, newest first. `name` is empty for the measure itself, `names` those of the columns beside it."""

    name: str
    rows: tuple[Row, ...]
    names: tuple[str, ...] = ()


def newest(measure: Measure) -> Observation | None:
    """Return the newest figure that has a value."""
    return next((item for item in reversed(latest(measure.observations)) if item.value is not None), None)


def comparable(measure: Measure) -> list[Observation]:
    """Return the figures that count the same thing as the newest, oldest first: those since the last break."""
    found: list[Observation] = []
    for item in latest(measure.observations):
        found = [] if item.break_in_series else found
        found += [item] if item.value is not None else []
    return found


def direction(measure: Measure, start: Observation | None, end: Observation | None) -> str:
    """Return how one figure compares with another: better, worse, same, or unknown.

    Unknown where there is nothing to compare with, or where neither more nor less is better.
    """
    if start is None or end is None or start is end or measure.better == "neither":
        return "unknown"
    if start.value == end.value:
        return "same"
    risen = (end.value or 0) > (start.value or 0)
    return "better" if risen == (measure.better == "higher") else "worse"


def reading(measure: Measure) -> Reading:
    """Return what the measure's figures may be said to show. No baseline: no claim of improvement."""
    alike, all_figures = comparable(measure), latest(measure.observations)
    end, start = newest(measure), alike[0] if alike else None
    before = alike[-2] if len(alike) > 1 else None
    figures = sum(item.value is not None for item in all_figures)
    why = "no_figure" if end is None else "one_figure" if figures == 1 else "changed" if before is None else \
        "neither" if measure.better == "neither" else None
    return Reading(
        end, all_figures[-1] if all_figures and all_figures[-1].value is None else None, start, before,
        any(item.break_in_series for item in all_figures), direction(measure, start, end),
        direction(measure, before, end), why, meets_target(measure),
    )


def meets_target(measure: Measure) -> bool | None:
    """Return whether the newest figure is at the target or past it; None without a target or a figure."""
    end = newest(measure)
    if not measure.target or end is None or end.value is None or measure.better == "neither":
        return None
    return end.value >= measure.target.value if measure.better == "higher" else end.value <= measure.target.value


def tables(measure: Measure) -> list[Table]:
    """Return the measure's table, with a column for each comparator whose periods are among its own.

    Every other comparator has a table to itself.
    """
    periods = {item.period.text for item in measure.observations}
    beside = [item for item in measure.comparators if {figure.period.text for figure in item.observations} <= periods]
    figures = [{figure.period.text: figure for figure in latest(item.observations)} for item in beside]
    own = [Row(row.observation, row.is_replaced,
               tuple(None if row.is_replaced else figure.get(row.observation.period.text) for figure in figures))
           for row in _rows(measure.observations)]
    return [Table("", tuple(own), tuple(item.name for item in beside)),
            *(Table(item.name, tuple(_rows(item.observations))) for item in measure.comparators if item not in beside)]


def _rows(observations: Sequence[Observation]) -> Iterator[Row]:
    """Yield every figure, newest first; one that a later one revises stays in sight."""
    standing = {id(item) for item in latest(observations)}
    for item in reversed(observations):
        yield Row(item, id(item) not in standing)


def facts(register: Register, measure: Measure) -> dict[str, Any]:
    """Return what the measure's chart, tables and summary show."""
    return {"measure": measure, "chart": chart(measure), "reading": reading(measure), "tables": tables(measure)}


def list_page(register: Register) -> Iterator[dict[str, Any]]:
    """Yield the page that lists every measure with its newest figure."""
    yield {
        "address": "measures/", "title": "Measures: are things getting better?",
        "description": "Figures that show whether things get better for families, each with its source.",
        "template": "pages/measures.html", "record_file": "data/measures/", "searched": False,
        "facts": {"rows": [(measure, reading(measure)) for measure in register.measures.values()]},
    }


def record_pages(register: Register) -> Iterator[dict[str, Any]]:
    """Yield one page for each measure."""
    for id, measure in register.measures.items():
        yield {
            "address": f"measures/{id}/", "title": measure.title, "description": measure.question,
            "template": "pages/measure.html", "record_file": register.where("measures", id)[0],
            "facts": facts(register, measure) | {
                "actions": [register.progress[action] for action in measure.actions if action in register.progress],
                "priorities": [register.priorities[item] for item in measure.priorities if item in register.priorities],
            },
        }
