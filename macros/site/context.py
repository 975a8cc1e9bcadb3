"""What every page shows besides its content: the menu, header, footer and glossary. Also makes links relative."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property, partial
from html import unescape
from math import ceil
from typing import Any

from markupsafe import Markup

from ..register.addresses import SITE
from ..views.page_metadata import PageMeta, page_meta
from .templates import Renderer

TAG = re.compile(r"<[^>]*>")
WORD = re.compile(r"\W+")
UNSEEN = re.compile(r"<(nav|form)\b.*?</\1>|<(\w+)\b[^>]*? hidden\b[^>]*>.*?</\2>", re.DOTALL)
"""The ways on of a page, its filters, and what is hidden, such as other words for the search. A parser would take six
times as long for every page. Where one hidden element is in another of its kind, a word too many is explained."""

WORDS_PER_MINUTE = 265
"""Reading speed, as Material's blog plugin assumes it."""


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
    """What every page shows of its site. `copyright` is HTML or None."""

    url: str
    nav: Iterable[Any]
    styles: tuple[str, ...]
    scripts: tuple[str, ...]
    favicon: str
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
        """Return the explanations of the glossary's words that a reader sees in a page's HTML.

        The home page and the glossary have none.
        """
        terms = [] if url in ("", "glossary/") else self.renderer.autolinker.terms_in(text_of(UNSEEN.sub(" ", html)))
        names = tuple(term.term for term in terms)
        if names not in self._glossaries:
            self._glossaries[names] = self.renderer.render("pages/words.html", terms=terms)
        return self._glossaries[names]


def relative_links(html: str, root: str) -> str:
    """Return a page whose links from the site's root are relative to the page: see register/addresses.py.

    `root` leads from the page to the site's root: "", or it ends in a slash.
    """
    return html.replace(f'"{SITE}"', f'"{root or "."}"').replace(f'"{SITE}', f'"{root}')


def text_of(html: str) -> str:
    """Return the text of HTML from the template engine or Markdown, where every "<" of the text is escaped."""
    return unescape(TAG.sub(" ", html))


def minutes_to_read(html: str) -> int:
    """Return how many minutes it takes to read a page, rounded up."""
    return max(1, ceil(len(WORD.split(text_of(html))) / WORDS_PER_MINUTE))
