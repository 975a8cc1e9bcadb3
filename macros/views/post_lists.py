"""The lists of posts: all of them, and those of each year, ten to a page, newest first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

from markupsafe import Markup

from ..records import Post
from ..register import Register
from ..register.addresses import SITE

POSTS_A_PAGE = 10
NEAR = 2
"""How many pages before and after the present one are named in the list of pages."""

MORE = "<!-- more -->"
IDS = re.compile(r'(<[a-z][a-z0-9]*(?: [a-z-]+="[^"]*")*?) id="[^"]*"')
HEADING = re.compile(r'<h([2-5]) id="[^"]*">(.*?)</h\1>', re.S)
"""A heading of the post itself. Those of what macros make have no id, and stand below it already."""

LINK = re.compile(r'( (?:href|src)=")(?![a-z][a-z0-9+.-]*:|//)([^"]*)"')


@dataclass(frozen=True)
class Excerpt:
    """The beginning of a post, up to the mark at which lists break it off; `is_cut` tells whether there is more."""

    html: Markup
    is_cut: bool


@dataclass(frozen=True)
class PostList:
    """A page of a list: the posts on it with their files' stems, every year that has posts, and the list's pages.

    `pages` holds numbers and addresses; a number of None stands for pages that are left out.
    """

    url: str
    year: int | None
    posts: tuple[tuple[str, Post], ...]
    years: tuple[int, ...]
    pages: tuple[tuple[int | None, str], ...]

    @property
    def title(self) -> str:
        return f"Posts of {self.year}" if self.year else "Posts"


def post_lists(register: Register, *, with_drafts: bool = False) -> Iterator[PostList]:
    """Yield every page of every list of posts. Drafts stand in them only where they are asked for: in a preview."""
    posts = register.posts_by_date
    if with_drafts:
        posts = sorted(register.posts.items(), key=lambda item: (item[1].date.last_day, item[0]), reverse=True)
    by_year: dict[int, list[tuple[str, Post]]] = {}
    for stem, post in posts:
        by_year.setdefault(post.date.last_day.year, []).append((stem, post))
    yield from _pages("blog/", None, posts, tuple(by_year))
    for year, found in by_year.items():
        yield from _pages(f"blog/archive/{year}/", year, found, tuple(by_year))


def _pages(url: str, year: int | None, posts: list[tuple[str, Post]], years: tuple[int, ...]) -> Iterator[PostList]:
    count = max(1, -(-len(posts) // POSTS_A_PAGE))
    urls = [url, *(f"{url}page/{number}/" for number in range(2, count + 1))]
    for number, here in enumerate(urls, 1):
        named = [other for other in range(1, count + 1) if other in (1, count) or abs(other - number) <= NEAR]
        pages: list[tuple[int | None, str]] = []
        for other in named:
            if pages and pages[-1][0] != other - 1:
                pages.append((None, ""))
            pages.append((other, urls[other - 1]))
        found = posts[(number - 1) * POSTS_A_PAGE:number * POSTS_A_PAGE]
        yield PostList(here, year, tuple(found), years, tuple(pages))


def excerpt(html: str, url: str) -> Excerpt:
    """Return the beginning of a post's HTML, fit to stand beside others: two posts may have the same ids, its links are
    written from its own address, and its headings stand below its title."""
    beginning, mark, _ = html.partition(MORE)
    beginning = from_root(beginning, url)
    lower = HEADING.sub(lambda match: f"<h{int(match[1]) + 1}>{match[2]}</h{int(match[1]) + 1}>", beginning)
    return Excerpt(Markup(IDS.sub(r"\1", lower)), bool(mark))


def from_root(html: str, url: str) -> str:
    """Return the HTML of a page at `url` with its links written so that they hold on every page."""
    return LINK.sub(lambda match: f'{match[1]}{SITE}{urljoin(f"/{url}", match[2])[1:]}"', html)
