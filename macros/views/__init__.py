"""What the site shows: for each page and macro, the facts that its template needs. No HTML here."""

from .address import address
from .pages import GeneratedPage, generated_pages
from .render import Renderer

__all__ = ["GeneratedPage", "Renderer", "address", "generated_pages"]
