"""Reads the fields of each issue form, and turns them into edits with the same functions as the commands."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ..official import indicators
from ..records import ACTION_KINDS, FINDING_KINDS, STATUSES
from ..records.action import MOVED_ON
from ..records.base import EVERYTHING
from ..register import Register
from ..register.progress import STATUS_WORDS
from ..write import Edits, WriteError
from ..write.change import (
    CORRECTABLE,
    add_figure,
    correct,
    find,
    read_evidence,
    step_number,
    update,
    update_theme,
)
from ..write.form import Form
from ..write.new import (
    ASK_FOR_A_TEST,
    new_action,
    new_decision,
    new_family_verdict,
    new_feedback,
    new_finding,
    new_meeting,
    new_post,
)
from ..write.take_down import take_down
from ..write.take_down_file import names_a_file, take_down_file
from .writing import a_count, a_day, a_due_date, a_figure, a_list, a_period, a_status

FetchDocument = Callable[[str], tuple[str, bytes]]
"""Takes the address of an attached document, and returns its name and bytes. Raises WriteError."""

FormResult = tuple[str, Edits, list[str]]
"""A short title, the edits, and notices for the reviewer of the pull request."""

TAKE_DOWN_FIELDS = {"all its words": EVERYTHING}
"""The form's labels of what is taken down, where they are not names of fields."""

TAKEN_DOWN_NOTICE = "Merge this at once: until then, readers see what is to go. The history of the repository keeps " \
    "it. The guide “When something goes wrong” says how to wipe it, and whom to tell."

FIGURE_STATES = {"not yet final": "provisional", "not published": "not_available",
                 "held back, since it counts few people": "suppressed"}
"""The form's labels of a figure's state, and the record's values."""


FEEL_LABELS = {"yes": "Feel the change", "partly": "Feel it in part", "no": "Do not feel it",
               "too_early": "Too early to know"}
"""The lines of the form's field for what families said, by the names of the counts."""


class FormError(Exception):
    """The form has mistakes: pairs of a field's label and what is wrong with it."""

    def __init__(self, mistakes: list[tuple[str, str]], *, is_personal: bool = False) -> None:
        """`is_personal` where the form holds personal data."""
        super().__init__("; ".join(f"{label}: {why}" for label, why in mistakes))
        self.mistakes, self.is_personal = mistakes, is_personal


@dataclass
class FormFields:
    """The fields of one filled form. Mistakes are collected, so that the writer sees all of them at once."""

    form: Form
    values: dict[str, str]
    register: Register
    mistakes: list[tuple[str, str]] = field(default_factory=list)

    def report(self, id: str, why: str) -> None:
        """Record what is wrong with a field."""
        self.mistakes.append((self.form.labels[id], why))

    def text(self, id: str) -> str | None:
        """Return a field's text as one paragraph, or None if it is empty."""
        return " ".join(self.values[id].split()) if id in self.values else None

    def read(self, id: str, reader: Callable[[str], Any]) -> Any:
        """Return a field's value as parsed by `reader`, or None if it is empty or wrong."""
        if id not in self.values:
            return None
        try:
            return reader(self.text(id) or "")
        except argparse.ArgumentTypeError as error:
            self.report(id, str(error))
            return None

    def is_ticked(self, id: str) -> bool:
        """Return whether a box is ticked. GitHub writes “- [X] Label”, and “- [ ] Label” for an empty box."""
        return self.values.get(id, "").lower().startswith("- [x]")

    def require(self, id: str, why: str) -> None:
        """Record a mistake if a field is empty."""
        if id not in self.values:
            self.report(id, why)

    def organisation(self, id: str, name: str | None = None) -> str | None:
        """Return the id of the organisation that a field, or one `name` in it, gives by id, name or short name."""
        name = name or self.text(id)
        if not name or name == "null":
            return None
        for key, organisation in self.register.organisations.items():
            names = (key, organisation.name, organisation.short_name or "", *organisation.also)
            if name.casefold() in (known.casefold() for known in names):
                return key
        self.report(id, f'there is no organisation "{name}"; use one of: {", ".join(self.register.organisations)}')
        return None

    def forum(self, id: str) -> str | None:
        """Return the id of the forum that a field gives by id or name."""
        name = self.text(id)
        for key, forum in self.register.forums.items() if name else ():
            if name and name.casefold() in (known.casefold() for known in (key, forum.name, *forum.also)):
                return key
        if name:
            self.report(id, f'there is no forum "{name}"; '
                        + (f"use one of: {', '.join(self.register.forums)}" if self.register.forums else
                           "leave it empty: this site names none"))
        return None

    def lines(self, id: str, labels: Iterable[str]) -> dict[str, str]:
        """Return what is written after each label in a field that holds a line "Label: text" for each of them."""
        written = dict(line.split(":", 1) for line in self.values.get(id, "").splitlines() if ":" in line)
        found = {label.strip(" -*").casefold(): text.strip() for label, text in written.items()}
        return {label: found[label.casefold()] for label in labels if found.get(label.casefold())}

    def source(self) -> dict[str, str] | None:
        """Return the source in the two fields for it, or None if both are empty."""
        title, url = self.text("source_title"), self.text("source_url")
        if title and url:
            return {"title": title, "url": url}
        if title or url:
            self.report("source_url" if title else "source_title", "a source needs its title and its web address")
        return None

    def raise_mistakes(self) -> None:
        """Raise FormError if there are mistakes."""
        if self.mistakes:
            raise FormError(self.mistakes)


def updated_action(fields: FormFields, today: date, fetch: FetchDocument) -> FormResult:
    """Return an update of an action. Raises FormError, like all functions here."""
    id = (fields.text("action") or "").upper()
    if id not in fields.register.actions:
        fields.report("action", f'there is no action "{id}"; its id is on its page, such as A-012')
    given: dict[str, Any] = {
        "note": fields.text("note"), "status": fields.read("status", _chosen_status),
        "to": (fields.text("to") or "").upper() or None,
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
    return f"Update of {id}", update(fields.register, id, given), []


def submitted_action(fields: FormFields, today: date, fetch: FetchDocument) -> FormResult:
    """Return a new action. An owner or a date that was left empty counts as not published."""
    given = {"title": fields.text("title"), "kind": fields.read("kind", _chosen_kind),
             "said_by": _speaker(fields, "said_by"), "detail": fields.text("detail"),
             "owner": fields.organisation("owner"), "due": fields.read("due", a_due_date),
             "priorities": fields.read("priorities", a_list), "done_when": _lines(fields, "done_when"),
             "plan": fields.text("plan"), "meeting": fields.read("meeting", a_day),
             "decision": (fields.text("decision") or "").upper() or None, "source": fields.source()}
    fields.require("title", "say what was promised")
    fields.require("kind", "say how firm it is")
    if not (given["source"] or given["meeting"] or given["decision"] or fields.mistakes):
        fields.report("source_title", "say where a reader can see the promise: a source, its meeting or its decision")
    fields.raise_mistakes()
    id, edits = new_action(fields.register, given)
    return f"New action {id}", edits, [] if given["kind"] != "promised" or given["done_when"] else [ASK_FOR_A_TEST]


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


def submitted_meeting(fields: FormFields, today: date, fetch: FetchDocument) -> FormResult:
    """Return a new meeting, held or planned according to its day."""
    day = fields.read("meeting_date", a_day)
    fields.require("meeting_date", "give the day of the meeting")
    if day in fields.register.meetings:
        fields.report("meeting_date", "this meeting is on the site already")
    number = fields.text("number")
    if number and not number.isdecimal():
        fields.report("number", f'"{number}" is not a whole number; leave it empty if you do not know it')
    attended = [id for name in fields.read("attended", a_list) or () if (id := fields.organisation("attended", name))]
    source = fields.source()
    if not source and not fields.mistakes:
        fields.report("source_title", "say where a reader can see that the board meets")
    fields.raise_mistakes()
    id, edits = new_meeting(fields.register, {"date": day, "number": int(number) if number else None,
                                              "attended": attended, "source": source})
    return f"New meeting of {id}", edits, []


def submitted_figure(fields: FormFields, today: date, fetch: FetchDocument) -> FormResult:
    """Return a new figure of a measure."""
    named = fields.text("measure") or ""
    found = [measure for measure in fields.register.measures.values()
             if named.casefold() in (measure.id, measure.title.casefold(), measure.question.casefold())]
    if not found:
        fields.report("measure", f'there is no measure "{named}"; use one of: {", ".join(fields.register.measures)}')
    elif found[0].id in indicators():
        fields.report("measure", "its figures are official, and are read from the department's file")
    fields.require("period", "say what time the figure is for")
    state = FIGURE_STATES.get((fields.text("state") or "").casefold())
    value, is_approximate = fields.read("value", a_figure) or (None, False)
    if state in ("not_available", "suppressed"):
        if "value" in fields.values:
            fields.report("value", "leave this empty, because no figure is published")
        if state == "suppressed":
            fields.require("figure_note", "say why the figure is held back: readers will see it")
    else:
        fields.require("value", "give the figure; or choose above that there is none")
    given = {"period": fields.read("period", a_period), "place": fields.text("place"), "value": value, "state": state,
             "approximate": is_approximate, "revises": fields.text("revises"), "note": fields.text("figure_note"),
             "source": fields.source()}
    fields.raise_mistakes()
    return f"New figure of {found[0].id}", add_figure(fields.register, found[0].id, given), []


def submitted_finding(fields: FormFields, today: date, fetch: FetchDocument) -> FormResult:
    """Return a new finding, which has no answer yet."""
    responsible = [id for name in fields.read("responsible", a_list) or ()
                   if (id := fields.organisation("responsible", name))]
    given = {"title": fields.text("title"), "text": fields.text("text"), "kind": fields.text("kind"),
             "from": fields.organisation("from"), "date": fields.read("finding_date", a_period),
             "responsible": responsible, "answer_due": fields.read("answer_due", a_due_date),
             "actions": [id.upper() for id in fields.read("actions", a_list) or ()], "source": fields.source()}
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
    return f"New finding {id}", edits, []


def submitted_feedback(fields: FormFields, today: date, fetch: FetchDocument) -> FormResult:
    """Return something new that families said, which has no answer yet."""
    given = {"title": fields.text("title"), "said": fields.text("said"), "date": fields.read("date", a_period),
             "through": fields.organisation("through"),
             "actions": [id.upper() for id in fields.read("actions", a_list) or ()], "source": fields.source()}
    for id in ("title", "said", "date", "through"):
        fields.require(id, "this must be filled in")
    if not (given["source"] or fields.mistakes):
        fields.report("source_title", "say where a reader can see it: give the source's title and its web address")
    fields.raise_mistakes()
    id, edits = new_feedback(fields.register, given)
    return f"What families said: {id}", edits, []


def updated_feedback(fields: FormFields, today: date, fetch: FetchDocument) -> FormResult:
    """Return an update of what families said: who took it up, the answer, or what changed."""
    id = (fields.text("theme") or "").upper()
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


def submitted_family_verdict(fields: FormFields, today: date, fetch: FetchDocument) -> FormResult:
    """Return what families answered when they were asked about an action, a finding or a priority."""
    who, day, title, url = "Who asked", "Day", "Title of the report", "Web address"
    asked = fields.lines("asked", (who, day, title, url))
    missing = [label for label in (who, title, url) if label not in asked]
    if missing:
        fields.report("asked", "write something after " + " and after ".join(f"“{label}:”" for label in missing))
    try:
        when = a_day(asked[day]) if day in asked else today.isoformat()
    except argparse.ArgumentTypeError as error:
        fields.report("asked", str(error))
    asked_by = fields.organisation("asked", asked[who]) if who in asked else None
    answered, feel = fields.read("answered", a_count), fields.lines("feel", FEEL_LABELS.values())
    fields.require("answered", "say how many families answered")
    counts = {}
    for name, label in FEEL_LABELS.items():
        try:
            counts[name] = a_count(feel.get(label, ""))
        except argparse.ArgumentTypeError:
            fields.report("feel", f"write a whole number after “{label}:”, and 0 where nobody said so")
    about = _subject(fields)
    fields.raise_mistakes()
    given = {"date": when, "asked_by": asked_by, "about": about, "answered": answered, **counts,
             "source": {"title": asked[title], "url": asked[url]}}
    try:
        name, edits = new_family_verdict(fields.register, given)
    except WriteError as error:
        raise FormError([(fields.form.labels["about"], str(error))]) from None
    return f"New: {name}", edits, []


def _subject(fields: FormFields) -> str | None:
    """Return the id of the action, the finding or the priority that the field "about" names."""
    text = fields.text("about") or ""
    ids = [*fields.register.actions, *fields.register.findings, *fields.register.priorities]
    found = next((id for id in ids if id.casefold() == text.casefold()), None)
    if found is None:
        fields.report("about", f'there is no action, finding or priority "{text}"; its number is on its page')
    return found


def submitted_post(fields: FormFields, today: date, fetch: FetchDocument) -> FormResult:
    """Return a new post, from an attached document if there is one."""
    title, day = fields.text("post_title"), fields.read("post_date", a_day)
    fields.require("post_title", "give the post a headline")
    fields.require("post_date", "give the day of the post")
    document = fields.values.get("document", "")
    if not document:
        fields.require("text", "attach a document above, or write the text here")
    meeting = fields.read("meeting", a_day)
    fields.raise_mistakes()
    try:
        if document:
            from ..write.importer import import_document

            name, content = fetch(document)
            found = import_document(fields.register, name, content, day=day, title=title)
            return f"New post of {day}", found.edits, list(found.notices)
        in_short = _lines(fields, "in_short")
        _, edits = new_post(fields.register, {
            "title": title, "date": day, "description": fields.text("description"), "in_short": in_short,
            "meeting": meeting, "text": fields.values["text"]})
    except WriteError as error:
        raise FormError([(fields.form.labels["document" if document else "meeting"], str(error))]) from None
    return f"New post of {day}", edits, []


def submitted_correction(fields: FormFields, today: date, fetch: FetchDocument) -> FormResult | None:
    """Return a correction of a record, or None if a person has to deal with it."""
    id, field_name, now = fields.text("record") or "", fields.text("field") or "", fields.text("now")
    try:
        kind, key, _ = find(fields.register, id)
    except WriteError:
        return None
    if field_name not in CORRECTABLE.get(kind, ()):
        return None
    if field_name == "owner":
        now = fields.organisation("now")
    elif field_name == "with" and now != "null":
        now = ",".join(filter(None, (fields.organisation("now", name) for name in a_list(now or ""))))
    elif field_name == "said_by":
        now = _speaker(fields, "now")
    elif field_name == "done_when":
        now = fields.values.get("now")
    elif field_name == "kind":
        now = (now or "").casefold()
    fields.raise_mistakes()
    try:
        edits = correct(fields.register, id if kind == "events" else key, field_name, None if now == "null" else now,
                        fields.text("reason") or "", today.isoformat(), fields.source())
    except WriteError as error:
        raise FormError([(fields.form.labels["now"], str(error))]) from None
    return f"Correction of {id if kind == 'events' else key}", edits, []


def submitted_take_down(fields: FormFields, today: date, fetch: FetchDocument) -> FormResult:
    """Return the take-down of words, or of a file. Neither the form nor what comes of it repeats them."""
    where = fields.text("record") or ""
    is_file = names_a_file(where)
    id = where.rstrip("/").rsplit("/", 1)[-1]
    chosen = TAKE_DOWN_FIELDS.get((fields.text("field") or "").casefold(), fields.text("field") or EVERYTHING)
    place = fields.text("place") or chosen
    fields.require("record", "say which record it is")
    fields.require("reason", "say why: readers will see it")
    fields.raise_mistakes()
    reason, with_address = fields.text("reason") or "", fields.is_ticked("address")
    try:
        edits = take_down_file(fields.register, where, reason, today.isoformat(), with_address=with_address) \
            if is_file else take_down(fields.register, id, place, reason, today.isoformat(), with_address=with_address)
    except WriteError as error:
        raise FormError([(fields.form.labels["record"], str(error))]) from None
    return "A file taken down" if is_file else "Words taken down", edits, [TAKEN_DOWN_NOTICE]


def _chosen_status(text: str) -> str:
    """Read a status by the label that the form's list gives it."""
    words = {word.casefold(): status for status, word in STATUS_WORDS.items() if status in STATUSES}
    return words.get(text.casefold()) or a_status(text)


def _chosen_kind(text: str) -> str:
    """Read how firm an action is by the form's label, such as "aim: somebody hoped for it"."""
    kind = text.split(":")[0].casefold()
    if kind not in ACTION_KINDS:
        raise argparse.ArgumentTypeError(f'"{text}" is none of: {", ".join(ACTION_KINDS)}')
    return kind


def _speaker(fields: FormFields, id: str) -> str | None:
    """Return who said it: the id of the organisation that a field names, else the office in words."""
    text = fields.text(id)
    for key, organisation in fields.register.organisations.items():
        if text and text.casefold() in (key, organisation.name.casefold(), (organisation.short_name or "").casefold()):
            return key
    return text


def _lines(fields: FormFields, id: str) -> list[str]:
    """Return the lines of a field, without what marks them as a list."""
    return [bare for line in fields.values.get(id, "").splitlines() if (bare := line.strip(" -*•"))]


def _evidence(fields: FormFields) -> list[dict[str, str]]:
    found = []
    for line in fields.values.get("evidence", "").splitlines():
        evidence = read_evidence(line)
        if evidence:
            found.append(evidence)
        elif line.strip():
            fields.report("evidence", "write a title and then a web address on each line: Report of May https://…")
    return found


FORMS: dict[str, Callable[[FormFields, date, FetchDocument], FormResult | None]] = {
    "new-post": submitted_post, "update-an-action": updated_action, "new-action": submitted_action,
    "new-decision": submitted_decision, "new-meeting": submitted_meeting, "new-figure": submitted_figure,
    "new-finding": submitted_finding, "what-families-said": submitted_feedback,
    "answer-to-families": updated_feedback, "families-verdict": submitted_family_verdict,
    "correction": submitted_correction, "take-down": submitted_take_down,
}
"""The function for each form, by the name of its file."""
