"""The geometry of a measure's line chart. The drawing itself is a template.

Horizontal positions are percentages of the drawing's width, vertical ones are pixels. The drawing can then be as wide
as the page, while its text keeps its size on a phone.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from ..records import Area, Measure, Observation
from ..records.measure import current_figures, number_in_words
from ..records.partial_date import MONTHS, PartialDate
from ..register.official_figures import OfficialFigures
from .label_placement import PERCENT_WIDTH, Label, LabelPlacer

DATE_WIDTH = 14.0
"""The width of a date below the axis on a phone, in per cent of the drawing."""

XScale = Callable[[PartialDate], float]
"""Maps a period to its horizontal position."""

YScale = Callable[[float], float]
"""Maps a value to its vertical position."""


HEIGHT, TOP, TOP_WITH_BREAKS, BOTTOM = 320, 20, 50, 44
"""The height of the drawing, and the margins of the plot: above it for notes on breaks, below it for dates."""

BREAK_NOTES_BOTTOM = 18
"""The lower edge of the notes on breaks."""

RIGHT = 97.0
"""The right edge of the plot. Its left edge depends on the length of the numbers beside the axis."""

OWN_NAME_LENGTH = 14
"""The space reserved for the area's name, in characters."""

MIN_GAP_DISTANCE = 6.0
"""Gaps closer together than this share one label, so that labels do not overlap."""


@dataclass(frozen=True)
class Mark:
    """A figure in the plot."""

    x: float
    y: float
    observation: Observation


@dataclass(frozen=True)
class Line:
    """One series, as stretches of connected marks; a gap or a break in the series separates them.

    `name` is empty for the measure itself. `label` is None when the series has no figure.
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
    """Everything that the template draws.

    `gaps` are the positions of figures that are not published, `gap_labels` those of their labels. `breaks` are the
    positions where the definition changes.
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


def chart(measure: Measure, official: OfficialFigures | None = None, area: Area | None = None) -> Chart:
    """Return the chart of a measure. The y axis begins at zero, so that no change looks larger than it is."""
    series = [("", measure.observations), *((item.name, item.observations) for item in measure.comparators)]
    every = [observation for _, observations in series for observation in current_figures(observations)]
    values = [observation.value for observation in every if observation.value is not None]
    if measure.target:
        values.append(measure.target.value)
    ticks = nice_ticks(max(values, default=0), min(values, default=0))
    left = max(8.0, 3.0 + 2.4 * max(len(number_in_words(tick)) + ("per cent" in measure.unit) for tick in ticks))
    own = current_figures(measure.observations)
    top = TOP_WITH_BREAKS if any(item.break_in_series for item in own) else TOP
    x, y = _x_scale([observation.period for observation in every], left), _y_scale(ticks, top)
    gaps = [x(item.period) for item in own if item.value is None]
    gap_labels = _group_midpoints(gaps)
    lines = [Line(name, _stretches(current_figures(observations), x, y)) for name, observations in series]
    placer = _label_placer(lines, gap_labels, [y(tick) for tick in ticks], left, BREAK_NOTES_BOTTOM if top > TOP else 0)
    target_y = y(measure.target.value) if measure.target else None
    if target_y is not None:
        placer.reserve_line([(left, target_y), (RIGHT, target_y)])
    labelled = _with_labels(lines, placer)
    return Chart(
        labelled, tuple((tick, y(tick)) for tick in ticks),
        date_ticks([item.period for item in own], [item.period for item in every], x), target_y,
        None if target_y is None else placer.place(_target_label_positions(target_y, left), len("Target 1,000%")),
        tuple(gaps), tuple(gap_labels), tuple(_breaks(own, x)), left, top,
    )


def _label_placer(lines: list[Line], gap_labels: list[float], ticks: list[float], left: float, top: float
                  ) -> LabelPlacer:
    """Return a placer that keeps labels off everything drawn, and below `top`, where the notes on breaks end."""
    placer = LabelPlacer(0, 100, top, HEIGHT - BOTTOM)
    for y in ticks:
        placer.reserve((0, y - 9, (left - 1) * PERCENT_WIDTH, y + 9))
    for line in lines:
        for stretch in line.stretches:
            placer.reserve_line((mark.x, mark.y) for mark in stretch)
    for x in gap_labels:
        placer.reserve((x * PERCENT_WIDTH - 9, HEIGHT - BOTTOM - 75, x * PERCENT_WIDTH + 9, HEIGHT - BOTTOM))
    return placer


def _x_scale(periods: list[PartialDate], left: float) -> XScale:
    """Return the horizontal scale. A period is drawn at its midpoint, which puts a year among its months."""
    midpoints = [midpoint(period) for period in periods]
    first, last = min(midpoints, default=0), max(midpoints, default=0)

    def x(period: PartialDate) -> float:
        share = (midpoint(period) - first) / (last - first) if last > first else 0.5
        return round(left + 3 + share * (RIGHT - left - 8), 2)

    return x


def _y_scale(ticks: list[float], top: int) -> YScale:
    def y(value: float) -> float:
        return round(HEIGHT - BOTTOM - (value - ticks[0]) / (ticks[-1] - ticks[0]) * (HEIGHT - BOTTOM - top), 1)

    return y


def _stretches(observations: list[Observation], x: XScale, y: YScale) -> tuple[tuple[Mark, ...], ...]:
    stretches: list[list[Mark]] = [[]]
    for observation in observations:
        if observation.value is None or observation.break_in_series:
            stretches.append([])
        if observation.value is not None:
            stretches[-1].append(Mark(x(observation.period), y(observation.value), observation))
    return tuple(tuple(stretch) for stretch in stretches if stretch)


def _with_labels(lines: list[Line], placer: LabelPlacer) -> tuple[Line, ...]:
    """Return the lines with their labels: above the end of the topmost line, and below the ends of the others."""
    labels: dict[int, Label] = {}
    ends = [(line.last, number) for number, line in enumerate(lines) if line.last]
    ends.sort(key=lambda item: (item[0].y, item[1]))
    for end, number in ends:
        figure = len(number_in_words(end.observation.value or 0)) + 1 + 6 * end.observation.approximate
        letters = figure + ((len(lines[number].name) or OWN_NAME_LENGTH) + 3 if len(lines) > 1 else 0)
        labels[number] = placer.place(_label_positions(end, number != ends[0][1]), letters)
    return tuple(Line(line.name, line.stretches, labels.get(number)) for number, line in enumerate(lines))


def _label_positions(mark: Mark, prefer_below: bool) -> list[Label]:
    """Return positions for the label of a mark, best first: beside it, then further and further above and below."""
    shifts = [shift for step in range(14, HEIGHT, 6) for shift in ((step + 8, -step) if prefer_below else
                                                                   (-step, step + 8))]
    near, half_way = min(mark.x + 2, RIGHT), (mark.x + RIGHT) / 2
    around = [Label(round(x, 2), round(mark.y + shift, 1), "end") for shift in shifts for x in (near, half_way, RIGHT)]
    return [around[0], Label(round(mark.x + 2.5, 2), mark.y + 4, "start"), *around[1:]]


def _target_label_positions(y: float, left: float) -> list[Label]:
    """Return positions for the label of the target: at either end of its line, above or below it."""
    return [Label(round(x, 2), round(y + shift, 1), side)
            for x, side in ((left + 1, "start"), (RIGHT, "end")) for shift in (-11, 19)]


def _group_midpoints(positions: list[float]) -> list[float]:
    groups: list[list[float]] = []
    for position in positions:
        if groups and position - groups[-1][-1] < MIN_GAP_DISTANCE:
            groups[-1].append(position)
        else:
            groups.append([position])
    return [round((group[0] + group[-1]) / 2, 2) for group in groups]


def _breaks(observations: list[Observation], x: XScale) -> list[float]:
    """Return the positions half-way between each figure that begins a new definition and the one before it."""
    return [round((x(observations[max(number - 1, 0)].period) + x(item.period)) / 2, 2)
            for number, item in enumerate(observations) if item.break_in_series]


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


def midpoint(period: PartialDate) -> float:
    """Return the midpoint of a period, as a day's ordinal number."""
    return (period.first_day.toordinal() + period.last_day.toordinal()) / 2


def date_ticks(own: list[PartialDate], every: list[PartialDate], x: XScale, max_ticks: int = 6
               ) -> tuple[tuple[float, str], ...]:
    """Return positions and short labels of at most `max_ticks` of the measure's own periods, none too close to another.

    The first and the last of every line are among them.
    """
    ends = [min(every, key=midpoint), max(every, key=midpoint)] if every else []
    unique = sorted({period.text: period for period in (*own, *ends)}.values(), key=x)
    if len(unique) > max_ticks:
        unique = [unique[round(number * (len(unique) - 1) / (max_ticks - 1))] for number in range(max_ticks)]
    kept = unique[-1:]
    for period in reversed(unique[:-1]):
        if x(kept[0]) - x(period) >= DATE_WIDTH and (period is unique[0] or x(period) - x(unique[0]) >= DATE_WIDTH):
            kept.insert(0, period)
    return tuple((x(period), short_label(period)) for period in kept)


def short_label(period: PartialDate) -> str:
    """Return a period as an axis shows it: "Jan 2023", "Apr–Jun 2024", "19 Dec 2023"."""
    first, last = period.first_day, period.last_day
    words = {"day": f"{first.day} {MONTHS[first.month][:3]} ", "month": f"{MONTHS[first.month][:3]} ",
             "quarter": f"{MONTHS[first.month][:3]}–{MONTHS[last.month][:3]} ", "year": ""}[period.precision]
    return f"{words}{first.year}"
