"""What was taken out of a file that is no text: its parts with the words in them, and what tells of its author."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """Some text of a document, and where a person finds it, such as "page 3"."""

    where: str
    text: str


@dataclass(frozen=True)
class Hidden:
    """Something that a reader does not see and that tells of a person or a place, such as "the author"."""

    what: str


Parts = Iterator[Part | Hidden]
Reader = Callable[[bytes], Parts]


class UncheckedError(Exception):
    """A file that nothing can look into; `hint` says what to publish in its place."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint
