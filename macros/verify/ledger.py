"""Comparing a ledger that someone kept with a later one: has history only grown?"""

from __future__ import annotations

import json
import re
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from typing import Any

from ..kinds import BY_NAME, guarded
from ..publish.ledger import PATH, digest
from ..records.markers import Guard

MOST_BYTES = 20_000_000
SECONDS = 30

PLANNED = digest("planned")
"""A meeting that was planned is held or cancelled one day: that is no rewriting, as for the guard of pull requests."""

DIGEST = re.compile(r"[0-9a-f]{64}\Z")

Ledger = dict[str, Any]
Entry = dict[str, Any]


class LedgerError(Exception):
    """A ledger that cannot be read; the message says why, and what to do."""


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it was. `is_allowed` where a published correction stands beside it."""

    record: str
    message: str
    is_allowed: bool = False

    def __str__(self) -> str:
        return _printable(f"{self.record}: {self.message}")


def grew(saved: Ledger, later: Ledger) -> list[Finding]:
    """Compare two ledgers, as `read` returns them: the one kept, and one from later.

    Returns what was changed or removed; nothing where history only grew.
    """
    found: list[Finding] = []
    for name, was in sorted(saved["records"].items()):
        now = later["records"].get(name)
        if now is None:
            found.append(Finding(name, "was published, and is gone"))
            continue
        changes = list(_changed(name, was, now))
        links = was.get("chain", [])
        if not changes and now.get("chain", [])[:len(links)] != links:
            changes.append(Finding(name, "its chain of updates is another"))
        if not changes and was["sha256"] != now["sha256"] and _parts(was) == _parts(now):
            changes.append(Finding(name, "its digest is another, though those of its parts are not"))
        found += changes
    return found


def is_older(later: Ledger, saved: Ledger) -> bool:
    """Tell whether the ledger that should be the later one says of itself that it is from an earlier day."""
    days = later.get("as_of"), saved.get("as_of")
    return all(isinstance(day, str) for day in days) and days[0] < days[1]


def _parts(entry: Entry) -> tuple[Any, Any]:
    return entry["fields"], entry["lists"]


def _changed(name: str, was: Entry, now: Entry) -> Iterator[Finding]:
    kind = name.split("/")[0]

    def added(field: str) -> int:
        """How many corrections of a field were published since."""
        return now.get("corrects", {}).get(field, 0) - was.get("corrects", {}).get(field, 0)

    def finding(message: str, is_allowed: bool) -> Finding:
        return Finding(name, message + ", and a correction that says so was published" * is_allowed, is_allowed)

    set_once = guarded(kind, Guard.SET_ONCE) if kind in BY_NAME else frozenset()
    before, after = was["fields"], now["fields"]
    for field in sorted(before.keys() | after.keys()):
        if field not in before:
            if field not in set_once:
                yield finding(f"the {field} was added", added(field) > 0)
        elif before[field] != after.get(field) and (kind, field, before[field]) != ("meetings", "state", PLANNED):
            yield finding(f"the {field} was {'changed' if field in after else 'removed'}", added(field) > 0)
    for field in sorted(was["lists"].keys() | now["lists"].keys()):
        items, listed = was["lists"].get(field, []), now["lists"].get(field, [])
        if field == "updates":
            yield from _updates(items, listed, added(field), finding)
        elif kind == "actions" and items != listed and not (field in set_once and not items):
            # Who works on a promise, and what it serves, is part of the promise: such a list does not grow either.
            yield finding(f"the {field} was changed", added(field) > 0)
        elif not _keeps(items, listed):
            yield finding(f"an entry of {field} was changed, moved or removed", added(field) > 0)


def _updates(items: list[str], listed: list[str], corrections: int, finding: Callable[[str, bool], Finding]
             ) -> Iterator[Finding]:
    """A correction covers one update, which stays in its place; the correction itself is an update more."""
    changed = [number for number, item in enumerate(items, 1) if listed[number - 1:number] != [item]]
    are_allowed = len(changed) <= corrections <= len(listed) - len(items)
    for number in changed if are_allowed else changed[:1]:
        yield finding(f"update number {number} was changed, moved or removed", are_allowed)


def _keeps(items: list[str], listed: list[str]) -> bool:
    rest = iter(listed)
    return all(item in rest for item in items)


def read(place: str) -> Ledger:
    """Return the ledger at a web address or in a file. Raises LedgerError."""
    text = _fetched(place) if _is_address(place) else _opened(place)
    if len(text) > MOST_BYTES:
        raise LedgerError(f"{place} is larger than a ledger can be")
    try:
        ledger = json.loads(text)
    except (ValueError, RecursionError):
        raise LedgerError(f"{place} is not JSON; save the file {PATH} of the site as it is") from None
    if not isinstance(ledger, dict) or not _maps_to(ledger.get("records"), _is_entry):
        raise LedgerError(f"{place} is no ledger; name a copy of the site's {PATH}")
    return ledger


def _maps_to(value: Any, fits: Callable[[Any], bool]) -> bool:
    return isinstance(value, dict) and all(map(fits, value.values()))


def _is_digest(value: Any) -> bool:
    return isinstance(value, str) and DIGEST.match(value) is not None


def _are_digests(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_digest, value))


def _is_entry(value: Any) -> bool:
    return isinstance(value, dict) and _is_digest(value.get("sha256")) and _are_digests(value.get("chain", [])) \
        and _maps_to(value.get("fields"), _is_digest) and _maps_to(value.get("lists"), _are_digests) \
        and _maps_to(value.get("corrects", {}), lambda count: isinstance(count, int))


def _is_address(place: str) -> bool:
    return place.lower().startswith(("http://", "https://"))


def address_of(ledger: Ledger) -> str:
    """Return where the ledger of the same site stands today. Raises LedgerError where the kept one does not say."""
    source = ledger.get("source")
    if not isinstance(source, str) or not _is_address(source):
        raise LedgerError("the kept ledger does not say which site it is of; name the later one as well")
    return source.rstrip("/") + "/" + PATH


def _opened(place: str) -> bytes:
    try:
        with Path(place).open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        raise LedgerError(f"{place} cannot be read: {error.strerror}") from None


def _fetched(place: str) -> bytes:
    try:
        with urllib.request.urlopen(place, timeout=SECONDS) as answer:
            return answer.read(MOST_BYTES + 1)
    except (OSError, ValueError, HTTPException) as error:
        reason = getattr(error, "reason", None) or error
        raise LedgerError(f"{_printable(place)} cannot be loaded: {_printable(reason)[:200]}") from None


def _printable(value: object) -> str:
    """Return text in one line without signs that would steer a terminal: a ledger of another host may hold any."""
    return "".join(sign if sign.isprintable() else " " for sign in str(value)).strip()
