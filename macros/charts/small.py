"""The geometry of a measure's small chart, for lists: lines without words, since the text beside it has them."""

from __future__ import annotations

from dataclasses import dataclass

from ..records import Area, Measure
from ..records.measure import current_figures, places_to_compare
from ..register.official_figures import ENGLAND, OfficialFigures
from .axes import linear, midpoint, nice_ticks
from .words import Words

WIDTH, HEIGHT, MARGIN = 120, 36, 5
"""The size of the drawing, and the space around its lines for the mark at an end."""

Point = tuple[float, float]


@dataclass(frozen=True)
class SmallLine:
    """One series: stretches of points, and its newest one. `kind` is own or england."""

    kind: str
    stretches: tuple[tuple[Point, ...], ...]
    last: Point


@dataclass(frozen=True)
class SmallChart:
    """Everything that the template draws. `description` gives the figures in words."""

    description: str
    lines: tuple[SmallLine, ...]
    law: float | None
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def is_worth_drawing(self) -> bool:
        """Whether the measure itself has a line."""
        return any(line.kind == "own" and sum(map(len, line.stretches)) > 1 for line in self.lines)


def small_chart(measure: Measure, official: OfficialFigures | None = None, area: Area | None = None) -> SmallChart:
    """Return the small chart of a measure: its own line, that of England, and what the law requires.

    England is left out where it would make the area's own line flat.
    """
    words = Words.of(measure, official)
    series = [("own", area.name if area else "This area", measure.observations),
              *(("england", item.name, item.observations) for item in places_to_compare(measure)
                if item.code == ENGLAND)]
    found = [(kind, name, current_figures(observations)) for kind, name, observations in series]
    figures = [item for *_, items in found for item in items if item.value is not None]
    law = measure.law.value if measure.law else None
    values = [item.value or 0 for item in figures] + ([] if law is None else [law])
    ticks = nice_ticks(max(values, default=0), min(values, default=0))
    days = [midpoint(item.period) for item in figures]
    x = linear(min(days, default=0), max(days, default=0), MARGIN, WIDTH - MARGIN)
    y = linear(ticks[0], ticks[-1], HEIGHT - MARGIN, MARGIN)
    lines, said = [], []
    for kind, name, items in found:
        stretches: list[list[Point]] = [[]]
        for item in items:
            if item.value is None or item.break_in_series:
                stretches.append([])
            if item.value is not None:
                stretches[-1].append((x(midpoint(item.period)), y(item.value)))
        shown = [item for item in items if item.value is not None]
        if shown:
            parts = tuple(tuple(stretch) for stretch in stretches if stretch)
            lines.append(SmallLine(kind, parts, parts[-1][-1]))
            ends = shown if len(shown) == 1 else [shown[0], shown[-1]]
            said.append(f"{name}: " + ", ".join(
                f"{words.figure(item)} in {words.period(item.period)}" for item in ends))
    if law is not None:
        said.append(f"The law: {words.value(law)}")
    return SmallChart(". ".join(said) + "." if said else "", tuple(lines), None if law is None else y(law))
