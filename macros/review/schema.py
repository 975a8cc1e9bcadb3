"""The data format of a review, validated strictly: the reader of a review does not trust its writer."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Annotated, Literal
from unicodedata import category

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError

MAX_ITEMS = 200
MAX_TEXT_LENGTH = 500
MAX_BYTES = 3_000_000
ADDRESS = re.compile(r"([A-Za-z0-9_.-]{1,200}/){0,6}(#[a-z0-9-]{1,100})?")
"""A path on the site."""
CONTENT = ("data/", "docs/")
"""Where an area's records and pages are. All other files change how the site works."""

INVISIBLE_CATEGORIES = ("Cc", "Cf", "Cs", "Zl", "Zp")

Kind = Literal[
    "plan", "decided", "found", "heard", "taken_up", "answered", "changed", "promised", "planned", "aim", "complete",
    "stopped", "dropped", "carried_over", "merged", "not_mentioned", "date_passed", "late", "moved", "dated", "owner",
    "status", "asked", "figure", "verdict", "family_verdict", "news", "corrected", "described", "taken_down",
    "unsaid", "new-post", "edited-post", "gone-post", "draft-post", "new-page", "edited-page", "gone-page",
    "new-record", "edited-record", "gone-record", "other-file", "software"]
"""The kinds of change: those of the page of changes, then those of an area's other files."""


class ReviewError(Exception):
    """A text is not a review; the message says in one line what is wrong with it."""


def _one_line(text: str) -> str:
    if any(category(character) in INVISIBLE_CATEGORIES for character in text):
        raise ValueError("the text holds a line break, or a character that cannot be seen")
    return text


BoundedText = Annotated[str, StringConstraints(min_length=1, max_length=MAX_TEXT_LENGTH), AfterValidator(_one_line)]
Count = Annotated[int, Field(ge=0, le=1_000_000)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, hide_input_in_errors=True)


class Item(_Strict):
    """One change that readers will see: its subject, a description, and the path of its page on the site."""

    subject: BoundedText
    says: BoundedText | None = None
    address: Annotated[str, StringConstraints(pattern=f"^{ADDRESS.pattern}$", max_length=MAX_TEXT_LENGTH)] | None = None


class Group(_Strict):
    """All changes of one kind; `more` counts those left out."""

    kind: Kind
    items: Annotated[tuple[Item, ...], Field(max_length=MAX_ITEMS)]
    more: Count = 0


class ReviewProblem(_Strict):
    """A problem to fix: file, line, the code of the check, and a message with a hint."""

    path: BoundedText
    line: Annotated[int, Field(ge=1, le=10_000_000)]
    code: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,60}$")]
    says: BoundedText


class ReviewProblems(_Strict):
    """Problems to fix; `more` counts those left out."""

    items: Annotated[tuple[ReviewProblem, ...], Field(max_length=MAX_ITEMS)] = ()
    more: Count = 0


class Review(_Strict):
    """What a pull request would change on the site. Any change to this format gets a new version number.

    `is_withheld` means that no texts are repeated, because something in them may be personal data.
    """

    version: Literal[1]
    is_withheld: bool = False
    groups: Annotated[tuple[Group, ...], Field(max_length=30)] = ()
    errors: ReviewProblems = ReviewProblems()
    warnings: ReviewProblems = ReviewProblems()


def read_review(content: bytes) -> Review:
    """Return the review in a JSON document. Raises ReviewError for anything but the exact format."""
    if len(content) > MAX_BYTES:
        raise ReviewError(f"it has {len(content):,} bytes, and a review has at most {MAX_BYTES:,}")
    try:
        return Review.model_validate_json(content)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        place = ".".join(str(part) for part in first["loc"])[:100]
        raise ReviewError(f"{place or 'the file'}: {first['msg']}".splitlines()[0][:300]) from None


def read_files(content: bytes) -> list[str]:
    """Return the names in a JSON list of files. Raises ReviewError for anything else."""
    try:
        return TypeAdapter(list[str]).validate_json(content)
    except ValidationError:
        raise ReviewError("the list of files is no list of names in JSON") from None


def with_files(review: Review, names: Iterable[str]) -> Review:
    """Return a review in which what changes how the site works comes from a list of all changed files."""
    items = [Item(subject=clipped(name)) for name in names if not name.startswith(CONTENT)]
    others = tuple(group for group in review.groups if group.kind != "software")
    group = Group(kind="software", items=tuple(items[:MAX_ITEMS]), more=max(0, len(items) - MAX_ITEMS))
    return review.model_copy(update={"groups": (*others, group) if items else others})


def clipped(text: str) -> str:
    """Return a text on one line, without invisible characters, and cut to the length allowed in a review."""
    # Format characters vanish; line breaks and control characters separate words.
    visible = "".join("" if category(character) == "Cf" else
                      " " if category(character) in INVISIBLE_CATEGORIES else character for character in text)
    words = re.sub(r"\s+", " ", visible).strip() or "…"
    return words if len(words) <= MAX_TEXT_LENGTH else words[:MAX_TEXT_LENGTH - 1].rstrip() + "…"


def linkable(path: str) -> str | None:
    """Return a path on the site; None for that of an unusual file name, which is a problem of its own."""
    return path if ADDRESS.fullmatch(path) and len(path) <= MAX_TEXT_LENGTH else None
