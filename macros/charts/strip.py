"""The geometry of a strip that shows where one area is among all: a mark for each of them, on one scale."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..records.partial_date import PartialDate
from ..register.official_figures import ENGLAND, OfficialFigures
from .axes import linear, nice_ticks
from .end_labels import wrapped
from .words import Words

NAME_LENGTH = 18
"""The longest line of the area's label in characters: half of the strip on a narrow phone."""


@dataclass(frozen=True)
class StripMark:
    """A place on the strip. `kind` is area, similar, own or england; `side` is the SVG text-anchor of its label."""

    kind: str
    x: float
    label: tuple[str, ...] = ()
    side: str = "start"


@dataclass(frozen=True)
class Strip:
    """Everything that the template draws. `description` says in words what the drawing shows.

    `period` is in words. `ticks` are positions with values in words. `own` is the area itself.
    """

    period: str
    caption: str
    description: str
    marks: tuple[StripMark, ...]
    own: StripMark
    england: StripMark | None
    ticks: tuple[tuple[float, str], ...]


def strip(figures: OfficialFigures, code: str, neighbours: Iterable[str]) -> Strip | None:
    """Return the strip of the newest period in which most areas have a figure; None if the area has none in it."""
    period = figures.newest_full_period
    areas = figures.areas(period) if period else []
    own = next((row for row in areas if row.code == code), None)
    if own is None or own.value is None or period is None:
        return None
    similar = set(neighbours)
    words = Words(figures.indicator.unit, figures.indicator.periods == "school_year")
    when = words.period(PartialDate.parse(period))
    values = [row.value or 0 for row in areas]
    ticks = nice_ticks(values[-1], values[0])
    x = linear(ticks[0], ticks[-1], 0, 100)
    england = figures.latest.get((ENGLAND, period))

    def mark(kind: str, name: str, value: float) -> StripMark:
        label = tuple(wrapped(f"{name} {words.value(value)}", NAME_LENGTH))
        return StripMark(kind, x(value), label, "start" if x(value) < 50 else "end")

    others = [row for row in areas if row.code != code]
    kinds = [("similar" if row.code in similar else "area", row.value or 0) for row in others]
    higher = sum((row.value or 0) > own.value for row in others)
    same = sum(row.value == own.value for row in others)
    count = sum(kind == "similar" for kind, _ in kinds)
    caption = f"Each mark is one of {len(areas)} areas, in {when}."
    if count:
        caption += f" The taller ones are {count} areas like {figures.name(code)}." if count > 1 else \
            f" The taller one is an area like {figures.name(code)}."
    has_england = england is not None and england.value is not None
    return Strip(
        when, caption,
        f"{figures.name(code)}: {words.value(own.value)} in {when}. {higher} of {len(others)} other areas had a higher "
        f"figure, {len(others) - higher - same} a lower one." + (f" {same} had the same." if same else "")
        + (f" England: {words.value(england.value or 0)}." if england and has_england else ""),
        tuple(StripMark(kind, x(value)) for kind, value in sorted(kinds)), mark("own", figures.name(code), own.value),
        mark("england", "England", england.value or 0) if england and has_england else None,
        tuple((x(tick), words.value(tick)) for tick in ticks))
