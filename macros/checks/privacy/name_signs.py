"""Where in a text a name could stand: a capitalised word that no list holds, beside what could tell of a family."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from .names import FIRST_NAMES, could_be_name, is_first_name
from .people import CAPITAL, FULL, NAME, RULES, Known

WORD = re.compile(r"[A-Z\x80-\U0010ffff](?<=\b[^\W\d_])(?:'[A-Z])?[^\W\d_]{1,30}(?:-[A-Z][a-z]{1,30})?(?:'s)?")
SMALL = re.compile(r"[a-z]{2,15}")
TITLED = re.compile(r"(?:M(?:rs?|s|iss|x)|Dr)\.? [A-Z]")

BEHIND = tuple(pattern for _, pattern in RULES if pattern.pattern.startswith(NAME))
"""The rules by which a name is told by what follows it."""

NEAR = 60
"""How many characters before a name its rules may need, from the words below on; most need twenty."""

BEFORE = re.compile(
    r"\b(?:(?:step|god)?(?:son|daughter|child|mother|father|parent)|boy|girl|brother|sister|sibling|nephew|niece|twin"
    r"|baby|toddler|teenager|young|lad|kid|mum|mam|dad|carer|guardian|nan|gran|foster|aunt|uncle|wife|husband|partner"
    r"|pupil|student|learner|patient|person|man|woman|user|school|famil|friend|teacher|case|aged?|name|reception"
    r"|nursery)|year|-of-", re.I)
"""One of these stands before each name that is told by what stands before it."""

MOST = 50_000
"""How many words are remembered: about 5 MB."""


class NameSigns:
    """Tells where names could stand, for an area with its lists of people and words."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.plain: set[str] = set()

    def places(self, text: str) -> Iterator[int]:
        """Yield where in a plain text names could stand: everywhere that the search for people finds one, and where a
        few more words look like it."""
        for match in TITLED.finditer(text):
            yield match.start()
        words = set(WORD.findall(text)) - self.plain
        candidates = {word for word in words if self._could_be_name(word)}
        if len(self.plain) > MOST:
            self.plain.clear()
        self.plain |= words - candidates
        for match in _each(candidates, text):
            if _may_be_named(text, match):
                yield match.start()
        for name in FIRST_NAMES.intersection(SMALL.findall(text)):
            for match in re.finditer(rf"\b{name}\b", text):
                yield match.start()

    def _could_be_name(self, word: str) -> bool:
        return any(could_be_name(part, self.known.words) for part in (word, *CAPITAL.findall(word)))


def _each(words: Iterable[str], text: str) -> Iterator[re.Match[str]]:
    """Yield each place of some words that WORD matches whole. They are few: to look for each is the faster way."""
    for word in words:
        start = text.find(word)
        while start >= 0:
            match = WORD.match(text, start)
            if match and match[0] == word:
                yield match
            start = text.find(word, start + 1)


def _may_be_named(text: str, match: re.Match[str]) -> bool:
    word, start = match[0].removesuffix("'s"), match.start()
    if "-" in word or "'" in word or is_first_name(word):
        return True
    before = text[max(0, start - NEAR):start].rpartition("\n")[2]
    if BEFORE.search(before):
        return True
    full = FULL.match(text, start)
    return bool(full and full[2]) or any(pattern.match(text, start) for pattern in BEHIND)
