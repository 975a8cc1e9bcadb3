"""What the area's own pages say at their end about their changes."""

from __future__ import annotations

from ..register import Register
from ..register.entries import page_changes
from ..register.register import Page
from .generated_page import Context

FEEDBACK = ("feedback", "one_child")
"""The keys of `data/area.yml` that the page for feedback shows."""


def own_changes(register: Register, page: Page) -> Context:
    """Return what a page that is no post, and the facts about the area on it, once said otherwise.

    All facts about the area are on the page about the site, or without one on the home page.
    """
    paths = {page.document.path for page in register.pages}
    about = "docs/about.md" if "docs/about.md" in paths else "docs/index.md"
    area = (register.area.corrections, register.area.taken_down)
    shown = [tuple(entry for entry in entries if page.document.path == about or
                   (page.document.path == "docs/feedback.md" and entry.field.split(".")[0] in FEEDBACK))
             for entries in area]
    return {"changed": page_changes(page), "corrections": shown[0], "taken_down": shown[1]}
