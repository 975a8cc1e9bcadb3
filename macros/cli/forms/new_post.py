"""The form “New post”."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import yaml

from ...register import Register
from ...write import Edits, WriteError, current_text
from ...write.new import meeting_records, new_post
from ...write.yaml_writer import add_to_list, in_front_matter, set_at, set_value
from ..writing import a_day
from .attachments import attachment_notices, is_attached
from .fields import FetchDocument, FormError, FormFields, FormResult


def submitted_post(fields: FormFields, today: date, fetch: FetchDocument) -> FormResult:
    """Return a new post, from an attached document if there is one."""
    title, day = fields.text("post_title"), fields.read("post_date", a_day)
    fields.require("post_title", "give the post a headline")
    fields.require("post_date", "give the day of the post")
    document = fields.values.get("document", "")
    if not document:
        fields.require("text", "attach a document above, or write the text here")
        if is_attached(fields.values.get("text", "")):
            fields.report("text", "the document is in this box; drag it into the box “Document”")
    meeting, notices = _meeting(fields, day)
    fields.raise_mistakes()
    given = {"title": title, "date": day, "description": fields.text("description"),
             "in_short": fields.items("in_short"), "meeting": meeting, "text": fields.values.get("text")}
    try:
        if document:
            edits, said = _from_document(fields, given, fetch(document))
            notices = [*attachment_notices(document), *said, *notices]
        else:
            _, edits = new_post(fields.register, given)
    except WriteError as error:
        box = "document" if document else "post_title"
        raise FormError([(fields.form.labels[box], str(error))]) from None
    return f"New post of {day}", edits, notices


def _meeting(fields: FormFields, day: str | None) -> tuple[str | None, list[str]]:
    """Return the meeting that the post belongs to, and a notice if the post cannot name the one in the form."""
    meeting = fields.read("meeting", a_day)
    known = fields.register.meetings.get(meeting or "")
    if meeting and not known:
        fields.report("meeting", f"there is no meeting of {meeting} on the site; send the form “New meeting” first, or "
                      "leave this box empty")
    elif known and known.post:
        fields.report("meeting", f'this meeting has a post already, "{known.post}"; leave this box empty, or edit that '
                      "post")
    elif meeting and day and meeting > day:
        return None, [f"The post does not name the meeting of {meeting}, since that comes after the day of the post."]
    return meeting, []


def _from_document(fields: FormFields, given: dict[str, Any], document: tuple[str, bytes]) -> tuple[Edits, list[str]]:
    """Return the files of a document's post with what else the form says of it, and notices."""
    from ...write.importer import import_document

    register, (name, content) = fields.register, document
    found = import_document(register, name, content, day=given["date"], title=given["title"])
    edits, notices = dict(found.edits), list(found.notices)
    post = str(edits[found.post])
    for key in ("description", "in_short"):
        if given[key]:
            post = _answered(in_front_matter(post, set_value, key, given[key]), key)
    if given["meeting"] or "meeting" in fields.values:
        post = _with_meeting(register, edits, found.post, post, given["meeting"])
    if given["text"]:
        post = f"{post.rstrip()}\n\n{given['text'].strip()}\n"
        notices.append("The form holds a document and a text. The text is at the end of the post: please look whether "
                       "it belongs there.")
    return {**edits, found.post: post}, notices


def _answered(post: str, key: str) -> str:
    """Return the text of a post without the question above a key, which the form has answered."""
    return re.sub(rf"(?m)^(?:#.*\n)+(?={key}:)", "", post, count=1)


def _with_meeting(register: Register, edits: Edits, path: str, post: str, meeting: str | None) -> str:
    """Return the text of a post that names the meeting of the form, and no other. Its meeting names it as well."""
    guessed = yaml.safe_load(post.split("---", 2)[1]).get("meeting")
    if guessed and str(guessed) != meeting:
        edits.pop(register.location_of("meetings", str(guessed))[0], None)
    post = in_front_matter(_answered(post, "meeting"), set_at, ("meeting",), None) if guessed else post
    if not meeting:
        return post
    post = in_front_matter(post, set_value, "meeting", meeting, "topics")
    for key, ids in meeting_records(register, meeting).items():
        for id in ids:
            post = in_front_matter(post, add_to_list, key, id)
    where = register.location_of("meetings", meeting)[0]
    text = current_text(register.root, {}, where)
    edits[where] = set_value(text, "post", path.rsplit("/", 1)[-1].removesuffix(".md"), "source")
    return post
