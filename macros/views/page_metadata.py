"""What belongs to a page besides its content: its feeds, and where to suggest a change to it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from ..register import Register

BRANCH = "main"
CORRECTION_FORM = "5-correction.yml"
"""The issue form for pages without a file of their own."""


@dataclass(frozen=True)
class FeedLink:
    """A link to a feed; `path` is its path on the site without the ending of its format."""

    name: str
    path: str


POSTS_FEED, CHANGES_FEED = FeedLink("Posts", "feeds/blog"), FeedLink("What changed", "feeds/changes")


def feeds_of(register: Register, page: str) -> list[FeedLink]:
    """Return the feeds that belong to the page at an address such as actions/a-012/."""
    kind, _, rest = page.rstrip("/").partition("/")
    if page == "":
        return [POSTS_FEED, CHANGES_FEED]
    if kind == "blog":
        return [POSTS_FEED]
    if kind == "changes":
        return [CHANGES_FEED]
    if kind == "actions" and rest.upper() in register.actions:
        return [FeedLink(f"{rest.upper()} {register.actions[rest.upper()].title}", f"feeds/actions/{rest}")]
    if kind == "organisations" and rest in register.organisations:
        return [FeedLink(register.organisations[rest].name, f"feeds/organisations/{rest}")]
    return []


def suggest(register: Register, file: str | None, address: str) -> str | None:
    """Return the web address for suggesting a change to a page; None when the area names no repository.

    `file` is what the page is made from, as a path from the area's folder: a file opens in GitHub's editor, and a
    folder (with a slash at its end) is listed. A page computed from many records has none: then the form for
    corrections opens, with the page's address filled in.
    Source: GitHub Docs, "Creating a permanent link" and "Creating an issue from a URL query".
    """
    if not register.area.repository_url:
        return None
    repository = register.area.repository_url.rstrip("/")
    if file and (register.root / file).exists():
        kind = "tree" if file.endswith("/") else "edit"
        return f"{repository}/{kind}/{BRANCH}/{quote(file.rstrip('/'))}"
    page = register.area.site_url.rstrip("/") + "/" + address
    return f"{repository}/issues/new?template={CORRECTION_FORM}&record={quote(page, safe='')}"
