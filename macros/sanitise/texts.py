"""Tables, data and plain texts: UTF-8 that can be parsed, without what would run in a spreadsheet.

Sources: RFC 4180 for CSV; RFC 8259 for JSON; OWASP, "CSV Injection".
"""

from __future__ import annotations

import base64
import binascii
import csv
import io
import json
import re
import unicodedata
from collections.abc import Iterator
from itertools import islice
from typing import Any

from ..problem import quoted
from .cleaned import Cleaned, HiddenText, UncleanableError

MAX_TEXT_BYTES = 2_000_000
SAVE_AS_UTF_8 = "save it again with the encoding UTF-8; in Excel choose “CSV UTF-8”"

OF_ONE_PERSON = frozenset((
    "forename", "forenames", "firstname", "givenname", "surname", "lastname", "familyname", "childname", "pupilname",
    "childsname", "pupilsname", "studentname", "dateofbirth", "birthdate", "dob", "upn", "uniquepupilnumber",
    "nhsnumber", "nhsno", "homeaddress"))
"""Keys and headings of lists with a row for each person, in small letters and without what is between words."""

FORMULA = re.compile(r"[=@\t\r＝＠]|[+\-＋－](?![\s\d.,£$€%]*(?:\Z|[\d\s)%]))")
"""How a cell begins that a spreadsheet runs; a negative number and a dash for "none" are not among them."""

CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|[_-]+")
ENCODED = re.compile(r"(?<![\w+/=-])[A-Za-z0-9+/_-]{16,}+={0,2}(?![\w+/=-])")
MAX_DEPTH = 50


def clean_text(content: bytes, suffix: str = ".txt") -> Cleaned:
    """Return a text in UTF-8 with Unix line ends. Raises UncleanableError if it is something else."""
    return Cleaned(_text(content).encode())


def clean_csv(content: bytes, suffix: str = ".csv") -> Cleaned:
    """Return a table, each of whose cells is a value, with each cell after its heading for the search.

    Raises UncleanableError for a formula or a list of people.
    """
    text = _text(content)
    reader, headings, cells = csv.reader(io.StringIO(text, newline=""), strict=True), [], []
    try:
        for row in reader:
            _no_people(row, reader.line_num)
            headings = headings or row
            for number, cell in enumerate(row):
                cells.append(f"{headings[number]}: {cell}" if number < len(headings) else cell)
                if FORMULA.match(cell):
                    raise UncleanableError(
                        f"a cell begins with {quoted(cell[0])}, so a spreadsheet would run it as a formula",
                        "write the value that the formula gives, or put a word before it", reader.line_num)
    except csv.Error as error:
        raise UncleanableError(f"the table cannot be read ({error})", "save it again as CSV UTF-8",
                               max(1, reader.line_num)) from error
    return Cleaned(text.encode(), texts=(HiddenText("the cells", "\n".join(cells)),))


def clean_json(content: bytes, suffix: str = ".json") -> Cleaned:
    """Return data as it is written, with each key and its value in words for the search.

    Raises UncleanableError if it cannot be parsed, has a key twice, or holds a list of people.
    """
    text = _text(content)
    try:
        data = json.loads(text, object_pairs_hook=_without_doubles)
        words = "\n".join(_lines(data))
    except json.JSONDecodeError as error:
        raise UncleanableError(f"this is not JSON ({error.msg})", "save it again as JSON", error.lineno) from error
    except RecursionError as error:
        raise UncleanableError("the lists in this file are nested too deep", "save it with fewer levels") from error
    except ValueError as error:
        if isinstance(error, UncleanableError):
            raise
        raise UncleanableError("this JSON cannot be read", "save it again as JSON") from error
    return Cleaned(text.encode(), texts=(HiddenText("the data", words),))


def _text(content: bytes) -> str:
    if len(content) > MAX_TEXT_BYTES:
        raise UncleanableError(f"this file is larger than {MAX_TEXT_BYTES // 1_000_000} MB",
                               "make it smaller, or link to where it is")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UncleanableError("this file is not text in UTF-8", SAVE_AS_UTF_8,
                               content.count(b"\n", 0, error.start) + 1) from error
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for number, line in enumerate(text.split("\n"), 1):
        if not line.replace("\t", "").isprintable():
            odd = next((character for character in line if character != "\t"
                        and unicodedata.category(character) in ("Cc", "Cs", "Co", "Cn")), None)
            if odd:
                raise UncleanableError(f"this file has a character that no text has (U+{ord(odd):04X})", SAVE_AS_UTF_8,
                                       number)
    return text


def _no_people(keys: list[str], line: int) -> None:
    for key in keys:
        if "".join(filter(str.isalnum, key)).lower() in OF_ONE_PERSON:
            raise UncleanableError(f"{quoted(key)} says that each row is about one person",
                                   "give numbers of people, and no list of people", line)


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data = dict(pairs)
    if len(data) < len(pairs):
        raise UncleanableError("a key is in this file twice, and readers would see one of its values",
                               "give the key once")
    _no_people(list(data), 1)
    return data


def _lines(data: Any, key: str = "", depth: int = 0) -> Iterator[str]:
    """Yield each value with its key in words: "dateOfBirth" is "date of birth"."""
    if depth > MAX_DEPTH:
        raise RecursionError
    if isinstance(data, dict):
        for inner, value in data.items():
            yield from _lines(value, CAMEL.sub(" ", inner).lower(), depth + 1)
    elif isinstance(data, list):
        for value in data:
            yield from _lines(value, key, depth + 1)
    else:
        yield f"{key}: {data}" if key else str(data)


def encoded_texts(text: str, limit: int = 1000) -> Iterator[HiddenText]:
    """Yield what is in a text as Base64 (RFC 4648) and decodes to words. Stops after `limit` candidates."""
    for match in islice(ENCODED.finditer(text), limit):
        word = match[0].rstrip("=").replace("-", "+").replace("_", "/")
        try:
            decoded = base64.b64decode(word + "=" * (-len(word) % 4), validate=True).decode("utf-8")
        except (binascii.Error, UnicodeDecodeError):
            continue
        if decoded.replace("\n", "").replace("\r", "").replace("\t", "").isprintable():
            yield HiddenText(f"text that is encoded as Base64, line {text.count(chr(10), 0, match.start()) + 1}",
                             decoded)
