"""The form “Correction”."""

from __future__ import annotations

from datetime import date

from ...write import WriteError
from ...write.change import CORRECTABLE, correct, find
from ..writing import a_list
from .fields import FetchDocument, FormError, FormFields, FormResult


def submitted_correction(fields: FormFields, today: date, fetch: FetchDocument) -> FormResult | None:
    """Return a correction of a record, or None if a person has to deal with it."""
    id, field_name, now = fields.text("record") or "", fields.text("field") or "", fields.text("now")
    try:
        kind, key, _ = find(fields.register, id)
    except WriteError:
        return None
    if field_name not in CORRECTABLE.get(kind, ()):
        return None
    if field_name == "owner":
        now = fields.organisation("now")
    elif field_name == "with" and now != "null":
        now = ",".join(filter(None, (fields.organisation("now", name) for name in a_list(now or ""))))
    elif field_name == "said_by":
        now = fields.speaker("now")
    elif field_name == "done_when":
        now = fields.values.get("now")
    elif field_name == "kind":
        now = (now or "").casefold()
    fields.raise_mistakes()
    try:
        edits = correct(fields.register, id if kind == "events" else key, field_name, None if now == "null" else now,
                        fields.text("reason") or "", today.isoformat(), fields.source())
    except WriteError as error:
        raise FormError([(fields.form.labels["now"], str(error))]) from None
    return f"Correction of {id if kind == 'events' else key}", edits, []
