"""Readability: the length of sentences, and the reading age of what families read first."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence

from ...problem import Code, Problem, Topic, quoted
from ...records.partial_date import MONTHS
from .passages import Passage, Vocabulary

CODES = (
    Code("long-sentence", Topic.LANGUAGE, "Many readers lose the thread after 25 words. Make two sentences.",
         "It gives the name and the number of someone who knows the child, and it says in plain words what was "
         "decided there and why, and by whom.",
         "It gives the name and the number of someone who knows the child. It says in plain words what was decided "
         "there and why, and by whom.", level="warning"),
    Code("reading-age", Topic.LANGUAGE,
         "A text for families should be easy at the age of eleven. Two formulas count letters and words. They are "
         "rough, so use your own judgement. Names and words of the glossary do not count.",
         "Stakeholders subsequently scrutinise implementation arrangements.",
         "Then everyone checks how it is done.", level="warning"),
)

MAX_WORDS = 25
"""Words of a sentence. Source: GOV.UK, "Content design: planning, writing and managing content", on short sentences."""

SENTENCE_WORD = re.compile(r"[^\W_][\w’'.,/-]*")
JOINT = re.compile(r"[;:] |,? [–—-] |, (?:and|but|so(?! that)|or|which|who|where|because|while|although|since) "
                   r"| (?:and|but|because|while|although) (?=(?:it|they|we|you|he|she|this|these|there)\b)")
"""Where a sentence can be split in two."""

MAX_AGE = 11
"""Years. Source: NHS digital service manual, "Content style guide: Use a readability tool to prioritise content"."""

ADULT_AGE = 18
MIN_WORDS = 6
"""Words of a text below which the formulas mean nothing: one long word would decide the result."""

NOISE = 13
"""Both formulas count letters a word, and words in English differ by about 2.5 letters. So the age of a text of n words
is uncertain by some 13 / √n years: 5 for a title, 1 for a page. Only what exceeds eleven by more is reported."""

NEUTRAL = "name"
EASY_WORDS = frozenset(("children", "families", "schools", "parents"))
"""Long words that every reader here knows."""

FIXED_WORDS = re.compile(rf"\b(?:[ADF]-\d{{3,}}|{'|'.join(MONTHS[1:])})\b")
"""Ids and months, which writers cannot choose."""

WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")

SENTENCE = re.compile(r"\b[^.!?]+[.!?]*")
SPACE = re.compile(r"\s")
NO_LETTER = re.compile(r"\W")
NO_WORD = re.compile(r"[^\w\s']|'(?![tsd]|ve|ll|re)")


def sentences_are_short(vocabulary: Vocabulary, passages: Sequence[Passage]) -> Iterator[Problem]:
    """Ensures that no sentence has more than 25 words."""
    for passage in passages:
        for sentence in passage.sentences if passage.is_prose else ():
            count = len(SENTENCE_WORD.findall(sentence.text))
            if count > MAX_WORDS:
                yield Problem(passage.path, sentence.line, "long-sentence",
                              f"this sentence has {count} words: {_begin(sentence.text, 6)}", _split(sentence.text),
                              "warning")


def _begin(text: str, words: int) -> str:
    # A single word may be of any length.
    return '"' + " ".join(text.split()[:words])[:100].strip('"“”') + ' …"'


def _split(text: str) -> str:
    """Return a hint that names the joint nearest to the middle of a sentence."""
    joints = [match for match in JOINT.finditer(text) if len(text) / 5 < match.start() < len(text) * 4 / 5]
    if not joints:
        return "split it in two, or leave out what is not needed"
    strong = [match for match in joints if match[0].strip()[0] in ";:–—-"] or joints
    best = min(strong, key=lambda match: abs(match.start() - len(text) / 2))
    return f"end it before {_begin(text[best.start():].lstrip(' ,;:–—-'), 4)}, and start a new sentence there"


def texts_can_be_read_at_eleven(vocabulary: Vocabulary, passages: Sequence[Passage]) -> Iterator[Problem]:
    """Ensures that what families read first can be read at the age of eleven.

    Age is the mean of the automated readability index and the Coleman-Liau index, which are school years, plus 5.
    """
    names = re.compile(vocabulary.names, re.I)
    for first, what, text in _measured(passages):
        plain = names.sub(NEUTRAL, FIXED_WORDS.sub(NEUTRAL, text))
        found = WORD.findall(plain)
        age = _age(plain) if len(found) >= MIN_WORDS else 0
        if age > MAX_AGE + NOISE / math.sqrt(len(found) or 1):
            yield Problem(first.path, first.line, "reading-age", f"{what} has a reading age {_in_words(age)}",
                          f"use shorter sentences and shorter words{_hardest(found)}", "warning")


def _age(text: str) -> float:
    """Return the mean of both formulas, computed as textstat does; loading textstat takes longer than checking an area.

    Sources: Senter and Smith, "Automated Readability Index", 1967; Coleman and Liau, "A computer readability formula
    designed for machine scoring", 1975.
    """
    words, sentences = _count(text), max(1, sum(_count(sentence) > 2 for sentence in SENTENCE.findall(text)))
    if not words:
        return 5
    characters, letters = len(SPACE.sub("", text)), len(NO_LETTER.sub("", text))
    index = 4.71 * characters / len(text.split()) + 0.5 * words / sentences - 21.43
    return 5 + (index + 5.8 * letters / words - 29.6 * sentences / words - 15.8) / 2


def _count(text: str) -> int:
    """Return the number of words; punctuation does not count, except an apostrophe inside a word."""
    return len(NO_WORD.sub("", text).split())


def _measured(passages: Iterable[Passage]) -> Iterator[tuple[Passage, str, str]]:
    """Yield each text to be measured, with its first passage and its name."""
    wholes: dict[tuple[str, str], list[Passage]] = {}
    for passage in passages:
        if passage.kind in ("post", "page") and passage.key == "description":
            yield passage, "the description", _ended(passage.text)
        elif passage.kind == "actions" and passage.key == "title":
            yield passage, "the title", _ended(passage.text)
        elif (passage.kind, passage.key) in (("post", "in_short"), ("page", "body")):
            wholes.setdefault(passage.whole, []).append(passage)
    for (kind, _), parts in wholes.items():
        text = " ".join(_ended(part.text) for part in parts if part.text.strip())
        yield parts[0], "this page" if kind == "page" else "the summary \"in_short\"", text


def _ended(text: str) -> str:
    """Return a text that ends with a full stop, which entries of a list lack and the formulas need."""
    text = " ".join(text.split())
    return text if text.endswith((".", "!", "?")) else text.rstrip(":;,") + "."


def _in_words(age: float) -> str:
    return f"of about {age:.0f}" if age <= ADULT_AGE else f"above {ADULT_AGE}"


def _hardest(words: Iterable[str]) -> str:
    """Return a list of the longest words, which weigh most in both formulas."""
    long = {word.casefold() for word in words if len(word) > 6} - EASY_WORDS
    found = [quoted(word) for word in sorted(long, key=lambda word: (-len(word), word))[:3]]
    return f" than {', '.join(found[:-1])}{' and ' if found[1:] else ''}{found[-1]}" if found else ""
