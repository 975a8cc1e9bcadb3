"""The form “Update an action”."""

from __future__ import annotations

from datetime import date
from typing import Any

from ...records import STATUSES
from ...records.action import MOVED_ON
from ...register.progress import STATUS_WORDS
from ...write import WriteError
from ...write.change import read_evidence, step_number, update
from ..writing import a_day, a_due_date, a_status
from .fields import FetchDocument, FormFields, FormResult


def updated_action(fields: FormFields, today: date, fetch: FetchDocument) -> FormResult:
    """Return an update of an action. Raises FormError, like all functions here."""
    id = fields.numbered("action", "actions") or ""
    if id not in fields.register.actions:
        fields.report("action", f'there is no action "{id}"; its id is on its page, such as A-012')
    given: dict[str, Any] = {
        "note": fields.text("note"), "status": fields.read("status", _chosen_status),
        "to": fields.numbered("to", "actions"),
        "due": fields.read("due", a_due_date), "owner": fields.organisation("owner"),
        "reason": fields.text("reason"), "evidence": _evidence(fields),
        "by": fields.organisation("by"), "asked": fields.forum("asked"), "answer": fields.text("answer"),
        "date": fields.read("date", a_day) or today.isoformat(),
        "source": fields.source(), "editorial": fields.is_ticked("editorial")}
    if fields.text("step") and id in fields.register.actions:
        try:
            given["step"] = step_number(fields.register.actions[id], fields.text("step") or "")
        except WriteError as error:
            fields.report("step", str(error))
        if given["owner"]:
            fields.report("owner", "a step has no owner of its own; leave this or the step empty")
    if given["due"] or given["owner"] or given["status"] in ("stopped", "dropped"):
        fields.require("reason", "a new date, a new owner, “stopped” or “dropped” needs a reason, which readers will "
                       "see")
    if given["status"] in MOVED_ON:
        fields.require("to", "say which action goes on with this one: give its number")
    elif given["to"]:
        fields.report("status", "you name the action that goes on with this one; choose “Carried over” or “Merged "
                      "with another” here, or leave that box empty")
    if given["by"] and not given["evidence"]:
        fields.require("evidence", "you say whose word it is; give what a reader can open, a title and a web address, "
                       "or leave that box empty")
    if given["answer"]:
        fields.require("asked", "say where somebody asked")
    if given["status"] == "complete":
        fields.require("evidence", "an action is done when readers can see it: give a title and a web address")
    if fields.register.area.standing != "adopted" and not fields.mistakes \
            and not (given["source"] or given["evidence"] or given["editorial"]):
        fields.report("source_title", "say where a reader can see it: give the source's title and its web address; or "
                      "tick the box below, if you found it yourselves")
    if not any(given[key] for key in ("note", "status", "due", "owner", "evidence", "asked")) and not fields.mistakes:
        fields.report("note", "the form says nothing new")
    fields.raise_mistakes()
    return f"Update of {id}", update(fields.register, id, given), fields.ask_for_a_date("due", given["due"])


def _chosen_status(text: str) -> str:
    """Read a status by the label that the form's list gives it."""
    words = {word.casefold(): status for status, word in STATUS_WORDS.items() if status in STATUSES}
    return words.get(text.casefold()) or a_status(text)


def _evidence(fields: FormFields) -> list[dict[str, str]]:
    found = []
    for line in fields.values.get("evidence", "").splitlines():
        evidence = read_evidence(line)
        if evidence:
            found.append(evidence)
        elif line.strip():
            fields.report("evidence", "write a title and then a web address on each line: Report of May https://…")
    return found
