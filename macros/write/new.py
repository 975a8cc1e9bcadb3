"""Creates the files of new records. What is not known is marked TO CONFIRM, or stated as not published."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..kinds import BY_NAME
from ..ledger.late import is_too_old
from ..ledger.revision import ids_on_other_branches
from ..records import TO_CONFIRM, Feel
from ..records.partial_date import PartialDate
from ..register import Register
from ..register.addresses import POSTS, slug
from . import Edits, WriteError, current_text
from .yaml_writer import add_record, add_to_list, in_front_matter, record_text, set_value

MAX_ID_WORDS = 5
"""How many words of its title the id of a finding holds."""

QUESTIONS: dict[str, dict[str, str]] = {
    "actions": {
        "kind": "promised, planned or aim? It is a promise only if a source commits somebody to it.",
        "owner": "who answers for it? An organisation's id, or null where no source says: then the page says so.",
        "due": "by when? Write 2027-03-31, 2027-03, 2027-Q1 or 2027, or null where no date was published.",
    },
    "decisions": {"kind": "agreed, approved, noted or deferred? What was only discussed is not a decision."},
    "meetings": {},
    "findings": {},
    "feedback": {},
    "measures": {"target": "what is aimed at, and by when? null where no target was published."},
    "posts": {"description": "one sentence that says what the post is about.",
              "in_short": "two to four short sentences for a parent in a hurry."},
}
"""The fields that every record of a kind must state, with the question to put where one was not given."""

ASK_FOR_A_TEST = "Nobody has said yet what would show that it is done. Ask now, while the promise is being made, and " \
    "add done_when: with one to four lines."
"""What the writer of a new promise is asked."""

MAX_NAME_WORDS, MAX_NAME_CHARACTERS = 8, 80
"""How much of its title a file's name holds: enough to recognise it, and less than a file system refuses."""


def new_action(register: Register, given: Mapping[str, Any]) -> tuple[str, Edits]:
    """Return the id and the files of a new action.

    `given` holds its known fields by their YAML names; “meeting” and “decision” say where it was said. The meeting's
    post and the decision then list the action as well. Raises WriteError if there is an action with this title.
    """
    _refuse_twin(given["title"], {id: action.title for id, action in register.actions.items()})
    id = next_id(register, "actions")
    said_at = {key: given[key] for key in ("meeting", "decision") if given.get(key)}
    values = _with_given({"id": id}, given, ("title", "detail"))
    values["kind"] = given.get("kind") or "planned"
    values |= _with_given({}, given, ("said_by",))
    if said_at:
        values["said_at"] = said_at
    values["owner"] = given.get("owner")
    values |= _with_given({}, given, ("with", "priorities"))
    values["due"] = given.get("due")
    values |= _with_given({}, given, ("done_when", "plan"))
    values |= _source(given, needed=not said_at)
    text = record_text(values, _questions("actions", values, given))
    edits: Edits = {record_path("actions", id, given["title"]): text}
    decision = register.decisions.get(said_at.get("decision", ""))
    if decision:
        _edit(register, edits, "decisions", decision.id, add_to_list, "leads_to", id)
    meeting = register.meetings.get(said_at.get("meeting") or (decision.meeting if decision else ""))
    if meeting and meeting.post in register.posts:
        _edit(register, edits, "posts", meeting.post, in_front_matter, add_to_list, "actions", id)
    return id, edits


def new_decision(register: Register, given: Mapping[str, Any]) -> tuple[str, Edits]:
    """Return the id and the files of a new decision. Its meeting's post then lists it as well.

    Raises WriteError if the meeting has a decision with this text.
    """
    _refuse_twin(given["text"], {id: decision.text for id, decision in register.decisions.items()
                                 if decision.meeting == given["meeting"]})
    id = next_id(register, "decisions")
    values = {"id": id, "meeting": given["meeting"], "text": given["text"], "kind": given.get("kind") or "noted"}
    values |= _source(given, needed=False)
    edits: Edits = {record_path("decisions", id, given["text"]): record_text(
        values, _questions("decisions", values, given))}
    meeting = register.meetings.get(given["meeting"])
    if meeting and meeting.post in register.posts:
        _edit(register, edits, "posts", meeting.post, in_front_matter, add_to_list, "decisions", id)
    return id, edits


def new_meeting(register: Register, given: Mapping[str, Any]) -> tuple[str, Edits]:
    """Return the id of a new meeting, which is its date, and its file. Without a state, one up to today was held."""
    id = given["date"]
    state = given.get("state") or ("held" if id <= register.today.isoformat() else "planned")
    values = _with_given({"id": id}, given, ("number",)) | {"state": state}
    values |= _with_given({}, given, ("date_note", "attended")) | _source(given, needed=True)
    return id, {record_path("meetings", id): record_text(values, _questions("meetings", values, given))}


def new_measure(register: Register, given: Mapping[str, Any]) -> tuple[str, Edits]:
    """Return the id and the file of a new measure without figures."""
    id = given.get("id") or name_from(given["title"], MAX_NAME_CHARACTERS)
    values = _with_given({"id": id}, given, ("title", "question", "unit", "better", "definition"))
    values |= {"target": None, "observations": []} | _with_given({}, given, ("priorities",))
    values |= _source(given, needed=True)
    return id, {record_path("measures", id): record_text(values, _questions("measures", values, given))}


def new_finding(register: Register, given: Mapping[str, Any]) -> tuple[str, Edits]:
    """Return the id and the file of a new finding, which has no answer yet.

    Raises WriteError if there is a finding with its id, which is made from its title and its year.
    """
    id = given.get("id") or f"{name_from(given['title'], MAX_ID_WORDS)}-{given['date'][:4]}".strip("-")
    if id in register.ids("findings"):
        raise WriteError(f'there is a finding "{id}" already; give another title, or edit that one')
    values = {"id": id, "title": given["title"], "text": given["text"], "kind": given["kind"], "from": given["from"],
              "date": given["date"]}
    values |= _with_given({}, given, ("responsible", "answer_due", "actions", "measures"))
    values |= _source(given, needed=True)
    return id, {record_path("findings", id): record_text(values, _questions("findings", values, given))}


def new_feedback(register: Register, given: Mapping[str, Any]) -> tuple[str, Edits]:
    """Return the id and the file of something new that families said, which has no answer yet.

    Raises WriteError if there is a record with this title.
    """
    _refuse_twin(given["title"], {id: theme.title for id, theme in register.feedback.items()})
    id = next_id(register, "feedback")
    values = {"id": id, "heard": {"date": given["date"], "through": given["through"]}, "title": given["title"],
              "said": given["said"]}
    values |= _with_given({}, given, ("actions", "decisions")) | _source(given, needed=True)
    return id, {record_path("feedback", id, given["title"]): record_text(values, _questions("feedback", values, given))}


def new_family_verdict(register: Register, given: Mapping[str, Any]) -> tuple[str, Edits]:
    """Return the name of a new verdict of families, and the file that lists them with it at the end.

    `given` holds the counts by their names. Where families were asked more than a week ago, the verdict says on which
    day it is added. Raises WriteError if there is a verdict of the same day, asked by the same
    organisation, about the same thing.
    """
    values: dict[str, Any] = {key: given[key] for key in ("date", "asked_by", "about", "answered")}
    values["feel"] = {name: given[name] for name in Feel.model_fields}
    values |= _source(given, needed=True)
    if is_too_old(PartialDate.parse(given["date"]), register):
        values["added"] = register.today.isoformat()
    if any((one.date.text, one.asked_by, one.about) == (values["date"], values["asked_by"], values["about"])
           for one in register.family_verdicts.values()):
        raise WriteError(f"there is a verdict of families about {values['about']} of this day already; correct that "
                         "one in the file")
    path = BY_NAME["family_verdicts"].home
    text = current_text(register.root, {}, path) if (register.root / path).is_file() else ""
    return f"the verdict of families about {values['about']}", {path: add_record(text, values)}


def new_post(register: Register, given: Mapping[str, Any]) -> tuple[str, Edits]:
    """Return the stem and the files of a new post. Its meeting, if any, then names it as well.

    Raises WriteError if there is no such meeting, or it has a post already.
    """
    stem = f"{given['date']}-{name_from(given['title']) or 'post'}"
    meeting = register.meetings.get(given.get("meeting") or "")
    if given.get("meeting") and not meeting:
        raise WriteError(f"there is no meeting of {given['meeting']} on the site; add the meeting first")
    if meeting and meeting.post:
        raise WriteError(f'the meeting of {meeting.id} has a post already: "{meeting.post}"; name no meeting, or edit '
                         "that post")
    path = f"{POSTS}{stem}.md"
    if (register.root / path).exists():
        raise WriteError(f"there is a post of this day and headline already, {path}; give another headline or day, or "
                         "edit that post")
    values: dict[str, Any] = {"date": given["date"], "title": given["title"]}
    values["description"] = given.get("description") or f"{TO_CONFIRM}: {QUESTIONS['posts']['description']}"
    values["in_short"] = list(given.get("in_short") or ()) or [f"{TO_CONFIRM}: {QUESTIONS['posts']['in_short']}"]
    values["kind"] = given.get("kind") or "post"
    if meeting:
        values["meeting"] = meeting.id
    values["topics"] = list(given.get("topics") or ())
    values |= meeting_records(register, meeting.id) if meeting else {}
    values |= _source(given, needed=False)
    body = given.get("text") or f"{TO_CONFIRM}: the text of the post."
    edits: Edits = {path: f"---\n{record_text(values)}---\n\n{body.strip()}\n"}
    if meeting:
        _edit(register, edits, "meetings", meeting.id, set_value, "post", stem, "source")
    return stem, edits


def meeting_records(register: Register, meeting: str) -> dict[str, list[str]]:
    """Return what a meeting's post must list: its decisions and actions."""
    decisions = [decision.id for decision in register.decisions.values() if decision.meeting == meeting]
    actions = [action.id for action in register.actions.values()
               if (held := register.meeting_of(action)) and held.id == meeting]
    return {key: ids for key, ids in (("decisions", decisions), ("actions", actions)) if ids}


def _with_given(values: dict[str, Any], given: Mapping[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    return values | {key: given[key] for key in keys if given.get(key)}


def _source(given: Mapping[str, Any], *, needed: bool) -> dict[str, Any]:
    if given.get("source"):
        return {"source": given["source"]}
    return {"source": {"title": f"{TO_CONFIRM}: where can a reader see it? Add a line url: with the web address."}} \
        if needed else {}


def _questions(kind: str, values: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, str]:
    """Return the questions that are still open. A value of None in `given` is an answer: it is not published."""
    return {key: f"{TO_CONFIRM}: {question}" for key, question in QUESTIONS[kind].items()
            if key in values and key not in given}


def _edit(register: Register, edits: Edits, kind: str, id: str, edit: Any, *arguments: Any) -> None:
    """Add an edit of the file that holds a record."""
    path = register.location_of(kind, id)[0]
    edits[path] = edit(current_text(register.root, edits, path), *arguments)


def _refuse_twin(title: str, titles: Mapping[str, str]) -> None:
    """Raise WriteError if a record has this title already: a command that is run twice makes no second record."""
    for id, other in titles.items():
        if other.casefold().rstrip(".") == title.casefold().rstrip("."):
            raise WriteError(f'"{other}" is {id} already; edit that one, or give this one other words')


def next_id(register: Register, kind: str, taken: Iterable[str] = ()) -> str:
    """Return the next free id of actions, decisions or feedback, such as A-013.

    It follows the highest id in the area, on other branches of the origin, and in `taken`. A gap lower down is not
    filled: that id may have been published once.
    """
    ids = {*register.ids(kind), *ids_on_other_branches(register.root, kind), *taken}
    letter = BY_NAME[kind].letter
    numbers = [int(id[2:]) for id in ids if id[:2] == f"{letter}-" and id[2:].isdigit()]
    return f"{letter}-{max(numbers, default=0) + 1:03}"


def name_from(title: str, words: int = MAX_NAME_WORDS) -> str:
    """Return the beginning of a title as it is used in names of files and in addresses: answer-letters.

    It ends with a whole word where it can, since the check would ask whether half a word is somebody's name.
    """
    name = "-".join(slug(title).split("-")[:words])
    return name if len(name) <= MAX_NAME_CHARACTERS else \
        name[:MAX_NAME_CHARACTERS + 1].rpartition("-")[0] or name[:MAX_NAME_CHARACTERS]


def record_path(kind: str, id: str, title: str = "") -> str:
    """Return the path of a new record's file, relative to the area's folder: data/actions/a-013-answer-letters.yml."""
    words = name_from(title)
    return f"{BY_NAME[kind].home}{id.lower()}{f'-{words}' if words else ''}.yml"
