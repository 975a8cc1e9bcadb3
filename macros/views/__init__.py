"""The contexts of generated pages and macros: the values that their templates show. No HTML here."""

from .generated_page import GeneratedPage
from .pages import generated_pages

__all__ = ["GeneratedPage", "generated_pages"]
