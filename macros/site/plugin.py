"""The MkDocs plugin `board`: puts every page of the site through MkDocs' own loop.

Pages of records, posts and lists of posts are `File`s like any other, so that hooks, other plugins, link validation,
strict mode and live reload reach all of them. ProperDocs, MkDocs' continuation, has the same names.
"""

from __future__ import annotations

import re
import signal
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup
from mkdocs.commands.build import _build_page, _populate_page
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.exceptions import Abort, PluginError
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

from ..checks import check
from ..checks.anchors import heading_id
from ..checks.completeness import LEFT_OPEN
from ..checks.privacy import scan_files, scan_site
from ..checks.report import as_text
from ..publish.formats import planned_files
from ..register import Register
from ..register.addresses import generated_files
from ..today import today_in_england
from ..views.generated_page import GeneratedPage
from ..views.own_pages import own_changes
from ..views.page_metadata import missing_page
from ..views.pages import generated_pages
from ..views.posts import Excerpt, PostList, excerpt, from_root, neighbours, post_lists, unmentioned_records
from .clean_files import publish_clean_copies
from .commonmark import rewritten
from .context import Site, SiteContext, minutes_to_read, relative_links
from .file_writer import FileWriter, PictureWriter
from .macros import Macros
from .markdown import CleanHtml, RecordLinks, clean, without_placeholders
from .preview import LaterFile, Preview
from .search_index import Index
from .settings import add_defaults
from .templates import Renderer, TemplateError
from .vocabulary import Vocabulary

log = get_plugin_logger(__name__)

POSTS = "blog/posts/"
POST_LIST = "blog/index.md"
CSS_COMMENT = re.compile(r"\s*/\*.*?\*/", re.S)
ANCHOR = re.compile(r' (?:id|name)="([^"]+)"')


class RecordPage(Page):
    """A page made from records by a template: there is no Markdown to read."""

    def read_source(self, config: Any) -> None:
        """Set what MkDocs would have read. mkdocs-macros leaves the page alone."""
        self.markdown, self.meta = "", {"render_macros": False}

    def render(self, config: Any, files: Any) -> None:
        """Set what Markdown would have made; on_page_content renders the template."""
        self.content, self.toc, self._title_from_render = "", get_toc([]), None


class BoardConfig(Config):
    """The plugin's settings in mkdocs.yml. What the site says about its area is set in data/area.yml."""

    today = config_options.Optional(config_options.Type(date))
    """The day that the site is built for; today in England if not set."""
    draft = config_options.Type(bool, default=False)
    """Whether to build also what is still to be confirmed. `board build --draft` sets it."""


class BoardPlugin(BasePlugin[BoardConfig]):
    """Reads and checks an area's records, adds a page for each, and passes them to templates and macros."""

    preview: Preview | None = None
    index: Index | None = None
    writer: FileWriter | None = None
    pictures: PictureWriter | None = None

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Prepare a preview. A plugin with this event stays the same object for all builds of a process."""
        self.preview = self.index = self.writer = self.pictures = None
        if command == "serve":
            self.preview = Preview()
            # MkDocs removes its temporary folder after Ctrl+C; so it does after `kill` and when the terminal closes.
            for ending in (signal.SIGTERM, signal.SIGHUP):
                signal.signal(ending, signal.default_int_handler)

    @event_priority(100)
    def on_config(self, config: Any) -> Any:
        """Read and check the records: before other plugins, since some of them would fail first on refused input."""
        root = Path(config.docs_dir).parent

        def start(register: Register) -> None:
            if not self.preview:
                self.pictures = PictureWriter(register, Path(config.site_dir))

        register, problems = check(root, self.config.today or today_in_england(), on_read=start)
        if self.config.draft:
            problems = [problem for problem in problems if problem.code != LEFT_OPEN]
        if register is None or any(problem.level == "error" for problem in problems):
            raise PluginError("The records have problems, so nothing was built:\n" + as_text(problems, register))
        if "macros" not in config.plugins:
            raise PluginError('mkdocs.yml lists no plugin "macros", so posts could show no records; add to "plugins": '
                              "macros: {modules: [macros], on_undefined: strict, on_error_fail: true}")
        self.register = register
        add_defaults(config, root)
        self.renderer = Renderer(register, config.theme.dirs)
        # Only after the renderer, whose templates may include its icons: MkDocs would publish its scripts and styles.
        config.theme.dirs = [folder for folder in config.theme.dirs if not is_material(folder)]
        area = register.area
        config.site_name, config.site_description = area.site_name, area.site_description
        if not self.preview:
            config.site_url = area.site_url.rstrip("/") + "/"
        autolinker = self.renderer.autolinker
        config.markdown_extensions += [
            RecordLinks(autolinker.href), Vocabulary(self.renderer.stash), CleanHtml(self.renderer.stash)]
        config.mdx_configs.setdefault("toc", {})["slugify"] = heading_id
        # Otherwise cells get style attributes, which the page's own content security policy forbids.
        config.mdx_configs.setdefault("tables", {})["use_align_attribute"] = True
        config.mdx_configs.setdefault("abbr", {})["glossary"] = autolinker.acronyms
        return config

    @event_priority(100)
    def on_files(self, files: Any, *, config: Any) -> Any:
        """Add the files of generated pages and lists of posts, and remove drafts with their pictures."""
        for file in files.css_files():
            # Comments are for developers, and were a tenth of the bytes of a first visit.
            file.content_string = CSS_COMMENT.sub("", file.content_string)
        publish_clean_copies(files, config)
        self.record_pages: dict[str, GeneratedPage] = {}
        pages = {page.address: page for page in generated_pages(self.register)}
        if not self.preview:  # what the pages and the files for programs share has been worked out by now
            self.writer = FileWriter(self.register, Path(config.site_dir))
        titles = dict(_nav_titles(config.nav))
        for address, name in generated_files(list(pages)).items():
            self.record_pages[name] = pages[address]
            RecordPage(titles.get(name, pages[address].title), self._add_file(files, config, name, address), config)
        self.posts: dict[str, str] = {}
        for stem, post in self.register.posts.items():
            file = files.get_file_from_path(f"{POSTS}{stem}.md")
            if post.draft and not self.preview:
                for draft in [file, *(other for other in files if other.src_uri.startswith(f"{POSTS}{stem}/"))]:
                    files.remove(draft)
                continue
            file.dest_uri, file.inclusion = f"blog/{stem}/index.html", InclusionLevel.NOT_IN_NAV
            self.posts[file.src_uri] = stem
        self.lists: dict[str, PostList] = {}
        for posts in post_lists(self.register, with_drafts=bool(self.preview)):
            name = POST_LIST if posts.url == "blog/" else f"{posts.url.rstrip('/')}.md"
            self.lists[name] = posts
            if name != POST_LIST:
                RecordPage(posts.title, self._add_file(files, config, name, posts.url), config)
        self.excerpts: dict[str, Excerpt] = {}
        return files

    def _layout(self, file: File) -> str | None:
        """Return the layout of a page that has one of its own."""
        return self.record_pages[file.src_uri].layout if file.src_uri in self.record_pages else None

    def _add_file(self, files: Any, config: Any, name: str, address: str) -> File:
        """Add the file of a page without a source in docs/. `name` is what links in Markdown call it."""
        kind = LaterFile if self.preview else File
        file = kind.generated(config, name, content="", inclusion=InclusionLevel.NOT_IN_NAV)
        file.dest_uri = f"{address}index.html"
        files.append(file)
        return file

    @event_priority(-100)
    def on_nav(self, nav: Any, *, config: Any, files: Any) -> Any:
        self.files, self.nav = files, nav
        for path in map(str, (*config.extra_css, *config.extra_javascript)):
            if not files.get_file_from_path(path):
                log.warning(f"mkdocs.yml names '{path}', and there is no such file in overrides/")
        self.site = SiteContext(self.renderer, Site(
            config.site_url, nav.items, tuple(config.extra_css), tuple(map(str, config.extra_javascript)),
            config.theme["favicon"], Markup(clean(config.copyright)) if config.copyright else None),
            is_preview=bool(self.preview))
        return nav

    @event_priority(100)
    def on_page_markdown(self, markdown: str, *, page: Any, config: Any, files: Any) -> str:
        for name in Macros.names:
            # mkdocs-macros offers front matter as variables too: a post's "actions:" would hide the macro of that name.
            page.meta.pop(name, None)
        if page.file.src_uri in self.posts:
            page.meta["template"] = "post.html"
        elif page.file.src_uri in self.lists:
            page.meta["template"] = "posts.html"
        elif layout := self._layout(page.file):
            page.meta["template"] = layout
        return rewritten(without_placeholders(markdown), titles=int(page.file.src_uri not in self.posts))

    @event_priority(-100)
    def on_page_content(self, html: str, *, page: Any, config: Any, files: Any) -> str:
        """Render the templates of record pages, and put lead and end around the text of posts."""
        name, render = page.file.src_uri, self.renderer.render
        if name in self.lists:
            return Markup(from_root(html, page.url))
        if name in self.record_pages:
            shown = self.record_pages[name]
            html = render(shown.template, page_address=shown.address, **shown.template_context())
            # MkDocs validates links to headings, and collects ids only from Markdown.
            page.present_anchor_ids = set(ANCHOR.findall(html))
        elif name in self.posts:
            post = self.register.posts[self.posts[name]]
            self.excerpts[self.posts[name]] = excerpt(html, page.url)
            html = render("pages/post-lead.html", post=post, contents=list(page.toc)) + Markup(html) \
                + render("pages/post-end.html", post=post, **unmentioned_records(self.register, post, html))
            page.meta["minutes"] = minutes_to_read(html)
        elif own := next((own for own in self.register.pages if own.document.path == f"docs/{name}"), None):
            html = Markup(html) + render("pages/page-end.html", **own_changes(self.register, own))
        return Markup(html) + ("" if self._layout(page.file) else self.site.glossary(_url(page), html))

    def on_env(self, env: Any, *, config: Any, files: Any) -> Any:
        # MkDocs' own environment does not escape values, and the templates show titles and texts of records.
        return self.renderer.environment

    def on_page_context(self, context: Any, *, page: Any, config: Any, nav: Any) -> Any:
        name, url, made_from = page.file.src_uri, _url(page), f"docs/{page.file.src_uri}"
        context["content"] = Markup(page.content)
        if name in self.record_pages:
            shown = self.record_pages[name]
            meta = self.site.meta(shown.address, shown.title, shown.description, made_from=shown.record_file,
                                  is_searched=shown.searched, boost=shown.boost, moved_to=shown.moved_to)
        elif name in self.posts:
            post = self.register.posts[self.posts[name]]
            before, after = neighbours(self.register, self.posts[name])
            context |= {"post": post, "minutes": page.meta["minutes"], "before": before, "after": after}
            meta = self.site.meta(url, post.title, post.description, made_from=made_from)
        elif name in self.lists:
            posts, text = self.lists[name], self.files.get_file_from_path(POST_LIST).page
            # The text of docs/blog/index.md is shown above every page of the list.
            context |= {"content": Markup(text.content), "list": posts, "excerpts": self.excerpts}
            meta = self.site.meta(url, posts.title if posts.year else text.meta.get("title") or posts.title,
                                  posts.description or text.meta.get("description"), made_from=f"docs/{POST_LIST}",
                                  is_searched=False)
        else:
            search = page.meta.get("search", {})
            # The search leaves out the home page, which repeats the pages of records.
            meta = self.site.meta(url, str(page.meta.get("title") or page.title or config.site_name),
                                  page.meta.get("description"), made_from=made_from, boost=search.get("boost", 1),
                                  is_searched=not (page.is_homepage or search.get("exclude")))
        context["frame"] = meta
        return context

    def on_template_context(self, context: Any, *, template_name: str, config: Any) -> Any:
        return context | {"frame": missing_page(self.register),
                          "addresses": [_url(file.page) for file in context["pages"] if not self._layout(file)]}

    @event_priority(-100)
    def on_post_page(self, output: str, *, page: Any, config: Any) -> str:
        return relative_links(output, "../" * _url(page).count("/"))

    @event_priority(-100)
    def on_post_template(self, output: str, *, template_name: str, config: Any) -> str:
        return relative_links(output, urlsplit(config.site_url).path)

    def on_post_build(self, *, config: Any) -> None:
        """Make the search index, and scan the whole site for personal data: pages while other files are written."""
        site = Path(config.site_dir)
        if self.preview:
            files = {path: partial(_write, site / path, render) for path, render in planned_files(self.register)}
            later = {file.dest_uri: partial(self._build_page, file, config) for file in self.files
                     if isinstance(file, LaterFile)}
            self.preview.start(later, files, lambda: Index(site, self.register.area.name),
                               lambda: scan_files(self.register, site))
            return
        self.index = Index(site, self.register.area.name)
        # The index is written after the scan: it has no word that the pages do not have.
        problems = scan_site(self.register, site, lambda: self.writer.finish() | self.pictures.finish())
        self.index.finish()
        if problems:
            raise PluginError(as_text(problems, None)
                              + "\nNothing was published, since the pages hold personal data.")

    def _build_page(self, file: File, config: Any) -> None:
        """Build one page with the functions of MkDocs' loop, which call the events of all plugins and hooks."""
        _populate_page(file.page, config, self.files)
        _build_page(file.page, config, self.files.documentation_pages(), self.nav, self.renderer.environment)

    def on_build_error(self, *, error: Exception) -> None:
        for process in filter(None, (self.index, self.writer, self.pictures)):
            process.stop()
        if self.preview:
            self.preview.problem = str(error)
        if isinstance(error, TemplateError):  # MkDocs has logged it with its page: a traceback adds nothing
            raise Abort(f"Aborted, since a template is broken: {error}")

    def on_serve(self, server: Any, *, config: Any, builder: Any) -> Any:
        if self.preview:  # not with `mkdocs serve --clean`, which builds everything
            self.preview.attach(server)
        return server

    def on_shutdown(self) -> None:
        if self.preview:
            self.preview.stop()


def _write(file: Path, render: Callable[[], bytes]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(render())


def is_material(folder: str) -> bool:
    """Return whether a folder of templates is that of the theme `material`."""
    return Path(folder).parts[-2:] == ("material", "templates")


def _nav_titles(nav: Any) -> Iterator[tuple[str, str]]:
    """Yield the files of the setting `nav` with the titles that it gives them."""
    for entry in nav if isinstance(nav, list) else []:
        for title, target in entry.items() if isinstance(entry, dict) else ():
            if isinstance(target, str):
                yield target, title
            else:
                yield from _nav_titles(target)


def _url(page: Any) -> str:
    """Return a page's path on the site, empty for the home page."""
    return "" if page.is_homepage else page.url
