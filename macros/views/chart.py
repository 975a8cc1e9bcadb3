"""A measure as a line chart: where everything stands. The drawing itself is a template.

Across, a place is a share of the drawing's width in hundredths; down, it is in pixels. So the drawing is as wide as the
page, and its words keep their size on a phone.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ..period import MONTHS, Period
from ..records import Measure, Observation

HEIGHT, TOP, BOTTOM = 320, 36, 44
"""The drawing's height, and the room above and below the plot: above for labels, below for dates."""

RIGHT = 97.0
"""Where the plot ends. Where it begins depends on how long the numbers beside its axis are."""

LABEL_HEIGHT = 18
CLOSE = 6.0
"""Places across that are nearer than this are taken as one, so that words do not lie on each other."""

DATE_WIDTH = 14.0
"""The room that a date below the axis needs on a phone."""


@dataclass(frozen=True)
class Mark:
    """A figure in the plot."""

    x: float
    y: float
    observation: Observation


@dataclass(frozen=True)
class Label:
    """Where the words for a line stand. `side` is start where they run on from that place, end where they run up to it."""

    x: float
    y: float
    side: str


@dataclass(frozen=True)
class Line:
    """One series: stretches of marks that belong together; a gap or a break in the series parts them.

    `name` is empty for the measure itself. `label` is None where there is no figure.
    """

    name: str
    stretches: tuple[tuple[Mark, ...], ...]
    label: Label | None = None

    @property
    def marks(self) -> tuple[Mark, ...]:
        return tuple(mark for stretch in self.stretches for mark in stretch)

    @property
    def last(self) -> Mark | None:
        return self.marks[-1] if self.stretches else None


@dataclass(frozen=True)
class Chart:
    """All that the template draws.

    `gaps` are the places of figures that are not published, `gap_labels` those where words say so. `breaks` are the
    places from which on something else is counted.
    """

    lines: tuple[Line, ...]
    y_ticks: tuple[tuple[float, float], ...]
    x_ticks: tuple[tuple[float, str], ...]
    target_y: float | None
    gaps: tuple[float, ...]
    gap_labels: tuple[float, ...]
    breaks: tuple[float, ...]
    left: float
    right: float = RIGHT
    height: int = HEIGHT
    top: int = TOP
    bottom: int = HEIGHT - BOTTOM

    @property
    def is_worth_drawing(self) -> bool:
        """Whether there is anything to compare: two figures, or a figure and a target."""
        figures = sum(len(line.marks) for line in self.lines)
        return figures > 1 or (figures == 1 and self.target_y is not None)


def chart(measure: Measure) -> Chart:
    """Return the chart of a measure. The y axis begins at nought, so that no change looks larger than it is."""
    series = [("", measure.observations), *((item.name, item.observations) for item in measure.comparators)]
    every = [observation for _, observations in series for observation in latest(observations)]
    values = [observation.value for observation in every if observation.value is not None]
    if measure.target:
        values.append(measure.target.value)
    ticks = nice_ticks(max(values, default=0), min(values, default=0))
    left = max(8.0, 3.0 + 2.4 * max(len(f"{tick:,g}") + ("per cent" in measure.unit) for tick in ticks))
    x, y = _across([observation.period for observation in every], left), _down(ticks)
    own = latest(measure.observations)
    gaps = [x(item.period) for item in own if item.value is None]
    return Chart(
        _labelled([Line(name, _stretches(latest(observations), x, y)) for name, observations in series]),
        tuple((tick, y(tick)) for tick in ticks), _x_ticks([item.period for item in every], x),
        y(measure.target.value) if measure.target else None,
        tuple(gaps), tuple(_one_for_each_group(gaps)), tuple(_breaks(own, x)), left,
    )


def latest(observations: Sequence[Observation]) -> list[Observation]:
    """Return one figure for each period: the last one given, which revises those before it."""
    return list({observation.period.text: observation for observation in observations}.values())


def nice_ticks(highest: float, lowest: float = 0, wanted: int = 5) -> list[float]:
    """Return round numbers from 0, or from below `lowest`, up to at least `highest`, about `wanted` steps apart."""
    lowest, highest = min(lowest, 0), max(highest, 0)
    if highest == lowest:
        return [0, 1]
    rough = (highest - lowest) / wanted
    power = 10 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= rough)
    if step >= 1 and step % 1:
        step = math.ceil(step)
    return [round(step * number, 10)
            for number in range(math.floor(lowest / step + 1e-9), math.ceil(highest / step - 1e-9) + 1)]


Place = Callable[[Period], float]


def _across(periods: list[Period], left: float) -> Place:
    """Return where a period stands across: its middle, so that a year stands beside the months that it holds."""
    middles = [_middle(period) for period in periods]
    first, last = min(middles, default=0), max(middles, default=0)

    def x(period: Period) -> float:
        share = (_middle(period) - first) / (last - first) if last > first else 0.5
        return round(left + 3 + share * (RIGHT - left - 6), 2)

    return x


def _middle(period: Period) -> float:
    return (period.first_day.toordinal() + period.last_day.toordinal()) / 2


def _down(ticks: list[float]) -> Callable[[float], float]:
    def y(value: float) -> float:
        return round(HEIGHT - BOTTOM - (value - ticks[0]) / (ticks[-1] - ticks[0]) * (HEIGHT - BOTTOM - TOP), 1)

    return y


def _stretches(observations: list[Observation], x: Place, y: Callable[[float], float]) -> tuple[tuple[Mark, ...], ...]:
    stretches: list[list[Mark]] = [[]]
    for observation in observations:
        if observation.value is None or observation.break_in_series:
            stretches.append([])
        if observation.value is not None:
            stretches[-1].append(Mark(x(observation.period), y(observation.value), observation))
    return tuple(tuple(stretch) for stretch in stretches if stretch)


def _labelled(lines: list[Line]) -> tuple[Line, ...]:
    """Return the lines with places for their words, none on another."""
    labels: dict[int, Label] = {}
    for number in sorted(range(len(lines)), key=lambda number: lines[number].last.y if lines[number].last else 0):
        label = _label(lines[number])
        if label is None:
            continue
        y = label.y
        while any(other.side == label.side and abs(other.y - y) < LABEL_HEIGHT for other in labels.values()):
            y += 1
        labels[number] = Label(label.x, round(y, 1), label.side)
    return tuple(Line(line.name, line.stretches, labels.get(number)) for number, line in enumerate(lines))


def _label(line: Line) -> Label | None:
    """Return a place beside a line's last mark, on the side that its last stretch does not come from."""
    last = line.last
    if last is None:
        return None
    if last.x < 60:
        return Label(last.x + 2, last.y + 4, "start")
    before = line.stretches[-1][-2] if len(line.stretches[-1]) > 1 else last
    falls = before.y < last.y - 1 and last.y < HEIGHT - BOTTOM - 2 * LABEL_HEIGHT
    return Label(last.x + 1, last.y + (22 if falls else -12), "end")


def _one_for_each_group(places: list[float]) -> list[float]:
    groups: list[list[float]] = []
    for place in places:
        if groups and place - groups[-1][-1] < CLOSE:
            groups[-1].append(place)
        else:
            groups.append([place])
    return [round((group[0] + group[-1]) / 2, 2) for group in groups]


def _breaks(observations: list[Observation], x: Place) -> list[float]:
    """Return the places half-way between a figure that is counted otherwise and the one before it."""
    return [round((x(observations[max(number - 1, 0)].period) + x(item.period)) / 2, 2)
            for number, item in enumerate(observations) if item.break_in_series]


def _x_ticks(periods: list[Period], x: Place, most: int = 6) -> tuple[tuple[float, str], ...]:
    """Return the places and short labels of at most `most` periods, the first and last among them, none too close."""
    unique = sorted({period.text: period for period in periods}.values(), key=lambda period: (x(period), period.text))
    if len(unique) > most:
        unique = [unique[round(number * (len(unique) - 1) / (most - 1))] for number in range(most)]
    kept = unique[-1:]
    for period in reversed(unique[:-1]):
        if x(kept[0]) - x(period) >= DATE_WIDTH and (period is unique[0] or x(period) - x(unique[0]) >= DATE_WIDTH):
            kept.insert(0, period)
    return tuple((x(period), short_label(period)) for period in kept)


def short_label(period: Period) -> str:
    """Return a period short enough for an axis: "Jan 2023", "Apr–Jun 2024", "19 Dec 2023". Its year comes last."""
    first, last = period.first_day, period.last_day
    words = {"day": f"{first.day} {MONTHS[first.month][:3]} ", "month": f"{MONTHS[first.month][:3]} ",
             "quarter": f"{MONTHS[first.month][:3]}–{MONTHS[last.month][:3]} ", "year": ""}[period.precision]
    return f"{words}{first.year}"
