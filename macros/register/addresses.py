"""The addresses of an area's pages, as paths on its site such as actions/a-012/."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .register import Register

RECORD_FOLDERS = ("actions", "decisions", "meetings", "measures", "organisations", "priorities")
LIST_PAGES = (
    "how-to-read/", "easy-read/", "easy-read/how-to-read/", "easy-read/feedback/", "changes/", "briefing/",
    "subscribe/", "open-data/", "accessibility/", "privacy/", "timeline/", "glossary/", "you-said/", "blog/",
    "blog/topics/", "guides/what-the-checks-mean/", "about/software/")
POSTS = "docs/blog/posts/"


def slug(text: str) -> str:
    """Return text as a part of an address: small letters, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def page_address(path: str) -> str:
    """Return the address of the page made from a Markdown file, whose path begins with docs/."""
    if path.startswith(POSTS):
        return f"blog/{path.removeprefix(POSTS).removesuffix('.md')}/"
    words = path.removeprefix("docs/").removesuffix(".md")
    return "" if words == "index" else f"{words.removesuffix('/index')}/"


def addresses(register: Register) -> set[str]:
    """Return the address of every page of the site; those of records that could not be read are included, and those of
    drafts, which have no page, are not. A post that was taken down has a page that says so."""
    found = {f"{kind}/{id.lower()}/" for kind in RECORD_FOLDERS for id in register.known(kind)}
    found |= {f"{kind}/" for kind in RECORD_FOLDERS} | set(LIST_PAGES)
    drafts = {stem for stem, post in register.posts.items() if post.draft and not post.changed}
    found |= {f"blog/{stem}/" for stem in register.known("posts") - drafts}
    return found | {page_address(page.document.path) for page in register.pages if not (page.post and page.post.draft)}


def page_file(address: str, known: set[str]) -> str:
    """Return the Markdown file that a link to an address names: the list of other pages is their folder's index."""
    if address == "":
        return "docs/index.md"
    if address.startswith("blog/") and address not in LIST_PAGES and not address.startswith("blog/topics/"):
        return f"{POSTS}{address.removeprefix('blog/').removesuffix('/')}.md"
    return f"docs/{generated_file(address, known)}"


def generated_file(address: str, known: Iterable[str]) -> str:
    """Return the name under which the generator knows a generated page: a list is its folder's index, also while empty.

    `known` are the addresses of all pages.
    """
    path = address.removesuffix("/")
    is_list = path in RECORD_FOLDERS or any(other.startswith(address) and other != address for other in known)
    return f"{path}/index.md" if is_list else f"{path}.md"
