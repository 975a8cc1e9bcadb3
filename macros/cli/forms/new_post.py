"""The form “New post”."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from ...write import WriteError
from ..writing import a_day, a_due_date
from .attachments import attachment_notices, is_attached
from .fields import FetchDocument, FormError, FormFields, FormResult

if TYPE_CHECKING:
    from ...write.importer import Promise

COLUMNS = ("what", "by which organisation or office", "by when", "done when")
"""The parts of a row of the box for promises, with a line between them."""

NOT_SAID = re.compile(r"(?i)(?:-|–|—|\?|n/?a|none|not (?:said|known|given|published)|null)?")
RULE = re.compile(r"[\s|:-]+")

BOTH = "The form has both a document and a text. The text was added at the end of the post: delete it if it does not " \
    "belong there."
LATER = "The meeting in the form is after the day of the post, so the post is not about it. It was added as a " \
    "meeting to come."


def submitted_post(fields: FormFields, today: date, fetch: FetchDocument) -> FormResult:
    """Return a new post, from an attached document if there is one, with its meeting, decisions and actions."""
    # No other form needs what reads documents.
    from ...write.importer import Given, import_document, import_text

    title, day = fields.text("post_title"), fields.read("post_date", a_day)
    fields.require("post_title", "give the post a headline")
    fields.require("post_date", "give the day of the post")
    document, text = fields.values.get("document", ""), fields.values.get("text", "")
    if not document:
        fields.require("text", "attach a document above, or write the text here")
        if is_attached(text):
            fields.report("text", "the document is in this box; drag it into the box “Document”")
    meeting = fields.read("meeting", a_day)
    is_later = bool(meeting and day and meeting > day)
    promises = _promises(fields)
    fields.raise_mistakes()
    given = Given(title=title or "", day=day, description=fields.text("description") or "",
                  in_short=tuple(fields.items("in_short")), meeting="" if is_later else meeting or "",
                  next_meeting=meeting if is_later else "", promises=promises, added=text if document else "")
    try:
        if document:
            name, content = fetch(document)
            found = import_document(fields.register, name, content, given)
        else:
            found = import_text(fields.register, text, given)
    except WriteError as error:
        is_meeting = str(error).startswith("the meeting of")
        label = "meeting" if is_meeting else "document" if document else "post_title"
        raise FormError([(fields.form.labels[label], str(error))]) from None
    notices = [*attachment_notices(document)] if document else []
    notices += [notice for notice, applies in (
        (BOTH, document and text.strip()), (LATER, is_later)) if applies]
    notices += [f"“{promise.what}”: “{promise.office}” is not an organisation on this site, so it was recorded as the "
                "office responsible. If it is an organisation, put its id after owner: and remove office:."
                for promise in promises if promise.office and not promise.owner]
    notices += [f"“{promise.what}”: {notice}" for promise in promises
                for notice in fields.ask_for_a_date("promises", promise.due)]
    return f"New post of {day}", found.edits, [*notices, *found.notices]


def _promises(fields: FormFields) -> tuple[Promise, ...]:
    """Return the rows of the box for promises. Mistakes name the row."""
    from ...write.importer import Promise

    found = []
    for row in fields.values.get("promises", "").splitlines():
        parts = [part.strip() for part in re.sub(r"\A\s*(?:[-*•]\s+)?\|?|\|\s*\Z", "", row).split("|")]
        if not any(parts) or RULE.fullmatch(row) or parts[0].casefold() == COLUMNS[0]:
            continue
        what, owner, due, *done_when = ["" if NOT_SAID.fullmatch(part) else part for part in (*parts, "", "", "")]
        if not what:
            fields.report("promises", f"“{row.strip()}”: say what was promised, before the first |")
            continue
        if len(parts) > len(COLUMNS):
            fields.report("promises", f"“{what}”: a row has at most four parts: {' | '.join(COLUMNS)}")
            continue
        organisation, office = _answers_for_it(fields, owner)
        found.append(Promise(what[:1].upper() + what[1:].rstrip("."), organisation, office, _due(fields, what, due),
                             tuple(filter(None, done_when))))
    return tuple(found)


def _answers_for_it(fields: FormFields, name: str) -> tuple[str | None, str]:
    """Return the id of the organisation that a row names, and the office. An organisation may come before its office:
    “County council, Director of Children's Services”."""
    for part in dict.fromkeys((name, re.split(r"[,:]", name)[0].strip())):
        before = len(fields.mistakes)
        organisation = fields.organisation("promises", part) if part else None
        del fields.mistakes[before:]  # what is no organisation is an office
        if organisation:
            return organisation, name[len(part):].strip(" ,:")
    return None, name


def _due(fields: FormFields, what: str, text: str) -> str | None:
    if not text:
        return None
    before = len(fields.mistakes)
    due = fields.read_text("promises", text, a_due_date)
    fields.mistakes[before:] = [(label, f"“{what}”: {why}") for label, why in fields.mistakes[before:]]
    return due
