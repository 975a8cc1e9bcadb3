"""The addresses of an area's pages. Once published, an address never breaks."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from ..kinds import BY_MODEL, BY_NAME, KINDS, references, slug
from ..records import FamilyVerdict, Record
from .intervals import years
from .register import Register

__all__ = ["POSTS", "SITE", "address", "addresses", "generated_files", "page_address", "page_file", "post_address",
           "slug"]

SITE = "site:/"
"""The site's root in every link that macros and pages make. The generator replaces it with a path relative to the page,
so that one text serves in a post, in the post's excerpt, and on any host."""

POSTS = BY_NAME["posts"].home

GUIDES = "docs/guides/"
"""The guides are for those who write and run the site. They are read in the repository: no pages are made of them."""

LIST_PAGES = frozenset(kind.index for kind in KINDS if kind.index) | {
    "how-to-read/", "disagreements/", "easy-read/", "changes/",
    "briefing/", "subscribe/", "open-data/", "accessibility/", "privacy/"}
"""Pages that the generator makes, other than those of single records and years."""

GENERATED_FOLDERS = (*(kind.index for kind in KINDS if kind.index and kind.has_pages and kind.name != "posts"),
                     "changes/", "easy-read/", "embed/", "404/")
"""Where no page of the area's own can be, since the generator makes what is there, or may do so for new records."""

FOLDER_INDEXES = frozenset(kind.index for kind in KINDS if kind.index and kind.has_pages and kind.name != "posts")
"""Lists that are their folder's index, also while the folder is empty. The blog is a page of the area's own."""

CHANGES = "changes/"
"""A page that does not become its folder's index when pages for past years appear below it: links in the texts of an
area to its file stay valid."""


def address(record: Record | str, register: Register | None = None) -> str:
    """Return a record's permanent address on the site, such as site:/actions/a-012/; text is taken as a path.

    A verdict of families has a place on the page of what it is about.

    Raises TypeError for a record without a page.
    """
    if isinstance(record, str):
        return SITE + record.lstrip("/")
    if isinstance(record, FamilyVerdict):
        subject = next(kind for place, kind, _ in references(record) if place == ("about",))
        return f"{SITE}{BY_NAME[subject].address(record.about)}#families"
    kind = BY_MODEL.get(type(record))
    id = kind.id_of(record) if kind else None
    if kind is None or id is None:
        raise TypeError(f"{type(record).__name__} has no page")
    return SITE + kind.address(id)


def post_address(stem: str) -> str:
    """Return the address of a post; the name of its file is its permanent address."""
    return SITE + BY_NAME["posts"].address(stem)


def page_address(path: str) -> str:
    """Return the address of the page made from a Markdown file, whose path begins with docs/."""
    if path.startswith(POSTS):
        return BY_NAME["posts"].address(path.removeprefix(POSTS).removesuffix(".md"))
    words = path.removeprefix("docs/").removesuffix(".md")
    return "" if words == "index" else f"{words.removesuffix('/index')}/"


def addresses(register: Register) -> set[str]:
    """Return the address of every page of the site.

    Pages of records that could not be read are included, so that links to them are not reported as well. Drafts have no
    page; a post that was taken down has one that says so.
    """
    drafts = {stem for stem, post in register.posts.items() if post.draft and not post.changed}
    found = {kind.address(id) for kind in KINDS if kind.has_pages
             for id in register.ids(kind.name) - (drafts if kind.name == "posts" else set())}
    found |= LIST_PAGES
    found |= {f"{CHANGES}{year}/" for year in years(register)}
    found |= {f"measures/{id}/areas/" for id, figures in register.official.items()
              if id in register.measures and figures.newest_full_period}
    return found | {page_address(page.document.path) for page in register.pages
                    if not (page.post and page.post.draft) and not page.document.path.startswith(GUIDES)}


def is_generated(address: str) -> bool:
    """Return whether the generator makes the page at an address, or may make it for a new record."""
    return (address.lower() in LIST_PAGES and address != BY_NAME["posts"].index) \
        or address.lower().startswith(GENERATED_FOLDERS)


def page_file(address: str, files: Mapping[str, str]) -> str:
    """Return the Markdown file that a link to an address names.

    `files` are those of all pages, as `generated_files` returns them.
    """
    if address == "":
        return "docs/index.md"
    if address.startswith("blog/") and address not in LIST_PAGES:
        return f"{POSTS}{address.removeprefix('blog/').removesuffix('/')}.md"
    return f"docs/{files[address]}"


def generated_files(known: Collection[str]) -> dict[str, str]:
    """Return the name under which the generator knows the generated page at each address.

    A list is its folder's index. `known` are the addresses of all pages.
    """
    # A measure's page, too, keeps its file's name when a page of all areas appears below it.
    stay = {CHANGES} | {address for address in known if address.startswith("measures/") and address != "measures/"}
    lists = FOLDER_INDEXES | {f"{parent}/" for address in known for parent in _parents(address)} - stay
    return {address: f"{address.removesuffix('/')}{'/index' if address in lists else ''}.md" for address in known}


def _parents(address: str) -> Iterator[str]:
    parts = address.removesuffix("/").split("/")
    return ("/".join(parts[:number]) for number in range(1, len(parts)))
