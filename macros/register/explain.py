"""Turns Pydantic's errors into problems that the writer of a record can act on, and explains their codes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import NoneType
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from ..kinds import inner_models, marks
from ..problem import Code, Problem, Topic, is_invisible, nearest, quoted, suggestion
from ..records.base import Form
from ..records.date_questions import what_to_write
from ..records.partial_date import FORMS_IN_WORDS
from ..records.written_dates import names_a_time, read_due
from ..source.files import Document
from ..source.yaml_corrections import in_quotes

CODES = (
    Code("file-name", Topic.FILES,
         "The file's name does not begin with the record's id, so it would be hard to find by its name.",
         "data/actions/A-004-New.yml", "data/actions/a-004-new.yml"),
    Code("stray-file", Topic.FILES,
         "The site does not read this file, so its content would never be shown. Its name has to end in .yml, and it "
         "belongs in the folder of its kind.", "data/actions/a-004-new.yaml", "data/actions/a-004-new.yml"),
    Code("duplicate-id", Topic.FILES, "Two records have the same id. Each id is given once, and never again.",
         "id: A-001", "id: A-004"),
    Code("no-area", Topic.FILES, "There is no data/area.yml. It says whose site this is, so each area has one.",
         "(no file data/area.yml)", "data/area.yml"),
    Code("missing-key", Topic.VALUES,
         "The record needs this line. Where the fact is not known, write null: the site then says that it is not "
         "known.", "- id: forum\n  name: Smallshire Forum\n  kind: parent carer forum",
         "- id: forum\n  name: Smallshire Forum\n  kind: parent carer forum\n  role: Speaks for families."),
    Code("unknown-key", Topic.VALUES, "There is no line of this name in this kind of record. Most often it is "
         "misspelt.", "stauts: in_progress", "status: in_progress"),
    Code("empty-text", Topic.VALUES, "The line is there, but its text is empty.", 'title: "  "',
         "title: Answer letters"),
    Code("value-kind", Topic.VALUES, "There is a text where a list or a number should be, or the other way round.",
         "with:\n  -council\n  -forum", "with:\n  - council\n  - forum"),
    Code("value", Topic.VALUES, "The value cannot be right. The message says why.", "(a value that no rule allows)",
         "(one that a similar record has)"),
    Code("id-form", Topic.VALUES, "Ids have one form for each kind of record, so that they can be found in a text.",
         "id: A-3", "id: A-003"),
    Code("web-address", Topic.VALUES, "The address is not complete, so no browser could open it.",
         "url: www.smallshire.example/plan", "url: https://www.smallshire.example/plan"),
    Code("email", Topic.VALUES, "This is not an address that a message could be sent to.",
         "email: hello at forum.smallshire.example", "email: hello@forum.smallshire.example"),
    Code("unknown-status", Topic.VALUES,
         "An action's status is one of nine words: not_started, in_progress, at_risk, blocked, complete, stopped; and "
         "where its plan was replaced, carried_over, merged or dropped.",
         "status: started", "status: in_progress"),
    Code("unknown-kind", Topic.VALUES,
         "The kind is not one of the choices. What a meeting only discussed is not a decision.", "kind: discussed",
         "kind: agreed"),
    Code("unknown-answer", Topic.VALUES,
         "A finding was accepted, accepted partly, or refused. Where no answer is known, leave the line out.",
         "answer: agreed", "answer: accepted"),
    Code("unknown-says", Topic.VALUES,
         "A verdict on a finding says better, partly (better in part), same (no better) or worse.",
         "says: improved", "says: better"),
    Code("unknown-state", Topic.VALUES,
         "The state of a meeting or a figure is not one of the choices. The message lists them.", "state: hold",
         "state: held"),
    Code("unknown-better", Topic.VALUES,
         "A measure says which way is better for families: higher, lower or neither.", "better: more",
         "better: higher"),
    Code("unknown-read", Topic.VALUES, "A source was read whole or partly. There is nothing between.", "read: part",
         "read: partly"),
    Code("unknown-field", Topic.VALUES,
         "A correction names the line of the record that was wrong. There is no line of this name.", "field: titel",
         "field: title"),
    Code("unknown-what", Topic.VALUES,
         "What was taken down is a page, a post or a redirect. The address itself is not written down again.",
         "what: blog post", "what: post"),
    Code("unknown-standing", Topic.VALUES,
         "The site is adopted, when the board runs it, or independent, when others do.", "standing: approved",
         "standing: adopted"),
    Code("unknown-audience", Topic.VALUES,
         "Routes for feedback are for parent_carer, young_person, partner, councillor or website.",
         "audience: parents", "audience: parent_carer"),
    Code("no-route", Topic.VALUES, "Readers can see who answers, but not how to reach them.",
         "who_answers: Smallshire Forum\nwhat_happens_next: A parent at the forum answers within a week.",
         "who_answers: Smallshire Forum\nemail: hello@forum.smallshire.example\n"
         "what_happens_next: A parent at the forum answers within a week."),
    Code("date", Topic.DATES,
         "Dates are written year first, so that computers can count the days. The site shows them in words.",
         "due: June 2024", "due: 2024-06"),
    Code("time", Topic.DATES, "A time of day has two digits for the hour and two for the minute, in quotes.",
         "time: 9am", 'time: "09:00"'),
    Code("empty-update", Topic.UPDATES, "The update has a date and nothing else.",
         "- date: 2024-05-02\n  source:\n    title: Notes of the second meeting",
         "- date: 2024-05-02\n  note: The questions are ready.\n  source:\n    title: Notes of the second meeting"),
    Code("no-reason", Topic.UPDATES,
         "An update that moves a date, stops an action or hands it to someone else gives the reason.",
         "due: 2024-09-30", "due: 2024-09-30\nreason: The questions are not ready."),
    Code("exception-part", Topic.PRIVACY,
         "An exception is either a name that anyone may know, or a value that is allowed for a time by somebody.",
         "- allow: Exampletown\n  until: 2027-01-31", "- allow: Exampletown"),
    Code("no-successor", Topic.UPDATES,
         "An action that was carried over or merged goes on as another one. Say which.", "status: carried_over",
         "status: carried_over\nto: A-003"),
    Code("plan-order", Topic.DATES,
         "A plan begins before it ends, and replaces an older plan. Each plan is replaced once.",
         "start: 2024-09-01\n  ended: 2024-03-31", "start: 2024-09-01\n  ended: 2025-03-31"),
    Code("topic-answer", Topic.VALUES,
         "The answer of a topic can go out of date. So it says on which day you looked, and where it can be read.",
         "answer: Half of the plans came late.", "answer: Half of the plans came late.\nas_of: 2026-11-24\nsources:\n"
         "  - title: Smallshire figures\n    url: https://smallshire.example/figures"),
    Code("no-evidence", Topic.UPDATES, "Nothing is complete until readers can open something that shows it.",
         "status: complete\nnote: The list is finished.",
         "status: complete\nevidence:\n  - title: The list\n    url: https://smallshire.example/late-plans"),
    Code("figure-value", Topic.FIGURES,
         "A published figure has a number. One that is suppressed or not available has none.",
         "- period: 2024\n  value: null", "- period: 2024\n  value: null\n  state: not_available"),
    Code("figure-note", Topic.FIGURES, "A suppressed figure needs a note that says why.",
         "value: null\nstate: suppressed", "value: null\nstate: suppressed\nnote: Fewer than five children."),
)


Explanation = tuple[str, str, str]
"""A problem's code, message and hint."""

TYPE_NAMES = {"string_type": "text", "int_type": "a whole number", "float_type": "a number",
              "bool_type": "true or false", "tuple_type": "a list", "model_type": "a group of keys (name: value)"}

SYNONYMS = {"done": "complete", "completed": "complete", "finished": "complete", "delivered": "complete",
         "achieved": "complete", "ongoing": "in_progress", "on track": "in_progress", "under way": "in_progress",
         "underway": "in_progress", "started": "in_progress", "delayed": "at_risk", "late": "at_risk",
         "on hold": "blocked", "paused": "blocked", "cancelled": "stopped",
         "carried forward": "carried_over", "transferred": "carried_over", "combined": "merged",
         "planned": "not_started", "to do": "not_started", "agreed": "accepted", "rejected": "refused",
         "declined": "refused", "improved": "better", "in part": "partly", "unchanged": "same"}
"""Words that people write for one of several choices, with the one that they mean: the spelling alone would not suggest
it."""


ENTRIES = "begin each entry on a line of its own, with a hyphen and a space"
MARKED = re.compile(r"[-–—•·*‣▪●]|\d+[.)]\s")
"""What people begin an entry with where YAML knows only a hyphen and a space."""

IDS = re.compile(r"[\w-]+(?:, ?[\w-]+)+")
"""Several ids, which need no quotes."""

NEEDS_QUOTES = re.compile(r"[,\[\]{}#]|:(?:\s|\Z)")
"""What would end or divide a text between square brackets."""


def explain(error: ValidationError, document: Document, model: type[BaseModel], at: tuple[str | int, ...] = ()
            ) -> Iterator[Problem]:
    """Yield a problem for each of Pydantic's errors, at its line; `at` is the record's place in the document."""
    errors = error.errors(include_url=False)
    # A misspelt key is missing as well: one problem is enough.
    seen = {((*path[:-1], nearest(path[-1], _fields(model, path[:-1]))), "missing-key")
            for path in (_path(details) for details in errors if details["type"] == "extra_forbidden")}
    for details in errors:
        path = _path(details)
        code, message, hint = _explanation(details, path, model)
        if (path, code) not in seen:
            seen.add((path, code))
            yield Problem(document.path, _line(details, document, (*at, *path)), code, message, hint)


def _path(details: ErrorDetails) -> tuple[str | int, ...]:
    """Return where in the file an error is. Pydantic adds the member of a union ("int"), which is in no file."""
    *around, last = details["loc"] or ("",)
    if details["type"] in ("int_type", "float_type") and last in ("int", "float"):
        return tuple(around)
    return details["loc"]


def _line(details: ErrorDetails, document: Document, path: tuple[str | int, ...]) -> int:
    """Return the line to correct: where a record lacks something, that of the key which makes it necessary."""
    key = details.get("ctx", {}).get("key")
    if key and (*path, key) in document.lines:
        return document.line(*path, key)
    return document.line(*path)


def _explanation(details: ErrorDetails, path: tuple[str | int, ...], model: type[BaseModel]) -> Explanation:
    kind, value, name = details["type"], details["input"], _name(path)
    if path != details["loc"]:
        kind = "float_type"
    if kind == "extra_forbidden":
        keys = list(_fields(model, path[:-1]))
        return "unknown-key", f"{quoted(path[-1])} is not a key that can stand here", \
            suggestion(path[-1], keys, f"use one of: {', '.join(keys)}")
    if kind == "missing":
        key, field = path[-1], _field(model, path)
        may_be_null = field is not None and NoneType in get_args(field.annotation)
        return "missing-key", f'"{key}" is missing', \
            f'add a line "{key}:"' + (f', or "{key}: null" where it is not known' if may_be_null else "")
    field = _field(model, path)
    if kind == "literal_error":
        return _not_one_of(list(_choices(field.annotation)) if field else [], path, value)
    form = next((mark for mark in marks(field) if isinstance(mark, Form)), None) if field else None
    if kind == "string_pattern_mismatch" and form:
        plain = re.sub(r"[\u2010-\u2015\u2212\ufe63\uff0d]", "-", str(value))
        plain = "".join(character for character in plain if not is_invisible(character)).strip()
        if plain != value and re.search(details["ctx"]["pattern"], plain):
            return "id-form", f"{quoted(value)} has a sign in it that only looks right, as happens in pasted text", \
                f"type it again: {plain}"
        return "id-form", f"{quoted(value)} is not {form.name}", f"write it like {form.example}"
    if "hint" in details.get("ctx", {}):  # one of our own validators: see `invalid` in problem.py
        message, hint = details["msg"], details["ctx"]["hint"]
        if kind == "date" and hint.startswith(FORMS_IN_WORDS) and isinstance(value, str):
            hint = _date(value, may_be_words=path[-1] in ("due", "answer_due")) or hint
        return kind, f"{name}: {message}" if path and isinstance(path[-1], str) else message, hint
    if kind == "too_long":
        most = details["ctx"]["max_length"]
        return "value", f"{name} has {details['ctx']['actual_length']} lines, and at most {most} are allowed", \
            f"write at most {most} lines, each with one thing that families can see or open once it is true"
    if kind in TYPE_NAMES:
        in_a_list = bool(path) and isinstance(path[-1], int)
        return "value-kind", f"{name} should be {TYPE_NAMES[kind]}, not {_kind(value)}", \
            (_how_to_write_keys(kind, value, field, in_a_list=in_a_list) or _how(kind, value, in_a_list=in_a_list))
    return "value", f"{name}: {details['msg']}", "compare it with a record that works"


def _date(text: str, *, may_be_words: bool) -> str | None:
    """Return what to write for a date that people can read, or None if it is none."""
    try:
        found = read_due(text)
    except ValueError as error:
        return str(error)
    return f"write {found.text}" if found else what_to_write(text) if may_be_words and names_a_time(text) else None


def _name(path: tuple[str | int, ...]) -> str:
    if not path:
        return "the record"
    return quoted(path[-1]) if isinstance(path[-1], str) else f"an entry of {quoted(path[-2])}"


def _not_one_of(allowed: list[str], path: tuple[str | int, ...], value: object) -> Explanation:
    meant = SYNONYMS.get(str(value).casefold().replace("_", " ").replace("-", " "))
    hint = f'did you mean "{meant}"?' if meant in allowed else \
        suggestion(value, allowed, "write one of: " + ", ".join(allowed))
    return f"unknown-{path[-1]}", f'"{path[-1]}" cannot be {quoted(value)}', hint


def _kind(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return f"the text {quoted(value)}" if isinstance(value, str) else \
        f"the number {value}" if isinstance(value, (int, float)) else quoted(value)


def _how_to_write_keys(kind: str, value: object, field: FieldInfo | None, *, in_a_list: bool) -> str | None:
    """Return what to write where a text is in place of keys, or of a list of entries with keys."""
    inner = next(inner_models(field.annotation), None) if field and isinstance(value, str) else None
    if inner is None or kind not in ("tuple_type", "model_type"):
        return None
    fields = _named(inner)
    first, *others = [key for key in fields if fields[key].is_required() or key == "url"]
    return f'write {"- " * (in_a_list or kind == "tuple_type")}{first}: … on the line below' \
        + "".join(f", and {key}: … below that" for key in others[:1])


def _how(kind: str, value: object, *, in_a_list: bool) -> str:
    wanted = {"tuple_type": "list", "string_type": "text"}.get(kind, "value")
    if value is None:
        return f"write the {wanted}, or remove the line"
    if kind == "string_type" and isinstance(value, (bool, int, float)):
        return f"write it in quotes: {quoted(value)}" + (
            "; in square brackets, a comma ends a text that is not in quotes" if isinstance(value, int)
            and not isinstance(value, bool) and in_a_list else "")
    if kind == "string_type" and isinstance(value, (dict, tuple)):
        return "put a text that has a colon in it, or begins with {, in quotes" if isinstance(value, dict) else \
            "write one text, without square brackets or hyphens; put one that begins with [ in quotes"
    if kind == "tuple_type":
        return ENTRIES if isinstance(value, dict) or MARKED.match(str(value)) else \
            f'write it below, behind a hyphen and a space: - {in_quotes(str(value)) if len(str(value)) < 60 else "…"}' \
            if isinstance(value, str) and NEEDS_QUOTES.search(value) and not IDS.fullmatch(value) else \
            f"write it in square brackets: [{quoted(value)[1:-1]}]"
    if kind == "model_type":
        return "write its keys below it as name: value, with a space after the colon"
    return {"int_type": "write a number such as 12", "float_type": "write a plain number such as 12 or 12.5",
            "bool_type": "write true or false"}.get(kind, "compare it with a record that works")


def _fields(model: type[BaseModel], path: tuple[str | int, ...]) -> dict[str, FieldInfo]:
    """Return the fields of the record at `path` inside a model, by their keys in YAML."""
    at: type[BaseModel] | None = model
    for part in path:
        if at and isinstance(part, str):
            field = _named(at).get(part)
            at = next(inner_models(field.annotation), None) if field else None
    return _named(at) if at else {}


def _field(model: type[BaseModel], path: tuple[str | int, ...]) -> FieldInfo | None:
    """Return the field at `path`; that of an entry is the field of its list."""
    while path and not isinstance(path[-1], str):
        path = path[:-1]
    return _fields(model, path[:-1]).get(str(path[-1])) if path else None


def _named(model: type[BaseModel]) -> dict[str, FieldInfo]:
    return {field.alias or name: field for name, field in model.model_fields.items()}


def _choices(annotation: Any) -> Iterator[str]:
    """Yield the values of the Literal that a type holds."""
    if get_origin(annotation) is Literal:
        yield from get_args(annotation)
    else:
        for part in get_args(annotation):
            yield from _choices(part)
