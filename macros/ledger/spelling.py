"""Whether two wordings differ by a comma or a spelling alone: such a change needs no entry, as the guide says."""

from __future__ import annotations

import re
import unicodedata
from itertools import zip_longest

from ..source.dictionary import is_word

MIN_LETTERS = 5
"""In shorter words one letter makes another word: not and now, may and many."""

MAX_MISSPELT = 3
"""How many words of a text may be spelt otherwise."""

ADDRESS = re.compile(r"https?://[^\s<>()\"]*[^\s<>()\".,;:!?]")
"""In a web address, a hyphen or a dot makes another one."""

PUNCTUATION = re.compile(r"[,;:.!()\"“”‘’'…–-]")


def is_spelling(was: str, now: str) -> bool:
    """Return whether two texts say the same: only white space, commas and the like, capital letters, or the spelling
    of a few long words differ.

    Figures stay as they are, with their sign, and so does a question mark. A word is only misspelt where it lacks a
    letter, has one too many, or has two in the wrong order, after the first; and where one of the two is in no
    dictionary, since eight is not eighty.
    """
    old, new = bare_words(was), bare_words(now)
    if len(old) != len(new) or ADDRESS.findall(was) != ADDRESS.findall(now):
        return False
    differing = [(one, other) for one, other in zip(old, new, strict=True) if one != other]
    return len(differing) <= MAX_MISSPELT and all(_is_misspelt(*pair) for pair in differing)


def bare_words(text: str) -> list[str]:
    """Return the words of a text in small letters, without punctuation around or in them. Figures keep theirs."""
    words = unicodedata.normalize("NFC", text).casefold().split()
    bare = [word.lstrip("(\"“‘'").rstrip(",;:.!)\"”’'…–-") if any(map(str.isdigit, word)) else PUNCTUATION.sub("", word)
            for word in words]
    return [word for word in bare if word]


def _is_misspelt(was: str, now: str) -> bool:
    if min(len(was), len(now)) < MIN_LETTERS or was[0] != now[0] or not (was.isalpha() and now.isalpha()) \
            or (is_word(was) and is_word(now)):
        return False
    if len(was) == len(now):
        places = [number for number, (one, other) in enumerate(zip(was, now, strict=True)) if one != other]
        return len(places) == 2 and places[1] == places[0] + 1 \
            and was[places[0]] == now[places[1]] and was[places[1]] == now[places[0]]
    short, long = sorted((was, now), key=len)
    if len(long) != len(short) + 1:
        return False
    place = next(number for number, pair in enumerate(zip_longest(short, long)) if pair[0] != pair[1])
    return short[place:] == long[place + 1:]
