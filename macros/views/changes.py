"""The page of what changed from meeting to meeting, and the parts of it that others show."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..register import Register
from ..register.changes import KINDS, Change, Span, spans

GROUPS = {
    "decided": "Decided",
    "promised": "Newly promised",
    "complete": "Done",
    "stopped": "Stopped",
    "overdue": "Became late",
    "moved": "Dates moved",
    "dated": "Dates given for the first time",
    "owner": "New owners",
    "status": "New status",
    "figure": "New figures",
    "news": "Other news",
    "corrected": "Mistakes put right",
}
"""What each kind of change is called."""

COUNTED = {
    "decided": ("decision", "decisions"), "promised": ("new promise", "new promises"), "complete": ("done", "done"),
    "stopped": ("stopped", "stopped"), "overdue": ("became late", "became late"),
    "moved": ("date moved", "dates moved"), "figure": ("new figure", "new figures"),
}


def groups(span: Span) -> list[tuple[str, str, tuple[Change, ...]]]:
    """Return a span's changes as (kind, title, changes), without the kinds that have none."""
    return [(kind, GROUPS[kind], span.of(kind)) for kind in KINDS if span.of(kind)]


def in_short(span: Span) -> list[str]:
    """Return what changed as counts in words: "2 done", "1 date moved"."""
    counted = ((len(span.of(kind)), words) for kind, words in COUNTED.items())
    return [f"{count} {words[count != 1]}" for count, words in counted if count]


def facts(span: Span) -> dict[str, Any]:
    """Return what the template of one span shows."""
    return {"span": span, "groups": groups(span), "counts": in_short(span)}


def list_page(register: Register) -> Iterator[dict[str, Any]]:
    """Yield the page of changes, newest first."""
    yield {
        "address": "changes/", "title": "What changed, from meeting to meeting",
        "description": f"New promises, what was done, what became late and what did not move, between the meetings of "
                       f"{register.area.board.short_name}.",
        "template": "pages/changes.html", "searched": False,
        "facts": {"spans": [facts(span) for span in spans(register)]},
    }
