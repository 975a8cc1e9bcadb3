"""Characters that a reader cannot see, or that change the direction of text."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from ...problem import Code, Problem, Topic, quoted
from ...register import Register
from ...source.files import REMEMBERED, Document

CODES = (
    Code("hidden-character", Topic.TRUST,
         "The text has a character without width, or one that changes the direction of text. Readers would see "
         "something other than what is written. Such characters come with text that was pasted.",
         "What the board prom\u00adised.", "What the board promised."),
)

INVISIBLE = re.compile("[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
                       "\u3164\ufe00-\ufe0e\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff]")
"""Characters without width, fillers, and those that change the direction of text (Unicode Standard Annex 9)."""

JOINER = "\u200d"
EMOJI_CATEGORIES = ("So", "Sk", "Sm")

MAX_MARKS = 3
"""Marks above or below one letter. No language has more, and more would reach into the lines around them."""

MAX_REPORTED = 5
"""Lines that are reported for one file."""


def characters_can_be_seen(register: Register) -> Iterator[Problem]:
    """Ensures that no text has invisible characters, changes its direction, or stacks marks on one letter.

    Source: Unicode Technical Report 36, "Unicode Security Considerations", sections 2.5 and 2.10.
    """
    for document in documents(register):
        yield from _in_document(document)


def documents(register: Register) -> Iterator[Document]:
    """Yield every file of records, posts and pages that could be read, once."""
    found = {id(document): document for document, _ in register.documents.values()}
    found |= {id(page.document): page.document for page in register.pages}
    yield from found.values()


@lru_cache(maxsize=REMEMBERED)
def _in_document(document: Document) -> tuple[Problem, ...]:
    # Most texts are plain ASCII without an entity or an escape, so they cannot hold such a character.
    if document.text.isascii() and "&" not in document.text and "\\" not in document.text:
        return ()
    return tuple(islice(_hidden(document), MAX_REPORTED))


def _hidden(document: Document) -> Iterator[Problem]:
    reported: set[int] = set()
    for number, line in enumerate(document.text.split("\n"), 1):
        character, before = _first(html.unescape(line) if "&" in line else line)
        if character:
            reported.add(number)
            yield _problem(document.path, number, character, before)
    # A character that is written as an escape ("\u200b") appears only in the value, not in the line.
    for place, line_number in document.lines.items() if "\\" in document.text else ():
        value: object = document.data
        for part in place:
            value = value[part]  # type: ignore[index]
        character, before = _first(value) if isinstance(value, str) and line_number not in reported else ("", "")
        if character:
            reported.add(line_number)
            yield _problem(document.path, line_number, character, before)


def _first(text: str) -> tuple[str, str]:
    """Return the first such character of a text, and the text before it; two empty strings if there is none."""
    if text.isascii():
        return "", ""
    for match in INVISIBLE.finditer(text):
        at = match.start()
        if match[0] == JOINER and 0 < at < len(text) - 1 and _joins_emoji(text, at):
            continue
        return match[0], text[:at]
    marks = 0
    for at, character in enumerate(text):
        marks = marks + 1 if unicodedata.category(character) in ("Mn", "Me") else 0
        if marks > MAX_MARKS:
            return character, text[:at - MAX_MARKS]
    return "", ""


def _joins_emoji(text: str, at: int) -> bool:
    return text[at - 1] == "\ufe0f" or (unicodedata.category(text[at - 1]) in EMOJI_CATEGORIES
                                        and unicodedata.category(text[at + 1]) in EMOJI_CATEGORIES)


def _problem(path: str, line: int, character: str, before: str) -> Problem:
    words = " ".join(INVISIBLE.sub("", before).split()[-3:])
    where = f"after {quoted(words)}" if words else "at the beginning of this line"
    what = "there are too many marks on one letter" if unicodedata.combining(character) else \
        "there is an invisible character"
    return Problem(path, line, "hidden-character", f"{what} {where} (U+{ord(character):04X})",
                   "delete it, or type the line again")
