"""Runs all detectors over a text: the pure core of the privacy check."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from .allowlist import Allowlist
from .detectors import Match, addresses, birth_dates, case_references, personal_numbers, telephones
from .names import personal_names
from .normalise import normalisations

KINDS = {
    "nhs-number": "NHS number", "pupil-number": "unique pupil number", "insurance-number": "National Insurance number",
    "tax-reference": "taxpayer reference", "telephone": "telephone number", "email": "email address that is not listed",
    "postcode": "postcode that is not listed", "street": "street address that is not listed",
    "birth": "date of birth", "reference": "case or plan reference",
    "name": "name of a person near words about a family",
}
"""The label of each kind in a message. Of two overlapping findings the one whose kind comes first here is kept."""

LISTABLE_KINDS = frozenset(("email", "telephone", "postcode", "street"))
"""Contact details and addresses, which an area may list in its data to allow them."""

PRIORITY = {kind: number for number, kind in enumerate(KINDS)}
FILE_NAME_SEPARATORS = str.maketrans("-_.", "   ")


@dataclass(frozen=True, order=True)
class Finding:
    """Possible personal data: `length` characters from `start` of the original text.

    `value` is its canonical form, the same however it is written. It is excluded from `repr` and from every message,
    because the log of a check is public.
    """

    start: int
    length: int
    kind: str
    value: str = field(repr=False, default="")

    @property
    def end(self) -> int:
        """The position after its last character."""
        return self.start + self.length

    def position(self, text: str) -> tuple[int, int]:
        """Return its line and column, both counted from 1, in the text that it was found in."""
        return text.count("\n", 0, self.start) + 1, self.start - text.rfind("\n", 0, self.start)

    def overlaps(self, other: Finding) -> bool:
        """Return whether both share a character."""
        return self.start < other.end and other.start < self.end


def findings(text: str, allowlist: Allowlist | None = None) -> list[Finding]:
    """Return possible personal data that is not on the allowlist, by position. Raises nothing for any text."""
    allowlist = allowlist or Allowlist()
    found: list[Finding] = []
    for normalised in normalisations(text):
        for match in _matches(normalised.text, allowlist):
            if (match.kind, match.value) not in allowlist.values:
                start, end = normalised.original_span(match.start, match.end)
                found.append(Finding(start, end - start, match.kind, match.value))
    # Several detectors, or several normalisations of one text, may find the same characters: one finding is kept.
    kept: list[Finding] = []
    for finding in sorted(found, key=lambda finding: (PRIORITY[finding.kind], -finding.length, finding.start)):
        if not any(finding.overlaps(other) for other in kept):
            kept.append(finding)
    return sorted(kept)


def findings_in_name(name: str, find: Callable[[str], list[Finding]]) -> list[Finding]:
    """Return what `find` finds in a file's name as it is written, and with its separators read as spaces.

    Both are needed: an NHS number may be joined by hyphens, and "my-son-jack" is a name only when read as words.
    """
    found = find(name)
    # One character replaces one, so positions in both are the same.
    as_words = find(name.translate(FILE_NAME_SEPARATORS))
    return found + [finding for finding in as_words if not any(finding.overlaps(other) for other in found)]


def allow_listed(text: str, people: frozenset[str] = frozenset(), words: frozenset[str] = frozenset()) -> Allowlist:
    """Return an allowlist of all contact details and addresses in a text, and of people and words in lower case."""
    values = frozenset((finding.kind, finding.value) for finding in findings(text) if finding.kind in LISTABLE_KINDS)
    return Allowlist(values, people, words)


def _matches(text: str, allowlist: Allowlist) -> Iterator[Match]:
    yield from personal_numbers(text)
    yield from addresses(text)
    yield from telephones(text)
    yield from birth_dates(text)
    yield from case_references(text)
    yield from personal_names(text, allowlist)
