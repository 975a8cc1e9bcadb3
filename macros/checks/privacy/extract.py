"""Extracts from a file what can hold personal data: text, embedded text of images and documents, hidden metadata."""

from __future__ import annotations

import io
import logging
import re
import warnings
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

IMAGES = frozenset((".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".tif", ".tiff", ".bmp", ".ico", ".heic",
                    ".heif"))
OFFICE_DOCUMENTS = frozenset((".docx", ".odt", ".xlsx", ".ods", ".pptx", ".odp", ".docm", ".dotx", ".ott"))
FONTS = frozenset((".woff", ".woff2", ".ttf", ".otf"))

MAX_TEXT_BYTES = 2_000_000
MAX_BYTES = 30_000_000
MAX_PDF_PAGES = 500
MAX_MEMBERS, MAX_MEMBER_BYTES, MAX_UNPACKED_BYTES = 2000, 20_000_000, 60_000_000
"""Limits of an office document's archive: beyond them it is a decompression bomb rather than somebody's writing."""


@dataclass(frozen=True)
class ExtractedText:
    """Some text of a document, and its location in words, such as "page 3"."""

    where: str
    text: str


@dataclass(frozen=True)
class HiddenDetail:
    """Metadata that readers do not see and that identifies a person or a place, such as "the author's name"."""

    what: str


Extracted = Iterator[ExtractedText | HiddenDetail]


class UncheckedError(Exception):
    """A file whose content cannot be examined. `hint` says what to publish instead."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


def read_bytes(file: Path, limit: int) -> bytes:
    """Return a file's content. Raises UncheckedError if it is larger than `limit` or cannot be read."""
    try:
        if file.stat().st_size > limit:
            raise UncheckedError(f"this file is larger than {limit // 1_000_000} MB, which is too large to check",
                                 "make it smaller, or link to where it is")
        return file.read_bytes()
    except OSError as error:
        raise UncheckedError("this file cannot be read", "put a readable file here, or remove it") from error


def decode(content: bytes) -> str | None:
    """Return the text of a file, with normalised line breaks; None if it is binary.

    Text in an encoding other than UTF-8 is refused by another check. It is decoded here all the same, so that the
    message of that check can be redacted.
    """
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = content.decode("utf-16", errors="replace")
    elif b"\0" in content[:4096]:
        return None
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("latin-1")
    return text.replace("\r\n", "\n").replace("\r", "\n")


IDENTIFYING_TAGS = {
    0x010E: "a description", 0x013B: "the author's name", 0x8298: "the copyright holder", 0x013C: "a computer's name",
    0x9C9B: "a title", 0x9C9C: "a comment", 0x9C9D: "the author's name", 0x9C9E: "keywords", 0x9C9F: "a subject",
    0x9286: "a comment", 0x927C: "the camera's own notes", 0xA430: "the camera owner's name",
    0xA431: "the camera's serial number", 0xA435: "the lens's serial number", 0xA420: "the image's unique number",
    0x9003: "the time it was taken", 0x9004: "the time it was digitised", 0x0132: "the time it was changed",
}
"""Exif tags that identify a person, a device or a time."""

HARMLESS_KEYS = frozenset(("software", "date:create", "date:modify", "date:timestamp", "creation time", "gamma", "dpi"))
"""Keys of text that programs write into PNG images about themselves."""

PRINTABLE_KEYS = frozenset(("author", "title", "description", "copyright", "comment", "source", "disclaimer",
                            "warning"))
"""Keys that PNG defines. Another key could itself be personal, and is not repeated in a message."""


def from_image(content: bytes) -> Extracted:
    """Yield an image's hidden details and embedded texts. Raises UncheckedError if it cannot be opened.

    Sources: Exif 3.0; XMP (ISO 16684-1); PNG, third edition, 11.3.4.
    """
    # Slow to import, and an area may have no image.
    from PIL import ExifTags, Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(content))
            exif = image.getexif()
            tags = {**exif, **exif.get_ifd(ExifTags.IFD.Exif)}
            location = exif.get_ifd(ExifTags.IFD.GPSInfo)
            texts = {str(key): value for key, value in {**image.info, **getattr(image, "text", {})}.items()}
    except Exception as error:  # Pillow's decoders raise many kinds of errors for a broken image
        raise UncheckedError("this image cannot be opened, so it cannot be checked",
                             "save it as PNG or JPEG with an image program") from error
    if location:
        yield HiddenDetail("the location where it was taken (GPS)")
    for what in sorted({what for tag, what in IDENTIFYING_TAGS.items() if _is_filled(tags.get(tag))}):
        yield HiddenDetail(what)
    if "xmp" in texts or "XML:com.adobe.xmp" in texts or "Raw profile type xmp" in texts:
        yield HiddenDetail("metadata of the program that made it (XMP)")
    if "photoshop" in texts or "Raw profile type iptc" in texts:
        yield HiddenDetail("press metadata (IPTC)")
    for key, value in texts.items():
        if key.lower() == "comment" or (isinstance(value, str) and key.lower() not in HARMLESS_KEYS and \
                key not in ("XML:com.adobe.xmp", "mode", "compression", "srgb", "version")):
            yield HiddenDetail(f'a text named "{key}"' if key.lower() in PRINTABLE_KEYS else "a text")
            text = value if isinstance(value, str) else bytes(value).decode("latin-1")
            yield ExtractedText("a text in the image", text)


def _is_filled(value: object) -> bool:
    return bool(value.strip(b"\0 ") if isinstance(value, bytes) else str(value).strip("\0 ")) if value else False


PARAGRAPHS = frozenset(("p", "h", "si", "comment", "row", "table-row"))
PEOPLE = {
    "creator": "the author's name", "initial-creator": "the author's name",
    "lastModifiedBy": "the name of the last person who changed it",
    "printed-by": "the name of the person who printed it", "Manager": "a manager's name",
}
"""Elements of a document's properties that name a person."""

LINK_OR_TITLE = re.compile(r"(?:href|Target|author|title|descr)$")
SAVE_AGAIN = "open it, remove its properties and comments, and save it as .docx or .odt without a password"


def from_office_document(content: bytes) -> Extracted:
    """Yield a document's paragraphs, comments and properties, and the hidden details of its pictures.

    Reads Word, LibreOffice and similar formats. Raises UncheckedError if it cannot be read.
    Sources: ECMA-376 (OPC); OASIS OpenDocument 1.3.
    """
    try:
        from defusedxml.ElementTree import fromstring
    except ImportError:
        raise UncheckedError("documents cannot be checked because an optional package is not installed",
                             'install it: .venv/bin/pip install ".[import]"') from None
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED_BYTES:
                raise UncheckedError("this document is far too large when unpacked", SAVE_AGAIN)
            for member in members:
                suffix = PurePosixPath(member.filename).suffix.lower()
                if suffix in (".xml", ".rels") and member.file_size <= MAX_MEMBER_BYTES:
                    yield from _from_xml(member.filename, fromstring(archive.read(member)))
                elif suffix in IMAGES:
                    yield from from_image(archive.read(member))
                elif suffix in (".xml", ".rels", ".bin") and member.file_size > MAX_MEMBER_BYTES:
                    raise UncheckedError("a part of this document is too large to check", SAVE_AGAIN)
    except UncheckedError:
        raise
    except Exception as error:  # a broken archive or broken XML raises one of a dozen kinds of errors
        raise UncheckedError("this document cannot be read, so it cannot be checked", SAVE_AGAIN) from error


def _from_xml(name: str, root: object) -> Extracted:
    number = 0
    for element in root.iter():  # type: ignore[attr-defined]
        if not isinstance(element.tag, str):
            continue
        tag = element.tag.rpartition("}")[2]
        if tag in PEOPLE and (element.text or "").strip() and not name.endswith(".rels"):
            yield HiddenDetail(PEOPLE[tag])
        if tag in PARAGRAPHS:
            number += 1
            yield ExtractedText(f"paragraph {number}", _text_of(element))
        links = [value for key, value in element.attrib.items() if LINK_OR_TITLE.search(key)]
        if links:
            yield ExtractedText(f"paragraph {number}", "\n\n".join(links))
        if any(key.rpartition("}")[2] == "author" and value.strip() for key, value in element.attrib.items()):
            yield HiddenDetail("the name of someone who commented on it or changed it")
    if not number:
        texts = (text.strip() for text in root.itertext())  # type: ignore[attr-defined]
        yield ExtractedText("the properties", "\n\n".join(filter(None, texts)))


def _text_of(paragraph: object) -> str:
    # Word stores a paragraph in runs, often several a word: they are joined without a space.
    texts = []
    for part in paragraph.iter():  # type: ignore[attr-defined]
        tag = part.tag.rpartition("}")[2] if isinstance(part.tag, str) else ""
        texts += ["\n" if tag in ("br", "line-break", "tab", "cr") else " " if tag in ("s", "tc", "table-cell") else "",
                  part.text or "" if tag != "instrText" else f" {part.text} ", part.tail or ""]
    return "".join(texts)


EXPORT_AGAIN = "export it as PDF from the program that it was written in, without a password and without its properties"


def from_pdf(content: bytes) -> Extracted:
    """Yield the text of each page, its annotations, and the properties.

    Raises UncheckedError if it cannot be read or contains no text. Source: ISO 32000-1, 14.3, on metadata.
    """
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted or len(reader.pages) > MAX_PDF_PAGES:
            raise UncheckedError("this PDF has a password, or too many pages to check", EXPORT_AGAIN)
        properties = dict(reader.metadata or {})
        if str(properties.get("/Author", "")).strip():
            yield HiddenDetail("the author's name")
        yield ExtractedText("the properties", "\n\n".join(str(value) for value in properties.values()))
        if reader.attachments:
            yield HiddenDetail("an attached file")
        texts = []
        for number, page in enumerate(reader.pages, 1):
            texts.append(page.extract_text())
            yield ExtractedText(f"page {number}", texts[-1])
            for reference in page.get("/Annots") or ():
                note = reference.get_object()
                action = note.get("/A")
                values = (note.get("/Contents"), note.get("/T"), note.get("/V"),
                          action.get_object().get("/URI") if action else None)
                yield ExtractedText(f"a note on page {number}", "\n\n".join(str(value) for value in values if value))
    except UncheckedError:
        raise
    except Exception as error:  # pypdf raises many kinds of errors for a broken file
        raise UncheckedError("this PDF cannot be read, so it cannot be checked", EXPORT_AGAIN) from error
    if not "".join(texts).strip():
        raise UncheckedError("this PDF contains only images, which can neither be checked nor read aloud", EXPORT_AGAIN)


EXTRACTORS: dict[str, Callable[[bytes], Extracted]] = {
    **dict.fromkeys(IMAGES, from_image), **dict.fromkeys(OFFICE_DOCUMENTS, from_office_document), ".pdf": from_pdf}
"""The extractor for each suffix of a binary file."""
