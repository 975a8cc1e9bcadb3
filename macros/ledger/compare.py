"""Compares two registers: does the later one rewrite what the earlier one published?"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import takewhile
from typing import Any

from ..kinds import KINDS, Kind, guards
from ..official import indicators
from ..problem import Code, Problem, Topic
from ..records import Action, Measure, Post, Record
from ..records.base import Guard
from ..register import Register
from ..register.addresses import addresses, page_address
from ..register.official_figures import FROM_INDICATOR
from ..source.files import Document
from .canonical import plain, same, without_defaults
from .figures import HOW_TO_REVISE, codes_of_the_area, comparators, official_figures
from .history import history, is_append_only, is_only_filled_in
from .revision import Baseline

CODES = (
    Code("history-edited", Topic.HISTORY,
         "What was published is not rewritten: neither words, nor dates, nor owners. Put it back, and say what is new "
         "in an update. To fix a genuine mistake, add a correction.", "due: 2027-03-31",
         "updates:\n  - date: 2026-11-24\n    due: 2027-03-31\n    reason: Two people start late."),
    Code("history-deleted", Topic.HISTORY,
         "What was published does not go away. Put it back. If it is no longer true, say so in a new update.",
         "(the file is gone)", "(the file is there)"),
    Code("history-renumbered", Topic.HISTORY,
         "The record was published under another id. Links to it would break.", "id: A-104", "id: A-004"),
    Code("history-inserted", Topic.HISTORY,
         "A new update comes before published ones, as if it had always been there. It belongs at the end. A line "
         '"happened:" says that it is from an earlier day.', "(new)\n(published)", "(published)\n(new)"),
    Code("history-reordered", Topic.HISTORY, "Published updates have changed places.", "(second)\n(first)",
         "(first)\n(second)"),
    Code("history-backdated", Topic.HISTORY,
         "The new update is dated before the newest one that is published. It would look as if it had been published "
         "then. Date it today, and say when it happened.", "- date: 2024-01-05",
         "- date: 2026-11-24\n  happened: 2024-01-05"),
    Code("post-edited", Topic.HISTORY,
         "The text of a published post has changed. That is allowed, as long as the post says so.",
         "title: Before the summer",
         "title: Before the summer\nchanged:\n  - date: 2026-11-24\n    what: A wrong figure was put right."),
    Code("address-gone", Topic.HISTORY,
         "A page that was published has no address any more. Links to it in letters and posts would break.",
         "(the page is gone)", "- from: blog/old-name/\n  to: blog/new-name/"),
    Code("revision", Topic.HISTORY,
         "Your change cannot be compared with what is published, because that is not on this computer. The message "
         "names the command that fetches it.", "board check --against orgin/main",
         "board check --against origin/main"),
)


Corrected = Callable[[str, Any, Any], bool]
"""Whether a new correction covers a field's change from one plain value to another."""

MAX_QUOTED = 80
"""How many characters of a value a message quotes."""


def find_violations(before: Baseline, now: Register, revision: str) -> Iterator[Problem]:
    """Yield a problem for every change that rewrites what `before` published, at the line that did it."""
    for kind in KINDS:
        if not (kind.key and kind.open_data):
            continue
        for id, record in getattr(before.register, kind.name).items():
            current = getattr(now, kind.name).get(id)
            if current is None:
                if id not in now.unreadable_ids.get(kind.name, set()) \
                        and not (kind.name == "measures" and id in before.register.official.keys() - now.official):
                    yield _gone(before, now, kind, id, record, revision)
            elif kind.corrected_in:
                yield from _record(kind, id, record, current, now)
    yield from official_figures(before, now, revision)
    yield from codes_of_the_area(before.register, now)
    yield from _events(before, now)
    yield from _looked(before, now)
    yield from _posts(before, now)
    yield from _addresses(before, now)


def _gone(before: Baseline, now: Register, kind: Kind, id: str, record: Record, revision: str) -> Problem:
    path, line = before.register.location_of(kind.name, id)
    old, new = getattr(before.register, kind.name), getattr(now, kind.name)
    heading = _heading(record)
    twin = next((other for other, item in new.items() if other not in old and heading and heading == _heading(item)),
                None)
    if twin:
        path, line = now.location_of(kind.name, twin, "id")
        return Problem(path, line, "history-renumbered", f"{kind.singular} {id} was published, and is now {twin}",
                       f"give it back the id {id}")
    return Problem(path, line, "history-deleted", f"{kind.singular} {id} was published, and is gone"
                   + (f": {_short(heading)}" if heading else ""), before.how_to_put_back(path, revision))


def _heading(record: Record) -> str | None:
    return next(filter(None, (getattr(record, field, None) for field in ("title", "text", "name"))), None)


def _record(kind: Kind, id: str, before: Record, now: Record, register: Register) -> Iterator[Problem]:
    """Compare each field by its own guard, and the history of an action entry by entry."""
    old, new = plain(before), plain(now)
    corrected = _covered_by(_new_corrections(kind, before, now))
    # A measure made from an indicator takes these from the software and from official figures, compared by their rows.
    of_indicator = {*FROM_INDICATOR, "observations", "comparators"} \
        if isinstance(before, Measure) and id in indicators() else ()
    for field, guard in sorted(guards(kind.model).items()):
        was, is_now = old.get(field), new.get(field)
        if field in of_indicator or field == kind.corrected_in or _may_become(guard, was, is_now) \
                or corrected(field, was, is_now) or (kind.name, field, was) == ("meetings", "state", "planned"):
            continue
        if field == "comparators" and isinstance(before, Measure) and isinstance(now, Measure):
            yield from comparators(before, now, register)
            continue
        path, line = register.location_of(kind.name, id, field)
        if isinstance(now, Action):
            yield Problem(path, line, "history-edited", f"the {field} of {id} was {_short(was)}, and is now "
                          f"{_short(is_now)}", _how_to_change_an_action(field, was, is_now))
            continue
        what = _lost(was, is_now) if isinstance(was, list) else f"was {_short(was)}, and is now {_short(is_now)}"
        hint = HOW_TO_REVISE if field == "observations" else \
            f"put it back; for a genuine mistake add to corrections: {{field: {field}, was: …, now: …, reason: …}}"
        yield Problem(path, line, "history-edited", f"the {field} of {kind.singular} {id} {what}", hint)
    if isinstance(before, Action) and isinstance(now, Action):
        yield from history(before, now, corrected, register)
    elif not is_append_only(old.get("corrections", []), new.get("corrections", [])):
        yield Problem(*register.location_of(kind.name, id, "corrections"), "history-edited",
                      f"a published correction of {id} is gone or changed", "put it back")


def _may_become(guard: Guard, was: Any, is_now: Any) -> bool:
    """Return whether a field's guard lets it change from one plain value to another without a correction."""
    return guard is Guard.FREE or same(was, is_now) or (guard is Guard.SET_ONCE and was is None) \
        or (guard is Guard.APPEND_ONLY and is_append_only(was or [], is_now or [])) \
        or (guard is Guard.FILLED_IN and is_only_filled_in(was or [], is_now or []))


def _new_corrections(kind: Kind, before: Record, now: Record) -> list[dict[str, Any]]:
    """Return the corrections that were not published yet: a published one has covered its own change."""
    if isinstance(before, Action) and isinstance(now, Action):
        return [plain(update.correction) for update in now.updates[len(before.updates):] if update.correction]
    published = plain(before).get(kind.corrected_in, [])
    return [item for item in plain(now).get(kind.corrected_in, []) if item not in published]


def _covered_by(corrections: list[dict[str, Any]]) -> Corrected:
    def corrected(field: str, was: Any, is_now: Any) -> bool:
        return any(item["field"] == field and alike(item.get("was"), was) and alike(item.get("now"), is_now)
                   for item in corrections)

    def alike(written: Any, recorded: Any) -> bool:
        # A writer copies a source as its file has it, without the keys that the record fills in.
        return same(without_defaults(written), without_defaults(recorded))

    return corrected


def _how_to_change_an_action(field: str, was: Any, is_now: Any) -> str:
    if field in ("due", "owner"):
        return f"leave it as it was, and add an update with the new {field} and a reason"
    return "put it back; for a genuine mistake add an update with a correction: " \
           f"{{field: {field}, was: {_short(was)}, now: {_short(is_now)}, reason: …}}"


def _lost(was: list[Any], is_now: Any) -> str:
    lost = next((item for item in was if not any(same(item, other) for other in is_now or [])), None)
    return f"held {_short(lost)}, which is gone or changed" if lost is not None else "stood in another order"


def _events(before: Baseline, now: Register) -> Iterator[Problem]:
    """Events have no id, so each has to stay word for word."""
    current = [plain(event) for event in now.events]
    for event in before.register.events:
        if not any(same(plain(event), other) for other in current):
            yield Problem("data/events.yml", 1, "history-deleted", f'the event of {event.date}, "{_short(event.text)}",'
                          " was published, and is gone or changed", "put it back, and add another event beside it")


def _looked(before: Baseline, now: Register) -> Iterator[Problem]:
    """A search for news that was published stays: the site has said to readers that it took place."""
    current = [plain(looked) for looked in now.looked]
    for looked in before.register.looked if "looked" not in now.unread else ():
        if not any(same(plain(looked), other) for other in current):
            yield Problem("data/looked.yml", 1, "history-deleted", f"the search for news of {looked.date} was "
                          "published, and is gone or changed", "put it back, and add a new search at the end")


def _posts(before: Baseline, now: Register) -> Iterator[Problem]:
    for stem, post in before.register.posts.items():
        current = now.posts.get(stem)
        if current is None or post.draft:
            continue
        old, new = plain(post), plain(current)
        for field, guard in guards(type(current)).items():
            was, is_now = old.get(field), new.get(field)
            if guard is not Guard.REWORDED and field != "changed" and not _may_become(guard, was, is_now):
                path, line = now.location_of("posts", stem, field)
                yield Problem(path, line, "history-edited", f"the {field} of a published post was {_short(was)}, and "
                              f"is now {_short(is_now)}", "put it back")
        page = next(page for page in now.pages if page.stem == stem and page.post)
        line = _reworded_line(before.texts[stem], page.document, old, new, now, stem)
        if line and len(current.changed) <= len(post.changed):
            yield Problem(page.document.path, line, "post-edited", "the text of a published post has changed",
                          'add to "changed:" in its front matter: the date, and what was changed')
        if not is_append_only(old.get("changed", []), new.get("changed", [])):
            yield Problem(*now.location_of("posts", stem, "changed"), "history-edited",
                          'a published entry of "changed:" is gone or another', "put it back")


def _reworded_line(text: str, document: Document, old: dict[str, Any], new: dict[str, Any], now: Register, stem: str
                   ) -> int | None:
    """Return the first line at which a post's words differ from those published, white space apart, or None."""
    for field, guard in guards(Post).items():
        if guard is Guard.REWORDED and old.get(field) != new.get(field):
            return now.location_of("posts", stem, field)[1]
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


def _addresses(before: Baseline, now: Register) -> Iterator[Problem]:
    current = addresses(now) | set(now.redirects)
    for page in before.register.pages:
        address = page_address(page.document.path)
        if address in current or (page.post and page.post.draft and not page.post.changed):
            continue
        if page.post and page.stem in now.posts:
            yield Problem(*now.location_of("posts", page.stem, "draft"), "address-gone", f'the post at "{address}" was '
                          "published, and is a draft now", 'add to "changed:" the date, and why it was taken down: '
                          "that is what its address then says")
        else:
            yield Problem(page.document.path, 1, "address-gone", f'the page at "{address}" was published, and is gone',
                          f"put it back, or add to data/redirects.yml: {{from: {address}, to: …}}")
    for address in before.register.redirects:
        if address not in current:
            yield Problem("data/redirects.yml", 1, "address-gone", f'the redirect from "{address}" is gone',
                          "put it back: an address that was published never breaks")


def _short(value: Any) -> str:
    """Return a value as a message quotes it."""
    if value is None:
        return "not given"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    text = " ".join(text.split())
    return f'"{text}"' if len(text) <= MAX_QUOTED else f'"{text[:MAX_QUOTED].rsplit(" ", 1)[0]} …"'
