"""The geometry and the words of a measure's line chart. The drawing itself is a template.

Horizontal positions are per cent of the plot's width, vertical ones are pixels. The plot can then be as wide as the
page allows, while its text keeps its size on a phone. Numbers and labels are beside the plot, in margins that are as
wide as their text: nothing covers a line, on any screen.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from ..records import Area, Measure, Observation
from ..records.measure import current_figures, places_to_compare
from ..records.partial_date import PartialDate
from ..register.official_figures import ENGLAND, OfficialFigures, Spread
from .axes import Tick, XScale, YScale, linear, midpoint, nice_ticks, x_scale, x_ticks
from .end_labels import EndLabel, LineEnd, column_width, height_of, place
from .words import Words

HEIGHT, TOP, TOP_WITH_BREAKS, BOTTOM = 320, 16, 34, 44
"""The height of the drawing, and the margins of the plot: above it for notes on breaks, below it for dates."""

MIN_GAP_DISTANCE = 10.0
"""Gaps closer together than this share one label, so that labels do not overlap."""

BREAK_LABEL_DISTANCE = 60.0
"""Of two breaks closer together than this, only the first has words in the plot. The caption explains both."""


@dataclass(frozen=True)
class Mark:
    """A figure in the plot."""

    x: float
    y: float
    observation: Observation


@dataclass(frozen=True)
class Line:
    """One series, as stretches of connected marks; a gap or a break in the series separates them.

    `kind` is own, england, region or other. `joins` are the pairs of marks on both sides of a break.
    """

    kind: str
    name: str
    stretches: tuple[tuple[Mark, ...], ...]
    joins: tuple[tuple[Mark, Mark], ...] = ()

    @property
    def marks(self) -> tuple[Mark, ...]:
        return tuple(mark for stretch in self.stretches for mark in stretch)

    @property
    def last(self) -> Mark | None:
        return self.marks[-1] if self.stretches else None


@dataclass(frozen=True)
class Rule:
    """A value that holds for the whole width: what the law requires, or the target."""

    kind: str
    y: float


@dataclass(frozen=True)
class Break:
    """Where the definition changes, and the SVG text-anchor of the words that say so; None without words."""

    x: float
    side: str | None


@dataclass(frozen=True)
class Milestone:
    """A value promised for a date, and its label. That of the target is beside the plot."""

    x: float
    y: float
    words: str


@dataclass(frozen=True)
class Chart:
    """Everything that the template draws.

    `description` gives the figures in words, and `caption` is what a reader needs to understand the drawing. `band` is
    the range of similar areas: stretches of positions with the highest and the lowest. `gaps` are the positions of
    figures that are not published, `gap_labels` those of their labels. `left` and `right` are the widths of the
    columns beside the plot, in characters.
    """

    title: str
    description: str
    caption: tuple[str, ...]
    lines: tuple[Line, ...]
    band: tuple[tuple[tuple[float, float, float], ...], ...]
    rules: tuple[Rule, ...]
    milestones: tuple[Milestone, ...]
    labels: tuple[EndLabel, ...]
    y_ticks: tuple[tuple[float, str], ...]
    x_ticks: tuple[Tick, ...]
    gaps: tuple[float, ...]
    gap_labels: tuple[float, ...]
    breaks: tuple[Break, ...]
    left: int
    right: int
    top: int
    height: int

    @property
    def bottom(self) -> int:
        """The position of the axis."""
        return self.height - BOTTOM

    @property
    def is_worth_drawing(self) -> bool:
        """Whether there is anything to compare: two figures, or a figure and what it should be."""
        figures = sum(len(line.marks) for line in self.lines)
        return figures > 1 or (figures == 1 and bool(self.rules))


def chart(measure: Measure, official: OfficialFigures | None = None, area: Area | None = None) -> Chart:
    """Return the chart of a measure. The y axis begins at zero, so that no change looks larger than it is.

    Places so large that the area's own line would be flat are left out: the tables have them.

    `official` are the figures of all areas that the measure was made from. The area's similar areas are then a band,
    but not for counts of people: a larger area has more.
    """
    own = current_figures(measure.observations)
    series = [("own", area.name if area else "", own), *(
        (_kind(item.code), item.name, current_figures(item.observations)) for item in places_to_compare(measure))]
    every = [observation for *_, observations in series for observation in observations]
    has_band = official and area and area.neighbours and not measure.counts_people
    codes = area.neighbours.codes if has_band else ()
    spread = official.spread(codes) if official and codes else []
    words = Words.of(measure, official)
    law = measure.law.value if measure.law else None
    plan = [(item.value, item.by, words.value(item.value)) for item in measure.milestones]
    if plan and measure.target and measure.target.by:
        plan.append((measure.target.value, measure.target.by, ""))
    values = [item.value for item in every if item.value is not None]
    values += [value for value in (law, measure.target and measure.target.value) if value is not None]
    values += [value for value, *_ in plan] + [item.highest for item in spread]
    ticks = nice_ticks(max(values, default=0), min(values, default=0))
    x = x_scale([item.period for item in every] + [by for _, by, _ in plan])
    top = TOP_WITH_BREAKS if any(item.break_in_series for item in own) else TOP

    ends = list(_ends(series, spread, law, words, measure, x))
    height = max(HEIGHT, top + BOTTOM + height_of(ends))
    y = linear(ticks[0], ticks[-1], height - BOTTOM, top)
    lines = tuple(_line(kind, name, observations, x, y) for kind, name, observations in series)
    gaps = [x(item.period) for item in own if item.value is None]
    target = measure.target.value if measure.target else None
    return Chart(
        measure.title + (f", {area.name}" if area else ""),
        " ".join(_described(series, spread, law, words, measure)), tuple(_caption(measure, own, spread, words, area)),
        lines, _band(spread, own, x, y),
        tuple(Rule(kind, y(value)) for kind, value in (("law", law), ("target", target)) if value is not None),
        tuple(Milestone(x(by), y(value), label) for value, by, label in plan),
        place(ends, y, 8, height - BOTTOM + 6),
        tuple((y(tick), words.value(tick)) for tick in ticks),
        x_ticks([item.period for item in every] + [by for _, by, _ in plan], x, words),
        tuple(gaps), tuple(_group_midpoints(gaps)), tuple(_breaks(own, x)),
        max(len(words.value(tick)) for tick in ticks), column_width(ends), top, height,
    )


Series = tuple[str, str, list[Observation]]


def _kind(code: str | None) -> str:
    return "england" if code == ENGLAND else "region" if code and code.startswith("E12") else "other"


def _ends(series: list[Series], spread: list[Spread], law: float | None, words: Words, measure: Measure, x: XScale
          ) -> Iterator[LineEnd]:
    """Yield what each line has at its end: its name and its newest figure, with the period if that is older."""
    newest = max((item.period for *_, observations in series for item in observations if item.value is not None),
                 key=midpoint, default=None)

    def since(period: PartialDate) -> tuple[str, ...]:
        return () if period == newest else (f"in {words.short(period)}",)

    for kind, name, observations in series:
        last = next((item for item in reversed(observations) if item.value is not None), None)
        if last and last.value is not None:
            yield LineEnd(kind, name, (words.figure(last), *since(last.period)), last.value, x(last.period))
    if spread:
        wide = spread[-1]
        yield LineEnd("band", "Similar areas",
                      (f"{words.value(wide.lowest)} to {words.value(wide.highest)}", *since(wide.period)),
                      (wide.lowest + wide.highest) / 2, x(wide.period))
    target = measure.target
    if law is not None:
        yield LineEnd("law", "The law", (words.value(law),), law, 100)
    if target:
        by = (f"by {words.short(target.by)}",) if target.by else ()
        yield LineEnd("target", "Target", (words.value(target.value), *by), target.value, 100)


def _described(series: list[Series], spread: list[Spread], law: float | None, words: Words, measure: Measure
               ) -> Iterator[str]:
    """Yield sentences with the figures, for readers who do not see the drawing."""
    for _, name, observations in series:
        figures = [item for item in observations if item.value is not None]
        shown = figures if len(figures) < 7 else [figures[0], figures[-1]]
        if shown:
            yield (f"{name or 'This area'}: " + ", ".join(f"{words.figure(item)} in {words.period(item.period)}"
                                                          for item in shown)
                   + (f", with {len(figures) - 2} figures between" if shown is not figures else "") + ".")
    if spread:
        last = spread[-1]
        yield (f"Similar areas: from {words.value(last.lowest)} to {words.value(last.highest)} in "
               f"{words.period(last.period)}.")
    if law is not None:
        yield f"The law: {words.value(law)}."
    for item in measure.milestones:
        yield f"A milestone is {words.value(item.value)} by {words.period(item.by)}."
    if measure.target:
        yield f"The target is {words.value(measure.target.value)}."
    hidden = sum(item.value is None for item in series[0][2])
    if hidden:
        yield f"{hidden} figure{' is' if hidden == 1 else 's are'} not published."
    breaks = sum(bool(item.break_in_series) for item in series[0][2])
    if breaks:
        yield f"What is counted changes {'once' if breaks == 1 else f'{breaks} times'}."


def _caption(measure: Measure, own: list[Observation], spread: list[Spread], words: Words, area: Area | None
             ) -> Iterator[str]:
    yield f"{words.counted}."
    if spread and area:
        yield f"Shaded: from the lowest to the highest of {max(item.count for item in spread)} areas like {area.name}."
    if any(item.state == "provisional" for item in own):
        yield "A hollow mark is a figure that may still change."
    if measure.milestones:
        yield "A diamond is a milestone that was promised: " + ", ".join(
            f"{words.value(item.value)} by {words.period(item.by)}" for item in measure.milestones) + "."
    for item in own:
        if item.break_in_series:
            note = item.break_in_series
            yield f"Counted differently from {words.period(item.period)} on. {note}{'' if note[-1] in '.!?' else '.'}"


def _line(kind: str, name: str, observations: list[Observation], x: XScale, y: YScale) -> Line:
    stretches: list[list[Mark]] = [[]]
    joins: list[tuple[Mark, Mark]] = []
    before: Mark | None = None
    for observation in observations:
        mark = None if observation.value is None else Mark(x(observation.period), y(observation.value), observation)
        if mark is None or observation.break_in_series:
            stretches.append([])
        if mark:
            if before and observation.break_in_series:
                joins.append((before, mark))
            stretches[-1].append(mark)
        before = mark
    return Line(kind, name, tuple(tuple(stretch) for stretch in stretches if stretch), tuple(joins))


def _band(spread: list[Spread], own: list[Observation], x: XScale, y: YScale
          ) -> tuple[tuple[tuple[float, float, float], ...], ...]:
    breaks = {item.period.text for item in own if item.break_in_series}
    stretches: list[list[tuple[float, float, float]]] = [[]]
    for item in spread:
        if item.period.text in breaks:
            stretches.append([])
        stretches[-1].append((x(item.period), y(item.highest), y(item.lowest)))
    return tuple(tuple(stretch) for stretch in stretches if stretch)


def _group_midpoints(positions: list[float]) -> list[float]:
    groups: list[list[float]] = []
    for position in positions:
        if groups and position - groups[-1][-1] < MIN_GAP_DISTANCE:
            groups[-1].append(position)
        else:
            groups.append([position])
    return [round((group[0] + group[-1]) / 2, 2) for group in groups]


def _breaks(observations: list[Observation], x: XScale) -> Iterator[Break]:
    """Yield the positions half-way between each figure that begins a new definition and the one before it."""
    labelled: float | None = None
    for before, item in pairwise([observations[0], *observations] if observations else []):
        if item.break_in_series:
            at = round((x(before.period) + x(item.period)) / 2, 2)
            has_words = labelled is None or at - labelled > BREAK_LABEL_DISTANCE
            labelled = at if has_words else labelled
            yield Break(at, ("start" if at < 35 else "end" if at > 65 else "middle") if has_words else None)
