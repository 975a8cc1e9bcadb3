"""The adapter to the generator: the only module that knows MkDocs, or ProperDocs, which answers to the same names."""

from __future__ import annotations

import logging
import os
import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, InclusionLevel
from mkdocs.structure.toc import get_toc
from mkdocs.utils import get_relative_url

from .checks import check
from .commands.options import today_in_england
from .publish import published_files
from .register.addresses import generated_file
from .report import as_text
from .search import make_index
from .views import GeneratedPage, Renderer, generated_pages
from .views.address import SITE
from .views.calls import Calls
from .views.cards import card_of
from .views.clean_html import CleanHtml, heading_id
from .views.fragments import without_fragments
from .views.linked_data import linked_data
from .views.markdown_ids import RecordIds
from .views.post_end import untold
from .views.subscribe import feeds_of
from .views.suggest import suggest

log = logging.getLogger("mkdocs.plugins.board")

IDS = re.compile(r'(<[a-z][a-z0-9]*(?: [a-z-]+="[^"]*")*?) id="[^"]*"')

THEME_ASSETS = ("assets/javascripts/", "assets/stylesheets/", "assets/images/")
"""The theme's own scripts and styles, of which no page asks for any."""

TODAY = "BOARD_TODAY"
"""The environment variable by which `board build` hands over the day; without it, today in England."""


class BoardConfig(Config):
    """What mkdocs.yml may set for this plugin: whether it runs. What the site says stands in data/area.yml."""

    enabled = config_options.Type(bool, default=True)


class BoardPlugin(BasePlugin[BoardConfig]):
    """Reads the area's records, adds a page for each, and gives macros and theme what they show."""

    renderer: Renderer
    pages: dict[str, GeneratedPage]
    is_preview = False

    def on_startup(self, *, command: str, dirty: bool) -> None:
        self.is_preview = command == "serve"

    def on_config(self, config: Any) -> Any:
        root = Path(config.config_file_path).parent
        today = date.fromisoformat(os.environ[TODAY]) if os.environ.get(TODAY) else today_in_england()
        register, problems = check(root, today)
        if register is None or any(problem.level == "error" for problem in problems):
            raise PluginError("The records have problems, so nothing was built:\n" + as_text(problems, register))
        self.root, self.register = root, register
        self.renderer = Renderer(register, config.theme.dirs[:1])
        self.pages = {page.address: page for page in generated_pages(register)}
        area = register.area
        config.site_name, config.site_description = area.site_name, area.site_description
        config.site_url = area.site_url.rstrip("/") + "/"
        config.copyright = None
        config.markdown_extensions += [RecordIds(self.renderer.prose.href), CleanHtml(self.renderer.fragments)]
        config.mdx_configs.setdefault("toc", {})["slugify"] = heading_id
        # By a style attribute otherwise, which the page's own policy forbids.
        config.mdx_configs.setdefault("tables", {})["use_align_attribute"] = True
        config.mdx_configs.setdefault("abbr", {})["glossary"] = self.renderer.prose.acronyms
        return config

    @event_priority(100)
    def on_files(self, files: Any, *, config: Any) -> Any:
        for page in self.pages.values():
            file = File.generated(config, generated_file(page.address, self.pages), content="",
                                  inclusion=InclusionLevel.NOT_IN_NAV)
            file.generated_page = page
            files.append(file)
        for file in [file for file in files if file.src_uri.startswith(THEME_ASSETS)]:
            files.remove(file)
        drafts = tuple(f"blog/posts/{stem}/" for stem, post in self.register.posts.items() if post.draft)
        for file in [file for file in files if drafts and file.src_uri.startswith(drafts)]:
            files.remove(file)
        for path, content in published_files(self.register):
            files.append(File.generated(config, path, content=content, inclusion=InclusionLevel.INCLUDED))
        return files

    @event_priority(100)
    def on_page_markdown(self, markdown: str, *, page: Any, config: Any, files: Any) -> str:
        generated = getattr(page.file, "generated_page", None)
        if generated:
            page.meta |= {"title": generated.title, "description": generated.description, "render_macros": False}
            page.meta["search"] = {"boost": generated.boost} if generated.searched else {"exclude": True}
        for name in Calls.names:
            # mkdocs-macros offers front matter as variables too: a post's "actions:" would hide the macro of that name.
            page.meta.pop(name, None)
        return without_fragments(markdown)

    @event_priority(100)
    def on_page_content(self, html: str, *, page: Any, config: Any, files: Any) -> str:
        generated = getattr(page.file, "generated_page", None)
        if generated:
            html = self.renderer.render(generated.template, page_address=generated.address, **generated.facts)
            page.toc = get_toc(_headings(html))
        post = self._post_of(page)
        if post:
            html = self.renderer.render("pages/post-lead.html", post=post, contents=list(page.toc)) + Markup(html) \
                + self.renderer.render("pages/post-end.html", post=post, **untold(self.register, post, html))
        text = _text_of(html)
        terms = [] if page.url in ("", "glossary/") else self.renderer.prose.terms_in(text)
        return Markup(html) + self.renderer.render("pages/words.html", terms=terms)

    def _post_of(self, page: Any) -> Any:
        stem = Path(page.file.src_uri).stem
        return self.register.posts.get(stem) if page.file.src_uri.startswith("blog/posts/") else None

    def on_env(self, env: Any, *, config: Any, files: Any) -> Any:
        # The theme's own templates come without escaping: ours hold titles and texts from records.
        env.autoescape = True
        env.filters["excerpt"] = _without_ids
        env.globals["board"] = self.renderer.environment.globals
        env.globals["is_preview"] = self.is_preview
        env.filters |= {name: filter for name, filter in self.renderer.environment.filters.items()
                        if name not in env.filters}
        return env

    def on_page_context(self, context: Any, *, page: Any, config: Any, nav: Any) -> Any:
        generated = getattr(page.file, "generated_page", None)
        blog = config.plugins.get("material/blog")
        if blog and page.url.startswith("blog/"):
            page.board_years = [view for view in getattr(blog, "blog", page).views if type(view).__name__ == "Archive"]
        # Lists hold what their records' pages say, each for itself; so do the home page and the lists of posts.
        context["is_searched"] = not (page.is_homepage or page.meta.get("search", {}).get("exclude")
                                      or page.url == "blog/" or page.url.startswith("blog/archive/"))
        title = page.meta.get("title") or page.title or config.site_name
        context["linked_data"] = linked_data(self.register, page.url, str(title))
        context["card"] = card_of(self.register, page.url)
        context["moved_to"] = generated and generated.moved_to
        context["feeds"] = feeds_of(self.register, page.url)
        context["suggest"] = suggest(
            self.register, generated.record_file if generated else f"docs/{page.file.src_uri}", page.url)
        return context

    @event_priority(-100)
    def on_post_page(self, output: str, *, page: Any, config: Any) -> str:
        return _resolve(output, get_relative_url("", page.url))

    @event_priority(-100)
    def on_post_template(self, output: str, *, template_name: str, config: Any) -> str:
        return _resolve(output, urlsplit(config.site_url).path)

    def on_post_build(self, *, config: Any) -> None:
        make_index(Path(config.site_dir))

    def on_serve(self, server: Any, *, config: Any, builder: Any) -> Any:
        server.watch(str(self.root / "data"))
        server.watch(config.theme.dirs[0])
        return server


def _resolve(html: str, root: str) -> str:
    """Turn links from the site's root into links from the page: see views/address.py."""
    root = "" if root in (".", "./") else root.rstrip("/") + "/"
    return html.replace(f'"{SITE}"', f'"{root or "."}"').replace(f'"{SITE}', f'"{root}')


def _without_ids(html: str) -> str:
    """Return a post's excerpt fit to stand beside others: headings and footnotes in two posts may have the same id."""
    return IDS.sub(r"\1", html)


class _Reader(HTMLParser):
    """Collects a page's text, and its second-level headings that have an id."""

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.headings: list[dict[str, Any]] = []
        self.open: dict[str, Any] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        id = dict(attrs).get("id")
        if tag in ("h1", "h2") and id:
            self.open = {"level": int(tag[1]), "id": id, "name": "", "html": "", "data-toc-label": "", "children": []}
            self.headings.append(self.open)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("h1", "h2"):
            self.open = None

    def handle_data(self, data: str) -> None:
        self.text.append(data)
        if self.open is not None:
            self.open["name"] += data.strip("\n")


def _headings(html: str) -> list[dict[str, Any]]:
    """Return the page's headings as Markdown's table of contents gives them: the first, with the others below it."""
    reader = _Reader()
    reader.feed(html)
    if not reader.headings:
        return []
    first, *others = reader.headings
    first["children"] = others
    return [first]


def _text_of(html: str) -> str:
    reader = _Reader()
    reader.feed(html)
    return " ".join(reader.text)
