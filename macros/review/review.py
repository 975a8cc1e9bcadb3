"""Compares an area with its published version, and describes what readers will see change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, get_args

from pydantic import BaseModel

from ..kinds import BY_MODEL, KINDS
from ..problem import Problem
from ..records import Event, Looked, Post, Redirect
from ..register import Register
from ..register.addresses import POSTS, SITE, address, page_address
from ..register.changes import changes
from ..register.changes_in_words import sentence, subject
from ..register.entries import name_of, page_title
from .schema import MAX_ITEMS, Group, Item, Kind, Review, ReviewProblem, ReviewProblems, clipped, linkable

RECORD_KINDS = [kind.name for kind in KINDS if kind.key and kind.name != "safety"]

PERSONAL_DATA = "personal-data"
"""The code of problems with text that may identify a child or a family."""

Items = Iterator[tuple[str, Item]]
"""Each change with its kind."""


def review(before: Register, now: Register, differing: Mapping[str, str], others: Iterable[str],
           problems: Iterable[Problem]) -> Review:
    """Return the differences between two registers that were computed for the same day.

    `differing` maps each file of the area that differs to "new", "edited" or "gone"; `others` are the differing files
    outside the area. Warnings are included only for files that differ. If any text may be personal data, the review
    holds these problems alone and none of the texts, because a review is published and kept. For the same reason it
    repeats nothing that is only in the published version: it may have been taken out because it named a child.
    """
    problems = sorted(problems)
    personal = [problem for problem in problems if problem.code == PERSONAL_DATA]
    if personal:
        return Review(version=1, is_withheld=True, errors=_findings(personal))
    items = [*_changes(before, now), *_pages(before, now, differing), *_records(before, now),
            *(("software", _item(_still_there(now, path))) for path in others)]
    groups = ((kind, [item for other, item in items if other == kind]) for kind in get_args(Kind))
    return Review(
        version=1,
        groups=tuple(Group(kind=kind, items=tuple(found[:MAX_ITEMS]), more=max(0, len(found) - MAX_ITEMS))
                     for kind, found in groups if found),
        errors=_findings(problem for problem in problems if problem.level == "error"),
        warnings=_findings(problem for problem in problems if problem.level != "error" and problem.path in differing))


def _findings(problems: Iterable[Problem]) -> ReviewProblems:
    every = [ReviewProblem(path=clipped(problem.path), line=max(1, problem.line), code=problem.code,
                           says=clipped(f"{problem.message}; {problem.hint}")) for problem in problems]
    return ReviewProblems(items=tuple(every[:MAX_ITEMS]), more=max(0, len(every) - MAX_ITEMS))


def _item(subject: str, says: str | None = None, at: str | None = None) -> Item:
    return Item(subject=clipped(subject), says=clipped(says) if says else None,
                address=linkable(at.removeprefix(SITE)) if at is not None else None)


def _changes(before: Register, now: Register) -> Items:
    """Yield what the page of changes gains and loses. A change's key is permanent, so a new key is a new change."""
    old = {change.key: change for change in changes(before)}
    new = {change.key: change for change in changes(now)}
    for key, change in new.items():
        # A post that says what was changed in it is listed with the posts.
        if key not in old and not key.startswith("posts/"):
            yield change.kind, _item(subject(change), sentence(now, change), address(change.record))
    for key, change in old.items():
        record: Any = change.record
        if key in new or change.explained:
            continue
        kind = next(kind for kind in RECORD_KINDS if getattr(before, kind).get(record.id) is record)
        if still := getattr(now, kind).get(record.id):
            yield "unsaid", _item(name_of(still), at=address(still))


def _pages(before: Register, now: Register, differing: Mapping[str, str]) -> Items:
    old = {page.document.path: page for page in before.pages}
    new = {page.document.path: page for page in now.pages}
    for path, how in differing.items():
        if not path.startswith("docs/"):
            continue
        if not path.endswith(".md"):
            yield "other-file", _item(path, "It is new." if how == "new" else None) if how != "gone" else \
                _item(_still_there(now, path), "A file is gone.")
            continue
        was, is_now = old.get(path), new.get(path)
        page = is_now or was
        if page and path.startswith(POSTS):
            yield from _post(path, was.post if was else None, is_now.post if is_now else None, how)
        elif page and how == "gone":
            yield "gone-page", _item("A page of this site")
        elif page:
            yield f"{how}-page", _item(page_title(page), at=page_address(path))


def _still_there(now: Register, path: str) -> str:
    """Return a path, or of a file that is gone the folder that is still there."""
    while "/" in path and not (now.root / path).exists():
        path = path.rpartition("/")[0]
    return path if (now.root / path).exists() else "."


def _post(path: str, was: Post | None, is_now: Post | None, how: str) -> Items:
    """Yield what readers see of a post. They see no drafts; a post that cannot be read is among the errors."""
    was_shown, is_shown = bool(was and not was.draft), bool(is_now and not is_now.draft)
    if is_shown and is_now:
        description = f"{'Dated' if is_now.kind == 'post' else 'A summary in our words, dated'} {is_now.date}."
        if was_shown and was and len(is_now.changed) > len(was.changed):
            description = f"The post says what was changed: {is_now.changed[-1].what}"
        yield "edited-post" if was_shown else "new-post", _item(is_now.title, description, page_address(path))
    elif was_shown and was and (is_now or how == "gone"):
        yield "gone-post", _item(f"The post of {was.date}", "It is a draft again." if is_now else None)
    elif is_now:
        yield "draft-post", _item(is_now.title)


def _records(before: Register, now: Register) -> Items:
    """Yield the new, edited and removed records that the page of changes does not show."""
    known = {change.key for change in changes(before)}
    reported = {id(change.family_verdict or change.record) for change in changes(now) if change.key not in known}
    for kind in RECORD_KINDS:
        old, new = getattr(before, kind), getattr(now, kind)
        for name, record in new.items():
            if id(record) in reported or record == old.get(name):
                continue
            yield ("edited-record", _item(_named(record, name), _edited(old[name], record), _at(record))) \
                if name in old else ("new-record", _item(_named(record, name), at=_at(record)))
        for name, record in old.items():
            if name not in new and not now.unreadable_ids.get(kind, set()) & {name} and kind not in now.unread:
                yield "gone-record", _item(_called(record, name))
    for kind, page in (("events", "timeline/"), ("looked", "how-to-read/")):
        old, new = getattr(before, kind), getattr(now, kind)
        yield from (("new-record", _item(_named(record, ""), at=page)) for record in new if record not in old)
        if kind not in now.unread:
            yield from (("gone-record", _item(_called(record, ""))) for record in old if record not in new)
    if "area" not in now.unread and before.area != now.area:
        yield "edited-record", _item("What every page says about the area and its board",
                                     _edited(before.area, now.area), "")


def _named(record: Any, name: str) -> str:
    """Return the name by which readers know a record."""
    match record:
        case Redirect():
            return f"The old address {name}"
        case Event():
            return f"{record.date}: {record.text}"
        case Looked():
            return f"We looked for news: {record.date}"
    return f"{record.id} {name_of(record)}" if hasattr(record, "id") and BY_MODEL[type(record)].name in (
        "priorities", "feedback", "findings") else name_of(record)


def _called(record: Any, name: str) -> str:
    """Return a record's name without any word of it: it is no longer published."""
    kind = BY_MODEL[type(record)]
    if kind.key == "id":
        return f"{kind.singular.capitalize()} {name}"
    return f"An entry of {kind.home}" + (f", of {record.date}" if hasattr(record, "date") else "")


def _edited(was: BaseModel, is_now: BaseModel) -> str:
    fields = [field.alias or name for name, field in type(is_now).model_fields.items()
              if getattr(was, name) != getattr(is_now, name)]
    return f"Edited: {', '.join(fields).replace('_', ' ')}."


def _at(record: Any) -> str | None:
    return None if isinstance(record, Redirect) else address(record)
