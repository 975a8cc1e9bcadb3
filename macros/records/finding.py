"""Findings: what inspectors, the government, the Ombudsman, councillors or families found or recommended, and what was
answered."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import Field, model_validator

from .base import (
    ActionRef,
    Correction,
    Date,
    Due,
    Guard,
    MeasureRef,
    OrganisationRef,
    Prose,
    Record,
    Source,
    TakeDowns,
    Text,
    WordId,
    check_happened,
)
from .partial_date import PartialDate

FindingKind = Literal["found", "recommended"]
FINDING_KINDS: tuple[str, ...] = get_args(FindingKind)

Answer = Literal["accepted", "partly", "refused"]
ANSWERS: tuple[str, ...] = get_args(Answer)

Says = Literal["better", "partly", "same", "worse"]


class FindingVerdict(Record):
    """What an organisation said later: whether it has become better.

    `date` is the day on which it was said or published. A verdict that is backdated has in `date` the day on which it
    is added, and in `happened` the earlier day on which it was said.
    """

    date: Date
    happened: Date | None = None
    by: OrganisationRef
    says: Says
    note: Prose | None = None
    source: Source

    @property
    def happened_on(self) -> PartialDate:
        """When it was said or published, also where the verdict is backdated."""
        return self.happened or self.date

    @model_validator(mode="after")
    def _is_in_order(self) -> FindingVerdict:
        check_happened(self.happened, self.date)
        return self


class Finding(Record):
    """Something that was found, or recommended, in our words.

    `responsible` are the bodies that the source names. An answer may be given once later; without one, none is known.
    `answer_added` is the day on which we added an answer that we found late.
    `actions` are the promises that answer it, `measures` the figures that would show that it has become better.
    """

    id: WordId
    title: Prose
    text: Prose
    kind: FindingKind
    from_: OrganisationRef = Field(alias="from")
    date: Date
    responsible: Annotated[tuple[OrganisationRef, ...], Guard.FIXED] = ()
    answer_due: Due | None = None
    answer: Answer | None = None
    answered: Date | None = None
    answer_source: Source | None = None
    answer_added: Date | None = None
    actions: Annotated[tuple[ActionRef, ...], Guard.APPEND_ONLY] = ()
    measures: Annotated[tuple[MeasureRef, ...], Guard.APPEND_ONLY] = ()
    verdicts: Annotated[tuple[FindingVerdict, ...], Guard.APPEND_ONLY] = ()
    also: Annotated[tuple[Text, ...], Guard.FREE] = ()
    note: Prose | None = None
    source: Source
    corrections: tuple[Correction, ...] = ()
    taken_down: TakeDowns = ()
