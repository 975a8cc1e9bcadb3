"""The calendar of meetings, due dates and days to ask (RFC 5545) that readers subscribe to.

Each event keeps its UID (§3.8.4.7), so that a calendar program updates it in place when its date moves, and gets a
higher SEQUENCE (§3.8.7.4) with each change. All events are whole days.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from urllib.parse import urlsplit

from icalendar import Calendar, Event

from ..records import Forum, ForumDate, Meeting
from ..records.partial_date import PartialDate
from ..register import Progress, Register
from ..register.addresses import SITE, address
from ..register.changes import due
from ..register.findings import FindingProgress
from ..register.forums import Place, places
from ..register.progress import FIRST_SAID_FOR, KIND_WORDS
from .output_file import OutputFile

PATH = "calendar.ics"


def output_files(register: Register) -> Iterator[OutputFile]:
    """Yield the calendar."""
    yield OutputFile(PATH, partial(calendar_ics, register))


def calendar_ics(register: Register) -> bytes:
    """Return the calendar of the area."""
    area = register.area
    calendar = Calendar()
    calendar.add("prodid", f"-//{urlsplit(area.site_url).hostname}//{area.site_name}//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    for name in ("name", "x-wr-calname"):
        calendar.add(name, area.site_name)
    calendar.add("x-wr-timezone", "Europe/London")
    calendar.add("refresh-interval", timedelta(days=1), parameters={"VALUE": "DURATION"})
    calendar.add("url", area.site_url)
    for meeting in sorted(register.meetings.values(), key=lambda meeting: meeting.id):
        calendar.add_component(_meeting(register, meeting))
    for progress in register.progress.values():
        if progress.due_day:
            calendar.add_component(_due(register, progress, progress.due_day))
    for finding in register.finding_progress.values():
        if finding.answer_day:
            calendar.add_component(_answer(register, finding, finding.answer_day))
    for forum in register.forums.values():
        for item in forum.dates:
            calendar.add_component(_forum_date(register, forum, item))
        for place in places(forum, register.today):
            if place.deadline:
                calendar.add_component(_last_day_to_ask(register, place, place.deadline))
    return calendar.to_ical()


def _meeting(register: Register, meeting: Meeting) -> Event:
    day = date.fromisoformat(meeting.id)
    event = _event(register, f"meeting-{meeting.id}", day, f"Meeting: {register.area.board.name}", address(meeting),
                   " ".join(filter(None, (meeting.date_note, meeting.note))), min(day, register.latest_publication))
    status = "CANCELLED" if meeting.state == "cancelled" else "TENTATIVE" if meeting.date_note else "CONFIRMED"
    event.add("status", status)
    event.add("sequence", {"planned": 0, "held": 1, "cancelled": 1}[meeting.state])
    return event


def _due(register: Register, progress: Progress, day: date) -> Event:
    action = progress.action
    word = {"complete": "Done", "stopped": "Stopped", "dropped": "Dropped", "carried_over": "Carried over",
            "merged": "Merged"}.get(progress.status or "", "Due")
    about = [f"Owner: {register.name_of(progress.owner)}.", f"Due: {due(progress.due)}.",
             f"Status: {progress.status_label}."]
    if progress.is_done_late:
        about.append(f"{progress.done_late_words}.")
    if progress.times_moved:
        first = f"{FIRST_SAID_FOR[action.kind].capitalize()} {due(progress.original_due)}"
        about.append(f"{first}; moved {progress.times_moved} times." if progress.times_moved > 1 else
                     f"{first}; moved once.")
    if not action.is_promise:
        about.insert(0, f"{KIND_WORDS[action.kind]}, not a promise.")
    known = [period for period in (progress.promised_on, *(update.date for update in progress.updates)) if period]
    event = _event(register, f"due-{action.id.lower()}", day, f"{word}: {action.id} {action.title}", address(action),
                   " ".join(about), _newest_day(register, known))
    event.add("sequence", len(progress.updates))
    return event


def _answer(register: Register, progress: FindingProgress, day: date) -> Event:
    """Return the day by which an answer to a finding was due."""
    finding = progress.finding
    known = [period for period in (finding.date, finding.answered) if period]
    names = ", ".join(map(register.name_of, finding.responsible))
    event = _event(register, f"answer-{finding.id}", day, f"{'Answered' if finding.answer else 'Answer due'}: "
                   f"{finding.title}", address(finding), f"Responsible: {names or 'not published'}.",
                   _newest_day(register, known))
    event.add("sequence", int(finding.answer is not None))
    return event


def _forum_date(register: Register, forum: Forum, item: ForumDate) -> Event:
    """Return a day on which the public may ask; one that was cancelled stays, and says so."""
    event = _event(register, f"ask-{forum.id}-{item.date.text}", item.date.first_day,
                   f"Where to ask: {forum.name}", address(forum), forum.how, _known_since(register, item))
    event.add("status", "CANCELLED" if item.cancelled else "CONFIRMED")
    event.add("sequence", int(item.cancelled is not None))
    return event


def _last_day_to_ask(register: Register, place: Place, day: date) -> Event:
    """Return the last day on which to ask for a date that is still to come."""
    forum = place.forum
    return _event(register, f"ask-by-{forum.id}-{place.date.date.text}", day,
                  f"Ask by {f'{place.time} ' if place.time else ''}today: {forum.name}", address(forum),
                  f"For {place.date.date}. {forum.deadline.text if forum.deadline else ''}".strip(),
                  _known_since(register, place.date))


def _known_since(register: Register, item: ForumDate) -> date:
    return _newest_day(register, [source.published for source in (item.source, item.cancelled)
                                  if source and source.published])


def _newest_day(register: Register, known: list[PartialDate]) -> date:
    days = [period.first_day for period in known if period.first_day <= register.today]
    return max(days, default=register.latest_publication)


def _event(register: Register, uid: str, day: date, summary: str, link: str, about: str, changed: date) -> Event:
    """Return an event of one whole day.

    `changed` is the day on which its record last changed, never the day of the build: with that, a rebuild would make
    every event look new.
    """
    site = register.area.site_url.rstrip("/") + "/"
    stamp = datetime.combine(changed, time(), tzinfo=UTC)
    event = Event()
    event.add("uid", f"{uid}@{urlsplit(site).hostname}")
    event.add("dtstamp", stamp)
    event.add("last-modified", stamp)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", summary)
    if about:
        event.add("description", about)
    event.add("url", link.replace(SITE, site))
    event.add("transp", "TRANSPARENT")
    return event
