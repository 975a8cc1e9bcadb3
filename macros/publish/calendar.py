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
from ..register.feedback import FeedbackProgress
from ..register.findings import FindingProgress
from ..register.forums import deadline_of, time_in_words
from ..register.labels import due
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
    # What Outlook reads in place of REFRESH-INTERVAL (MS-OXCICAL, 2.1.3.1.1.14).
    calendar.add("x-published-ttl", "P1D")
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
            for event in _forum_date(register, forum, item):
                calendar.add_component(event)
    for theme in register.feedback_progress.values():
        if theme.answer_day:
            calendar.add_component(_answer_to_families(register, theme, theme.answer_day))
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
        about.append(f"{first}; moved {progress.times_moved_in_words}.")
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
    known = [period for period in (finding.date, finding.answered, finding.answer_added) if period]
    names = ", ".join(map(register.name_of, finding.responsible))
    event = _event(register, f"answer-{finding.id}", day, f"{'Answered' if finding.answer else 'Answer due'}: "
                   f"{finding.title}", address(finding), f"Responsible: {names or 'not published'}.",
                   _newest_day(register, known))
    event.add("sequence", int(finding.answer is not None))
    return event


def _forum_date(register: Register, forum: Forum, item: ForumDate) -> Iterator[Event]:
    """Yield a day on which the public may ask, and the last day on which to do so, where a rule gives it.

    Those of a date that was cancelled stay, and say so.
    """
    day, rule = item.date.first_day, forum.deadline
    wanted = [(f"ask-{forum.id}", day, f"Where to ask: {forum.name}", forum.how)]
    last_day = deadline_of(forum, day)
    if rule and last_day:
        time_of_day = f"{time_in_words(rule.time)} " if rule.time else ""
        wanted.append((f"ask-by-{forum.id}", last_day, f"Ask by {time_of_day}today: {forum.name}",
                       f"For the meeting of {item.date}. {rule.text}"))
    known = [source.published for source in (item.source, item.cancelled) if source and source.published]
    for uid, on, summary, about in wanted:
        event = _event(register, f"{uid}-{item.date.text}", on, summary, address(forum), about,
                       _newest_day(register, known))
        event.add("status", "CANCELLED" if item.cancelled else "CONFIRMED")
        event.add("sequence", int(item.cancelled is not None))
        yield event


def _answer_to_families(register: Register, progress: FeedbackProgress, day: date) -> Event:
    """Return the day by which families are to have an answer to what they said."""
    theme = progress.theme
    word = "Answer to families due" if progress.is_unanswered else "Families were answered"
    about = [f"Heard: {theme.heard.date}, through {register.name_of(theme.heard.through)}."]
    about += [f"Taken up by: {register.name_of(progress.taken_up_by)}."] if progress.taken_up_by else []
    event = _event(register, f"answer-{theme.id.lower()}", day, f"{word}: {theme.title}", address(theme),
                   " ".join(about), _newest_day(register, [theme.heard.date,
                                                         *(update.date for update in progress.history)]))
    event.add("sequence", len(progress.history))
    return event


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
