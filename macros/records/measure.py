"""Measures: figures that show whether things are getting better for families, and which of them still count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Literal

from pydantic import Field, model_validator

from ..problem import invalid
from .base import (
    ActionRef,
    Correction,
    Date,
    Guard,
    MeasureRef,
    PriorityRef,
    Prose,
    Record,
    Source,
    TakeDowns,
    Text,
    WordId,
)

Number = Annotated[int | float, Field(allow_inf_nan=False)]


FigureState = Literal["published", "provisional", "suppressed", "not_available"]
Better = Literal["higher", "lower", "neither"]


class Observation(Record):
    """One figure for one period. Suppressed and missing figures have no value, and are never shown as zero."""

    period: Date
    value: Number | None
    state: FigureState = "published"
    approximate: bool = False
    revises: Prose | None = None
    break_in_series: Prose | None = None
    note: Prose | None = None
    source: Source | None = None

    @model_validator(mode="after")
    def _value_fits_state(self) -> Observation:
        hidden = self.state in ("suppressed", "not_available")
        if hidden and self.value is not None:
            raise invalid("figure-value", f'a figure that is "{self.state}" has a value',
                          'write "value: null", or another state', "value")
        if not hidden and self.value is None:
            raise invalid("figure-value", "a published figure has no value",
                          'write the value, or "state: suppressed" or "state: not_available"', "value")
        if self.state == "suppressed" and not self.note:
            raise invalid("figure-note", "a suppressed figure has no note that says why",
                          'add a line "note:" that says why', "state")
        return self


class Comparator(Record):
    """The same measure elsewhere, such as in England; `code` is the national code of that place."""

    name: Text
    code: Text | None = None
    observations: Annotated[tuple[Observation, ...], Guard.APPEND_ONLY]


class Law(Record):
    """What the law requires: the value in the measure's unit, if it sets one, the requirement in plain words, and
    where it is written."""

    value: Number | None = None
    text: Prose
    source: Source


class Baseline(Record):
    """The figure from which a plan counts its progress."""

    value: Number
    period: Date
    source: Source | None = None


class Milestone(Record):
    """A value that was promised for a date on the way to the target."""

    value: Number
    by: Date
    source: Source | None = None


class Target(Record):
    """The value aimed at, and by when. `reason` says why it asks for less than the law requires."""

    value: Number
    by: Date | None = None
    reason: Prose | None = None
    source: Source | None = None


MAX_TIMES_AS_MANY = 10
"""From so many times the area's figure on, the count of another place is not compared with it."""

Series = tuple[tuple[str | int, ...], tuple[Observation, ...]]


class Measure(Record):
    """A question that a figure answers. A figure with another definition belongs to another measure.

    A measure with the id of an indicator takes its question, its definition and its figures from there.
    `parts_of` is the measure whose total includes this one, such as that of all children for that of boys.
    """

    id: WordId
    title: Prose
    question: Prose
    unit: Text
    better: Better
    definition: Prose | None = None
    counts_people: bool = False
    parts_of: MeasureRef | None = None
    group: Text | None = None
    law: Law | None = None
    baseline: Baseline | None = None
    milestones: Annotated[tuple[Milestone, ...], Guard.APPEND_ONLY] = ()
    target: Annotated[Target | None, Guard.SET_ONCE] = None
    does_not_show: Prose | None = None
    comparators: Annotated[tuple[Comparator, ...], Guard.APPEND_ONLY] = ()
    observations: Annotated[tuple[Observation, ...], Guard.APPEND_ONLY]
    priorities: Annotated[tuple[PriorityRef, ...], Guard.APPEND_ONLY] = ()
    actions: Annotated[tuple[ActionRef, ...], Guard.APPEND_ONLY] = ()
    also: Annotated[tuple[Text, ...], Guard.FREE] = ()
    note: Prose | None = None
    source: Source | None = None
    corrections: tuple[Correction, ...] = ()
    taken_down: TakeDowns = ()

    def series(self) -> Iterator[Series]:
        """Yield the place and the figures of each series: the measure's own, then each comparator's."""
        yield ("observations",), self.observations
        for number, comparator in enumerate(self.comparators):
            yield ("comparators", number, "observations"), comparator.observations


def current_figures(observations: Sequence[Observation]) -> list[Observation]:
    """Return one figure for each period: the last one given, at the place of the first."""
    return list({observation.period.text: observation for observation in observations}.values())


def newest_figure(observations: Sequence[Observation]) -> Observation | None:
    """Return the newest figure that has a value."""
    return next((item for item in reversed(current_figures(observations)) if item.value is not None), None)


def places_to_compare(measure: Measure) -> list[Comparator]:
    """Return the places whose figures say something beside the area's own.

    A share always does. A count does not if it is that of a much larger place, such as of all children in England.
    """
    if measure.unit.startswith("per cent"):
        return list(measure.comparators)
    own = newest_figure(measure.observations)
    return [place for place in measure.comparators if own and (theirs := newest_figure(place.observations))
            and abs(theirs.value or 0) < MAX_TIMES_AS_MANY * abs(own.value or 0)]


def number_in_words(value: int | float) -> str:
    """Return a figure with commas between thousands, and without needless decimals."""
    return f"{value:,}" if isinstance(value, int) or value % 1 else f"{int(value):,}"


def value_in_words(value: int | float, unit: str) -> str:
    """Return a value with the sign of its unit: "52%", "2,000", and "£85 million" for the unit "million pounds"."""
    if is_money(unit):
        return f"£{number_in_words(value)} {unit.removesuffix('pounds')}".strip()
    return number_in_words(value) + ("%" if unit.startswith("per cent") else "")


def is_money(unit: str) -> bool:
    """Return whether a unit is a sum of money: "pounds", "thousand pounds" or "million pounds"."""
    return unit in ("pounds", "thousand pounds", "million pounds")
