"""What stands around every page's content: what its head says of it, where it stands, and whom to ask about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ..publish.cards import card_of
from ..register import Register
from ..views.linked_data import linked_data
from ..views.page_metadata import FeedLink, feeds_of, suggest


@dataclass(frozen=True)
class Frame:
    """One page as the frame's template shows it.

    `url` is its path on the site, or None for the page that stands for missing ones; `made_from` the file or folder of
    the area that it shows; `boost` raises it among the results of a search.
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
        """The page's address on the site, empty for one that has none."""
        return self.url or ""

    @property
    def to_root(self) -> str:
        """What leads from the page to the site's root: empty, or it ends in a slash."""
        return "../" * self.here.count("/")


def frame(register: Register, url: str, title: str, description: str | None, *, made_from: str | None,
          is_searched: bool = True, boost: float = 1, moved_to: str | None = None,
          site_url: str | None = None) -> Frame:
    """Return the frame of the page at `url`, its path on the site such as actions/a-012/.

    `site_url` is given where the site stands at another address than its own: in a preview.
    """
    return Frame(
        url, title, description or register.area.site_description,
        canonical=(site_url or register.area.site_url.rstrip("/") + "/") + url, is_searched=is_searched, boost=boost,
        moved_to=moved_to, card=card_of(register, url), suggest=suggest(register, made_from, url),
        feeds=feeds_of(register, url), linked_data=linked_data(register, url, title))


def missing_page(register: Register) -> Frame:
    """Return the frame of the page that stands for every address at which there is none."""
    return Frame(None, "Page not found", register.area.site_description)
