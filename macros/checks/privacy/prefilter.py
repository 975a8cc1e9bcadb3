"""A fast test that most texts pass as clean, so that the slow detectors need not run on them.

It must never pass a text in which a detector finds something. The argument has four steps:

1. Each alternative of each detector's pattern has a cue: something shorter that every match must contain, such as the
   last three characters of a postcode, the "@" of an email address, or a capitalised word that may be a name. `CUES`,
   `CUES_IN_CONTEXT`, `_emails` and `NameCandidates` search for them. A cue may be looser than its pattern (then a clean
   text is checked for nothing) but never stricter.
2. A cue is searched for in the same texts that the detectors get: `normalised_strings` shares its algorithm with
   `normalisations`. A text that needs no normalising is its own only normalisation.
3. Texts are joined by JOINT and searched at once, which is much faster than one by one. No cue matches across a JOINT,
   so none is swallowed by a match that began in the text before, and the position of each leads back to its text. At
   the edge of a text a cue's lookarounds see a line break instead of nothing, and treat both alike. A context word in
   the text before may make a number a candidate needlessly: that costs time only.
4. What is skipped besides is proved harmless where it is skipped: checksums (DIGEST), emails on the allowlist, and
   words that could be no name.

tests/test_privacy_site.py checks the claim on thousands of mutated texts. After a change of a detector, look here.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from .allowlist import Allowlist
from .detectors import CONTEXT_WIDTH, LONG_NUMBER, REFERENCE_START
from .names import CAPITALISED, FIRST_NAMES, FULL_NAME, NAME, RULES, could_be_name, is_first_name
from .normalise import NEEDS_NORMALISING, normalised_strings

JOINT = "\n\n"
"""Separates texts that are searched at once. No cue contains a line break."""

# Each starts with a character or a class, and what must precede it is a lookbehind. The reverse would read better, but
# the engine then tries the pattern at every position of the text instead of skipping to the first character.
CUES: tuple[re.Pattern[str], ...] = tuple(map(re.compile, (
    r"[0-9](?:"
    r"(?:[ ().+_/-]{0,3}[0-9]){8,}"  # NHS, pupil, tax and telephone numbers
    r"|[0-9][ ._-]{0,2}[0-9]{2}[ ._-]{0,2}[0-9]{2}[ ._-]{0,2}[A-Da-d](?![0-9A-Za-z])"  # National Insurance
    r"|(?!th|(?<=1)st|(?<=2)nd|(?<=3)rd)[ABD-HJLNP-UW-Zabd-hjlnp-uw-z]{2}(?![A-Za-z0-9])"  # the end of a postcode
    r"|[a-f]?,? (?!January|February|March|April|May|June|July|August|September|October|November|December|Years?|"
    r"Primary|Secondary|Special)[A-Z][a-z'-]+ (?:[A-Z][a-z'-]+ ){0,2}(?:Road|Rd|Street|Avenue|Ave|Close|Lane|Drive|"
    r"Crescent|Court|Gardens|Grove|Terrace|Mews|Rise|Row|Way|Walk|Place|Square|Hill|View))",
    r"\+[1-9]",  # an international telephone number
    r"[\[({] ?(?i:at|@) ?[\])}]",  # "(at)" in an email address
    r"[Dd](?:(?<=\b.)(?i:ot)\b|(?i:\.? ?o\.? ?b(?![a-z])|\.o\.b))",  # "dot" in an email address; "d.o.b."
    r"[Bb](?i:orn|irth|(?<![a-z].)\. ?[0-9jfmasond])",
    r"[Uu](?<=[Tt].)(?i:rn(?:s|ed)?) \w+ (?i:on) ",  # "turned nine on"
)))

SIX_DIGITS = re.compile(r"[0-9](?<![0-9].)(?<![0-9][ -].)(?!(?<=1)9[0-9]{2}[ -]|(?<=2)0[0-9]{2}[ -])(?:[ -]?[0-9]){5,}")
TELEPHONE_WORD = re.compile(
    r"\b(?:tel|telephone|phone|mobile|mob|ring|rang|call|called|text|whatsapp|landline|number)\b", re.I)
INSURANCE = re.compile(r"[0-9]{2}(?:(?<=(?i:[a-z]{2})..)|(?<=(?i:[a-z]{2})[ ._-]..))[ ._-]?[0-9]{2}[ ._-]?[0-9]{2}")
INSURANCE_WORD = re.compile(r"\b(?:national insurance|ni)", re.I)

CUES_IN_CONTEXT: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (SIX_DIGITS, TELEPHONE_WORD), (INSURANCE, INSURANCE_WORD))
"""Cues that count only with a word before them, in CONTEXT_WIDTH: alone they are on every page, in dates and figures.

The detectors allow fewer characters than that between such a word and its number.
"""

LOCAL_PART = re.compile(r"[A-Za-z0-9._%+'-]*\Z")
DOMAIN = re.compile(r"[A-Za-z0-9-][A-Za-z0-9.-]*")

DIGEST = re.compile(r"[0-9a-f]{64}\Z")
"""A SHA-256 checksum of the ledger: one long word, and no detector matches a part of a word of that length."""

CONTEXT_WORDS = re.compile(
    r"\b(?:(?:step|god)?(?:son|daughter|child|mother|father|parent)|boy|girl|brother|sister|sibling|nephew|niece|twin"
    r"|baby|toddler|teenager|young|lad|kid|mum|mam|dad|carer|guardian|nan|gran|foster|aunt|uncle|wife|husband|partner"
    r"|pupil|student|learner|patient|person|man|woman|user|school|famil|friend|teacher|case|aged?|name|reception"
    r"|nursery)|year|-of-", re.I)
"""One of these precedes a name in each of RULES that does not start with the name."""

RULES_STARTING_WITH_NAME = tuple(pattern for _, pattern in RULES if pattern.pattern.startswith(NAME))

WORD = re.compile(r"[A-Z\x80-\U0010ffff](?<=\b[^\W\d_])(?:'[A-Z])?[^\W\d_]{1,30}(?:-[A-Z][a-z]{1,30})?(?:'s)?")
LOWER_CASE_WORD = re.compile(r"[a-z]{2,15}")
TITLED = re.compile(r"(?:M(?:rs?|s|iss|x)|Dr)\.? [A-Z]")

MAX_CACHED_WORDS = 50_000
"""About 5 MB."""


class Prefilter:
    """Sorts out the texts that the detectors have to look at, for one allowlist."""

    def __init__(self, allowlist: Allowlist) -> None:
        self.names = NameCandidates(allowlist.words)
        self.emails = {value for kind, value in allowlist.values if kind == "email"}

    def candidates(self, texts: Sequence[str]) -> list[str]:
        """Return those of the texts, in their order, in which a detector could find something."""
        parts: list[str] = []
        ends: list[int] = []
        text_of_part: list[int] = []
        end = 0
        for number, text in enumerate(texts):
            if len(text) == 64 and DIGEST.match(text):
                continue
            needs_normalising = NEEDS_NORMALISING.search(text) or "  " in text
            for part in normalised_strings(text) if needs_normalising else (text,):
                parts.append(part)
                end += len(part) + len(JOINT)
                ends.append(end)
                text_of_part.append(number)
        joined = JOINT.join(parts)
        found = {bisect_right(ends, start) for start in self._cues(joined)}
        # Long numbers are frequent and the start of a reference is slow to search for: only parts with the first and
        # no other cue are searched for the second.
        numbered = {bisect_right(ends, match.start()) for match in LONG_NUMBER.finditer(joined)} - found
        found.update(number for number in numbered if REFERENCE_START.search(parts[number]))
        return [texts[number] for number in sorted({text_of_part[number] for number in found})]

    def _cues(self, text: str) -> Iterator[int]:
        for pattern in CUES:
            for match in pattern.finditer(text):
                yield match.start()
        for pattern, context in CUES_IN_CONTEXT:
            for match in pattern.finditer(text):
                if context.search(text, max(0, match.start() - CONTEXT_WIDTH), match.start()):
                    yield match.start()
        yield from self._emails(text)
        yield from self.names.places(text)

    def _emails(self, text: str) -> Iterator[int]:
        """Yield each "@" between a local part and a domain, unless together they are an allowed address."""
        at = text.find("@")
        while at >= 0:
            local, domain = LOCAL_PART.search(text, max(0, at - 100), at), DOMAIN.match(text, at + 1)
            if local and local[0] and domain and f"{local[0]}@{domain[0].rstrip('.-')}".lower() not in self.emails:
                yield at
            at = text.find("@", at + 1)


class NameCandidates:
    """Finds where names could be. Remembers which words could be none, up to a bound, as pages share most words."""

    def __init__(self, allowed_words: frozenset[str]) -> None:
        self.allowed_words = allowed_words
        self.no_names: set[str] = set()

    def places(self, text: str) -> Iterator[int]:
        """Yield each position where the name detector could find a name, and a few more."""
        for match in TITLED.finditer(text):
            yield match.start()
        words = set(WORD.findall(text)) - self.no_names
        candidates = {word for word in words if self._could_be_name(word)}
        if len(self.no_names) > MAX_CACHED_WORDS:
            self.no_names.clear()
        self.no_names |= words - candidates
        for match in _occurrences(candidates, text):
            if _may_be_detected(text, match):
                yield match.start()
        for name in FIRST_NAMES.intersection(LOWER_CASE_WORD.findall(text)):
            for match in re.finditer(rf"\b{name}\b", text):
                yield match.start()

    def _could_be_name(self, word: str) -> bool:
        return any(could_be_name(part, self.allowed_words) for part in (word, *CAPITALISED.findall(word)))


def _occurrences(words: Iterable[str], text: str) -> Iterator[re.Match[str]]:
    """Yield each occurrence of some words as WORD matches them. They are few, and `str.find` is faster than a regex."""
    for word in words:
        start = text.find(word)
        while start >= 0:
            match = WORD.match(text, start)
            if match and match[0] == word:
                yield match
            start = text.find(word, start + 1)


def _may_be_detected(text: str, match: re.Match[str]) -> bool:
    """Return whether the text around a possible name could make it one for any rule of the name detector."""
    word, start = match[0].removesuffix("'s"), match.start()
    if "-" in word or "'" in word or is_first_name(word):
        return True
    # No rule allows a line break before its name, and the context word of each is within CONTEXT_WIDTH.
    before = text[max(0, start - CONTEXT_WIDTH):start].rpartition("\n")[2]
    if CONTEXT_WORDS.search(before):
        return True
    full_name = FULL_NAME.match(text, start)
    return bool(full_name and full_name[2]) or any(pattern.match(text, start) for pattern in RULES_STARTING_WITH_NAME)
