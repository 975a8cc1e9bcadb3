"""The ledger for outsiders: digests of every record, so that whoever kept a copy can show that a promise was changed.

A digest is SHA-256 over the canonical form of JSON (RFC 8785). Kept copies of links, and the words by which search
finds a record, are left out: they may change at any time.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from functools import partial
from typing import Any

import rfc8785

from ..kinds import BY_MODEL, KINDS, guarded
from ..ledger.canonical import plain, without_archived
from ..records import Action, Post, Record
from ..records.markers import Guard
from ..register import Register
from ..register.addresses import SITE
from .documents import API, head, link, written
from .planned import Planned

PATH = f"{API}ledger.json"


def planned(register: Register) -> Iterator[Planned]:
    """Plan the ledger."""
    yield PATH, partial(_ledger, register)


def _ledger(register: Register) -> bytes:
    records = {f"{kind.name}/{id}": entry(record) for kind in KINDS if kind.corrected_in
               for id, record in sorted(getattr(register, kind.name).items())
               if not (isinstance(record, Post) and record.draft)}
    return written({**head(register), "explained": link(register, f"{SITE}open-data/"), "records": records})


def entry(record: Record) -> dict[str, Any]:
    """Return a record's digests.

    `sha256` is the digest of the whole record, `fields` has one for each single value and `lists` one for each item of
    a list, so that a change can be named. An action has a `chain`: its first link is the digest of what never changes,
    and each later one hashes the link before it with one update. `corrects` counts published corrections by field.
    """
    # A post's text may change if the post says so: it has no digest, as what may change at any time has none.
    left_out = guarded(BY_MODEL[type(record)].name, Guard.FREE, Guard.REWORDED)
    values = {key: value for key, value in without_archived(plain(record)).items() if key not in left_out}
    lists = {key: [rfc8785.dumps(item) for item in value] for key, value in values.items() if isinstance(value, list)}
    parts = {key: b"[%b]" % b",".join(lists[key]) if key in lists else rfc8785.dumps(value)
             for key, value in values.items()}
    said: dict[str, Any] = {
        "sha256": _sha256(_mapping(parts)),
        "fields": {key: _sha256(part) for key, part in parts.items() if key not in lists},
        "lists": {key: [_sha256(item) for item in items] for key, items in lists.items()},
    }
    corrections = [update.correction for update in record.updates if update.correction] \
        if isinstance(record, Action) else getattr(record, "corrections", ())
    if corrections:
        said["corrects"] = dict(sorted(Counter(correction.field for correction in corrections).items()))
    if isinstance(record, Action):
        said["chain"] = _chain(parts, lists.get("updates", []))
    return said


def chain(action: dict[str, Any]) -> list[str]:
    """Return the hash chain of an action's plain values."""
    return _chain({key: rfc8785.dumps(value) for key, value in action.items()},
                  [rfc8785.dumps(update) for update in action.get("updates", [])])


def _chain(parts: dict[str, bytes], updates: list[bytes]) -> list[str]:
    # Without what may be given once later: an old chain must go on when such a field is given.
    first = guarded("actions", Guard.FIXED)
    links = [_sha256(_mapping({key: part for key, part in parts.items() if key in first}))]
    for update in updates:
        links.append(_sha256(b'["%b",%b]' % (links[-1].encode(), update)))
    return links


def _mapping(parts: dict[str, bytes]) -> bytes:
    """Return the canonical form of a mapping from those of its values: each is made once, and used in every digest that
    holds it. The names of fields are plain letters, in whose order all ways of sorting agree."""
    return b"{%b}" % b",".join(b'"%b":%b' % (key.encode(), part) for key, part in sorted(parts.items()))


def digest(value: Any) -> str:
    """Return the SHA-256 of a value's canonical JSON (RFC 8785, §3.2), in hexadecimal."""
    return _sha256(rfc8785.dumps(value))


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
