"""A page that is made from records and has no file in docs/."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Context = dict[str, Any]


@dataclass(frozen=True)
class GeneratedPage:
    """A generated page.

    `address` is its path on the site, such as actions/a-012/. `context` holds the values for its template; a function
    is called only when the page is rendered, which keeps planning a large site cheap. `record_file` is the YAML file
    that readers may edit, or a folder of them (with a slash at its end). `boost` raises the page in search results;
    index pages are not `searched`, because each of their records is found by its own page.
    `layout` is the template around a page that other sites show in a frame: it has no header, no footer and no place in
    the sitemap.
    """

    address: str
    title: str
    description: str
    template: str
    context: Context | Callable[[], Context] = field(default_factory=dict)
    record_file: str | None = None
    searched: bool = True
    boost: float = 1
    moved_to: str | None = None
    layout: str | None = None

    def template_context(self) -> Context:
        """Return the values for the template, by name."""
        return self.context() if callable(self.context) else self.context
