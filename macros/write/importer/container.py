"""Opens .docx and .odt files, which are ZIP archives of XML parts, within fixed size limits. Anyone may have made the
file, so nothing in it is trusted."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath
from typing import TYPE_CHECKING

from .. import WriteError

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

HOW_TO_INSTALL = ("this needs two extra Python packages, pypandoc_binary and defusedxml; install them with "
                  "`pip install 'send-board[import]'`, or in this project's own folder with "
                  "`.venv/bin/pip install pypandoc_binary defusedxml`")

MAX_FILE_BYTES = 40_000_000
MAX_UNPACKED_BYTES = 200_000_000
MAX_XML_BYTES = 20_000_000
MAX_PARTS = 3_000

MAIN_PARTS = {"odt": "content.xml", "docx": "word/document.xml"}
"""The part that holds the text, for each kind of document that can be imported."""

SAVE_AS = "open it in Word or LibreOffice, and save it as .docx or .odt"
PROTECTED = "the file is protected by a password; open it, remove the password, and save it again"
DAMAGED = "the file is damaged or is not a {kind} document; open it in Word or LibreOffice, and save it again"

COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The signature of a compound file: an encrypted Word document, or one in the format used before 2007. Source: MS-CFB,
section 2.2."""


class DocumentError(WriteError):
    """A document cannot be imported as it is. The message tells its writer what to do instead."""


class ToolMissingError(DocumentError):
    """An optional package that reads documents is not installed."""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph's text and style name, and whether a page break is in it or next to it."""

    text: str
    style: str = ""
    at_page_break: bool = False


@dataclass(frozen=True)
class DocumentFacts:
    """What a document holds besides the text that pandoc reads.

    `alt_texts` pairs the name of a picture's part with its alternative text, in document order. `running_headers` holds
    the lines of page headers and footers. `drawings` counts charts, shapes and text boxes, which are not pictures.
    `title`, `created` and `modified` are the file's properties.
    """

    paragraphs: tuple[Paragraph, ...]
    alt_texts: tuple[tuple[str, str], ...] = ()
    running_headers: tuple[str, ...] = ()
    insertions: int = 0
    deletions: int = 0
    comments: int = 0
    drawings: int = 0
    title: str = ""
    created: date | None = None
    modified: date | None = None

    @property
    def titles(self) -> list[str]:
        """Paragraphs in the style “Title”."""
        return [paragraph.text for paragraph in self.paragraphs if paragraph.style == "Title" and paragraph.text]

    @property
    def words(self) -> Counter[str]:
        """How often each word occurs in the text."""
        return count_words(paragraph.text for paragraph in self.paragraphs)


def count_words(texts: Iterable[str]) -> Counter[str]:
    """Count lower-case words, to compare a text with its conversion."""
    return Counter(re.findall(r"\w+", " ".join(texts).lower()))


def collapse_spaces(text: str) -> str:
    """Return text on one line, with single spaces."""
    return " ".join(text.split())


def parse_day(text: str | None) -> date | None:
    """Return the day of a timestamp in a file's properties (2023-12-20T10:00:00Z), or None if it is not one."""
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


@dataclass(frozen=True)
class Archive:
    """An unpacked document: its parts by name, its `kind` (odt or docx), and the parts in one file in `data`."""

    kind: str
    data: bytes
    parts: dict[str, bytes]

    def xml(self, name: str) -> Element | None:
        """Return the root of an XML part, or None if there is no such part. Raises DocumentError for bad XML."""
        return _parse_xml(self.kind, self.parts[name]) if name in self.parts else None

    def xml_parts(self, prefix: str) -> list[Element]:
        """Return the roots of all XML parts whose names start with `prefix`, sorted by name."""
        names = sorted(name for name in self.parts if name.startswith(prefix) and name.endswith(".xml"))
        return [_parse_xml(self.kind, self.parts[name]) for name in names]


def open_archive(name: str, data: bytes) -> Archive:
    """Unpack the document `data`, whose file is called `name`.

    Raises DocumentError if it is not an .odt or .docx file; if it is empty, damaged, encrypted or too large; or if its
    XML declares a document type, which could expand without limit or read other files.
    """
    kind = PurePath(name).suffix.lower().removeprefix(".")
    if kind not in MAIN_PARTS:
        raise DocumentError(f"only .odt and .docx documents can be imported; {SAVE_AS}")
    if not data:
        raise DocumentError("the file is empty (0 bytes); save the document again")
    if len(data) > MAX_FILE_BYTES:
        raise DocumentError(f"the file has {len(data):,} bytes; use smaller pictures to keep it below "
                            f"{MAX_FILE_BYTES:,}")
    if data.startswith(COMPOUND_FILE):
        raise DocumentError("the file is protected by a password, or is an old .doc file; remove the password, or "
                            f"{SAVE_AS}")
    try:
        parts = _unzip(data)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError):
        raise DocumentError(DAMAGED.format(kind=f".{kind}")) from None
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        raise DocumentError(PROTECTED)
    if MAIN_PARTS[kind] not in parts or (kind == "odt" and b"opendocument.text" not in parts.get("mimetype", b"")):
        raise DocumentError(f"the file is named .{kind} but is something else; {SAVE_AS}")
    archive = Archive(kind, _packed(parts), parts)
    # Pandoc reads parts that we do not, so every XML part is checked here before pandoc sees the file.
    for part, content in parts.items():
        if part.endswith((".xml", ".rels")):
            _parse_xml(kind, content)
    return archive


def _unzip(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        # The limits are checked against the directory, and no part is unpacked beyond what that says of it.
        entries = archive.infolist()
        if any(entry.flag_bits & 1 for entry in entries):
            raise DocumentError(PROTECTED)
        total = sum(entry.file_size for entry in entries)
        if len(entries) > MAX_PARTS or total > MAX_UNPACKED_BYTES:
            raise DocumentError(f"the file unpacks to {len(entries):,} parts and {total:,} bytes; the limits are "
                                f"{MAX_PARTS:,} and {MAX_UNPACKED_BYTES:,}; remove pictures, or split the document")
        if any(entry.file_size > MAX_XML_BYTES for entry in entries if entry.filename.endswith((".xml", ".rels"))):
            raise DocumentError(f"the text of the file is larger than {MAX_XML_BYTES:,} bytes; split the document")
        if any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries):
            raise DocumentError(f"the file is packed as no word processor packs it; {SAVE_AS}")
        return {entry.filename: _read(archive, entry) for entry in entries if entry.filename and not entry.is_dir()}


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """Return a part, of which no more is unpacked than the directory says that it has. Raises BadZipFile if it has
    more or less."""
    with archive.open(entry) as stream:
        content = stream.read(entry.file_size)
    if len(content) != entry.file_size:
        raise zipfile.BadZipFile
    return content


def _packed(parts: dict[str, bytes]) -> bytes:
    """Return an archive of parts that were read within the limits: pandoc has none, and never sees the file itself."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return data.getvalue()


def _parse_xml(kind: str, content: bytes) -> Element:
    try:
        from defusedxml.common import DefusedXmlException
        from defusedxml.ElementTree import ParseError, fromstring
    except ImportError:
        raise ToolMissingError(HOW_TO_INSTALL) from None
    try:
        return fromstring(content, forbid_dtd=True)
    except DefusedXmlException:
        raise DocumentError("the file's XML declares a document type or entities, which no word processor does; "
                            f"{SAVE_AS}") from None
    except (ParseError, ValueError, LookupError):
        raise DocumentError(DAMAGED.format(kind=f".{kind}")) from None
