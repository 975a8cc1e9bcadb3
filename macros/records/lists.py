"""Short, stable records: organisations, priorities, glossary terms, events, and what families said."""

from __future__ import annotations

from typing import Literal

from .base import ActionId, Date, DecisionId, FeedbackId, PriorityId, Record, Source, Text, WebAddress, WordId


class Organisation(Record):
    """A body that takes part, such as a council. Its `role` is in our words."""

    id: WordId
    name: Text
    short_name: Text | None = None
    kind: Literal["council", "nhs", "parent carer forum", "board", "regulator", "government", "school", "other"]
    role: Text
    url: WebAddress | None = None
    also: tuple[Text, ...] = ()
    source: Source | None = None


class Priority(Record):
    """An area for action, or one of the challenges that actions answer."""

    id: PriorityId
    kind: Literal["priority", "challenge"] = "priority"
    title: Text
    text: Text
    also: tuple[Text, ...] = ()
    source: Source | None


class Term(Record):
    """A word that families meet. `term` is what people write; `full` is what its letters stand for."""

    term: Text
    full: Text | None = None
    plain: Text
    also: tuple[Text, ...] = ()
    source: Source | None = None


class Event(Record):
    """Something that happened outside the board's meetings. Where sources disagree, `also_source` shows the other."""

    date: Date
    until: Date | None = None
    text: Text
    source: Source
    also_source: Source | None = None


class Heard(Record):
    """When and through which organisation something was heard."""

    date: Date
    through: WordId


class FeedbackTheme(Record):
    """Something that families said more than once, and what was done about it."""

    id: FeedbackId
    heard: Heard
    title: Text
    said: Text
    response: Text | None
    actions: tuple[ActionId, ...] = ()
    decisions: tuple[DecisionId, ...] = ()
    also: tuple[Text, ...] = ()
    source: Source
