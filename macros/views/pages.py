"""Every page that is made from records, in one table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from ..register import Register
from . import (
    actions,
    briefing,
    changes,
    checks,
    decisions,
    measures,
    meetings,
    open_data,
    organisations,
    overview,
    priorities,
    reading,
    software,
    statements,
    subscribe,
    topics,
)

Facts = dict[str, Any]


@dataclass(frozen=True)
class GeneratedPage:
    """A page without a file in docs/. `address` is its path on the site; `record_file` the YAML that it shows, or the
    folder of many (with a slash at its end). `facts` is what its template shows, or a function that returns it: what
    takes long is worked out by the process that makes the page.

    Lists are not `searched`: their records are, each for itself. `boost` raises a page among the results.
    """

    address: str
    title: str
    description: str
    template: str
    facts: Facts | Callable[[], Facts] = field(default_factory=dict)
    record_file: str | None = None
    searched: bool = True
    boost: float = 1
    moved_to: str | None = None

    def shown(self) -> Facts:
        """Return what the template shows, by the names that it uses."""
        return self.facts() if callable(self.facts) else self.facts


Pages = Callable[[Register], Iterator[dict[str, Any]]]

PAGES: tuple[Pages, ...] = (
    actions.list_page, actions.record_pages,
    decisions.list_page, decisions.record_pages,
    meetings.list_page, meetings.record_pages,
    measures.list_page, measures.record_pages,
    priorities.list_page, priorities.record_pages,
    organisations.list_page, organisations.record_pages,
    changes.list_page, changes.year_pages, briefing.list_page,
    overview.timeline_page, overview.glossary_page, overview.you_said_page, overview.moved_pages,
    topics.list_page, topics.topic_pages,
    subscribe.list_page, statements.list_page, open_data.list_page, reading.list_page,
    checks.list_page, software.list_page,
)
"""Each takes the register and yields a page's address, title, description, template and facts."""


def generated_pages(register: Register) -> Iterator[GeneratedPage]:
    """Yield every generated page of the site."""
    for pages in PAGES:
        for page in pages(register):
            yield GeneratedPage(**page)
