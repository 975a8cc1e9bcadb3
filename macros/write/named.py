"""Finds the record that somebody means: by its id in any spelling, by its name or a part of it, or by its page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from urllib.parse import unquote, urlsplit

from ..kinds import BY_NAME, KINDS
from ..records import Action
from ..register import Register

DASHES = re.compile(r"[\u2010-\u2015\u2212]")


def words_of(text: str) -> list[str]:
    """Return the words of a name, in small letters and without “the” at its beginning."""
    found = re.findall(r"\w+", text.casefold())
    return found[1:] if found[:1] == ["the"] and len(found) > 1 else found


def matching(text: str, names: Mapping[str, Iterable[str]],
             short: Mapping[str, Iterable[str]] | None = None) -> list[str]:
    """Return the ids whose names are `text`; if there are none, those that hold all its words.

    A part of a `short` name goes before a part of the others.
    """
    wanted = words_of(text)
    if not wanted:
        return []
    exact = [id for id, given in names.items() if wanted in [words_of(name) for name in (id, *given)]]
    if exact:
        return exact[:1]
    for parts in filter(None, (short, names)):
        found = [id for id, given in parts.items()
                 if any(set(wanted) <= set(words_of(name)) for name in given)]
        if found:
            return found
    return []


def organisations_named(register: Register, text: str) -> list[str]:
    """Return the ids of the organisations that a name may mean."""
    every = register.organisations
    return matching(text, {id: (one.name, one.short_name or "", *one.also) for id, one in every.items()},
                    {id: (one.short_name or "",) for id, one in every.items()})


def priorities_named(register: Register, text: str) -> list[str]:
    """Return the ids of the priorities that an id (“p3”, “priority P3”) or a title may mean."""
    bare = re.sub(r"\Apriority\s+", "", text.strip(), flags=re.I)
    return matching(bare, {id: (one.title, *one.also) for id, one in register.priorities.items()},
                    {id: (one.title,) for id, one in register.priorities.items()})


def numbered(register: Register, kind: str, text: str) -> str | None:
    """Return the id of an action, a decision or a theme that is written like A46, “a-46 Open a school”, or as the
    address of its page. None where there is none.

    A title finds its record too.
    """
    letter, records = BY_NAME[kind].letter or "", getattr(register, kind)
    bare = DASHES.sub("-", on_site(register, text) or text).strip()
    bare = bare.removeprefix(f"{kind}/").strip("/")
    number = re.match(rf"(?:{BY_NAME[kind].singular}\s+)?{letter}[-\s.]*0*(\d+)\b", bare, re.I) \
        or re.fullmatch(r"#?0*(\d+)", bare)
    if number:
        id = f"{letter}-{int(number[1]):03}"
        return id if id in records else None
    found = matching(bare, {id: (getattr(record, "title", None) or getattr(record, "text", ""),)
                            for id, record in records.items()}) if len(words_of(bare)) > 2 else []
    return found[0] if len(found) == 1 else None


COMMON = frozenset((
    "a", "all", "an", "and", "at", "be", "by", "each", "every", "for", "from", "in", "into", "is", "it", "of", "on",
    "or", "that", "the", "their", "this", "to", "up", "will", "with"))
"""Words that say little about what was promised."""

SIMILAR = 0.6
"""The share of their words that two titles of one promise have in common."""


def actions_like(register: Register, title: str) -> list[Action]:
    """Return the actions that may be the promise with this title, the most similar first, three at most."""
    wanted = _stems(title)
    likeness = [(len(wanted & other) / len(wanted | other), len(wanted & other) / min(len(wanted), len(other)), action)
                for action in register.actions.values() if (other := _stems(action.title)) and wanted]
    found = [(share, action) for share, part, action in likeness
             if share >= SIMILAR or (part == 1 and share >= SIMILAR / 2 and len(wanted) > 2)]
    return [action for _, action in sorted(found, key=lambda pair: -pair[0])[:3]]


def _stems(title: str) -> set[str]:
    """Return the words of a title that say something, without the ends that change with their number or tense."""
    return {re.sub(r"(?<=\w{3})(?:ing|ed|es|s|e)\Z", "", word) for word in words_of(title) if word not in COMMON}


def on_site(register: Register, text: str) -> str | None:
    """Return the path of a page of this site in its address, such as actions/a-012/; None for another text.

    “?” and “#” and what follows them are left out.
    """
    site, given = urlsplit(register.area.site_url), urlsplit(text.strip())
    if given.scheme not in ("http", "https") or given.netloc.casefold() != site.netloc.casefold():
        return None
    return unquote(given.path).removeprefix(site.path.rstrip("/")).strip("/").removesuffix("index.html") + "/"


def record_named(register: Register, text: str) -> str | None:
    """Return the id of a record of any kind for its number in any spelling, its name, or its page."""
    path = on_site(register, text)
    if path is not None:
        kind, _, id = path.strip("/").partition("/")
        known = next((one for one in KINDS if one.page and one.page.startswith(f"{kind}/{{")), None)
        records = getattr(register, known.name, {}) if known else {}
        return next((key for key in records if key.casefold() == id.casefold()), None)
    for kind in ("actions", "decisions", "feedback"):
        if re.match(rf"(?:{BY_NAME[kind].singular}\s+)?{BY_NAME[kind].letter}[-\s.]*\d", DASHES.sub("-", text), re.I):
            return numbered(register, kind, text)
    found = {id for kind in ("organisations", "measures", "priorities", "plans", "findings", "forums", "services",
                             "actions", "topics")
             for id in matching(text, {id: (getattr(record, "title", None) or getattr(record, "name", ""),)
                                       for id, record in getattr(register, kind).items()})}
    return found.pop() if len(found) == 1 else None
