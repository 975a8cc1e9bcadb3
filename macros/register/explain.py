"""What Pydantic found wrong with a record, said for the person who writes records."""

from __future__ import annotations

from collections.abc import Iterator
from types import NoneType
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from ..problem import Problem, nearest, quoted, suggestion
from ..source.files import Document

Said = tuple[str, str, str]
"""A problem's code, what is wrong, and what to write instead."""

DATE_FORMS = "write it like 2024-06-30, 2024-06, 2024-Q2 or 2024"

SAYINGS: tuple[tuple[str, str, str, str], ...] = (
    ("is a day that does not exist", "date", "", "write a day that exists, such as 2024-06-30"),
    ("is in a month that does not exist", "date", "", "write the month as 01 to 12"),
    ("is in a year that cannot be right", "date", "", "write a year from 1990 to 2100"),
    ("is a date in words", "date", "", DATE_FORMS),
    ("is not a date", "date", "", DATE_FORMS),
    ("is not a web address", "web-address", "", "write it whole, beginning with https://"),
    ("is not an email address", "email", "", "write it like name@example.org"),
    ("the text is empty", "empty-text", "", "write the text, or remove the line"),
    ("the update says nothing", "empty-update", "", "add a note, status, due, owner, evidence or correction"),
    ('"happened" is not before "date"', "update-order", "happened",
     'write in "date" the day on which you add this, and in "happened" the earlier day that it tells of; where both '
     'are the same, remove "happened"'),
    ('a new "due" has no reason', "no-reason", "due", 'add a line "reason:" that says why'),
    ('a new "owner" has no reason', "no-reason", "owner", 'add a line "reason:" that says why'),
    ('the status "stopped" has no reason', "no-reason", "status", 'add a line "reason:" that says why'),
    ("an address that leads nowhere has no reason", "no-reason", "to",
     'add "to:" with the new address, or "reason:" that says why it is gone'),
    ('the status "complete" has no evidence', "no-evidence", "status",
     'add "evidence:" with a title and a url that a reader can open'),
    ("the route has no email, url or instruction", "no-route", "", "add one of email, url, instruction"),
    ("has a value", "figure-value", "value", 'write "value: null", or another state'),
    ("a published figure has no value", "figure-value", "value",
     'write the value, or "state: suppressed" or "state: not_available"'),
    ("a suppressed figure has no note that says why", "figure-note", "state", 'add a line "note:" that says why'),
)
"""How what our own validators say ends, with the problem's code, the key whose line it belongs to, and the hint."""

FORMS = {
    r"^A-[0-9]{3,}$": ("an action's id", "A-012"),
    r"^D-[0-9]{3,}$": ("a decision's id", "D-003"),
    r"^F-[0-9]{3,}$": ("a feedback theme's id", "F-001"),
    r"^[A-Z][0-9]{1,2}$": ("a priority's id", "P1"),
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$": ("a meeting's id, which is its date", "2023-12-19"),
    r"^([A-Za-z0-9_-]+/)+$": ("a page's path on the site", "blog/2024-01-31-old-name/"),
    r"^#[0-9A-Fa-f]{6}$": ("a colour", '"#0b4a66", in quotes'),
    r"^[a-z0-9]+(-[a-z0-9]+)*$": ("an id in small letters, digits and hyphens", "council or plans-on-time"),
}

KINDS = {"string_type": "text", "int_type": "a whole number", "float_type": "a number", "bool_type": "true or false",
         "tuple_type": "a list", "model_type": "a group of keys (name: value)"}

MEANT = {"done": "complete", "completed": "complete", "finished": "complete", "delivered": "complete",
         "achieved": "complete", "ongoing": "in_progress", "on track": "in_progress", "under way": "in_progress",
         "underway": "in_progress", "started": "in_progress", "delayed": "at_risk", "late": "at_risk",
         "on hold": "blocked", "paused": "blocked", "cancelled": "stopped", "dropped": "stopped",
         "planned": "not_started", "to do": "not_started"}
"""Words that people write for a status, with the status that they mean: no spelling leads from one to the other."""


def explain(error: ValidationError, document: Document, model: type[BaseModel], at: tuple[str | int, ...] = ()
            ) -> Iterator[Problem]:
    """Yield a problem for each of Pydantic's errors, at its line; `at` is the record's place in the document."""
    errors = error.errors(include_url=False)
    # A misspelt key is missing too: that it is misspelt says it all.
    seen = {((*path[:-1], nearest(path[-1], _fields(model, path[:-1]))), "missing-key")
            for path in (_path(details) for details in errors if details["type"] == "extra_forbidden")}
    for details in errors:
        path = _path(details)
        code, message, hint = _say(details, path, model)
        if (path, code) not in seen:
            seen.add((path, code))
            yield Problem(document.path, _line(details, document, (*at, *path)), code, message, hint)


def _path(details: ErrorDetails) -> tuple[str | int, ...]:
    """Return where in the file an error is. Pydantic names members of a union too ("int"): they stand in no file."""
    *around, last = details["loc"] or ("",)
    if details["type"] in ("int_type", "float_type") and last in ("int", "float"):
        return tuple(around)
    return details["loc"]


def _line(details: ErrorDetails, document: Document, path: tuple[str | int, ...]) -> int:
    """Return the line to mend: for what a whole record lacks, that of the key which makes it necessary."""
    saying = _saying(details) if details["type"] == "value_error" else None
    if saying and saying[2] and (*path, saying[2]) in document.lines:
        return document.line(*path, saying[2])
    return document.line(*path)


def _saying(details: ErrorDetails) -> tuple[str, str, str, str] | None:
    said = str(details["ctx"]["error"])
    return next((saying for saying in SAYINGS if said.endswith(saying[0])), None)


def _say(details: ErrorDetails, path: tuple[str | int, ...], model: type[BaseModel]) -> Said:
    kind, value, name = details["type"], details["input"], _name(path)
    if path != details["loc"]:
        kind = "float_type"
    if kind == "extra_forbidden":
        keys = list(_fields(model, path[:-1]))
        return "unknown-key", f"{quoted(path[-1])} is not a key that can stand here", \
            suggestion(path[-1], keys, f"use one of: {', '.join(keys)}")
    if kind == "missing":
        key, may_be_null = path[-1], _may_be_null(_fields(model, path[:-1]).get(str(path[-1])))
        return "missing-key", f'"{key}" is missing', \
            f'add a line "{key}:"' + (f', or "{key}: null" where it is not known' if may_be_null else "")
    if kind == "literal_error":
        return _not_one_of(details["ctx"]["expected"], path, value)
    if kind == "string_pattern_mismatch" and details["ctx"]["pattern"] in FORMS:
        what, example = FORMS[details["ctx"]["pattern"]]
        return "id-form", f"{quoted(value)} is not {what}", f"write it like {example}"
    if kind == "value_error":
        said, saying = str(details["ctx"]["error"]), _saying(details)
        _, code, _, hint = saying or ("", "value", "", "compare it with a record that works")
        if said.endswith("is not a date") and path[-1:] == ("due",):
            hint += ", or in words that begin with a letter"
        return code, f"{name}: {said}" if path and isinstance(path[-1], str) else said, hint
    if kind == "too_long":
        most = details["ctx"]["max_length"]
        return "value", f"{name} has {details['ctx']['actual_length']} entries, and may have {most}", \
            "keep those that matter most to families"
    if kind in KINDS:
        return "value-kind", f"{name} should be {KINDS[kind]}, not {_kind(value)}", _how(kind, value)
    return "value", f"{name}: {details['msg']}", "compare it with a record that works"


def _name(path: tuple[str | int, ...]) -> str:
    if not path:
        return "the record"
    return quoted(path[-1]) if isinstance(path[-1], str) else f"an entry of {quoted(path[-2])}"


def _not_one_of(expected: str, path: tuple[str | int, ...], value: object) -> Said:
    allowed = [word.strip("' ") for word in expected.replace(" or ", ", ").split(",")]
    meant = MEANT.get(str(value).casefold().replace("_", " ").replace("-", " "))
    hint = f'did you mean "{meant}"?' if meant in allowed else \
        suggestion(value, allowed, "write one of: " + ", ".join(allowed))
    return f"unknown-{path[-1]}", f'"{path[-1]}" cannot be {quoted(value)}', hint


def _kind(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return f"the text {quoted(value)}" if isinstance(value, str) else \
        f"the number {value}" if isinstance(value, (int, float)) else quoted(value)


def _how(kind: str, value: object) -> str:
    wanted = {"tuple_type": "list", "string_type": "text"}.get(kind, "value")
    if value is None:
        return f"write the {wanted}, or remove the line"
    if kind == "string_type" and isinstance(value, (bool, int, float)):
        return f"write it in quotes: {quoted(value)}"
    if kind == "string_type" and isinstance(value, (dict, tuple)):
        return "put a text with a colon in it in quotes" if isinstance(value, dict) else \
            "write one text, without square brackets or hyphens"
    if kind == "tuple_type":
        return "begin each entry with a hyphen and a space" if isinstance(value, dict) or str(value).startswith("-") \
            else f"write it in square brackets: [{quoted(value)[1:-1]}]"
    if kind == "model_type":
        return "write its keys below it as name: value, with a space after the colon"
    return {"int_type": "write a number such as 12", "float_type": "write a plain number such as 12 or 12.5",
            "bool_type": "write true or false"}.get(kind, "compare it with a record that works")


def _fields(model: type[BaseModel], path: tuple[str | int, ...]) -> dict[str, Any]:
    """Return the types of the keys allowed at `path` of a model, by their names in YAML."""
    at: type[BaseModel] | None = model
    for part in path:
        if at and isinstance(part, str):
            at = _inner_model(_named(at).get(part))
    return _named(at) if at else {}


def _named(model: type[BaseModel]) -> dict[str, Any]:
    return {field.alias or name: field.annotation for name, field in model.model_fields.items()}


def _may_be_null(annotation: Any) -> bool:
    return NoneType in get_args(annotation)


def _inner_model(annotation: Any) -> type[BaseModel] | None:
    """Return the model that a type such as `tuple[Update, ...]` or `Source | None` holds."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, map(_inner_model, get_args(annotation))), None)
