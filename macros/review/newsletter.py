"""The newsletter that is pasted into an email to families: what changed, with links, and how to have a say."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from ..configuration import package
from ..records import Record
from ..register import Register
from ..register.address import SITE, address, post_address
from ..register.change_text import sentence, subject
from ..register.spans import Span, span
from ..site.templates import Renderer
from ..views.changes import groups, in_short

FORMATS = {"text": "digest/text.html", "html": "digest/email.html", "markdown": "digest/markdown.html"}

SPECIAL = re.compile(r"([\\`*_\[\]<>#|])")
"""What Markdown would take for more than itself."""


def digest(register: Register, since: date, form: str) -> str:
    """Return the newsletter on what changed after `since`, as text, html or markdown.

    Its HTML is what mail programs show alike: one column, styles in the tags, no image, and nothing from elsewhere.
    """
    renderer = Renderer(register, [package() / "overrides"])
    site = register.area.site_url.rstrip("/") + "/"

    def link(record: Record | str) -> str:
        return address(record).replace(SITE, site)

    environment = renderer.environment.overlay(autoescape=form == "html")
    environment.filters = renderer.environment.filters | {
        "link": link, "post_link": lambda stem: post_address(stem).replace(SITE, site),
        "plain": _escaped if form == "markdown" else str,
        "sentence": lambda change: sentence(register, change), "subject": subject}
    found = span(register, since)
    text = environment.get_template(FORMATS[form]).render(**facts(register, found))
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def facts(register: Register, found: Span) -> dict[str, Any]:
    """Return what the newsletter says of a span."""
    counts = in_short(found)
    return {
        "span": found, "groups": groups(found), "counts": counts,
        "subject": f"{register.area.site_name}: {', '.join(counts[:3]) or 'nothing new'}",
        "posts": [(stem, post) for stem, post in register.posts_by_date
                  if found.first and found.first < post.date.last_day <= found.last],
        "late_still": [progress for progress in found.still if progress.is_overdue],
        "parent_route": _route(register.area.feedback, "parent_carer"),
    }


def _route(routes: Iterable[Any], audience: str) -> Any:
    return next((route for route in routes if route.audience == audience), None)


def _escaped(text: object) -> str:
    return SPECIAL.sub(r"\\\1", str(text))
