"""Places labels in a drawing: next to what they label, without covering anything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

PERCENT_WIDTH = 3.28
"""Pixels in one per cent of the drawing's width on a narrow phone. What fits there fits on every wider screen."""

CHARACTER_WIDTH, ASCENT, DESCENT = 8, 13, 5
"""The size of a label's text in pixels: the widest character, and the height above and below the baseline."""

Box = tuple[float, float, float, float]
"""Left, top, right and bottom, in pixels on a narrow phone."""


@dataclass(frozen=True)
class Label:
    """The position of a label. `side` is the SVG text-anchor: text starts or ends at this point."""

    x: float
    y: float
    side: str

    def box(self, length: int) -> Box:
        """Return the space taken by a text of `length` characters."""
        x, width = self.x * PERCENT_WIDTH, length * CHARACTER_WIDTH
        left = x if self.side == "start" else x - width
        return left, self.y - ASCENT, left + width, self.y + DESCENT


@dataclass
class LabelPlacer:
    """Finds free positions for labels within `left` and `right` (in per cent), `top` and `bottom` (in pixels)."""

    left: float
    right: float
    top: float
    bottom: float
    taken: list[Box] = field(default_factory=list)

    def reserve(self, box: Box) -> None:
        """Keep labels off a box."""
        self.taken.append(box)

    def reserve_line(self, points: Iterable[tuple[float, float]]) -> None:
        """Keep labels off a line through these points, and off its marks."""
        for x, y in _points_along(list(points)):
            self.reserve((x * PERCENT_WIDTH - 4, y - 4, x * PERCENT_WIDTH + 4, y + 4))

    def place(self, wanted: Iterable[Label], length: int) -> Label:
        """Return the first wanted position that is free, and reserve it; the first of all if none is."""
        labels = list(wanted)
        label = next((label for label in labels if self._is_free(label.box(length))), labels[0])
        self.reserve(label.box(length))
        return label

    def _is_free(self, box: Box) -> bool:
        left, top, right, bottom = box
        return left >= self.left * PERCENT_WIDTH and right <= self.right * PERCENT_WIDTH \
            and top >= self.top and bottom <= self.bottom \
            and not any(left < other[2] and other[0] < right and top < other[3] and other[1] < bottom
                        for other in self.taken)


def _points_along(points: list[tuple[float, float]], step: float = 4) -> Iterator[tuple[float, float]]:
    """Yield points along a line, no further apart than `step` pixels."""
    yield from points[:1]
    for (x, y), (next_x, next_y) in pairwise(points):
        parts = int(max(abs(next_x - x) * PERCENT_WIDTH, abs(next_y - y)) // step) + 1
        for part in range(1, parts + 1):
            yield x + (next_x - x) * part / parts, y + (next_y - y) * part / parts
