"""Reads GitHub issue forms: which form an issue was made with, and the values of its fields."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import accumulate
from pathlib import Path

import yaml

from ..source.yaml_reader import Loader

OLDER = 0.75
"""The share of a form's boxes that an issue has at least."""

ATTACHMENTS = "document"
"""The id of the field for attached files. It may have several lines, and none of them is a heading."""

TICK = re.compile(r"- \[[ xX]\] |_No response_\s*\Z|\s*\Z")
EMPTY = ("_No response_", "None")
"""What GitHub writes for a field that was left empty."""


@dataclass(frozen=True)
class Form:
    """A form in .github/ISSUE_TEMPLATE/: its file name without number and ending, its fields' labels by id, and the
    ids of those whose answer may have several lines.
    """

    name: str
    labels: Mapping[str, str]
    long: frozenset[str] = frozenset()
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The choices of each list, by the field's id."""
    ticks: frozenset[str] = frozenset()
    """The ids of the fields that are boxes to tick."""


def load_forms(folder: Path) -> list[Form]:
    """Read the issue forms in a folder. The number that orders them in GitHub's list is not part of their
    names."""
    found = (_form(file.stem.lstrip("0123456789-"), file.read_text(encoding="utf-8"))
             for file in sorted(folder.glob("*.yml")))
    return [form for form in found if form]


@lru_cache(maxsize=64)
def _form(name: str, text: str) -> Form | None:
    """Return the form of a template, or None where it has no fields."""
    fields = [item for item in yaml.load(text, Loader).get("body", ()) if "id" in item]
    if not fields:
        return None
    return Form(
        name, {item["id"]: item["attributes"]["label"] for item in fields},
        frozenset(item["id"] for item in fields if item["type"] in ("textarea", "checkboxes")),
        {item["id"]: tuple(item["attributes"]["options"]) for item in fields if item["type"] == "dropdown"},
        frozenset(item["id"] for item in fields if item["type"] == "checkboxes"))


def read_issue(body: str, known: list[Form]) -> tuple[Form, dict[str, str]] | None:
    """Return the form that an issue was made with, and its filled fields by id; None if it was not made with one.

    GitHub writes each field as a heading “### Label” with its value below, in the form's order. A value may contain
    lines that look like such a heading. So the fields are divided in the way in which each short answer has one line;
    if there are several, that in which the earlier answers are as long as can be, since texts have headings in them.
    """
    lines = _lines(body)
    headings = {line.rstrip().removeprefix("### ") for line in lines if line.startswith("### ")}
    # An issue may be older than a box of its form.
    older = [replace(form, labels={id: label for id, label in form.labels.items() if label in headings})
             for form in known if len(headings & set(form.labels.values())) >= len(form.labels) * OLDER
             and next(iter(form.labels.values())) in headings]
    for form in (*known, *older):
        places = _places(lines, form)
        if places:
            ends = [*places[1:], len(lines)]
            values = ("\n".join(lines[start + 1:end]).strip() for start, end in zip(places, ends, strict=True))
            whole = next(one for one in known if one.name == form.name)
            return whole, {id: value for id, value in zip(form.labels, values, strict=True)
                          if value and value not in EMPTY}
    return None


def _lines(body: str) -> list[str]:
    return re.sub("\r\n?", "\n", body.removeprefix("\ufeff")).split("\n")


def outside_boxes(body: str, known: list[Form]) -> tuple[Form, list[str]] | None:
    """Return the form that an issue was made with, and the lines that somebody wrote above its first box or below a box
    to tick; None if there are none, or it was not made with a form."""
    lines = _lines(body)
    first = next((number for number, line in enumerate(lines) if line.startswith("### ")), 0)
    found = read_issue("\n".join(lines[first:]), known)
    if not found:
        return None
    form, values = found
    outside = [*lines[:first], *(line for id in form.ticks for line in values.get(id, "").split("\n")
                                 if not TICK.match(line))]
    return (form, words) if (words := [line.strip() for line in outside if line.strip()]) else None


def labels_in_answers(body: str, form: Form) -> list[str]:
    """Return the labels that are headings more than once: an answer holds one, so where the answer ends may be
    doubtful."""
    headings = Counter(line.rstrip() for line in _lines(body))
    return [label for label in form.labels.values() if headings[f"### {label}"] > 1]


def _places(lines: list[str], form: Form) -> list[int]:
    """Return the line of each field's heading, or nothing if the lines are not those of this form."""
    where: dict[str, list[int]] = {}
    for number, line in enumerate(lines):
        where.setdefault(line.rstrip(), []).append(number)
    labels = [(id, where.get(f"### {label}", [])) for id, label in form.labels.items()]
    if not all(numbers for _, numbers in labels) or any(line.strip() for line in lines[:labels[0][1][0]]):
        return []
    filled = [0, *accumulate(bool(line.strip()) for line in lines)]
    # Backwards: which later headings may follow a heading, so that its answer is as short as it has to be.
    later: list[dict[int, int]] = [{} for _ in labels]
    for at in range(len(labels) - 1, -1, -1):
        id, numbers = labels[at]
        follows = sorted(later[at + 1], reverse=True) if at + 1 < len(labels) else [len(lines)]
        for number in numbers:
            is_empty = next((line.strip() for line in lines[number + 1:number + 4] if line.strip()), "") in EMPTY
            ends = follows[::-1] if id == ATTACHMENTS else follows
            fits = next((end for end in ends if end > number and (
                (id in form.long and not is_empty) or filled[end] - filled[number + 1] <= 1)), None)
            if fits is not None:
                later[at][number] = fits
    first = labels[0][1][0]
    if first not in later[0]:
        return _in_turn(labels)
    places = [first]
    while len(places) < len(labels):
        places.append(later[len(places) - 1][places[-1]])
    return places


def _in_turn(labels: list[tuple[str, list[int]]]) -> list[int]:
    """Return the first line of each heading after that of the one before, where somebody wrote more than GitHub lets
    them."""
    places: list[int] = []
    for _, numbers in labels:
        place = next((number for number in numbers if not places or number > places[-1]), None)
        if place is None:
            return []
        places.append(place)
    return places
