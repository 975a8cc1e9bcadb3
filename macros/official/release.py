"""Opens what the department publishes: a release as it is downloaded, or a file from it.

A ZIP is unpacked in memory and counted while it is: what its directory says about sizes is not relied on.
"""

from __future__ import annotations

import gzip
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import IO

MAX_BYTES = 32 * 1024 * 1024
"""How large one file may be, unpacked. The largest that an indicator needs has 6 MB in the release of 2025."""

MAX_TOTAL = 128 * 1024 * 1024
MAX_MEMBERS = 500
CHUNK = 1024 * 1024

METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""How files in a ZIP may be packed. The other ways unpack without a bound, and the department uses none of them."""

RELEASE = re.compile(r"20\d\d(-(0[1-9]|1[0-2]))?")
RELEASE_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
MONTH = re.compile("(january|february|march|april|may|june|july|august|september|october|november|december)"
                   r"[-_ ]*(20\d\d)", re.I)
MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
          "december")


DAMAGED = (zipfile.BadZipFile, gzip.BadGzipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError,
           OverflowError, IndexError, struct.error)
"""What the standard library raises for a damaged ZIP or gzip file, or one with a password."""


class FiguresError(Exception):
    """A file cannot be read: the message says which and why, and what to do."""


def release_of(name: str) -> str | None:
    """Return the release that a file's name gives: "2025" for plans_2025.zip, "2026-04" for send-april-2026.csv.

    A name with two years, such as "appeal rate 2014-2024.csv", gives the years of its figures, and no release.
    """
    month = MONTH.search(name)
    if month:
        return f"{month[2]}-{MONTHS.index(month[1].lower()) + 1:02}"
    years = set(RELEASE_YEAR.findall(name))
    return years.pop() if len(years) == 1 else None


def tables(file: Path, wanted: Callable[[str], bool]) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of each CSV file in a file that is `wanted`; a CSV file is wanted in any case.

    Raises FiguresError where the file cannot be read.
    """
    try:
        with file.open("rb") as opened:
            beginning = opened.read(4)
            opened.seek(0)
            if beginning[:2] == b"PK":
                yield from _zipped(file.name, opened, wanted)
            elif beginning[:2] == b"\x1f\x8b":
                with gzip.open(opened) as unpacked:
                    yield file.name.removesuffix(".gz"), text_of(file.name, _read(file.name, unpacked))
            else:
                yield file.name, text_of(file.name, _read(file.name, opened))
    except DAMAGED as error:
        raise FiguresError(f"{file.name} is damaged or locked; download it again") from error
    except OSError as error:
        raise FiguresError(f"{file.name} cannot be opened ({error.strerror or error}); check where it is") from error


def _zipped(name: str, opened: IO[bytes], wanted: Callable[[str], bool]) -> Iterator[tuple[str, str]]:
    total = 0
    with zipfile.ZipFile(BytesIO(_read(name, opened))) as archive:
        members = archive.infolist()
        if len(members) > MAX_MEMBERS:
            raise FiguresError(f"{name} holds {len(members)} files, which is more than a release has; check that it is "
                               "the department's")
        for member in members:
            short = PurePosixPath(member.filename.replace("\\", "/")).name
            if not member.is_dir() and short.lower().endswith(".csv") and wanted(short):
                if member.compress_type not in METHODS:
                    raise FiguresError(f"{name}: {short} is packed in a way that the department does not use; download "
                                       "it again")
                with archive.open(member) as unpacked:
                    content = _read(f"{name}: {short}", unpacked)
                total += len(content)
                if total > MAX_TOTAL:
                    raise FiguresError(f"{name} unpacks to more than {MAX_TOTAL // CHUNK} MB; check that it is the "
                                       "department's")
                yield short, text_of(short, content)


def _read(name: str, opened: IO[bytes]) -> bytes:
    """Return what a file holds. Raises FiguresError once it has given more than a file may hold."""
    content = opened.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise FiguresError(f"{name} is larger than {MAX_BYTES // CHUNK} MB; check that it is the department's")
    return content


def text_of(name: str, content: bytes) -> str:
    """Return the text of a file. Raises FiguresError if it is none."""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FiguresError(f"{name} is not a text file; use the CSV file that the department publishes")
