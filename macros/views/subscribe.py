"""How readers follow along: the page that explains it, and which feeds belong to which page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ..register import Register

BLOG, CHANGES = "feeds/blog", "feeds/changes"


@dataclass(frozen=True)
class FeedLink:
    """A feed as pages name it; `path` is its place on the site without the ending for its format."""

    name: str
    path: str


def feeds_of(register: Register, page: str) -> list[FeedLink]:
    """Return the feeds that belong to the page at an address such as actions/a-012/."""
    kind, _, rest = page.rstrip("/").partition("/")
    posts, changes = FeedLink("Posts", BLOG), FeedLink("What changed", CHANGES)
    if page == "":
        return [posts, changes]
    if kind == "blog":
        return [posts]
    if kind == "changes":
        return [changes]
    if kind == "actions" and rest.upper() in register.actions:
        return [FeedLink(f"{rest.upper()} {register.actions[rest.upper()].title}", f"feeds/actions/{rest}")]
    if kind == "organisations" and rest in register.organisations:
        return [FeedLink(register.organisations[rest].name, f"feeds/organisations/{rest}")]
    return []


def list_page(register: Register) -> Iterator[dict[str, Any]]:
    """Yield the page that says how to follow along."""
    feeds = [FeedLink("Posts", BLOG), FeedLink("What changed", CHANGES)]
    feeds += [feed for id in register.organisations for feed in feeds_of(register, f"organisations/{id}/")]
    routes = (route for route in register.area.feedback if route.audience == "parent_carer")
    yield {
        "address": "subscribe/", "title": "Follow along",
        "description": "How to get news of the promises, and their dates, on your phone or computer.",
        "template": "pages/subscribe.html", "facts": {"feeds": feeds, "parent_route": next(routes, None)},
    }
