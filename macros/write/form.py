"""Reads GitHub issue forms: which form an issue was made with, and the values of its fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

EMPTY = ("_No response_", "None")
"""What GitHub writes for a field that was left empty."""


@dataclass(frozen=True)
class Form:
    """A form in .github/ISSUE_TEMPLATE/: its file name without number and ending, and its fields' labels by id."""

    name: str
    labels: Mapping[str, str]


def load_forms(folder: Path) -> list[Form]:
    """Read the issue forms in a folder. The number that orders them in GitHub's list is not part of their
    names."""
    found = []
    for file in sorted(folder.glob("*.yml")):
        template = yaml.safe_load(file.read_text(encoding="utf-8"))
        fields = {field["id"]: field["attributes"]["label"] for field in template.get("body", ()) if "id" in field}
        if fields:
            found.append(Form(file.stem.lstrip("0123456789-"), fields))
    return found


def read_issue(body: str, known: list[Form]) -> tuple[Form, dict[str, str]] | None:
    """Return the form that an issue was made with, and its filled fields by id; None if it was not made with one.

    GitHub writes each field as a heading “### Label” with its value below, in the form's order. A value may contain
    lines that look like headings, so only the label that comes next in the form ends a field.
    """
    lines = body.replace("\r\n", "\n").split("\n")
    for form in known:
        places = _places(lines, list(form.labels.values()))
        if places:
            ends = [*places[1:], len(lines)]
            values = ("\n".join(lines[start + 1:end]).strip() for start, end in zip(places, ends, strict=True))
            return form, {id: value for id, value in zip(form.labels, values, strict=True)
                          if value and value not in EMPTY}
    return None


def _places(lines: list[str], labels: list[str]) -> list[int]:
    places: list[int] = []
    for label in labels:
        start = places[-1] + 1 if places else 0
        place = next((number for number in range(start, len(lines)) if lines[number].rstrip() == f"### {label}"), None)
        if place is None or (not places and any(line.strip() for line in lines[:place])):
            return []
        places.append(place)
    return places
