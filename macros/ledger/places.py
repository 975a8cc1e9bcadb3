"""Places in a record, such as `updates.2.note`: the note of its second update, as its file spells the keys."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

from pydantic import AfterValidator, BaseModel

from ..kinds import Place, marks
from ..records.base import Form, Refers, Text, WebAddress

AFTER_TEXT, AFTER_ADDRESS = (next(mark for mark in get_args(kind) if isinstance(mark, AfterValidator))
                             for kind in (Text, WebAddress))


def parse(field: str) -> Place:
    """Return the place that a field of a correction or a take-down names. Its numbers count from 1."""
    return tuple(int(part) - 1 if part.isdecimal() and int(part) else part for part in field.split("."))


def named(place: Place) -> str:
    """Return the name of a place."""
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in place)


def at(value: Any, place: Place) -> Any:
    """Return the plain value at a place, or None where nothing is there."""
    for part in place:
        if isinstance(part, int):
            value = value[part] if isinstance(value, list) and part < len(value) else None
        else:
            value = value.get(part) if isinstance(value, dict) else None
    return value


def put(value: Any, place: Place, new: Any) -> None:
    """Set the plain value at a place that exists, or take it away where `new` is None."""
    *way, last = place
    for part in way:
        value = value[part]
    if new is None and isinstance(value, dict):
        value.pop(last, None)
    else:
        value[last] = new


def words(record: BaseModel, below: Place = ()) -> Iterator[tuple[Place, bool]]:
    """Yield the place of each text in people's words in a record, and whether it is a web address.

    Ids, dates, statuses and other values from a fixed list are no such words.
    """
    for name, field in type(record).model_fields.items():
        place = (*below, field.alias or name)
        if name not in ("corrections", "taken_down"):
            yield from _words_in(getattr(record, name), place, _is_words(field), _is_address(field))
        elif name == "corrections":
            for number, entry in enumerate(getattr(record, name)):
                yield from ((inner, False) for key in ("was", "now")
                            for inner in texts(getattr(entry, key), (*place, number, key)))
                yield (*place, number, "reason"), False


def _words_in(value: Any, place: Place, is_words: bool, is_address: bool) -> Iterator[tuple[Place, bool]]:
    if isinstance(value, BaseModel):
        yield from words(value, place)
        if hasattr(value, "was") and hasattr(value, "now"):
            yield from ((inner, False) for key in ("was", "now") for inner in texts(getattr(value, key), (*place, key)))
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from _words_in(item, (*place, number), is_words, is_address)
    elif isinstance(value, str) and (is_words or is_address):
        yield place, is_address


def texts(value: Any, place: Place) -> Iterator[Place]:
    """Yield the place of each text in a plain value."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from texts(item, (*place, key))
    elif isinstance(value, list | tuple):
        for number, item in enumerate(value):
            yield from texts(item, (*place, number))
    elif isinstance(value, str):
        yield place


def _is_words(field: Any) -> bool:
    found = list(marks(field))
    return AFTER_TEXT in found and not any(isinstance(mark, Refers | Form) for mark in found)


def _is_address(field: Any) -> bool:
    return AFTER_ADDRESS in list(marks(field))
