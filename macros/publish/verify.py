"""Comparing a ledger that someone kept with a later one: has history only grown?"""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..ledger.compare import FILLS
from .ledger import PATH

MOST_BYTES = 20_000_000
SECONDS = 30

Ledger = dict[str, Any]


class LedgerError(Exception):
    """A ledger that cannot be read; the message says why, and what to do."""


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it was. `is_allowed` where a published correction stands beside it."""

    record: str
    message: str
    is_allowed: bool = False

    def __str__(self) -> str:
        return f"{self.record}: {self.message}"


def grew(saved: Ledger, later: Ledger) -> list[Finding]:
    """Compare two ledgers, as `read` returns them: the one kept, and one from later.

    Returns what was changed or removed; nothing where history only grew.
    """
    found: list[Finding] = []
    for name, was in sorted(saved["records"].items()):
        now = later["records"].get(name)
        if now is None:
            found.append(Finding(name, "was published, and is gone"))
        elif was["sha256"] != now["sha256"]:
            links = was.get("chain", [])
            found += list(_changed(name, was, now)) or [
                Finding(name, "its chain of updates is another")] * (now.get("chain", [])[:len(links)] != links)
    return found


def _changed(name: str, was: dict[str, Any], now: dict[str, Any]) -> Iterator[Finding]:
    kind = name.split("/")[0]

    def finding(field: str, message: str) -> Finding:
        corrected = now.get("corrects", {}).get(field, 0) > was.get("corrects", {}).get(field, 0)
        return Finding(name, f"{message}, and a correction that says so was published" if corrected else message,
                       corrected)

    before, after = was.get("fields", {}), now.get("fields", {})
    for field in sorted(before.keys() | after.keys()):
        if field not in before:
            if field not in FILLS.get(kind, ()) and not (kind == "posts" and field in ("meeting", "number")):
                yield finding(field, f"the {field} was added")
        elif before[field] != after.get(field):
            yield finding(field, f"the {field} was {'changed' if field in after else 'removed'}")
    for field, items in sorted(was.get("lists", {}).items()):
        listed = now.get("lists", {}).get(field, [])
        if field == "updates":
            number = next((number for number, item in enumerate(items, 1) if listed[number - 1:number] != [item]), None)
            if number:
                yield finding(field, f"update number {number} was changed, moved or removed")
        elif not _keeps(items, listed):
            yield finding(field, f"an entry of {field} was changed, moved or removed")


def _keeps(items: list[str], listed: list[str]) -> bool:
    rest = iter(listed)
    return all(item in rest for item in items)


def read(place: str) -> Ledger:
    """Return the ledger at a web address or in a file. Raises LedgerError."""
    text = _fetched(place) if place.startswith(("http://", "https://")) else _opened(place)
    try:
        ledger = json.loads(text)
    except (ValueError, RecursionError):
        raise LedgerError(f"{place} is not JSON; save the file {PATH} of the site as it is") from None
    if not isinstance(ledger, dict) or not isinstance(ledger.get("records"), dict) or not all(
            isinstance(entry, dict) and isinstance(entry.get("sha256"), str) for entry in ledger["records"].values()):
        raise LedgerError(f"{place} is no ledger; name a copy of the site's {PATH}")
    return ledger


def address_of(ledger: Ledger) -> str:
    """Return where the ledger of the same site stands today. Raises LedgerError where the kept one does not say."""
    source = ledger.get("source")
    if not isinstance(source, str) or not source.startswith(("http://", "https://")):
        raise LedgerError("the kept ledger does not say which site it is of; name the later one as well")
    return source.rstrip("/") + "/" + PATH


def _opened(place: str) -> bytes:
    try:
        return Path(place).read_bytes()
    except OSError as error:
        raise LedgerError(f"{place} cannot be read: {error.strerror}") from None


def _fetched(place: str) -> bytes:
    try:
        with urllib.request.urlopen(place, timeout=SECONDS) as answer:
            text = answer.read(MOST_BYTES + 1)
    except (urllib.error.URLError, OSError, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        raise LedgerError(f"{place} cannot be loaded: {reason}") from None
    if len(text) > MOST_BYTES:
        raise LedgerError(f"{place} is larger than a ledger can be")
    return text
