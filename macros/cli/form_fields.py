"""What an issue form asks for, turned into files by the same functions as the commands."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from ..records import STATUSES
from ..register.labels import STATUS_WORDS
from ..write.change import CORRECTABLE, add_figure, correct, find, update
from ..write.edits import WriteError
from ..write.new import new_action, new_decision, new_meeting, new_post
from .asked import Asked, Fetch, FormError, Made
from .values import a_day, a_due_date, a_figure, a_list, a_period, a_status

EVIDENCE = re.compile(r"[-*\s]*(?P<title>.*?)[\s,:;–-]*<?(?P<url>https?://\S+?)>?\s*\Z")

FIGURE_STATES = {"not yet final": "provisional", "not published": "not_available",
                 "held back, since it counts few people": "suppressed"}
"""What the form says of a figure, and how the record says it."""


def update_an_action(asked: Asked, today: date, fetch: Fetch) -> Made:
    """Return an update of an action. Raises FormError."""
    id = (asked.text("action") or "").upper()
    if id not in asked.register.actions:
        asked.wrong("action", f'there is no action "{id}"; its number stands on its page, such as A-012')
    given: dict[str, Any] = {
        "note": asked.text("note"), "status": asked.read("status", _chosen_status),
        "due": asked.read("due", a_due_date), "owner": asked.organisation("owner"),
        "reason": asked.text("reason"), "evidence": _evidence(asked),
        "date": asked.read("date", a_day) or today.isoformat(),
        "source": asked.source()}
    if given["due"] or given["owner"] or given["status"] == "stopped":
        asked.need("reason", "a new date, a new owner or a stop needs a reason, which readers will see")
    if given["status"] == "complete":
        asked.need("evidence", "an action is done when a reader can see it: give a title and a web address")
    if not any(given[key] for key in ("note", "status", "due", "owner", "evidence")) and not asked.mistakes:
        asked.wrong("note", "the form says nothing new")
    asked.stop()
    return f"Update of {id}", update(asked.register, id, given), []


def new_action_form(asked: Asked, today: date, fetch: Fetch) -> Made:
    """Return a new action. An owner or a date that was left empty is not published. Raises FormError."""
    given = {"title": asked.text("title"), "detail": asked.text("detail"), "owner": asked.organisation("owner"),
             "due": asked.read("due", a_due_date), "priorities": asked.read("priorities", a_list),
             "meeting": asked.read("meeting", a_day), "decision": (asked.text("decision") or "").upper() or None,
             "source": asked.source()}
    asked.need("title", "say what was promised")
    if not (given["source"] or given["meeting"] or given["decision"] or asked.mistakes):
        asked.wrong("source_title", "say where a reader can see the promise: a source, its meeting or its decision")
    asked.stop()
    id, edits = new_action(asked.register, given)
    return f"New action {id}", edits, []


def new_decision_form(asked: Asked, today: date, fetch: Fetch) -> Made:
    """Return a new decision. Raises FormError."""
    given = {"text": asked.text("text"), "meeting": asked.read("meeting", a_day), "kind": asked.text("kind"),
             "source": asked.source()}
    for id in ("text", "meeting", "kind"):
        asked.need(id, "this must be filled in")
    if given["meeting"] and given["meeting"] not in asked.register.meetings:
        asked.wrong("meeting", f'there is no meeting of {given["meeting"]} on the site; add it first')
    asked.stop()
    id, edits = new_decision(asked.register, given)
    return f"New decision {id}", edits, []


def new_meeting_form(asked: Asked, today: date, fetch: Fetch) -> Made:
    """Return a new meeting, held or planned as its day tells. Raises FormError."""
    day = asked.read("meeting_date", a_day)
    asked.need("meeting_date", "give the day of the meeting")
    if day in asked.register.meetings:
        asked.wrong("meeting_date", "this meeting is on the site already")
    number = asked.text("number")
    if number and not number.isdecimal():
        asked.wrong("number", f'"{number}" is no whole number; leave it empty if you do not know it')
    attended = [id for name in asked.read("attended", a_list) or () if (id := asked.organisation("attended", name))]
    source = asked.source()
    if not source and not asked.mistakes:
        asked.wrong("source_title", "say where a reader can see that the board meets")
    asked.stop()
    id, edits = new_meeting(asked.register, {"date": day, "number": int(number) if number else None,
                                             "attended": attended, "source": source})
    return f"New meeting of {id}", edits, []


def new_figure_form(asked: Asked, today: date, fetch: Fetch) -> Made:
    """Return a new figure of a measure. Raises FormError."""
    said = asked.text("measure") or ""
    found = [measure for measure in asked.register.measures.values()
             if said.casefold() in (measure.id, measure.title.casefold(), measure.question.casefold())]
    if not found:
        asked.wrong("measure", f'there is no measure "{said}"; use one of: {", ".join(asked.register.measures)}')
    asked.need("period", "say for when the figure holds")
    state = FIGURE_STATES.get((asked.text("state") or "").casefold())
    value, is_about = asked.read("value", a_figure) or (None, False)
    if state in ("not_available", "suppressed"):
        if "value" in asked.values:
            asked.wrong("value", "leave this empty, since no figure is published")
        if state == "suppressed":
            asked.need("figure_note", "say why the figure is held back: readers will see it")
    else:
        asked.need("value", "give the figure; or choose above that there is none")
    given = {"period": asked.read("period", a_period), "value": value, "state": state, "approximate": is_about,
             "revises": asked.text("revises"), "note": asked.text("figure_note"), "source": asked.source()}
    asked.stop()
    return f"New figure of {found[0].id}", add_figure(asked.register, found[0].id, given), []


def new_post_form(asked: Asked, today: date, fetch: Fetch) -> Made:
    """Return a new post, from an attached document where there is one. Raises FormError."""
    title, day = asked.text("post_title"), asked.read("post_date", a_day)
    asked.need("post_title", "give the post a headline")
    asked.need("post_date", "give the day of the post")
    document = asked.values.get("document", "")
    if not document:
        asked.need("text", "attach a document above, or write the text here")
    meeting = asked.read("meeting", a_day)
    asked.stop()
    try:
        if document:
            from ..write.importer import import_document

            name, content = fetch(document)
            found = import_document(asked.register, name, content, day=day, title=title)
            return f"New post of {day}", found.edits, list(found.notices)
        in_short = [line.strip(" -*•") for line in asked.values.get("in_short", "").splitlines() if line.strip(" -*•")]
        _, edits = new_post(asked.register, {
            "title": title, "date": day, "description": asked.text("description"), "in_short": in_short,
            "meeting": meeting, "text": asked.values["text"]})
    except WriteError as error:
        raise FormError([(asked.form.labels["document" if document else "meeting"], str(error))]) from None
    return f"New post of {day}", edits, []


def correction(asked: Asked, today: date, fetch: Fetch) -> Made | None:
    """Return a correction of a record; None where a person has to see to it. Raises FormError."""
    id, field_, now = asked.text("record") or "", asked.text("field") or "", asked.text("now")
    upper = id.upper()
    try:
        kind, record = find(asked.register, upper if upper in asked.register.actions else id)
    except WriteError:
        try:
            kind, record = find(asked.register, upper)
        except WriteError:
            return None
    if field_ not in CORRECTABLE[kind]:
        return None
    if field_ == "owner":
        now = asked.organisation("now")
    asked.stop()
    try:
        edits = correct(asked.register, record.id, field_, None if now == "null" else now,  # type: ignore[attr-defined]
                        asked.text("reason") or "", today.isoformat())
    except WriteError as error:
        raise FormError([(asked.form.labels["now"], str(error))]) from None
    return f"Correction of {record.id}", edits, []  # type: ignore[attr-defined]


def _chosen_status(text: str) -> str:
    """Read a status as the form's list names it, in the words of the site."""
    words = {word.casefold(): status for status, word in STATUS_WORDS.items() if status in STATUSES}
    return words.get(text.casefold()) or a_status(text)


def _evidence(asked: Asked) -> list[dict[str, str]]:
    found = []
    for line in asked.values.get("evidence", "").splitlines():
        match = EVIDENCE.match(line.strip())
        if match and match["title"].strip("[]( "):
            found.append({"title": match["title"].strip("[]( "), "url": match["url"].rstrip(")")})
        elif line.strip():
            asked.wrong("evidence", "write on each line a title and then a web address: Report of May https://…")
    return found


FORMS: dict[str, Callable[[Asked, date, Fetch], Made | None]] = {
    "new-post": new_post_form, "update-an-action": update_an_action, "new-action": new_action_form,
    "new-decision": new_decision_form, "new-meeting": new_meeting_form, "new-figure": new_figure_form,
    "correction": correction,
}
"""What is made of each form, by the name of its file."""
