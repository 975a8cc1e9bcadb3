"""What changed between two registers, and whether it rewrites what was published."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import takewhile
from typing import Any

from ..problem import Problem
from ..records import Action, Record
from ..register import Register
from ..register.addresses import addresses, page_address
from ..source.files import Document
from .canonical import plain, same
from .revision import Published
from .series import grown, history

FREE = {"also"}
"""Words for search are no promise: they may change at any time, in every record."""

GAINS = {
    "decisions": {"leads_to"}, "meetings": {"agenda", "attended", "documents"}, "feedback": {"actions", "decisions"},
    "measures": {"observations", "comparators", "priorities", "actions"},
}
"""Lists that may grow, but lose nothing."""

FILLS = {
    "meetings": {"post", "number", "note", "date_note", "source"}, "feedback": {"response"},
    "measures": {"target", "definition", "note", "source", "parts_of"}, "decisions": {"note"},
}
"""Values that may be given where there was none."""

EDITED = ("organisations", "priorities", "terms")
"""Kinds that describe rather than promise: their texts may be mended, and their ids stay."""

SINGULAR = {"actions": "action", "decisions": "decision", "meetings": "meeting", "measures": "measure",
            "feedback": "feedback theme", "organisations": "organisation", "priorities": "priority", "terms": "term"}


def rewritten(before: Published, now: Register, revision: str) -> Iterator[Problem]:
    """Yield a problem for every change that rewrites what `before` published, at the line that did it."""
    for kind in ("actions", "decisions", "meetings", "measures", "feedback", "organisations", "priorities", "terms"):
        for id, record in getattr(before.register, kind).items():
            current = getattr(now, kind).get(id)
            if current is None:
                if id not in now.broken.get(kind, set()):
                    yield _gone(before, now, kind, id, record, revision)
            elif kind == "actions":
                yield from _action(record, current, now)
            elif kind not in EDITED:
                yield from _record(kind, id, record, current, now)
    yield from _events(before, now)
    yield from _posts(before, now)
    yield from _addresses(before, now)


def _gone(before: Published, now: Register, kind: str, id: str, record: Record, revision: str) -> Problem:
    path, line = before.register.where(kind, id)
    heading = getattr(record, "title", None) or getattr(record, "text", None) or getattr(record, "name", None)
    twin = next((other for other, item in getattr(now, kind).items() if other not in getattr(before.register, kind)
                 and heading and heading == (getattr(item, "title", None) or getattr(item, "text", None)
                                             or getattr(item, "name", None))), None)
    if twin:
        path, line = now.where(kind, twin, "id")
        return Problem(path, line, "history-renumbered", f"{SINGULAR[kind]} {id} was published, and is now {twin}",
                       f"give it back the id {id}")
    hint = f"put it back: git checkout {revision} -- {path}"
    if before.is_behind:
        hint += f" (or, where it was published after your branch began: git merge {revision})"
    return Problem(path, line, "history-deleted", f"{SINGULAR[kind]} {id} was published, and is gone"
                   + (f': "{_short(heading)}"' if heading else ""), hint)


def _action(before: Action, now: Action, register: Register) -> Iterator[Problem]:
    corrections = [update.correction for update in now.updates[len(before.updates):] if update.correction]

    def corrected(field: str, was: Any, is_now: Any) -> bool:
        return any(item.field == field and same(plain(item.was), was) and same(plain(item.now), is_now)
                   for item in corrections)

    old, new = plain(before), plain(now)
    for field in sorted((set(old) | set(new)) - FREE - {"updates"}):
        was, is_now = old.get(field), new.get(field)
        if not same(was, is_now) and not corrected(field, was, is_now):
            path, line = register.where("actions", now.id, field)
            yield Problem(path, line, "history-edited", f"the {field} of {now.id} was {_short(was)}, and is now "
                          f"{_short(is_now)}", _right_way(field, was, is_now))
    yield from history(before, now, corrected, register)


def _right_way(field: str, was: Any, is_now: Any) -> str:
    if field in ("due", "owner"):
        return f"leave it as it was, and add an update with the new {field} and a reason"
    return "put it back; for a genuine mistake add an update with a correction: " \
           f"{{field: {field}, was: {_short(was)}, now: {_short(is_now)}, reason: …}}"


def _record(kind: str, id: str, before: Record, now: Record, register: Register) -> Iterator[Problem]:
    old, new = plain(before), plain(now)
    corrections = new.get("corrections", [])
    for field in sorted((set(old) | set(new)) - FREE - {"corrections"}):
        was, is_now = old.get(field), new.get(field)
        if same(was, is_now) or (was is None and field in FILLS.get(kind, ())):
            continue
        if field in GAINS.get(kind, ()) and grown(was or [], is_now or []):
            continue
        if kind == "meetings" and field == "state" and was == "planned":
            continue
        if any(item["field"] == field and same(item.get("was"), was) and same(item.get("now"), is_now)
               for item in corrections):
            continue
        path, line = register.where(kind, id, field)
        what = _lost(was, is_now) if isinstance(was, list) else f"was {_short(was)}, and is now {_short(is_now)}"
        hint = "put it back, and add a further figure for the same period with \"revises:\"" \
            if field in ("observations", "comparators") else \
            f"put it back; for a genuine mistake add to corrections: {{field: {field}, was: …, now: …, reason: …}}"
        yield Problem(path, line, "history-edited", f"the {field} of {SINGULAR[kind]} {id} {what}", hint)
    if not grown(old.get("corrections", []), corrections):
        yield Problem(*register.where(kind, id, "corrections"), "history-edited",
                      f"a published correction of {id} is gone or changed", "put it back")


def _lost(was: list[Any], is_now: Any) -> str:
    lost = next((item for item in was if not any(same(item, other) for other in is_now or [])), None)
    return f"held {_short(lost)}, which is gone or changed" if lost is not None else "stood in another order"


def _events(before: Published, now: Register) -> Iterator[Problem]:
    standing = [plain(event) for event in now.events]
    for event in before.register.events:
        if not any(same(plain(event), other) for other in standing):
            yield Problem("data/events.yml", 1, "history-deleted", f'the event of {event.date}, "{_short(event.text)}",'
                          " was published, and is gone or changed", "put it back, and add another event beside it")


def _posts(before: Published, now: Register) -> Iterator[Problem]:
    for stem, post in before.register.posts.items():
        current = now.posts.get(stem)
        if current is None or post.draft:
            continue
        old, new = plain(post), plain(current)
        for field in ("date", "meeting", "decisions", "actions", "kind", "source", "number"):
            was, is_now = old.get(field), new.get(field)
            gained = (was is None and field in ("meeting", "number")) or (
                field in ("decisions", "actions") and grown(was or [], is_now or []))
            if not same(was, is_now) and not gained:
                path, line = now.where("posts", stem, field)
                yield Problem(path, line, "history-edited", f"the {field} of a published post was {_short(was)}, and "
                              f"is now {_short(is_now)}", "put it back")
        page = next(page for page in now.pages if page.stem == stem and page.post)
        line = _rewritten_line(before.texts[stem], page.document, old, new, now, stem)
        if line and len(current.changed) <= len(post.changed):
            yield Problem(page.document.path, line, "post-edited", "the text of a published post has changed",
                          'add to "changed:" in its front matter: the date, and what was changed')
        if not grown(old.get("changed", []), new.get("changed", [])):
            yield Problem(*now.where("posts", stem, "changed"), "history-edited",
                          'a published entry of "changed:" is gone or another', "put it back")


def _rewritten_line(text: str, document: Document, old: dict[str, Any], new: dict[str, Any], now: Register, stem: str
                    ) -> int | None:
    """Return the line at which a post's words are not those published; None where they are, white space apart."""
    for field in ("title", "description", "in_short"):
        if old.get(field) != new.get(field):
            return now.where("posts", stem, field)[1]
    was, is_now = text.split(), document.body.split()
    if was == is_now:
        return None
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(was, is_now, strict=False))
    number = min(sum(1 for _ in alike), len(is_now) - 1)
    words = 0
    for line, content in enumerate(document.body.split("\n")):
        words += len(content.split())
        if words > number:
            return document.body_line + line
    return document.body_line


def _addresses(before: Published, now: Register) -> Iterator[Problem]:
    standing = addresses(now) | set(now.redirects)
    for page in before.register.pages:
        address = page_address(page.document.path)
        if address in standing or (page.post and page.post.draft and not page.post.changed):
            continue
        if page.post and page.stem in now.posts:
            yield Problem(*now.where("posts", page.stem, "draft"), "address-gone", f'the post at "{address}" was '
                          "published, and is a draft now", 'add to "changed:" the date, and why it was taken down: '
                          "that is what its address then says")
        else:
            yield Problem(page.document.path, 1, "address-gone", f'the page at "{address}" was published, and is gone',
                          f"put it back, or add to data/redirects.yml: {{from: {address}, to: …}}")
    for address in before.register.redirects:
        if address not in standing:
            yield Problem("data/redirects.yml", 1, "address-gone", f'the redirect from "{address}" is gone',
                          "put it back: an address that was published never breaks")


def _short(value: Any, most: int = 80) -> str:
    """Return a value as a message quotes it."""
    if value is None:
        return "not given"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    text = " ".join(text.split())
    return f'"{text}"' if len(text) <= most else f'"{text[:most].rsplit(" ", 1)[0]} …"'
