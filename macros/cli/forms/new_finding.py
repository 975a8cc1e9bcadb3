"""The form “New finding”."""

from __future__ import annotations

from datetime import date

from ...records import FINDING_KINDS
from ...write import WriteError
from ...write.new import new_finding
from ..writing import a_due_date, a_period
from .fields import FetchDocument, FormError, FormFields, FormResult


def submitted_finding(fields: FormFields, today: date, fetch: FetchDocument) -> FormResult:
    """Return a new finding, which has no answer yet."""
    responsible = fields.organisations("responsible")
    given = {"title": fields.text("title"), "text": fields.text("text"), "kind": fields.text("kind"),
             "from": fields.organisation("from"), "date": fields.read("finding_date", a_period),
             "responsible": responsible, "answer_due": fields.read("answer_due", a_due_date),
             "actions": fields.numbers("actions", "actions"), "source": fields.source()}
    for id in ("title", "text", "kind", "from", "finding_date"):
        fields.require(id, "this must be filled in")
    if given["kind"] not in (*FINDING_KINDS, None):
        fields.report("kind", f"write one of: {', '.join(FINDING_KINDS)}")
    if not (given["source"] or fields.mistakes):
        fields.report("source_title", "say where a reader can see it: give the source's title and its web address")
    fields.raise_mistakes()
    try:
        id, edits = new_finding(fields.register, given)
    except WriteError as error:
        raise FormError([(fields.form.labels["title"], str(error))]) from None
    return f"New finding {id}", edits, fields.ask_for_a_date("answer_due", given["answer_due"])
