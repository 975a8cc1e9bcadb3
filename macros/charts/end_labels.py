"""Places labels at the ends of lines, in a column beside the plot: near their line, none over another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

LINE_HEIGHT, SPACE = 15, 5
"""The height of a line of text in pixels, and the space between two labels."""

LEAST_WIDTH = 10
"""The least width of the column in characters. Longer words make it wider; other text is wrapped."""


@dataclass(frozen=True)
class LineEnd:
    """What is said at the end of a line: its name and phrases such as its value and date, and where it ends."""

    kind: str
    name: str
    phrases: tuple[str, ...]
    value: float
    x: float


@dataclass(frozen=True)
class EndLabel:
    """A label: its lines of text with the name first, and the baseline of the first of them.

    `middle` is its vertical middle. `x` and `y` are the end of its line, from which a thin line leads to it.
    """

    kind: str
    name: tuple[str, ...]
    words: tuple[str, ...]
    baseline: float
    middle: float
    x: float
    y: float


def column_width(ends: Iterable[LineEnd]) -> int:
    """Return the width of the column in characters."""
    words = " ".join(text for end in ends for text in (end.name, *end.phrases)).split()
    return max([LEAST_WIDTH, *map(len, words)])


def height_of(ends: list[LineEnd]) -> int:
    """Return the height in pixels that all labels need."""
    width = column_width(ends)
    return sum(len([*wrapped(end.name, width), *_phrases(end, width)]) * LINE_HEIGHT + SPACE for end in ends)


def place(ends: list[LineEnd], y: Callable[[float], float], top: float, bottom: float) -> tuple[EndLabel, ...]:
    """Return the labels from top to bottom. `y` maps a value to its position.

    Labels that would overlap form a group around the middle of where they want to be.
    """
    width = column_width(ends)
    texts = {end: (tuple(wrapped(end.name, width)), tuple(_phrases(end, width))) for end in ends}
    heights = {end: len(sum(text, ())) * LINE_HEIGHT + SPACE for end, text in texts.items()}
    groups: list[list[LineEnd]] = []
    for end in sorted(ends, key=lambda end: y(end.value)):
        groups.append([end])
        while len(groups) > 1 and _top(groups[-1], heights, y, top, bottom) < \
                _top(groups[-2], heights, y, top, bottom) + sum(heights[item] for item in groups[-2]):
            groups[-2:] = [groups[-2] + groups[-1]]
    found = []
    for group in groups:
        at = _top(group, heights, y, top, bottom)
        for end in group:
            middle = at + heights[end] / 2
            found.append(EndLabel(end.kind, *texts[end], round(at + SPACE / 2 + 12, 1), round(middle, 1), end.x,
                                  y(end.value)))
            at += heights[end]
    return tuple(found)


def _top(group: list[LineEnd], heights: dict[LineEnd, int], y: Callable[[float], float], top: float, bottom: float
         ) -> float:
    """Return the upper edge of a group of labels: the mean of what suits each of them, inside the drawing."""
    before, wanted = 0.0, 0.0
    for end in group:
        wanted += y(end.value) - heights[end] / 2 - before
        before += heights[end]
    return max(top, min(wanted / len(group), bottom - before))


def _phrases(end: LineEnd, width: int) -> Iterator[str]:
    for phrase in end.phrases:
        yield from wrapped(phrase, width)


def wrapped(text: str, width: int) -> Iterator[str]:
    """Yield the lines of a text that are at most `width` characters long, unless a word is longer."""
    line = ""
    for word in text.split():
        if line and len(line) + 1 + len(word) > width:
            yield line
            line = word
        else:
            line = f"{line} {word}".strip()
    if line:
        yield line
