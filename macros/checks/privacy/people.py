"""Names of people beside words that tell of a child or a family, such as "her son", "mother of", "aged 9", "Year 5".

A name is a capitalised word that no list of the area holds. Where the words around it alone make it a name ("my son
Zebedee") any such word counts; elsewhere it must be a common first name, or a first and a last name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from .family_words import AGE, ARE, NEEDS, OF_ADULT, OWNER, PUPIL, RELATIVE, SAID, SORT, THEIRS, TITLE, YEAR, YEAR_OLD
from .found import Found
from .names import ORGANISATION, could_be_name, is_first_name

SURE, LIKELY, FIRST = "any capitalised word", "a common first name, or two words", "a common first name"

CAPITAL_LETTER = "[A-ZÀ-ÖØ-Þ]"
LAST = rf"{CAPITAL_LETTER}(?:'[A-Z])?[^\W\d_]{{0,30}}(?:['-][A-Z]?[a-z]{{1,30}}){{0,2}}"
NAME = rf"\b({CAPITAL_LETTER}(?:'[A-Z])?[^\W\d_]{{1,30}}(?:-[A-Z][a-z]{{1,30}})?(?: {LAST}){{0,2}})(?!\w)"

RULES: tuple[tuple[str, re.Pattern[str]], ...] = tuple((strength, re.compile(pattern)) for strength, pattern in (
    (SURE, rf"\b(?i:{OWNER})\b,? (?:{SORT}){{0,3}}(?:{RELATIVE}|partner)s?"
           rf"(?:,? (?:is |was )?(?:called|named)|'s name is| is| was|:)?[ ,(\"'-]{{1,3}}{NAME}"),
    (SURE, rf"\b(?i:{RELATIVE})s? (?:of|to) {NAME}"),
    (SURE, rf"\b(?i:{RELATIVE}|{PUPIL}|person|man|woman),? (?:who (?:is|was) )?(?:called|named|whose name is) {NAME}"),
    (SURE, rf"\b(?i:{YEAR_OLD})(?: {RELATIVE}| {PUPIL})?,?(?: called| named)? {NAME}"
           r"(?! (?:boy|girl|pupil|child|children|school|student))"),
    (LIKELY, rf"\b(?i:family|families|friends?|teacher|case) of {NAME}"),
    (LIKELY, rf"\b(?:{RELATIVE}|{PUPIL}|(?i:{OF_ADULT})),? {NAME}"),
    (FIRST, rf"\b(?i:{RELATIVE}|{PUPIL})(?i:-of-[a-z]+)?s?,? {NAME}"),
    (FIRST, rf"\b[Aa]ged? {AGE},? {NAME}"),
    (SURE, rf"\b(?i:{OWNER}|the) (?:(?:{SORT})?{RELATIVE}'s )?name (?:is|was) {NAME}"),
    (LIKELY, rf"{NAME}(?:,| \(|,? who (?:is|was)| is| was|:)? ?[Aa]ged? {AGE}"),
    (LIKELY, rf"{NAME}(?:,? (?:who )?(?:is|was|turned|turns|just turned)| \(|,|,? now) ?{AGE}(?: years old)?"
             r"(?=[),.;]|$|\s*\n)"),
    (LIKELY, rf"{NAME} (?:is|was) {AGE} years? old"),
    (LIKELY, rf"{NAME}(?:,? (?:who )?(?:is|was|has been|started|starts|goes|went|moved|came))?"
             rf"(?:,? (?:now|still|just|up))? ?(?:,|\(|in|into|from|a|an) ?(?:in |a )?{YEAR}"),
    (FIRST, rf"\b{YEAR}(?:'s)?,? (?:{RELATIVE}|{PUPIL})?,? ?(?:called |named )?{NAME}"),
    (LIKELY, rf"{NAME}'s? (?:\w+ )?{RELATIVE}s?\b"),
    (FIRST, rf"{NAME}'s? (?:\w+ )?{THEIRS}\b"),
    (FIRST, rf"{NAME},? (?:who )?{ARE}[^.\n]{{0,40}}\b{NEEDS}"),
))
"""What stands around a name, and how sure that makes it one."""

IN_SMALL = re.compile(rf"\b(?i:{OWNER}) (?:{SORT}){{0,2}}{RELATIVE}s?,? (?:is )?(?:called |named )?([a-z]{{2,15}})\b")
CAPITAL = re.compile(r"\b[^\W\d_a-z][^\W\d_]{1,30}(?:'s)?")
REACH = 200
"""How many characters before and behind a name the rules look at."""

FAMILY = re.compile(
    rf"\b{OWNER} (?:{SORT}){{0,2}}{RELATIVE}s?\b|'s? {RELATIVE}\b|\b{OF_ADULT} (?:of|to)\b|\baged {AGE}|\b{YEAR}"
    r"|\bpupil\b|year-old\b|\bEHCP\b", re.I)
TITLED = re.compile(rf"\b{TITLE}\.?(?: and {TITLE}\.?)? ([A-Z][^\W\d_]{{1,30}}(?:-[A-Z][a-z]{{1,30}})?"
                    r"(?: [A-Z][^\W\d_]{1,30})?)")
FULL = re.compile(rf"\b([A-Z][a-z]{{1,30}}(?:-[A-Z][a-z]{{1,30}})? {LAST})(?:,? (?:who )?({SAID}))?(?!\w)")
SENTENCE = re.compile(r"(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)(?<!\bSt)[.!?][\"')]*\s+|\n\s*\n|\n")


@dataclass(frozen=True)
class Known:
    """Who may be named, and which words are no names: from the area's own lists. All in small letters."""

    people: frozenset[str] = frozenset()
    words: frozenset[str] = field(default=frozenset())


def people(text: str, known: Known) -> Iterator[Found]:
    """Yield the names in a plain text that stand beside words on a child or a family, office-holders left out."""
    for start, end in _around_names(text, known):
        for strength, pattern in RULES:
            for match in pattern.finditer(text, start, end):
                yield from _named(text, match.start(1), match[1], known, strength)
        for first, last in _sentences_on_families(text, start, end):
            yield from _in_sentence(text, first, last, known)
    for match in IN_SMALL.finditer(text):
        if is_first_name(match[1]):
            yield Found("name", *match.span(1), match[1].lower())


def _around_names(text: str, known: Known) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a text around words that could be names: most texts have few, and the rules are slow."""
    first, last = 0, -1
    for match in CAPITAL.finditer(text):
        if could_be_name(match[0], known.words):
            if match.start() - REACH > last >= 0:
                yield first, last
                last = -1
            first = first if last >= 0 else max(0, match.start() - REACH)
            last = match.end() + REACH
    if last >= 0:
        yield first, last


def _sentences_on_families(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in (*SENTENCE.finditer(text, start, end), None):
        stop = match.start() if match else min(end, len(text))
        if FAMILY.search(text, start, stop):
            yield start, stop
        start = match.end() if match else stop


def _in_sentence(text: str, start: int, end: int, known: Known) -> Iterator[Found]:
    for match in TITLED.finditer(text, start, end):
        last = match[1].split()[-1].lower()
        if match[1] not in ("Justice", "Speaker") and not match[1].startswith("Justice ") \
                and last not in {name.split()[-1] for name in known.people} and could_be_name(match[1], known.words):
            yield Found("name", *match.span(1), match[1].lower())
    for match in FULL.finditer(text, start, end):
        first, last = match[1].split()
        if is_first_name(first) or match[2]:
            yield from _named(text, match.start(1), match[1], known, LIKELY)
    for match in CAPITAL.finditer(text, start, end):
        if is_first_name(match[0]):
            yield from _named(text, match.start(), match[0], known, FIRST)


def _named(text: str, start: int, words: str, known: Known, strength: str) -> Iterator[Found]:
    """Yield a name that begins at a place, where it is one. `words` are the capitalised words that stand there."""
    parts = words.removesuffix("'s").split()
    while parts and parts[0] in ("Mr", "Mrs", "Ms", "Miss", "Mx", "Dr") and len(parts) > 1:
        start += len(parts[0]) + 1
        parts = parts[1:]
    if not parts or text[max(0, start - 3):start] in ("St ", "St."):
        return
    if _is_in_office(text, start, parts[0].lower(), known):
        return
    if not could_be_name(parts[0], known.words) or ORGANISATION.match(text, start + len(parts[0])):
        return
    kept = [parts[0]]
    for part in parts[1:]:
        if not could_be_name(part, known.words):
            break
        kept.append(part)
    if not (strength is SURE or is_first_name(parts[0]) or (strength is LIKELY and len(kept) > 1)):
        return
    end = start + len(" ".join(kept))
    yield Found("name", start, end, " ".join(kept).lower().removesuffix("'s"))


def _is_in_office(text: str, start: int, word: str, known: Known) -> bool:
    """Tell whether a word at a place is part of the whole name of someone who may be named."""
    for person in known.people:
        first = max(0, start - person.find(word))
        if word in person and text[first:first + len(person)].lower() == person:
            return True
    return False
