"""The index of measures, the page of each, and what its figures can be said to show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from ..charts.chart import chart
from ..charts.strip import strip
from ..records import Measure, Observation, Source
from ..records.measure import current_figures
from ..records.partial_date import PartialDate
from ..register import Register
from ..register.official_figures import OfficialFigures
from .answers import answer, groups
from .descriptions import of_measure
from .generated_page import Context, GeneratedPage
from .readings import reading


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

    def notes(self, most: int | None = None, has_chart: bool = False) -> list[tuple[str, Observation]]:
        """Return what needs a note below the first rows: the place, empty for the area itself, and its figure.

        A break in the series needs none where a chart explains it, or where another column has it.
        """
        found = []
        for row in self.rows[:most]:
            for name, item in [("", row.observation), *zip(self.names, row.beside, strict=False)]:
                is_explained = has_chart or (name and item and item.break_in_series == row.observation.break_in_series)
                if item and (item.revises or item.note or item.state in ("provisional", "suppressed")
                             or (item.break_in_series and not is_explained)):
                    found.append((name, item))
        return found


def tables(measure: Measure) -> list[FigureTable]:
    """Return the measure's table, and one for each comparator that does not fit in as a column.

    A comparator is a column when most of its periods are among the measure's own. A yearly one beside monthly figures
    would leave most cells empty, so it gets a table to itself.
    """
    periods = {item.period.text for item in measure.observations}
    beside = [item for item in measure.comparators
              if 2 * len(periods & (theirs := {figure.period.text for figure in item.observations})) >= len(theirs)]
    figures = [{figure.period.text: figure for figure in current_figures(item.observations)} for item in beside]
    missing = {text: figure.period for found in figures for text, figure in found.items() if text not in periods}
    rows = [*_rows(measure.observations), *(FigureRow(_no_figure(period), False) for period in missing.values())]
    if missing:
        rows.sort(key=lambda row: row.observation.period.first_day, reverse=True)
    own = [FigureRow(row.observation, row.is_replaced,
                     tuple(None if row.is_replaced else figure.get(row.observation.period.text) for figure in figures))
           for row in rows]
    others = [item for item in measure.comparators if item not in beside]
    return [FigureTable("", tuple(own), tuple(item.name for item in beside)),
            *(FigureTable(item.name, tuple(_rows(item.observations))) for item in others)]


def _no_figure(period: PartialDate) -> Observation:
    """Return what stands for a period of which only a comparator has a figure."""
    return Observation.model_construct(period=period, value=None, state="not_available", approximate=False,
                                       revises=None, break_in_series=None, note=None, source=None)


def _rows(observations: Sequence[Observation]) -> Iterator[FigureRow]:
    """Yield every figure, newest first, including those that a later one revises."""
    # By identity: a revision that repeats the old value would be equal to the figure that it replaces.
    current = {id(item) for item in current_figures(observations)}
    for item in reversed(observations):
        yield FigureRow(item, id(item) not in current)


def measure_context(register: Register, measure: Measure) -> Context:
    """Return the context of the measure's chart, tables and summary."""
    drawn = chart(measure, register.official.get(measure.id), register.area)
    return {"measure": measure, "chart": drawn, "reading": reading(measure), "tables": tables(measure),
            "sources": list(sources(register, measure))}


def index_page(register: Register) -> Iterator[GeneratedPage]:
    """Yield the page that lists every measure with its newest figure, in groups of questions."""
    yield GeneratedPage(
        address="measures/", title="Measures: is it getting better?",
        description="Figures that show whether things get better for families, each with its source.",
        template="pages/measures.html", record_file="data/measures/", searched=False,
        context=lambda: {"groups": groups(register), "overdue": register.overdue_figures})


def detail_pages(register: Register) -> Iterator[GeneratedPage]:
    """Yield one page for each measure."""
    for id, measure in register.measures.items():
        yield GeneratedPage(
            address=f"measures/{id}/", title=measure.title,
            description=of_measure(register, answer(register, measure)),
            template="pages/measure.html", record_file=register.location_of("measures", id)[0],
            context=partial(_detail_context, register, measure))


def _detail_context(register: Register, measure: Measure) -> Context:
    official, area = register.official.get(measure.id), register.area
    similar = area.neighbours.codes if official and area.neighbours else ()
    others = [other for other in register.measures.values()
              if measure.group and other.group == measure.group and other is not measure]
    return measure_context(register, measure) | {
        "answer": answer(register, measure), "official": official,
        # Counts of people say which areas are large, and not how they do.
        "strip": strip(official, area.codes.gss, similar) if official and area.codes and not measure.counts_people else
        None,
        "beside": _beside(register, measure), "counts": _counts(register, measure),
        "progress": list(_progress(measure)),
        "others": [found for other in others if (found := answer(register, other)).newest],
        "actions": [register.progress[action] for action in measure.actions if action in register.progress],
        "topics": register.backlinks.topics_of_measure.get(measure.id, []),
        "findings": register.backlinks.findings_of_measure.get(measure.id, []),
        "priorities": [register.priorities[item] for item in measure.priorities if item in register.priorities],
    }


def _beside(register: Register, measure: Measure) -> list[tuple[str, dict[str, Observation]]]:
    """Return the indicators that are variants of this one: the title, and the area's figure for each period."""
    codes = register.area.codes
    return [(figures.indicator.title.removeprefix(measure.title).lstrip(", ").capitalize(),
             {item.period.text: item for item in figures.observations(codes.gss)})
            for figures in register.official.values() if codes and figures.indicator.beside == measure.id]


def _counts(register: Register, measure: Measure) -> dict[str, tuple[float, float]]:
    """Return what the area's shares are shares of: the part and the whole, by the period."""
    official, codes = register.official.get(measure.id), register.area.codes
    rows = official.by_place.get(codes.gss, []) if official and codes else []
    return {row.period: (row.numerator, row.denominator) for row in rows
            if row.numerator is not None and row.denominator}


def sources(register: Register, measure: Measure) -> Iterator[tuple[Source | None, str]]:
    """Yield each source of a measure's figures once, newest first, with the periods that it is the source of.

    The periods are in words, such as "2019 to 2024"; they are empty where all figures have one source. What a place
    beside the area takes from another source is named with it.
    """
    found: dict[Source | None, dict[str, list[str]]] = {}
    order = [item.text for item in dict.fromkeys(item.period for item in measure.observations)]
    for name, observations in [("", measure.observations),
                               *((item.name, item.observations) for item in measure.comparators)]:
        for item in current_figures(observations):
            found.setdefault(item.source or measure.source, {}).setdefault(name, []).append(item.period.text)
    for source, places in reversed(found.items()):
        parts = [f"{name} {_ranges(register, measure, periods, order)}".strip() for name, periods in places.items()
                 if not name or not set(periods) <= set(places.get("", ()))]
        yield source, "" if len(found) == 1 else ", ".join(parts)


def _ranges(register: Register, measure: Measure, periods: list[str], order: list[str]) -> str:
    """Return periods in words; those that follow each other are joined."""
    parts: list[list[str]] = []
    for text in periods:
        follows = parts and text in order and parts[-1][-1] in order \
            and order.index(text) == order.index(parts[-1][-1]) + 1
        if follows:
            parts[-1].append(text)
        else:
            parts.append([text])

    def words(text: str) -> str:
        return register.period_in_words(measure.id, PartialDate.parse(text))

    return ", ".join(words(part[0]) if len(part) == 1 else f"{words(part[0])} to {words(part[-1])}" for part in parts)


@dataclass(frozen=True)
class Step:
    """A value that was promised for a date, or from which progress counts, and the figure for it if there is one."""

    kind: str
    by: PartialDate | None
    value: float
    source: Source | None
    actual: Observation | None


def _progress(measure: Measure) -> Iterator[Step]:
    """Yield the baseline, the milestones and the target, with the newest figure up to the date of each."""
    figures = [item for item in current_figures(measure.observations) if item.value is not None]
    if measure.baseline:
        start = measure.baseline
        yield Step("baseline", start.period, start.value, start.source,
                   next((item for item in figures if item.period == start.period), None))
    if measure.baseline or measure.milestones:
        for kind, item in [*(("milestone", item) for item in measure.milestones),
                           *([("target", measure.target)] if measure.target else [])]:
            # A figure counts for a date once it covers it: an earlier one says nothing yet about the promise.
            actual = next((figure for figure in figures if item.by and figure.period.first_day <= item.by.last_day
                           <= figure.period.last_day), None)
            yield Step(kind, item.by, item.value, item.source, actual)


def area_pages(register: Register) -> Iterator[GeneratedPage]:
    """Yield a page with the figures of all areas for each measure made from official figures."""
    for id, figures in register.official.items():
        if id in register.measures and figures.newest_full_period:
            yield GeneratedPage(
                address=f"measures/{id}/areas/", title=f"{figures.indicator.title}: all areas",
                description=f"The figures of all areas of England. {figures.indicator.question}",
                template="pages/measure-areas.html", searched=False,
                context=partial(_areas_context, register, register.measures[id], figures))


def _areas_context(register: Register, measure: Measure, figures: OfficialFigures) -> Context:
    period = PartialDate.parse(figures.newest_full_period)
    rows = sorted((row for row in figures.latest.values() if row.period == period.text),
                  key=lambda row: (row.level != "country", row.name))
    area = register.area
    own = area.codes.gss if area.codes else ""
    similar = set(area.neighbours.codes if area.neighbours else ())
    first = [row for row in rows if row.code == own] + [row for row in rows if row.code in similar and row.code != own]
    shown = {row.code for row in first}
    parts = [("This area and areas like it" if similar else "This area", first),
             ("England and its regions", [row for row in rows if row.level != "area"]),
             ("All other areas", [row for row in rows if row.level == "area" and row.code not in shown])]
    return {
        "measure": measure, "period": period, "parts": [(title, found) for title, found in parts if found], "own": own,
        "has_counts": any(row.denominator for row in rows), "source": figures.sources[max(row.release for row in rows)],
        "similar": area.neighbours.source if similar and area.neighbours else None}
