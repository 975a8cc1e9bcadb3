"""Opens .docx and .odt files, which are ZIP archives of XML parts, within fixed size limits. Anyone may have made the
file, so nothing in it is trusted."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePath

from lxml import etree

from .. import WriteError
from .shown_picture import ShownPicture

Element = etree._Element

HOW_TO_INSTALL = ("this needs an extra Python package, pypandoc_binary; install it with "
                  "`pip install 'send-board[import]'`, or in this project's own folder with "
                  "`.venv/bin/pip install pypandoc_binary`")

MAX_FILE_BYTES = 40_000_000
MAX_UNPACKED_BYTES = 200_000_000
MAX_XML_BYTES = 20_000_000
MAX_PARTS = 3_000

FIRST_PARTS = {"odt": ("content.xml",), "docx": ("_rels/.rels", "word/document.xml")}
"""The parts where reading may begin, for each kind of document that can be imported."""

SAVE_AS = "open it in Word or LibreOffice, and save it as .docx or .odt"
PROTECTED = "the file is protected by a password; open it, remove the password, and save it again"
DAMAGED = "the file is damaged or is not a {kind} document; open it in Word or LibreOffice, and save it again"

INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ue000-\uf8ff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff\U000e0000-\U0010ffff]")
"""Characters that a reader does not see, soft hyphens among them."""

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

    `paragraphs` and `notes` (footnotes) are the text that a reader of the document sees. `running_headers` holds the
    lines of page headers and footers. `drawings` counts charts and shapes, which are not pictures. `title`, `created`
    and `modified` are the file's properties.
    """

    paragraphs: tuple[Paragraph, ...]
    notes: tuple[str, ...] = ()
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
        return count_words([*(paragraph.text for paragraph in self.paragraphs), *self.notes])


@dataclass(frozen=True)
class Document:
    """A document as a reader of it sees it: `data` for pandoc, and its pictures in `shown` by their names there.

    `archive` is the file itself, whose parts the pictures are read from. `notices` say what was left out.
    """

    kind: str
    data: bytes
    facts: DocumentFacts
    archive: Archive
    shown: dict[str, ShownPicture]
    notices: tuple[str, ...] = ()


def count_words(texts: Iterable[str]) -> Counter[str]:
    """Count lower-case words and numbers, to compare a text with its conversion.

    Raised digits count as digits, and characters that are not shown do not count.
    """
    shown = INVISIBLE.sub("", unicodedata.normalize("NFKC", " ".join(texts)))
    return Counter(re.findall(r"\w+", shown.lower()))


def collapse_spaces(text: str) -> str:
    """Return text on one line, with single spaces."""
    return " ".join(text.split())


def parse_day(text: str | None) -> date | None:
    """Return the day of a timestamp in a file's properties (2023-12-20T10:00:00Z), or None if it is not one."""
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


@dataclass
class Archive:
    """A ZIP archive of parts, of which only those that are asked for are unpacked. `kind` is odt or docx."""

    kind: str
    zip: zipfile.ZipFile
    entries: dict[str, zipfile.ZipInfo]
    _read: dict[str, bytes] = field(default_factory=dict)

    def part(self, name: str) -> bytes:
        """Return a part; one that does not exist is empty. Raises DocumentError if it is damaged or too large."""
        if name not in self.entries:
            return b""
        if name not in self._read:
            entry = self.entries[name]
            if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise DocumentError(f"the file is packed as no word processor packs it; {SAVE_AS}")
            try:
                self._read[name] = _read(self.zip, entry)
            except DAMAGE:
                raise DocumentError(DAMAGED.format(kind=f".{self.kind}")) from None
        return self._read[name]

    def xml(self, name: str, spellings: Sequence[tuple[bytes, bytes]] = ()) -> Element | None:
        """Return the root of an XML part, or None if there is no such part or it is empty.

        `spellings` are pairs of a namespace and the one that is used in its place. Raises DocumentError for bad XML.
        """
        content = self.part(name)
        if len(content) > MAX_XML_BYTES:
            raise DocumentError(f"the text of the file is larger than {MAX_XML_BYTES:,} bytes; split the document")
        for old, new in spellings:
            content = content.replace(old, new)
        return _parse_xml(self.kind, content) if content.strip() else None


DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError, RuntimeError)
"""What the standard library raises for a damaged archive."""


def open_archive(name: str, data: bytes) -> Archive:
    """Open the document `data`, whose file is called `name`. No part is unpacked before it is asked for.

    Raises DocumentError if it is not an .odt or .docx file; if it is empty, damaged, encrypted or too large.
    """
    kind = PurePath(name).suffix.lower().removeprefix(".")
    if kind not in FIRST_PARTS:
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
        archive = Archive(kind, *_directory(data))
    except DAMAGE:
        raise DocumentError(DAMAGED.format(kind=f".{kind}")) from None
    if b"encryption-data" in archive.part("META-INF/manifest.xml"):
        raise DocumentError(PROTECTED)
    if not any(part in archive.entries for part in FIRST_PARTS[kind]) or \
            (kind == "odt" and b"opendocument.text" not in archive.part("mimetype")):
        raise DocumentError(f"the file is named .{kind} but is something else; {SAVE_AS}")
    return archive


def _directory(data: bytes) -> tuple[zipfile.ZipFile, dict[str, zipfile.ZipInfo]]:
    archive = zipfile.ZipFile(io.BytesIO(data))
    # The limits are checked against the directory, and no part is unpacked beyond what that says of it.
    entries = archive.infolist()
    if any(entry.flag_bits & 1 for entry in entries):
        raise DocumentError(PROTECTED)
    total = sum(entry.file_size for entry in entries)
    if len(entries) > MAX_PARTS or total > MAX_UNPACKED_BYTES:
        raise DocumentError(f"the file unpacks to {len(entries):,} parts and {total:,} bytes; the limits are "
                            f"{MAX_PARTS:,} and {MAX_UNPACKED_BYTES:,}; remove pictures, or split the document")
    return archive, {entry.filename.replace("\\", "/"): entry for entry in entries
                     if entry.filename and not entry.is_dir()}


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """Return a part, of which no more is unpacked than the directory says that it has. Raises BadZipFile if it has
    more or less."""
    with archive.open(entry) as stream:
        content = stream.read(entry.file_size)
    if len(content) != entry.file_size:
        raise zipfile.BadZipFile
    return content


def packed(parts: dict[str, bytes]) -> bytes:
    """Return an archive of `parts`: pandoc has no limits of its own, and never sees the writer's file itself."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return data.getvalue()


def _parse_xml(kind: str, content: bytes) -> Element:
    """Return the root of `content`. A document type is refused: it could expand without limit or read other files."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True,
                             remove_pis=True, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError):
        if b"<!DOCTYPE" in content:
            raise DocumentError(DOCUMENT_TYPE) from None
        raise DocumentError(DAMAGED.format(kind=f".{kind}")) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise DocumentError(DOCUMENT_TYPE)
    return root


DOCUMENT_TYPE = f"the file's text declares a document type or entities, which no word processor does; {SAVE_AS}"
