"""The answers of an issue form are read as they were given, whatever headings and empty lines are in them."""

from __future__ import annotations

import re

import pytest

from macros.write.form import labels_in_answers, load_forms, read_issue
from tests.test_form import LABELS, TEMPLATES, issue

FORMS = load_forms(TEMPLATES)


def read(form: str, body: str | None = None, **values: str) -> dict[str, str]:
    found = read_issue(body or issue(form, **values)["issue"]["body"], FORMS)
    assert found and found[0].name == form
    return found[1]


LONG = [(form.name, long, label) for form in FORMS for long in sorted(form.long - form.ticks)
        for label in form.labels.values()]


@pytest.mark.parametrize("form, id, label", LONG)
def test_an_answer_may_hold_the_label_of_any_box(form, id, label):
    values = {key: "- [X] Yes" if key in ("names", "sure", "editorial", "address") else f"about {key}"
              for key in LABELS[form]}
    values[id] = f"One.\n\n### {label}\n\nTwo.\n\nThree."
    body = issue(form, **values)["issue"]["body"]
    found = read(form, body)
    kept = "".join(found.values())
    assert all(value in kept for key, value in values.items() if key != id)
    assert all(word in kept for word in ("One.", "Two.", "Three."))
    if found != values:  # the same label side by side: a person is asked
        assert labels_in_answers(body, next(one for one in FORMS if one.name == form)) == [label]


@pytest.mark.parametrize("change", [
    lambda body: body.replace("\n", "\r\n"), lambda body: body.replace("\n", "\r"), lambda body: f"\ufeff{body}",
    lambda body: f"\n\n{body}\n\n", lambda body: body.replace("_No response_", ""),
    lambda body: body.replace("### Text\n", "### Text  \n")])
def test_how_lines_end_and_what_is_empty_changes_nothing(change):
    values = {"post_title": "Letters", "post_date": "2026-11-20", "text": "One.\n\n### Two\n\n```\nx\n```"}
    found = read("new-post", change(issue("new-post", **values)["issue"]["body"]))
    assert {id: re.sub("\r\n?", "\n", value) for id, value in found.items()} == values
