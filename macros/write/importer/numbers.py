"""Writes the numbers of lists and headings as a word processor shows them."""

from __future__ import annotations

from dataclasses import dataclass

ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
         (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
MAX_NUMBER = 9999
LEVELS = 10


def number_as(style: str, number: int) -> str:
    """Return a number in one of the styles “1”, “01”, “a”, “A”, “i”, “I” and “1st”."""
    if style == "a" or style == "A":
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter if style == "a" else letter.upper()
    if style in ("i", "I"):
        written = ""
        for value, letters in ROMAN:
            written += letters * (number // value)
            number %= value
        return written if style == "i" else written.upper()
    if style == "1st":
        ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
        return f"{number}{ending}"
    return f"{number:02d}" if style == "01" else str(number)


@dataclass(frozen=True)
class Level:
    """A level of numbering: where it begins, the style of its number (empty for none), and its text around it.

    `pattern` holds “%1” for the number of the first level, and so on. `restarts` is false for a level that goes on
    when a higher one moves on.
    """

    start: int = 1
    style: str = "1"
    pattern: str = ""
    is_bullet: bool = False
    restarts: bool = True

    def is_plain(self, level: int) -> bool:
        """Whether the label is the number of this level alone, with no more than marks around it: an ordinary list."""
        mark = f"%{level + 1}"
        rest = self.pattern.replace(mark, "").strip(" .():-\t–—")
        return self.pattern.count("%") == 1 and mark in self.pattern and not rest


class Counter:
    """Counts the paragraphs of a list, level by level."""

    def __init__(self) -> None:
        """Begin with nothing counted."""
        self.counts: list[int | None] = [None] * LEVELS

    def step(self, level: int, levels: dict[int, Level], start: int | None = None) -> int:
        """Count a paragraph at `level`, and return its number. `start` makes it begin there."""
        level = max(0, min(level, LEVELS - 1))
        for above in range(level):
            if self.counts[above] is None:
                self.counts[above] = levels.get(above, Level()).start
        now = self.counts[level]
        number = start if start is not None else levels.get(level, Level()).start if now is None else now + 1
        number = max(0, min(number, MAX_NUMBER))
        self.counts[level] = number
        for below in range(level + 1, LEVELS):
            if levels.get(below, Level()).restarts:
                self.counts[below] = None
        return number

    def label(self, level: int, levels: dict[int, Level]) -> str:
        """Return what is shown before a paragraph of `level`, such as “2.1” or “Recommendation 4:”."""
        text = levels.get(level, Level()).pattern
        for place in range(level, -1, -1):
            of = levels.get(place, Level())
            shown = number_as(of.style, self.counts[place] or of.start) if of.style else ""
            text = text.replace(f"%{place + 1}", shown)
        return " ".join(text.split())
