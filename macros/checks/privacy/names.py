"""Detects names of people: every capitalised word that is in no list of words, places and bodies, and names that are
words too by the words around them.

The first rule needs no list of names, so that it is the same for every family. The others, in `name_rules.py`, are for
names such as Grace, Preston or Hill, which are also words or places: "Grace told us", "Preston (Year 7)", "the Hill
family".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator

from .allowlist import Allowlist
from .detectors import CONTEXT_WIDTH, Match
from .excuses import covers, is_allowed_person, is_excused, is_of_place, is_of_school
from .known_words import (
    FIRST_NAMES_THAT_ARE_WORDS,
    PLACES,
    PLACES_BY_WORD,
    RARER_SURNAMES,
    SURNAMES_THAT_ARE_WORDS,
    as_phrase,
    could_be_last_name,
    could_be_name,
    is_first_name,
    is_known,
    is_unknown,
    plain,
)
from .name_rules import (
    AFTER_TITLE,
    ALONE,
    ANY_LAST_NAME,
    ANY_WORD,
    BEFORE_FULL_NAME,
    CAPITALISED,
    CHILD_ALONE,
    CLAUSE,
    CONTEXT_STEMS,
    CONTEXT_WORDS,
    END_OF_LABEL,
    FOR_SOMEBODY,
    FOREIGN,
    IN_CAPITALS,
    INITIALS,
    INTRODUCED,
    LABELLED,
    LANGUAGES,
    LAST_NAME,
    LETTER,
    LOWER_CASE_BEFORE,
    LOWER_CASE_NAME,
    MAX_FOREIGN_LETTERS,
    MAX_FOREIGN_WORDS,
    MONTHS,
    NAME,
    NAME_FIRST,
    NOT_ALONE,
    NOT_INITIALS,
    OWNER,
    PREPOSITION,
    RULES_OF_ANY_LAST_NAME,
    RULES_OF_ANY_WORD,
    RULES_OF_LAST_NAMES,
    RULES_OF_NAMES,
    STRETCH,
    SUBJECT,
    TWO_INITIALS,
    UPPER,
    WEB_NAME,
    WITH_LAST_NAME,
    WORD,
    Rule,
)


def personal_names(text: str, allowlist: Allowlist) -> Iterator[Match]:
    """Yield the names in a text, except those of the area's lists."""
    words = Words(text)
    yield from unknown_words(words, allowlist)
    yield from names_in_context(words, allowlist)


def public_names(text: str, allowlist: Allowlist) -> list[str]:
    """Return the names that the check asks about for one reason alone, that they are on no list: somebody may say that
    anyone may know them. Names near words about a family are not among them."""
    words = Words(text)
    private = list(names_in_context(words, allowlist))
    return list(dict.fromkeys(text[match.start:match.end] for match in unknown_words(words, allowlist)
                              if not any(match.start < other.end and other.start < match.end for other in private)))


class Words:
    """A text with its capitalised words: many are the same, and each of these is looked up once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.small = text.lower()
        self.matches = list(WORD.finditer(text))
        self.distinct = {match[0] for match in self.matches}

    def that(self, is_possible: Callable[[str], bool]) -> Iterator[re.Match[str]]:
        """Yield each place of the words for which a condition is true, in the order of the text."""
        possible = set(filter(is_possible, self.distinct))
        return (match for match in self.matches if match[0] in possible) if possible else iter(())


def names_in_context(words: Words, allowlist: Allowlist) -> Iterator[Match]:
    """Yield the names that the wording around them shows."""
    text, small = words.text, words.small
    for match in AFTER_TITLE.matches(text, small):
        yield from _name_at(text, match.start(1), match[1], allowlist, ANY_LAST_NAME)
    for match in OWNER.matches(text, small):
        if plain(match[1]) not in PLACES:
            yield from _name_at(text, match.start(1), match[1], allowlist, ANY_WORD)
    for match in _matches_of(RULES_OF_ANY_LAST_NAME, text, small):
        if match.lastindex == 1 and plain(match[1]) not in PLACES:
            yield from _name_at(text, match.start(1), match[1], allowlist, ANY_LAST_NAME)
        elif match.lastindex == 2 and is_first_name(match[1]) and plain(match[1]) not in NOT_ALONE \
                and could_be_last_name(match[2], allowlist.words):
            yield from _name_at(text, match.start(1), f"{match[1]} {match[2]}", allowlist, NAME)
    for match in INTRODUCED.matches(text, small):
        if could_be_name(match[1], allowlist.words) and (
                _may_be_last_name(match[2]) or plain(match[2]) in RARER_SURNAMES):
            yield from _name_at(text, match.start(1), f"{match[1]} {match[2]}", allowlist, ANY_WORD)
    for match in _matches_of(CHILD_ALONE, text, small):
        if not _is_of_no_name(match[1], allowlist):
            yield from _name_at(text, match.start(1), match[1], allowlist, ANY_WORD)
    for match in _matches_of(RULES_OF_LAST_NAMES, text, small):
        yield from _name_at(text, match.start(1), match[1], allowlist, LAST_NAME)
    has_first_names = any(map(is_first_name, set(CAPITALISED.findall(text))))
    possible = [match for match in words.that(lambda word: _could_be_named(word, allowlist))
                if could_be_named(text, match, allowlist)]
    end = 0
    for word in possible:
        if word.start() >= end and (match := NAME_FIRST.match(text, word.start())):
            end = match.end(1)
            yield from _name_at(text, match.start(1), match[1], allowlist, NAME)
    for start, end in _stretches(text, possible):
        for match in _matches_of(RULES_OF_NAMES, text, small, start, end):
            yield from _name_at(text, match.start(1), match[1], allowlist, NAME)
        if has_first_names:
            yield from _first_names(text, start, end, allowlist)
    contexts = Contexts(text)
    for start, end in _stretches(text, (match for match in words.that(lambda word: could_be_name(word, allowlist.words))
                                        if contexts.precede(match.start()))):
        for match in _matches_of(RULES_OF_ANY_WORD, text, small, start, end):
            yield from _name_at(text, match.start(1), match[1], allowlist, ANY_WORD)
    yield from in_capitals(text, allowlist)
    for match in _matches_of(INITIALS if TWO_INITIALS.search(text) else INITIALS[:1], text, small):
        if match[1] not in NOT_INITIALS and match[1].lower() not in allowlist.words:
            yield Match("name", *match.span(1), plain(match[1]))
    for match in LABELLED.matches(text, small) if END_OF_LABEL.search(small) else ():
        if not is_known(match[1]) or is_first_name(match[1]) or plain(match[1]) in PLACES:
            yield Match("name", *match.span(1), plain(match[1]))
    for match in LOWER_CASE_NAME.matches(text, small):
        if (is_first_name(match[1]) or not is_known(match[1])) and plain(match[1]) not in allowlist.words:
            yield Match("name", *match.span(1), plain(match[1]))
    yield from _foreign(text, allowlist)


def _matches_of(rules: Iterable[Rule], text: str, small: str, start: int = 0, end: int | None = None) -> Iterator[
        re.Match[str]]:
    """Yield what the rules match in a text, or in a part of it."""
    if end is not None:
        small = text[start:end].lower()
    for rule in rules:
        yield from rule.matches(text, small, start, end)


def unknown_words(words: Words, allowlist: Allowlist) -> Iterator[Match]:
    """Yield each capitalised word that is in no list, with the words of the name that follow it."""
    text, end = words.text, 0
    for match in words.that(lambda word: is_unknown(word, allowlist.words)):
        if match.start() < end or is_excused(text, match, allowlist):
            continue
        word = match[0].removesuffix("'s")
        last = match.start() + len(word)
        for _ in range(MAX_FOLLOWING):
            following = FOLLOWING.match(text, last)
            if not following or not (
                    is_unknown(following[1], allowlist.words) or is_first_name(following[1])
                    or plain(following[1]) in SURNAMES_THAT_ARE_WORDS):
                break
            last = following.end(1) - (2 if following[1].endswith("'s") else 0)
        end = last
        yield Match("name", match.start(), last, " ".join(plain(part) for part in text[match.start():last].split()))


MAX_FOLLOWING = 3
FOLLOWING = re.compile(rf" ({UPPER}{LETTER}{{1,30}}(?:['-]{LETTER}{{1,30}}){{0,2}})(?!\w)")


DATE_BEFORE = re.compile(r"(?:[0-9](?:st|nd|rd|th)?(?: of)?|\b(?:[Ii]n|of|since|by|until|till|from|before|after"
    r"|early|late|mid|last|next"
                         r"|this|each|every|to|and|between|during|for|on))[ -]\Z")
DATE_AFTER = re.compile(r" [0-9]|, (?:19|20)[0-9]{2}|-[0-9]")


def could_be_named(text: str, match: re.Match[str], allowlist: Allowlist) -> bool:
    """Return whether a word is on no list, or a first name; not if it is part of an allowed name or a date."""
    word = match[0]
    if not _could_be_named(word, allowlist):
        return False
    if is_unknown(word, allowlist.words):
        return not is_allowed_person(text, match.start(), plain(word), allowlist)
    return not (plain(word) in MONTHS and (
        DATE_BEFORE.search(text, max(0, match.start() - 10), match.start()) or DATE_AFTER.match(text, match.end())))


def _could_be_named(word: str, allowlist: Allowlist) -> bool:
    return is_unknown(word, allowlist.words) or (is_first_name(word) and plain(word) not in allowlist.words)


class Contexts:
    """The places in a text of the words that make any word after them a name."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.asked = 0
        self.starts: list[int] | None = None

    def precede(self, start: int) -> bool:
        """Return whether one is before a position, in its line and within CONTEXT_WIDTH, as in each of the rules."""
        # Most texts are asked about once or twice; for a list of names all places are found at once.
        self.asked += 1
        if self.asked < MANY:
            return any(True for _ in CONTEXT_WORDS.finditer(
                self.text, max(self.text.rfind("\n", 0, start) + 1, start - CONTEXT_WIDTH, 0), start))
        if self.starts is None:
            self.starts = _starts(self.text)
        at = bisect_left(self.starts, start) - 1
        return at >= 0 and start - self.starts[at] <= CONTEXT_WIDTH and "\n" not in self.text[self.starts[at]:start]


MANY = 100


def _starts(text: str) -> list[int]:
    """Return where CONTEXT_WORDS are in a text, and a few more places: a search for each is faster than for all."""
    small = text.lower()
    if len(small) != len(text):  # a few capitals have small forms of two characters
        return [match.start() for match in CONTEXT_WORDS.finditer(text)]
    found = []
    for word in CONTEXT_STEMS:
        at = small.find(word)
        while at >= 0:
            found.append(at)
            at = small.find(word, at + len(word))
    return sorted(found)


def _stretches(text: str, possible: Iterable[re.Match[str]]) -> Iterator[tuple[int, int]]:
    """Yield the parts of a text around words that could be names: most texts have few of them, and rules are slow."""
    first, last = 0, -1
    for match in possible:
        if match.start() - STRETCH > last >= 0:
            yield first, last
            last = -1
        first = first if last >= 0 else max(0, match.start() - STRETCH)
        last = match.end() + STRETCH
    if last >= 0:
        yield first, min(last, len(text))


def _first_names(text: str, start: int, end: int, allowlist: Allowlist) -> Iterator[Match]:
    """Yield first names that are words too, where they are used as names."""
    for match in ALONE.finditer(text, start, end):
        word = match[match.lastindex or 1]
        at = match.start(match.lastindex or 1)
        if is_first_name(word) and plain(word) not in NOT_ALONE and plain(word) not in PLACES \
                and not text.endswith("'s ", 0, at) and not is_of_school(text, at, plain(word), allowlist) \
                and LOWER_CASE_BEFORE.search(text, max(0, match.start() - 40), match.start()):
            yield from _name_at(text, at, word, allowlist, NAME)
    for match in SUBJECT.finditer(text, start, end):
        word = plain(match[1])
        is_place = word in PLACES and PREPOSITION.search(text, max(0, match.start() - 12), match.start())
        if is_first_name(word) and not is_place and (match[2] or word not in NOT_ALONE) \
                and not text.endswith("'s ", 0, match.start(1)) \
                and not is_of_school(text, match.start(1), word, allowlist):
            yield from _name_at(text, match.start(1), match[1], allowlist, NAME)
    for match in (*FOR_SOMEBODY.matches(text, text[start:end].lower(), start, end),
                  *CLAUSE.finditer(text, start, end)):
        word = plain(match[1])
        if is_first_name(match[1]) and word not in MONTHS and not is_of_school(text, match.start(1), word, allowlist):
            yield from _name_at(text, match.start(1), match[1], allowlist, NAME)
    for match in WITH_LAST_NAME.finditer(text, start, end):
        last = match[2].strip()
        is_month = plain(match[1]) in MONTHS and (
            plain(last) in SURNAMES_THAT_ARE_WORDS or (is_known(last) and plain(last) not in PLACES)
            or not could_be_named(text, match, allowlist))
        if is_first_name(match[1]) and not is_month and plain(match[1]) not in NOT_ALONE - MONTHS \
                and not is_of_school(text, match.start(), plain(match[1]), allowlist) \
                and plain(last) not in allowlist.words \
                and not text.endswith((" the", "The"), 0, max(0, match.start() - 1)) and (
                    _may_be_last_name(last) or (plain(last) in RARER_SURNAMES and BEFORE_FULL_NAME.search(
                        text, max(0, match.start() - 12), match.start()))):
            yield from _name_at(text, match.start(), match[1] + match[2], allowlist, NAME)


def _is_of_no_name(words: str, allowlist: Allowlist) -> bool:
    """Return whether a word before which another may be is a place, a month, or none that could be a name."""
    return any(plain(word) in PLACES or plain(word) in MONTHS or not could_be_name(word, allowlist.words)
               for word in words.split()[:1])


def _may_be_last_name(word: str) -> bool:
    found = plain(word)
    return found in SURNAMES_THAT_ARE_WORDS or found in FIRST_NAMES_THAT_ARE_WORDS or found in PLACES \
        or not is_known(word)


def in_capitals(text: str, allowlist: Allowlist) -> Iterator[Match]:
    """Yield names in capitals, of two words of which neither is on a list."""
    for match in IN_CAPITALS.finditer(text):
        first, second = match[1], match[2]
        if len(first) < 3 or any(plain(word) in allowlist.words for word in (first, second)):
            continue
        named = [is_first_name(word) and plain(word) not in NOT_ALONE for word in (first, second)]
        unknown = [not is_known(word) for word in (first, second)]
        last = [_may_be_last_name(word) or plain(word) in RARER_SURNAMES for word in (first, second)]
        is_subject = text.endswith(("Re: ", "RE: "), 0, match.start(1)) and could_be_name(first, allowlist.words)
        if (is_subject and last[1]) \
                or (unknown[0] and (unknown[1] or plain(second) in PLACES) and len(first + second) > 5) \
                or (named[0] and (unknown[1] or last[1])) or (named[1] and (unknown[0] or last[0])) \
                or (unknown[1] and is_first_name(first) and plain(first) in NOT_ALONE - MONTHS) \
                or (unknown[0] and last[1] and len(first) > 3):
            yield Match("name", match.start(1), match.end(2), f"{plain(first)} {plain(second)}")


def _is_allowed_phrase(words: str, allowlist: Allowlist) -> bool:
    name = as_phrase(words)
    return name in allowlist.words or name in allowlist.phrases or name in allowlist.people


def _foreign(text: str, allowlist: Allowlist) -> Iterator[Match]:
    """Yield a few words in another script than Latin: in an English sentence they are mostly names."""
    for match in FOREIGN.finditer(text) if not text.isascii() else ():
        words = match[0].strip(" '-")
        if len(words) > 1 and len(words.split()) <= MAX_FOREIGN_WORDS and len(words) <= MAX_FOREIGN_LETTERS \
                and words not in LANGUAGES and not _is_allowed_phrase(words, allowlist) \
                and text[match.start() - 1:match.start()] not in ("/", ".", "@") \
                and not WEB_NAME.match(text, match.start() + len(words)):
            yield Match("name", match.start(), match.start() + len(words), words.lower())


def _name_at(text: str, start: int, words: str, allowlist: Allowlist, required: str) -> Iterator[Match]:
    """Yield the name at `start`, if the capitalised `words` there are one and satisfy what is required."""
    parts = words.removesuffix("'s").split()
    while len(parts) > 1 and parts[0] in ("Mr", "Mrs", "Ms", "Miss", "Mx", "Dr"):
        start += len(parts[0]) + 1
        parts = parts[1:]
    if not parts:
        return
    word = plain(parts[0])
    if is_of_place(text, start, start + len(parts[0])) or word in allowlist.last_names or word in allowlist.words \
            or any(covers(text, start, word, place) for place in PLACES_BY_WORD.get(word, ())) \
            or is_allowed_person(text, start, word, allowlist):
        return
    if required == NAME and not (is_unknown(parts[0], allowlist.words) or is_first_name(parts[0])):
        return
    if required == ANY_LAST_NAME and not could_be_last_name(parts[0], allowlist.words):
        return
    if required == ANY_WORD and not could_be_name(parts[0], allowlist.words):
        return
    if required == LAST_NAME and not (is_unknown(parts[0], allowlist.words) or is_first_name(parts[0])
                                      or word in SURNAMES_THAT_ARE_WORDS or word in RARER_SURNAMES
                                      or word in PLACES):
        return
    kept = [parts[0]]
    for part in parts[1:]:
        if not could_be_name(part, allowlist.words):
            break
        kept.append(part)
    name = " ".join(kept)
    yield Match("name", start, start + len(name), name.lower().removesuffix("'s"))
