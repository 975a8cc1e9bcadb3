"""Text and properties of Word, LibreOffice and similar documents. Sources: ECMA-376 (OPC); OASIS OpenDocument 1.3."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePosixPath

from .files import IMAGES
from .images import in_image
from .parts import Hidden, Part, Parts, UncheckedError

LARGEST_PART, LARGEST_WHOLE, MOST_PARTS = 20_000_000, 60_000_000, 2000
"""Bytes, unpacked, and files: a document beyond these is none that a person wrote."""

PARAGRAPHS = frozenset(("p", "h", "si", "comment", "row", "table-row"))
AUTHORS = {"creator": "the author", "lastModifiedBy": "who changed it last", "initial-creator": "the author",
           "printed-by": "who printed it", "Manager": "a manager"}
SAVE_AGAIN = "open it, remove its properties and comments, and save it as .docx or .odt without a password"


def in_office_document(content: bytes) -> Parts:
    """Yield the paragraphs, the comments and the properties of a document, and what its pictures hide.

    Raises UncheckedError where it cannot be read.
    """
    try:
        from defusedxml.ElementTree import fromstring
    except ImportError:
        raise UncheckedError("documents cannot be checked here, since a part of the program is not installed",
                             'install it: .venv/bin/pip install ".[import]"') from None
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            if len(members) > MOST_PARTS or sum(member.file_size for member in members) > LARGEST_WHOLE:
                raise UncheckedError("this document unpacks to more than a document holds", SAVE_AGAIN)
            for member in members:
                suffix = PurePosixPath(member.filename).suffix.lower()
                if suffix in (".xml", ".rels") and member.file_size <= LARGEST_PART:
                    yield from _in_xml(member.filename, fromstring(archive.read(member)))
                elif suffix in IMAGES:
                    yield from in_image(archive.read(member))
                elif suffix in (".xml", ".rels", ".bin") and member.file_size > LARGEST_PART:
                    raise UncheckedError("a part of this document is too large to be checked", SAVE_AGAIN)
    except UncheckedError:
        raise
    except Exception as error:  # a broken archive or XML raises one of a dozen
        raise UncheckedError("this document cannot be read, so nobody can tell what it hides", SAVE_AGAIN) from error


def _in_xml(name: str, root: object) -> Parts:
    number = 0
    for element in root.iter():  # type: ignore[attr-defined]
        if not isinstance(element.tag, str):
            continue
        tag = element.tag.rpartition("}")[2]
        if tag in AUTHORS and (element.text or "").strip() and not name.endswith(".rels"):
            yield Hidden(AUTHORS[tag])
        if tag in PARAGRAPHS:
            number += 1
            yield Part(f"paragraph {number}", _words(element))
        links = [value for key, value in element.attrib.items() if re.search(r"(?:href|Target|author|title"
                                                                             r"|descr)$", key)]
        if links:
            yield Part(f"paragraph {number}", "\n\n".join(links))
        if any(key.rpartition("}")[2] == "author" and value.strip() for key, value in element.attrib.items()):
            yield Hidden("who commented or changed it")
    if not number:
        yield Part("the properties", "\n\n".join(text.strip() for text in root.itertext()  # type: ignore[attr-defined]
                                                if text.strip()))


def _words(element: object) -> str:
    """Return a paragraph's words: the pieces in which it is stored follow each other without a space."""
    texts = []
    for part in element.iter():  # type: ignore[attr-defined]
        tag = part.tag.rpartition("}")[2] if isinstance(part.tag, str) else ""
        texts += ["\n" if tag in ("br", "line-break", "tab", "cr") else " " if tag in ("s", "tc", "table-cell") else "",
                  part.text or "" if tag != "instrText" else f" {part.text} ", part.tail or ""]
    return "".join(texts)
