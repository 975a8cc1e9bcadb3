"""Figures that cannot be right, or must not be published. Counts of people in running text are left to its writer."""

from __future__ import annotations

from collections.abc import Iterator

from ..problem import Problem
from ..records import Measure, Observation
from ..records.partial_date import PartialDate
from ..register import Register

FEW = 5
"""Fewer people than this could be recognised."""


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
                if observation.value is not None and 0 < observation.value < FEW:
                    path, line = register.where("measures", measure.id, *place, number, "value")
                    yield Problem(path, line, "small-number", "a count of 1 to 4 people could show who they are",
                                  'write "value: null", "state: suppressed" and a note that says why')


def small_numbers_stay_hidden(register: Register) -> Iterator[Problem]:
    """Ensure that a count of 1 to 4 people cannot be worked out: a whole less its parts, or a year less its months.

    Source: Office for National Statistics, "Policy on protecting confidentiality in tables of birth and death
    statistics", on secondary suppression.
    """
    for measure in register.measures.values():
        if measure.counts_people:
            yield from _less_its_parts(register, measure)
            yield from _less_its_times(register, measure)


def _less_its_parts(register: Register, whole: Measure) -> Iterator[Problem]:
    parts = [part for part in register.measures.values() if part.parts_of == whole.id]
    totals, by_part = _standing(whole.observations), [_standing(part.observations) for part in parts]
    for period, (number, total) in totals.items() if parts else ():
        figures = [standing[period][1] for standing in by_part if period in standing]
        if figures and _shows_a_few(total, figures):
            yield _can_be_worked_out(register, whole, ("observations", number, "value"),
                                     f"what this whole of {period} leaves when its parts are taken away",
                                     "suppress this figure, or the next smallest of its parts as well")


def _less_its_times(register: Register, measure: Measure) -> Iterator[Problem]:
    for place, observations in measure.series():
        standing = _standing(observations)
        for period, (number, total) in standing.items():
            inside = [other for other in standing if other != period
                      and period.first_day <= other.first_day and other.last_day <= period.last_day
                      and not any(other != wider != period and period.first_day <= wider.first_day <= other.first_day
                                  and other.last_day <= wider.last_day <= period.last_day for wider in standing)]
            days = sum((other.last_day - other.first_day).days + 1 for other in inside)
            is_covered = days == (period.last_day - period.first_day).days + 1
            figures = [standing[other][1] for other in inside]
            if is_covered and any(figure.value is None for figure in figures) and _shows_a_few(total, figures):
                yield _can_be_worked_out(register, measure, (*place, number, "value"),
                                         f"what {period} leaves when the times in it are taken away",
                                         "suppress this figure, or the next smallest in it as well")


def _standing(observations: tuple[Observation, ...]) -> dict[PartialDate, tuple[int, Observation]]:
    """Return the figure that stands for each period, and its number: a later one revises those before it."""
    return {observation.period: (number, observation) for number, observation in enumerate(observations)}


def _shows_a_few(total: Observation, parts: list[Observation]) -> bool:
    """Tell whether a whole less those of its parts that are published leaves 1 to 4 people: those who are hidden, one
    part or several, or those who are in none."""
    if total.value is None or total.approximate or any(part.approximate for part in parts):
        return False
    left = total.value - sum(part.value for part in parts if part.value is not None)
    return 0 < left < FEW


def _can_be_worked_out(register: Register, measure: Measure, place: tuple[str | int, ...], how: str, hint: str
                       ) -> Problem:
    return Problem(*register.where("measures", measure.id, *place), "small-number-left",
                   f"a count of 1 to 4 people can be worked out: {how}; it could show who they are", hint)
