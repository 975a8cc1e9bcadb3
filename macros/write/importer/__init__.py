"""From a document of a word processor to a post: read within bounds, converted, and with proposals for records."""

from .post import Imported, import_document
from .refusal import DocumentError

__all__ = ["DocumentError", "Imported", "import_document"]
