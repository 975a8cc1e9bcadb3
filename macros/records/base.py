"""What all records share: strict models, sources, and the types of ids, dates, texts and addresses."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, StringConstraints, WithJsonSchema

from ..problem import quoted
from .markers import Refers, RunningText
from .partial_date import FreeTextDue, PartialDate, parse_due


class Record(BaseModel):
    """A frozen record: an unknown key, or a value of another type, is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, arbitrary_types_allowed=True,
                              populate_by_name=False, hide_input_in_errors=True)


def _reject_blank(text: str) -> str:
    if not text.strip():
        raise ValueError("the text is empty")
    return text.strip()


def _period(value: object) -> Any:
    return PartialDate.parse(value)


def _day_that_exists(text: str) -> str:
    return PartialDate.parse(text).text


def _web_address(text: str) -> str:
    if not re.match(r"https?://[^\s/]", text) or any(space in text for space in "\n\t<>\""):
        raise ValueError(f"{quoted(text)} is not a web address")
    return text.replace(" ", "%20")


def _email(text: str) -> str:
    if not re.fullmatch(r"[^@\s<>\"]+@[^@\s<>\"]+\.[^@\s<>\".]+", text):
        raise ValueError(f"{quoted(text)} is not an email address")
    return text


def _id(pattern: str) -> Any:
    return Annotated[str, StringConstraints(pattern=pattern)]


Text = Annotated[str, AfterValidator(_reject_blank)]
Prose = Annotated[Text, RunningText()]
"""Sentences in our own words; a name, or a title that others gave, is Text."""

Date = Annotated[PartialDate, BeforeValidator(_period),
                 WithJsonSchema({"type": "string", "pattern": r"^\d{4}(-(Q[1-4]|\d{2}(-\d{2})?))?$"})]
Due = Annotated[PartialDate | FreeTextDue, BeforeValidator(parse_due), WithJsonSchema({"type": "string"})]
Email = Annotated[str, AfterValidator(_email)]
WebAddress = Annotated[str, AfterValidator(_web_address)]

ActionId = _id(r"^A-[0-9]{3,}$")
DecisionId = _id(r"^D-[0-9]{3,}$")
FeedbackId = _id(r"^F-[0-9]{3,}$")
PriorityId = _id(r"^[A-Z][0-9]{1,2}$")
MeetingId = Annotated[_id(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"), AfterValidator(_day_that_exists)]
WordId = _id(r"^[a-z0-9]+(-[a-z0-9]+)*$")
"""An id made of words: organisations and measures."""

ActionRef = Annotated[ActionId, Refers("actions")]
DecisionRef = Annotated[DecisionId, Refers("decisions")]
MeasureRef = Annotated[WordId, Refers("measures")]
MeetingRef = Annotated[MeetingId, Refers("meetings")]
OrganisationRef = Annotated[WordId, Refers("organisations")]
PostRef = Annotated[Text, Refers("posts")]
PriorityRef = Annotated[PriorityId, Refers("priorities")]
"""The id of a record elsewhere: the checks make sure that it is there."""

Address = _id(r"^([A-Za-z0-9_-]+/)+$")
"""A page's path on the site, without a slash before it and with one after it."""


class Correction(Record):
    """A mistake corrected in the open: when, the field, what it said, what is right, and why."""

    date: Date
    field: Text
    was: Any
    now: Any
    reason: Text


class Changed(Record):
    """A change to a published text: when, and what."""

    date: Date
    what: Prose


class Source(Record):
    """Where a fact can be read. `read` says how much of the page we could read when the record was made."""

    title: Text
    url: WebAddress | None = None
    published: Date | None = None
    read: Literal["whole", "partly"] = "whole"
    archived: WebAddress | None = None
