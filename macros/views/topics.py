"""The topics of the chair's posts, and the posts on each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..records import Post
from ..register import Register
from ..register.addresses import slug


def posts_by_topic(register: Register) -> dict[str, list[tuple[str, Post]]]:
    """Return each topic's posts, newest first; topics in the order of the alphabet."""
    topics: dict[str, list[tuple[str, Post]]] = {}
    for stem, post in register.posts_by_date:
        for topic in post.topics:
            topics.setdefault(topic, []).append((stem, post))
    return dict(sorted(topics.items(), key=lambda item: item[0].casefold()))


def list_page(register: Register) -> Iterator[dict[str, Any]]:
    """Yield the page that lists the topics of posts."""
    yield {
        "address": "blog/topics/", "title": "Posts by topic",
        "description": "The topics that the chair's posts are about.",
        "template": "pages/topics.html", "facts": {"topics": posts_by_topic(register)}, "searched": False,
    }


def topic_pages(register: Register) -> Iterator[dict[str, Any]]:
    """Yield one page for each topic, with its posts, newest first."""
    for topic, posts in posts_by_topic(register).items():
        yield {
            "address": f"blog/topics/{slug(topic)}/", "title": f"Posts about {topic}",
            "description": f"The chair's posts about {topic}, newest first.",
            "template": "pages/topic.html", "facts": {"topic": topic, "posts": posts}, "searched": False,
        }
