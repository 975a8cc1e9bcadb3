"""What the site shows: for each page and macro, the facts that its template needs. No HTML here."""

from ..register.addresses import address
from ..site.render import Renderer
from .pages import GeneratedPage, generated_pages

__all__ = ["GeneratedPage", "Renderer", "address", "generated_pages"]
