"""Compares two registers: does the later one rewrite what the earlier one published?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..kinds import KINDS, Kind, guards
from ..official import indicators
from ..problem import Code, Problem, Topic
from ..records import Action, Measure, Meeting, Record
from ..records.base import Guard
from ..register import Register
from ..register.addresses import GUIDES, POSTS, addresses, page_address
from ..register.official_figures import FROM_INDICATOR
from . import lists, meaning
from .canonical import is_grown, plain, same
from .corrections import NEEDS_SOURCE, covered_by, new_corrections, was_emptied
from .figures import HOW_TO_REVISE, codes_of_the_area, comparators, official_figures
from .history import history, is_append_only, is_only_filled_in
from .meaning import is_placeholder
from .revision import Baseline
from .speakers import speakers
from .taken_down import how_many, posts_without_address, with_take_downs

CODES = (
    Code("history-edited", Topic.HISTORY,
         "What was published is not rewritten: neither words, nor dates, nor owners. Put it back, and say what is new "
         "in an update. To fix a genuine mistake, add a correction. The message does not repeat what was published, "
         "because it may have been taken out for a good reason. The tab “Files changed” of the pull request shows it.",
         "due: 2027-03-31", "updates:\n  - date: 2026-11-24\n    due: 2027-03-31\n    reason: Two people start late."),
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
    Code("address-gone", Topic.HISTORY,
         "A page that was published has no address any more. Links to it in letters and posts would break.",
         "(the page is gone)", "- from: blog/old-name/\n  to: blog/new-name/"),
)


def find_violations(before: Baseline, now: Register, revision: str) -> Iterator[Problem]:
    """Yield a problem for every change that rewrites what `before` published, at the line that did it."""
    for kind in KINDS:
        if not kind.key or kind.name in ("posts", "safety") or kind.name in now.unread:
            continue
        for id, record in getattr(before.register, kind.name).items():
            current = getattr(now, kind.name).get(id)
            if current is None:
                # An old address that is gone is found with the addresses.
                if kind.name != "redirects" and id not in now.unreadable_ids.get(kind.name, set()) \
                        and not (kind.name == "measures" and id in before.register.official.keys() - now.official):
                    yield _gone(before, now, kind, id, record, revision)
            elif kind.corrected_in:
                yield from _record(kind, id, record, current, now)
    yield from official_figures(before, now, revision)
    yield from codes_of_the_area(before.register, now)
    yield from lists.events(before, now)
    yield from lists.looked(before, now)
    yield from lists.pages_taken_down(before, now)
    yield from speakers(before, now)
    yield from meaning.area(before, now)
    yield from meaning.pages(before, now)
    yield from _addresses(before, now)


def _gone(before: Baseline, now: Register, kind: Kind, id: str, record: Record, revision: str) -> Problem:
    old, new = getattr(before.register, kind.name), getattr(now, kind.name)
    heading = _heading(record)
    twin = next((other for other, item in new.items() if other not in old and heading and heading == _heading(item)),
                None)
    if twin:
        path, line = now.location_of(kind.name, twin, "id")
        return Problem(path, line, "history-renumbered", f"{kind.singular} {id} was published, and is now {twin}",
                       f"give it back the id {id}")
    name = f"{kind.singular} {id}" if kind.key == "id" else f"{'an' if kind.singular[0] in 'aeiou' else 'a'} " \
        f"{kind.singular}"
    path = _path_without_words(kind, id, before.register)
    return Problem(path, 1, "history-deleted", f"{name} was published, and is gone",
                   before.how_to_put_back(f"'{path}'" if "*" in path else path, revision))


def _path_without_words(kind: Kind, id: str, register: Register) -> str:
    """Return the path of a record that is gone, without the words in its file's name: they may be why it is gone."""
    path, _ = register.location_of(kind.name, id)
    return path if not kind.is_folder or path == f"{kind.home}{id.lower()}.yml" else f"{kind.home}{id.lower()}-*.yml"


def _heading(record: Record) -> str | None:
    return next(filter(None, (getattr(record, field, None) for field in ("title", "text", "name"))), None)


def _record(kind: Kind, id: str, before: Record, now: Record, register: Register) -> Iterator[Problem]:
    """Compare each field by its own guard, and the history of an action entry by entry."""
    old, new = with_take_downs(before, now), plain(now)
    corrected = covered_by(new_corrections(kind, before, now))
    # A measure made from an indicator takes these from the software and from official figures, compared by their rows.
    of_indicator = {*FROM_INDICATOR, "observations", "comparators"} \
        if isinstance(before, Measure) and id in indicators() else ()
    was_planned = isinstance(before, Meeting) and before.state == "planned"
    for field, guard in sorted(guards(kind.model).items()):
        was, is_now = old.get(field), new.get(field)
        if guard is Guard.SET_ONCE and was is None and is_now is not None and was_emptied(field, before):
            guard = Guard.FIXED
        if field in of_indicator or field == kind.corrected_in or may_become(guard, was, is_now) \
                or corrected(field, was, is_now) or is_placeholder(was, is_now) \
                or (was_planned and (field == "state" or (field == "source" and new["state"] != "planned"))):
            continue
        if field == "comparators" and isinstance(before, Measure) and isinstance(now, Measure):
            yield from comparators(before, now, register)
            continue
        path, line = register.location_of(kind.name, id, field)
        if isinstance(now, Action):
            yield Problem(path, line, "history-edited", f"the {field} of {id} is not as it was published",
                          _how_to_change_an_action(field))
            continue
        what = "an entry is gone, changed or moved" if isinstance(was, list) else "it is not as it was published"
        hint = HOW_TO_REVISE if field == "observations" else \
            f"put it back; for a genuine mistake add to corrections: {{field: {field}, was: …, now: …, reason: …"  \
            + (", source: …" if field in NEEDS_SOURCE else "") + "}"
        yield Problem(path, line, "history-edited", f"the {field} of {kind.singular} {id}: {what}", hint)
    if isinstance(before, Action) and isinstance(now, Action):
        yield from history(before, now, corrected, register)
    elif not is_append_only(old.get("corrections", []), new.get("corrections", [])):
        yield Problem(*register.location_of(kind.name, id, "corrections"), "history-edited",
                      f"a published correction of {id} is gone or changed", "put it back")


def may_become(guard: Guard, was: Any, is_now: Any) -> bool:
    """Return whether a field's guard lets it change from one plain value to another without a correction."""
    return guard is Guard.FREE or same(was, is_now) or is_grown(was, is_now) \
        or (guard is Guard.SET_ONCE and was is None) \
        or (guard is Guard.APPEND_ONLY and is_append_only(was or [], is_now or [])) \
        or (guard is Guard.FILLED_IN and is_only_filled_in(was or [], is_now or []))


def _how_to_change_an_action(field: str) -> str:
    if field in ("due", "owner"):
        return f"leave it as it was, and add an update with the new {field} and a reason; for a genuine mistake add " \
               f"an update with a correction: {{field: {field}, was: …, now: …, reason: …, source: …}}"
    return "put it back; for a genuine mistake add an update with a correction: " \
           f"{{field: {field}, was: …, now: …, reason: …}}"


def _addresses(before: Baseline, now: Register) -> Iterator[Problem]:
    current = addresses(now) | set(now.redirects)
    taken_down = posts_without_address(before, now)
    left = {what: how_many(before, now, what) for what in ("page", "redirect")}
    for page in before.register.pages:
        address = page_address(page.document.path)
        if page.document.path.startswith(GUIDES):
            continue
        if address in current or (page.post and page.post.draft and not page.post.changed):
            continue
        if page.post and page.stem in taken_down:
            continue
        if not page.post and left["page"]:
            left["page"] -= 1
            continue
        if page.post and page.stem in now.posts:
            yield Problem(*now.location_of("posts", page.stem, "draft"), "address-gone", "the post was published, and "
                          "is a draft now", 'add to "changed:" the date, and why it was taken down: '
                          "that is what its address then says")
        else:
            # Neither its address nor its file: their words may be why it is gone.
            name = f"the post of {page.post.date}" if page.post else "a page"
            yield Problem(POSTS.rstrip("/") if page.post else "docs", 1, "address-gone", f"{name} was published, and "
                          "its address is gone", "put it back, or add to data/redirects.yml: {from: …, to: …}")
    for address in before.register.redirects:
        if address not in current and left["redirect"]:
            left["redirect"] -= 1
        elif address not in current:
            yield Problem("data/redirects.yml", 1, "address-gone", "a redirect that was published is gone",
                          "put it back: an address that was published never breaks")
