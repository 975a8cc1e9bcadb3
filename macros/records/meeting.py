"""Meetings of the board."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from .base import Correction, MeetingId, OrganisationRef, PostRef, Prose, Record, Source, Text
from .markers import Guard

AgendaKind = Literal["decision", "agreed_principle", "consensus", "discussion", "plan"]
AGENDA_KINDS: tuple[str, ...] = get_args(AgendaKind)
MeetingState = Literal["held", "planned", "cancelled"]


class AgendaItem(Record):
    """One item of a meeting, and how far it got."""

    text: Prose
    kind: AgendaKind


class Meeting(Record):
    """A meeting; its id is its date. `date_note` says what the sources leave unclear about that date."""

    id: MeetingId
    number: int | None = None
    state: MeetingState = "held"
    date_note: Prose | None = None
    note: Prose | None = None
    agenda: Annotated[tuple[AgendaItem, ...], Guard.APPEND_ONLY] = ()
    attended: Annotated[tuple[OrganisationRef, ...], Guard.APPEND_ONLY] = ()
    post: PostRef | None = None
    documents: Annotated[tuple[Source, ...], Guard.APPEND_ONLY] = ()
    source: Annotated[Source | None, Guard.SET_ONCE]
    also: Annotated[tuple[Text, ...], Guard.FREE] = ()
    corrections: tuple[Correction, ...] = ()
