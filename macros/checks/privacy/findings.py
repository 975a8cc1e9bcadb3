"""Runs all detectors over a text: the pure core of the privacy check."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from . import traces
from .allowlist import Allowlist
from .detectors import Match, addresses, birth_dates, case_references, personal_numbers, telephones
from .known_words import is_known
from .names import personal_names
from .normalise import NormalisedText, normalisations

KINDS = {
    "nhs-number": "NHS number", "pupil-number": "unique pupil number", "insurance-number": "National Insurance number",
    "tax-reference": "taxpayer reference", "telephone": "telephone number", "email": "email address that is not listed",
    "postcode": "postcode that is not listed", "street": "street address that is not listed",
    "birth": "date of birth", "reference": "case or plan reference",
    "vehicle": "registration of a vehicle", "bank-account": "number of a bank account",
    "account": "social media or fund-raising page that is not listed", "location": "location on a map",
    "ip-address": "address of somebody's computer", "meeting-link": "way into an online meeting",
    "description": "description of one child of a named school",
    "name": "name that is on no list",
}
"""The label of each kind in a message. Of two overlapping findings the one whose kind comes first here is kept."""

LISTABLE_KINDS = frozenset(("email", "telephone", "postcode", "street", "account"))
"""Contact details and addresses, which an area may list in its data to allow them."""

PRIORITY = {kind: number for number, kind in enumerate(KINDS)}
WORD_START = re.compile(r"(?<![^ ])[^\W\d_](?=[^\W\d_]{2})")
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


CHUNK, MARGIN = 20_000, 700
"""A long text is searched in chunks, each with a margin that no detector looks beyond."""

MAX_FINDINGS = 100
"""How many findings in one text are enough: somebody has to look at all of it then."""


Windows = Mapping[Callable[..., Iterator[Match]], Sequence[tuple[int, int]]]
"""The parts of a text that each detector looks at."""


def findings(text: str, allowlist: Allowlist | None = None, *,
             windows: Iterable[tuple[NormalisedText, Windows]] | None = None,
             limit: int | None = None) -> list[Finding]:
    """Return possible personal data that is not on the allowlist, by position. Raises nothing for any text.

    With `windows`, detectors look there alone. With a `limit` the search stops soon after so many findings.
    """
    allowlist = allowlist or Allowlist()
    found: list[Finding] = []
    for normalised, parts in ((one, None) for one in normalisations(text)) if windows is None else windows:
        for match in _matches(normalised.text, allowlist, parts):
            if (match.kind, match.value) not in allowlist.values:
                start, end = normalised.original_span(match.start, match.end)
                found.append(Finding(start, end - start, match.kind, match.value))
                if limit and len(found) > 4 * limit:  # several detectors may find the same
                    break
        if limit and len(found) > 4 * limit:
            break
    return _without_overlaps(found)[:limit]


def _without_overlaps(found: list[Finding]) -> list[Finding]:
    """Return one of several findings that share characters: several detectors, and several normalisations of one text,
    may find the same."""
    kept: list[Finding] = []
    for finding in sorted(found, key=lambda finding: (PRIORITY[finding.kind], -finding.length, finding.start)):
        # `kept` is sorted by position and without overlaps, so that only the two neighbours can overlap.
        at = bisect(kept, finding)
        if not any(finding.overlaps(other) for other in kept[max(0, at - 1):at + 1]):
            kept.insert(at, finding)
    return kept


def readings(name: str) -> tuple[str, str, str]:
    """Return the name of a file or folder as it is written, with its separators read as spaces, and with capitals.

    All are needed: an NHS number may be joined by hyphens, "my-son-jack" is a name only when read as words, and
    "zebedee-quillfeather" only with capitals. One character replaces one, so positions in all of them are the same.
    """
    stem, dot, suffix = name.rpartition(".")
    capitals = (WORD_START.sub(lambda match: match[0].upper(), (stem or suffix).translate(FILE_NAME_SEPARATORS))
                if stem or not dot else "")
    return name, name.translate(FILE_NAME_SEPARATORS), capitals


def findings_in_name(name: str, find: Callable[[str], list[Finding]]) -> list[Finding]:
    """Return what `find` finds in the readings of the name of a file or folder."""
    _, words, capitals = readings(name)
    found = find(name)
    as_words = find(words)
    unknown = [finding for finding in find(capitals) if finding.kind == "name"
               and any(len(part) > 3 and not is_known(part) for part in finding.value.split())]
    return _without_overlaps([*found, *as_words, *unknown])


def _matches(text: str, allowlist: Allowlist, windows: Windows | None) -> Iterator[Match]:
    step = len(text) if len(text) <= 2 * CHUNK else CHUNK
    for start in range(0, len(text), step or 1):
        for detector in DETECTORS:
            for first, last in _parts(windows, detector, start, start + step, len(text)):
                part = text[first:last]
                for match in detector(part, allowlist) if detector is personal_names else detector(part):
                    if start <= first + match.start < start + step:
                        yield Match(match.kind, first + match.start, first + match.end, match.value)


def _parts(windows: Windows | None, detector: Callable[..., Iterator[Match]], start: int, end: int,
           length: int) -> Iterator[tuple[int, int]]:
    """Yield the parts that a detector looks at for what begins in a chunk of a text."""
    start, end = max(0, start - MARGIN), min(end + MARGIN, length)
    for first, last in ((0, length),) if windows is None else windows.get(detector, ()):
        if first < end and start < last:
            yield max(first, start), min(last, end)


DETECTORS: tuple[Callable[..., Iterator[Match]], ...] = (
    personal_numbers, addresses, telephones, birth_dates, case_references, *traces.DETECTORS, personal_names)
