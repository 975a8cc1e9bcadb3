"""Compares a saved ledger with a later one, and finds where history did not only grow."""

from __future__ import annotations

import json
import re
import urllib.request
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from typing import Any

from ..kinds import IN_OPEN_DATA, guarded
from ..publish.ledger import PATH, digest
from ..records.base import EVERYTHING, Guard
from ..time_limit import TimeLimitError, within

MAX_BYTES = 20_000_000
TIMEOUT_SECONDS, MAX_SECONDS = 30, 300
"""How long each wait for a ledger on the web may take, and the whole."""

PLANNED_DIGEST = digest("planned")
"""A planned meeting is later held or cancelled. That is no rewriting; the check of pull requests allows it too."""

DIGEST_PATTERN = re.compile(r"[0-9a-f]{64}\Z")

Ledger = dict[str, Any]
Entry = dict[str, Any]


class LedgerError(Exception):
    """A ledger cannot be read; the message says why, and what to do."""


@dataclass(frozen=True)
class LedgerChange:
    """A change to what was published. `is_allowed` if a published correction accounts for it."""

    record: str
    message: str
    is_allowed: bool = False

    def __str__(self) -> str:
        return _printable(f"{self.record}: {self.message}")


DATES = ("due", "updates", "answer_due", "answered", "heard")
"""The fields whose correction can show that something was never late."""


def find_changes(saved: Ledger, later: Ledger) -> list[LedgerChange]:
    """Return what was changed or removed between two ledgers, as `read` returns them; nothing if history only grew."""
    found: list[LedgerChange] = []
    pages = later.get("pages_taken_down", 0) - saved.get("pages_taken_down", 0)
    for name, was in sorted(saved["records"].items()):
        now = later["records"].get(name)
        if now is None:
            if name in later.get("posts_taken_down", ()):
                found.append(LedgerChange(name, "was taken down, and its page says why", True))
                continue
            # An entry about a page that was taken down does not say which: its address held the words.
            is_taken_down = name.startswith("posts/") and pages > 0
            pages -= is_taken_down
            entry = ", and an entry says that a page was taken down" * is_taken_down
            found.append(LedgerChange(name, f"was published, and has been removed{entry}", is_taken_down))
            continue
        changes = list(_changed(name, was, now))
        links = was.get("chain", [])
        if not changes and now.get("chain", [])[:len(links)] != links:
            changes.append(LedgerChange(name, "its chain of updates differs"))
        if not changes and was["sha256"] != now["sha256"] and _parts(was) == _parts(now):
            changes.append(LedgerChange(name, "its digest differs, though those of its parts do not"))
        found += changes
    return [*found, *_files(saved.get("files", {}), later.get("files", {}), later.get("files_taken_down", ()), pages)]


def _files(before: dict[str, Any], after: dict[str, Any], taken_down: Collection[str], nameless: int
           ) -> Iterator[LedgerChange]:
    """Yield the files that pages linked to and that are others or gone.

    `taken_down` are those whose addresses say why they are gone; `nameless` is how many more entries say that a file
    was taken down.
    """
    noted = sum(file["changes"] for file in after.values()) > sum(file["changes"] for file in before.values())
    for path, was in sorted(before.items()):
        now = after.get(path)
        if now is None and path in taken_down:
            yield LedgerChange(path, "was taken down, and its address says why", True)
        elif now is None and not noted and nameless > 0:
            nameless -= 1
            yield LedgerChange(path, "was taken down, and an entry says so", True)
        elif now is None or now["sha256"] != was["sha256"]:
            is_noted = noted if now is None else now["changes"] > was["changes"]
            yield LedgerChange(path, ("is not linked to any more" if now is None else "was changed")
                               + ", and a page says that it changed" * is_noted, is_noted)


def is_older(later: Ledger, saved: Ledger) -> bool:
    """Return whether the ledger that should be the later one is dated before the saved one."""
    days = later.get("as_of"), saved.get("as_of")
    return all(isinstance(day, str) for day in days) and days[0] < days[1]


def _parts(entry: Entry) -> tuple[Any, Any]:
    return entry["fields"], entry["lists"]


def _changed(name: str, was: Entry, now: Entry) -> Iterator[LedgerChange]:
    kind = name.split("/")[0]

    def added(field: str) -> int:
        """Return the number of corrections of a field published since, and of entries that say it was taken down."""
        return now.get("corrects", {}).get(field, 0) - was.get("corrects", {}).get(field, 0) + taken_down(field)

    def taken_down(field: str) -> int:
        return sum(now.get("taken_down", {}).get(key, 0) - was.get("taken_down", {}).get(key, 0)
                   for key in (field, EVERYTHING))

    def finding(message: str, is_allowed: bool) -> LedgerChange:
        return LedgerChange(name, message + ", and a correction that says so was published" * is_allowed, is_allowed)

    set_once = guarded(IN_OPEN_DATA[kind].name, Guard.SET_ONCE) if kind in IN_OPEN_DATA else frozenset()
    before, after = was["fields"], now["fields"]
    for field in sorted(before.keys() | after.keys()):
        if field not in before:
            if field not in set_once:
                yield finding(f"the {field} was added", added(field) > 0)
        elif before[field] != after.get(field) and \
                (kind, field, before[field]) != ("meetings", "state", PLANNED_DIGEST):
            yield finding(f"the {field} was {'changed' if field in after else 'removed'}", added(field) > 0)
    for date in was.get("late", ()):
        if date not in now.get("late", ()):
            yield finding(f"it was shown as {date}, and is not any more", any(added(field) > 0 for field in DATES))
    if was.get("text", now.get("text")) != now.get("text"):
        has_noted = len(now["lists"].get("changed", ())) > len(was["lists"].get("changed", ())) \
            or taken_down("text") > 0
        yield LedgerChange(name, "the text was changed" + ", and the post says so" * has_noted, has_noted)
    for field in sorted(was["lists"].keys() | now["lists"].keys()):
        items, listed = was["lists"].get(field, []), now["lists"].get(field, [])
        if field == "taken_down":
            if not _keeps(items, listed):
                yield finding("an entry of taken_down was changed or removed", False)
        elif field == "updates" and taken_down(field):
            changed = sum(item not in listed for item in items)
            if changed or len(listed) < len(items):
                yield finding("words of its updates were taken down", len(listed) >= len(items))
        elif field == "updates":
            yield from _updates(items, listed, added(field), finding)
        elif kind == "actions" and items != listed and not (field in set_once and not items):
            # Who works on a promise, and which priorities it serves, is part of the promise: these lists must not grow.
            yield finding(f"the {field} was changed", added(field) > 0)
        elif not _keeps(items, listed):
            yield finding(f"an entry of {field} was changed, moved or removed", added(field) > 0)


def _updates(items: list[str], listed: list[str], corrections: int, finding: Callable[[str, bool], LedgerChange]
             ) -> Iterator[LedgerChange]:
    """Yield the changed updates.

    A correction is itself a further update, and accounts for one changed update, which keeps its place in the list.
    """
    changed = [number for number, item in enumerate(items, 1) if listed[number - 1:number] != [item]]
    are_allowed = len(changed) <= corrections <= len(listed) - len(items)
    for number in changed if are_allowed else changed[:1]:
        yield finding(f"update number {number} was changed, moved or removed", are_allowed)


def _keeps(items: list[str], listed: list[str]) -> bool:
    rest = iter(listed)
    return all(item in rest for item in items)


def read(location: str) -> Ledger:
    """Return the ledger at a web address or in a file. Raises LedgerError."""
    text = _fetched(location) if _is_address(location) else _opened(location)
    if len(text) > MAX_BYTES:
        raise LedgerError(f"{location} is larger than a ledger can be")
    try:
        ledger = json.loads(text)
    except (ValueError, RecursionError):
        raise LedgerError(f"{location} is not JSON; save the file {PATH} of the site as it is") from None
    if not isinstance(ledger, dict) or not _maps_to(ledger.get("records"), _is_entry):
        raise LedgerError(f"{location} is not a ledger; name a copy of the site's {PATH}")
    if not _maps_to(ledger.get("files", {}), _is_file) or not all(
            _are_words(ledger.get(key, [])) for key in ("posts_taken_down", "files_taken_down")):
        raise LedgerError(f"{location} is not a ledger; name a copy of the site's {PATH}")
    return ledger


def _maps_to(value: Any, fits: Callable[[Any], bool]) -> bool:
    return isinstance(value, dict) and all(map(fits, value.values()))


def _is_digest(value: Any) -> bool:
    return isinstance(value, str) and DIGEST_PATTERN.match(value) is not None


def _are_digests(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_digest, value))


def _is_entry(value: Any) -> bool:
    return isinstance(value, dict) and _is_digest(value.get("sha256")) and _are_digests(value.get("chain", [])) \
        and _maps_to(value.get("fields"), _is_digest) and _maps_to(value.get("lists"), _are_digests) \
        and _maps_to(value.get("corrects", {}), lambda count: isinstance(count, int)) \
        and _maps_to(value.get("taken_down", {}), lambda count: isinstance(count, int)) \
        and _are_words(value.get("late", [])) and _is_digest(value.get("text", "0" * 64))


def _is_file(value: Any) -> bool:
    return isinstance(value, dict) and _is_digest(value.get("sha256")) and isinstance(value.get("changes"), int)


def _are_words(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _is_address(location: str) -> bool:
    return location.lower().startswith(("http://", "https://"))


def address_of(ledger: Ledger) -> str:
    """Return the address of the current ledger of the same site. Raises LedgerError if the saved one names no site."""
    source = ledger.get("source")
    if not isinstance(source, str) or not _is_address(source):
        raise LedgerError("the saved ledger does not say which site it belongs to; name the later one as well")
    return source.rstrip("/") + "/" + PATH


def _opened(location: str) -> bytes:
    try:
        with Path(location).open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise LedgerError(f"{location} cannot be read: {error.strerror}") from None


def _fetched(location: str) -> bytes:
    def load() -> bytes:
        with urllib.request.urlopen(location, timeout=TIMEOUT_SECONDS) as response:
            return response.read(MAX_BYTES + 1)

    try:
        return within(MAX_SECONDS, load)
    except TimeLimitError:
        raise LedgerError(f"{_printable(location)} took longer than {MAX_SECONDS} seconds") from None
    except (OSError, ValueError, HTTPException) as error:
        reason = getattr(error, "reason", None) or error
        raise LedgerError(f"{_printable(location)} cannot be loaded: {_printable(reason)[:200]}") from None


def _printable(value: object) -> str:
    """Return text in one line without control characters, which a ledger of another host could use on a terminal."""
    return "".join(character if character.isprintable() else " " for character in str(value)).strip()
