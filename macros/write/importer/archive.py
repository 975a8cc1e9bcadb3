"""A document's file, which is a zip archive of XML parts: opened only within bounds, since anyone may have made it."""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from .refusal import HOW_TO_INSTALL, DocumentError, ToolMissingError

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MAX_FILE = 40_000_000
MAX_UNPACKED = 200_000_000
MAX_XML = 20_000_000
MAX_PARTS = 3_000

MAIN_PARTS = {"odt": "content.xml", "docx": "word/document.xml"}
"""The part that holds the text, for each kind of document that can be imported."""

SAVE_AS = "open it in Word or LibreOffice, and save it as .docx or .odt"
PROTECTED = "the file is protected by a password; open it, remove the password, and save it again"
DAMAGED = "the file is damaged, or is no {kind} document; open it in Word or LibreOffice, and save it again"

OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How a file begins that Word has encrypted, and also one in its format of before 2007 (MS-CFB, section 2.2)."""


@dataclass(frozen=True)
class Archive:
    """The parts of a document by their names. `kind` is odt or docx, and `data` is the file as it came."""

    kind: str
    data: bytes
    parts: dict[str, bytes]

    def xml(self, name: str) -> Element | None:
        """Return the root of an XML part, or None where there is no such part. Raises DocumentError for bad XML."""
        return _parsed(self.kind, self.parts[name]) if name in self.parts else None

    def xml_parts(self, beginning: str) -> list[Element]:
        """Return the roots of all XML parts whose names begin so, in the order of their names."""
        names = sorted(name for name in self.parts if name.startswith(beginning) and name.endswith(".xml"))
        return [_parsed(self.kind, self.parts[name]) for name in names]


def open_archive(name: str, data: bytes) -> Archive:
    """Unpack the document `data`, whose file is called `name`.

    Raises DocumentError where it is no .odt or .docx file, is empty, damaged, protected or too large, or where its
    XML declares a document type, through which a file could grow without end or read other files.
    """
    kind = PurePath(name).suffix.lower().removeprefix(".")
    if kind not in MAIN_PARTS:
        raise DocumentError(f"only .odt and .docx documents can be imported; {SAVE_AS}")
    if not data:
        raise DocumentError("the file is empty (0 bytes); save the document again")
    if len(data) > MAX_FILE:
        raise DocumentError(f"the file has {len(data):,} bytes; keep it below {MAX_FILE:,}, with smaller pictures")
    if data.startswith(OLD_OFFICE):
        raise DocumentError("the file is protected by a password, or is an old .doc file; remove the password, or "
                            f"{SAVE_AS}")
    try:
        parts = _unpacked(data)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError):
        raise DocumentError(DAMAGED.format(kind=f".{kind}")) from None
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        raise DocumentError(PROTECTED)
    if MAIN_PARTS[kind] not in parts or (kind == "odt" and b"opendocument.text" not in parts.get("mimetype", b"")):
        raise DocumentError(f"the file is named .{kind}, and is something else; {SAVE_AS}")
    archive = Archive(kind, data, parts)
    for part, content in parts.items():
        if part.endswith((".xml", ".rels")):
            _parsed(kind, content)
    return archive


def _unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = archive.infolist()
        if any(entry.flag_bits & 1 for entry in entries):
            raise DocumentError(PROTECTED)
        total = sum(entry.file_size for entry in entries)
        if len(entries) > MAX_PARTS or total > MAX_UNPACKED:
            raise DocumentError(f"the file unpacks to {len(entries):,} parts and {total:,} bytes, and at most "
                                f"{MAX_PARTS:,} and {MAX_UNPACKED:,} are read; remove pictures, or split it")
        if any(entry.file_size > MAX_XML for entry in entries if entry.filename.endswith((".xml", ".rels"))):
            raise DocumentError(f"the text of the file is larger than {MAX_XML:,} bytes; split the document")
        return {entry.filename: archive.read(entry) for entry in entries
                if entry.filename and not entry.is_dir()}


def _parsed(kind: str, content: bytes) -> Element:
    try:
        from defusedxml.common import DefusedXmlException
        from defusedxml.ElementTree import ParseError, fromstring
    except ImportError:
        raise ToolMissingError(HOW_TO_INSTALL) from None
    try:
        return fromstring(content, forbid_dtd=True)
    except DefusedXmlException:
        raise DocumentError("the file declares a document type or entities in its XML, which no word processor does; "
                            f"{SAVE_AS}") from None
    except (ParseError, ValueError, LookupError):
        raise DocumentError(DAMAGED.format(kind=f".{kind}")) from None
