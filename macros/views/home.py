"""The summaries of the current state: the home page, and the briefing for councillors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Generic, TypeVar

from ..records import Measure, Organisation
from ..register import Progress, Register
from ..register.intervals import meeting_intervals
from ..register.verdicts import WORDS, strongest
from .actions import count_by_state, promises, status_counts
from .answers import HOME_MEASURES, answer, answers_for_home
from .changes import span_context
from .feedback import feedback_counts, unanswered
from .findings import finding_counts, in_order
from .generated_page import Context, GeneratedPage
from .plans import latest_replacement
from .readings import reading

MAX_BRIEFING_ROWS = 8
"""How many actions a table of the briefing shows. With more, the briefing would no longer fit on two pages."""

MAX_BRIEFING_MEASURES = 4
"""How many measures it shows. Fewer than actions: each takes two lines or more."""

OWNER_COLUMNS = {"all": "Promised", "complete": "Done", "late": "Late", "date_passed": "Date passed", "moved": "Moved",
                 "quiet": "Quiet"}
"""The columns of the briefing's table of owners. One in which no owner has a number is left out."""

DUE_NEXT_DAYS = 60
"""How far "due next" looks ahead when no date of a next meeting has been published."""


def home_context(register: Register) -> Context:
    """Return the context of the home page: what was promised, what was decided last, when the board meets next."""
    newest = register.decisions_where()
    last_meeting = newest[0].meeting if newest else None
    return {
        "answers": answers_for_home(register),
        "counts": count_by_state(promises(register.progress.values())),
        "findings": finding_counts(register.finding_progress.values()),
        "said": feedback_counts(register),
        "apart": status_counts(register.progress.values()),
        "decided_at": register.meetings.get(last_meeting or ""),
        "decided": register.decisions_where(meeting=last_meeting) if last_meeting else [],
        "last_meeting": register.last_meeting,
        "next_meeting": register.next_meeting,
        "newest": span_context(meeting_intervals(register)[0]),
        "posts": register.posts_by_date[:3],
        "done_by": done_by(register),
        "replaced": latest_replacement(register),
    }


def done_by(register: Register) -> dict[str, int]:
    """Return how many of the promises that are done are so by the word of whom: the most convincing word of each."""
    done = promises(register.actions_where(status="complete"))
    found = (strongest(progress.verdicts, "complete") for progress in done)
    counts = Counter(verdict.word for verdict in found if verdict)
    return {word: counts[word] for word in WORDS if counts[word]}


Row = TypeVar("Row")


@dataclass(frozen=True)
class Top(Generic[Row]):
    """The first rows of a list, and how many it has in all."""

    rows: tuple[Row, ...]
    count: int

    @property
    def more(self) -> int:
        return self.count - len(self.rows)


def briefing_page(register: Register) -> Iterator[GeneratedPage]:
    """Yield the briefing for councillors, made to be printed before a meeting."""
    yield GeneratedPage(
        address="briefing/", title="Briefing for councillors",
        description="Two pages to print before a meeting: what is late, what has moved, what has gone quiet, what "
                    "is due next, and the measures against their targets.",
        template="pages/briefing.html", searched=False, context=briefing_context(register))


def briefing_context(register: Register) -> Context:
    """Return which promises and answers to findings are late, what families said without an answer, which promises
    have moved, are quiet or due next, the counts of each owner, and the measures."""
    found = promises(register.actions_where())
    is_open = [progress for progress in found if progress.is_open]
    until = _due_next_until(register)
    owners: list[tuple[Organisation | None, dict[str, int]]] = [
        (organisation, status_counts(owned)) for id, organisation in register.organisations.items()
        if (owned := promises(register.actions_where(owner=id)))]
    owners.sort(key=lambda item: (-item[1]["late"], -item[1]["date_passed"], -item[1]["all"]))
    unowned = promises(register.actions_where(owner="not-published"))
    counts = status_counts(register.progress.values())
    return {
        "all": counts, "until": until, "next_meeting": register.next_meeting,
        "late": _top(progress for progress in is_open if progress.is_late),
        "late_answers": [progress for progress in in_order(register) if progress.is_overdue],
        "unanswered": unanswered(register),
        "passed": _top(progress for progress in is_open if progress.is_unresolved),
        "moved": _top(progress for progress in sorted(is_open, key=lambda item: (-item.times_moved,
                                                                                 -(item.days_slipped or 0)))
                      if progress.times_moved),
        "quiet": _top(progress for progress in sorted(is_open, key=_longest_silence_first) if progress.is_stale),
        "next": _top(progress for progress in sorted(is_open, key=lambda item: item.due_day or date.max)
                     if progress.due_day and register.today <= progress.due_day <= until),
        "not_mentioned": [progress for progress in is_open if progress.fate == "not_mentioned"],
        "owners": [*owners, *([(None, status_counts(unowned))] if unowned else [])],
        "owner_columns": {state: words for state, words in OWNER_COLUMNS.items() if counts[state]},
        "measures": _top((answer(register, measure)
                          for measure in sorted(register.measures.values(), key=_targets_first)),
                         MAX_BRIEFING_MEASURES),
    }


def _due_next_until(register: Register) -> date:
    planned = register.next_meeting
    return date.fromisoformat(planned.id) if planned else register.today + timedelta(days=DUE_NEXT_DAYS)


def _top(found: Iterator[Row], most: int = MAX_BRIEFING_ROWS) -> Top[Row]:
    rows = tuple(found)
    return Top(rows[:most], len(rows))


def _longest_silence_first(progress: Progress) -> tuple[bool, int]:
    """A sort key. Actions with no date to count from come last."""
    return progress.days_without_news is None, -(progress.days_without_news or 0)


def _targets_first(measure: Measure) -> tuple[bool, bool, str]:
    """A sort key. Measures with a target come first, because they can be judged, then what families ask first."""
    return reading(measure).meets_target is None, measure.id not in HOME_MEASURES, measure.title
