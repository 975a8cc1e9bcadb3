"""The check of an area's files: texts, names of files, and what images and documents hide."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from ...problem import Problem
from ...register import Register
from ...source.files import REMEMBERED, relative
from .exceptions import Exceptions
from .files import FONTS, IMAGES, LARGEST, LARGEST_TEXT, OFFICE, files, text_in
from .finding import KINDS, Finding
from .images import in_image
from .lists import allowed
from .office import in_office_document
from .parts import Hidden, Reader, UncheckedError
from .pdf import in_pdf
from .search import LISTED, Allowed, findings
from .sieve import Sieve

READERS: dict[str, Reader] = {**dict.fromkeys(IMAGES, in_image), **dict.fromkeys(OFFICE, in_office_document),
                              ".pdf": in_pdf}
RENAME = "give the file a name that tells nothing"
AS_WORDS = str.maketrans("-_.", "   ")


class Place(NamedTuple):
    """Something found in a file: on which line, and where there, in words."""

    finding: Finding
    line: int
    where: str
    is_name: bool = False


def nothing_personal(register: Register) -> Iterator[Problem]:
    """Ensure that no file, and no file's name, holds what could be personal, unless data/safety.yml lets it stand."""
    look = Look(register)
    for file, path in files(register):
        yield from look.at(file, path)
    yield from look.exceptions.problems()


class Look:
    """Looks through files with the lists and the exceptions of one area."""

    def __init__(self, register: Register) -> None:
        self.allowed: Allowed = allowed(register)
        self.exceptions = Exceptions(register)
        self.read = {document.path: document.text for document, _ in register.documents.values()}
        self.read |= {page.document.path: page.document.text for page in register.pages}

    def findings(self, text: str) -> list[Finding]:
        """Return what is found in a text and may not stand there."""
        return list(filter(self._counts, _found(text, self.allowed)))

    def in_name(self, name: str) -> list[Finding]:
        """Return what is found in a file's name, in which hyphens and underscores may stand for spaces."""
        found, as_words = (list(filter(self._counts, _found_in_name(text, self.allowed)))
                           for text in (name, name.translate(AS_WORDS)))
        return found + [finding for finding in as_words
                        if not any(finding.start < other.end and other.start < finding.end for other in found)]

    def _counts(self, finding: Finding) -> bool:
        return not self.exceptions.allow(finding)

    def at(self, file: Path, path: str) -> Iterator[Problem]:
        """Yield the problems of one file; `path` is how problems name it."""
        try:
            for place in self.in_file(file, path):
                if isinstance(place, Hidden):
                    yield Problem(path, 1, "hidden-details", f"the file tells {place.what}", _without(path))
                else:
                    yield Problem(path, place.line, "personal-data", f"{said(place.finding)}, {place.where}",
                                  RENAME if place.is_name else _remedy(place.finding, path))
        except UncheckedError as error:
            # A record that is too large or cannot be opened is refused by whoever reads records.
            if not path.endswith((".yml", ".md")):
                yield Problem(path, 1, "unchecked-file", str(error), error.hint)

    def in_file(self, file: Path, path: str) -> Iterator[Place | Hidden]:
        """Yield what is found in a file's name, text and properties. Raises UncheckedError."""
        for finding in self.in_name(PurePosixPath(path).name):
            yield Place(finding, 1, f"in the file's name from character {finding.start + 1}", is_name=True)
        suffix = file.suffix.lower()
        if suffix in READERS:
            for part in READERS[suffix](_content(file, LARGEST)):
                if isinstance(part, Hidden):
                    yield part
                else:
                    yield from (Place(finding, 1, f"in {part.where}") for finding in self.findings(part.text))
        elif suffix not in FONTS:
            text = self.read.get(path) or text_in(_content(file, LARGEST_TEXT))
            if text is None:
                raise UncheckedError("nobody can tell what this kind of file hides",
                                     "publish a PDF, a .docx, an .odt or an image, or link to where the file is")
            for finding in self.findings(text):
                line, column = finding.place(text)
                yield Place(finding, line, f"column {column}")


@lru_cache(maxsize=REMEMBERED)
def _found(text: str, allowed: Allowed) -> tuple[Finding, ...]:
    return tuple(findings(text, allowed)) if _sieve(allowed).suspects((text,)) else ()


@lru_cache(maxsize=2 * REMEMBERED)
def _found_in_name(name: str, allowed: Allowed) -> tuple[Finding, ...]:
    # Remembered apart: each file has two, which would push out the texts.
    return tuple(findings(name, allowed)) if _sieve(allowed).suspects((name,)) else ()


@lru_cache(maxsize=4)
def _sieve(allowed: Allowed) -> Sieve:
    return Sieve(allowed)


def found_in_file(register: Register, file: Path) -> list[tuple[str, Finding]]:
    """Return what is found in one file and may not stand there, each with where it stands, in words."""
    look = Look(register)
    try:
        return [(f"line {place.line}, {place.where}", place.finding)
                for place in look.in_file(file, relative(file, register.root.resolve())) if isinstance(place, Place)]
    except UncheckedError:
        return []


def _content(file: Path, largest: int) -> bytes:
    try:
        if file.stat().st_size > largest:
            raise UncheckedError(f"this file has more than {largest // 1_000_000} MB, too much to be checked",
                                 "make it smaller, or link to where it is")
        return file.read_bytes()
    except OSError as error:
        raise UncheckedError("this file cannot be read", "put a readable file here, or remove it") from error


def said(finding: Finding) -> str:
    """Return what a problem says of a finding: its kind and how long it is, and not what it is."""
    return f"{KINDS[finding.kind]}, {finding.length} characters"


def _remedy(finding: Finding, path: str) -> str:
    otherwise = "if it may stand here, list it in data/area.yml" if finding.kind in LISTED else \
        "someone who holds an office is listed under office_holders in data/area.yml" if finding.kind == "name" else \
        f"if it is no one's, see board safety {_one_word(path)}"
    return f"take it out, since everyone can read this file; {otherwise}"


def _one_word(path: str) -> str:
    return path if re.fullmatch(r"[\w./-]+", path) else "FILE"


def _without(path: str) -> str:
    suffix = PurePosixPath(path).suffix.lower()
    if suffix in IMAGES:
        return "take a picture of it on the screen and publish that, or run: exiftool -all= FILE"
    if suffix == ".pdf":
        return "delete author, title and attachments under Properties where it was written, and export it as PDF again"
    return "in Word: File, Info, Inspect Document, Remove All; in LibreOffice: File, Properties, Reset Properties"
