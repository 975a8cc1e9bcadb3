"""Characters that a reader cannot see, or that make text run the other way."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from ...problem import Problem, quoted
from ...register import Register
from ...source.files import REMEMBERED, Document
from .values import texts

HIDDEN = re.compile("[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
                    "\u3164\ufe00-\ufe0e\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff]")
"""Signs without width, fillers, and the signs by which text changes its direction (Unicode Standard Annex 9)."""

JOINER = "\u200d"
PICTURE = ("So", "Sk", "Sm")
STACKED = 3
"""More marks than this above or below one letter are no language's: they reach into the lines around them."""

MOST = 5
"""How many lines of one file are named."""


def characters_can_be_seen(register: Register) -> Iterator[Problem]:
    """Ensure that no text holds characters that cannot be seen, turn its direction, or pile up on one letter.

    Source: Unicode Technical Report 36, "Unicode Security Considerations", sections 2.5 and 2.10.
    """
    for document in texts(register):
        yield from _first_hidden(document)


@lru_cache(maxsize=REMEMBERED)
def _first_hidden(document: Document) -> tuple[Problem, ...]:
    # Most texts show by themselves that they hold no such sign, and no way to write one.
    if document.text.isascii() and "&" not in document.text and "\\" not in document.text:
        return ()
    return tuple(islice(_hidden(document), MOST))


def _hidden(document: Document) -> Iterator[Problem]:
    told: set[int] = set()
    for number, line in enumerate(document.text.split("\n"), 1):
        sign, before = _first(html.unescape(line) if "&" in line else line)
        if sign:
            told.add(number)
            yield _problem(document.path, number, sign, before)
    # What a value holds behind a backslash stands in no line as it is.
    for place, line_number in document.lines.items() if "\\" in document.text else ():
        value: object = document.data
        for part in place:
            value = value[part]  # type: ignore[index]
        sign, before = _first(value) if isinstance(value, str) and line_number not in told else ("", "")
        if sign:
            told.add(line_number)
            yield _problem(document.path, line_number, sign, before)


def _first(text: str) -> tuple[str, str]:
    """Return the first such character of a text with what stands before it; empty where there is none."""
    if text.isascii():
        return "", ""
    for match in HIDDEN.finditer(text):
        at = match.start()
        if match[0] == JOINER and 0 < at < len(text) - 1 and _is_picture(text, at):
            continue
        return match[0], text[:at]
    marks = 0
    for at, sign in enumerate(text):
        marks = marks + 1 if unicodedata.category(sign) in ("Mn", "Me") else 0
        if marks > STACKED:
            return sign, text[:at - STACKED]
    return "", ""


def _is_picture(text: str, at: int) -> bool:
    return text[at - 1] == "\ufe0f" or (unicodedata.category(text[at - 1]) in PICTURE
                                        and unicodedata.category(text[at + 1]) in PICTURE)


def _problem(path: str, line: int, sign: str, before: str) -> Problem:
    words = " ".join(HIDDEN.sub("", before).split()[-3:])
    where = f"after {quoted(words)}" if words else "at the beginning of this line"
    what = "marks pile up on one letter" if unicodedata.combining(sign) else "a character that cannot be seen stands"
    return Problem(path, line, "hidden-character", f"{what} {where} (U+{ord(sign):04X})",
                   "delete it, or type the line anew")
