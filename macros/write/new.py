"""New records: what is known is filled in, and what is not is marked TO CONFIRM or said to be not published."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..register import Register
from ..register.addresses import POSTS, slug
from .edits import Edits, WriteError, text_of
from .ids import WORDS, file_of, next_id
from .yaml_edit import add_to_list, in_front_matter, set_value
from .yaml_text import record_text

MARK = "TO CONFIRM"
"""What stands where a person has to decide; nothing that holds it is published."""

ASKED = {
    "actions": {
        "owner": "who answers for it? An organisation's id, or null where no source says: then the page says so.",
        "due": "by when? Write 2027-03-31, 2027-03, 2027-Q1, words in quotes, or null where no date was published.",
    },
    "decisions": {"kind": "agreed, approved, noted or deferred? What was only discussed is no decision."},
    "meetings": {},
    "measures": {"target": "what is aimed at, and by when? null where no target was published."},
    "posts": {"description": "one sentence that says what the post is about.",
              "in_short": "two to four short sentences for a parent in a hurry."},
}
"""What a record must state, with the question that is put where it was not given."""


def new_action(register: Register, given: Mapping[str, Any]) -> tuple[str, Edits]:
    """Return the id and the files of a new action.

    `given` holds its fields by their names in YAML, as far as they are known; "meeting" and "decision" are where it was
    agreed. The meeting's post and the decision then name it as well.
    """
    id = next_id(register, "actions")
    agreed = {key: given[key] for key in ("meeting", "decision") if given.get(key)}
    values = _known({"id": id}, given, ("title", "detail"))
    values["owner"] = given.get("owner")
    values |= _known({}, given, ("with", "priorities"))
    if agreed:
        values["agreed"] = agreed
    values["due"] = given.get("due")
    values |= _source(given, needed=not agreed)
    edits: Edits = {file_of("actions", id, given["title"]): record_text(values, _questions("actions", values, given))}
    decision = register.decisions.get(agreed.get("decision", ""))
    if decision:
        _edit(register, edits, "decisions", decision.id, add_to_list, "leads_to", id)
    meeting = register.meetings.get(agreed.get("meeting") or (decision.meeting if decision else ""))
    if meeting and meeting.post in register.posts:
        _edit(register, edits, "posts", meeting.post, in_front_matter, add_to_list, "actions", id)
    return id, edits


def new_decision(register: Register, given: Mapping[str, Any]) -> tuple[str, Edits]:
    """Return the id and the files of a new decision, which its meeting's post then names as well."""
    id = next_id(register, "decisions")
    values = {"id": id, "meeting": given["meeting"], "text": given["text"], "kind": given.get("kind") or "noted"}
    values |= _source(given, needed=False)
    edits: Edits = {file_of("decisions", id, given["text"]): record_text(values,
                                                                         _questions("decisions", values, given))}
    meeting = register.meetings.get(given["meeting"])
    if meeting and meeting.post in register.posts:
        _edit(register, edits, "posts", meeting.post, in_front_matter, add_to_list, "decisions", id)
    return id, edits


def new_meeting(register: Register, given: Mapping[str, Any]) -> tuple[str, Edits]:
    """Return the id, which is its date, and the file of a new meeting; one before today was held."""
    id = given["date"]
    state = given.get("state") or ("held" if id <= register.today.isoformat() else "planned")
    values = _known({"id": id}, given, ("number",)) | {"state": state}
    values |= _known({}, given, ("date_note", "attended")) | _source(given, needed=True)
    return id, {file_of("meetings", id): record_text(values, _questions("meetings", values, given))}


def new_measure(register: Register, given: Mapping[str, Any]) -> tuple[str, Edits]:
    """Return the id and the file of a new measure, without figures as yet."""
    id = given.get("id") or slug(given["title"])
    values = _known({"id": id}, given, ("title", "question", "unit", "better", "definition"))
    values |= {"target": None, "observations": []} | _known({}, given, ("priorities",)) | _source(given, needed=True)
    return id, {file_of("measures", id): record_text(values, _questions("measures", values, given))}


def new_post(register: Register, given: Mapping[str, Any]) -> tuple[str, Edits]:
    """Return the stem and the files of a new post. Its meeting, where it has one, then names it as well.

    Raises WriteError where the meeting has a post already, or is not there.
    """
    stem = f"{given['date']}-{'-'.join(slug(given['title']).split('-')[:WORDS])}"
    meeting = register.meetings.get(given.get("meeting") or "")
    if given.get("meeting") and not meeting:
        raise WriteError(f"there is no meeting of {given['meeting']}; make it first: board new meeting --date "
                         f"{given['meeting']}")
    if meeting and meeting.post:
        raise WriteError(f'the meeting of {meeting.id} has a post already: "{meeting.post}"; name no meeting, or edit '
                         "that post")
    values: dict[str, Any] = {"date": given["date"], "title": given["title"]}
    values["description"] = given.get("description") or f"{MARK}: {ASKED['posts']['description']}"
    values["in_short"] = list(given.get("in_short") or ()) or [f"{MARK}: {ASKED['posts']['in_short']}"]
    values["kind"] = given.get("kind") or "post"
    if meeting:
        values["meeting"] = meeting.id
    values["topics"] = list(given.get("topics") or ())
    values |= _of_meeting(register, meeting.id) if meeting else {}
    values |= _source(given, needed=False)
    body = given.get("text") or f"{MARK}: the text of the post."
    edits: Edits = {f"{POSTS}{stem}.md": f"---\n{record_text(values)}---\n\n{body.strip()}\n"}
    if meeting:
        _edit(register, edits, "meetings", meeting.id, set_value, "post", stem, "source")
    return stem, edits


def _of_meeting(register: Register, meeting: str) -> dict[str, list[str]]:
    """Return what a meeting's post must list: its decisions and actions."""
    decisions = [decision.id for decision in register.decisions.values() if decision.meeting == meeting]
    actions = [action.id for action in register.actions.values()
               if (held := register.meeting_of(action)) and held.id == meeting]
    return {key: ids for key, ids in (("decisions", decisions), ("actions", actions)) if ids}


def _known(values: dict[str, Any], given: Mapping[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    return values | {key: given[key] for key in keys if given.get(key)}


def _source(given: Mapping[str, Any], *, needed: bool) -> dict[str, Any]:
    if given.get("source"):
        return {"source": given["source"]}
    return {"source": {"title": f"{MARK}: where can a reader see it? Add a line url: with the web address."}} \
        if needed else {}


def _questions(kind: str, values: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, str]:
    """Return the questions that are still open. A value given as None is an answer: it is not published."""
    return {key: f"{MARK}: {question}" for key, question in ASKED[kind].items()
            if key in values and key not in given}


def _edit(register: Register, edits: Edits, kind: str, id: str, edit: Any, *arguments: Any) -> None:
    """Add an edit of the file in which a record stands."""
    path = register.where(kind, id)[0]
    edits[path] = edit(text_of(register.root, edits, path), *arguments)
