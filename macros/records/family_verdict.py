"""Families' verdicts: how many of the families who were asked feel a change."""

from __future__ import annotations

from pydantic import model_validator

from ..problem import invalid
from .base import Correction, Date, OrganisationRef, Record, Source, SubjectRef

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

    `about` is the id of an action, a finding or a priority. A verdict has no id of its own: what it is about, its date
    and who asked identify it.
    """

    date: Date
    asked_by: OrganisationRef
    about: SubjectRef
    answered: int
    feel: Feel
    source: Source
    corrections: tuple[Correction, ...] = ()

    @property
    def id(self) -> str:
        """What identifies it, such as forum-2026-10-20-a-012."""
        return f"{self.asked_by}-{self.date.text}-{self.about}".lower()

    @model_validator(mode="after")
    def _counts_add_up(self) -> FamilyVerdict:
        if self.answered < MIN_ANSWERS:
            raise invalid("few-answers", f"{self.answered} families answered, and at least {MIN_ANSWERS} are needed",
                          f"take the verdict out until {MIN_ANSWERS} have answered: in a smaller group a family might "
                          "be recognised", "answered")
        negative = next((name for name in Feel.model_fields if getattr(self.feel, name) < 0), None)
        if negative:
            raise invalid("feel-counts", f'"{negative}" is less than 0', "write how many gave this answer", "feel")
        if self.feel.total != self.answered:
            raise invalid("feel-counts", f"the four counts add up to {self.feel.total}, and {self.answered} answered",
                          "correct one of the counts, or how many answered", "feel")
        return self
