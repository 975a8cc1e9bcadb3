"""The clean copy of a file, and the error for a file that has none."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

PROGRAM = "a program"
"""What a file may hold that runs when it is opened."""


@dataclass(frozen=True)
class HiddenText:
    """Words of a file that its readers do not see at once, and where they are, such as "a note on page 3"."""

    where: str
    text: str


@dataclass(frozen=True)
class Cleaned:
    """A file's clean copy.

    `copy` is what the site publishes, or makes it. `removed` names what could identify a person and is not in the copy,
    such as "the author's name". `texts` are the words to search for personal data: those of the copy that are not plain
    text, and those that were removed, since everyone can read the original in the repository.
    """

    copy: bytes | Callable[[], bytes]
    removed: tuple[str, ...] = ()
    texts: tuple[HiddenText, ...] = ()

    @property
    def content(self) -> bytes:
        """What the site publishes."""
        return self.copy if isinstance(self.copy, bytes) else self.copy()


class UncleanableError(ValueError):
    """A file that has no clean copy.

    `hint` says what to publish instead, `line` where the fault is. `further` holds the line and message of each other
    fault.
    """

    def __init__(self, message: str, hint: str, line: int = 1, further: Iterable[tuple[int, str]] = ()) -> None:
        super().__init__(message)
        self.hint, self.line, self.further = hint, line, tuple(further)
