"""Compares a published site with a local build, and finds what is about to expire."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ..publish.api import INDEX_PATH
from ..records.partial_date import day_in_words
from .formats import format_error
from .published_site import PublishedSite, SiteError, SiteTooSlowError

MAX_INDEX_BYTES = 1_000_000
EXTRA_BYTES = 1_000_000
"""A published file longer than the built one by more than this is not parsed."""

MAX_AGE_DAYS = 2
"""The site is rebuilt each morning; after this many days without, something is broken."""

CERTIFICATE_WARNING_DAYS = 14
MAX_PLAUSIBLE_DAYS = 3660
"""A site whose date is further from today than ten years is not worth building for comparison."""

MAX_FILES_LISTED = 20
MAX_UNREACHABLE = 3
"""The comparison ends when the site has not answered for this many files in a row."""

ADDED_BY_WORKFLOW = frozenset({"sbom.cdx.json"})
"""Files that the publishing workflow adds to the built site."""


@dataclass(frozen=True)
class Fault:
    """A fault of the site in a plain sentence. `path` is set when it concerns one file."""

    message: str
    path: str | None = None

    def __str__(self) -> str:
        return f"{self.path}: {self.message}" if self.path else self.message


def day_of(site: PublishedSite) -> date:
    """Return the day that a site was built for, as its index states it. Raises SiteError."""
    content = site.read(INDEX_PATH, MAX_INDEX_BYTES)
    try:
        return date.fromisoformat(json.loads(content)["as_of"])
    except (ValueError, TypeError, KeyError, RecursionError):
        raise SiteError("does not say which day the site was built for") from None


def age(day: date, today: date) -> Iterator[Fault]:
    """Yield what is wrong with the day that a site was built for."""
    days = (today - day).days
    if days < 0:
        yield Fault(f"The site says that it was built for {day_in_words(day)}, which is in the future.")
    elif days > MAX_AGE_DAYS:
        yield Fault(f"The site was last built for {day_in_words(day)}, {days} days ago. What it shows as late may be "
                    "out of date. Look at the latest run of the workflow that publishes it.")


def is_plausible(day: date, today: date) -> bool:
    """Return whether a site can have been built for a day, so that a local build for that day is worth the time."""
    return abs((today - day).days) <= MAX_PLAUSIBLE_DAYS


def certificate(site: PublishedSite, today: date) -> Iterator[Fault]:
    """Yield what is wrong with the site's certificate: it is invalid, has expired, or expires within two weeks."""
    try:
        end = site.certificate_end()
    except SiteError as error:
        yield Fault(f"{str(error)[0].upper()}{str(error)[1:]}.")
        return
    if end and (end - today).days < CERTIFICATE_WARNING_DAYS:
        yield Fault(f"The certificate expires on {day_in_words(end)}; after that, browsers warn readers away. Most "
                    "hosts renew it automatically: check the settings of the site's address there.")


def compare(site: PublishedSite, built: Path, today: date) -> Iterator[Fault]:
    """Yield each file of a site that differs from the one in the folder `built`, or that programs cannot read."""
    paths = files(built)
    unreachable = 0
    for number, path in enumerate(paths):
        expected = (built / path).read_bytes()
        try:
            content = site.read(path, len(expected) + EXTRA_BYTES)
        except SiteError as error:
            yield Fault(str(error), path)
            if isinstance(error, SiteTooSlowError):
                yield Fault(f"The site is too slow, so {len(paths) - number - 1} files could not be verified.")
                return
            unreachable = unreachable + 1 if error.is_unreachable else 0
            if unreachable == MAX_UNREACHABLE:
                yield Fault(f"The site has stopped answering, so {len(paths) - number - 1} files could not be "
                            "verified.")
                return
            continue
        unreachable = 0
        if _digest(content) != _digest(expected):
            yield Fault("differs from what this commit builds", path)
        if len(content) <= len(expected) + EXTRA_BYTES and (found := format_error(path, content, today)):
            yield Fault(found, path)
    for path in site.unexpected_files(frozenset(paths) | ADDED_BY_WORKFLOW):
        yield Fault("is on the site, but this commit does not build it", path)


def files(built: Path) -> list[str]:
    """Return the paths of the files of a built site."""
    return sorted(file.relative_to(built).as_posix() for file in built.rglob("*") if file.is_file())


def shortened(findings: list[Fault]) -> list[str]:
    """Return the findings as lines; those about files are cut after the first few, with a count of the rest."""
    about_files = [finding for finding in findings if finding.path]
    others = [finding for finding in findings if not finding.path]
    more = len(about_files) - MAX_FILES_LISTED
    return [*map(str, others), *map(str, about_files[:MAX_FILES_LISTED]),
            *([f"and {more} more about other files"] if more > 0 else [])]


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
