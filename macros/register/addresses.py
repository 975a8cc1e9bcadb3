"""The addresses of an area's pages, as paths on its site such as actions/a-012/."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from .register import Register
from .spans import years

RECORD_FOLDERS = ("actions", "decisions", "meetings", "measures", "organisations", "priorities")
LIST_PAGES = (
    "how-to-read/", "easy-read/", "easy-read/how-to-read/", "easy-read/feedback/", "changes/", "briefing/",
    "subscribe/", "open-data/", "accessibility/", "privacy/", "timeline/", "glossary/", "you-said/", "blog/",
    "blog/topics/", "guides/what-the-checks-mean/", "about/software/")
ONE_PAGE = "changes/"
"""A page by itself until years stand below it; the links of an area's texts to its file hold on."""

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
    found |= {f"changes/{year}/" for year in years(register)}
    return found | {page_address(page.document.path) for page in register.pages if not (page.post and page.post.draft)}


def page_file(address: str, files: Mapping[str, str]) -> str:
    """Return the Markdown file that a link to an address names: the list of other pages is their folder's index.

    `files` are those of all pages, as generated_files gives them.
    """
    if address == "":
        return "docs/index.md"
    if address.startswith("blog/") and address not in LIST_PAGES and not address.startswith("blog/topics/"):
        return f"{POSTS}{address.removeprefix('blog/').removesuffix('/')}.md"
    return f"docs/{files[address]}"


def generated_files(known: Collection[str]) -> dict[str, str]:
    """Return, for each address, the name under which the generator knows a generated page there: a list is its folder's
    index, also while empty. `known` are the addresses of all pages."""
    lists = {f"{folder}/" for folder in RECORD_FOLDERS} | {f"{parent}/" for address in known
                                                           for parent in _parents(address)} - {ONE_PAGE}
    return {address: f"{address.removesuffix('/')}{'/index' if address in lists else ''}.md" for address in known}


def _parents(address: str) -> Iterator[str]:
    parts = address.removesuffix("/").split("/")
    return ("/".join(parts[:number]) for number in range(1, len(parts)))
