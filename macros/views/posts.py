"""The blog: index pages of all posts and of each year, excerpts, and what follows a post's text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from textwrap import shorten
from typing import Any
from urllib.parse import urljoin

from markupsafe import Markup

from ..records import Post
from ..register import Register
from ..register.addresses import SITE, address
from .generated_page import Context

POSTS_PER_PAGE = 10
MAX_DESCRIPTION = 300
NEIGHBOUR_PAGES = 2
"""How many pages before and after the current one the pagination links to."""

EXCERPT_MARK = "<!-- more -->"
ID_ATTRIBUTE = re.compile(r'(<[a-z][a-z0-9]*(?: [a-z-]+="[^"]*")*?) id="[^"]*"')
HEADING = re.compile(r'<h([2-5]) id="[^"]*">(.*?)</h\1>', re.S)
"""A heading that the post's author wrote. Headings made by macros have no id, and are already one level lower."""

RELATIVE_LINK = re.compile(r'( (?:href|src)=")(?![a-z][a-z0-9+.-]*:|//)([^"]*)"')


@dataclass(frozen=True)
class Excerpt:
    """The beginning of a post, up to the excerpt mark. `is_cut` says whether the post goes on."""

    html: Markup
    is_cut: bool


@dataclass(frozen=True)
class PostList:
    """One page of an index of posts.

    `posts` are those on it, with the stems of their files; `years` all years that have posts. `pages` is the
    pagination: numbers and addresses, where a number of None stands for pages left out.
    """

    url: str
    year: int | None
    posts: tuple[tuple[str, Post], ...]
    years: tuple[int, ...]
    pages: tuple[tuple[int | None, str], ...]

    @property
    def title(self) -> str:
        return f"Posts of {self.year}" if self.year else "Posts"

    @property
    def description(self) -> str | None:
        """Which posts are on the page; None on the first page of all posts, which the area describes in its own words.
        """
        if self.url == "blog/":
            return None
        titles = "; ".join(post.title for _, post in self.posts)
        return shorten(f"{self.title}, {self.posts[-1][1].date} to {self.posts[0][1].date}: {titles}", MAX_DESCRIPTION,
                       placeholder=" …")


def post_lists(register: Register, *, with_drafts: bool = False) -> Iterator[PostList]:
    """Yield every page of every index of posts, newest post first. Only a preview asks for drafts."""
    posts = register.posts_by_date
    if with_drafts:
        posts = sorted(register.posts.items(), key=lambda item: (item[1].date.last_day, item[0]), reverse=True)
    by_year: dict[int, list[tuple[str, Post]]] = {}
    for stem, post in posts:
        by_year.setdefault(post.date.last_day.year, []).append((stem, post))
    yield from _paginated("blog/", None, posts, tuple(by_year))
    for year, found in by_year.items():
        yield from _paginated(f"blog/archive/{year}/", year, found, tuple(by_year))


def _paginated(url: str, year: int | None, posts: list[tuple[str, Post]], years: tuple[int, ...]) -> Iterator[PostList]:
    count = max(1, -(-len(posts) // POSTS_PER_PAGE))
    urls = [url, *(f"{url}page/{number}/" for number in range(2, count + 1))]
    for number, here in enumerate(urls, 1):
        linked = [other for other in range(1, count + 1)
                  if other in (1, count) or abs(other - number) <= NEIGHBOUR_PAGES]
        pages: list[tuple[int | None, str]] = []
        for other in linked:
            if pages and pages[-1][0] != other - 1:
                pages.append((None, ""))
            pages.append((other, urls[other - 1]))
        found = posts[(number - 1) * POSTS_PER_PAGE:number * POSTS_PER_PAGE]
        yield PostList(here, year, tuple(found), years, tuple(pages))


def excerpt(html: str, url: str) -> Excerpt:
    """Return the beginning of a post's HTML, made fit for a page that shows several posts.

    Ids are removed, since two posts may use the same one; links are made independent of the post's address; headings
    go down one level, below the post's title.
    """
    beginning, mark, _ = html.partition(EXCERPT_MARK)
    beginning = from_root(beginning, url)
    lower = HEADING.sub(lambda match: f"<h{int(match[1]) + 1}>{match[2]}</h{int(match[1]) + 1}>", beginning)
    return Excerpt(Markup(ID_ATTRIBUTE.sub(r"\1", lower)), bool(mark))


def from_root(html: str, url: str) -> str:
    """Return the HTML of a page at `url` with its relative links rewritten from the site's root."""
    return RELATIVE_LINK.sub(lambda match: f'{match[1]}{SITE}{urljoin(f"/{url}", match[2])[1:]}"', html)


def unmentioned_records(register: Register, post: Post, html: str) -> Context:
    """Return the decisions and actions in a post's front matter that its `html` does not link to.

    The chair's own documents mention no ids. Listing these records below the text shows readers what came of the
    meeting all the same.
    """
    def is_linked(record: Any) -> bool:
        return f'"{address(record)}"' in html

    decisions = [register.decisions[id] for id in post.decisions if id in register.decisions]
    actions = [register.progress[id] for id in post.actions if id in register.actions]
    return {"decisions": [decision for decision in decisions if not is_linked(decision)],
            "actions": [progress for progress in actions if not is_linked(progress.action)]}


def neighbours(register: Register, stem: str) -> tuple[tuple[str, Post] | None, tuple[str, Post] | None]:
    """Return the posts before and after a post in time, with their stems; None at either end and for drafts."""
    order = [None, *register.posts_by_date[::-1], None]
    stems = [post and post[0] for post in order]
    place = stems.index(stem) if stem in stems else None
    return (order[place - 1], order[place + 1]) if place else (None, None)
