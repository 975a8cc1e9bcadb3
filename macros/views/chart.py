"""A measure as a line chart: where everything stands, in the units of the drawing. The drawing itself is a template."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ..period import Period
from ..records import Measure, Observation

WIDTH, HEIGHT = 720, 340
LEFT, RIGHT, TOP, BOTTOM = 64, 24, 20, 44
"""The drawing's size and the margins around the plot; its viewBox scales it to the page."""


@dataclass(frozen=True)
class Mark:
    """A figure in the plot, with the figure and its period for a label."""

    x: float
    y: float
    observation: Observation


@dataclass(frozen=True)
class Line:
    """One series: stretches of marks that belong together; a gap or a break in the series parts them."""

    name: str
    stretches: tuple[tuple[Mark, ...], ...]

    @property
    def last(self) -> Mark | None:
        return self.stretches[-1][-1] if self.stretches else None


@dataclass(frozen=True)
class Chart:
    """All that the template draws. `gaps` and `breaks` are places on the x axis."""

    lines: tuple[Line, ...]
    y_ticks: tuple[tuple[float, float], ...]
    x_ticks: tuple[tuple[float, str], ...]
    target_y: float | None
    gaps: tuple[float, ...]
    breaks: tuple[float, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    top: int = TOP
    bottom: int = HEIGHT - BOTTOM


def chart(measure: Measure) -> Chart:
    """Return the chart of a measure. The y axis begins at nought, so that no change looks larger than it is."""
    series = [("", measure.observations), *((item.name, item.observations) for item in measure.comparators)]
    every = [observation for _, observations in series for observation in latest(observations)]
    values = [observation.value for observation in every if observation.value is not None]
    if measure.target:
        values.append(measure.target.value)
    ticks = nice_ticks(max(values, default=0))
    first, last = _span([observation.period for observation in every])

    def x(period: Period) -> float:
        if last == first:
            return round((LEFT + WIDTH - RIGHT) / 2, 1)
        share = (period.first_day.toordinal() - first) / (last - first)
        return round(LEFT + 16 + share * (WIDTH - RIGHT - LEFT - 32), 1)

    def y(value: float) -> float:
        return round(HEIGHT - BOTTOM - value / ticks[-1] * (HEIGHT - BOTTOM - TOP), 1)

    lines = tuple(Line(name, _stretches(latest(observations), x, y)) for name, observations in series)
    own = latest(measure.observations)
    return Chart(
        lines, tuple((tick, y(tick)) for tick in ticks), _x_ticks([item.period for item in every], x),
        y(measure.target.value) if measure.target else None,
        tuple(x(item.period) for item in own if item.value is None),
        tuple(x(item.period) for item in own if item.break_in_series),
    )


def latest(observations: Sequence[Observation]) -> list[Observation]:
    """Return one figure for each period: the last one given, which revises those before it."""
    return list({observation.period.text: observation for observation in observations}.values())


def nice_ticks(highest: float, wanted: int = 5) -> list[float]:
    """Return round numbers from 0 up to at least `highest`, about `wanted` steps apart."""
    if highest <= 0:
        return [0, 1]
    rough = highest / wanted
    power = 10 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= rough)
    if step >= 1 and step % 1:
        step = math.ceil(step)
    return [round(step * number, 10) for number in range(math.ceil(highest / step - 1e-9) + 1)]


def _stretches(observations: list[Observation], x, y) -> tuple[tuple[Mark, ...], ...]:  # type: ignore[no-untyped-def]
    stretches: list[list[Mark]] = [[]]
    for observation in observations:
        if observation.value is None or observation.break_in_series:
            stretches.append([])
        if observation.value is not None:
            stretches[-1].append(Mark(x(observation.period), y(observation.value), observation))
    return tuple(tuple(stretch) for stretch in stretches if stretch)


def _span(periods: list[Period]) -> tuple[int, int]:
    days = [period.first_day.toordinal() for period in periods] or [date(2000, 1, 1).toordinal()]
    return min(days), max(days)


def _x_ticks(periods: list[Period], x, most: int = 6) -> tuple[tuple[float, str], ...]:  # type: ignore[no-untyped-def]
    """Return the places and short labels of at most `most` periods, spread evenly, the first and last among them."""
    unique = sorted({period.text: period for period in periods}.values(), key=lambda period: period.first_day)
    if len(unique) > most:
        unique = [unique[round(number * (len(unique) - 1) / (most - 1))] for number in range(most)]
    return tuple((x(period), short_label(period)) for period in unique)


def short_label(period: Period) -> str:
    """Return a period short enough for an axis: "Jan 2023", "Q2 2024", "19 Dec 2023"."""
    day = period.first_day
    month = str(Period.parse(f"{day:%Y-%m}")).split()[0][:3]
    return {"day": f"{day.day} {month} {day.year}", "month": f"{month} {day.year}",
            "quarter": f"Q{(day.month + 2) // 3} {day.year}", "year": str(day.year)}[period.precision]
