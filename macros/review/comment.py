"""A review in words: as text for a terminal, and as the Markdown of a comment in which nothing can do anything."""

from __future__ import annotations

import re
from typing import Any

from markupsafe import Markup

from ..views.changes import GROUPS
from .github_markdown import inert, lines
from .schema import MOST_ITEMS, Review

MARKER = "<!-- board review -->"
"""Begins each comment, and tells it from others: an earlier one is found by it, and replaced."""

MOST_SIGNS = 60_000
"""GitHub takes 65,536 signs in a comment."""

TITLES = GROUPS | {
    "unsaid": "No longer said", "new-post": "New posts", "edited-post": "Edited posts",
    "gone-post": "Posts that are gone", "draft-post": "Drafts, which readers do not see yet", "new-page": "New pages",
    "edited-page": "Edited pages", "gone-page": "Pages that are gone", "new-record": "Also new",
    "edited-record": "Also edited", "gone-record": "Gone", "other-file": "Pictures and other files",
    "software": "The site's software and set-up",
}
"""What each kind of change is called."""


def as_markdown(review: Review, *, preview: str | None = None, commit: str | None = None) -> str:
    """Return a review as a comment. `preview` is the address of the built preview, `commit` that of what was looked at.

    Both are put in as they are, so they must come from where they can be trusted. A long review is shortened until it
    fits, and says what it leaves out.
    """
    for most in (MOST_ITEMS, 100, 50, 25, 10, 5, 1, 0):
        text = _rendered("markdown.html", review, most, preview=preview and Markup(preview),
                         commit=commit and Markup(commit), marker=Markup(MARKER))
        if len(text) <= MOST_SIGNS:
            break
    return text


def as_text(review: Review, preview_command: str) -> str:
    """Return a review as plain text, whole. `preview_command` is what to type to look at the site."""
    return _rendered("text.html", review, MOST_ITEMS, preview_command=preview_command)


def _rendered(template: str, review: Review, most: int, **facts: Any) -> str:
    environment = inert() if template == "markdown.html" else lines()
    text = environment.get_template(template).render(
        review=review, titles={kind: Markup(title) for kind, title in TITLES.items()}, most=most, **facts)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"
