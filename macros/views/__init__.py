"""What the site shows: for each page and macro, the facts that its template needs. No HTML here."""

from ..register.address import address
from .pages import GeneratedPage, generated_pages

__all__ = ["GeneratedPage", "address", "generated_pages"]
