"""The public ledger: digests of every record, so that anyone with an old copy can prove that a promise was changed.

A digest is SHA-256 over canonical JSON (RFC 8785). Archived copies of links and search keywords are left out, because
they may change at any time.
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
from ..ledger.posts import noted_changes
from ..ledger.wording import outline
from ..official import indicators
from ..records import Action, FamilyVerdict, Measure, Post, Record
from ..records.base import Guard
from ..register import Register
from ..register.addresses import SITE
from ..register.official_figures import FROM_INDICATOR
from .api import API, head, page_url, to_json
from .output_file import OutputFile

PATH = f"{API}ledger.json"


def output_files(register: Register) -> Iterator[OutputFile]:
    """Yield the ledger."""
    yield OutputFile(PATH, partial(ledger_json, register))


def ledger_json(register: Register) -> bytes:
    """Return the ledger of all published records, and of the files that pages link to.

    The entry of an action, a finding or a feedback theme says in `late` which dates readers have seen pass; that of a
    post has in `text` a digest of its words. `posts_taken_down` and `files_taken_down` name what has given way to a
    page that says why, and `pages_taken_down` counts the posts, pages and files whose addresses say nothing any more.
    """
    records: dict[str, dict[str, Any]] = {
        f"{kind.open_data.name}/{id}": entry(record) for kind in KINDS if kind.corrected_in and kind.open_data
        for id, record in sorted(getattr(register, kind.name).items())
        if not (isinstance(record, Post) and record.draft)}
    for change in register.changes:
        if change.kind in ("date_passed", "late") and not isinstance(change.record, str):
            name = f"{BY_MODEL[type(change.record)].name}/{change.record.id}"
            records[name].setdefault("late", []).append(change.key.rsplit("/", 1)[-1])
    for page in register.pages:
        name = f"posts/{page.stem}"
        if page.post and name in records:
            front = (page.post.title, page.post.description, *page.post.in_short)
            records[name]["text"] = digest(outline("\n".join((*front, page.document.body))))
    taken_down = sorted(f"posts/{stem}" for stem, post in register.posts.items() if post.draft and post.changed)
    return to_json({**head(register), "explained": page_url(register, f"{SITE}open-data/"), "records": records,
                    "files": dict(_files(register)), "posts_taken_down": taken_down,
                    "files_taken_down": sorted(page.file for page in register.taken_down if page.file),
                    "pages_taken_down": sum(not page.file for page in register.taken_down)})


def _files(register: Register) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the path of each file that a page links to, with its digest and how many changes those pages have noted."""
    for file in sorted((register.root / "docs").rglob("*")):
        naming = [page for page in register.pages if file.name in (page.document.text or "")]
        if naming and file.suffix != ".md" and file.is_file():
            yield file.relative_to(register.root / "docs").as_posix(), {
                "sha256": _sha256(file.read_bytes()), "changes": sum(map(noted_changes, naming))}


def entry(record: Record) -> dict[str, Any]:
    """Return a record's entry in the ledger.

    `sha256` is the digest of the whole record, `fields` that of each single value and `lists` that of each item of a
    list, so that a comparison can name what changed. An item that may be filled in later has a digest for each value.
    An action has a `chain`: its first link is the digest of what never changes, and each later one covers the link
    before it and one update. `corrects` counts the published corrections of each field, and `taken_down` the entries
    that say that its words were taken down.
    """
    # A post's text may change if the post says so: it has no digest, as what may change at any time has none.
    left_out = guarded(BY_MODEL[type(record)].name, Guard.FREE, Guard.REWORDED)
    values = {key: value for key, value in without_archived(plain(record)).items() if key not in left_out}
    if isinstance(record, FamilyVerdict):
        values = {"id": record.id, **values}
    if isinstance(record, Measure):
        values = _figures(record.id, values)
    lists = {key: [rfc8785.dumps(item) for item in value] for key, value in values.items() if isinstance(value, list)}
    parts = {key: b"[%b]" % b",".join(lists[key]) if key in lists else rfc8785.dumps(value)
             for key, value in values.items()}
    filled_in = guarded(BY_MODEL[type(record)].name, Guard.FILLED_IN)
    lists |= {key: [rfc8785.dumps(part) for item in values[key] for part in _parts_of_an_item(item)]
              for key in filled_in if key in values}
    result: dict[str, Any] = {
        "sha256": _sha256(_mapping(parts)),
        "fields": {key: _sha256(part) for key, part in parts.items() if key not in lists},
        "lists": {key: [_sha256(item) for item in items] for key, items in lists.items()},
    }
    corrections = [update.correction for update in record.updates if update.correction] \
        if isinstance(record, Action) else getattr(record, "corrections", ())
    if taken_down := getattr(record, "taken_down", ()):
        result["taken_down"] = dict(sorted(Counter(entry.field.split(".")[0] for entry in taken_down).items()))
    if corrections:
        result["corrects"] = dict(sorted(Counter(correction.field for correction in corrections).items()))
    if isinstance(record, Action):
        result["chain"] = _chain(parts, lists.get("updates", []))
    return result


def _figures(id: str, values: dict[str, Any]) -> dict[str, Any]:
    """Return a measure's values with each figure of a comparator as an item of its own, because that list grows too.

    The words of a measure made from an indicator come with the software: of it the area publishes figures alone.
    """
    figures = [{"name": place["name"], **item} for place in values.get("comparators", ())
               for item in place["observations"]]
    values = values | ({"comparators": figures} if figures else {})
    if id not in indicators():
        return values
    values = {key: value for key, value in values.items() if key not in FROM_INDICATOR}
    return values | {key: [{part: item[part] for part in ("name", "period", "value", "state") if part in item}
                           for item in values[key]] for key in ("observations", "comparators") if key in values}


def _parts_of_an_item(item: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield what an item begins with, its text or date, then that with each other value: each may be given later, and
    then it stays."""
    (first, value), *others = item.items()
    yield {first: value}
    yield from ({first: value, key: other} for key, other in others)


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
    """Return the canonical form of a mapping whose values are canonical already.

    Each value is serialised once and shared by all digests that cover it, which matters at thousands of records. The
    names of fields are ASCII, so sorting by code point agrees with the UTF-16 order of RFC 8785.
    """
    return b"{%b}" % b",".join(b'"%b":%b' % (key.encode(), part) for key, part in sorted(parts.items()))


def digest(value: Any) -> str:
    """Return the SHA-256 of a value's canonical JSON (RFC 8785, §3.2), in hexadecimal."""
    return _sha256(rfc8785.dumps(value))


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
