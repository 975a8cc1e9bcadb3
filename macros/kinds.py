"""The kinds of record that an area keeps: the one table of their files, ids, names, addresses and open data.

To add a kind, write its model in `records/`, its entry here, a field of `Register`, and a template for its pages. To
add a field, write it in the model and show it in the template: what it refers to, whether it is running text, and what
the ledger lets happen to it is written there too, with the markers of `records/base.py`, and read here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from .records import (
    Action,
    Area,
    Decision,
    Event,
    Exemption,
    FamilyVerdict,
    FeedbackTheme,
    Finding,
    Forum,
    Looked,
    Measure,
    Meeting,
    Organisation,
    Plan,
    Post,
    Priority,
    Record,
    Redirect,
    Service,
    TakenDownPage,
    Term,
    Topic,
)
from .records.base import Guard, Refers, RunningText

Place = tuple[str | int, ...]
"""The keys and list positions that lead to a value inside a record, as its file spells them."""


@dataclass(frozen=True)
class OpenData:
    """A file of records for programs: its name without ending, its title, and in a few words what it holds.

    `is_table` where there is a CSV file beside the JSON.
    """

    name: str
    title: str
    holds: str
    is_table: bool = False


@dataclass(frozen=True)
class Kind:
    """A kind of record. `name` is what `Register` and the checks call it, such as "actions".

    `home` is its folder, or the file that lists all of them. `key` is the YAML key that identifies a record; None where
    it is the file's name (posts), or where nothing does (events). Where `key` alone does not identify it,
    `further_keys` do together with it, and the model makes an `id` of them. `id_parts` says how many parts between
    hyphens of a file's name are the id; None for all of them. `letter` begins the ids of those that are numbered:
    A-012.

    `page` is the address of a record's page with a place for its `id` (small letters), its `slug`, or its `key`;
    `index` is the page that lists all.

    `corrected_in` is the list in which a change to a published record is explained. Without one, the ledger guards no
    field.
    """

    name: str
    model: type[Record]
    singular: str
    plural: str
    home: str
    key: str | None = "id"
    further_keys: tuple[str, ...] = ()
    id_parts: int | None = None
    letter: str | None = None
    page: str | None = None
    index: str | None = None
    corrected_in: str | None = None
    open_data: OpenData | None = None

    @property
    def is_folder(self) -> bool:
        """Whether each record has a file of its own."""
        return self.home.endswith("/")

    @property
    def file(self) -> str:
        """The name of the list's file without its ending, or of the folder."""
        return self.home.rstrip("/").rsplit("/", 1)[-1].removesuffix(".yml")

    @property
    def has_pages(self) -> bool:
        """Whether each record has a page of its own, and not only a place on a list's page."""
        return self.page is not None and "#" not in self.page

    def id_of(self, record: BaseModel) -> str | None:
        """Return what identifies a record by its own fields."""
        if self.further_keys:
            return getattr(record, "id", None)
        return next((getattr(record, name) for name, field in type(record).model_fields.items()
                     if self.key is not None and (field.alias or name) == self.key), None)

    def id_in(self, stem: str) -> str:
        """Return the id that a file's name begins with, also where the file cannot be read."""
        id = "-".join(stem.split("-")[:self.id_parts])
        return id.upper() if self.letter else id

    def address(self, id: str) -> str:
        """Return the path of a record's page on the site, such as actions/a-012/. Raises TypeError without a page."""
        if self.page is None:
            raise TypeError(f"{self.plural} have no pages")
        return self.page.format(id=id.lower(), key=id, slug=slug(id))


KINDS = (
    Kind("topics", Topic, "topic", "topics", "data/topics.yml", page="topics/{id}/", index="topics/",
         corrected_in="corrections",
         open_data=OpenData("topics", "Topics: what families look for, and what is known about it",
                            "what is known about what families look for", is_table=True)),
    Kind("actions", Action, "action", "actions", "data/actions/", letter="A", id_parts=2, page="actions/{id}/",
         index="actions/", corrected_in="updates",
         open_data=OpenData("actions", "Actions: what was promised, and what became of it",
                            "what was promised, and how it stands", is_table=True)),
    Kind("decisions", Decision, "decision", "decisions", "data/decisions/", letter="D", id_parts=2,
         page="decisions/{id}/", index="decisions/", corrected_in="corrections",
         open_data=OpenData("decisions", "Decisions of the board", "what the board decided", is_table=True)),
    Kind("meetings", Meeting, "meeting", "meetings", "data/meetings/", id_parts=3, page="meetings/{id}/",
         index="meetings/", corrected_in="corrections",
         open_data=OpenData("meetings", "Meetings of the board", "the board's meetings")),
    Kind("measures", Measure, "measure", "measures", "data/measures/", page="measures/{id}/", index="measures/",
         corrected_in="corrections",
         open_data=OpenData("measures", "Measures and their figures", "every figure", is_table=True)),
    Kind("findings", Finding, "finding", "findings", "data/findings/", page="findings/{id}/", index="findings/",
         corrected_in="corrections",
         open_data=OpenData("findings", "Findings: what was found or recommended, and what was answered",
                            "what was found, and what answers it", is_table=True)),
    Kind("family_verdicts", FamilyVerdict, "verdict of families", "verdicts of families", "data/family-verdicts.yml",
         key="asked_by", further_keys=("date", "about"), corrected_in="corrections",
         open_data=OpenData("family-verdicts", "Verdicts of families: how many feel a change",
                            "what families answered when they were asked", is_table=True)),
    Kind("organisations", Organisation, "organisation", "organisations", "data/organisations.yml",
         page="organisations/{id}/", index="organisations/", corrected_in="corrections",
         open_data=OpenData("organisations", "Organisations that take part", "who takes part")),
    Kind("priorities", Priority, "priority", "priorities", "data/priorities.yml", page="priorities/{id}/",
         index="priorities/", corrected_in="corrections",
         open_data=OpenData("priorities", "Priorities and challenges", "what all this is for")),
    Kind("plans", Plan, "plan", "plans", "data/plans.yml", page="plans/{id}/", index="plans/",
         corrected_in="corrections",
         open_data=OpenData("plans", "Plans, and which plan replaced which", "which plan replaced which",
                            is_table=True)),
    Kind("feedback", FeedbackTheme, "feedback theme", "feedback themes", "data/feedback/", letter="F", id_parts=2,
         page="you-said/#{id}", index="you-said/", corrected_in="corrections",
         open_data=OpenData("feedback", "What families said, and the answer", "what families said, and the answer",
                            is_table=True)),
    Kind("forums", Forum, "forum", "forums", "data/forums.yml", page="ask/#{id}", index="ask/",
         corrected_in="corrections",
         open_data=OpenData("forums", "Where the public may ask, and on which days", "where to ask, and by when",
                            is_table=True)),
    Kind("services", Service, "service", "services", "data/services.yml", page="help/#{id}", index="help/",
         corrected_in="corrections",
         open_data=OpenData("services", "Who can help one child", "who can help one child")),
    Kind("posts", Post, "post", "posts", "docs/blog/posts/", key=None, page="blog/{key}/", index="blog/",
         corrected_in="changed",
         open_data=OpenData("posts", "Posts on the board's meetings", "posts on the meetings")),
    Kind("terms", Term, "term", "terms", "data/glossary.yml", key="term", page="glossary/#{slug}", index="glossary/",
         corrected_in="corrections",
         open_data=OpenData("glossary", "Words and what they mean", "what the words mean")),
    Kind("events", Event, "event", "events", "data/events.yml", key=None, index="timeline/",
         open_data=OpenData("events", "What happened besides meetings", "what happened besides meetings")),
    Kind("looked", Looked, "search for news", "searches for news", "data/looked.yml", key=None, index="how-to-read/",
         open_data=OpenData("looked", "When and where this site's editors looked for news",
                            "when and where we looked for news")),
    Kind("redirects", Redirect, "redirect", "redirects", "data/redirects.yml", key="from", corrected_in="corrections"),
    Kind("taken_down", TakenDownPage, "page that was taken down", "pages that were taken down", "data/taken-down.yml",
         key=None),
    Kind("safety", Exemption, "exemption", "exemptions", "data/safety.yml", key="digest"),
)
"""In the order in which open data lists them."""

BY_NAME = {kind.name: kind for kind in KINDS}
BY_MODEL = {kind.model: kind for kind in KINDS}
BY_LETTER = {kind.letter: kind for kind in KINDS if kind.letter}
IN_OPEN_DATA = {kind.open_data.name: kind for kind in KINDS if kind.open_data}

RECORD_ID = re.compile(rf"\b([{''.join(BY_LETTER)}]-[0-9]{{3,}})\b")
"""The id of a numbered record in running text, where it becomes a link."""


def slug(text: str) -> str:
    """Return text as a part of an address: small letters, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def guard_of(field: FieldInfo) -> Guard:
    """Return what the ledger lets happen to a field of a published record."""
    marked = next((mark for mark in field.metadata if isinstance(mark, Guard)), None)
    if marked:
        return marked
    return Guard.SET_ONCE if not field.is_required() and field.default in (None, ()) else Guard.FIXED


@lru_cache
def defaults() -> frozenset[tuple[str, Any]]:
    """Return each key inside a field of a record that may be left out, with the value that it then has."""
    seen: set[type[BaseModel]] = set()
    waiting = [inner for model in BY_MODEL for field in model.model_fields.values()
               for inner in inner_models(field.annotation)]
    while waiting:
        model = waiting.pop()
        if model not in seen:
            seen.add(model)
            waiting += [inner for field in model.model_fields.values() for inner in inner_models(field.annotation)]
    return frozenset((field.alias or name, field.default) for model in seen
                     for name, field in model.model_fields.items()
                     if not field.is_required() and field.default not in (None, ()))


@lru_cache
def guards(model: type[BaseModel]) -> dict[str, Guard]:
    """Return what the ledger lets happen to each key of a record; the list of corrections may only grow."""
    kind = BY_MODEL[model]
    return {field.alias or name: Guard.APPEND_ONLY if name == kind.corrected_in else guard_of(field)
            for name, field in model.model_fields.items()}


def guarded(kind: str, *wanted: Guard) -> frozenset[str]:
    """Return the keys of a kind's records that have one of these guards."""
    return frozenset(key for key, guard in guards(BY_NAME[kind].model).items() if guard in wanted)


def references(record: BaseModel) -> Iterator[tuple[Place, str, str]]:
    """Yield each reference in a record: its place, and the kind and id that it names."""
    for name, key, mark in _referring_fields(type(record)):
        yield from _references_in(getattr(record, name), (key,), mark)


def _references_in(value: Any, place: Place, mark: Refers | None) -> Iterator[tuple[Place, str, str]]:
    if isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from _references_in(item, (*place, number), mark)
    elif isinstance(value, BaseModel):
        yield from (((*place, *inner), named, id) for inner, named, id in references(value))
    elif mark and value:
        yield place, mark.kind_of(value), value


@lru_cache
def _referring_fields(model: type[BaseModel]) -> tuple[tuple[str, str, Refers | None], ...]:
    """Return the fields that hold references, at any depth: names, keys, and the marker of those that name records."""
    found = []
    for name, field in model.model_fields.items():
        mark = next((mark for mark in marks(field) if isinstance(mark, Refers)), None)
        if mark or any(map(_referring_fields, inner_models(field.annotation))):
            found.append((name, field.alias or name, mark))
    return tuple(found)


def running_text_keys() -> frozenset[str]:
    """Return the keys whose values are running text, in records of any kind and in the area's own."""
    return frozenset(key for model in (Area, *BY_MODEL) for key in _running_text_keys(model))


def _running_text_keys(model: type[BaseModel]) -> Iterator[str]:
    for name, field in model.model_fields.items():
        if any(isinstance(mark, RunningText) for mark in marks(field)):
            yield field.alias or name
        for inner in inner_models(field.annotation):
            yield from _running_text_keys(inner)


def marks(field: FieldInfo) -> Iterator[Any]:
    """Yield a field's markers. Pydantic keeps those of its whole type apart; the others are inside the type, as in
    `tuple[ActionRef, ...]`."""
    yield from field.metadata
    yield from _marks_in(field.annotation)


def _marks_in(annotation: Any) -> Iterator[Any]:
    yield from getattr(annotation, "__metadata__", ())
    for part in get_args(annotation):
        yield from _marks_in(part)


def inner_models(annotation: Any) -> Iterator[type[BaseModel]]:
    """Yield the models that a type such as `tuple[Update, ...]` or `Source | None` holds."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from inner_models(part)
