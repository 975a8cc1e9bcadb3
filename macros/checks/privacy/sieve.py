"""A quick look that proves of most texts that nothing in them can be personal, so that few need the slow one.

Each sign is a part of what a search needs to find anything: whatever a search finds, a sign stands in it. A sign alone
says nothing, and the searches decide.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from .name_signs import NameSigns
from .plain_text import SPECIAL, reading_texts
from .references import BEGUN, LONG_NUMBER
from .search import Allowed

BETWEEN = "\n\n"
"""No search looks across this, so texts with it between them can be looked through at once."""

# A pattern that begins with a set of characters is many times faster than one that first looks at what stands before.
SIGNS: tuple[re.Pattern[str], ...] = tuple(map(re.compile, (
    r"[0-9](?:"
    r"(?:[ ().+_/-]{0,3}[0-9]){8,}"  # NHS, pupil, tax and telephone numbers
    r"|[0-9][ ._-]{0,2}[0-9]{2}[ ._-]{0,2}[0-9]{2}[ ._-]{0,2}[A-Da-d](?![0-9A-Za-z])"  # National Insurance
    r"|(?!th|(?<=1)st|(?<=2)nd|(?<=3)rd)[ABD-HJLNP-UW-Zabd-hjlnp-uw-z]{2}(?![A-Za-z0-9])"  # a postcode's end
    r"|[a-f]?,? (?!January|February|March|April|May|June|July|August|September|October|November|December|Years?|"
    r"Primary|Secondary|Special)[A-Z][a-z'-]+ (?:[A-Z][a-z'-]+ ){0,2}(?:Road|Rd|Street|Avenue|Ave|Close|Lane|Drive|"
    r"Crescent|Court|Gardens|Grove|Terrace|Mews|Rise|Row|Way|Walk|Place|Square|Hill|View))",
    r"\+[1-9]",  # a telephone abroad
    r"[\[({] ?(?i:at|@) ?[\])}]",
    r"[Dd](?:(?<=\b.)(?i:ot)\b|(?i:\.? ?o\.? ?b(?![a-z])|\.o\.b))",  # "dot" in an address, "d.o.b."
    r"[Bb](?i:orn|irth|(?<![a-z].)\. ?[0-9jfmasond])",
    r"[Uu](?<=[Tt].)(?i:rn(?:s|ed)?) \w+ (?i:on) ",  # "turned nine on"
)))

SIX_DIGITS = re.compile(r"[0-9](?<![0-9].)(?<![0-9][ -].)(?!(?<=1)9[0-9]{2}[ -]|(?<=2)0[0-9]{2}[ -])(?:[ -]?[0-9]){5,}")
RING = re.compile(r"\b(?:tel|telephone|phone|mobile|mob|ring|rang|call|called|text|whatsapp|landline|number)\b", re.I)
"""Beside one of these words, six digits that do not begin with a year are a telephone number."""

INSURANCE = re.compile(r"[0-9]{2}(?:(?<=(?i:[a-z]{2})..)|(?<=(?i:[a-z]{2})[ ._-]..))[ ._-]?[0-9]{2}[ ._-]?[0-9]{2}")
NATIONAL = re.compile(r"\b(?:national insurance|ni)", re.I)

BESIDE: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = ((SIX_DIGITS, RING), (INSURANCE, NATIONAL))
"""What is a sign only where something else stands in the characters before it."""

NEAR = 60
LOCAL_PART = re.compile(r"[A-Za-z0-9._%+'-]*\Z")
DOMAIN = re.compile(r"[A-Za-z0-9-][A-Za-z0-9.-]*")

DIGEST = re.compile(r"[0-9a-f]{64}\Z")
"""A checksum of the ledger is one long word, and what is searched for is shorter, or made of several words."""


class Sieve:
    """Sorts out the texts that need the slow look. It remembers which words are no names, up to a bound."""

    def __init__(self, allowed: Allowed) -> None:
        self.names = NameSigns(allowed.known)
        self.emails = {value for kind, value in allowed.values if kind == "email"}

    def suspects(self, texts: Sequence[str]) -> list[str]:
        """Return those of some texts, in their order, in which a search could find something."""
        parts: list[str] = []
        ends: list[int] = []
        of_text: list[int] = []
        end = 0
        for number, text in enumerate(texts):
            if len(text) == 64 and DIGEST.match(text):
                continue
            for part in reading_texts(text) if SPECIAL.search(text) or "  " in text else (text,):
                parts.append(part)
                end += len(part) + len(BETWEEN)
                ends.append(end)
                of_text.append(number)
        whole = BETWEEN.join(parts)
        found = {bisect_right(ends, place) for place in self._signs(whole)}
        numbered = {bisect_right(ends, match.start()) for match in LONG_NUMBER.finditer(whole)} - found
        found.update(number for number in numbered if BEGUN.search(parts[number]))
        return [texts[number] for number in sorted({of_text[number] for number in found})]

    def _signs(self, text: str) -> Iterator[int]:
        for pattern in SIGNS:
            for match in pattern.finditer(text):
                yield match.start()
        for pattern, before in BESIDE:
            for match in pattern.finditer(text):
                if before.search(text, max(0, match.start() - NEAR), match.start()):
                    yield match.start()
        yield from self._emails(text)
        yield from self.names.places(text)

    def _emails(self, text: str) -> Iterator[int]:
        at = text.find("@")
        while at >= 0:
            local, domain = LOCAL_PART.search(text, max(0, at - 100), at), DOMAIN.match(text, at + 1)
            if local and local[0] and domain and f"{local[0]}@{domain[0].rstrip('.-')}".lower() not in self.emails:
                yield at
            at = text.find("@", at + 1)
