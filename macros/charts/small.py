"""The geometry of a measure's small chart, for lists: lines without words, which stand beside it in the text."""

from __future__ import annotations

from dataclasses import dataclass

from ..records import Area, Measure
from ..register.official_figures import OfficialFigures


@dataclass(frozen=True)
class SmallChart:
    """Everything that the template draws. `description` says in words what the drawing shows."""

    description: str
    is_worth_drawing: bool = False


def small_chart(measure: Measure, official: OfficialFigures | None = None, area: Area | None = None) -> SmallChart:
    """Return the small chart of a measure."""
    return SmallChart("")
