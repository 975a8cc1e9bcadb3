"""What a measure's figures can be said to show, without a claim that they do not bear."""

from __future__ import annotations

from dataclasses import dataclass

from ..records import Measure, Observation
from ..records.measure import current_figures, newest_figure

SMALLEST_CHANGE = 0.01
"""The smallest change, as a share of the earlier figure, of which the site says better or worse."""


@dataclass(frozen=True)
class Reading:
    """What a measure's figures can be said to show.

    `newest` is the newest figure, and `withheld` a later one that was not published. `baseline` is the oldest figure
    that counts the same thing, `before` the last one before the newest. `has_changed` says that the definition changed
    at some point, so that older figures count something else. `direction` compares the newest figure with `baseline`,
    and `step` with `before`: better, worse, same or unknown. `why_unknown` explains an unknown direction: no_figure,
    one_figure, changed or neither. `earlier` is the best and the last of the figures that were counted as
    before the last change, so that a fall before it is not lost.
    """

    newest: Observation | None
    withheld: Observation | None
    baseline: Observation | None
    before: Observation | None
    has_changed: bool
    direction: str
    step: str
    why_unknown: str | None
    meets_target: bool | None
    earlier: tuple[Observation, Observation] | None = None


def comparable(measure: Measure) -> list[Observation]:
    """Return the figures that count the same thing as the newest, oldest first: those since the last break."""
    found: list[Observation] = []
    for item in current_figures(measure.observations):
        found = [] if item.break_in_series else found
        found += [item] if item.value is not None else []
    return found


def direction(measure: Measure, start: Observation | None, end: Observation | None) -> str:
    """Return how one figure compares with another: better, worse, same or unknown.

    It is unknown without two different figures, and when neither more nor less is better. A change of less than a
    hundredth is the same: it is too small to say that things got better or worse.
    """
    if start is None or end is None or start is end or measure.better == "neither":
        return "unknown"
    before, after = start.value or 0, end.value or 0
    if before == after or abs(after - before) < SMALLEST_CHANGE * abs(before):
        return "same"
    risen = after > before
    return "better" if risen == (measure.better == "higher") else "worse"


def reading(measure: Measure) -> Reading:
    """Return what the measure's figures can be said to show. Without a baseline there is no claim of improvement."""
    alike, all_figures = comparable(measure), current_figures(measure.observations)
    end, start = newest_figure(measure.observations), alike[0] if alike else None
    before = alike[-2] if len(alike) > 1 else None
    figures = sum(item.value is not None for item in all_figures)
    why = "no_figure" if end is None else "one_figure" if figures == 1 else "changed" if before is None else \
        "neither" if measure.better == "neither" else None
    return Reading(
        end, all_figures[-1] if all_figures and all_figures[-1].value is None else None, start, before,
        any(item.break_in_series for item in all_figures), direction(measure, start, end),
        direction(measure, before, end), why, meets_target(measure), _earlier(measure),
    )


def _earlier(measure: Measure) -> tuple[Observation, Observation] | None:
    groups: list[list[Observation]] = [[]]
    for item in current_figures(measure.observations):
        if item.break_in_series:
            groups.append([])
        groups[-1] += [item] if item.value is not None else []
    if len(groups) < 2 or len(groups[-2]) < 2 or measure.better == "neither":
        return None
    best = (max if measure.better == "higher" else min)(groups[-2], key=lambda item: item.value or 0)
    return None if best is groups[-2][-1] else (best, groups[-2][-1])


def meets_target(measure: Measure) -> bool | None:
    """Return whether the newest figure is at the target or past it; None without a target or a figure."""
    end = newest_figure(measure.observations)
    if not measure.target or end is None or end.value is None or measure.better == "neither":
        return None
    return end.value >= measure.target.value if measure.better == "higher" else end.value <= measure.target.value
