"""Organisations, priorities, glossary terms, events, searches for news, redirects and privacy exemptions."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, model_validator

from ..problem import invalid
from .base import (
    Address,
    Correction,
    Date,
    FindingRef,
    Guard,
    Host,
    OrganisationRef,
    PriorityId,
    Prose,
    Record,
    Source,
    TakeDowns,
    Text,
    WebAddress,
    WordId,
    formed,
)


class Organisation(Record):
    """A body that takes part, or that reports on it. Its `role` is in our words.

    `sites` are those on which it publishes: what can be read there is its word. A partnership has `members`. What it
    owns is shared: no single organisation answers for it.
    """

    id: WordId
    name: Text
    short_name: Text | None = None
    kind: Literal["council", "nhs", "parent carer forum", "board", "regulator", "government", "school",
                  "partnership", "press", "ombudsman", "scrutiny", "other"]
    role: Prose
    url: WebAddress | None = None
    sites: Annotated[tuple[Host, ...], Guard.APPEND_ONLY] = ()
    members: Annotated[tuple[OrganisationRef, ...], Guard.FIXED] = ()
    also: Annotated[tuple[Text, ...], Guard.FREE] = ()
    source: Source | None = None
    corrections: tuple[Correction, ...] = ()
    taken_down: TakeDowns = ()


class Priority(Record):
    """An area for action, or one of the challenges that actions answer.

    `responsible` holds the organisations that the source names as responsible for it. Where it is the same thing as a
    `finding`, its text, source and responsible bodies are those of the finding, and are not written twice.
    """

    id: PriorityId
    kind: Literal["priority", "challenge"] = "priority"
    title: Prose
    finding: FindingRef | None = None
    text: Prose | None = None
    responsible: tuple[OrganisationRef, ...] = ()
    also: Annotated[tuple[Text, ...], Guard.FREE] = ()
    note: Prose | None = None
    source: Source | None = None
    corrections: tuple[Correction, ...] = ()
    taken_down: TakeDowns = ()

    @model_validator(mode="after")
    def _says_it_once(self) -> Priority:
        if not (self.finding or self.text):
            raise invalid("empty-text", "the priority has no text", 'add "text:", or "finding:" with the id of the '
                          "finding that it is", "text")
        twice = next((name for name in ("text", "responsible", "source") if getattr(self, name)), None)
        if self.finding and twice:
            raise invalid("value", f'the "{twice}" of this priority is that of its finding', f'take "{twice}:" out: '
                          f"the page shows what {self.finding} says", twice)
        return self


class Term(Record):
    """A word that families meet. `term` is what people write; `full` spells an abbreviation out."""

    term: Text
    full: Text | None = None
    plain: Prose
    also: Annotated[tuple[Text, ...], Guard.FREE] = ()
    source: Source | None = None
    corrections: tuple[Correction, ...] = ()
    taken_down: TakeDowns = ()


class Event(Record):
    """Something that happened outside the board's meetings. `sources_differ` says what `also_source` reports otherwise.
    """

    date: Date
    until: Date | None = None
    text: Prose
    source: Source
    also_source: Source | None = None
    sources_differ: Prose | None = None
    corrections: tuple[Correction, ...] = ()
    taken_down: TakeDowns = ()

    @model_validator(mode="after")
    def _has_two_sources_to_differ(self) -> Event:
        if self.sources_differ and not self.also_source:
            raise invalid("value", "there is only one source, so nothing can differ from it",
                          'add "also_source:" with the other source', "sources_differ")
        return self


class LookedPlace(Record):
    """A place in which the site's editors looked for news. A file may give its title alone."""

    title: Text
    url: WebAddress | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_title(cls, value: Any) -> Any:
        return {"title": value} if isinstance(value, str) else value


class Looked(Record):
    """When the site's editors last looked for news, and in which places: what stands behind "we found no update"."""

    date: Date
    places: tuple[LookedPlace, ...]
    note: Prose | None = None

    @model_validator(mode="after")
    def _names_a_place(self) -> Looked:
        if not self.places:
            raise invalid("empty-text", "no place is named", "write in which places you looked", "places")
        return self


class Redirect(Record):
    """A published address that has moved, or is gone for the `reason` that its page gives. Both are paths on the site
    such as blog/2024-01-31-old-name/."""

    from_: Address = Field(alias="from")
    to: Address | None
    reason: Prose | None = None
    corrections: tuple[Correction, ...] = ()
    taken_down: TakeDowns = ()

    @model_validator(mode="after")
    def _leads_on_or_says_why(self) -> Redirect:
        if self.to is None and not self.reason:
            raise invalid("no-reason", "an address that leads nowhere has no reason",
                          'add "to:" with the new address, or "reason:" that says why it is gone', "to")
        return self


PUBLISHED_FILE = r"(?:[A-Za-z0-9_-][A-Za-z0-9._-]*/)*[A-Za-z0-9_-][A-Za-z0-9._-]*\.[A-Za-z0-9]+"
PublishedFile = formed(rf"^{PUBLISHED_FILE}$", "a file's path on the site", "files/hall.jpg")


class TakenDownPage(Record):
    """A page, post or redirect whose address held words that were taken down, or a file. Nothing says which it was.

    Only a `file` whose name says nothing may be named, such as files/hall.jpg: its address then says why it is gone.
    """

    date: Date
    what: Literal["page", "post", "redirect", "file"]
    file: PublishedFile | None = None
    reason: Text

    @property
    def notice(self) -> str:
        """What readers find at the address of the file."""
        return f"Taken down on {self.date}, because {self.reason.rstrip('.')}."

    @model_validator(mode="after")
    def _names_only_a_file(self) -> TakenDownPage:
        if self.file and self.what != "file":
            raise invalid("value", f"the address of a {self.what} that was taken down is not named",
                          'take "file:" out, or write "what: file"', "file")
        return self


class Exemption(Record):
    """What looks personal and may be published. Either a name that anyone may know, for good: `allow` is a place, a
    school, a body or somebody in office. Or another value, for a time: kept as a digest, with who allows it and why."""

    allow: Text | None = None
    digest: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")] | None = None
    kind: Literal["nhs-number", "pupil-number", "insurance-number", "tax-reference", "telephone", "email", "postcode",
                  "street", "birth", "reference", "vehicle", "bank-account", "account", "location", "ip-address",
                  "meeting-link", "description", "name"] | None = None
    reason: Prose | None = None
    by: Text | None = None
    until: Date | None = None

    @model_validator(mode="after")
    def _is_a_name_or_a_digest(self) -> Exemption:
        others = ("digest", "kind", "reason", "by", "until")
        given = [key for key in others if getattr(self, key) is not None]
        if self.allow is None and len(given) < len(others):
            missing = next(key for key in others if key not in given)
            raise invalid("exception-part", f'this exception has no "{missing}"',
                          f'write "allow: NAME" alone, or all of: {", ".join(others)}')
        if self.allow is not None and given:
            raise invalid("exception-part", f'a name that is allowed has no "{given[0]}"',
                          'write "allow: NAME" alone on its entry', given[0])
        return self
