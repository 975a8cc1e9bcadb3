"""The form “What families said”."""

from __future__ import annotations

from datetime import date

from ...write.new import new_feedback
from ..writing import a_period
from .fields import FetchDocument, FormFields, FormResult


def submitted_feedback(fields: FormFields, today: date, fetch: FetchDocument) -> FormResult:
    """Return something new that families said, which has no answer yet."""
    given = {"title": fields.text("title"), "said": fields.text("said"), "date": fields.read("date", a_period),
             "through": fields.organisation("through"),
             "actions": fields.numbers("actions", "actions"), "source": fields.source()}
    for id in ("title", "said", "date", "through"):
        fields.require(id, "this must be filled in")
    if not (given["source"] or fields.mistakes):
        fields.report("source_title", "say where a reader can see it: give the source's title and its web address")
    fields.raise_mistakes()
    id, edits = new_feedback(fields.register, given)
    return f"What families said: {id}", edits, []
