"""The geometry of the drawing of how an action's date moved. Each date has its own row, so no labels overlap."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ..records.partial_date import PartialDate, day_in_words
from ..register import Progress

ROW_HEIGHT = 40
LEFT, RIGHT = 4.0, 96.0


@dataclass(frozen=True)
class DateRow:
    """A date in the drawing, at `x` per cent and `y` pixels.

    `x_before` is the position of the date that this one replaced, or None; a line connects them. `side` is the SVG
    text-anchor of the label.
    """

    kind: str
    words: str
    x: float
    y: int
    x_before: float | None
    side: str


def dates_line(progress: Progress) -> tuple[DateRow, ...]:
    """Return the rows: when it was said, the first date, each move, and today or the day on which the action ended.

    An action whose date has not moved, or has a due date in words, has no drawing.
    """
    dues = [progress.original_due, *(move.now for move in progress.moves)]
    if not progress.moves or not all(isinstance(due, PartialDate) for due in dues):
        return ()
    points: list[tuple[str, str, date]] = []
    if progress.promised_on:
        word = {"promised": "Promised", "planned": "Planned", "aim": "An aim"}[progress.action.kind]
        points.append(("promised", f"{word}, {progress.promised_on}", progress.promised_on.first_day))
    for number, due in enumerate(dues):
        kind, words = ("moved", "Moved to") if number else ("due", "First date")
        points.append((kind, f"{words}: {due}", due.last_day))
    if progress.ended_on:
        word = "Done" if progress.is_complete else "Stopped"
        points.append(("ended", f"{word}, {progress.ended_on}", progress.ended_on.first_day))
    else:
        points.append(("today", f"Today, {day_in_words(progress.today)}", progress.today))
    first, last = min(day for *_, day in points), max(day for *_, day in points)
    rows: list[DateRow] = []
    for number, (kind, words, day) in enumerate(points):
        x = LEFT if first == last else round(LEFT + (day - first).days / (last - first).days * (RIGHT - LEFT), 2)
        before = rows[-1].x if kind == "moved" else None
        side = "start" if x < 36 else "end" if x > 64 else "middle"
        rows.append(DateRow(kind, words, x, 12 + number * ROW_HEIGHT, before, side))
    return tuple(rows)
