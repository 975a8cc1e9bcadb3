"""The form “New decision”."""

from __future__ import annotations

from datetime import date

from ...write.new import new_decision
from ..writing import a_day
from .fields import FetchDocument, FormFields, FormResult


def submitted_decision(fields: FormFields, today: date, fetch: FetchDocument) -> FormResult:
    """Return a new decision."""
    given = {"text": fields.text("text"), "meeting": fields.read("meeting", a_day), "kind": fields.text("kind"),
             "source": fields.source()}
    for id in ("text", "meeting", "kind"):
        fields.require(id, "this must be filled in")
    if given["meeting"] and given["meeting"] not in fields.register.meetings:
        fields.report("meeting", f'there is no meeting of {given["meeting"]} on the site; add it first')
    fields.raise_mistakes()
    id, edits = new_decision(fields.register, given)
    return f"New decision {id}", edits, []
