"""A record as plain values: equal for every way of writing the same record in YAML."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from ..kinds import defaults
from ..records.partial_date import FreeTextDue, PartialDate


def plain(value: Any) -> Any:
    """Return a record or part of one as mappings, lists, text and numbers, without null values and empty lists."""
    match value:
        case BaseModel():
            named = ((field.alias or name, getattr(value, name)) for name, field in type(value).model_fields.items())
            return {key: plain(item) for key, item in named if item is not None and item != ()}
        case PartialDate() | FreeTextDue():
            return value.text
        case dict():
            return {key: plain(item) for key, item in value.items() if item is not None and item != ()}
        case tuple() | list():
            return [plain(item) for item in value]
    return value


def without_archived(value: Any) -> Any:
    """Return plain values without archived copies of links, which may be added at any time."""
    match value:
        case dict():
            return {key: without_archived(item) for key, item in value.items() if key != "archived"}
        case list():
            return [without_archived(item) for item in value]
    return value


def without_defaults(value: Any) -> Any:
    """Return plain values without keys that have their default, such as `read: whole`: a file may leave them out."""
    match value:
        case dict():
            return {key: without_defaults(item) for key, item in value.items()
                    if isinstance(item, dict | list) or (key, item) not in defaults()}
        case list():
            return [without_defaults(item) for item in value]
    return value


def lost_archived(before: Any, now: Any) -> bool:
    """Return whether an archived copy in plain values is gone or another; they are otherwise equal."""
    match before:
        case dict():
            return any(now.get(key) != item if key == "archived" else lost_archived(item, now.get(key))
                       for key, item in before.items())
        case list():
            return any(lost_archived(old, new) for old, new in zip(before, now, strict=False))
    return False


GIVEN_LATER = {"source": (), "published": ("title",), "url": ("title",), "by": ("title",), "done_when": ("title",),
               "note": ("period",), "break_in_series": ("period",)}
"""Keys that part of a record may be given where it had none, each with the keys that such a part has: where something
can be read, whose word it is, and what a figure leaves out. All else would say something new under an old date."""


def is_grown(before: Any, now: Any) -> bool:
    """Return whether `now` is what `before` was, with nothing more than a source and the like where there was none."""
    match before, now:
        case dict(), dict():
            gained = now.keys() - before.keys() - {"archived"}
            return before.keys() <= now.keys() and all(is_grown(item, now[key]) for key, item in before.items()) \
                and all(key in GIVEN_LATER and (key == "source" or before.keys() & set(GIVEN_LATER[key]))
                        for key in gained)
        case list(), list():
            return len(before) == len(now) and all(map(is_grown, before, now))
    return before == now


def same(before: Any, now: Any) -> bool:
    """Return whether two plain values are equal, apart from archived copies that `now` has and `before` lacked."""
    return without_archived(before) == without_archived(now) and not lost_archived(before, now)
