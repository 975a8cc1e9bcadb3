"""The page of what changed from meeting to meeting, and the parts of it that others show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial
from typing import Any

from ..register import Register
from ..register.changes import KINDS, Change
from ..register.intervals import IN_FULL, Span, spans, still_counts, years

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


MOST_NAMED = 100
"""How many promises that did not move are named in a span which is not the newest; of more only the number is said, as
each promise's own page says how long it is silent."""


def groups(span: Span) -> list[tuple[str, str, tuple[Change, ...]]]:
    """Return a span's changes as (kind, title, changes), without the kinds that have none."""
    by_kind: dict[str, list[Change]] = {}
    for change in span.changes:
        by_kind.setdefault(change.kind, []).append(change)
    return [(kind, GROUPS[kind], tuple(by_kind[kind])) for kind in KINDS if kind in by_kind]


def in_short(span: Span) -> list[str]:
    """Return what changed as counts in words: "2 done", "1 date moved"."""
    by_kind = Counter(change.kind for change in span.changes)
    counted = ((by_kind[kind], words) for kind, words in COUNTED.items())
    return [f"{count} {words[count != 1]}" for count, words in counted if count]


def facts(span: Span) -> dict[str, Any]:
    """Return what the template of one span shows."""
    return {"span": span, "groups": groups(span), "counts": in_short(span)}


def list_page(register: Register) -> Iterator[dict[str, Any]]:
    """Yield the page of changes, newest first: the newest in full, and older ones in short with their year's page."""
    yield {
        "address": "changes/", "title": "What changed, from meeting to meeting",
        "description": f"New promises, what was done, what became late and what did not move, between the meetings of "
                       f"{register.area.board.short_name}.",
        "template": "pages/changes.html", "searched": False, "facts": partial(_list_facts, register),
    }


def _list_facts(register: Register) -> dict[str, Any]:
    found = spans(register)
    lasts = [span.last for span in reversed(found)]
    still = dict(zip(lasts, still_counts(register, lasts), strict=True))
    return {
        "spans": [facts(span) | {"still": still[span.last],
                                 "is_named": span is found[0] or still[span.last] <= MOST_NAMED}
                  for span in found[:IN_FULL]],
        "older": [(span, in_short(span)) for span in found[IN_FULL:]], "years": list(years(register)),
    }


def year_pages(register: Register) -> Iterator[dict[str, Any]]:
    """Yield a page for each year with spans that the page of changes shows only in short: all that changed, and of what
    did not move how much there was."""
    older = years(register)
    lasts = [span.last for span in reversed(spans(register))] if older else []
    still = dict(zip(lasts, still_counts(register, lasts), strict=True))
    for year, found in older.items():
        yield {
            "address": f"changes/{year}/", "title": f"What changed in {year}",
            "description": f"New promises, what was done and what became late, between the meetings of "
                           f"{register.area.board.short_name} in {year}.",
            "template": "pages/changes-year.html", "searched": False,
            "facts": {"year": year, "spans": [facts(span) | {"still": still[span.last]} for span in found],
                      "years": list(older)},
        }
