"""The newsletter for families: what changed, with links, and how to have a say. It is pasted into an email."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Any

from ..configuration import package
from ..records import Record
from ..register import Progress, Register
from ..register.addresses import SITE, address, post_address
from ..register.changes import Change
from ..register.changes_in_words import sentence, subject
from ..register.intervals import MeetingInterval, interval
from ..site.templates import Renderer
from ..views.changes import span_context
from ..views.feedback import unanswered

FORMATS = {"text": "digest/text.html", "html": "digest/email.html", "markdown": "digest/markdown.html"}

MARKDOWN_CHARACTERS = re.compile(r"([\\`*_\[\]<>#|])")


def digest(register: Register, since: date, format: str) -> str:
    """Return the newsletter on what changed after `since`, as text, html or markdown.

    Its HTML suits all mail programs: one column, inline styles, no images, nothing loaded from elsewhere.
    """
    renderer = Renderer(register, [package() / "overrides"])
    site = register.area.site_url.rstrip("/") + "/"

    def link(record: Record | str) -> str:
        return address(record).replace(SITE, site)

    environment = renderer.environment.overlay(autoescape=format == "html")
    environment.filters = renderer.environment.filters | {
        "link": link, "post_link": lambda stem: post_address(stem).replace(SITE, site),
        "plain": _escape_markdown if format == "markdown" else str,
        "sentence": lambda change: sentence(register, change), "subject": subject}
    found = interval(register, since)
    text = environment.get_template(FORMATS[format]).render(**newsletter_context(register, found))
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


class PromisesOnly(MeetingInterval):
    """An interval without the news of plans and aims."""

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        return tuple(change for change in super().changes if not change.action or change.action.is_promise)

    @cached_property
    def stale(self) -> tuple[Progress, ...]:
        return tuple(progress for progress in super().stale if progress.action.is_promise)


def newsletter_context(register: Register, found: MeetingInterval) -> dict[str, Any]:
    """Return the values for the newsletter about an interval. It keeps to promises: plans and aims are on the site."""
    found = PromisesOnly(found.since, found.until, found.first, found.last, found.register)
    context = span_context(found)
    return context | {
        "subject": f"{register.area.site_name}: {', '.join(context['counts'][:3]) or 'nothing new'}",
        "posts": [(stem, post) for stem, post in register.posts_by_date
                  if found.first and found.first < post.date.last_day <= found.last],
        "late_still": [progress for progress in found.stale if progress.is_late],
        "passed_still": [progress for progress in found.stale if progress.is_unresolved],
        "unanswered": unanswered(register),
        "parent_route": _route(register.area.feedback, "parent_carer"),
    }


def _route(routes: Iterable[Any], audience: str) -> Any:
    return next((route for route in routes if route.audience == audience), None)


def _escape_markdown(text: object) -> str:
    return MARKDOWN_CHARACTERS.sub(r"\\\1", str(text))
