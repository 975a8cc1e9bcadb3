"""Decisions of the board. What was only discussed is never a decision."""

from __future__ import annotations

from typing import Literal, get_args

from .base import ActionId, Correction, DecisionId, MeetingId, Record, Source, Text

DecisionKind = Literal["agreed", "approved", "noted", "deferred"]
DECISION_KINDS: tuple[str, ...] = get_args(DecisionKind)


class Decision(Record):
    """Something that the board decided at a meeting, in our words."""

    id: DecisionId
    meeting: MeetingId
    text: Text
    kind: DecisionKind
    leads_to: tuple[ActionId, ...] = ()
    also: tuple[Text, ...] = ()
    source: Source | None = None
    note: Text | None = None
    corrections: tuple[Correction, ...] = ()
