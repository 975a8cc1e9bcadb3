"""The geometry of a strip that shows where one area is among all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..register.official_figures import OfficialFigures


@dataclass(frozen=True)
class Strip:
    """Everything that the template draws. `description` says in words what the drawing shows."""

    description: str


def strip(figures: OfficialFigures, code: str, neighbours: Iterable[str]) -> Strip | None:
    """Return the strip of the newest period in which most areas have a figure; None if the area has none in it."""
    return None
