"""Texts that are too hard for a reader of eleven, which is as far as many adults like to go."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence

from ...period import MONTHS
from ...problem import Problem, quoted
from ...register import Register
from .passages import Passage

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


def texts_can_be_read_at_eleven(register: Register, texts: Sequence[Passage]) -> Iterator[Problem]:
    """Ensure that what families read first can be read at the age of eleven.

    Age is the mean of the automated readability index and the Coleman-Liau index, which are school years, plus 5.
    """
    names = _names(register)
    for first, what, text in _measured(texts):
        plain = names.sub(NEUTRAL, GIVEN.sub(NEUTRAL, text))
        words = WORD.findall(plain)
        age = _age(plain) if len(words) >= FEWEST else 0
        if age > OLDEST + NOISE / math.sqrt(len(words) or 1):
            yield Problem(first.path, first.line, "reading-age", f"{what} has a reading age {_in_words(age)}",
                          f"use shorter sentences and shorter words{_hardest(words)}", "warning")


def _age(text: str) -> float:
    # Slow to load, and needed by nothing but this.
    import textstat

    return 5 + (textstat.automated_readability_index(text) + textstat.coleman_liau_index(text)) / 2


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


def _names(register: Register) -> re.Pattern[str]:
    """Match the names that a writer cannot choose: those of organisations, and words of the glossary."""
    names: set[str] = {getattr(register.area, "name", "")}
    for organisation in register.organisations.values():
        names |= {organisation.name, organisation.short_name or "", *organisation.also}
    for term in register.terms.values():
        names |= {term.term, term.full or "", *term.also}
    longest_first = sorted((name for name in names if name), key=lambda name: (-len(name), name))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first)) or '(?!)'})s?\b", re.I)


def _in_words(age: float) -> str:
    return f"of about {age:.0f}" if age <= GROWN_UP else f"above {GROWN_UP}"


def _hardest(words: Iterable[str]) -> str:
    """Name the longest words, which weigh most in both formulas."""
    long = {word.casefold() for word in words if len(word) > 6} - SIMPLE
    found = [quoted(word) for word in sorted(long, key=lambda word: (-len(word), word))[:3]]
    return f" than {', '.join(found[:-1])}{' and ' if found[1:] else ''}{found[-1]}" if found else ""
