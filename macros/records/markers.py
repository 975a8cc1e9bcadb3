"""Facts about a record's fields, written where the field is: what it names, and what the ledger lets happen to it.

Each is metadata in an `Annotated` type, which Pydantic keeps and does not act on. `macros/kinds.py` reads them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Guard(Enum):
    """What may happen to a field once its record is published. All but FREE can be corrected in the open.

    A field without a guard is SET_ONCE if it may be left out, else FIXED: so records that are already published can
    receive a field that is new in the software.
    """

    FIXED = "never changes"
    SET_ONCE = "may be given where there was none, and never changes afterwards"
    APPEND_ONLY = "may gain entries, and loses none"
    REWORDED = "may change where the record notes the change"
    FREE = "may change at any time: it is no part of what was promised"


@dataclass(frozen=True)
class Refers:
    """The text is the id of a record of another kind, or of the same."""

    kind: str


@dataclass(frozen=True)
class RunningText:
    """The text is made of sentences in our own words: it is checked for plain language, and ids in it become links."""
