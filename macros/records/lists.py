"""Short, stable records: organisations, priorities, glossary terms, events, and what families said."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from .base import (
    ActionId,
    Address,
    Correction,
    Date,
    DecisionId,
    FeedbackId,
    PriorityId,
    Record,
    Source,
    Text,
    WebAddress,
    WordId,
)


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
    note: Text | None = None
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
    corrections: tuple[Correction, ...] = ()


class Redirect(Record):
    """An address that was published and has moved, or is gone for a reason that readers are told. Both are paths on
    the site such as blog/2024-01-31-old-name/."""

    from_: Address = Field(alias="from")
    to: Address | None
    reason: Text | None = None

    @model_validator(mode="after")
    def _leads_on_or_says_why(self) -> Redirect:
        if self.to is None and not self.reason:
            raise ValueError("an address that leads nowhere has no reason")
        return self


class Exemption(Record):
    """A value that looks like personal data, and may be published: by its digest, never in itself. Who says so, why,
    and until when."""

    digest: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
    kind: Literal["nhs-number", "pupil-number", "insurance-number", "tax-reference", "telephone", "email", "postcode",
                  "street", "birth", "reference", "name"]
    reason: Text
    by: Text
    until: Date
