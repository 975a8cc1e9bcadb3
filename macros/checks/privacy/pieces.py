"""A published file in pieces of text: paragraphs, values of attributes, strings of JSON, lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from .plain_text import INLINE

TAG = re.compile(r"<!--(.*?)-->|<!\[CDATA\[|\]\]>|<[/!?]?([a-zA-Z][\w:-]*)([^<>]*)>", re.S)
ATTRIBUTE = re.compile(r"([a-zA-Z][\w:-]*)=(?:\"([^\"]*)\"|'([^']*)')")
UNSEEN = frozenset(("class", "id", "for", "role", "style", "d", "points", "viewBox", "transform", "x", "y", "x1", "x2",
                    "y1", "y2", "cx", "cy", "r", "width", "height", "integrity", "rel", "type", "xmlns", "lang"))
"""Attributes that hold drawings and what the theme needs."""

STRING = re.compile(r"\"((?:[^\"\\]|\\.)*)\"|([0-9]{9,})")
UID = re.compile(r"^UID:.*$", re.M)
SHORTEST = 5


class Piece(NamedTuple):
    """A piece of text, and where in its file it begins."""

    start: int
    text: str


def pieces(text: str, suffix: str) -> Iterator[Piece]:
    """Yield the pieces of a file whose name ends in `suffix`. None is left out in which anything personal could be."""
    if suffix in (".html", ".xml"):
        yield from _of_markup(text)
    elif suffix in (".json", ".webmanifest"):
        for match in STRING.finditer(text):
            if len(match[0]) > SHORTEST:
                yield Piece(match.start(), match[1] if match[2] is None else match[2])
    else:
        # A long line of a calendar is folded, which would split a number; the id of an event looks like an address.
        whole = UID.sub("UID", re.sub(r"\r?\n ", "", text)) if suffix == ".ics" else text
        start = 0
        for line in whole.split("\n"):
            if len(line) > SHORTEST:
                yield Piece(start, line)
            start += len(line) + 1


def _of_markup(text: str) -> Iterator[Piece]:
    run: list[str] = []
    start = end = 0
    for match in TAG.finditer(text):
        run.append(text[end:match.start()])
        end = match.end()
        if match[2] is None:
            if match[1]:
                yield Piece(match.start(), match[1])
        elif match[2].lower() not in INLINE:
            yield from _flushed(start, run)
            run, start = [], end
        if match[3] and "=" in match[3]:
            for name, *values in ATTRIBUTE.findall(match[3]):
                value = values[0] or values[1]
                if len(value) >= SHORTEST and name not in UNSEEN:
                    yield Piece(match.start(), value)
    run.append(text[end:])
    yield from _flushed(start, run)


def _flushed(start: int, run: list[str]) -> Iterator[Piece]:
    words = "".join(run).strip()
    if len(words) >= SHORTEST:
        yield Piece(start, words)
