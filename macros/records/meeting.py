"""Meetings of the board."""

from __future__ import annotations

from typing import Literal, get_args

from .base import Correction, MeetingId, Record, Source, Text, WordId

AgendaKind = Literal["decision", "agreed_principle", "consensus", "discussion", "plan"]
AGENDA_KINDS: tuple[str, ...] = get_args(AgendaKind)
MeetingState = Literal["held", "planned", "cancelled"]


class AgendaItem(Record):
    """One thing that a meeting dealt with, and how far it went."""

    text: Text
    kind: AgendaKind


class Meeting(Record):
    """A meeting; its id is its date. `date_note` says what sources leave in doubt about that date."""

    id: MeetingId
    number: int | None = None
    state: MeetingState = "held"
    date_note: Text | None = None
    note: Text | None = None
    agenda: tuple[AgendaItem, ...] = ()
    attended: tuple[WordId, ...] = ()
    post: Text | None = None
    documents: tuple[Source, ...] = ()
    source: Source | None
    also: tuple[Text, ...] = ()
    corrections: tuple[Correction, ...] = ()
