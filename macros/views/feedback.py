"""The page "You said, we did"."""

from __future__ import annotations

from collections.abc import Iterator

from ..register import Register
from .generated_page import GeneratedPage


def index_page(register: Register) -> Iterator[GeneratedPage]:
    """Yield the page of what families said, newest first."""
    themes = sorted(register.feedback.values(), key=lambda theme: (theme.heard.date.first_day, theme.id), reverse=True)
    yield GeneratedPage(
        address="you-said/", title="You said, we did",
        description="What families told the board, and what was done about it.",
        template="pages/you-said.html", record_file="data/feedback/", context={"themes": themes})
