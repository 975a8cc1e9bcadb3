"""Takes words out of a published record or post: a notice takes their place, and they are repeated nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from ..kinds import BY_NAME, Place
from ..ledger.canonical import plain
from ..ledger.meaning import place_of
from ..ledger.places import at, named, parse
from ..ledger.taken_down import places
from ..records import Post
from ..records.base import EVERYTHING, LEFT_OUT, TakenDown
from ..records.partial_date import PartialDate
from ..register import Register
from ..register.addresses import POSTS
from ..source.files import FENCE
from . import Edits, WriteError, current_text
from .places import find_place, record_at
from .yaml_writer import add_entry, dump, set_at

NEUTRAL = "taken-down"
"""The name of a file whose words are taken down."""

PAGES = "data/taken-down.yml"

BODY = "text"
"""How a take-down calls the text of a post below its front matter."""

TITLES = ("title", "text", "name")
"""The fields from whose words the name of a record's file is made."""


def take_down(register: Register, id: str, field: str, reason: str, on: str, *, words: str | None = None,
              with_address: bool = False) -> Edits:
    """Return the edits that take words out of a record. A file that is to go has None as its content.

    `field` is a place in the record, or `everything`. `words` are those to leave out of the field; without them the
    whole field gives way to the notice. `with_address` gives a post another address. Raises WriteError.
    """
    if words is not None and not words.strip():
        raise WriteError("there are no words to leave out; write them as they are on the page")
    kind, key = find_place(register, id)
    entry = TakenDown.model_validate({"date": on, "field": field, "reason": clause(reason)})
    if kind == "posts":
        return _post(register, key, entry, words, with_address)
    record = record_at(register, kind, key)
    document, inside = register.documents[kind, key]
    text = current_text(register.root, {}, document.path)
    if kind == "area":
        field = named(place_of(plain(record), field))
    found = places(record, field)
    value = at(plain(record), parse(field))
    is_figure = isinstance(value, dict) and "period" in value
    if words is not None and not any(words in str(at(plain(record), place)) for place in found):
        raise WriteError("these words are not in that field; write them as they are on the page")
    if not found and not is_figure:
        raise WriteError(f"{id} has no words in “{field}”; its words are in: "
                         + ", ".join(sorted({named(place) for place in places(record, EVERYTHING)})))
    if is_figure:
        figure = {"period": value["period"], "value": None, "state": "suppressed", "note": f"{entry.notice}."}
        text = set_at(text, (*inside, *parse(field)), figure)
    for place in () if is_figure else _by_list(plain(record), found):
        text = set_at(text, (*inside, *place), _given_way(at(plain(record), place), entry, words, place))
    text = add_entry(text, "taken_down", {"date": on, "field": entry.field, "reason": entry.reason}, inside=inside)
    edits: Edits = {document.path: text}
    if kind != "area" and BY_NAME[kind].is_folder and _names_its_file(field):
        path = f"{BY_NAME[kind].home}{key.lower()}-{NEUTRAL}.yml" if BY_NAME[kind].letter else document.path
        if path != document.path:
            edits = {document.path: None, path: text}
    return edits


def _names_its_file(field: str) -> bool:
    return field == EVERYTHING or field.split(".")[0] in TITLES


def _by_list(values: dict[str, Any], found: list[Place]) -> Iterator[Place]:
    """Yield each place, and for texts in a list the place of the list: it is rewritten as a whole."""
    seen = set()
    for place in found:
        if isinstance(place[-1], int):
            place = place[:-1]
        if place not in seen:
            seen.add(place)
            yield place


def _given_way(value: Any, entry: TakenDown, words: str | None, place: Place) -> Any:
    if isinstance(value, list):
        return [_given_way(item, entry, words, place) for item in value]
    if words is not None and isinstance(value, str) and not _is_all_of(words, value):
        return value.replace(words, LEFT_OUT)
    if isinstance(value, str) and value.startswith(("http://", "https://")):
        return None
    return entry.notice if place[-1] in ("title", "name", "full", "office") else f"{entry.notice}."


def _is_all_of(words: str, text: str) -> bool:
    """Return whether a text has no words but these: then the notice takes the place of the whole text."""
    return words in text and not re.search(r"\w", text.replace(words, ""))


def clause(reason: str) -> str:
    """Return a reason as it follows "because": with a small letter, unless it is a name or an abbreviation.

    Raises WriteError if it is empty.
    """
    text = " ".join(reason.split()).rstrip(".")
    if not text:
        raise WriteError("say why: readers will see it")
    return text if text[:2].isupper() or text.startswith("I ") else text[0].lower() + text[1:]


def _post(register: Register, stem: str, entry: TakenDown, words: str | None, with_address: bool) -> Edits:
    path = f"{POSTS}{stem}.md"
    text = current_text(register.root, {}, path).replace("\r\n", "\n")
    match = FENCE.match(text)
    if not match:
        raise WriteError("the post has no front matter")
    post: Post = register.posts[stem]
    head, body = match[1], text[match.end():]
    found = places(post, entry.field) if entry.field != BODY else []
    if not found and entry.field != BODY:
        raise WriteError("a post has no such words; name one of: title, description, in_short, text, everything")
    if words is not None and not any(words in text for text in (*(str(at(plain(post), place)) for place in found),
                                                                body if entry.field in (EVERYTHING, BODY) else "")):
        raise WriteError("these words are not in that field; write them as they are on the page")
    for place in _by_list(plain(post), found):
        new_value = _given_way(at(plain(post), place), entry, words, place)
        if words is None and place[-1] in ("topics", "in_short"):
            new_value = [] if place[-1] == "topics" else [f"{entry.notice}."]
        head = set_at(head, place, new_value)
    if entry.field in (EVERYTHING, BODY):
        body = f"\n{entry.notice}.\n" if words is None or _is_all_of(words, body) else body.replace(words, LEFT_OUT)
    head = add_entry(head, "taken_down", {"date": entry.date.text, "field": entry.field, "reason": entry.reason})
    new = f"---\n{head}---\n{body}"
    if not with_address:
        return {path: new}
    other = _free_stem(register, post.date)
    edits: Edits = {path: None, f"{POSTS}{other}.md": new, **with_page(register, "post", entry)}
    for meeting in register.meetings.values():
        if meeting.post == stem:
            where = register.location_of("meetings", meeting.id)[0]
            changed = set_at(current_text(register.root, edits, where), ("post",), other)
            edits[where] = add_entry(changed, "taken_down", {"date": entry.date.text, "field": "post",
                                                             "reason": entry.reason})
    return edits


def _free_stem(register: Register, day: PartialDate) -> str:
    stem = f"{day.text}-{NEUTRAL}"
    return next(name for number in range(1, 100)
                if (name := stem if number == 1 else f"{stem}-{number}") not in register.posts)


def with_page(register: Register, what: str, entry: TakenDown, file: str | None = None) -> Edits:
    """Return the edit that adds to the list of pages and files that were taken down.

    Only a `file` whose address may be known is named.
    """
    path = register.root / PAGES
    before = path.read_text(encoding="utf-8") if path.is_file() else ""
    if not (yaml.safe_load(before) or ()):
        before = ""
    new = {"date": entry.date.text, "what": what, "file": file, "reason": entry.reason}
    return {PAGES: before.rstrip("\n") + "\n" * bool(before)
            + dump([{key: value for key, value in new.items() if value is not None}])}
