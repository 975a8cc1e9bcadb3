"""The geometry of a bar whose parts are shares of a whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """A part of a bar: its name, what it counts, and where it begins and how wide it is in per cent."""

    name: str
    count: int
    start: float
    width: float


def stacked_bar(counts: Mapping[str, int]) -> list[Part]:
    """Return the parts of the bar that shows these counts, in their order, without those that count nothing."""
    parts, start, total = [], 0.0, sum(counts.values())
    for name, count in (item for item in counts.items() if item[1]):
        width = 100 * count / total
        parts.append(Part(name, count, round(start, 3), round(width, 3)))
        start += width
    return parts
