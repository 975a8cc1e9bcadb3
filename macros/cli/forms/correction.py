"""The form “Correction”."""

from __future__ import annotations

from datetime import date
from urllib.parse import quote

from ...register.addresses import page_address
from ...review.github_markdown import escape_markdown
from ...write import WriteError
from ...write.change import CORRECTABLE, correct, find
from ...write.named import on_site, record_named
from ..writing import a_due_date
from .fields import FetchDocument, FormError, FormFields, FormResult, PersonNeededError


def _by_hand(fields: FormFields, given: str) -> str:
    """Return what a person can do about a page that is made of many records, or a record that is not there."""
    page = on_site(fields.register, given)
    why = f"there is no record “{escape_markdown(given)}”" if page is None else "the page is not made of one record"
    lines = [f"Thank you. A person has to look at this, since {why}. Nothing was changed.", ""]
    path = next((one.document.path for one in fields.register.pages if page is not None
                 and page_address(one.document.path).strip("/") == page.strip("/")), None)
    return "\n".join([*lines, f"- The words of this page are in one file: {_editor(fields, path)}."] if path else [
        *lines, "- Is one action, decision, meeting or figure on it wrong? Open its own page, and press “Suggest a "
        "change” there. Or edit this issue, and put its number, such as A-012, into the first box.",
        "- Is it the page itself? Then this issue stays open for those who look after this site."])


def _editor(fields: FormFields, path: str) -> str:
    """Return a link that opens a file in GitHub's editor, or its path where the area names no repository."""
    repository = fields.register.area.repository_url
    return f"[{path}]({repository.rstrip('/')}/edit/main/{quote(path)})" if repository else f"`{path}`"


def submitted_correction(fields: FormFields, today: date, fetch: FetchDocument) -> FormResult:
    """Return a correction of a record. Raises PersonNeededError, which says where it is made, for other corrections."""
    given, field_name, now = fields.text("record") or "", fields.text("field") or "", None
    id = record_named(fields.register, given) or given
    try:
        kind, key, _ = find(fields.register, id)
    except WriteError:
        raise PersonNeededError(_by_hand(fields, given)) from None
    if field_name not in CORRECTABLE.get(kind, ()):
        path = fields.register.documents[kind, key][0].path
        parts = [name for name in CORRECTABLE.get(kind, ()) if name in fields.form.choices.get("field", ())]
        raise PersonNeededError(
            f"Thank you. “{escape_markdown(field_name)}” of {escape_markdown(id)} cannot be corrected with this form, "
            "so a person has to look at it. Nothing was changed.\n\n- Do you know which part is wrong? This form "
            f"corrects these parts of it: {', '.join(parts)}. Edit the issue, and choose one.\n- Or change it in "
            f"its file: {_editor(fields, path)}. The guide “Update the tracker” says how to put a mistake right.")
    if field_name == "owner":
        now = fields.organisation("now")
    elif field_name == "with" and fields.values.get("now") != "null":
        now = ",".join(fields.organisations("now"))
    elif field_name == "said_by":
        now = fields.speaker("now")
    elif field_name == "done_when":
        now = fields.values.get("now")
    elif field_name == "due":
        now = fields.read("now", a_due_date)
    else:
        now = fields.text("now")
        now = (now or "").casefold() if field_name == "kind" else now
    fields.raise_mistakes()
    try:
        edits = correct(fields.register, id if kind == "events" else key, field_name, None if now == "null" else now,
                        fields.text("reason") or "", today.isoformat(), fields.source())
    except WriteError as error:
        raise FormError([(fields.form.labels["now"], str(error))]) from None
    return f"Correction of {id if kind == 'events' else key}", edits, []
