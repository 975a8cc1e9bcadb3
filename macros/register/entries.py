"""What records, pages and the area say about their own changes: corrections, take-downs, and changed pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from ..kinds import BY_MODEL, BY_NAME, KINDS
from ..records import (
    Action,
    Decision,
    FamilyVerdict,
    Forum,
    Measure,
    Meeting,
    Organisation,
    Plan,
    Record,
    Redirect,
    Service,
    TakenDownPage,
    Term,
)
from ..records.area import AUDIENCE_WORDS
from ..records.base import EVERYTHING, Changed, Correction, TakenDown
from ..records.partial_date import PartialDate, date_in_words

if TYPE_CHECKING:
    from .register import Page, Register

DESCRIBING = frozenset(("organisations", "priorities", "topics", "services", "terms", "redirects"))
"""Kinds of record that say who somebody is, or what something means. A change to one is no mistake put right: a body
may have another name now."""

FIELD_WORDS = {"said": "what families said", "plain": "the meaning", "role": "the words on what it does",
               "to": "where it leads", "full": "the whole words", "in_short": "the words in short",
               "feel": "the count of answers"}
"""What fields are called whose names say too little to readers."""

Entry = Correction | TakenDown | Changed | TakenDownPage


@dataclass(frozen=True)
class Explained:
    """An entry in which the site says what it changed: the kind of change, its permanent key, whose it is in words, and
    its page: a record, or the path of a page."""

    kind: str
    key: str
    name: str
    where: Record | str
    entry: Entry


def explained(register: Register) -> Iterator[Explained]:
    """Yield every entry that says what was changed, apart from the corrections in the updates of actions."""
    for kind in KINDS:
        records = getattr(register, kind.name)
        for id, record in records.items() if isinstance(records, dict) else enumerate(records, 1):
            if not getattr(record, "draft", False):
                yield from _of(record, f"{kind.name}/{str(id).lower()}", "described" if kind.name in DESCRIBING else
                               "corrected", _where(record, kind.index or "changes/"))
    about = "about/" if _has_page(register, "docs/about.md") else ""
    yield from _of(register.area, "area", "described", about)
    for stem, post in register.posts.items():
        # A draft with such entries was taken down, and its title may be why.
        name = f"The post of {post.date}" if post.draft else f"The post “{post.title}”"
        for number, changed in enumerate(post.changed, 1):
            yield Explained("corrected", f"posts/{stem}/changed-{number}", name,
                            BY_NAME["posts"].address(stem), changed)
    for page in register.pages:
        for number, changed in enumerate(() if page.post else page_changes(page), 1):
            path = page.document.path.removeprefix("docs/").removesuffix(".md").removesuffix("index").rstrip("/")
            yield Explained("described", f"pages/{path or 'home'}/changed-{number}", f"The page “{page_title(page)}”",
                            f"{path}/" if path else "", changed)
    for number, gone in enumerate(register.taken_down, 1):
        name = f"The address of a {gone.what}" if gone.what != "file" else \
            f"The file {gone.file}" if gone.file else "A file"
        yield Explained("taken_down", f"taken-down/{number}", name, f"{gone.file}/" if gone.file else "changes/", gone)


def _of(record: Any, key: str, kind: str, where: Record | str) -> Iterator[Explained]:
    for number, entry in enumerate(getattr(record, "corrections", ()), 1):
        yield Explained(kind, f"{key}/corrected-{number}", name_of(record), where, entry)
    for number, entry in enumerate(getattr(record, "taken_down", ()), 1):
        yield Explained("taken_down", f"{key}/taken-down-{number}", name_of(record), where, entry)


def _where(record: Any, index: str) -> Record | str:
    """Return where a record is shown. A post and a redirect are known by their addresses, which a record lacks."""
    kind = BY_MODEL[type(record)]
    return record if kind.page and kind.key else index


def _has_page(register: Register, path: str) -> bool:
    return any(page.document.path == path for page in register.pages)


def name_of(record: Any) -> str:
    """Return the name by which readers know a record."""
    match record:
        case Action():
            return f"{record.id} {record.title}"
        case Decision():
            return f"{record.id} {record.text}"
        case Meeting():
            return f"The meeting of {PartialDate.parse(record.id)}"
        case Measure():
            return record.title
        case Organisation() | Plan() | Forum() | Service():
            return record.name
        case Term():
            return f"The word “{record.term}”"
        case FamilyVerdict():
            return f"What families said about {record.about}: {record.date}"
        case Redirect():
            return "An old address"
    kind = BY_MODEL.get(type(record))
    if kind is None:
        return "What every page says about the area and its board"
    if kind.key is None:
        return f"The {kind.singular} of {record.date}"
    return str(record.title)


def page_title(page: Page) -> str:
    """Return the title of a page: that of its front matter, its heading, or its file's name."""
    given = page.document.data.get("title") if isinstance(page.document.data, dict) else None
    heading = next((line[2:] for line in page.document.body.splitlines() if line.startswith("# ")), "")
    return str(given or heading.strip() or page.stem)


def page_changes(page: Page) -> tuple[Changed, ...]:
    """Return the entries of `changed` in the front matter of a page; the checks report those that cannot be read."""
    data = page.document.data
    found = []
    for item in data.get("changed") or () if isinstance(data, dict) else ():
        try:
            found.append(Changed.model_validate(item))
        except ValidationError:
            continue
    return tuple(found)


def field_in_words(field: str) -> str:
    """Return a field in readers' words: "the detail", "the note of update 2", "all its words"."""
    if field in FIELD_WORDS:
        return FIELD_WORDS[field]
    if field == EVERYTHING:
        return "all its words"
    key, *rest = field.split(".")
    if key == "feedback" and rest:
        words = " ".join(rest[1:]).replace("_", " ")
        return f"{'' if words.startswith(('what', 'who')) else 'the '}{words} " \
               f"({AUDIENCE_WORDS.get(rest[0], rest[0]).lower()})"
    if key == "updates" and rest[:1] and rest[0].isdecimal():
        return f"the {' '.join(rest[1:]).replace('_', ' ') or 'words'} of update {rest[0]}"
    return "the " + " ".join((key, *rest)).replace("_", " ")


def _quoted(words: str) -> str:
    """Return words in quotes at the end of a sentence, with one stop."""
    return f"“{words}”" + "." * (not words.endswith((".", "?", "!")))


def sentence(entry: Entry) -> str:
    """Return what an entry says, in one or two sentences of plain text."""
    match entry:
        case Correction(field="post", now=None):
            return f"Its post is no longer here. {entry.reason}"
        case Correction(field="post"):
            return f"Another post is named. {entry.reason}"
        case Correction():
            return f"{_capital(field_in_words(entry.field))} said {_quoted(wording(entry.was))} It now says " \
                   f"{_quoted(wording(entry.now))} {entry.reason}"
        case TakenDown():
            return f"{_capital(field_in_words(entry.field))} {'were' if entry.field == EVERYTHING else 'was'} taken " \
                   f"down, because {entry.reason.rstrip('.')}."
        case Changed():
            return entry.what
    return f"It was taken down, because {entry.reason.rstrip('.')}."


def wording(value: Any) -> str:
    """Return a corrected value as text: "nothing" for none, and the parts of a group with their names."""
    match value:
        case None | () | []:
            return "nothing"
        case dict():
            return ", ".join(f"{key.replace('_', ' ')}: {wording(item)}" for key, item in value.items()
                             if item is not None)
        case list() | tuple():
            return "; ".join(map(wording, value))
    return date_in_words(str(value))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
