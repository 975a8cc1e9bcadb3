"""Detects names of people near words about a child or a family, such as "her son", "mother of", "aged 9", "Year 5".

A name is a capitalised word in no list of the area. Where the wording alone makes it a name ("my son Zebedee") any such
word counts; elsewhere it must be a common first name, or a first and a last name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from .allowlist import Allowlist
from .detectors import Match


def _words_in(name: str) -> frozenset[str]:
    return frozenset(Path(__file__).with_name(name).read_text(encoding="utf-8").split())


FIRST_NAMES = _words_in("first-names.txt")
"""Common first names of children and adults in England and Wales, in lower case. Those that are also ordinary words,
such as Will or May, are left out."""

NOT_NAMES = _words_in("not-names.txt")
"""Words that start with a capital at the start of a sentence or in a title, and are no person's name; in lower case."""

ORGANISATION = re.compile(
    r"(?:[ -](?:[A-Z][\w'-]{0,30}|of|and|the|for|&)){0,4}? (?:School|Academy|College|Hospital|Council|Trust|Centre"
    r"|Forum|Primary|Secondary|Infants?|Juniors?|Nursery|University|Partnership|Board|Committee|Foundation|Society"
    r"|Association|Service|Services|Team|Hub|Unit|Church|Hall|Park|Road|Street|House|Grove|Hill|Award|Awards|Act|Report"
    r"|Review|Programme)\b|(?:'s)? (?:school|academy|college|hospital|council|nursery|church) (?:in|at|opened|has)\b")
"""What follows a word in the name of an organisation or a place."""


def any_of(*words: str) -> str:
    """Return a pattern that matches any of some words or patterns."""
    return f"(?:{'|'.join(words)})"


CHILD = any_of("(?:grand|step|god)?(?:son|daughter|child)", "boy", "girl", "brother", "sister", "sibling", "nephew",
               "niece", "twin", "baby", "toddler", "teenager", "youngster", "lad", "kid")
ADULT = any_of("(?:grand|step|god|foster )?(?:mother|father|parent)", "mum", "mummy", "mam", "dad", "daddy", "carer",
               "guardian", "nan", "nana", "gran", "grandma", "granddad", "grandad", "grandpa", "aunt", "auntie",
               "uncle", "wife", "husband")
RELATIVE = any_of(CHILD, ADULT)
PUPIL = any_of("pupil", "student", "learner", "patient", "young person", "young man", "young woman", "service user",
               "schoolboy", "schoolgirl")

ATTRIBUTE = any_of("foster", "step", "adopted", "adoptive", "younger", "older", "elder", "eldest", "youngest", "oldest",
                   "little", "disabled", "autistic", "deaf", "blind", "twin", "only", "first", "middle", "late", "own",
                   "dear", "teenage", "non-verbal", "[a-z]{1,12}[ -]year[ -]old", "[0-9]{1,2}[ -]year[ -]old") + "[ -]"
"""What can precede a word such as "son": "eldest son", "nine-year-old son"."""

WORD_AGE = any_of("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
                  "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
AGE = rf"(?:[1-9]|1[0-9]|2[0-5]|{WORD_AGE})(?![0-9-]|[.,][0-9])"
YEAR_OLD = rf"(?:[0-9]{{1,2}}|{WORD_AGE})[ -]year[ -]old"
SCHOOL_YEAR = r"(?:[Yy]ear(?: group)? (?:R|[1-9]|1[0-3])|[Rr]eception|[Nn]ursery)(?![0-9])"
"""A school year or class."""

NEEDS = any_of("EHCP", "EHC plan", "autism", "autistic", "ADHD", "Down", "cerebral", "epilep", "dyslexi", "diagnos",
               "out of school", "no school", "excluded", "off-rolled", "non-verbal", "wheelchair", "home[- ]educated",
               "special needs", "special educational", "speech therap", "school place")
POSSESSION = any_of("family", "EHCP", "EHC", "plan", "diagnosis", "needs", "teacher", "school",
                    "transport", "taxi", "placement", "assessment", "annual review", "tribunal", "appeal", "case",
                    "social worker", "therapist", "birthday", "autism", "disability", "behaviour", "escort")
"""What belongs to a child or to its case: "Zebedee's EHCP"."""

POSSESSIVE = any_of("my", "her", "his", "their", "our", "your", "whose")
STATE_VERB = any_of("has", "had", "needs?", "got", "gets", "lost", "waits?", "waited", "waiting", "is", "was", "cannot",
                    "can't", "does not", "did not")
SPEECH_VERB = any_of("said", "says", "told", "wrote", "asked", "explained", "rang", "called", "complained", "contacted",
                     "spoke", "emailed", "reported", "waited")
TITLE = any_of("Mr", "Mrs", "Ms", "Miss", "Mx")

ANY_WORD, LIKELY_NAME, FIRST_NAME = "any capitalised word", "a common first name or two words", "a common first name"
"""What a rule requires of the capitalised words in its place, from the surest wording to the weakest."""

CAPITAL_LETTER = "[A-ZÀ-ÖØ-Þ]"
SURNAME = rf"{CAPITAL_LETTER}(?:'[A-Z])?[^\W\d_]{{0,30}}(?:['-][A-Z]?[a-z]{{1,30}}){{0,2}}"
NAME = rf"\b({CAPITAL_LETTER}(?:'[A-Z])?[^\W\d_]{{1,30}}(?:-[A-Z][a-z]{{1,30}})?(?: {SURNAME}){{0,2}})(?!\w)"

RULES: tuple[tuple[str, re.Pattern[str]], ...] = tuple((required, re.compile(pattern)) for required, pattern in (
    (ANY_WORD, rf"\b(?i:{POSSESSIVE})\b,? (?:{ATTRIBUTE}){{0,3}}(?:{RELATIVE}|partner)s?"
               rf"(?:,? (?:is |was )?(?:called|named)|'s name is| is| was|:)?[ ,(\"'-]{{1,3}}{NAME}"),
    (ANY_WORD, rf"\b(?i:{RELATIVE})s? (?:of|to) {NAME}"),
    (ANY_WORD, rf"\b(?i:{RELATIVE}|{PUPIL}|person|man|woman),? (?:who (?:is|was) )?"
               rf"(?:called|named|whose name is) {NAME}"),
    (ANY_WORD, rf"\b(?i:{YEAR_OLD})(?: {RELATIVE}| {PUPIL})?,?(?: called| named)? {NAME}"
               r"(?! (?:boy|girl|pupil|child|children|school|student))"),
    (LIKELY_NAME, rf"\b(?i:family|families|friends?|teacher|case) of {NAME}"),
    (LIKELY_NAME, rf"\b(?:{RELATIVE}|{PUPIL}|(?i:{ADULT})),? {NAME}"),
    (FIRST_NAME, rf"\b(?i:{RELATIVE}|{PUPIL})(?i:-of-[a-z]+)?s?,? {NAME}"),
    (FIRST_NAME, rf"\b[Aa]ged? {AGE},? {NAME}"),
    (ANY_WORD, rf"\b(?i:{POSSESSIVE}|the) (?:(?:{ATTRIBUTE})?{RELATIVE}'s )?name (?:is|was) {NAME}"),
    (LIKELY_NAME, rf"{NAME}(?:,| \(|,? who (?:is|was)| is| was|:)? ?[Aa]ged? {AGE}"),
    (LIKELY_NAME, rf"{NAME}(?:,? (?:who )?(?:is|was|turned|turns|just turned)| \(|,|,? now) ?{AGE}(?: years old)?"
                  r"(?=[),.;]|$|\s*\n)"),
    (LIKELY_NAME, rf"{NAME} (?:is|was) {AGE} years? old"),
    (LIKELY_NAME, rf"{NAME}(?:,? (?:who )?(?:is|was|has been|started|starts|goes|went|moved|came))?"
                  rf"(?:,? (?:now|still|just|up))? ?(?:,|\(|in|into|from|a|an) ?(?:in |a )?{SCHOOL_YEAR}"),
    (FIRST_NAME, rf"\b{SCHOOL_YEAR}(?:'s)?,? (?:{RELATIVE}|{PUPIL})?,? ?(?:called |named )?{NAME}"),
    (LIKELY_NAME, rf"{NAME}'s? (?:\w+ )?{RELATIVE}s?\b"),
    (FIRST_NAME, rf"{NAME}'s? (?:\w+ )?{POSSESSION}\b"),
    (FIRST_NAME, rf"{NAME},? (?:who )?{STATE_VERB}[^.\n]{{0,40}}\b{NEEDS}"),
))
"""The wording around a name, and what is required of the name in it.

`prefilter.py` needs each rule to start with NAME or to have one of its CONTEXT_WORDS before it.
"""

LOWER_CASE_NAME = re.compile(
    rf"\b(?i:{POSSESSIVE}) (?:{ATTRIBUTE}){{0,2}}{RELATIVE}s?,? (?:is )?(?:called |named )?([a-z]{{2,15}})\b")
CAPITALISED = re.compile(r"\b[^\W\d_a-z][^\W\d_]{1,30}(?:'s)?")
RULE_CONTEXT_WIDTH = 200
"""How many characters before and after a name the rules look at."""

FAMILY_CONTEXT = re.compile(
    rf"\b{POSSESSIVE} (?:{ATTRIBUTE}){{0,2}}{RELATIVE}s?\b|'s? {RELATIVE}\b|\b{ADULT} (?:of|to)\b|\baged {AGE}"
    rf"|\b{SCHOOL_YEAR}|\bpupil\b|year-old\b|\bEHCP\b", re.I)
TITLED = re.compile(
    rf"\b{TITLE}\.?(?: and {TITLE}\.?)? ([A-Z][^\W\d_]{{1,30}}(?:-[A-Z][a-z]{{1,30}})?(?: [A-Z][^\W\d_]{{1,30}})?)")
FULL_NAME = re.compile(
    rf"\b([A-Z][a-z]{{1,30}}(?:-[A-Z][a-z]{{1,30}})? {SURNAME})(?:,? (?:who )?({SPEECH_VERB}))?(?!\w)")
SENTENCE_END = re.compile(r"(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)(?<!\bSt)[.!?][\"')]*\s+|\n\s*\n|\n")


def is_first_name(word: str) -> bool:
    """Return whether a word is a common first name, in any case, also as the first part of a hyphenated name."""
    word = word.lower().removesuffix("'s").strip("'-")
    return word in FIRST_NAMES or ("-" in word and word.split("-")[0] in FIRST_NAMES)


@lru_cache(maxsize=20_000)
def could_be_name(word: str, allowed_words: frozenset[str]) -> bool:
    """Return whether a capitalised word could be a name: a first name, or in none of the lists of other words."""
    plain = word.lower().removesuffix("'s").strip("'-")
    return is_first_name(word) or (
        plain not in NOT_NAMES and plain not in allowed_words and plain.split("-")[0] not in NOT_NAMES)


def personal_names(text: str, allowlist: Allowlist) -> Iterator[Match]:
    """Yield the names in a text that are near words about a child or a family, except those of office-holders."""
    for start, end in _stretches_around_names(text, allowlist):
        for required, pattern in RULES:
            for match in pattern.finditer(text, start, end):
                yield from _name_at(text, match.start(1), match[1], allowlist, required)
        for first, last in _sentences_about_families(text, start, end):
            yield from _names_in_sentence(text, first, last, allowlist)
    for match in LOWER_CASE_NAME.finditer(text):
        if is_first_name(match[1]):
            yield Match("name", *match.span(1), match[1].lower())


def _stretches_around_names(text: str, allowlist: Allowlist) -> Iterator[tuple[int, int]]:
    """Yield the parts of a text around words that could be names: most texts have few of them, and RULES are slow."""
    first, last = 0, -1
    for match in CAPITALISED.finditer(text):
        if could_be_name(match[0], allowlist.words):
            if match.start() - RULE_CONTEXT_WIDTH > last >= 0:
                yield first, last
                last = -1
            first = first if last >= 0 else max(0, match.start() - RULE_CONTEXT_WIDTH)
            last = match.end() + RULE_CONTEXT_WIDTH
    if last >= 0:
        yield first, last


def _sentences_about_families(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in (*SENTENCE_END.finditer(text, start, end), None):
        stop = match.start() if match else min(end, len(text))
        if FAMILY_CONTEXT.search(text, start, stop):
            yield start, stop
        start = match.end() if match else stop


def _names_in_sentence(text: str, start: int, end: int, allowlist: Allowlist) -> Iterator[Match]:
    allowed_surnames = {person.split()[-1] for person in allowlist.people}
    for match in TITLED.finditer(text, start, end):
        # "Mr Justice Smith" is a judge, and "Mr Speaker" an office.
        is_judge_or_speaker = match[1] in ("Justice", "Speaker") or match[1].startswith("Justice ")
        if not is_judge_or_speaker and match[1].split()[-1].lower() not in allowed_surnames \
                and could_be_name(match[1], allowlist.words):
            yield Match("name", *match.span(1), match[1].lower())
    for match in FULL_NAME.finditer(text, start, end):
        if is_first_name(match[1].split()[0]) or match[2]:
            yield from _name_at(text, match.start(1), match[1], allowlist, LIKELY_NAME)
    for match in CAPITALISED.finditer(text, start, end):
        if is_first_name(match[0]):
            yield from _name_at(text, match.start(), match[0], allowlist, FIRST_NAME)


def _name_at(text: str, start: int, words: str, allowlist: Allowlist, required: str) -> Iterator[Match]:
    """Yield the name at `start`, if the capitalised `words` there are one and satisfy what is required."""
    parts = words.removesuffix("'s").split()
    while len(parts) > 1 and parts[0] in ("Mr", "Mrs", "Ms", "Miss", "Mx", "Dr"):
        start += len(parts[0]) + 1
        parts = parts[1:]
    if not parts or text[max(0, start - 3):start] in ("St ", "St."):
        return
    if _is_allowed_person(text, start, parts[0].lower(), allowlist):
        return
    if not could_be_name(parts[0], allowlist.words) or ORGANISATION.match(text, start + len(parts[0])):
        return
    kept = [parts[0]]
    for part in parts[1:]:
        if not could_be_name(part, allowlist.words):
            break
        kept.append(part)
    if required == ANY_WORD or is_first_name(parts[0]) or (required == LIKELY_NAME and len(kept) > 1):
        name = " ".join(kept)
        yield Match("name", start, start + len(name), name.lower().removesuffix("'s"))


def _is_allowed_person(text: str, start: int, word: str, allowlist: Allowlist) -> bool:
    """Return whether the word at `start` is part of the full name of someone on the allowlist.

    The whole name must be there: "Robin" of an office-holder Robin Sample is not allowed alone, as it may be a child.
    """
    for person in allowlist.people:
        first = max(0, start - person.find(word))
        if word in person and text[first:first + len(person)].lower() == person:
            return True
    return False
