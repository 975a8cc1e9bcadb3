"""Where words fit in a drawing: beside what they name, and on nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

HUNDREDTH = 3.28
"""Pixels in a hundredth of the drawing's width on a phone. What fits there fits everywhere: elsewhere it is wider."""

LETTER, ABOVE, BELOW = 8, 13, 5
"""Pixels for a letter of a label: its width at most, and its height over and under the line that it stands on."""

Box = tuple[float, float, float, float]
"""Left, top, right and bottom, in pixels on a phone."""


@dataclass(frozen=True)
class Label:
    """Where words stand. `side` is start where they run on from that place, end where they run up to it."""

    x: float
    y: float
    side: str

    def box(self, letters: int) -> Box:
        """Return the room that so many letters take."""
        x, width = self.x * HUNDREDTH, letters * LETTER
        left = x if self.side == "start" else x - width
        return left, self.y - ABOVE, left + width, self.y + BELOW


@dataclass
class Room:
    """The part of a drawing between `left` and `right` across, `top` and `bottom` down, and what is taken in it."""

    left: float
    right: float
    top: float
    bottom: float
    taken: list[Box] = field(default_factory=list)

    def take(self, box: Box) -> None:
        self.taken.append(box)

    def draw(self, places: Iterable[tuple[float, float]]) -> None:
        """Note a line through these places, across in hundredths and down in pixels, with its marks."""
        for x, y in _along(list(places)):
            self.take((x * HUNDREDTH - 4, y - 4, x * HUNDREDTH + 4, y + 4))

    def label(self, wanted: Iterable[Label], letters: int) -> Label:
        """Return the first of the wanted places that is free, and take it; the first of all where none is."""
        places = list(wanted)
        label = next((place for place in places if self._is_free(place.box(letters))), places[0])
        self.take(label.box(letters))
        return label

    def _is_free(self, box: Box) -> bool:
        left, top, right, bottom = box
        return left >= self.left * HUNDREDTH and right <= self.right * HUNDREDTH \
            and top >= self.top and bottom <= self.bottom \
            and not any(left < other[2] and other[0] < right and top < other[3] and other[1] < bottom
                        for other in self.taken)


def _along(places: list[tuple[float, float]], step: float = 4) -> Iterator[tuple[float, float]]:
    """Yield places along a line, no further apart than `step` pixels."""
    yield from places[:1]
    for (x, y), (next_x, next_y) in pairwise(places):
        parts = int(max(abs(next_x - x) * HUNDREDTH, abs(next_y - y)) // step) + 1
        for part in range(1, parts + 1):
            yield x + (next_x - x) * part / parts, y + (next_y - y) * part / parts
