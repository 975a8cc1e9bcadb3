"""Converts a Word or LibreOffice document into a post with draft records."""

from .container import DocumentError
from .post import Imported, import_document

__all__ = ["DocumentError", "Imported", "import_document"]
