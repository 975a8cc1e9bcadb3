"""A fast test that most texts pass as clean, so that the slow detectors need not run on them.

It must never pass a text in which a detector finds something. The argument has four steps:

1. Each alternative of each detector's pattern has a cue: something shorter that every match must contain, such as the
   last three characters of a postcode, the "@" of an email address, or a capitalised word that may be a name. `CUES`,
   `CUES_IN_CONTEXT`, `_emails` and `NameCandidates` search for them. A cue may be looser than its pattern (then a clean
   text is checked for nothing) but never stricter.
2. A cue is searched for in the same texts that the detectors get, those of `normalisations`.
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
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from . import traces
from .allowlist import Allowlist
from .detectors import (
    CONTEXT_WIDTH,
    LONG_NUMBER,
    REFERENCE_START,
    STREET_WORD,
    Match,
    addresses,
    birth_dates,
    case_references,
    personal_numbers,
    telephones,
)
from .known_words import could_be_last_name, is_unknown
from .name_rules import (
    CHILD_ALONE,
    END_OF_LABEL,
    FOREIGN_LETTER,
    INTRODUCTIONS,
    LOWER_CASE_NAME,
    OWNED,
    ROLES,
    UPPER,
    WORD,
    Rule,
)
from .names import Contexts, could_be_named, in_capitals, personal_names
from .normalise import NormalisedText, needs_normalising, normalisations

JOINT = "\n\n"
"""Separates texts that are searched at once. No cue contains a line break."""

Detector = Callable[..., Iterator[Match]]
Detectors = tuple[Detector, ...]

# Each starts with a character or a class, and what must precede it is a lookbehind. The reverse would read better, but
# the engine then tries the pattern at every position of the text instead of skipping to the first character.
CUES: tuple[tuple[Rule, Detectors], ...] = tuple((Rule(cue, tuple(needed) or ("",)), detectors)
                                                 for cue, detectors, *needed in (
    # One pattern for all that begins with a digit, since each takes a walk through the text:
    # NHS, pupil, tax and telephone numbers
    (r"[0-9](?:(?:[ ().+_/-]{0,3}[0-9]){8,}"
    # National Insurance
     r"|[0-9][ ._-]{0,2}[0-9]{2}[ ._-]{0,2}[0-9]{2}[ ._-]{0,2}[A-Da-d](?![0-9A-Za-z])"
    # the end of a postcode, and a street
     r"|(?!th|(?<=1)st|(?<=2)nd|(?<=3)rd)[ABD-HJLNP-UW-Zabd-hjlnp-uw-z]{2}(?![A-Za-z0-9])"
     r"|[a-f]?,? (?!January|February|March|April|May|June|July|August|September|October|November|December|Years?|"
     r"Primary|Secondary|Special)[A-Z][a-z'-]+ (?:[A-Z][a-z'-]+ ){0,2}"
     rf"(?:{STREET_WORD}|Green))", (personal_numbers, telephones, addresses)),
    (r"\+[1-9]", (telephones,)),  # an international number
    (r"[\[({] ?(?i:at|@) ?[\])}]", (addresses,)),  # "(at)" in an email address
    (r"[OoZzNnFf](?<![A-Za-z].)(?i:h|ero|ought|our)?[ ,-]{1,3}(?i:oh|o|zero|one|two|three|four|five|six|seven|eight"
     r"|nine|ten|double|treble|triple|nought|hundred)\b", (telephones,)),  # a number in words
    (r"[FA](?:lat|partment|pt) [0-9]", (addresses,), "flat ", "apartment ", "apt "),
    (r"(?:Cottage|Rectory|Vicarage|Farmhouse|Bungalow|Villa)\b", (addresses,)),
    *traces.CUES))
"""What each match of a detector holds, with the detectors, and as in a rule the words one of which it holds."""

SMALL_CUES: tuple[tuple[Rule, Detectors], ...] = tuple((Rule(cue), detectors) for cue, detectors in (
    (r"dot(?<=\bdot)\b", (addresses,)),
    (r"d(?:\.? ?o\.? ?b(?![a-z])|\.o\.b)", (birth_dates,)),
    (r"b(?:orn|irth|(?<![a-z].)\. ?[0-9jfmasond])", (birth_dates,)),
    *traces.SMALL_CUES))
"""The same in small letters: the engine skips to one letter in a fifth of the time that it takes for two."""

SIX_DIGITS = re.compile(r"[0-9](?<![0-9].)(?<![0-9][ -].)(?!(?<=1)9[0-9]{2}[ -]|(?<=2)0[0-9]{2}[ -])(?:[ -]?[0-9]){5,}")
TELEPHONE_WORD = re.compile(
    r"\b(?:tel|telephone|phone|mobile|mob|ring|rang|call|called|text|whatsapp|landline|number)\b", re.I)
INSURANCE = re.compile(r"[0-9][0-9](?:(?<=(?i:[a-z]{2})..)|(?<=(?i:[a-z]{2})[ ._-]..))[ ._-]?[0-9]{2}[ ._-]?[0-9]{2}")
INSURANCE_WORD = re.compile(r"\b(?:national insurance|ni)", re.I)

ON_A_DAY = re.compile(r"[Oo]n (?:the )?[0-9A-Za-z]")
OF_AN_AGE = re.compile(r"\b(?:turn(?:s|ed|ing)?|will be|to be|was|birthday (?:is|was"
    r"|falls)) (?:[\w-]{1,12} )?(?:years old )?\Z"
                       r"|birthday (?:is |was |falls )?\Z", re.I)
HOUSE = re.compile(r"(?:House|Lodge|Barn|Manor|Mill|Forge|Farm)\b")
LIVES = re.compile(r"\b(?:lives?|lived|living|home)\b", re.I)

CUES_IN_CONTEXT: tuple[tuple[re.Pattern[str], re.Pattern[str], Detectors], ...] = (
    (SIX_DIGITS, TELEPHONE_WORD, (telephones,)), (INSURANCE, INSURANCE_WORD, (personal_numbers,)),
    (ON_A_DAY, OF_AN_AGE, (birth_dates,)), (HOUSE, LIVES, (addresses,)),
    *((re.compile(cue), re.compile(context, re.I), detectors) for cue, context, detectors in traces.CUES_IN_CONTEXT))
"""Cues that count only with a word before them, in CONTEXT_WIDTH: alone they are on every page, in dates and figures.

The detectors allow fewer characters than that between such a word and its number.
"""

ANYWHERE = tuple(re.compile(context.pattern.replace(r"\Z", ""), context.flags) for _, context, _ in CUES_IN_CONTEXT)
"""Those words wherever they are: a text with MANY cues and none of them is not searched further."""

MANY = 100

AT = re.compile(r"@(?<=[A-Za-z0-9._%+'-].)(?=[A-Za-z0-9-])")
LOCAL_PART = re.compile(r"[A-Za-z0-9._%+'-]*\Z")
DOMAIN = re.compile(r"[A-Za-z0-9-][A-Za-z0-9.-]*")

DIGEST = re.compile(r"[0-9a-f]{64}\Z")
"""A SHA-256 checksum of the ledger: one long word, and no detector matches a part of a word of that length."""

NAME_CUES = tuple(map(re.compile, (
    rf"M(?:rs?|s|iss|x|aster)\.? {UPPER}",
    rf"{UPPER}\. ?{UPPER}",
    r"[A-Z](?<![\w.-].)[A-Z](?=[ ,(:-].{0,14}(?:[Yy](?:ea)?r|Y[1-9R]|[Rr]eception|[Nn]ursery))",
    rf"he (?<=[Tt]he ){UPPER}[^\n]{{1,90}} (?:case|famil|child|twins|household|appeal|sibling|parent)",
    FOREIGN_LETTER,
    OWNED,
    rf"[yof,:](?=\s{{1,3}}{UPPER})(?:{'|'.join(f'(?<={words[1:]})' for words in (*INTRODUCTIONS, *ROLES))})",
)))

BEFORE_FAMILY = Rule(rf"{UPPER}[^\n]{{1,90}} family\b", ("family",))
FEW = 5
MAX_OCCURRENCES = 10_000
MAX_CACHED_WORDS = 50_000
"""About 5 MB."""


class Cue(NamedTuple):
    """A place in a text, and the detectors that could find something there."""

    start: int
    end: int
    detectors: Detectors


Windows = dict[Detector, list[tuple[int, int]]]
"""The parts of a text that each detector has to look at; those without any are left out."""

MARGIN = {traces.descriptions: 700, personal_names: 300}
OTHER_MARGIN = 250
"""How far from its cue a detector looks: to the ends of the sentence, of a wording around a name, or of a number with
what explains it."""

BESIDE = 100
"""Cues that are this near each other are looked at together, and of many words only one is looked up."""

MAX_WORD = 2000
"""A window is as much longer as it needs to have the whole of an address on the web."""


class Joined(NamedTuple):
    """Texts that are searched at once: normalised parts of them, where each ends, and the text that it is of."""

    text: str
    parts: list[str]
    ends: list[int]
    text_of_part: list[int]

    def number_at(self, position: int) -> int:
        """Return the number of the part at a position."""
        return bisect_right(self.ends, position)


class Prefilter:
    """Sorts out the texts that the detectors have to look at, for one allowlist."""

    def __init__(self, allowlist: Allowlist) -> None:
        self.names = NameCandidates(allowlist)
        self.emails = {value for kind, value in allowlist.values if kind == "email"}

    def candidates(self, texts: Sequence[str]) -> list[str]:
        """Return those of the texts, in their order, in which a detector could find something."""
        joined = self._joined(texts)
        found = {joined.number_at(cue.start) for cue in self._cues(joined.text)}
        found.update(joined.number_at(start) for start, _ in self.names.places(joined.text))
        found.update(joined.number_at(cue.start) for cue in self._cues_in_parts(joined, found))
        return [texts[number] for number in sorted({joined.text_of_part[number] for number in found})]

    def windows(self, text: str, *, with_names: bool = True) -> list[tuple[NormalisedText, Windows]]:
        """Return the normalisations of a text in which a detector could find something, with where each could."""
        return [(part, windows) for part in _normalised(text) if (windows := self._windows(part.text, with_names))]

    def _windows(self, text: str, with_names: bool) -> Windows:
        found: dict[Detector, list[tuple[int, int]]] = defaultdict(list)
        alone = Joined(text, [text], [len(text) + len(JOINT)], [0])
        for cue in chain(self._cues(text, BESIDE), self._cues_in_parts(alone, set())):
            for detector in cue.detectors:
                found[detector].append((cue.start, cue.end))
        if with_names and (names := list(self.names.places(text, BESIDE))):
            found[personal_names] = names
        return {detector: _around(text, sorted(places), MARGIN.get(detector, OTHER_MARGIN))
                for detector, places in found.items()}

    def _joined(self, texts: Sequence[str]) -> Joined:
        parts: list[str] = []
        ends: list[int] = []
        text_of_part: list[int] = []
        end = 0
        for number, text in enumerate(texts):
            for part in _strings(text):
                parts.append(part)
                end += len(part) + len(JOINT)
                ends.append(end)
                text_of_part.append(number)
        return Joined(JOINT.join(parts), parts, ends, text_of_part)

    def _cues_in_parts(self, joined: Joined, known: set[int]) -> Iterator[Cue]:
        # Long numbers are frequent and the start of a reference is slow to search for: only parts with the first and
        # no other cue are searched for the second.
        for pattern, required, detectors in ((LONG_NUMBER, REFERENCE_START, (case_references,)),
                                             (traces.SCHOOL_WORD, traces.CONDITION, (traces.descriptions,))):
            found = defaultdict(list)
            for match in pattern.finditer(joined.text):
                found[joined.number_at(match.start())].append(match.span())
            for number, spans in found.items():
                if number not in known and required.search(joined.parts[number].lower()):
                    yield from (Cue(*span, detectors) for span in spans)

    def _cues(self, text: str, beside: int = -1) -> Iterator[Cue]:
        small = _in_small_letters(text)
        for cues, searched in ((CUES, text), (SMALL_CUES, small)):
            for cue, detectors in cues:
                for start, end in _merged((match.span() for match in cue.matches(searched, small)), beside):
                    yield Cue(start, end, detectors)
        for (pattern, context, detectors), anywhere in zip(CUES_IN_CONTEXT, ANYWHERE, strict=True):
            last = -1
            for number, match in enumerate(pattern.finditer(text)):
                if number == MANY and not anywhere.search(text):
                    break
                start, end = match.span()
                if (number > MAX_OCCURRENCES and 0 <= start - last <= beside) \
                        or context.search(text, max(0, start - CONTEXT_WIDTH), start):
                    last = end
                    yield Cue(start, end, detectors)
        yield from (Cue(start, start, (addresses,)) for start in self._emails(text))

    def _emails(self, text: str) -> Iterator[int]:
        """Yield each "@" between a local part and a domain, unless together they are an allowed address."""
        for match in AT.finditer(text):
            at = match.start()
            local, domain = LOCAL_PART.search(text, max(0, at - 100), at), DOMAIN.match(text, at + 1)
            if local and domain and f"{local[0]}@{domain[0].rstrip('.-')}".lower() not in self.emails:
                yield at


def _in_small_letters(text: str) -> str:
    """Return a text in small letters, each in its place: only that of İ would take two."""
    return text.replace("İ", "I").lower()


def _normalised(text: str) -> Iterable[NormalisedText]:
    return () if len(text) == 64 and DIGEST.match(text) else normalisations(text)


def _strings(text: str) -> Iterable[str]:
    return [part.text for part in _normalised(text)] if len(text) == 64 or needs_normalising(text) else (text,)


def _merged(spans: Iterable[tuple[int, int]], beside: int) -> Iterator[tuple[int, int]]:
    """Yield spans in a text, and as one those that are `beside` each other: a text may be full of them."""
    if beside < 0:
        yield from spans
        return
    first = last = -1
    for start, end in spans:
        if first < 0:
            first, last = start, end
        elif start - last <= beside:
            last = end
        else:
            yield first, last
            first, last = start, end
    if first >= 0:
        yield first, last


def _around(text: str, places: Iterable[tuple[int, int]], margin: int) -> list[tuple[int, int]]:
    """Return the parts of a text around some places in it, in their order, without overlaps and with whole words."""
    found: list[tuple[int, int]] = []
    for start, end in places:
        if found and start - margin <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], end + margin)
        else:
            found.append((start - margin, end + margin))
    whole: list[tuple[int, int]] = []
    for first, last in found:
        at_least, at_most = max(0, first - MAX_WORD), last + MAX_WORD
        first = max(at_least, *(text.rfind(space, at_least, max(0, first) + 1) for space in " \n"))
        last = min(at_most, len(text), *(at for space in " \n" if (at := text.find(space, last, at_most)) >= 0))
        if whole and first <= whole[-1][1]:
            whole[-1] = whole[-1][0], last
        else:
            whole.append((first, last))
    return whole


class NameCandidates:
    """Finds where names could be. Remembers which words could be none, up to a bound, as pages share most words."""

    def __init__(self, allowlist: Allowlist) -> None:
        self.allowlist = allowlist
        self.no_names: set[str] = set()

    def places(self, text: str, beside: int = -1) -> Iterator[tuple[int, int]]:
        """Yield each place where the name detector could find a name, and a few more."""
        small = _in_small_letters(text)
        for matches in (END_OF_LABEL.finditer(small), *(pattern.finditer(text) for pattern in NAME_CUES)):
            yield from _merged((match.span() for match in matches), beside)
        for rule in (*CHILD_ALONE, LOWER_CASE_NAME, BEFORE_FAMILY):
            yield from _merged((match.span() for match in rule.matches(text, small)), beside)
        for found in in_capitals(text, self.allowlist):
            yield found.start, found.end
        words = set(WORD.findall(text)) - self.no_names
        allowed = self.allowlist.words
        candidates = {word for word in words if could_be_last_name(word, allowed) or is_unknown(word, allowed)}
        if len(self.no_names) > MAX_CACHED_WORDS:
            self.no_names.clear()
        self.no_names |= words - candidates
        contexts = Contexts(text)
        last = -1
        for number, match in enumerate(_occurrences(candidates, text)):
            start, end = match.span()
            if (number > MAX_OCCURRENCES and 0 <= start - last <= beside) or contexts.precede(start) \
                    or could_be_named(text, match, self.allowlist):
                last = end
                yield start, end


def _occurrences(words: set[str], text: str) -> Iterator[re.Match[str]]:
    """Yield each occurrence of some words as WORD matches them. To look for a few, `str.find` is faster than a regex.
    """
    if len(words) > FEW or sum(map(text.count, words)) > MAX_OCCURRENCES:
        yield from (match for match in WORD.finditer(text) if match[0] in words)
        return
    for word in words:
        start = text.find(word)
        while start >= 0:
            match = WORD.match(text, start)
            if match and match[0] == word:
                yield match
            start = text.find(word, start + 1)
