"""The axes of a chart: scales from values and periods to positions, and the numbers and dates beside them."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from ..records.partial_date import PartialDate
from .words import Words

XScale = Callable[[PartialDate], float]
"""Maps a period to its horizontal position."""

YScale = Callable[[float], float]
"""Maps a value to its vertical position."""

LEFT = 3.0
"""The position of the first period. That of the last one is 100, next to its label."""

NARROW_TICKS, WIDE_TICKS = {"quarter": 46.0, "day": 34.0}, {"quarter": 16.0}
"""The distance between dates below the axis on a phone, and on wider screens, by the precision of the dates."""

NARROW_TICK, WIDE_TICK = 27.0, 8.6


@dataclass(frozen=True)
class Tick:
    """A date below the axis, in one or two lines. Those that are `wide` are left out on a phone."""

    x: float
    words: tuple[str, ...]
    wide: bool


def linear(lowest: float, highest: float, start: float, end: float) -> Callable[[float], float]:
    """Return the scale that maps `lowest` to `start` and `highest` to `end`; a single value goes half-way."""

    def scale(value: float) -> float:
        share = (value - lowest) / (highest - lowest) if highest > lowest else 0.5
        return round(start + share * (end - start), 2)

    return scale


def x_scale(periods: list[PartialDate]) -> XScale:
    """Return the horizontal scale. A period is drawn at its midpoint, which puts a year among its months."""
    midpoints = [midpoint(period) for period in periods]
    scale = linear(min(midpoints, default=0), max(midpoints, default=0), LEFT, 100)
    return lambda period: scale(midpoint(period))


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


def x_ticks(periods: list[PartialDate], x: XScale, words: Words) -> tuple[Tick, ...]:
    """Return dates below the axis, none too close to another; the first and the last are among them."""
    unique = sorted({period.text: period for period in periods}.values(), key=midpoint)
    narrow = _apart(unique, x, [], NARROW_TICKS, NARROW_TICK)
    wide = _apart(unique, x, narrow, WIDE_TICKS, WIDE_TICK)
    return tuple(Tick(x(period), tuple(words.short(period).rsplit(" ", 1)), period not in narrow)
                 for period in sorted(wide, key=midpoint))


def _apart(periods: list[PartialDate], x: XScale, kept: list[PartialDate], distances: dict[str, float], other: float
           ) -> list[PartialDate]:
    """Return the periods that are `kept`, with those others that have room: last and first come first."""
    found = list(kept)
    for period in [*periods[-1:], *periods[:1], *reversed(periods)]:
        room = max((distances.get(item.precision, other) for item in (*found, period)), default=other)
        if all(abs(x(period) - x(item)) >= room for item in found):
            found.append(period)
    return found
