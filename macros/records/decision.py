"""Decisions of the board. What was only discussed is never a decision."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from .base import ActionRef, Correction, DecisionId, MeetingRef, Prose, Record, Source, Text
from .markers import Guard

DecisionKind = Literal["agreed", "approved", "noted", "deferred"]
DECISION_KINDS: tuple[str, ...] = get_args(DecisionKind)


class Decision(Record):
    """Something that the board decided at a meeting, in our words."""

    id: DecisionId
    meeting: MeetingRef
    text: Prose
    kind: DecisionKind
    leads_to: Annotated[tuple[ActionRef, ...], Guard.APPEND_ONLY] = ()
    also: Annotated[tuple[Text, ...], Guard.FREE] = ()
    source: Annotated[Source | None, Guard.FIXED] = None
    note: Prose | None = None
    corrections: tuple[Correction, ...] = ()
