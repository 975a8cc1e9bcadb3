"""The adapter to the generator: the only part that knows MkDocs, or ProperDocs, which answers to the same names.

The generator reads the configuration and builds the pages in docs/. Pages of records, posts and their lists, and the
files for machines stand in a plan: a build has worker processes make them, and a preview makes each when it is asked
for. Links in Markdown lead to all of them, since the generator knows their files.
"""

from __future__ import annotations

import os
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority

from ...checks.report import as_text
from ...publish import planned_files
from ...register.addresses import generated_files
from ...today import today_in_england
from ...views import Renderer, generated_pages
from ...views.post_lists import post_lists
from ..calls import Calls
from ..checked import checked
from ..clean_html import CleanHtml, heading_id, without_comments
from ..fragments import without_fragments
from ..frame import missing_page
from ..markdown_ids import RecordIds
from ..site_pages import SiteFacts, SitePages, resolved
from ..vocabulary import Vocabulary
from ..workers import Make
from .apart import ApartFile
from .finish import Build
from .posts import Converter
from .preview import Preview

TODAY = "BOARD_TODAY"
"""The environment variable by which `board build` hands over the day; without it, today in England."""

POSTS = "blog/posts/"
POST_LIST = "blog/index.md"


class BoardConfig(Config):
    """What mkdocs.yml may set for this plugin: whether it runs. What the site says stands in data/area.yml."""

    enabled = config_options.Type(bool, default=True)


class BoardPlugin(BasePlugin[BoardConfig]):
    """Reads the area's records, plans a page for each, and gives macros and theme what they show."""

    renderer: Renderer
    pages: SitePages
    preview: Preview | None = None
    build: Build | None = None

    def on_startup(self, *, command: str, dirty: bool) -> None:
        if command == "serve":
            self.preview = Preview()

    def on_config(self, config: Any) -> Any:
        root = Path(config.docs_dir).parent
        today = date.fromisoformat(os.environ[TODAY]) if os.environ.get(TODAY) else today_in_england()
        register, problems = checked(root, today)
        if register is None or any(problem.level == "error" for problem in problems):
            raise PluginError("The records have problems, so nothing was built:\n" + as_text(problems, register))
        # The theme's own templates, scripts and styles stay out: no page asks for any of them, and only to look through
        # its ten thousand icons took most of a second.
        config.theme.dirs = [config.theme.dirs[0], config.theme.dirs[-1]]
        self.root, self.register = root, register
        self.renderer = Renderer(register, config.theme.dirs, is_edited=bool(self.preview))
        self.pages = SitePages(self.renderer)
        area = register.area
        config.site_name, config.site_description = area.site_name, area.site_description
        config.site_url = area.site_url.rstrip("/") + "/"
        config.copyright = None
        config.markdown_extensions += [
            RecordIds(self.renderer.prose.href), Vocabulary(self.renderer.fragments),
            CleanHtml(self.renderer.fragments)]
        config.mdx_configs.setdefault("toc", {})["slugify"] = heading_id
        # By a style attribute otherwise, which the page's own policy forbids.
        config.mdx_configs.setdefault("tables", {})["use_align_attribute"] = True
        config.mdx_configs.setdefault("abbr", {})["glossary"] = self.renderer.prose.acronyms
        return config

    @event_priority(100)
    def on_files(self, files: Any, *, config: Any) -> Any:
        for file in files.css_files():
            file.content_string = without_comments(file.content_string)
        self.generated = list(generated_pages(self.register))
        for address, name in generated_files([page.address for page in self.generated]).items():
            files.append(ApartFile.at(config, name, address))
        self.posts: dict[str, ApartFile] = {}
        for stem, post in self.register.posts.items():
            source = files.get_file_from_path(f"{POSTS}{stem}.md")
            files.remove(source)
            if self.preview or not post.draft:
                self.posts[stem] = ApartFile.at(config, source.src_uri, f"blog/{stem}/", src_dir=source.src_dir)
                files.append(self.posts[stem])
        hidden = tuple(f"{POSTS}{stem}/" for stem in self.register.posts if stem not in self.posts)
        for file in [file for file in files if hidden and file.src_uri.startswith(hidden)]:
            files.remove(file)
        source = files.get_file_from_path(POST_LIST)
        files.remove(source)
        self.list_file = ApartFile.at(config, POST_LIST, "blog/", src_dir=source.src_dir)
        files.append(self.list_file)
        return files

    @event_priority(-100)
    def on_nav(self, nav: Any, *, config: Any, files: Any) -> Any:
        own_guides = files.get_file_from_path("guides/index.md")
        self.pages.show(SiteFacts(
            config.site_url, tuple((item.title, "" if item.is_homepage else item.url) for item in nav.items
                                   if item.is_page), tuple(config.extra_css), tuple(map(str, config.extra_javascript)),
            config.theme["favicon"],
            # An area without guides of its own still has the one that is made from the checks.
            "guides/" if own_guides else "guides/what-the-checks-mean/"), is_preview=bool(self.preview))
        self.converter = Converter(self.pages, config, files, _neighbours(self.register.posts_by_date))
        pages: dict[str, Make] = {file.dest_uri: partial(self.converter.post, stem, self.register.posts[stem], file)
                                  for stem, file in self.posts.items()}
        pages |= {f"{page.address}index.html": partial(self.pages.generated, page) for page in self.generated}
        made = dict(planned_files(self.register))
        lists: dict[str, Make] = {
            f"{found.url}index.html": partial(self.converter.posts, found, self.list_file, self.posts)
            for found in post_lists(self.register, with_drafts=bool(self.preview))}
        self.addresses = sorted(path.removesuffix("index.html") for path in (*pages, *lists))
        if self.preview:
            self.preview.show(pages | lists | made, Path(config.site_dir))
        else:
            self.build = Build(self.register, self.converter, Path(config.site_dir), pages, lists, made)
            self.build.start()
        return nav

    @event_priority(100)
    def on_page_markdown(self, markdown: str, *, page: Any, config: Any, files: Any) -> str:
        for name in Calls.names:
            # mkdocs-macros offers front matter as variables too: a post's "actions:" would hide the macro of that name.
            page.meta.pop(name, None)
        return without_fragments(markdown)

    @event_priority(100)
    def on_page_content(self, html: str, *, page: Any, config: Any, files: Any) -> str:
        return html if isinstance(page.file, ApartFile) else Markup(html) + self.pages.words(_url(page), html)

    def on_env(self, env: Any, *, config: Any, files: Any) -> Any:
        # The theme's own templates come without escaping: ours hold titles and texts from records.
        return self.renderer.environment

    def on_page_context(self, context: Any, *, page: Any, config: Any, nav: Any) -> Any:
        # The home page holds what its records' pages say, each for itself.
        is_searched = not (page.is_homepage or page.meta.get("search", {}).get("exclude"))
        title = str(page.meta.get("title") or page.title or config.site_name)
        context["frame"] = self.pages.frame(
            _url(page), title, page.meta.get("description"), is_searched=is_searched,
            boost=page.meta.get("search", {}).get("boost", 1), made_from=f"docs/{page.file.src_uri}")
        context["content"] = Markup(page.content)
        return context

    def on_template_context(self, context: Any, *, template_name: str, config: Any) -> Any:
        context["frame"] = missing_page(self.register)
        context["addresses"] = [*self.addresses, *(_url(file.page) for file in context["pages"])]
        return context

    @event_priority(-100)
    def on_post_page(self, output: str, *, page: Any, config: Any) -> str:
        return resolved(output, "../" * _url(page).count("/"))

    @event_priority(-100)
    def on_post_template(self, output: str, *, template_name: str, config: Any) -> str:
        return resolved(output, urlsplit(config.site_url).path)

    def on_post_build(self, *, config: Any) -> None:
        if self.build:
            try:
                problems = self.build.finished(config)
            finally:
                self.build.stop()
            if problems:
                raise PluginError(as_text(problems, None)
                                  + "\nNothing was published, since the pages hold personal data.")

    def on_build_error(self, *, error: Exception) -> None:
        if self.build:
            self.build.stop()

    def on_serve(self, server: Any, *, config: Any, builder: Any) -> Any:
        if self.preview:
            self.preview.attach(server, self.register, [config.docs_dir, config.config_file_path])
        return server

    def on_shutdown(self) -> None:
        if self.preview:
            self.preview.stop()


def _url(page: Any) -> str:
    """A page's path on the site, empty for the home page."""
    return "" if page.is_homepage else page.url


def _neighbours(posts: list[tuple[str, Any]]) -> dict[str, tuple[Any, Any]]:
    """Each post's neighbours by its file's stem: the one before it in time, and the one after."""
    order = [None, *posts[::-1], None]
    return {order[place][0]: (order[place - 1], order[place + 1]) for place in range(1, len(order) - 1)}
