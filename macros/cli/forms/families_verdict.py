"""The form “Families were asked”."""

from __future__ import annotations

import argparse
from datetime import date

from ...write import WriteError
from ...write.named import record_named
from ...write.new import new_family_verdict
from ..writing import a_count, a_day
from .fields import FetchDocument, FormError, FormFields, FormResult

FEEL_LABELS = {"yes": "Feel the change", "partly": "Feel it in part", "no": "Do not feel it",
               "too_early": "Too early to know"}
"""The lines of the form's field for what families said, by the names of the counts."""


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
    meant = record_named(fields.register, text) or text
    found = next((id for id in ids if id.casefold() == meant.casefold()), None)
    if found is None:
        fields.report("about", f'there is no action, finding or priority "{text}"; its number is on its page')
    return found
