"""The index of meetings, and the page of each meeting."""

from __future__ import annotations

from collections.abc import Iterator

from ..records import AGENDA_KINDS, Meeting
from ..records.partial_date import PartialDate
from ..register import Register
from .actions import status_counts
from .generated_page import GeneratedPage


def is_ahead(register: Register, meeting: Meeting) -> bool:
    """Return whether a meeting is planned for today or later; a cancelled one counts until its day has passed."""
    return meeting.state != "held" and meeting.id >= register.today.isoformat()


def index_page(register: Register) -> Iterator[GeneratedPage]:
    """Yield the page that lists every meeting, newest first."""
    yield GeneratedPage(
        address="meetings/", title="Meetings",
        description=f"When the {register.area.board.name} met, and what came of each meeting.",
        template="pages/meetings.html", record_file="data/meetings/", searched=False,
        context={
            "planned": [meeting for meeting in reversed(register.meetings_by_date) if is_ahead(register, meeting)],
            "past": [(meeting, register.decisions_where(meeting=meeting.id), register.actions_where(meeting=meeting.id))
                     for meeting in register.meetings_by_date if not is_ahead(register, meeting)],
        })


def detail_pages(register: Register) -> Iterator[GeneratedPage]:
    """Yield one page for each meeting."""
    newest_first = register.meetings_by_date
    for number, meeting in enumerate(newest_first):
        actions = register.actions_where(meeting=meeting.id)
        yield GeneratedPage(
            address=f"meetings/{meeting.id}/", title=f"Meeting of {PartialDate.parse(meeting.id)}",
            description=f"A meeting of {register.area.board.short_name}: agenda, decisions and actions.",
            template="pages/meeting.html", record_file=register.location_of("meetings", meeting.id)[0],
            context={
                "meeting": meeting, "decisions": register.decisions_where(meeting=meeting.id),
                "actions": actions, "counts": status_counts(actions), "post": register.post_of(meeting),
                "agenda": [(kind, items) for kind in AGENDA_KINDS
                           if (items := [item for item in meeting.agenda if item.kind == kind])],
                "is_ahead": is_ahead(register, meeting),
                "before": newest_first[number + 1] if number + 1 < len(newest_first) else None,
                "after": newest_first[number - 1] if number else None,
            })
