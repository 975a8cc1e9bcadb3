"""Changes published records: an action's next update, a measure's next figure, a correction that shows both
wordings."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from pydantic import ValidationError

from ..kinds import BY_NAME
from ..ledger.canonical import plain
from ..ledger.corrections import NEEDS_SOURCE
from ..ledger.late import is_too_old
from ..ledger.meaning import facts, place_of
from ..official import indicators
from ..records import Action, FeedbackUpdate, Record, Update
from ..records.partial_date import PartialDate
from ..records.written_dates import read_due
from ..register import Register
from . import Edits, WriteError, current_text
from .places import find_place, record_at
from .yaml_writer import add_entry, set_at, set_value

FIGURE_KEYS = ("state", "approximate", "revises", "note", "source")
THEME_KEYS = ("date", "taken_up_by", "answer", "changed", "source")
UPDATE_KEYS = ("date", "step", "note", "status", "to", "due", "owner", "reason", "evidence", "asked", "source",
               "editorial")

CORRECTABLE = {
    "actions": ("title", "detail", "kind", "said_by", "said_at", "owner", "office", "with", "priorities", "due",
                "due_note", "done_when", "plan", "note"),
    "decisions": ("text", "kind", "note"),
    "meetings": ("date_note", "note", "number"),
    "measures": ("title", "question", "unit", "definition", "note"),
    "findings": ("title", "text", "note"),
    "plans": ("name", "text", "note"),
    "forums": ("name",),
    "topics": ("title", "answer", "note"),
    "services": ("name",),
    "feedback": ("title", "said"),
    "organisations": ("name", "short_name", "kind", "role", "url"),
    "priorities": ("title", "text", "note"),
    "terms": ("full", "plain"),
    "redirects": ("to", "reason"),
    "events": ("date", "until", "text", "sources_differ"),
}
"""The fields of each kind of record that one line of text can correct. Steps, sources and the like have several parts:
they are corrected in the file."""

LINES = re.compile(r"\s*(?:\n|\s\|\s)\s*")
"""What separates the lines of `done_when` in one text: a new line, or an upright stroke."""

SHOWS_LINE = re.compile(r"(?:line )?([1-9])[:.)] +(?=\S)", re.I)
"""How the title of evidence begins that shows one line of `done_when` to be true: "2: Report of May"."""

LISTS = ("with", "priorities", "done_when")
"""The fields among them that hold several values."""

LINK = re.compile(r"[-*\s]*(?P<before>[1-9][:.)] +)?\[(?P<title>[^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*)\]"
                  r"\(<?(?P<url>https?://\S+?)>?\)[.,;]?")
"""A link as GitHub's text box makes it."""

TITLE_AND_ADDRESS = re.compile(r"[-*\s]*(?P<title>.*?)[\s,:;–-]*<?(?P<url>https?://\S+?)>?\s*\Z")


def read_evidence(line: str) -> dict[str, str] | None:
    """Read a title and then a web address (“Report of May https://…”). Returns None if one of them is missing."""
    match = LINK.fullmatch(line.strip()) or TITLE_AND_ADDRESS.match(line.strip())
    if not match or not match["title"].strip():
        return None
    title, url = f"{match.groupdict().get('before') or ''}{match['title'].strip()}", match["url"]
    if title.endswith("(") and url.endswith(")"):  # a title, and its address in brackets
        title, url = title[:-1].rstrip(" :,;–-"), url[:-1]
    while url.endswith(")") and url.count(")") > url.count("("):
        url = url[:-1]
    return {"title": title, "url": url} if title else None


def update(register: Register, id: str, given: Mapping[str, Any]) -> Edits:
    """Return an action's file with an update at the end of its history. Raises KeyError for an unknown id, and
    WriteError where the newest update says the same: published twice, neither can go.

    `asked` is the id of the forum at which somebody asked, and `answer` what was answered there.

    An update older than the latest one, or than a week, is added late: `date` is the register's day, and `happened`
    the day that it reports.
    """
    path = register.location_of("actions", register.actions[id].id)[0]
    entry = {key: given[key] for key in UPDATE_KEYS if given.get(key)}
    if given.get("asked"):
        entry["asked"] = {"forum": given["asked"]} | ({"answer": given["answer"]} if given.get("answer") else {})
    if entry.get("evidence") and register.actions[id].done_when:
        entry["evidence"] = [_with_line(item) for item in entry["evidence"]]
    if given.get("by") and entry.get("evidence"):
        entry["evidence"] = [item | {"by": given["by"]} for item in entry["evidence"]]
    return {path: add_entry(current_text(register.root, {}, path), "updates",
                            _new(_dated(register, entry, register.actions[id].updates), register.actions[id].updates))}


def update_theme(register: Register, id: str, given: Mapping[str, Any]) -> Edits:
    """Return a feedback theme's file with an update at the end of what came of it. Raises KeyError for an unknown id.

    Older news is added late, and an entry is not repeated, as in `update`.
    """
    theme = register.feedback[id]
    path = register.location_of("feedback", id)[0]
    entry = {key: given[key] for key in THEME_KEYS if given.get(key)}
    return {path: add_entry(current_text(register.root, {}, path), "updates",
                            _new(_dated(register, entry, theme.updates), theme.updates))}


def _new(entry: dict[str, Any], history: Sequence[Update | FeedbackUpdate]) -> dict[str, Any]:
    """Return an entry. Raises WriteError where it is the newest one of a history once more."""
    is_again = False
    with suppress(ValidationError):  # which the check explains
        is_again = bool(history) and type(history[-1]).model_validate(entry) == history[-1]
    if is_again:
        raise WriteError("the newest entry says the same already")
    return entry


def _with_line(item: Mapping[str, Any]) -> dict[str, Any]:
    """Return evidence with the number of the line that its title begins with, if it does, in a key of its own."""
    match = SHOWS_LINE.match(item["title"])
    return {**item, "title": item["title"][match.end():], "done_when": int(match[1])} if match else dict(item)


def is_backdated(register: Register, history: Sequence[Update | FeedbackUpdate], day: str) -> bool:
    """Whether news of `day` (2026-11-24) is added late to a history: readers must then see on which day they were
    told."""
    date = PartialDate.parse(day)
    return is_too_old(date, register) or any(date.first_day < update.date.first_day for update in history)


def _dated(register: Register, entry: Mapping[str, Any], history: Sequence[Update | FeedbackUpdate]) -> dict[str, Any]:
    """Return an entry of a history with the day on which it is added, and when it happened where that was earlier."""
    if not is_backdated(register, history, entry["date"]):
        return dict(entry)
    rest = {key: value for key, value in entry.items() if key != "date"}
    return {"date": register.today.isoformat(), "happened": entry["date"], **rest}


def step_number(action: Action, text: str) -> int:
    """Read the number of one of an action's steps. Raises WriteError, which names them, if it is none of theirs."""
    if not action.steps:
        raise WriteError(f"{action.id} has no steps; leave the step out, and the update is about the whole action")
    if text.isdecimal() and 1 <= int(text) <= len(action.steps):
        return int(text)
    steps = ", ".join(f"{number} ({step.title})" for number, step in enumerate(action.steps, 1))
    raise WriteError(f'{action.id} has no step "{text}"; write the number of one of its steps: {steps}')


def add_figure(register: Register, id: str, given: Mapping[str, Any]) -> Edits:
    """Return a measure's file with a new figure after those for the same time and earlier.

    `given["place"]` names the comparator whose figure it is, such as England, which is added if it is new. Raises
    KeyError for an unknown id, and WriteError for a measure whose figures are official.
    """
    if id in indicators():
        raise WriteError(f"the figures of {id} are official: they come from the department's file, which "
                         "`board figures` reads")
    path = register.location_of("measures", register.measures[id].id)[0]
    # As people write it: a year that is a text would be written in quotes.
    period = int(given["period"]) if given["period"].isdecimal() else given["period"]
    entry = {"period": period, "value": given["value"]} \
        | {key: given[key] for key in FIGURE_KEYS if given.get(key)}
    measure, text = register.measures[id], current_text(register.root, {}, path)
    name = given.get("place")
    number = next((number for number, comparator in enumerate(measure.comparators)
                   if name and comparator.name.casefold() == name.casefold()), None)
    if name and number is None:
        return {path: add_entry(text, "comparators", {"name": name, "observations": [entry]})}
    observations = measure.observations if number is None else measure.comparators[number].observations
    begins = PartialDate.parse(given["period"]).first_day
    return {path: add_entry(text, "observations", entry, sum(item.period.first_day <= begins for item in observations),
                            inside=() if number is None else ("comparators", number))}


def correct(register: Register, id: str, field: str, now: str | None, reason: str, on: str,
            source: Mapping[str, str] | None = None) -> Edits:
    """Return a record's file with `field` set to `now`, and a correction that keeps the old wording and the reason.

    Ids of a list are separated by commas, the lines of `done_when` by new lines or upright strokes. `said_at` is the
    day of a meeting or the id of a decision. `on` is the day of the correction. `source` shows that the right value
    had been published: a due date, an owner or a target needs one. The id `area` is that of data/area.yml, whose fields
    are named like board.purpose. Raises
    WriteError if the record has no such field, or it says so already.
    """
    kind, key, record = find(register, id)
    values = facts(plain(record)) if kind == "area" else plain(record)
    allowed = sorted(values) if kind == "area" else CORRECTABLE[kind]
    if field not in allowed:
        raise WriteError(f'"{field}" cannot be corrected here; use one of: {", ".join(allowed)}')
    was, is_now = values.get(field), _value(field, now)
    if was == is_now:
        raise WriteError(f'"{field}" of {id} says that already')
    if field in NEEDS_SOURCE and not source:
        raise WriteError(f'readers have to see that the right "{field}" had been published: give the source; if it is '
                         "new, add an update")
    document, inside = register.documents[kind, key]
    path = document.path
    if inside or kind == "area":
        place = place_of(plain(record), field) if kind == "area" else (field,)
        text = set_at(current_text(register.root, {}, path), (*inside, *place), is_now)
        if kind == "topics" and field == "answer":
            text = set_at(text, (*inside, "as_of"), on)
        return {path: add_entry(text, "corrections", _entry(on, field, was, is_now, reason, source), inside=inside)}
    text = set_value(current_text(register.root, {}, path), field,
                     [] if field in LISTS and is_now is None else is_now,
                     "updates" if isinstance(record, Action) else "corrections")
    correction = _entry(on, field, was, is_now, reason, source)
    if isinstance(record, Action):
        return {path: add_entry(text, "updates", {"date": correction.pop("date"), "correction": correction})}
    return {path: add_entry(text, "corrections", correction)}


def _entry(on: str, field: str, was: Any, now: Any, reason: str, source: Mapping[str, str] | None) -> dict[str, Any]:
    entry = {"date": on, "field": field, "was": was, "now": now, "reason": reason}
    return entry | ({"source": dict(source)} if source else {})


def find(register: Register, id: str) -> tuple[str, str, Record]:
    """Return the kind, the key and the record with this id. Raises WriteError if no such record can be corrected."""
    try:
        kind, key = find_place(register, id)
    except WriteError:
        kind, key = "", ""
    if kind == "area" or kind in CORRECTABLE:
        return kind, key, record_at(register, kind, key)
    raise WriteError(f'there is no record "{id}"; it is an id like A-012, D-003, F-001, the date of a meeting, the '
                     "short name of a measure or an organisation, a word of the glossary, events.3 for the third "
                     "event, or area")


def _value(field: str, text: str | None) -> Any:
    """Return what one line of text says about a field, as it is written in YAML. Raises WriteError for a day that does
    not exist."""
    if text and field == "due":
        try:
            return str(found.text) if (found := read_due(text)) else text
        except ValueError as error:
            raise WriteError(str(error)) from None
    if text and field == "done_when":
        return [line for line in LINES.split(text.strip()) if line]
    if text and field in LISTS:
        return [id.strip() for id in text.split(",") if id.strip()]
    if text and field == "said_at":
        is_decision = text.upper().startswith(f"{BY_NAME['decisions'].letter}-")
        return {"decision": text.upper()} if is_decision else {"meeting": text}
    return int(text) if text and field == "number" and text.isdecimal() else text
