"""Finds letters that a program decoded wrongly: the bytes of UTF-8 read as an older encoding, as in "cafÃ©".

It happens when a file is opened with another encoding than it was saved with, and then saved again.
"""

from __future__ import annotations

import re
from typing import NamedTuple

ENCODINGS = ("cp1252", "mac_roman")
"""The encodings that Windows and old Macs use where a file does not say its own."""

UTF8 = re.compile("[\xc2-\xc5][\x80-\xbf]|\xe2[\x80-\x84][\x80-\xbf]|\xef\xbb\xbf|\xf0\x9f[\x80-\xbf]{2}")
"""UTF-8, each byte as one character, of what English and Welsh texts hold: Latin letters, punctuation, the signs for
euro and trade mark, a byte order mark, and emoji."""

REPLACED = "\ufffd"
"""What a program writes in place of a letter that it could not read."""

MAX_TIMES = 3
"""How often a text may have been decoded wrongly, one time after the other."""


class Garbled(NamedTuple):
    """Wrongly decoded letters: their line from 0, what is written, and what was meant, if that can be known."""

    line: int
    written: str
    meant: str | None


def _table(encoding: str) -> dict[int, str]:
    """Return the byte of each character that an encoding has, as a character of the same number."""
    found = {}
    for number in range(0x80, 0x100):
        try:
            found[ord(bytes((number,)).decode(encoding))] = chr(number)
        except UnicodeDecodeError:  # an unused byte, which programs read as a control character
            found[number] = chr(number)
    return found


TABLES = {encoding: _table(encoding) for encoding in ENCODINGS}
CLOSING = "\u2019\u201d"
"""Quotation marks: after a capital letter, as in “Å”, they end what somebody said."""


def wrongly_decoded(text: str) -> list[Garbled]:
    """Return the wrongly decoded letters of a text, at most one for each of its lines."""
    found = {}
    for number, line in enumerate(text.split("\n")) if not text.isascii() else ():
        meant = None if line.isascii() else repaired(line)
        if meant not in (None, line):
            found[number] = Garbled(number, *_difference(line, meant))
        elif REPLACED in line:
            at = line.index(REPLACED)
            start = line.rfind(" ", 0, at) + 1
            found[number] = Garbled(number, line[start:].split(" ")[0], None)
    return list(found.values())


def repaired(line: str) -> str:
    """Return a line with the letters that were meant."""
    for _ in range(MAX_TIMES):
        before = line
        for encoding in ENCODINGS:
            as_bytes = line.translate(TABLES[encoding])
            pieces, end = [], 0
            for match in UTF8.finditer(as_bytes):
                if len(match[0]) == 2 and line[match.end() - 1] in CLOSING:
                    continue
                pieces += [line[end:match.start()], match[0].encode("latin-1").decode("utf-8")]
                end = match.end()
            line = "".join((*pieces, line[end:]))
        if line == before:
            break
    return line


def _difference(written: str, meant: str) -> tuple[str, str]:
    """Return the first word that differs between two lines, as it is written and as it was meant."""
    for one, other in zip(written.split(" "), meant.split(" "), strict=False):
        if one != other:
            return one, other
    return written, meant
