"""Text and properties of PDF documents, by pypdf. Source: ISO 32000-1, 14.3, on metadata."""

from __future__ import annotations

import io
import logging

from .parts import Hidden, Part, Parts, UncheckedError

MOST_PAGES = 500
EXPORT_AGAIN = "export it as PDF from the program that it was written in, without a password and without its properties"


def in_pdf(content: bytes) -> Parts:
    """Yield the text of each page, the notes on it, and the properties. Raises UncheckedError where it cannot be read,
    or holds pictures of text alone."""
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted or len(reader.pages) > MOST_PAGES:
            raise UncheckedError("this PDF has a password, or too many pages to be checked", EXPORT_AGAIN)
        properties = dict(reader.metadata or {})
        if str(properties.get("/Author", "")).strip():
            yield Hidden("the author")
        yield Part("the properties", "\n\n".join(str(value) for value in properties.values()))
        if reader.attachments:
            yield Hidden("another file inside it")
        texts = []
        for number, page in enumerate(reader.pages, 1):
            texts.append(page.extract_text())
            yield Part(f"page {number}", texts[-1])
            for note in page.get("/Annots") or ():
                note = note.get_object()
                action = note.get("/A")
                yield Part(f"a note on page {number}", "\n\n".join(
                    str(value) for value in (note.get("/Contents"), note.get("/T"), note.get("/V"),
                                             action.get_object().get("/URI") if action else None) if value))
    except UncheckedError:
        raise
    except Exception as error:  # pypdf raises whatever a broken file makes it
        raise UncheckedError("this PDF cannot be read, so nobody can tell what it hides", EXPORT_AGAIN) from error
    if not "".join(texts).strip():
        raise UncheckedError("this PDF holds only pictures, which can neither be checked nor read aloud", EXPORT_AGAIN)
