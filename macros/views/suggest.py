"""Where a change to a page can be suggested: its file in GitHub's editor, its folder, or the form for corrections."""

from __future__ import annotations

from urllib.parse import quote

from ..register import Register

BRANCH = "main"
CORRECTION = "5-correction.yml"
"""The issue form for what has no file of its own."""


def suggest(register: Register, file: str | None, address: str) -> str | None:
    """Return the web address at which a change to a page can be suggested; None where the area names no repository.

    `file` is what the page is made from, as a path from the area's folder: a file is opened in the editor, and a folder
    (with a slash at its end) is listed. A page that is worked out from many records has none: then the form for
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
    return f"{repository}/issues/new?template={CORRECTION}&record={quote(page, safe='')}"
