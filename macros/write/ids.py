"""The next free id of a kind of record, and the name of a new record's file."""

from __future__ import annotations

from collections.abc import Iterable

from ..kinds import BY_NAME
from ..ledger.revision import ids_on_other_branches
from ..register import Register
from ..register.addresses import slug

WORDS = 8
"""How many words of its title a file's name holds: enough to know it by."""


def next_id(register: Register, kind: str, taken: Iterable[str] = ()) -> str:
    """Return the next free id of actions, decisions or feedback, such as A-013.

    It follows the highest that stands in the area, that another branch of the origin has, or that is in `taken`.
    A free number lower down is not used: it may have been published once.
    """
    ids = {*register.known(kind), *ids_on_other_branches(register.root, kind), *taken}
    letter = BY_NAME[kind].letter
    numbers = [int(id[2:]) for id in ids if id[:2] == f"{letter}-" and id[2:].isdigit()]
    return f"{letter}-{max(numbers, default=0) + 1:03}"


def file_of(kind: str, id: str, title: str = "") -> str:
    """Return the path of a new record's file from the area's folder: data/actions/a-013-answer-letters.yml."""
    words = "-".join(slug(title).split("-")[:WORDS])
    return f"{BY_NAME[kind].home}{id.lower()}{f'-{words}' if words else ''}.yml"
