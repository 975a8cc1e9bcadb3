"""Words that are names, and words that look like names and are none."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

WORD = re.compile(r"[^\W\d_][\w'-]*")

MIXED = re.compile(r"(?<!Mc)(?<!Mac)(?<!De)[a-z][A-Z]")
"""Capitals inside a word, as programs have them."""

ORGANISATION = re.compile(
    r"(?:[ -](?:[A-Z][\w'-]{0,30}|of|and|the|for|&)){0,4}? (?:School|Academy|College|Hospital|Council|Trust"
    r"|Centre|Forum|Primary|"
    r"Secondary|Infants?|Juniors?|Nursery|University|Partnership|Board|Committee|Foundation|Society|Association"
    r"|Service|"
    r"Services|Team|Hub|Unit|Church|Hall|Park|Road|Street|House|Grove|Hill|Award|Awards|Act|Report|Review|Programme)\b"
    r"|(?:'s)? (?:school|academy|college|hospital|council|nursery|church) (?:in|at|opened|has)\b")
"""Behind a word, what makes of both the name of a body or a place."""


def _words(name: str) -> frozenset[str]:
    return frozenset(Path(__file__).with_name(name).read_text(encoding="utf-8").split())


FIRST_NAMES = _words("first-names.txt")
"""Common first names of children and adults in England and Wales, in small letters. Those that are also ordinary words,
such as Will or May, are left out."""

NO_NAMES = _words("no-names.txt")
"""What begins with a capital at the start of a sentence, or in a title, and is no person."""


def is_first_name(word: str) -> bool:
    """Tell whether a word is a common first name, whatever its case."""
    word = word.lower().removesuffix("'s").strip("'-")
    return word in FIRST_NAMES or ("-" in word and word.split("-")[0] in FIRST_NAMES)


@lru_cache(maxsize=20_000)
def could_be_name(word: str, no_names: frozenset[str]) -> bool:
    """Tell whether a word with a capital could be a name; `no_names` holds the words of the area's own lists."""
    plain = word.lower().removesuffix("'s").strip("'-")
    return is_first_name(word) or (plain not in NO_NAMES and plain not in no_names \
        and plain.split("-")[0] not in NO_NAMES)
