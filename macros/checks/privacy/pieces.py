"""A published file in pieces of text: paragraphs, values of attributes, strings of JSON, lines."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import NamedTuple

from .plain_text import INLINE

TAG = re.compile(r"<!--(.*?)-->|<!\[CDATA\[|\]\]>|<[/!?]?([a-zA-Z][\w:-]*)([^<>]*)>", re.S)
ATTRIBUTE = re.compile(r"([a-zA-Z][\w:-]*)=(?:\"([^\"]*)\"|'([^']*)')")
UNSEEN = frozenset(("class", "id", "for", "role", "style", "d", "points", "viewBox", "transform", "x", "y", "x1", "x2",
                    "y1", "y2", "cx", "cy", "r", "width", "height", "integrity", "rel", "type", "xmlns", "lang"))
"""Attributes that hold drawings and what the theme needs."""

STRING = re.compile(r"\"([^\"\\]*(?:\\.[^\"\\]*)*)\"|([0-9]{9,})", re.S)
UID = re.compile(r"^UID:.*$", re.M)
SHORTEST = 5
MARKUP = frozenset((".html", ".xml"))
JSON = frozenset((".json", ".webmanifest"))


class Piece(NamedTuple):
    """A piece of text, and where in its file it begins."""

    start: int
    text: str


def pieces(text: str, suffix: str) -> Iterator[Piece]:
    """Yield the pieces of a file whose name ends in `suffix`. None is left out in which anything personal could be."""
    if suffix in MARKUP:
        yield from _of_markup(text)
    elif suffix in JSON:
        yield from strings(text)
    else:
        start = 0
        for line in lines(text, suffix):
            if len(line) > SHORTEST:
                yield Piece(start, line)
            start += len(line) + 1


def lines(text: str, suffix: str) -> list[str]:
    """Return the lines of a text. A long line of a calendar is folded, which would split a number; and the id of an
    event looks like an address."""
    return (UID.sub("UID", re.sub(r"\r?\n ", "", text)) if suffix == ".ics" else text).split("\n")


def strings(text: str) -> Iterator[Piece]:
    """Yield the strings and the long numbers of a text in JSON, escapes as they stand there."""
    for match in STRING.finditer(text):
        if len(match[0]) > SHORTEST:
            yield Piece(match.start(), match[1] if match[2] is None else match[2])


def values(attributes: str) -> Iterator[str]:
    """Yield the values in the attributes of a tag that could hold words."""
    for name, *quoted in ATTRIBUTE.findall(attributes) if "=" in attributes else ():
        value = quoted[0] or quoted[1]
        if len(value) >= SHORTEST and name not in UNSEEN:
            yield value


def holds_json(tag: str, attributes: str, words: str) -> bool:
    """Tell whether a tag begins a script that holds data in JSON, and `words`, up to the next tag, are all of it."""
    if tag != "script" or "json" not in attributes:
        return False
    try:
        json.loads(words)
    except (ValueError, RecursionError):
        return False
    return True


def _of_markup(text: str) -> Iterator[Piece]:
    run: list[str] = []
    start = end = 0
    for match in TAG.finditer(text):
        run.append(text[end:match.start()])
        end = match.end()
        if match[2] is None:
            if match[1]:
                yield Piece(match.start(), match[1])
            continue
        if match[2].lower() not in INLINE:
            yield from _flushed(start, run)
            run, start = [], end
        for value in values(match[3]):
            yield Piece(match.start(), value)
        words = text[end:text.find("<", end)] if match[2] == "script" else ""
        if holds_json(match[2], match[3], words):
            for piece in strings(words):
                yield Piece(end + piece.start, piece.text)
            end += len(words)
    run.append(text[end:])
    yield from _flushed(start, run)


def _flushed(start: int, run: list[str]) -> Iterator[Piece]:
    words = "".join(run).strip()
    if len(words) >= SHORTEST:
        yield Piece(start, words)
