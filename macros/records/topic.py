"""Topics: what families look for in their own words, and the services that can help one child."""

from __future__ import annotations

from typing import Annotated

from pydantic import model_validator

from ..problem import invalid
from .base import (
    ActionRef,
    Correction,
    Date,
    Email,
    FeedbackRef,
    FindingRef,
    Guard,
    MeasureRef,
    PriorityRef,
    Prose,
    Record,
    ServiceRef,
    Source,
    TakeDowns,
    Text,
    WebAddress,
    WordId,
    formed,
)

Telephone = formed(r"^0[0-9]{2,5}( [0-9]{2,8}){1,3}$", "a telephone number", "0300 123 4567")


class Service(Record):
    """Somebody who can help one child or family. `text` says with what, and `hours` when the telephone is answered.

    Only the name is kept: a new number or address takes the place of the old one.
    """

    id: WordId
    name: Text
    text: Annotated[Prose, Guard.FREE]
    telephone: Annotated[Telephone | None, Guard.FREE] = None
    hours: Annotated[Prose | None, Guard.FREE] = None
    email: Annotated[Email | None, Guard.FREE] = None
    url: Annotated[WebAddress, Guard.FREE]
    also: Annotated[tuple[Text, ...], Guard.FREE] = ()
    source: Annotated[Source, Guard.FREE]
    corrections: tuple[Correction, ...] = ()
    taken_down: TakeDowns = ()


class LegalRule(Record):
    """What the law says, in our words, and where it is written."""

    text: Prose
    source: Source


class Topic(Record):
    """What families look for, such as a plan that does not come.

    `title` names it in their words. `answer` says in two sentences what is known, on the day `as_of`, from `sources`. A
    new answer needs a correction that keeps the old one. The first of `measures` is the figure that is shown first.
    What has been promised is in `actions`, and in all actions of `priorities`: its status is computed.
    """

    id: WordId
    title: Prose
    answer: Prose | None = None
    as_of: Annotated[Date | None, Guard.FREE] = None
    sources: Annotated[tuple[Source, ...], Guard.FREE] = ()
    measures: Annotated[tuple[MeasureRef, ...], Guard.APPEND_ONLY] = ()
    findings: Annotated[tuple[FindingRef, ...], Guard.APPEND_ONLY] = ()
    priorities: Annotated[tuple[PriorityRef, ...], Guard.APPEND_ONLY] = ()
    actions: Annotated[tuple[ActionRef, ...], Guard.APPEND_ONLY] = ()
    feedback: Annotated[tuple[FeedbackRef, ...], Guard.APPEND_ONLY] = ()
    law: Annotated[tuple[LegalRule, ...], Guard.APPEND_ONLY] = ()
    services: Annotated[tuple[ServiceRef, ...], Guard.FREE] = ()
    also: Annotated[tuple[Text, ...], Guard.FREE] = ()
    note: Prose | None = None
    corrections: tuple[Correction, ...] = ()
    taken_down: TakeDowns = ()

    @model_validator(mode="after")
    def _answers_on_a_day_from_a_source(self) -> Topic:
        if self.answer and not self.as_of:
            raise invalid("topic-answer", "the answer has no day", 'add "as_of:" with the day on which you looked',
                          "answer")
        if self.answer and not self.sources:
            raise invalid("topic-answer", "the answer has no source",
                          'add "sources:" with a title and a url for each sentence', "answer")
        return self
