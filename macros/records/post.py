"""The chair's posts, as their front matter describes them."""

from __future__ import annotations

from typing import Literal

from .base import ActionId, Changed, Date, DecisionId, MeetingId, Record, Source, Text


class Post(Record):
    """A post. Its kind is `post` where the chair wrote it, and `summary` where it is in our words."""

    date: Date
    title: Text
    description: Text
    in_short: tuple[Text, ...]
    kind: Literal["post", "summary"]
    number: int | None = None
    meeting: MeetingId | None = None
    topics: tuple[Text, ...] = ()
    decisions: tuple[DecisionId, ...] = ()
    actions: tuple[ActionId, ...] = ()
    source: Source | None = None
    draft: bool = False
    changed: tuple[Changed, ...] = ()
