"""What readers will see change between what is published and what is about to be: for whoever looks at a change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, get_args

from pydantic import BaseModel

from ..kinds import KINDS
from ..problem import Problem
from ..records import Decision, Event, Measure, Meeting, Organisation, Post, Redirect, Term
from ..records.partial_date import PartialDate
from ..register import Register
from ..register.addresses import POSTS, SITE, address, page_address
from ..register.changes import Change, changes, sentence, subject
from ..register.register import Page
from .schema import MOST_ITEMS, Finding, Findings, Group, Item, Kind, Review, clipped

KINDS_OF_RECORD = [kind.name for kind in KINDS if kind.key and kind.name != "safety"]

PERSONAL = "personal-data"
"""The code of a problem with what may tell who a child or a family is."""

Told = Iterator[tuple[str, Item]]
"""Each thing that readers will see, with its kind."""


def review(before: Register, now: Register, differing: Mapping[str, str], others: Iterable[str],
           problems: Iterable[Problem]) -> Review:
    """Return what changes from one register to another, both reckoned from one day.

    `differing` tells for each file of the area that differs whether it is "new", "edited" or "gone"; `others` are the
    files outside the area that differ. Of warnings only those in files that differ are told. Where something may be
    personal, that alone is told, without a word of the texts: what a review says is public, and is kept.
    """
    problems = sorted(problems)
    personal = [problem for problem in problems if problem.code == PERSONAL]
    if personal:
        return Review(version=1, is_withheld=True, errors=_findings(personal))
    told = [*_changes(before, now), *_pages(before, now, differing), *_records(before, now),
            *(("software", _item(path)) for path in others)]
    groups = ((kind, [item for other, item in told if other == kind]) for kind in get_args(Kind))
    return Review(
        version=1,
        groups=tuple(Group(kind=kind, items=tuple(items[:MOST_ITEMS]), more=max(0, len(items) - MOST_ITEMS))
                     for kind, items in groups if items),
        errors=_findings(problem for problem in problems if problem.level == "error"),
        warnings=_findings(problem for problem in problems if problem.level != "error" and problem.path in differing))


def _findings(problems: Iterable[Problem]) -> Findings:
    every = [Finding(path=clipped(problem.path), line=max(1, problem.line), code=problem.code,
                     says=clipped(f"{problem.message}; {problem.hint}")) for problem in problems]
    return Findings(items=tuple(every[:MOST_ITEMS]), more=max(0, len(every) - MOST_ITEMS))


def _item(what: str, says: str | None = None, at: str | None = None) -> Item:
    return Item(subject=clipped(what), says=clipped(says) if says else None,
                address=at.removeprefix(SITE) if at is not None else None)


def _changes(before: Register, now: Register) -> Told:
    """Yield what the page of changes gains and loses. A change's key is permanent: it tells what is new."""
    old = {change.key: change for change in changes(before)}
    new = {change.key: change for change in changes(now)}
    for key, change in new.items():
        if key not in old:
            yield change.kind, _item(subject(change), sentence(now, change), address(_record(change)))
    for key, change in old.items():
        record = _record(change)
        kind = next(kind for kind in KINDS_OF_RECORD if getattr(before, kind).get(record.id) is record)
        if key not in new and record.id in getattr(now, kind):
            yield "unsaid", _item(subject(change), sentence(before, change), address(record))


def _record(change: Change) -> Any:
    return change.action or change.decision or change.measure


def _pages(before: Register, now: Register, differing: Mapping[str, str]) -> Told:
    old = {page.document.path: page for page in before.pages}
    new = {page.document.path: page for page in now.pages}
    for path, how in differing.items():
        if not path.startswith("docs/"):
            continue
        if not path.endswith(".md"):
            yield "other-file", _item(path, {"new": "It is new.", "gone": "It is gone."}.get(how))
            continue
        was, is_now = old.get(path), new.get(path)
        page = is_now or was
        if page and path.startswith(POSTS):
            yield from _post(path, page, was.post if was else None, is_now.post if is_now else None, how)
        elif page:
            yield f"{how}-page", _item(_title(page), at=page_address(path))


def _post(path: str, page: Page, was: Post | None, is_now: Post | None, how: str) -> Told:
    """Yield what readers see of a post. A draft is not shown to them; one with a mistake stands among the mistakes."""
    was_shown, is_shown = bool(was and not was.draft), bool(is_now and not is_now.draft)
    if is_shown and is_now:
        said = f"{'Dated' if is_now.kind == 'post' else 'A summary in our words, dated'} {is_now.date}."
        if was_shown and was and len(is_now.changed) > len(was.changed):
            said = f"The post says what was changed: {is_now.changed[-1].what}"
        yield "edited-post" if was_shown else "new-post", _item(is_now.title, said, page_address(path))
    elif was_shown and (is_now or how == "gone"):
        yield "gone-post", _item(_title(page), "It is a draft again." if is_now else None, page_address(path))
    elif is_now:
        yield "draft-post", _item(is_now.title)


def _title(page: Page) -> str:
    given = page.document.data.get("title") if isinstance(page.document.data, dict) else None
    heading = next((line[2:] for line in page.document.body.splitlines() if line.startswith("# ")), "")
    return str(given or heading.strip() or page.stem)


def _records(before: Register, now: Register) -> Told:
    """Yield the records that are new, edited or gone and of which the page of changes says nothing."""
    known = {change.key for change in changes(before)}
    told = {id(_record(change)) for change in changes(now) if change.key not in known}
    for kind in KINDS_OF_RECORD:
        old, new = getattr(before, kind), getattr(now, kind)
        for name, record in new.items():
            if id(record) in told or record == old.get(name):
                continue
            yield ("edited-record", _item(_named(record, name), _edited(old[name], record), _at(record))) \
                if name in old else ("new-record", _item(_named(record, name), at=_at(record)))
        for name, record in old.items():
            if name not in new and not now.broken.get(kind, set()) & {name} and kind not in now.unread:
                yield "gone-record", _item(_named(record, name))
    for event in now.events:
        if event not in before.events:
            yield "new-record", _item(_named(event, ""), at="timeline/")
    for event in before.events if "events" not in now.unread else ():
        if event not in now.events:
            yield "gone-record", _item(_named(event, ""))
    if "area" not in now.unread and before.area != now.area:
        yield "edited-record", _item("What every page says of the area and its board",
                                     _edited(before.area, now.area), "")


def _named(record: Any, name: str) -> str:
    """Return what readers know a record by."""
    match record:
        case Event():
            return f"{record.date}: {record.text}"
        case Redirect():
            return f"The old address {name}"
        case Meeting():
            return f"The meeting of {PartialDate.parse(record.id)}"
        case Term():
            return f"The word “{record.term}”"
        case Decision():
            return f"{record.id} {record.text}"
        case Measure():
            return record.title
        case Organisation():
            return record.name
    return f"{record.id} {record.title}"


def _edited(was: BaseModel, is_now: BaseModel) -> str:
    fields = [field.alias or name for name, field in type(is_now).model_fields.items()
              if getattr(was, name) != getattr(is_now, name)]
    return f"Edited: {', '.join(fields).replace('_', ' ')}."


def _at(record: Any) -> str | None:
    return None if isinstance(record, Redirect) else address(record)
