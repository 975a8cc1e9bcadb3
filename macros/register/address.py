"""Addresses: once published, an address never breaks."""

from __future__ import annotations

from ..records import (
    Action,
    Decision,
    FeedbackTheme,
    Measure,
    Meeting,
    Organisation,
    Priority,
    Record,
    Term,
)
from . import Register
from .addresses import slug

SITE = "site:/"
"""Stands for the site's root in every link that macros and pages make. The adapter turns it into a relative address
for the page that it stands on, so that one text serves in a post, in its excerpt and on any host."""


def address(record: Record | str, register: Register | None = None) -> str:
    """Return a record's permanent address on the site, such as site:/actions/a-012/; text is taken as a path."""
    match record:
        case str():
            return SITE + record.lstrip("/")
        case Action():
            return f"{SITE}actions/{record.id.lower()}/"
        case Decision():
            return f"{SITE}decisions/{record.id.lower()}/"
        case Meeting():
            return f"{SITE}meetings/{record.id}/"
        case Measure():
            return f"{SITE}measures/{record.id}/"
        case Organisation():
            return f"{SITE}organisations/{record.id}/"
        case Priority():
            return f"{SITE}priorities/{record.id.lower()}/"
        case FeedbackTheme():
            return f"{SITE}you-said/#{record.id.lower()}"
        case Term():
            return f"{SITE}glossary/#{slug(record.term)}"
    raise TypeError(f"{type(record).__name__} has no page")


def post_address(stem: str) -> str:
    """Return the address of a post; the name of its file is its permanent address."""
    return f"{SITE}blog/{stem}/"
