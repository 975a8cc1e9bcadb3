"""The figures of a measure that still count: a revised figure replaces the one for the same period."""

from __future__ import annotations

from collections.abc import Sequence

from ..records import Measure, Observation


def current_figures(observations: Sequence[Observation]) -> list[Observation]:
    """Return one figure for each period: the last one given, at the place of the first."""
    return list({observation.period.text: observation for observation in observations}.values())


def newest_figure(measure: Measure) -> Observation | None:
    """Return the newest figure that has a value."""
    return next((item for item in reversed(current_figures(measure.observations)) if item.value is not None), None)
