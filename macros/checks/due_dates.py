"""Due dates in words: whether they hide a date, so that nobody would see that it has passed."""

from __future__ import annotations

from collections.abc import Iterator

from ..problem import Code, Problem, Topic, quoted
from ..records.date_questions import what_to_write
from ..records.partial_date import FreeTextDue, PartialDate
from ..records.written_dates import is_date, names_a_time
from ..register import Register

CODES = (
    Code("date-in-words", Topic.DATES,
         "A due date in words can never be late. So the words must not hide a date. If they name a time that is no "
         "date, such as “every year”, write “(no date)” after them: that says that you have looked at it. Readers do "
         "not see these two words.",
         "due: by Easter 2027", "due: 2027-03-28"),
    Code("due-without-a-date", Topic.DATES,
         "Words such as “soon” can never be late, whatever happens. Does the source give a date, or a meeting that has "
         "one? Then write that. If it gives none, write “(no date)” after the words: that says that you have looked at "
         "it. Readers do not see these two words.",
         "due: as soon as possible", "due: as soon as possible (no date)", level="warning"),
)


def dates_are_not_hidden_in_words(register: Register) -> Iterator[Problem]:
    """Ensures that a due date is words only where its writer says that it can never be late."""
    for kind, id, place, due in _due_dates(register):
        if not isinstance(due, FreeTextDue) or (due.is_confirmed and not is_date(due.text)):
            continue
        at = register.location_of(kind, id, *place)
        if names_a_time(due.text):
            yield Problem(*at, "date-in-words", f"{quoted(due.text)} names a time, but as words it can never be late",
                          what_to_write(due.text))
        else:
            yield Problem(*at, "due-without-a-date", f"{quoted(due.text)} can never be late", what_to_write(due.text),
                          level="warning")


def _due_dates(register: Register) -> Iterator[tuple[str, str, tuple[str | int, ...],
                                                     PartialDate | FreeTextDue | None]]:
    """Yield each due date with the kind and the id of its record, and its place there."""
    for id, action in register.actions.items():
        yield "actions", id, ("due",), action.due
        for part, entries in (("steps", action.steps), ("updates", action.updates)):
            for number, entry in enumerate(entries):
                yield "actions", id, (part, number, "due"), entry.due
    for id, finding in register.findings.items():
        yield "findings", id, ("answer_due",), finding.answer_due
