"""Whole pages: a page's content in its frame, with the words on it explained, and links made for where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from markupsafe import Markup

from ..register.addresses import SITE
from ..views.pages import GeneratedPage
from .frame import Frame, frame
from .page_text import text_of
from .render import Renderer


@dataclass(frozen=True)
class SiteFacts:
    """What every page shows of its site: where it stands, the main navigation as titles and addresses, and the paths
    of styles, scripts and icon. `guides` is where the guides begin."""

    url: str
    nav: tuple[tuple[str, str], ...]
    styles: tuple[str, ...]
    scripts: tuple[str, ...]
    favicon: str
    guides: str


class SitePages:
    """Makes the pages of one register's site."""

    def __init__(self, renderer: Renderer) -> None:
        self.renderer, self.register = renderer, renderer.register
        self._words: dict[tuple[str, ...], Markup] = {(): Markup()}

    def show(self, site: SiteFacts, *, is_preview: bool) -> None:
        """Set what the frame shows of the site."""
        self.site = site
        once = cache(self.renderer.render)

        def header(around: Frame) -> Markup:
            """What is alike on many pages is made once: half of the time of a page went into it."""
            for _, url in site.nav:
                if around.url == url or (url and around.here.startswith(url)):
                    return once("partials/header.html", current=url, here="page" if around.url == url else "true")
            return once("partials/header.html", current=None, here="")

        self.renderer.environment.globals |= {
            "site": site, "is_preview": is_preview, "header": header, "footer": partial(once, "partials/footer.html")}

    def frame(self, url: str, title: str, description: str | None, **more: Any) -> Frame:
        """Return the frame of the page at `url`; `more` is what views.frame.frame takes."""
        return frame(self.register, url, title, description, site_url=self.site.url, **more)

    def generated(self, page: GeneratedPage) -> bytes:
        """Return a page that is made from records."""
        content = self.renderer.render(page.template, page_address=page.address, **page.template_context())
        around = self.frame(page.address, page.title, page.description, made_from=page.record_file,
                            is_searched=page.searched, boost=page.boost, moved_to=page.moved_to)
        return self.page(around, content)

    def page(self, around: Frame, content: Markup, template: str = "main.html", *, with_words: bool = True,
             **facts: Any) -> bytes:
        """Return a page as it is published."""
        if with_words:
            content += self.words(around.here, content)
        html = str(self.renderer.render(template, frame=around, content=content, **facts))
        return resolved(html, around.to_root).encode()

    def words(self, url: str, content: str) -> Markup:
        """Return the glossary's words that stand in a page's content, explained; nothing where they need not be."""
        terms = [] if url in ("", "glossary/") else self.renderer.prose.terms_in(text_of(content))
        names = tuple(term.term for term in terms)
        if names not in self._words:
            self._words[names] = self.renderer.render("pages/words.html", terms=terms)
        return self._words[names]


def resolved(html: str, root: str) -> str:
    """Return a page whose links from the site's root are written from the page: see views/address.py.

    `root` leads from the page to the site's root: "", or it ends in a slash.
    """
    return html.replace(f'"{SITE}"', f'"{root or "."}"').replace(f'"{SITE}', f'"{root}')
