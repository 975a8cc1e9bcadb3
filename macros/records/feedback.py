"""Feedback themes: what families said more than once, and the history of what came of it."""

from __future__ import annotations

from typing import Annotated

from pydantic import model_validator

from ..problem import invalid
from .base import (
    ActionRef,
    Correction,
    Date,
    DecisionRef,
    FeedbackId,
    Guard,
    OrganisationRef,
    Prose,
    Record,
    Source,
    TakeDowns,
    Text,
    check_happened,
)
from .partial_date import PartialDate


class Heard(Record):
    """When and through which organisation something was heard."""

    date: Date
    through: OrganisationRef


class FeedbackUpdate(Record):
    """One dated entry in a theme's history: who took it up, what was answered, or what changed.

    `date` is the day on which it happened or was published. An update that is backdated has in `date` the day on which
    it is added, and in `happened` the earlier day that it reports. `changed` says what is different now.
    """

    date: Date
    happened: Date | None = None
    taken_up_by: OrganisationRef | None = None
    answer: Prose | None = None
    changed: Prose | None = None
    source: Source

    @property
    def is_answer(self) -> bool:
        """Whether families were answered: in words, or with a change."""
        return bool(self.answer or self.changed)

    @property
    def happened_on(self) -> PartialDate:
        """When it happened or was published, also where the update is backdated."""
        return self.happened or self.date

    @model_validator(mode="after")
    def _says_something(self) -> FeedbackUpdate:
        if not (self.taken_up_by or self.is_answer):
            raise invalid("empty-update", "the update says nothing",
                          "add taken_up_by (who took it up), answer, or changed (what changed)")
        check_happened(self.happened, self.date)
        return self


class FeedbackTheme(Record):
    """Something that families said more than once, and the history of what came of it."""

    id: FeedbackId
    heard: Heard
    title: Prose
    said: Prose
    updates: Annotated[tuple[FeedbackUpdate, ...], Guard.APPEND_ONLY] = ()
    actions: Annotated[tuple[ActionRef, ...], Guard.APPEND_ONLY] = ()
    decisions: Annotated[tuple[DecisionRef, ...], Guard.APPEND_ONLY] = ()
    also: Annotated[tuple[Text, ...], Guard.FREE] = ()
    source: Source
    corrections: tuple[Correction, ...] = ()
    taken_down: TakeDowns = ()
