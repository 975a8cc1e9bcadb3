"""What all records share: strict models, sources, and the types of their fields with the markers that checks and the
ledger read.

A marker is metadata in an `Annotated` type, which Pydantic keeps and does not act on. `macros/kinds.py` reads them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, StringConstraints, WithJsonSchema

from ..problem import invalid, quoted
from .partial_date import FreeTextDue, PartialDate, parse_due


class Guard(Enum):
    """What may happen to a field once its record is published. All but FREE can be corrected in the open.

    A field without a guard is SET_ONCE if it may be left out, else FIXED: so records that are already published can
    receive a field that is new in the software.
    """

    FIXED = "never changes"
    SET_ONCE = "may be given where there was none, and never changes afterwards"
    APPEND_ONLY = "may gain entries, and loses none"
    FILLED_IN = "may gain entries, and each may be given what it lacked; nothing in them changes"
    REWORDED = "may change where the record notes the change"
    FREE = "may change at any time: it is no part of what was promised"


@dataclass(frozen=True)
class Refers:
    """The text is the id of a record of another kind, or of the same.

    Where it may be one of several kinds, `others` holds a pattern for the ids of each further kind.
    """

    kind: str
    others: tuple[tuple[str, str], ...] = ()

    def kind_of(self, id: str) -> str:
        """Return the kind of record that has an id of this form."""
        return next((kind for pattern, kind in self.others if re.match(pattern, id)), self.kind)


@dataclass(frozen=True)
class RunningText:
    """The text is made of sentences in our own words: it is checked for plain language, and ids in it become links."""


TO_CONFIRM = "TO CONFIRM"
"""Marks what a person still has to decide. A record, page or post that holds it is not published."""


class Record(BaseModel):
    """A frozen record: an unknown key, or a value of another type, is an error."""

    model_config = ConfigDict(defer_build=True, extra="forbid", frozen=True, strict=True, arbitrary_types_allowed=True,
                              populate_by_name=False, hide_input_in_errors=True)


def _reject_blank(text: str) -> str:
    if not text.strip():
        raise invalid("empty-text", "the text is empty", "write the text, or remove the line")
    return text.strip()


def _period(value: object) -> Any:
    return PartialDate.parse(value)


def _day_that_exists(text: str) -> str:
    return PartialDate.parse(text).text


def _web_address(text: str) -> str:
    if re.match(r"https?://\s", text):
        raise invalid("web-address", f"{quoted(text)} is not a web address", "take the space out")
    if not re.match(r"https?://[^\s/]", text) or any(space in text for space in "\n\t<>\""):
        raise invalid("web-address", f"{quoted(text)} is not a web address", "write it whole, beginning with https://")
    return text.replace(" ", "%20")


def _email(text: str) -> str:
    if not re.fullmatch(r"[^@\s<>\"]+@[^@\s<>\"]+\.[^@\s<>\".]+", text):
        raise invalid("email", f"{quoted(text)} is not an email address", "write it like name@example.org")
    return text


@dataclass(frozen=True)
class Form:
    """What a text with a pattern is, and an example of it, for the message where it does not match."""

    name: str
    example: str


def formed(pattern: str, name: str, example: str) -> Any:
    """Return the type of a text that has to match a pattern, such as an id."""
    return Annotated[str, StringConstraints(pattern=pattern), Form(name, example)]


def _host(text: str) -> str:
    if not re.fullmatch(r"([a-z0-9-]+\.)+[a-z0-9-]+", text) or text.startswith("www."):
        raise invalid("web-address", f"{quoted(text)} is not the name of a site",
                      "write it without https:// and www., like example.org")
    return text


Text = Annotated[str, AfterValidator(_reject_blank)]
Line = Annotated[Text, AfterValidator(lambda text: " ".join(text.split()))]
"""A name that has its place in one line, however its writer has broken it."""
Prose = Annotated[Text, RunningText()]
"""Sentences in our own words; a name, or a title that others gave, is Text."""

Date = Annotated[PartialDate, BeforeValidator(_period),
                 WithJsonSchema({"type": "string", "pattern": r"^\d{4}(-(Q[1-4]|\d{2}(-\d{2})?))?$"})]
Due = Annotated[PartialDate | FreeTextDue, BeforeValidator(parse_due), WithJsonSchema({"type": "string"})]
Email = Annotated[str, AfterValidator(_email)]
WebAddress = Annotated[str, AfterValidator(_web_address)]
Host = Annotated[str, AfterValidator(_host)]
"""The name of a site, such as example.org. It stands for its subdomains too."""

ActionId = formed(r"^A-[0-9]{3,}$", "an action's id", "A-012")
DecisionId = formed(r"^D-[0-9]{3,}$", "a decision's id", "D-003")
FeedbackId = formed(r"^F-[0-9]{3,}$", "a feedback theme's id", "F-001")
PriorityId = formed(r"^[A-Z][0-9]{1,2}$", "a priority's id", "P1")
MeetingId = Annotated[
    formed(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "a meeting's id, which is its date", "2023-12-19"),
    AfterValidator(_day_that_exists)]
WordId = formed(r"^[a-z0-9]+(-[a-z0-9]+)*$", "an id in small letters, digits and hyphens", "council or plans-on-time")
"""An id made of words: organisations, measures, findings, plans, forums, topics and services."""

ActionRef = Annotated[ActionId, Refers("actions")]
DecisionRef = Annotated[DecisionId, Refers("decisions")]
FeedbackRef = Annotated[FeedbackId, Refers("feedback")]
FindingRef = Annotated[WordId, Refers("findings")]
ForumRef = Annotated[WordId, Refers("forums")]
MeasureRef = Annotated[WordId, Refers("measures")]
MeetingRef = Annotated[MeetingId, Refers("meetings")]
OrganisationRef = Annotated[WordId, Refers("organisations")]
PlanRef = Annotated[WordId, Refers("plans")]
PostRef = Annotated[Text, Refers("posts")]
PriorityRef = Annotated[PriorityId, Refers("priorities")]
ServiceRef = Annotated[WordId, Refers("services")]
TopicRef = Annotated[Text, Refers("topics")]
SubjectRef = Annotated[
    formed(r"^(A-[0-9]{3,}|[A-Z][0-9]{1,2}|[a-z0-9]+(-[a-z0-9]+)*)$", "the id of an action, a finding or a priority",
           "A-012, plans-on-time-2023 or P1"),
    Refers("findings", others=((r"A-", "actions"), (r"[A-Z]", "priorities")))]
"""The id of a record elsewhere: the checks make sure that it is there."""

Address = formed(r"^([A-Za-z0-9_-]+/)+$", "a page's path on the site", "blog/2024-01-31-old-name/")
"""A page's path on the site, without a slash before it and with one after it."""


def check_happened(happened: PartialDate | None, date: PartialDate) -> None:
    """Raise a validation error where late news is not from before the day on which it is added."""
    if happened and happened.first_day >= date.first_day:
        raise invalid("update-order", '"happened" is not before "date"',
                      'write in "date" the day on which you add this, and in "happened" the earlier day that it '
                      'reports; where both are the same, remove "happened"', "happened")


class Changed(Record):
    """A change to a published text: when, and what."""

    date: Date
    what: Prose


EVERYTHING = "everything"
"""The field of a take-down of all words of a record."""

LEFT_OUT = "(taken down)"
"""The words in a text in place of those that were taken down."""


class TakenDown(Record):
    """Words that were taken out of a published record: when, from which field, and why.

    `field` is the place in the record, such as `detail`, or `updates.2.note` for the note of its second update;
    `everything` means all its words. They are repeated nowhere.
    """

    date: Date
    field: Text
    reason: Text

    @property
    def notice(self) -> str:
        """What readers find in place of the words."""
        return f"Taken down on {self.date}, because {self.reason}"


class Source(Record):
    """Where a fact can be read. `read` says how much of the page we could read when the record was made.

    `by` is whose word it is, where its site is not among those of an organisation.
    """

    title: Text
    url: WebAddress | None = None
    published: Date | None = None
    read: Literal["whole", "partly"] = "whole"
    archived: WebAddress | None = None
    by: OrganisationRef | None = None


class Correction(Record):
    """A mistake corrected in the open: when, the field, what it said, what is right, and why.

    `source` shows that the right value had been published: what could hide a missed date or target needs one.
    """

    date: Date
    field: Text
    was: Any
    now: Any
    reason: Text
    source: Source | None = None


TakeDowns = Annotated[tuple[TakenDown, ...], Guard.APPEND_ONLY]
"""What was taken out of a published record."""
