"""What changed, in a line of plain text: for feeds and calendars, which show no markup."""

from __future__ import annotations

from ..records.partial_date import FreeTextDue, PartialDate
from . import Register
from .changes import Change
from .labels import STATUS_WORDS, days_in_words, number_in_words


def title(register: Register, change: Change) -> str:
    """Return a change in a few words: "Late: A-012 Tell families every four weeks"."""
    word = {"promised": "Promised", "complete": "Done", "stopped": "Stopped", "overdue": "Late", "moved": "Date moved",
            "dated": "Date given", "owner": "New owner", "status": STATUS_WORDS.get(str(change.now), "News"),
            "news": "News", "corrected": "Put right", "decided": "Decided", "figure": "New figure"}[change.kind]
    return f"{word}: {subject(change)}"


def subject(change: Change) -> str:
    """Return what changed: an action by its id and title, a decision by its text, a measure by its title."""
    if change.action:
        return f"{change.action.id} {change.action.title}"
    return change.decision.text if change.decision else change.measure.title if change.measure else ""


def sentence(register: Register, change: Change) -> str:
    """Return what a change is, in one or more sentences of plain text."""
    update, note = change.update, change.update.note if change.update else None
    said = {
        "promised": f"Owner: {_owner(register, change.action.owner)}. Due: {due(change.action.due)}."
        if change.action else "",
        "overdue": f"It was due {due(change.now)}.",
        "moved": f"From {due(change.was)} to {due(change.now)}{_later(change.days)}.",
        "dated": f"It is now due {due(change.now)}.",
        "owner": f"From {_owner(register, change.was)} to {_owner(register, change.now)}.",
        "status": f"Its status is now: {STATUS_WORDS.get(str(change.now), '')}.",
        "complete": "Reported as done.", "stopped": "It was stopped.",
        "decided": f"{change.decision.kind.capitalize()} at the meeting of "
        f"{PartialDate.parse(change.decision.meeting)}."
        if change.decision else "",
        "figure": _figure(change),
    }.get(change.kind, "")
    if update and update.correction:
        said += f" Put right: {update.correction.field.replace('_', ' ')}. {update.correction.reason}"
    reason = f"The reason given: {update.reason}" if update and update.reason else None
    late = f"Added later: this is from {update.happened}." if update and update.happened else None
    return " ".join(part for part in (said, reason, note, late) if part).strip() or "News of it was published."


def due(value: PartialDate | FreeTextDue | str | None) -> str:
    """Return a due date in words; a promise in words stands in quotation marks."""
    return "not published" if value is None else f"“{value}”" if isinstance(value, FreeTextDue) else str(value)


def _owner(register: Register, id: object) -> str:
    return register.name_of(str(id)) if id else "not published"


def _later(days: int | None) -> str:
    return "" if days is None else f" ({days_in_words(abs(days))} {'later' if days >= 0 else 'earlier'})"


def _figure(change: Change) -> str:
    if not change.observation or not change.measure:
        return ""
    value = change.observation.value
    words = "No figure is published" if value is None else \
        f"{'About ' if change.observation.approximate else ''}{number_in_words(value)} {change.measure.unit}"
    return f"{words}, for {change.observation.period}."
