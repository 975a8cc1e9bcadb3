"""The chair's posts, as their front matter describes them."""

from __future__ import annotations

from typing import Annotated, Literal

from .base import ActionRef, Changed, Date, DecisionRef, MeetingRef, Prose, Record, Source, Text
from .markers import Guard


class Post(Record):
    """A post. Its kind is `post` where the chair wrote it, and `summary` where it is in our words."""

    date: Date
    title: Annotated[Prose, Guard.REWORDED]
    description: Annotated[Prose, Guard.REWORDED]
    in_short: Annotated[tuple[Prose, ...], Guard.REWORDED]
    kind: Literal["post", "summary"]
    number: int | None = None
    meeting: MeetingRef | None = None
    topics: Annotated[tuple[Text, ...], Guard.FREE] = ()
    decisions: Annotated[tuple[DecisionRef, ...], Guard.APPEND_ONLY] = ()
    actions: Annotated[tuple[ActionRef, ...], Guard.APPEND_ONLY] = ()
    source: Annotated[Source | None, Guard.FIXED] = None
    draft: Annotated[bool, Guard.FREE] = False
    changed: tuple[Changed, ...] = ()
