"""Problems found in an area's files, the codes that name their kinds, and the errors that validators raise for them."""

from __future__ import annotations

import difflib
import errno
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from pydantic_core import PydanticCustomError

MAX_QUOTE = 60
"""Characters of a value that a message quotes."""

MAX_COMPARED = 200
"""Characters of a misspelt word that are compared with the known ones: comparing takes quadratic time."""


@dataclass(frozen=True, order=True)
class Problem:
    """A finding with its location and a hint how to fix it.

    `path` is relative to the area's folder, with forward slashes; `line` counts from 1. `code` names the kind of
    problem, `message` says what is wrong and `hint` what to write instead. The level is "error", or "warning" for
    what does not block a publication.
    """

    path: str
    line: int
    code: str
    message: str
    hint: str
    level: str = "error"

    def __str__(self) -> str:
        """Return the problem as one line, with any line breaks in quoted text collapsed."""
        words = " ".join(f"{self.message}; {self.hint}".split())
        return f"{self.path}:{self.line}: {self.level}[{self.code}] {words}"


class Topic(Enum):
    """What a writer was doing when a problem came up: the sections of the page that explains the checks, in order."""

    FILES = "When you add a file"
    TYPING = "When you type a record"
    VALUES = "When you fill in a record"
    DATES = "When you give a date"
    REFERENCES = "When you name another record"
    UPDATES = "When you add an update"
    FIGURES = "When you add a figure"
    PAGES = "When you write a post or a page"
    PRIVACY = "When something could tell who someone is"
    TRUST = "When something could mislead or harm a reader"
    HISTORY = "When you change what was published"
    LANGUAGE = "How your words read"
    ELECTIONS = "When an election is near"
    PROMISES = "What readers will ask about a promise"
    SECURITY_CONTACT = "When the security contact is about to expire"


@dataclass(frozen=True)
class Code:
    """The name of one kind of problem, with its explanation for writers.

    `wrong` and `right` are the same example before and after the fix: lines of a file, or the name of a file where
    the file itself is wrong. `level` is that of the code's problems.
    """

    name: str
    topic: Topic
    help: str
    wrong: str
    right: str
    level: str = "error"


def quoted(value: object) -> str:
    """Return a value as a message shows it: in quotes, shortened, and with the code points of invisible characters.

    The code points are named because such a character is often what is wrong.
    """
    if value is None or isinstance(value, (tuple, list, dict)):
        return "nothing" if value is None else "a group of keys" if isinstance(value, dict) else "a list"
    text = str(value).lower() if isinstance(value, bool) else str(value)
    cut = text[:MAX_QUOTE] + "…" if len(text) > MAX_QUOTE else text
    cut = cut.replace("\n", " ").replace("\t", " ")
    return '"' + "".join(f"(U+{ord(character):04X})" if is_invisible(character) else character
                         for character in cut) + '"'


def is_invisible(character: str) -> bool:
    """Return whether a character cannot be seen, or looks like an ordinary space."""
    return character == "\u00a0" or unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp")


def nearest(wrong: object, known: Iterable[str]) -> str | None:
    """Return the known word most like `wrong`, or None if none is similar."""
    by_folded = {word.casefold(): word for word in known}
    folded = str(wrong)[:MAX_COMPARED].casefold()
    hits = difflib.get_close_matches(folded.replace(" ", "_"), by_folded, n=1, cutoff=0.6)
    hits = hits or difflib.get_close_matches(folded, by_folded, n=1, cutoff=0.6)
    return by_folded[hits[0]] if hits else None


def suggestion(wrong: object, known: Iterable[str], otherwise: str) -> str:
    """Return "did you mean …?" if a known word is similar, or else `otherwise`."""
    near = nearest(wrong, known)
    return f'did you mean "{near}"?' if near else otherwise


CANNOT_WRITE = (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT)
"""Errors of a disk or a folder, and not of the program."""


def cannot_write(error: OSError) -> str | None:
    """Return a message for somebody whose disk or folder takes no file, or None for another error."""
    if error.errno not in CANNOT_WRITE:
        return None
    advice = "Free some room on the disk" if error.errno in (errno.ENOSPC, errno.EDQUOT) else \
        "Ask for the right to write there, or choose another folder"
    return f"{error.filename or 'A file'} cannot be written: {error.strerror}. {advice}, and try again."


def invalid(code: str, message: str, hint: str, key: str = "") -> PydanticCustomError:
    """Return an error to raise in a validator. It is a ValueError, whose text is the message.

    `key` is the key that makes the missing part necessary, where an error concerns a whole record: it has the line to
    show. Message and hint are values of the template, since a text that they quote may hold braces.
    """
    return PydanticCustomError(code, "{message}", {"message": message, "hint": hint, "key": key})
