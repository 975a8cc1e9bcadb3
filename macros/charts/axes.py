"""The axes of a line chart: round numbers beside it, and dates below."""

from __future__ import annotations

import math
from collections.abc import Callable

from ..records.partial_date import MONTHS, PartialDate

DATE_WIDTH = 14.0
"""The room that a date below the axis needs on a phone."""

Place = Callable[[PartialDate], float]
"""Tells where a period stands across."""


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


def middle(period: PartialDate) -> float:
    """Return the middle of a period, in days: a year stands beside the months that it holds."""
    return (period.first_day.toordinal() + period.last_day.toordinal()) / 2


def date_ticks(own: list[PartialDate], every: list[PartialDate], x: Place, most: int = 6
               ) -> tuple[tuple[float, str], ...]:
    """Return places and short labels of at most `most` of the measure's own periods, none too close to another.

    The first and the last of every line are among them.
    """
    ends = [min(every, key=middle), max(every, key=middle)] if every else []
    unique = sorted({period.text: period for period in (*own, *ends)}.values(), key=x)
    if len(unique) > most:
        unique = [unique[round(number * (len(unique) - 1) / (most - 1))] for number in range(most)]
    kept = unique[-1:]
    for period in reversed(unique[:-1]):
        if x(kept[0]) - x(period) >= DATE_WIDTH and (period is unique[0] or x(period) - x(unique[0]) >= DATE_WIDTH):
            kept.insert(0, period)
    return tuple((x(period), short_label(period)) for period in kept)


def short_label(period: PartialDate) -> str:
    """Return a period short enough for an axis: "Jan 2023", "Apr–Jun 2024", "19 Dec 2023". Its year comes last."""
    first, last = period.first_day, period.last_day
    words = {"day": f"{first.day} {MONTHS[first.month][:3]} ", "month": f"{MONTHS[first.month][:3]} ",
             "quarter": f"{MONTHS[first.month][:3]}–{MONTHS[last.month][:3]} ", "year": ""}[period.precision]
    return f"{words}{first.year}"
