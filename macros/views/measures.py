"""The index of measures, the page of each, and what its figures can be said to show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..charts.chart import chart
from ..records import Measure, Observation
from ..records.measure import current_figures, newest_figure
from ..register import Register
from .generated_page import Context, GeneratedPage


@dataclass(frozen=True)
class Reading:
    """What a measure's figures can be said to show.

    `newest` is the newest figure, and `withheld` a later one that was not published. `baseline` is the oldest figure
    that counts the same thing, `before` the last one before the newest. `has_changed` says that the definition changed
    at some point, so that older figures count something else. `direction` compares the newest figure with `baseline`,
    and `step` with `before`: better, worse, same or unknown. `why_unknown` explains an unknown direction: no_figure,
    one_figure, changed or neither.
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
class FigureRow:
    """A figure in a table, with those of the comparators for the same period. `is_replaced` by a later revision."""

    observation: Observation
    is_replaced: bool
    beside: tuple[Observation | None, ...] = ()


@dataclass(frozen=True)
class FigureTable:
    """A table of figures, newest first. `name` is the comparator's, or empty for the measure itself; `names` are the
    comparators with a column in it."""

    name: str
    rows: tuple[FigureRow, ...]
    names: tuple[str, ...] = ()


def comparable(measure: Measure) -> list[Observation]:
    """Return the figures that count the same thing as the newest, oldest first: those since the last break."""
    found: list[Observation] = []
    for item in current_figures(measure.observations):
        found = [] if item.break_in_series else found
        found += [item] if item.value is not None else []
    return found


def direction(measure: Measure, start: Observation | None, end: Observation | None) -> str:
    """Return how one figure compares with another: better, worse, same or unknown.

    It is unknown without two different figures, and when neither more nor less is better.
    """
    if start is None or end is None or start is end or measure.better == "neither":
        return "unknown"
    if start.value == end.value:
        return "same"
    risen = (end.value or 0) > (start.value or 0)
    return "better" if risen == (measure.better == "higher") else "worse"


def reading(measure: Measure) -> Reading:
    """Return what the measure's figures can be said to show. Without a baseline there is no claim of improvement."""
    alike, all_figures = comparable(measure), current_figures(measure.observations)
    end, start = newest_figure(measure), alike[0] if alike else None
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
    end = newest_figure(measure)
    if not measure.target or end is None or end.value is None or measure.better == "neither":
        return None
    return end.value >= measure.target.value if measure.better == "higher" else end.value <= measure.target.value


def tables(measure: Measure) -> list[FigureTable]:
    """Return the measure's table, and one for each comparator that does not fit in as a column.

    A comparator is a column when all its periods are among the measure's own. A yearly one beside monthly figures would
    leave most cells empty, so it gets a table to itself.
    """
    periods = {item.period.text for item in measure.observations}
    beside = [item for item in measure.comparators if {figure.period.text for figure in item.observations} <= periods]
    figures = [{figure.period.text: figure for figure in current_figures(item.observations)} for item in beside]
    own = [FigureRow(row.observation, row.is_replaced,
               tuple(None if row.is_replaced else figure.get(row.observation.period.text) for figure in figures))
           for row in _rows(measure.observations)]
    others = [item for item in measure.comparators if item not in beside]
    return [FigureTable("", tuple(own), tuple(item.name for item in beside)),
            *(FigureTable(item.name, tuple(_rows(item.observations))) for item in others)]


def _rows(observations: Sequence[Observation]) -> Iterator[FigureRow]:
    """Yield every figure, newest first, including those that a later one revises."""
    # By identity: a revision that repeats the old value would be equal to the figure that it replaces.
    current = {id(item) for item in current_figures(observations)}
    for item in reversed(observations):
        yield FigureRow(item, id(item) not in current)


def measure_context(measure: Measure) -> Context:
    """Return the context of the measure's chart, tables and summary."""
    return {"measure": measure, "chart": chart(measure), "reading": reading(measure), "tables": tables(measure)}


def index_page(register: Register) -> Iterator[GeneratedPage]:
    """Yield the page that lists every measure with its newest figure."""
    yield GeneratedPage(
        address="measures/", title="Measures: are things getting better?",
        description="Figures that show whether things get better for families, each with its source.",
        template="pages/measures.html", record_file="data/measures/", searched=False,
        context={"rows": [(measure, reading(measure)) for measure in register.measures.values()]})


def detail_pages(register: Register) -> Iterator[GeneratedPage]:
    """Yield one page for each measure."""
    for id, measure in register.measures.items():
        yield GeneratedPage(
            address=f"measures/{id}/", title=measure.title, description=measure.question,
            template="pages/measure.html", record_file=register.location_of("measures", id)[0],
            context=measure_context(measure) | {
                "actions": [register.progress[action] for action in measure.actions if action in register.progress],
                "findings": register.backlinks.findings_of_measure.get(id, []),
                "priorities": [register.priorities[item] for item in measure.priorities if item in register.priorities],
            })
