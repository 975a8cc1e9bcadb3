"""The form in which a review is handed on: made for a reader that trusts nothing in it."""

from __future__ import annotations

import re
from typing import Annotated, Literal
from unicodedata import category

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError

MOST_ITEMS = 200
MOST_SIGNS = 500
MOST_BYTES = 3_000_000
UNSEEN = ("Cc", "Cf", "Cs", "Zl", "Zp")

Kind = Literal[
    "decided", "promised", "complete", "stopped", "overdue", "moved", "dated", "owner", "status", "figure", "news",
    "corrected", "unsaid", "new-post", "edited-post", "gone-post", "draft-post", "new-page", "edited-page",
    "gone-page", "new-record", "edited-record", "gone-record", "other-file", "software"]
"""What readers will see change: the kinds of the page of changes, then what else an area is made of."""


class ReviewError(Exception):
    """A text that is no review; the message says in one line what is wrong with it."""


def _one_line(text: str) -> str:
    if any(category(sign) in UNSEEN for sign in text):
        raise ValueError("the text holds a line break, or a character that cannot be seen")
    return text


BoundedText = Annotated[str, StringConstraints(min_length=1, max_length=MOST_SIGNS), AfterValidator(_one_line)]
Count = Annotated[int, Field(ge=0, le=1_000_000)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, hide_input_in_errors=True)


class Item(_Strict):
    """One thing that readers will see: what it is, what is said of it, and the path of its page on the site."""

    subject: BoundedText
    says: BoundedText | None = None
    address: Annotated[str, StringConstraints(pattern=r"^([A-Za-z0-9_.-]{1,200}/){0,6}(#[a-z0-9-]{1,100})?$",
                                              max_length=MOST_SIGNS)] | None = None


class Group(_Strict):
    """All changes of one kind; `more` counts those for which there was no room."""

    kind: Kind
    items: Annotated[tuple[Item, ...], Field(max_length=MOST_ITEMS)]
    more: Count = 0


class Finding(_Strict):
    """A place to mend: the file, its line, the code of the check, and what is wrong with what to write instead."""

    path: BoundedText
    line: Annotated[int, Field(ge=1, le=10_000_000)]
    code: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,60}$")]
    says: BoundedText


class Findings(_Strict):
    """Places to mend; `more` counts those for which there was no room."""

    items: Annotated[tuple[Finding, ...], Field(max_length=MOST_ITEMS)] = ()
    more: Count = 0


class Review(_Strict):
    """What a change would do to the site: version 1 of the form. A change of the form gets another number.

    `is_withheld` tells that the texts are not repeated, since something in them may be personal.
    """

    version: Literal[1]
    is_withheld: bool = False
    groups: Annotated[tuple[Group, ...], Field(max_length=30)] = ()
    errors: Findings = Findings()
    warnings: Findings = Findings()


def read_review(content: bytes) -> Review:
    """Read a review from its JSON. Raises ReviewError for everything that is not exactly of the form."""
    if len(content) > MOST_BYTES:
        raise ReviewError(f"it has {len(content):,} bytes, and a review has at most {MOST_BYTES:,}")
    try:
        return Review.model_validate_json(content)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        place = ".".join(str(part) for part in first["loc"])[:100]
        raise ReviewError(f"{place or 'the file'}: {first['msg']}".splitlines()[0][:300]) from None


def clipped(text: str) -> str:
    """Return a text as a review holds it: on one line, without characters that cannot be seen, cut where it is long."""
    seen = "".join("" if category(sign) == "Cf" else " " if category(sign) in UNSEEN else sign for sign in text)
    words = re.sub(r"\s+", " ", seen).strip() or "…"
    return words if len(words) <= MOST_SIGNS else words[:MOST_SIGNS - 1].rstrip() + "…"
