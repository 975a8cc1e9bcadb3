"""Families' verdicts: how many of the families who were asked feel a change."""

from __future__ import annotations

from typing import Annotated

from .base import Correction, Date, Guard, OrganisationRef, Record, Source, SubjectRef, TakeDowns

MIN_ANSWERS = 10
"""From how many answers on a verdict may be published: in a smaller group a family might be recognised."""


class Feel(Record):
    """How many of those who answered feel the change, feel it in part, do not feel it, or find it too early to say."""

    yes: int
    partly: int
    no: int
    too_early: int

    @property
    def total(self) -> int:
        return self.yes + self.partly + self.no + self.too_early


class FamilyVerdict(Record):
    """What families answered when somebody asked them whether they feel a change. It holds counts, and no free text.

    `about` is the id of an action, a finding or a priority. `date` is when they were asked, and `added` the day on
    which we added a verdict of which we learnt late. A verdict has no id of its own: what it is about, its date and who
    asked identify it.
    """

    date: Date
    asked_by: OrganisationRef
    about: SubjectRef
    answered: int
    feel: Feel
    source: Source
    added: Annotated[Date | None, Guard.FIXED] = None
    corrections: tuple[Correction, ...] = ()
    taken_down: TakeDowns = ()

    @property
    def id(self) -> str:
        """What identifies it, such as forum-2026-10-20-a-012."""
        return f"{self.asked_by}-{self.date.text}-{self.about}".lower()
