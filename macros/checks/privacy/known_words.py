"""The words that are nobody's name: ordinary words, places, bodies, programmes, languages; and names that are words.

The check asks about every capitalised word that is in none of these lists, so that the family of Oluwaseun is protected
as well as that of Oliver: a list of names would know the second alone. Names that are words too, such as Grace and
Preston, are found by the words around them.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from functools import lru_cache
from pathlib import Path

from ...source.dictionary import WORDS as ORDINARY


def _text_of(name: str) -> str:
    lines = Path(__file__).with_name(name).read_text(encoding="utf-8").split("\n")
    return "\n".join(line for line in lines if not line.startswith("#"))


def without_accents(word: str) -> str:
    """Return a word without the marks on its letters: words are compared like that, so "Café" is "cafe"."""
    return word if word.isascii() else "".join(
        letter for letter in unicodedata.normalize("NFD", word) if not unicodedata.combining(letter))


@lru_cache(maxsize=50_000)
def plain(word: str) -> str:
    """Return a word as the lists have it: in lower case, without accents and without "'s"."""
    return without_accents(word).lower().removesuffix("'s").strip("'-")


def as_phrase(name: str) -> str:
    """Return a name of several words as allowlists and PLACES have it: in lower case, without accents and hyphens."""
    return " ".join(without_accents(name).lower().replace("-", " ").split())


PUBLIC = frozenset(_text_of("public-names.txt").split())
"""Countries, languages, bodies, programmes, software."""

PLACES = frozenset(name.strip() for name in _text_of("places.txt").replace("\n", " ").split(","))
"""Names of places, some of several words."""

NOT_NAMES = frozenset(_text_of("not-names.txt").split())
"""Words that are never a name, even after "my son": those of this work, and the most common ones."""

_FIRST, _LAST, _RARER = (part.split() for part in re.split(
    "^(?:rarer )?surnames:$", _text_of("names-that-are-words.txt").removeprefix("first names:"), flags=re.M))
FIRST_NAMES_THAT_ARE_WORDS = frozenset(_FIRST)
SURNAMES_THAT_ARE_WORDS = frozenset(_LAST)
RARER_SURNAMES = frozenset(_RARER)
"""Words that are last names of few people: they count where the wording asks for a last name."""

FIRST_NAMES = frozenset(_text_of("first-names.txt").split()) | FIRST_NAMES_THAT_ARE_WORDS
"""First names. They are needed where a name may be a word or a place, and for words in small letters."""

SHORT_MONTHS = frozenset(["jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"])
PREFIX = re.compile(r"(?:multi|inter|anti|semi|micro|neuro|psycho|cyber|trans|counter|non|pre)(?=.{5})|(?:co|un|re"
    r"|over|under|up)(?=.{6})")
SUFFIX = re.compile(r"(?:(?<=.....))(?:i[sz](?:es?|ed|ing|ation|ations)|ally|ness|less|able|ability|fully?|ment"
    r"|ments|like|wide)\Z")
"""What makes one word of another. Dictionaries leave out many such words, and hardly a name is made like that."""

CONTRACTED = re.compile(r"(.+?)(?:n't|'(?:re|ve|ll|d|m|t))\Z")
UNFINISHED = frozenset(("ca", "wo", "sha", "don", "can", "won", "isn", "aren", "didn", "doesn", "wasn", "hasn"))
NAME_PREFIX = re.compile(r"(?:Ma?c|O'|D'|Fitz|De|Di|Du|La|Le|Van)(?=[A-Z][a-z])")
INNER_CAPITAL = re.compile(r"[^\W\d_]'?[^\W\d_]*[A-Z]")


def _by_word() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for place in PLACES:
        if " " in place:
            for word in set(place.split()):
                found[word.removesuffix("'s")].append(place)
    return found


PLACES_BY_WORD = _by_word()
"""The places of several words, by each of their words."""


@lru_cache(maxsize=50_000)
def is_known(word: str) -> bool:
    """Return whether a word, in any case, is in the lists of words that are no name, or is a form of one."""
    found = plain(word)
    if len(found) < 2 or found.startswith("example") or found in ORDINARY or found in PUBLIC or found in NOT_NAMES \
            or found in PLACES or ("-" in found and found.replace("-", " ") in PLACES):
        return True
    if found.endswith("s") and (found[:-1] in ORDINARY or found[:-1] in PUBLIC):  # the dictionary has no plurals in -s
        return True
    if found.endswith("shire") or PREFIX.sub("", found, count=1) in ORDINARY or SUFFIX.sub("", found) in ORDINARY:
        return True
    contracted = CONTRACTED.match(found)
    return bool(contracted and (len(contracted[1]) < 2 or contracted[1] in UNFINISHED or contracted[1] in ORDINARY))


@lru_cache(maxsize=50_000)
def is_first_name(word: str) -> bool:
    """Return whether a word is a common first name, in any case, also as the first part of a hyphenated name."""
    found = plain(word)
    if word.isupper() and found in PUBLIC:  # BOB is a body of the health service
        return False
    return found in FIRST_NAMES or ("-" in found and found.split("-")[0] in FIRST_NAMES)


@lru_cache(maxsize=50_000)
def could_be_name(word: str, allowed: frozenset[str]) -> bool:
    """Return whether a capitalised word could be a name where the wording asks for one, as after "my son"."""
    found = plain(word)
    if found in FIRST_NAMES or found.split("-")[0] in FIRST_NAMES:
        return True
    return not (found in NOT_NAMES or found.split("-")[0] in NOT_NAMES or found in allowed or found in PUBLIC)


@lru_cache(maxsize=50_000)
def could_be_last_name(word: str, allowed: frozenset[str]) -> bool:
    """Return whether a capitalised word could be a name after "Mrs", or before "family"."""
    found = plain(word)
    return found in SURNAMES_THAT_ARE_WORDS or found in RARER_SURNAMES or could_be_name(word, allowed)


@lru_cache(maxsize=50_000)
def is_unknown(word: str, allowed: frozenset[str]) -> bool:
    """Return whether a capitalised word, or a capitalised part of it, is in no list: the check asks about it.

    Acronyms, and words with a capital inside such as "LibreOffice", are none of anyone's names.
    """
    word = word.removesuffix("'s")
    if plain(word) in allowed or is_known(word):
        return False
    parts = word.split("-")
    are_months = all(part.lower() in SHORT_MONTHS for part in parts)
    for part in parts:
        if len(parts) > 1 and part.lower() in SHORT_MONTHS and not are_months:  # "Min-jun" is no month
            return True
        if not part[:1].isupper() or len(part) < 2 or (part.isupper() and "'" not in part):
            continue
        prefix = NAME_PREFIX.match(part)
        if INNER_CAPITAL.match(part) and not prefix:
            continue
        rest = part[prefix.end():] if prefix and "'" in prefix[0] else part
        if not (is_known(rest) or plain(part) in allowed):
            return True
    return False
