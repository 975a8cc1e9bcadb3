"""What a page's template gets besides its content: the page's metadata, the menu, the glossary, root-relative links."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, cached_property, partial
from html import unescape
from math import ceil
from typing import Any

from markupsafe import Markup

from ..publish.cards import card_of
from ..register import Register
from ..register.addresses import SITE
from ..views.linked_data import linked_data
from ..views.page_metadata import FeedLink, feeds_of, suggest
from .templates import Renderer

TAG = re.compile(r"<[^>]*>")
WORD = re.compile(r"\W+")
WORDS_PER_MINUTE = 265
"""Reading speed, as Material's blog plugin assumes it."""


@dataclass(frozen=True)
class PageMeta:
    """The metadata of one page: what its head says, and where readers can turn with questions about it.

    `url` is the page's path on the site, or None for the page shown in place of missing ones. `made_from` is the file
    or folder of the area that the page shows; `boost` ranks it higher in search results.
    """

    url: str | None
    title: str
    description: str
    canonical: str | None = None
    is_searched: bool = False
    boost: float = 1
    moved_to: str | None = None
    card: str | None = None
    suggest: str | None = None
    feeds: list[FeedLink] = field(default_factory=list)
    linked_data: list[dict[str, Any]] = field(default_factory=list)

    @property
    def is_home(self) -> bool:
        return self.url == ""

    @property
    def here(self) -> str:
        """The page's address on the site, empty for a page without one."""
        return self.url or ""

    @property
    def to_root(self) -> str:
        """The relative path from the page to the site's root: empty, or ending in a slash."""
        return "../" * self.here.count("/")


def page_meta(register: Register, url: str, title: str, description: str | None, *, made_from: str | None,
              is_searched: bool = True, boost: float = 1, moved_to: str | None = None,
              site_url: str | None = None) -> PageMeta:
    """Return the metadata of the page at `url`, its path on the site such as actions/a-012/.

    `site_url` is where the site is served, if not at the area's own address: in a preview.
    """
    return PageMeta(
        url, title, description or register.area.site_description,
        canonical=(site_url or register.area.site_url.rstrip("/") + "/") + url, is_searched=is_searched, boost=boost,
        moved_to=moved_to, card=card_of(register, url), suggest=suggest(register, made_from, url),
        feeds=feeds_of(register, url), linked_data=linked_data(register, url, title))


def missing_page(register: Register) -> PageMeta:
    """Return the metadata of the page shown in place of missing ones."""
    return PageMeta(None, "Page not found", register.area.site_description)


@dataclass(frozen=True)
class MenuItem:
    """A link of the main navigation: `url` is a path on the site, or the whole address of an external page."""

    title: str
    url: str
    is_external: bool = False


def menu_items(items: Iterable[Any]) -> list[MenuItem]:
    """Return the links of MkDocs' navigation in one flat list: the pages of a section follow each other."""
    found = []
    for item in items:
        if item.is_section:
            found += menu_items(item.children)
        elif item.is_page:
            found.append(MenuItem(item.title, "" if item.is_homepage else item.url))
        else:
            found.append(MenuItem(item.title, item.url, is_external=True))
    return found


@dataclass(frozen=True)
class Site:
    """What every page shows of its site. `guides` is the address of the first guide; `copyright` is HTML or None."""

    url: str
    nav: Iterable[Any]
    styles: tuple[str, ...]
    scripts: tuple[str, ...]
    favicon: str
    guides: str
    copyright: Markup | None

    @cached_property
    def menu(self) -> list[MenuItem]:
        """The main navigation. MkDocs knows the titles of all pages only once it has read them."""
        return menu_items(self.nav)


class SiteContext:
    """Provides the shared parts of all pages of one site."""

    def __init__(self, renderer: Renderer, site: Site, *, is_preview: bool) -> None:
        self.renderer, self.register, self.site = renderer, renderer.register, site
        # Half of the time of a page went into its header: it is rendered once for all pages below each menu item.
        self._render_once = cache(renderer.render)
        self._glossaries: dict[tuple[str, ...], Markup] = {(): Markup()}
        renderer.environment.globals |= {
            "site": site, "is_preview": is_preview, "header": self._header,
            "footer": partial(self._render_once, "partials/footer.html")}

    def _header(self, meta: PageMeta) -> Markup:
        for item in self.site.menu:
            if not item.is_external and (meta.url == item.url or (item.url and meta.here.startswith(item.url))):
                return self._render_once("partials/header.html", current=item.url,
                                         here="page" if meta.url == item.url else "true")
        return self._render_once("partials/header.html", current=None, here="")

    def meta(self, url: str, title: str, description: str | None, **more: Any) -> PageMeta:
        """Return the metadata of the page at `url`; `more` is what page_meta takes."""
        return page_meta(self.register, url, title, description, site_url=self.site.url, **more)

    def glossary(self, url: str, html: str) -> Markup:
        """Return the explanations of the glossary's words in a page's HTML; none for the home page and the glossary."""
        terms = [] if url in ("", "glossary/") else self.renderer.autolinker.terms_in(text_of(html))
        names = tuple(term.term for term in terms)
        if names not in self._glossaries:
            self._glossaries[names] = self.renderer.render("pages/words.html", terms=terms)
        return self._glossaries[names]


def relative_links(html: str, root: str) -> str:
    """Return a page whose links from the site's root are relative to the page: see register/address.py.

    `root` leads from the page to the site's root: "", or it ends in a slash.
    """
    return html.replace(f'"{SITE}"', f'"{root or "."}"').replace(f'"{SITE}', f'"{root}')


def text_of(html: str) -> str:
    """Return the text of HTML from the template engine or Markdown, where every "<" of the text is escaped."""
    return unescape(TAG.sub(" ", html))


def minutes_to_read(html: str) -> int:
    """Return how many minutes it takes to read a page, rounded up."""
    return max(1, ceil(len(WORD.split(text_of(html))) / WORDS_PER_MINUTE))
