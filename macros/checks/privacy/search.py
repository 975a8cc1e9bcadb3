"""Every search run over a text, however it is written: the pure core of this part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from .addresses import addresses
from .births import births
from .finding import KINDS, Finding
from .found import Found
from .numbers import numbers
from .people import Known, people
from .plain_text import Plain, readings
from .references import references
from .telephones import telephones

LISTED = frozenset(("email", "telephone", "postcode", "street"))
"""Kinds that an area may list: how to reach those who hold an office, and where they are."""

RANK = {kind: number for number, kind in enumerate(KINDS)}
"""Where two searches find something in the same place, the kind that is named first is believed."""


@dataclass(frozen=True)
class Allowed:
    """What an area's own lists hold: values by their kind, people, and words that are no names."""

    values: frozenset[tuple[str, str]] = frozenset()
    known: Known = field(default_factory=Known)

    @classmethod
    def of(cls, text: str, people: frozenset[str] = frozenset(), words: frozenset[str] = frozenset()) -> Allowed:
        """Allow every address and number that stands in a text, and the people and words given in small letters."""
        values = frozenset((finding.kind, finding.value) for finding in findings(text, cls()) if finding.kind in LISTED)
        return cls(values, Known(people, words))


def findings(text: str, allowed: Allowed | None = None) -> list[Finding]:
    """Return what may be personal in a text, by its place; what is allowed is left out. Raises nothing for any text."""
    allowed = allowed or Allowed()
    found: list[Finding] = []
    for plain in readings(text):
        for hit in _searched(plain, allowed):
            start, end = plain.span(hit.start, hit.end)
            if (hit.kind, hit.value) not in allowed.values:
                found.append(Finding(start, end - start, hit.kind, hit.value))
    kept: list[Finding] = []
    for finding in sorted(found, key=lambda finding: (RANK[finding.kind], -finding.length, finding.start)):
        if not any(finding.start < other.end and other.start < finding.end for other in kept):
            kept.append(finding)
    return sorted(kept)


def _searched(plain: Plain, allowed: Allowed) -> Iterator[Found]:
    """Yield what each search finds."""
    yield from numbers(plain.text)
    yield from addresses(plain.text)
    yield from telephones(plain.text)
    yield from births(plain.text)
    yield from references(plain.text)
    yield from people(plain.text, allowed.known)
