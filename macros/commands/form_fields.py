"""What an issue form asks for, turned into files by the same functions as the commands."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ..records import STATUSES
from ..register import Register
from ..views.words import STATUS_WORDS
from ..write.change import CORRECTABLE, correct, find, update
from ..write.edits import Edits, WriteError
from ..write.form import Form
from ..write.new import new_action, new_decision, new_post
from .values import a_day, a_due_date, a_list, a_status

Fetch = Callable[[str], tuple[str, bytes]]
"""Takes the address of an attached document, and returns its name and bytes. Raises WriteError."""

EVIDENCE = re.compile(r"[-*\s]*(?P<title>.*?)[\s,:;–-]*<?(?P<url>https?://\S+?)>?\s*\Z")


class FormError(Exception):
    """A form with mistakes: the label of each field that is wrong, with what is wrong with it."""

    def __init__(self, mistakes: list[tuple[str, str]]) -> None:
        super().__init__("; ".join(f"{label}: {why}" for label, why in mistakes))
        self.mistakes = mistakes


@dataclass
class Asked:
    """The fields of one form, read one by one; mistakes are gathered, so that all are told at once."""

    form: Form
    values: dict[str, str]
    register: Register
    mistakes: list[tuple[str, str]] = field(default_factory=list)

    def wrong(self, id: str, why: str) -> None:
        """Note what is wrong with a field."""
        self.mistakes.append((self.form.labels[id], why))

    def text(self, id: str) -> str | None:
        """Return a field's text in one paragraph, or None where it is empty."""
        return " ".join(self.values[id].split()) if id in self.values else None

    def read(self, id: str, reader: Callable[[str], Any]) -> Any:
        """Return a field as `reader` reads it; None where it is empty or wrong."""
        if id not in self.values:
            return None
        try:
            return reader(self.text(id) or "")
        except argparse.ArgumentTypeError as error:
            self.wrong(id, str(error))
            return None

    def need(self, id: str, why: str) -> None:
        """Note that a field is empty which must not be."""
        if id not in self.values:
            self.wrong(id, why)

    def organisation(self, id: str) -> str | None:
        """Return the id of the organisation that a field names by its id, name or short name."""
        said = self.text(id)
        if not said or said == "null":
            return None
        for key, organisation in self.register.organisations.items():
            names = (key, organisation.name, organisation.short_name or "", *organisation.also)
            if said.casefold() in (name.casefold() for name in names):
                return key
        self.wrong(id, f'there is no organisation "{said}"; use one of: {", ".join(self.register.organisations)}')
        return None

    def source(self) -> dict[str, str] | None:
        """Return the source that two fields give, or None where both are empty."""
        title, url = self.text("source_title"), self.text("source_url")
        if title and url:
            return {"title": title, "url": url}
        if title or url:
            self.wrong("source_url" if title else "source_title", "a source needs its title and its web address")
        return None

    def stop(self) -> None:
        """Raise FormError where anything was wrong."""
        if self.mistakes:
            raise FormError(self.mistakes)


Made = tuple[str, Edits, list[str]]
"""What was made, in a few words; the files; and notices for the person who reads the pull request."""


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
            from ..write.document import import_document

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
    "new-decision": new_decision_form, "correction": correction,
}
"""What is made of each form, by the name of its file."""
