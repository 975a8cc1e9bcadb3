"""What excuses a word that could be a name: it belongs to the name of a place, a school, a body or an office-holder."""

from __future__ import annotations

import re

from .allowlist import Allowlist
from .known_words import PLACES_BY_WORD, plain, without_accents
from .name_rules import ALSO_LAST_NAME, BEFORE_OF, BEFORE_PLACE, OFFICES, ORGANISATION, PLACE_BEFORE


def is_excused(text: str, match: re.Match[str], allowlist: Allowlist) -> bool:
    """Return whether an unknown word is part of the name of an office-holder, of a place or of a body."""
    start, word = match.start(), plain(match[0])
    return bool(is_of_place(text, start, start + len(match[0].removesuffix("'s")))
                or word in allowlist.last_names
                or any(covers(text, start, word, place) for place in PLACES_BY_WORD.get(word, ()))
                or is_of_school(text, start, word, allowlist)
                or is_allowed_person(text, start, word, allowlist))


def is_of_school(text: str, start: int, word: str, allowlist: Allowlist) -> bool:
    """Return whether the word at `start` is part of the name of a school of the area."""
    return any(covers(text, start, word, school) for school in allowlist.schools_by_word.get(word, ()))


def is_of_place(text: str, start: int, end: int) -> bool:
    """Return whether the words around a word make it part of the name of a place, a body or somebody in office."""
    if ORGANISATION.match(text, end):
        return True
    if text[start - 1:start] != " ":
        return False
    before = text[max(0, start - 60):start].split()[-3:]
    if not before:
        return False
    if before[-1] in BEFORE_PLACE or (before[-1] == "of" and before[-2:-1] and before[-2] in BEFORE_OF):
        return True
    # "Sir" in "Sir Robin Sample" is before the first name, and one word further from the last.
    for number, word in enumerate(reversed(before)):
        if word in OFFICES:
            return True
        if not word[0].isupper() or number == 2:
            break
    return before[-1] in PLACE_BEFORE and bool(ALSO_LAST_NAME.match(text, end))


def covers(text: str, start: int, word: str, name: str) -> bool:
    """Return whether a name of several words is in the text with its `word` at `start`."""
    at = name.find(word)
    while at >= 0:
        first = start - at
        if first >= 0 and without_accents(text[first:first + len(name)]).lower().replace("-", " ") == name \
                and not text[first + len(name):first + len(name) + 1].isalnum():
            return True
        at = name.find(word, at + 1)
    return False


def is_allowed_person(text: str, start: int, word: str, allowlist: Allowlist) -> bool:
    """Return whether the word at `start` is part of the full name of someone or something on the allowlist.

    The whole name must be there: "Robin" of an office-holder Robin Sample is not allowed alone, as it may be a child.
    """
    return any(covers(text, start, word, name) for name in allowlist.names_with(word))
