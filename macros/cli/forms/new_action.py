"""The form “New action”."""

from __future__ import annotations

import argparse
from datetime import date

from ...records import ACTION_KINDS
from ...write.named import actions_like, words_of
from ...write.new import new_action
from ..writing import a_day, a_due_date
from .fields import FetchDocument, FormFields, FormResult


def submitted_action(fields: FormFields, today: date, fetch: FetchDocument) -> FormResult:
    """Return a new action. An owner or a date that was left empty counts as not published."""
    given = {"title": fields.text("title"), "kind": fields.read("kind", _chosen_kind),
             "said_by": fields.speaker("said_by"), "detail": fields.text("detail"),
             "owner": fields.organisation("owner"), "due": fields.read("due", a_due_date),
             "priorities": fields.priorities("priorities"), "done_when": fields.items("done_when"),
             "plan": fields.plan("plan"), "meeting": fields.read("meeting", a_day),
             "decision": fields.numbered("decision", "decisions"), "source": fields.source()}
    fields.require("title", "say what was promised")
    fields.require("kind", "say whether it is a promise, a plan or an aim")
    if not (given["source"] or given["meeting"] or given["decision"] or fields.mistakes):
        fields.report("source_title", "say where a reader can see the promise: a source, its meeting or its decision")
    for other in actions_like(fields.register, given["title"] or ""):
        if words_of(other.title) == words_of(given["title"] or ""):
            fields.report("title", f"this is {other.id} word for word; for news of it, send “Update an action”")
    fields.raise_mistakes()
    notices = [f"Is this the same as {other.id}, “{other.title}”? Then close this pull request, and send the form "
               f"“Update an action” for {other.id}." for other in actions_like(fields.register, given["title"] or "")]
    notices += fields.ask_for_a_date("due", given["due"])
    if given["kind"] == "promised" and not given["done_when"]:
        notices.append("Nobody has said yet what would show that it is done. Ask now, while the promise is being made. "
                       f"Then fill in “{fields.form.labels['done_when']}”, and save the issue.")
    id, edits = new_action(fields.register, given)
    return f"New action {id}", edits, notices


def _chosen_kind(text: str) -> str:
    """Read how firm an action is by the form's label, such as "aim: somebody hoped for it"."""
    kind = text.split(":")[0].casefold()
    if kind not in ACTION_KINDS:
        raise argparse.ArgumentTypeError(f'"{text}" is none of: {", ".join(ACTION_KINDS)}')
    return kind
