"""Sentences that are too long to be read once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ...problem import Problem
from .passages import Passage
from .words import Words

MOST = 25
"""Words. Source: GOV.UK, "Content design: planning, writing and managing content", on short sentences."""

WORD = re.compile(r"[^\W_][\w’'.,/-]*")
JOINT = re.compile(r"[;:] |,? [–—-] |, (?:and|but|so(?! that)|or|which|who|where|because|while|although|since) "
                   r"| (?:and|but|because|while|although) (?=(?:it|they|we|you|he|she|this|these|there)\b)")
"""Where one sentence can become two."""


def sentences_are_short(words: Words, texts: Sequence[Passage]) -> Iterator[Problem]:
    """Ensure that no sentence has more than 25 words."""
    for passage in texts:
        for sentence in passage.sentences if passage.is_prose else ():
            count = len(WORD.findall(sentence.text))
            if count > MOST:
                yield Problem(passage.path, sentence.line, "long-sentence",
                              f"this sentence has {count} words: {_begin(sentence.text, 6)}", _split(sentence.text),
                              "warning")


def _begin(text: str, words: int) -> str:
    # A word may be as long as somebody likes.
    return '"' + " ".join(text.split()[:words])[:100].strip('"“”') + ' …"'


def _split(text: str) -> str:
    """Name the joint nearest to the middle at which the sentence falls into two."""
    joints = [match for match in JOINT.finditer(text) if len(text) / 5 < match.start() < len(text) * 4 / 5]
    if not joints:
        return "make two of it, or leave out what is not needed"
    strong = [match for match in joints if match[0].strip()[0] in ";:–—-"] or joints
    best = min(strong, key=lambda match: abs(match.start() - len(text) / 2))
    return f"end it before {_begin(text[best.start():].lstrip(' ,;:–—-'), 4)}, and begin another there"
