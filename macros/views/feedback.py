"""The page of what families said, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator

from ..register import Register
from ..register.feedback import FeedbackProgress, waiting_longest_first
from .generated_page import GeneratedPage


def in_order(register: Register) -> list[FeedbackProgress]:
    """Return every theme: first what has no answer, then the rest, newest first."""
    return sorted(register.feedback_progress.values(), key=waiting_longest_first)


def unanswered(register: Register) -> list[FeedbackProgress]:
    """Return the themes without an answer: overdue ones first, then those that wait longest."""
    return [progress for progress in in_order(register) if progress.is_unanswered]


def feedback_counts(register: Register) -> dict[str, int]:
    """Return how many themes there are, how many have no answer, and how many answers are overdue."""
    found = register.feedback_progress.values()
    return {"all": len(found), "unanswered": sum(progress.is_unanswered for progress in found),
            "overdue": sum(progress.is_overdue for progress in found)}


def index_page(register: Register) -> Iterator[GeneratedPage]:
    """Yield the page of what families said."""
    yield GeneratedPage(
        address="you-said/", title="You said, we did",
        description="What families told the board, what was answered, and what changed.",
        template="pages/you-said.html", record_file="data/feedback/",
        context={"themes": in_order(register), "counts": feedback_counts(register)})
