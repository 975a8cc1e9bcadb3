"""The form “New meeting”."""

from __future__ import annotations

from datetime import date

from ...write.new import new_meeting
from ..writing import a_day
from .fields import FetchDocument, FormFields, FormResult


def submitted_meeting(fields: FormFields, today: date, fetch: FetchDocument) -> FormResult:
    """Return a new meeting, held or planned according to its day."""
    day = fields.read("meeting_date", a_day)
    fields.require("meeting_date", "give the day of the meeting")
    if day in fields.register.meetings:
        fields.report("meeting_date", "this meeting is on the site already")
    number = fields.text("number")
    if number and not number.isdecimal():
        fields.report("number", f'"{number}" is not a whole number; leave it empty if you do not know it')
    attended = fields.organisations("attended")
    source = fields.source()
    if not source and not fields.mistakes:
        fields.report("source_title", "say where a reader can see that the board meets")
    fields.raise_mistakes()
    id, edits = new_meeting(fields.register, {"date": day, "number": int(number) if number else None,
                                              "attended": attended, "source": source})
    return f"New meeting of {id}", edits, []
