"""Addresses of this site: links and redirects lead to pages, and every page that needs an address can have one."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote

from ..problem import Code, Problem, Topic, quoted, suggestion
from ..register import Register
from ..register.addresses import (
    GUIDES,
    POSTS,
    addresses,
    generated_files,
    is_generated,
    page_address,
    page_file,
    slug,
)
from ..source.files import Document
from .anchors import anchors, places_of_lists
from .references import CODE, blank

CODES = (
    Code("link-form", Topic.PAGES,
         "A link to a page of this site names the page's file. Then it still works when the site moves.",
         "[have your say](/feedback/)", "[have your say](feedback.md)"),
    Code("broken-link", Topic.PAGES, "The link leads to a page that does not exist.", "[have your say](feedbak.md)",
         "[have your say](feedback.md)"),
    Code("no-page", Topic.PAGES,
         "The site makes no page of this file. Posts are in docs/blog/posts/ itself, and in no folder below it, since "
         "the name of a post is its address.",
         "docs/blog/posts/2024/2024-07-02-letters.md", "docs/blog/posts/2024-07-02-letters.md"),
    Code("no-address", Topic.PAGES,
         "A word has its place in the glossary. So it needs some letters from a to z for its address, and not too "
         "many. No two may come out the same.",
         "- term: SEN support\n- term: SEN-support", "- term: SEN support"),
    Code("taken-address", Topic.PAGES,
         "The site makes a page of its own at this address, or keeps it for later. So readers would not see yours.",
         "docs/actions/a-001.md", "docs/how-we-work.md"),
    Code("redirect", Topic.PAGES, "An old address does not lead to a page, or it is the address of a page.",
         "- from: blog/old-name/\n  to: blog/2024-02-02-frist-meeting/",
         "- from: blog/old-name/\n  to: blog/2024-02-02-first-meeting/"),
)

SITE_LINK = re.compile(r"""\]\(\s*(?P<angle><)?(?![a-z][a-z0-9+.-]*:|//)
    (?P<target>(?(angle)[^<>\n]+|(?:[^()\s<>]|\([^()\s]*\))+))""", re.I | re.X)
"""A link of Markdown without a scheme or host. Only between < and > it may hold spaces, and a bracket opens and closes
in it."""

DEFINITION = re.compile(
    r"^ {0,3}\[(?!\^)[^\[\]\n]+\]:[ \t]*<?(?![a-z][a-z0-9+.-]*:|//)(?=[^\s<>]*[./#])(?P<target>[\w./#-]+)(?=[\s>?]|$)",
    re.I | re.M)
"""A line with the address of links that name it: [the plan]: ../plan.md."""

HTML_LINK = re.compile(r"""<a\s[^<>]*?\bhref\s*=\s*["']?(?![a-z][a-z0-9+.-]*:|//|\#)(?P<target>[^"'\s<>]+)""", re.I)

MAX_SLUG = 60
"""Characters of an address: anything longer is a sentence and not a word, and file systems stop at 255."""

MANY = 100
"""So many broken links on one page are not each compared with all pages of the site."""

Named = tuple[str, str, int]
"""A text, with its file and line."""


def links_lead_to_pages(register: Register) -> Iterator[Problem]:
    """Ensures that a Markdown link to this site names the file of an existing page."""
    known = addresses(register)

    @cache
    def files() -> dict[str, str]:
        return generated_files(known)

    @cache
    def known_links_from(folder: str) -> list[str]:
        return sorted(posixpath.relpath(page_file(other, files()), folder) for other in known)

    @cache
    def hint(target: str, folder: str) -> str:
        return suggestion(target, known_links_from(folder), "link to a page that exists")

    own = {page.document.path: page.document for page in register.pages}
    drafts = {page.document.path for page in register.pages if page.post and page.post.draft}
    for page in register.pages:
        path, body = page.document.path, CODE.sub(blank, page.document.body)
        folder, line, counted, broken = posixpath.dirname(path), page.document.body_line, 0, 0
        matches = [*SITE_LINK.finditer(body), *DEFINITION.finditer(body), *HTML_LINK.finditer(body)]
        for match in sorted(matches, key=re.Match.start):
            written = match["target"]
            if match.re is HTML_LINK:
                line, counted = line + body.count("\n", counted, match.start()), match.start()
                if not _leads_somewhere(register, known, path, written):
                    yield Problem(path, line, "broken-link", f"{quoted(written)} is a link in HTML that leads nowhere",
                                  "write it as [words](page.md), with the name of the page's file")
                continue
            target = written.split("#")[0].split("?")[0]
            line, counted = line + body.count("\n", counted, match.start()), match.start()
            if "{{" in written or not (target or "#" in written):
                continue
            if not target:
                yield from _no_such_place(register, own, known, path, written, path, line)
                continue
            if target.startswith("/") or target.endswith("/"):
                address = f"{target.strip('/')}/".lstrip("/")
                yield Problem(path, line, "link-form", f"{quoted(written)} is not the name of a file",
                              f'write "{posixpath.relpath(page_file(address, files()), folder)}"' if address in known
                              else "link to the .md file, such as ../actions/a-012.md")
                continue
            to = posixpath.normpath(posixpath.join(folder, unquote(target)))
            if to.startswith(GUIDES) and not path.startswith(GUIDES):
                yield Problem(path, line, "broken-link", "the guides are not pages of the site",
                              "link to the guide in your repository, with its whole address")
            elif to in drafts and not (page.post and page.post.draft):
                yield Problem(path, line, "broken-link", f"{quoted(written)} is a draft, which readers cannot open",
                              "publish it first, or remove the link")
            elif not to.endswith(".md") and page_address(f"{to}.md") in known and not _is_file(register.root / to):
                yield Problem(path, line, "link-form", f"{quoted(written)} is not the name of a file",
                              f'write "{target}.md"')
            elif page_address(to) in known or to in drafts or (to.startswith(GUIDES) and to in own):
                yield from _no_such_place(register, own, known, to, written, path, line)
            elif (to.endswith(".md") and not path.startswith(GUIDES)) \
                    or not (to.startswith("docs/") and _is_file(register.root / to)):
                broken += 1
                yield Problem(path, line, "broken-link", f"there is no page {quoted(written)}",
                              f'write "https://{target}"' if target.startswith("www.") else
                              hint(target, folder) if broken < MANY else "link to a page that exists")


def _leads_somewhere(register: Register, known: set[str], path: str, target: str) -> bool:
    """Return whether the address in a link of HTML is that of a page or a file. The generator publishes it as it is."""
    start = "/" if target.startswith("/") else f"/{page_address(path)}"
    to = posixpath.normpath(posixpath.join(start, unquote(re.split("[?#]", target)[0]))).strip("/")
    return (f"{to}/" if to else "") in known or _is_file(register.root / "docs" / to)


WITHOUT_PLACE = "link to the page without # and what follows it"


def _no_such_place(register: Register, own: dict[str, Document], known: set[str], to: str, written: str, path: str,
                   line: int) -> Iterator[Problem]:
    """Yield a problem where a link names a heading that its page does not have."""
    place = unquote(written.partition("#")[2])
    if not place:
        return
    if to in own:
        found = anchors(own[to].body, own[to].body_line)
        if place not in found:
            yield Problem(path, line, "broken-link",
                          f"{quoted(written)}: that page has no heading {quoted('#' + place)}",
                          suggestion(place, found, WITHOUT_PLACE))
    elif f"{page_address(to)}#{place}" not in places_of_lists(register):
        yield Problem(path, line, "broken-link",
                      f"{quoted(written)}: the site makes that page itself, and its parts can change",
                      WITHOUT_PLACE)


def files_become_pages(register: Register) -> Iterator[Problem]:
    """Ensures that the site makes a page of each Markdown file, and that it has words."""
    for page in register.pages:
        path = page.document.path
        if page.document.data is not None and not page.document.body.strip():
            yield Problem(path, 1, "empty", "this page has no words", "write its text, or remove the file")
        if path.startswith(POSTS) and "/" in path.removeprefix(POSTS):
            name = path.removeprefix(POSTS).replace("/index.md", ".md").rsplit("/", 1)[-1]
            yield Problem(path, 1, "no-page", "the post is in a folder, so the site makes no page of it",
                          f"move it to {POSTS}{name}")
        elif path.startswith("docs/templates/"):
            yield Problem(path, 1, "no-page", "the generator makes no pages of the folder docs/templates/",
                          "move it to docs/")


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name that is too long for a file
        return False


def pages_have_addresses_of_their_own(register: Register) -> Iterator[Problem]:
    """Ensures that no page is at the address of a generated page, or of another page."""
    gone = {f"{page.file}/".lower() for page in register.taken_down if page.file}
    for page in register.taken_down:
        if page.file and _is_file(register.root / "docs" / page.file):
            yield Problem(f"docs/{page.file}", 1, "taken-address", "data/taken-down.yml says that the file at this "
                          "address was taken down", "give this file another name")
    first: dict[str, str] = {}
    for page in register.pages:
        path = page.document.path
        address = page_address(path)
        other = first.setdefault(address.lower(), path)
        if not page.post and (is_generated(address) or address.lower() in gone):
            yield Problem(path, 1, "taken-address", f'the site makes the page at "{address}" itself',
                          "give this page another name, outside the folders of records")
        elif other != path:
            yield Problem(path, 1, "taken-address", f'the page at "{address}" is already {other}',
                          "give this page another name")


def the_logo_is_a_picture_of_the_site(register: Register) -> Iterator[Problem]:
    """Ensures that the logo names a picture in docs/."""
    logo = register.area.logo
    if logo and not (logo.endswith((".svg", ".png")) and ".." not in logo and _is_file(register.root / "docs" / logo)):
        yield Problem(*register.location_of("area", "area", "logo"), "broken-link",
                      f"there is no picture {quoted(logo)} in docs/",
                      "write the path of an SVG or PNG file in docs/, such as assets/logo.svg")


def redirects_lead_to_pages(register: Register) -> Iterator[Problem]:
    """Ensures that a redirect leads to a page, and does not take the address of one."""
    known = addresses(register)
    for redirect in register.redirects.values():
        if redirect.from_ in known:
            yield Problem(*register.location_of("redirects", redirect.from_, "from"), "redirect",
                          f'"{redirect.from_}" is already a page of this site', "remove the redirect, or the page")
        if redirect.to and redirect.to not in known and not register.unread:
            yield Problem(*register.location_of("redirects", redirect.from_, "to"), "redirect",
                          f'"{redirect.to}" is not a page of this site',
                          suggestion(redirect.to, sorted(known), "write the path of a page that exists"))


def terms_have_addresses(register: Register) -> Iterator[Problem]:
    """Ensures that each term gives an address of its own that is neither empty nor too long."""
    terms = [(term, *register.location_of("terms", term, "term")) for term in register.terms]
    yield from _without_address("term", terms)


def _without_address(kind: str, named: Iterable[Named]) -> Iterator[Problem]:
    first: dict[str, Named] = {}
    for text, path, line in named:
        address = slug(text)
        other = first.setdefault(address, (text, path, line))
        if not address:
            yield Problem(path, line, "no-address", f"the {kind} {quoted(text)} has no letter from a to z for its "
                          "address", f"write the {kind} in words")
        elif len(address) > MAX_SLUG:
            yield Problem(path, line, "no-address", f"the {kind} {quoted(text)} is too long for an address",
                          "write it in a few words")
        elif other[0] != text:
            yield Problem(path, line, "no-address", f"the {kind} {quoted(text)} has the same address as "
                          f"{quoted(other[0])} at {other[1]}:{other[2]}", "write both the same way, or rename one")
