"""What an area's own lists allow: how to reach those who hold an office, who they are, and the names of bodies."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from ...register import Register
from .names import WORD
from .search import Allowed


def allowed(register: Register) -> Allowed:
    """Return what may stand in the area's texts: each address and number in data/area.yml and data/organisations.yml,
    the chair and the office-holders, and the words of the names of bodies, terms and priorities."""
    listed = {document.path: document.text for (kind, _), (document, _) in register.documents.items()
              if kind in ("area", "organisations")}
    area = register.area
    people = {person.name.lower() for person in (getattr(area, "chair", None), *getattr(area, "office_holders", ()))
              if person and person.name}
    words = {word.lower().removesuffix("'s") for name in _names(register) for word in WORD.findall(name)
             if word[0].isupper()}
    return _of("\n\n".join(listed.values()), frozenset(people), frozenset(words))


@lru_cache(maxsize=4)
def _of(listed: str, people: frozenset[str], words: frozenset[str]) -> Allowed:
    """Return one object for the same lists, so that what is remembered by it is found at once."""
    return Allowed.of(listed, people, words)


def _names(register: Register) -> Iterator[str]:
    area = register.area
    yield from (getattr(area, key, "") for key in ("name", "site_name"))
    for body in register.organisations.values():
        yield from (body.name, body.short_name or "", *body.also)
    for term in register.terms.values():
        yield from (term.term, term.full or "", *term.also)
    for priority in register.priorities.values():
        yield priority.title
