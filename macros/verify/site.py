"""Whether a published site is what a commit builds: every file the same and legible, and nothing about to run out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ..publish.documents import API
from ..records.partial_date import day_in_words
from .forms import mistake
from .place import Place, PlaceError

INDEX = f"{API}index.json"
MOST_INDEX = 1_000_000
SPARE = 1_000_000
"""How much longer than the built one a file of the site may be and still be looked into, in bytes."""

MOST_DAYS_OLD = 2
"""The site is built each morning: on the third day without, something is broken."""

CERTIFICATE_DAYS = 14
BELIEVABLE_DAYS = 3660
MOST_NAMED = 20
ENOUGH = 3
"""After so many files in a row for which the site did not answer, it is asked no more."""

ADDED = frozenset({"about/software/sbom.cdx.json"})
"""What the publishing workflow puts beside what is built."""


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it should be, in a plain sentence; `path` where it is about one file of the site."""

    message: str
    path: str | None = None

    def __str__(self) -> str:
        return f"{self.path}: {self.message}" if self.path else self.message


def day_of(place: Place) -> date:
    """Return the day that a site was worked out on, as it says itself. Raises PlaceError."""
    content = place.read(INDEX, MOST_INDEX)
    try:
        told = json.loads(content)["as_of"]
        return date.fromisoformat(told)
    except (ValueError, TypeError, KeyError, RecursionError):
        raise PlaceError("does not say on which day the site was worked out") from None


def age(day: date, today: date) -> Iterator[Finding]:
    """Yield what is wrong with the day that a site was worked out on."""
    days = (today - day).days
    if days < 0:
        yield Finding(f"The site says that it was worked out on {day_in_words(day)}, and that day is yet to come.")
    elif days > MOST_DAYS_OLD:
        yield Finding(f"The site was last worked out on {day_in_words(day)}, {days} days ago. What it says is late may "
                      "have changed since. Look at the newest run of the workflow that publishes it.")


def is_believable(day: date, today: date) -> bool:
    """Tell whether a site can have been worked out on a day, so that it is worth building for it."""
    return abs((today - day).days) <= BELIEVABLE_DAYS


def certificate(place: Place, today: date) -> Iterator[Finding]:
    """Yield what is wrong with the site's certificate: that it has ended, or ends within two weeks."""
    try:
        end = place.certificate_end()
    except PlaceError as error:
        yield Finding(f"{str(error)[0].upper()}{str(error)[1:]}.")
        return
    if end and (end - today).days < CERTIFICATE_DAYS:
        yield Finding(f"The certificate ends on {day_in_words(end)}; after that, browsers warn readers away. Most "
                      "hosts renew it by themselves: look at the settings of the site's address there.")


def compare(place: Place, built: Path, today: date) -> Iterator[Finding]:
    """Yield each file of a site that is not as in the folder `built`, or that no machine can read."""
    paths = files(built)
    away = 0
    for number, path in enumerate(paths):
        expected = (built / path).read_bytes()
        try:
            content = place.read(path, len(expected) + SPARE)
        except PlaceError as error:
            yield Finding(str(error), path)
            away = away + 1 if error.is_away else 0
            if away == ENOUGH:
                yield Finding(f"The site answers no more, so {len(paths) - number - 1} files were not compared.")
                return
            continue
        away = 0
        if _digest(content) != _digest(expected):
            yield Finding("is not what this commit builds", path)
        if len(content) <= len(expected) + SPARE and (found := mistake(path, content, today)):
            yield Finding(found, path)
    for path in place.others(frozenset(paths) | ADDED):
        yield Finding("is on the site, and this commit does not build it", path)


def files(built: Path) -> list[str]:
    """Return the paths of the files of a built site."""
    return sorted(file.relative_to(built).as_posix() for file in built.rglob("*") if file.is_file())


def shortened(findings: list[Finding]) -> list[str]:
    """Return the findings in lines: of many about files only the first, and how many more there are."""
    about_files = [finding for finding in findings if finding.path]
    others = [finding for finding in findings if not finding.path]
    more = len(about_files) - MOST_NAMED
    return [*map(str, others), *map(str, about_files[:MOST_NAMED]),
            *([f"and {more} more about other files"] if more > 0 else [])]


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
