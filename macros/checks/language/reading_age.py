"""Texts that are too hard for a reader of eleven, which is as far as many adults like to go."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence

from ...problem import Problem, quoted
from ...records.partial_date import MONTHS
from .passages import Passage
from .words import Words

OLDEST = 11
"""Years. Source: NHS digital service manual, "Content style guide: Use a readability tool to prioritise content"."""

GROWN_UP = 18
FEWEST = 6
"""Words below which no formula says anything: two long words would decide."""

NOISE = 13
"""Both formulas count letters a word, and words in English differ by about 2.5 letters. So the age of a text of n words
is uncertain by some 13 / √n years: 5 for a title, 1 for a page. Only what is above eleven beyond that is told."""

NEUTRAL = "name"
SIMPLE = frozenset(("children", "families", "schools", "parents"))
"""Long words that every reader here knows."""

GIVEN = re.compile(rf"\b(?:[ADF]-\d{{3,}}|{'|'.join(MONTHS[1:])})\b")
"""Ids and months, which no writer chooses."""

WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")

SENTENCE = re.compile(r"\b[^.!?]+[.!?]*")
SPACE = re.compile(r"\s")
NO_LETTER = re.compile(r"\W")
NO_WORD = re.compile(r"[^\w\s']|'(?![tsd]|ve|ll|re)")


def texts_can_be_read_at_eleven(words: Words, texts: Sequence[Passage]) -> Iterator[Problem]:
    """Ensure that what families read first can be read at the age of eleven.

    Age is the mean of the automated readability index and the Coleman-Liau index, which are school years, plus 5.
    """
    names = re.compile(words.names, re.I)
    for first, what, text in _measured(texts):
        plain = names.sub(NEUTRAL, GIVEN.sub(NEUTRAL, text))
        found = WORD.findall(plain)
        age = _age(plain) if len(found) >= FEWEST else 0
        if age > OLDEST + NOISE / math.sqrt(len(found) or 1):
            yield Problem(first.path, first.line, "reading-age", f"{what} has a reading age {_in_words(age)}",
                          f"use shorter sentences and shorter words{_hardest(found)}", "warning")


def _age(text: str) -> float:
    """Return the mean of both formulas, reckoned as textstat does: to load it takes longer than to check an area.

    Sources: Senter and Smith, "Automated Readability Index", 1967; Coleman and Liau, "A computer readability formula
    designed for machine scoring", 1975.
    """
    words, sentences = _count(text), max(1, sum(_count(sentence) > 2 for sentence in SENTENCE.findall(text)))
    if not words:
        return 5
    signs, letters = len(SPACE.sub("", text)), len(NO_LETTER.sub("", text))
    index = 4.71 * signs / len(text.split()) + 0.5 * words / sentences - 21.43
    return 5 + (index + 5.8 * letters / words - 29.6 * sentences / words - 15.8) / 2


def _count(text: str) -> int:
    """Return how many words a text has; signs that stand alone are none, an apostrophe inside a word excepted."""
    return len(NO_WORD.sub("", text).split())


def _measured(texts: Iterable[Passage]) -> Iterator[tuple[Passage, str, str]]:
    """Yield each text to be measured with its first passage and what it is."""
    wholes: dict[tuple[str, str], list[Passage]] = {}
    for passage in texts:
        if passage.kind in ("post", "page") and passage.key == "description":
            yield passage, "the description", _ended(passage.text)
        elif passage.kind == "actions" and passage.key == "title":
            yield passage, "the title", _ended(passage.text)
        elif (passage.kind, passage.key) in (("post", "in_short"), ("page", "body")):
            wholes.setdefault(passage.whole, []).append(passage)
    for (kind, _), parts in wholes.items():
        text = " ".join(_ended(part.text) for part in parts if part.text.strip())
        yield parts[0], "this page" if kind == "page" else "what stands in short", text


def _ended(text: str) -> str:
    """Return a text whose end is one for the formulas too: entries of a list have no full stop."""
    text = " ".join(text.split())
    return text if text.endswith((".", "!", "?")) else text.rstrip(":;,") + "."


def _in_words(age: float) -> str:
    return f"of about {age:.0f}" if age <= GROWN_UP else f"above {GROWN_UP}"


def _hardest(words: Iterable[str]) -> str:
    """Name the longest words, which weigh most in both formulas."""
    long = {word.casefold() for word in words if len(word) > 6} - SIMPLE
    found = [quoted(word) for word in sorted(long, key=lambda word: (-len(word), word))[:3]]
    return f" than {', '.join(found[:-1])}{' and ' if found[1:] else ''}{found[-1]}" if found else ""
