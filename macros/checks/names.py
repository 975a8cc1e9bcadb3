"""Ids that name a record: is it there, and what else could have been meant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..kinds import BY_NAME, KINDS
from ..problem import Problem, quoted, suggestion
from ..register import Register

SINGULAR = {kind.name: kind.singular for kind in KINDS if kind.page}


def unknown(register: Register, kind: str, id: str, where: tuple[str, int], *, word: str = "",
            also: Iterable[str] = ()) -> Iterator[Problem]:
    """Yield a problem where there is no record of this kind with this id. `word` says what it should have been, and
    `also` what can stand in its place."""
    if register.lacks(kind, id) and id not in also:
        yield Problem(*where, f"unknown-{(word or SINGULAR[kind]).split()[0]}",
                      f"there is no {SINGULAR[kind]} {quoted(id)}",
                      suggestion(id, sorted({*register.known(kind), *also}),
                                 f"use one that stands in {BY_NAME[kind].home}"))
