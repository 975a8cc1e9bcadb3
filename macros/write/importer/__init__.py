"""Converts a Word or LibreOffice document into a post with draft records."""

from .container import DocumentError
from .post import Given, Imported, import_document, import_text
from .proposals import Promise

__all__ = ["DocumentError", "Given", "Imported", "Promise", "import_document", "import_text"]
