"""The home page: a summary of the current state."""

from __future__ import annotations

from collections import Counter

from ..register import Register
from ..register.intervals import meeting_intervals
from ..register.verdicts import WORDS, strongest
from .actions import count_by_state, promises, status_counts
from .changes import span_context
from .feedback import feedback_counts
from .findings import finding_counts
from .generated_page import Context
from .plans import latest_replacement
from .topics import summaries


def home_context(register: Register) -> Context:
    """Return the context of the home page: what was promised, what was decided last, when the board meets next."""
    newest = register.decisions_where()
    last_meeting = newest[0].meeting if newest else None
    return {
        "topics": summaries(register),
        "counts": count_by_state(promises(register.progress.values())),
        "findings": finding_counts(register.finding_progress.values()),
        "said": feedback_counts(register),
        "apart": status_counts(register.progress.values()),
        "decided_at": register.meetings.get(last_meeting or ""),
        "decided": register.decisions_where(meeting=last_meeting) if last_meeting else [],
        "last_meeting": register.last_meeting,
        "next_meeting": register.next_meeting,
        "newest": span_context(meeting_intervals(register)[0]),
        "posts": register.posts_by_date[:1 if register.topics else 3],
        "done_by": done_by(register),
        "replaced": latest_replacement(register),
    }


def done_by(register: Register) -> dict[str, int]:
    """Return how many of the promises that are done are so by the word of whom: the most convincing word of each."""
    done = promises(register.actions_where(status="complete"))
    found = (strongest(progress.verdicts, "complete") for progress in done)
    counts = Counter(verdict.word for verdict in found if verdict)
    return {word: counts[word] for word in WORDS if counts[word]}
