"""The form “Take something down”."""

from __future__ import annotations

from datetime import date

from ...records.base import EVERYTHING
from ...write import WriteError
from ...write.take_down import take_down
from ...write.take_down_file import names_a_file, take_down_file
from .fields import FetchDocument, FormError, FormFields, FormResult

TAKE_DOWN_FIELDS = {"all its words": EVERYTHING}
"""The form's labels of what is taken down, where they are not names of fields."""

TAKEN_DOWN_NOTICE = "Merge this at once: until then, readers see what is to go. The history of the repository keeps " \
    "it. The guide “When something goes wrong” says how to wipe it, and whom to tell."


def submitted_take_down(fields: FormFields, today: date, fetch: FetchDocument) -> FormResult:
    """Return the take-down of words, or of a file. Neither the form nor what comes of it repeats them."""
    where = fields.text("record") or ""
    is_file = names_a_file(where)
    id = where.rstrip("/").rsplit("/", 1)[-1]
    chosen = TAKE_DOWN_FIELDS.get((fields.text("field") or "").casefold(), fields.text("field") or EVERYTHING)
    place = fields.text("place") or chosen
    fields.require("record", "say which record it is")
    fields.require("reason", "say why: readers will see it")
    fields.raise_mistakes()
    reason, with_address = fields.text("reason") or "", fields.is_ticked("address")
    try:
        edits = take_down_file(fields.register, where, reason, today.isoformat(), with_address=with_address) \
            if is_file else take_down(fields.register, id, place, reason, today.isoformat(), with_address=with_address)
    except WriteError as error:
        raise FormError([(fields.form.labels["record"], str(error))]) from None
    return "A file taken down" if is_file else "Words taken down", edits, [TAKEN_DOWN_NOTICE]
