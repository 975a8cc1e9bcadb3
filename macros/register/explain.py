"""What Pydantic found wrong with a record, said for the person who writes records."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from ..problem import Problem, suggestion
from ..source import Document

REMEDIES = {
    "is a day that does not exist": "write a day that exists, such as 2024-06-30",
    "has no such month": "write the month as 01 to 12",
    "is not a date": "write 2024-06-30, 2024-06, 2024-Q2 or 2024",
    "is in the year": "write a year from 1990 to 2100",
    "is a date in words": "write 2024-06-30, 2024-06, 2024-Q2 or 2024",
    "is not a web address": "write it whole, beginning with https://",
    "the text is empty": "write the text, or remove the line",
    "the update says nothing": "add a note, status, due, owner, evidence or correction",
    "an address that leads nowhere has no reason": 'add "to:" with the new address, or "reason:" that says why it is gone',
    "has no reason": 'add a line "reason:" that says why',
    "has no evidence": 'add "evidence:" with a title and a url that a reader can open',
    "the route has no": "add one of email, url, instruction",
    "has a value": "write null as the value, or another state",
    "a published figure has no value": "write the value, or the state suppressed or not_available",
    "has no note that says why": 'add a line "note:" that says why',
}

FORMS = {
    r"^A-\d{3,}$": ("an action's id", "A-012"),
    r"^D-\d{3,}$": ("a decision's id", "D-003"),
    r"^F-\d{3,}$": ("a feedback theme's id", "F-001"),
    r"^[A-Z]\d{1,2}$": ("a priority's id", "P1"),
    r"^\d{4}-\d{2}-\d{2}$": ("a meeting's id, which is its date", "2023-12-19"),
    r"^([A-Za-z0-9_-]+/)+$": ("a page's path on the site", "blog/2024-01-31-old-name/"),
    r"^[a-z0-9]+(-[a-z0-9]+)*$": ("an id in small letters, digits and hyphens", "council or plans-on-time"),
}

KINDS = {"string_type": "text", "int_type": "a whole number", "float_type": "a number", "bool_type": "true or false",
         "tuple_type": "a list (lines that begin with -)", "model_type": "a group of keys (name: value)",
         "model_attributes_type": "a group of keys (name: value)", "dict_type": "a group of keys (name: value)"}


def explain(error: ValidationError, document: Document, model: type[BaseModel], at: tuple[str | int, ...] = ()
            ) -> Iterator[Problem]:
    """Yield a problem for each of Pydantic's errors, at its line; `at` is the record's place in the document."""
    seen: set[tuple[int, str]] = set()
    for details in error.errors(include_url=False):
        path = tuple(part for part in details["loc"] if _stands_in_file(part))
        line = document.line(*at, *path)
        code, message, remedy = _say(details, path, model)
        if (line, code) not in seen or code in ("unknown-key", "missing-key"):
            seen.add((line, code))
            yield Problem(document.path, line, code, message, remedy)


def _stands_in_file(part: object) -> bool:
    """Pydantic names union members such as "function-before[...]" and "int" in a path: they stand in no file."""
    return isinstance(part, int) or (isinstance(part, str) and "[" not in part and part not in ("int", "float"))


def _say(details: ErrorDetails, path: tuple[str | int, ...], model: type[BaseModel]) -> tuple[str, str, str]:
    name = f'"{path[-1]}"' if path and isinstance(path[-1], str) else \
        (f'an entry of "{path[-2]}"' if len(path) > 1 else "the record")
    kind, context, value = details["type"], details.get("ctx", {}), details.get("input")
    if kind == "extra_forbidden":
        return "unknown-key", f"{name} is not a key of this record", \
            suggestion(path[-1], _keys(model, path[:-1]), f"use one of: {', '.join(_keys(model, path[:-1]))}")
    if kind == "missing":
        return "missing-key", f"{name} is missing", f"add it, or write {path[-1]}: null where it is not known" \
            if str(path[-1]) in ("owner", "due", "target", "source", "response", "value", "name") else "add it"
    if kind == "literal_error":
        allowed = [word.strip("' ") for word in context["expected"].replace(" or ", ", ").split(",")]
        return f"unknown-{path[-1] if isinstance(path[-1], str) else 'value'}", f'"{value}" is not a {path[-1]}', \
            suggestion(value, allowed, "write one of: " + ", ".join(allowed))
    if kind == "string_pattern_mismatch" and context["pattern"] in FORMS:
        what, example = FORMS[context["pattern"]]
        return "id-form", f'"{value}" is not {what}', f"write it like {example}"
    if kind == "value_error":
        said = str(context["error"])
        remedy = next((remedy for words, remedy in REMEDIES.items() if words in said), "see the guide")
        return ("date" if "date" in said or "month" in said or "a day" in said or "year" in said else "value"), \
            f"{name}: {said}" if path else said, remedy
    if kind in KINDS or kind.endswith("_type"):
        wanted = KINDS.get(kind, "another kind of value")
        return "value-kind", f"{name} should be {wanted}, not {_kind(value)}", _how(kind, value)
    return "value", f"{name}: {details['msg']}", "compare it with a record that works"


def _kind(value: object) -> str:
    if value is None:
        return "nothing"
    names = {bool: "true or false", int: f"the number {value}", float: f"the number {value}",
             tuple: "a list", dict: "a group of keys"}
    return names.get(type(value), f'the text "{str(value)[:60]}"')


def _how(kind: str, value: object) -> str:
    if value is None:
        return "write a value, or remove the line"
    if kind == "string_type" and isinstance(value, (bool, int, float)):
        return f'write it in quotes: "{value}"'
    if kind == "tuple_type" and isinstance(value, (str, int)):
        return f"write it in square brackets: [{value}]"
    return "compare it with a record that works"


def _keys(model: type[BaseModel], path: tuple[str | int, ...]) -> list[str]:
    """Return the keys allowed at `path` of a model, by their names in YAML."""
    at: object = model
    for part in path:
        if isinstance(part, int) or not (isinstance(at, type) and issubclass(at, BaseModel)):
            continue
        field = next((field for name, field in at.model_fields.items() if (field.alias or name) == part), None)
        at = _inner_model(field.annotation) if field else None
    if isinstance(at, type) and issubclass(at, BaseModel):
        return [field.alias or name for name, field in at.model_fields.items()]
    return []


def _inner_model(annotation: object) -> object:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        found = _inner_model(inner)
        if found:
            return found
    return None
