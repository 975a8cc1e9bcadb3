"""The form “New post”."""

from __future__ import annotations

from datetime import date

from ...write import WriteError
from ...write.new import new_post
from ..writing import a_day
from .fields import FetchDocument, FormError, FormFields, FormResult


def submitted_post(fields: FormFields, today: date, fetch: FetchDocument) -> FormResult:
    """Return a new post, from an attached document if there is one."""
    title, day = fields.text("post_title"), fields.read("post_date", a_day)
    fields.require("post_title", "give the post a headline")
    fields.require("post_date", "give the day of the post")
    document = fields.values.get("document", "")
    if not document:
        fields.require("text", "attach a document above, or write the text here")
    meeting = fields.read("meeting", a_day)
    fields.raise_mistakes()
    try:
        if document:
            from ...write.importer import import_document

            name, content = fetch(document)
            found = import_document(fields.register, name, content, day=day, title=title)
            return f"New post of {day}", found.edits, list(found.notices)
        in_short = fields.items("in_short")
        _, edits = new_post(fields.register, {
            "title": title, "date": day, "description": fields.text("description"), "in_short": in_short,
            "meeting": meeting, "text": fields.values["text"]})
    except WriteError as error:
        raise FormError([(fields.form.labels["document" if document else "meeting"], str(error))]) from None
    return f"New post of {day}", edits, []
