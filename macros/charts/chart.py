"""A measure as a line chart: where everything stands. The drawing itself is a template.

Across, a place is a share of the drawing's width in hundredths; down, it is in pixels. So the drawing is as wide as the
page, and its words keep their size on a phone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ..records import Measure, Observation
from ..records.partial_date import PartialDate
from ..register.labels import number_in_words
from .axes import Place, date_ticks, middle, nice_ticks
from .labels import HUNDREDTH, Label, Room

HEIGHT, TOP, TOP_WITH_BREAKS, BOTTOM = 320, 20, 50, 44
"""The drawing's height, and the room above and below the plot: above for what is said of breaks, below for dates."""

BREAK_WORDS = 18
"""The lower edge of what is said of breaks."""

RIGHT = 97.0
"""Where the plot ends. Where it begins depends on how long the numbers beside its axis are."""

OWN_NAME = "x" * 14
"""Stands for the area's name where room is made for it."""

CLOSE = 6.0
"""Places across that are nearer than this are taken as one, so that words do not lie on each other."""


@dataclass(frozen=True)
class Mark:
    """A figure in the plot."""

    x: float
    y: float
    observation: Observation


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
    target_label: Label | None
    gaps: tuple[float, ...]
    gap_labels: tuple[float, ...]
    breaks: tuple[float, ...]
    left: float
    top: int
    right: float = RIGHT
    height: int = HEIGHT
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
    left = max(8.0, 3.0 + 2.4 * max(len(number_in_words(tick)) + ("per cent" in measure.unit) for tick in ticks))
    own = latest(measure.observations)
    top = TOP_WITH_BREAKS if any(item.break_in_series for item in own) else TOP
    x, y = _across([observation.period for observation in every], left), _down(ticks, top)
    gaps = [x(item.period) for item in own if item.value is None]
    gap_labels = _one_for_each_group(gaps)
    lines = [Line(name, _stretches(latest(observations), x, y)) for name, observations in series]
    room = _room(lines, gap_labels, [y(tick) for tick in ticks], left, BREAK_WORDS if top > TOP else 0)
    target_y = y(measure.target.value) if measure.target else None
    if target_y is not None:
        room.draw([(left, target_y), (RIGHT, target_y)])
    labelled = _labelled(lines, room)
    return Chart(
        labelled, tuple((tick, y(tick)) for tick in ticks),
        date_ticks([item.period for item in own], [item.period for item in every], x), target_y,
        None if target_y is None else room.label(_places_along(target_y, left), len("Target 1,000%")),
        tuple(gaps), tuple(gap_labels), tuple(_breaks(own, x)), left, top,
    )


def _room(lines: list[Line], gap_labels: list[float], ticks: list[float], left: float, top: float) -> Room:
    """Return the room for words, with all that is drawn taken from it. Words of breaks stand above `top`."""
    room = Room(0, 100, top, HEIGHT - BOTTOM)
    for y in ticks:
        room.take((0, y - 9, (left - 1) * HUNDREDTH, y + 9))
    for line in lines:
        for stretch in line.stretches:
            room.draw((mark.x, mark.y) for mark in stretch)
    for x in gap_labels:
        room.take((x * HUNDREDTH - 9, HEIGHT - BOTTOM - 75, x * HUNDREDTH + 9, HEIGHT - BOTTOM))
    return room


def latest(observations: Sequence[Observation]) -> list[Observation]:
    """Return one figure for each period: the last one given, which revises those before it."""
    return list({observation.period.text: observation for observation in observations}.values())


def _across(periods: list[PartialDate], left: float) -> Place:
    """Return where a period stands across: its middle, so that a year stands beside the months that it holds."""
    middles = [middle(period) for period in periods]
    first, last = min(middles, default=0), max(middles, default=0)

    def x(period: PartialDate) -> float:
        share = (middle(period) - first) / (last - first) if last > first else 0.5
        return round(left + 3 + share * (RIGHT - left - 8), 2)

    return x


def _down(ticks: list[float], top: int) -> Callable[[float], float]:
    def y(value: float) -> float:
        return round(HEIGHT - BOTTOM - (value - ticks[0]) / (ticks[-1] - ticks[0]) * (HEIGHT - BOTTOM - top), 1)

    return y


def _stretches(observations: list[Observation], x: Place, y: Callable[[float], float]) -> tuple[tuple[Mark, ...], ...]:
    stretches: list[list[Mark]] = [[]]
    for observation in observations:
        if observation.value is None or observation.break_in_series:
            stretches.append([])
        if observation.value is not None:
            stretches[-1].append(Mark(x(observation.period), y(observation.value), observation))
    return tuple(tuple(stretch) for stretch in stretches if stretch)


def _labelled(lines: list[Line], room: Room) -> tuple[Line, ...]:
    """Return the lines with places for their words: above the end of the topmost, else below where that is free."""
    labels: dict[int, Label] = {}
    ends = [(line.last, number) for number, line in enumerate(lines) if line.last]
    ends.sort(key=lambda item: (item[0].y, item[1]))
    for end, number in ends:
        figure = len(number_in_words(end.observation.value or 0)) + 1 + 6 * end.observation.approximate
        letters = figure + (len(lines[number].name or OWN_NAME) + 3 if len(lines) > 1 else 0)
        labels[number] = room.label(_places_near(end, number != ends[0][1]), letters)
    return tuple(Line(line.name, line.stretches, labels.get(number)) for number, line in enumerate(lines))


def _places_near(mark: Mark, rather_below: bool) -> list[Label]:
    """Return places for the words of a mark: beside it, and ever further above and below."""
    shifts = [shift for step in range(14, HEIGHT, 6) for shift in ((step + 8, -step) if rather_below else
                                                                   (-step, step + 8))]
    near, middle = min(mark.x + 2, RIGHT), (mark.x + RIGHT) / 2
    around = [Label(round(x, 2), round(mark.y + shift, 1), "end") for shift in shifts for x in (near, middle, RIGHT)]
    return [around[0], Label(round(mark.x + 2.5, 2), mark.y + 4, "start"), *around[1:]]


def _places_along(y: float, left: float) -> list[Label]:
    """Return places for the words of the target: at either end of its line, above it or below."""
    return [Label(round(x, 2), round(y + shift, 1), side)
            for x, side in ((left + 1, "start"), (RIGHT, "end")) for shift in (-11, 19)]


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
