"""The pages and files of a site, one by one: of a built one, or of records alone, for tests that look at a few."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from pathlib import Path

from bs4 import BeautifulSoup
from lxml import etree
from lxml.html import document_fromstring
from markupsafe import Markup

from macros.checks import check
from macros.publish.formats import planned_files
from macros.site.context import Site, SiteContext, relative_links
from macros.site.macros import Macros
from macros.site.templates import Renderer
from macros.views.generated_page import GeneratedPage
from macros.views.page_metadata import PageMeta
from macros.views.pages import generated_pages
from tests.conftest import ROOT


class Pages:
    """What a build of an area that passes the checks would write. The pages have an empty menu, and no glossary.

    A page takes a fiftieth of the time of a build. Those in docs/ are not here, since MkDocs makes them.
    """

    def __init__(self, area: Path, today: date | str) -> None:
        self.register, problems = check(area, date.fromisoformat(str(today)))
        assert not [problem for problem in problems if problem.level == "error"], problems
        self._renderer = Renderer(self.register, [ROOT / "overrides"])
        site = Site(self.register.area.site_url, [], ("assets/board.css",), ("assets/board.js",), "assets/favicon.svg",
                    None)
        self._site = SiteContext(self._renderer, site, is_preview=False)

    @cached_property
    def _pages(self) -> dict[str, GeneratedPage]:
        return {page.address: page for page in generated_pages(self.register)}

    def page(self, address: str) -> str:
        """Return a page of a record or a list, or home with what the macro of that name shows."""
        if not address:
            return self._framed(Macros(self._renderer).home(), self._site.meta("", "Home", None, made_from=None))
        shown = self._pages[f"{address}/"]
        meta = self._site.meta(shown.address, shown.title, shown.description, made_from=shown.record_file)
        content = self._renderer.render(shown.template, page_address=shown.address, **shown.template_context())
        return self._framed(content, meta, shown.layout)

    def _framed(self, content: Markup, meta: PageMeta, layout: str | None = None) -> str:
        html = self._renderer.render(layout or "main.html", content=content, frame=meta)
        return relative_links(str(html), "../" * meta.here.count("/"))

    def file(self, path: str) -> bytes:
        """Return the content of a file for programs."""
        return next(file for file in planned_files(self.register) if file.path == path).render()


def page(site: Path | Pages, address: str = "") -> BeautifulSoup:
    """Return a page of a site. `address` is its path, without a slash at its end."""
    html = site.page(address) if isinstance(site, Pages) else (site / address / "index.html").read_text("utf-8")
    return BeautifulSoup(html, "lxml")


def text_of(html: str) -> str:
    """Return the text of a page, without its scripts, and with one space between two words."""
    document = document_fromstring(html)
    etree.strip_elements(document, "script", with_tail=False)
    return " ".join(document.text_content().split())


def file(site: Path | Pages, path: str) -> str:
    """Return the text of a file for programs, such as a feed or a table."""
    return (site.file(path) if isinstance(site, Pages) else (site / path).read_bytes()).decode("utf-8-sig")
