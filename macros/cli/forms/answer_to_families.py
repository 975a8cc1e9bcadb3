"""The form “Answer to families”."""

from __future__ import annotations

from datetime import date

from ...write.change import update_theme
from ..writing import a_day
from .fields import FetchDocument, FormFields, FormResult


def updated_feedback(fields: FormFields, today: date, fetch: FetchDocument) -> FormResult:
    """Return an update of what families said: who took it up, the answer, or what changed."""
    id = fields.numbered("theme", "feedback") or ""
    if id not in fields.register.feedback:
        fields.report("theme", f'there is no "{id}"; its number is on the page “You said, we did”, such as '
                      "F-003")
    given = {"taken_up_by": fields.organisation("taken_up_by"), "answer": fields.text("answer"),
             "changed": fields.text("changed"), "date": fields.read("date", a_day) or today.isoformat(),
             "source": fields.source()}
    if not (given["source"] or fields.mistakes):
        fields.report("source_title", "say where a reader can see it: give the source's title and its web address")
    if not any(given[key] for key in ("taken_up_by", "answer", "changed")) and not fields.mistakes:
        fields.report("answer", "the form says nothing new")
    fields.raise_mistakes()
    return f"Update of {id}", update_theme(fields.register, id, given), []
