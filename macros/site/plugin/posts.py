"""Posts, from Markdown to pages: through the generator's own steps, apart from its loop."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from typing import Any

from markupsafe import Markup
from mkdocs.structure.pages import Page

from ...records import Post
from ...views.posts import Excerpt, PostList, excerpt, from_root, unmentioned_records
from ..page_text import minutes_to_read
from ..site_pages import SitePages
from .apart import ApartFile

log = logging.getLogger("mkdocs.plugins.board")


class Converter:
    """Turns the Markdown of posts into pages, and remembers what their lists show of them.

    `excerpts` holds the beginning of each post that was turned, by its file's stem. `links` holds the links that lead
    to a heading: the file that they stand in, the file that they lead to, the heading's id, and the link as written.
    """

    def __init__(self, pages: SitePages, config: Any, files: Any, neighbours: dict[str, Any]) -> None:
        self.pages, self.config, self.files, self.neighbours = pages, config, files, neighbours
        self.excerpts: dict[str, Excerpt] = {}
        self.links: list[tuple[str, str, str, str]] = []

    def post(self, stem: str, post: Post, file: ApartFile) -> bytes:
        """Return the page of a post. Raises what the generator raises for Markdown that it refuses."""
        page = self._converted(file)
        self.excerpts[stem] = excerpt(page.content, file.url)
        before, after = self.neighbours.get(stem, (None, None))
        render = self.pages.renderer.render
        content = render("pages/post-lead.html", post=post, contents=list(page.toc)) + Markup(page.content) \
            + render("pages/post-end.html", post=post, **unmentioned_records(self.pages.register, post, page.content))
        return self.pages.page(
            self.pages.frame(file.url, post.title, post.description, made_from=f"docs/{file.src_uri}"), content,
            "post.html", post=post, minutes=minutes_to_read(content), before=before, after=after)

    def posts(self, found: PostList, file: ApartFile, stems: dict[str, ApartFile]) -> bytes:
        """Return a page of a list of posts; `file` is that of docs/blog/index.md, whose text stands above the list."""
        page = self._converted(file)
        for stem, _ in found.posts:
            if stem not in self.excerpts:
                self.excerpts[stem] = excerpt(self._converted(stems[stem]).content, stems[stem].url)
        frame = self.pages.frame(
            found.url, found.title if found.year else page.meta.get("title") or found.title,
            page.meta.get("description"), made_from=f"docs/{file.src_uri}", is_searched=False)
        content = Markup(from_root(page.content, file.url))
        return self.pages.page(frame, content, "posts.html", with_words=False, list=found, excerpts=self.excerpts)

    def _converted(self, file: ApartFile) -> Any:
        """Take a file through what the generator does with each page, and return the page."""
        if file.page is not None and file.page.content is not None:
            return file.page
        config, files, events = self.config, self.files, self.config.plugins
        page = file.page or Page(None, file, config)
        try:
            page = events.on_pre_page(page, config=config, files=files)
            page.read_source(config)
            page.markdown = events.on_page_markdown(page.markdown, page=page, config=config, files=files)
            page.render(config, files)
            page.content = events.on_page_content(page.content, page=page, config=config, files=files)
        except Exception as error:
            log.error(f"Error reading page '{file.src_uri}': {error}")
            raise
        self.links += anchors_in(page)
        return page


def anchors_in(page: Any, wanted: Callable[[Any], bool] = lambda to: True) -> Iterator[tuple[str, str, str, str]]:
    """Yield the links of a page that lead to a heading in a file that is `wanted`, as Converter.links holds them."""
    for to, links in (page.links_to_anchors or {}).items():
        for anchor, link in links.items() if wanted(to) else ():
            yield page.file.src_uri, to.src_uri, anchor, link
