"""Figures that cannot be right, or must not be published."""

from __future__ import annotations

from collections.abc import Iterator

from ..problem import Problem
from ..register import Register


def observations_in_order(register: Register) -> Iterator[Problem]:
    """Ensure that a measure's figures stand oldest first, one for each period unless it revises another."""
    for measure in register.measures.values():
        for place, observations in measure.series():
            for number in range(1, len(observations)):
                before, this = observations[number - 1], observations[number]
                path, line = register.where("measures", measure.id, *place, number, "period")
                if this.period.first_day < before.period.first_day:
                    yield Problem(path, line, "figure-order", f"{this.period} stands after {before.period}",
                                  "put figures in the order of their periods")
                elif this.period == before.period and not this.revises:
                    yield Problem(path, line, "figure-twice", f"there are two figures for {this.period}",
                                  'remove one, or add "revises:" with what changed')


def small_numbers_suppressed(register: Register) -> Iterator[Problem]:
    """Ensure that a count of 1 to 4 people, who could be recognised, is not published."""
    for measure in register.measures.values():
        if not measure.counts_people:
            continue
        for place, observations in measure.series():
            for number, observation in enumerate(observations):
                if observation.value is not None and 0 < observation.value < 5:
                    path, line = register.where("measures", measure.id, *place, number, "value")
                    yield Problem(path, line, "small-number", "a count of 1 to 4 people could show who they are",
                                  'write "value: null", "state: suppressed" and a note that says why')
