"""What may be taken out of a published record: words that give way to a notice, in the open and with a reason.

Nothing here repeats the words. A record keeps its id, its dates and whose it is: only its words may go.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from ..kinds import BY_NAME, Place
from ..records import Record
from ..records.base import EVERYTHING, LEFT_OUT, TakenDown
from ..register import Register
from .canonical import plain
from .places import at, parse, put, texts, words
from .revision import Baseline

SOURCES = frozenset(("source", "evidence", "documents", "answer_source", "also_source"))
"""What `everything` leaves: titles and addresses of what others published. Each can be taken down by its own place."""

def new_entries(before: Record, now: Record) -> list[TakenDown]:
    """Return the take-downs of a record that were not published yet."""
    published = list(getattr(before, "taken_down", ()))
    found = []
    for entry in getattr(now, "taken_down", ()):
        if entry in published:
            published.remove(entry)
        else:
            found.append(entry)
    return found


def with_take_downs(before: Record, now: Record) -> dict[str, Any]:
    """Return a published record as plain values, in which what was rightly taken down is as it is now.

    Whatever else differs from `now` is then a rewritten history, as without take-downs.
    """
    old, new = copy.deepcopy(plain(before)), plain(now)
    for entry in new_entries(before, now):
        for place in places(before, entry.field):
            # One notice may take the place of all the texts in a list, such as a post's words in short.
            if isinstance(place[-1], int) and _is_one_notice(at(new, place[:-1]), entry):
                put(old, place[:-1], at(new, place[:-1]))
                continue
            was, current = at(old, place), at(new, place)
            if was is not None and is_taken_down(was, current, entry):
                put(old, place, current)
        figure = parse(entry.field)
        if _is_held_back(at(old, figure), at(new, figure), entry):
            put(old, figure, at(new, figure))
        if entry.field == "post":
            put(old, ("post",), new.get("post"))
    return old


def how_many(before: Baseline, now: Register, what: str) -> int:
    """Return of how many pages of a sort the addresses were taken down since: each new entry is one of them."""
    after, earlier = ([page.what for page in register.taken_down if not page.file].count(what)
                      for register in (now, before.register))
    return max(after - earlier, 0)


def files_taken_down(before: Baseline, now: Register) -> set[str]:
    """Return the paths of files that new entries name."""
    named = ({f"docs/{page.file}" for page in register.taken_down if page.file} for register in (now, before.register))
    after, earlier = named
    return after - earlier


def posts_without_address(before: Baseline, now: Register) -> dict[str, str]:
    """Return the posts whose addresses were taken down, each with the post of the same day in which it now is.

    A list of such pages counts them: each new entry is one post, and does not say which.
    """
    count = how_many(before, now, "post")
    known = before.register.posts
    gone = [stem for stem in known if stem not in now.posts and BY_NAME["posts"].address(stem) not in now.redirects]
    left = [stem for stem, post in now.posts.items() if post.taken_down
            and now.location_of("posts", stem)[0] in before.new]
    found: dict[str, str] = {}
    for stem in gone:
        other = next((other for other in left if now.posts[other].date == known[stem].date), None)
        if other and len(found) < count:
            left.remove(other)
            found[stem] = other
    return found


def places(record: BaseModel, field: str) -> list[Place]:
    """Return the places of the words that a take-down of a field takes out, with those of its earlier corrections."""
    found = [place for place, _ in words(record)]
    if field == EVERYTHING:
        return [place for place in found if not SOURCES & set(place)]
    named = parse(field)
    return [place for place in found if place[:len(named)] == named] \
        + [place for place in _in_corrections(record, field) if place[:len(named)] != named]


def _in_corrections(record: BaseModel, field: str) -> Iterator[Place]:
    """Yield the places at which corrections of a field quote it: they hold the words too."""
    entries = [((key, number, *inner), entry) for key, inner in (("updates", ("correction",)), ("corrections", ()))
               for number, item in enumerate(getattr(record, key, ()))
               if (entry := getattr(item, "correction", None) if inner else item)]
    for place, entry in entries:
        if entry.field.split(".")[0] == field.split(".")[0]:
            for key in ("was", "now"):
                yield from texts(getattr(entry, key), (*place, key))


def is_taken_down(was: Any, current: Any, entry: TakenDown) -> bool:
    """Return whether a text has given way to the notice of a take-down, or some of its words to "(taken down)".

    A web address, and a word for the search, may also be gone.
    """
    if not isinstance(was, str):
        return False
    if current is None:
        return was.startswith(("http://", "https://"))
    return isinstance(current, str) and (current.rstrip(".") == entry.notice or _is_shortened(was, current))


def _is_shortened(was: str, current: str) -> bool:
    """Return whether `current` is `was` with "(taken down)" in place of some of its words.

    Other words of `was` may have given way before.
    """
    first, *rest = current.split(LEFT_OUT)
    if not rest or not was.startswith(first) or not was.endswith(rest[-1]):
        return False
    place = len(first)
    for part in rest[:-1]:
        found = was.find(part, place)
        if found < 0:
            return False
        place = found + len(part)
    return place <= len(was) - len(rest[-1]) and bool(first.strip() or any(part.strip() for part in rest))


def _is_one_notice(current: Any, entry: TakenDown) -> bool:
    return isinstance(current, list) and len(current) == 1 and isinstance(current[0], str) \
        and current[0].rstrip(".") == entry.notice


def _is_held_back(was: Any, current: Any, entry: TakenDown) -> bool:
    """Return whether a figure has become one that is held back, with the notice in place of its value and note."""
    if not (isinstance(was, dict) and isinstance(current, dict) and "state" in was and "period" in was):
        return False
    return current.get("period") == was["period"] and current.get("value") is None \
        and current.get("state") == "suppressed" and str(current.get("note", "")).rstrip(".") == entry.notice \
        and not current.keys() - {"period", "value", "state", "note", "source", "approximate"}
