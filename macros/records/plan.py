"""Plans: what a board or its partners published as their plan, and which plan it replaced."""

from __future__ import annotations

from typing import Annotated

from pydantic import model_validator

from ..problem import invalid
from .base import Correction, Date, Guard, PlanRef, Prose, Record, Source, TakeDowns, Text, WordId


class Plan(Record):
    """A published plan, to which actions belong. What is said in it are actions; its `text` says what it is for.

    `start` is the day from which it holds, or None while it is only being prepared. A plan that `replaces` another ends
    that one; `ended` is for a plan that ended without being replaced. Whether its `source` could be read whole decides
    what may be said about the actions of the plan that it replaces: see `Progress.fate`.
    """

    id: WordId
    name: Text
    start: Annotated[Date | None, Guard.SET_ONCE]
    replaces: Annotated[PlanRef | None, Guard.SET_ONCE] = None
    ended: Annotated[Date | None, Guard.SET_ONCE] = None
    text: Prose | None = None
    also: Annotated[tuple[Text, ...], Guard.FREE] = ()
    note: Prose | None = None
    source: Source
    corrections: tuple[Correction, ...] = ()
    taken_down: TakeDowns = ()

    @model_validator(mode="after")
    def _has_its_dates_in_order(self) -> Plan:
        if self.replaces == self.id:
            raise invalid("plan-order", "the plan replaces itself", "name the plan that was there before", "replaces")
        if self.replaces and not self.start:
            raise invalid("plan-order", "the plan replaces another, and has no start",
                          'write in "start" the day from which it holds', "start")
        if self.start and self.ended and self.ended.last_day < self.start.first_day:
            raise invalid("plan-order", f"the plan ended on {self.ended}, before its start",
                          "correct one of the two dates", "ended")
        return self
