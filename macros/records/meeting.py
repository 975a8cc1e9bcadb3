"""Meetings of the board, their decisions, and the posts about them."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from .base import (
    ActionRef,
    Changed,
    Correction,
    Date,
    DecisionId,
    DecisionRef,
    Guard,
    MeetingId,
    MeetingRef,
    OrganisationRef,
    PostRef,
    Prose,
    Record,
    Source,
    TakeDowns,
    Text,
    TopicRef,
)

AgendaKind = Literal["decision", "agreed_principle", "consensus", "discussion", "plan"]
AGENDA_KINDS: tuple[str, ...] = get_args(AgendaKind)
MeetingState = Literal["held", "planned", "cancelled"]


class AgendaItem(Record):
    """One item of a meeting, and how far it got."""

    text: Prose
    kind: AgendaKind


class NextItem(Record):
    """Something that the board said it would discuss, and what came of it.

    `meant_for` is the meeting that it was meant for, if the board named one. `outcome` is None while we have not found
    out; `source` is where the outcome can be read.
    """

    text: Prose
    meant_for: MeetingRef | None = None
    outcome: Prose | None = None
    source: Source | None = None
    note: Prose | None = None


class Meeting(Record):
    """A meeting; its id is its date. `date_note` says what the sources leave unclear about that date."""

    id: MeetingId
    number: int | None = None
    state: MeetingState = "held"
    date_note: Prose | None = None
    note: Prose | None = None
    agenda: Annotated[tuple[AgendaItem, ...], Guard.APPEND_ONLY] = ()
    next: Annotated[tuple[NextItem, ...], Guard.FILLED_IN] = ()
    attended: Annotated[tuple[OrganisationRef, ...], Guard.APPEND_ONLY] = ()
    post: PostRef | None = None
    documents: Annotated[tuple[Source, ...], Guard.APPEND_ONLY] = ()
    source: Annotated[Source | None, Guard.SET_ONCE]
    also: Annotated[tuple[Text, ...], Guard.FREE] = ()
    corrections: tuple[Correction, ...] = ()
    taken_down: TakeDowns = ()


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
    source: Source | None = None
    note: Prose | None = None
    corrections: tuple[Correction, ...] = ()
    taken_down: TakeDowns = ()


class Post(Record):
    """A post. Its kind is `post` where the chair wrote it, and `summary` where it is in our words."""

    date: Date
    title: Annotated[Prose, Guard.REWORDED]
    description: Annotated[Prose, Guard.REWORDED]
    in_short: Annotated[tuple[Prose, ...], Guard.REWORDED]
    kind: Literal["post", "summary"]
    number: int | None = None
    meeting: MeetingRef | None = None
    topics: Annotated[tuple[TopicRef, ...], Guard.FREE] = ()
    decisions: Annotated[tuple[DecisionRef, ...], Guard.APPEND_ONLY] = ()
    actions: Annotated[tuple[ActionRef, ...], Guard.APPEND_ONLY] = ()
    source: Source | None = None
    draft: Annotated[bool, Guard.FREE] = False
    changed: tuple[Changed, ...] = ()
    taken_down: TakeDowns = ()
