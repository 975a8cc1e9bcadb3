"""The text by which a page is shared: its own facts in a few words, for messages and search engines."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import shorten

from ..publish.cards import standing_words
from ..records import Decision, Meeting, Redirect
from ..records.measure import number_in_words
from ..records.partial_date import PartialDate
from ..register import Progress, Register
from ..register.labels import due
from ..register.progress import KIND_WORDS
from .answers import Answer

MAX_LENGTH = 300
"""Characters of a text that messages show whole."""


def of_action(register: Register, progress: Progress) -> str:
    """Return what an action is, its status, who owns it, and when it is due."""
    action = progress.action
    owner = register.name_of(progress.owner) if progress.owner else "not published"
    date = "" if progress.due is None else f" Due: {due(progress.due)}."
    return _short(f"{KIND_WORDS[action.kind]} {action.id}: {', '.join(standing_words(progress)).lower()}. "
                  f"Owner: {owner}.{date} {action.title}.")


def of_meeting(register: Register, meeting: Meeting) -> str:
    """Return when a meeting is or was, how much was decided and promised at it, and what was on its agenda."""
    day = PartialDate.parse(meeting.id)
    state = {"held": f"The board met on {day}", "planned": f"The board is to meet on {day}",
             "cancelled": f"The meeting of {day} was cancelled"}[meeting.state]
    counts = [_count(len(register.decisions_where(meeting=meeting.id)), "decision", "decisions"),
              _count(sum(progress.action.is_promise for progress in register.actions_where(meeting=meeting.id)),
                     "promise", "promises")]
    came = " and ".join(words for words in counts if words)
    agenda = "; ".join(item.text.rstrip(".") for item in meeting.agenda)
    return _short(f"{state}{f': {came}' if came else ''}.{f' On the agenda: {agenda}.' if agenda else ''}")


def of_decision(decision: Decision) -> str:
    """Return what was decided, when, and what it led to."""
    led = f" It led to {', '.join(decision.leads_to)}." if decision.leads_to else ""
    return _short(f"{decision.id}, {decision.kind} on {PartialDate.parse(decision.meeting)}: "
                  f"{decision.text.rstrip('.')}.{led}")


def of_measure(register: Register, answer: Answer) -> str:
    """Return a measure's question with its newest figure."""
    measure, newest = answer.measure, answer.newest
    if newest is None:
        return _short(f"{measure.question} No figure has been published.")
    words = answer.sentence or f"{number_in_words(newest.value or 0)} {measure.unit}, " \
        f"{register.period_in_words(measure.id, newest.period)}."
    return _short(" ".join(filter(None, (measure.question, words, answer.comparison))))


def counted(counts: Mapping[str, int]) -> str:
    """Return how many promises there are and their statuses, from `status_counts`."""
    states = [f"{counts[state]} {words}" for state, words in (
        ("late", "late"), ("date_passed", "past the date"), ("complete", "done")) if counts[state]]
    promised = _count(counts["all"], "promise", "promises") or "no promise that we know of"
    return f"{promised}{': ' if states else ''}{', '.join(states)}"


def of_redirect(redirect: Redirect) -> str:
    """Return where the page of an old address is now."""
    return f"The page {redirect.from_} is {f'now at {redirect.to}' if redirect.to else 'gone'}."


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}" if number else ""


def _short(text: str) -> str:
    return shorten(text, MAX_LENGTH, placeholder=" …")
