"""The pages of what happened when: changes from meeting to meeting, and the timeline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from ..change_titles import GROUP_TITLES
from ..records import Decision, Event, Meeting, Post
from ..records.partial_date import PartialDate
from ..register import Register
from ..register.changes import KINDS, Change
from ..register.intervals import MAX_SHOWN_IN_FULL, MeetingInterval, meeting_intervals, stale_counts, years
from .generated_page import Context, GeneratedPage

SUMMARY_NOUNS = {
    "decided": ("decision", "decisions"), "found": ("new finding", "new findings"),
    "heard": ("new thing that families said", "new things that families said"), "answered": ("answered", "answered"),
    "promised": ("new promise", "new promises"),
    "planned": ("new plan", "new plans"), "aim": ("new aim", "new aims"), "complete": ("done", "done"),
    "stopped": ("stopped", "stopped"), "dropped": ("dropped", "dropped"),
    "carried_over": ("carried over", "carried over"), "merged": ("merged", "merged"),
    "not_mentioned": ("not mentioned in the new plan", "not mentioned in the new plan"),
    "late": ("late", "late"),
    "date_passed": ("with a date that has passed", "with a date that has passed"),
    "moved": ("date moved", "dates moved"), "asked": ("question asked in public", "questions asked in public"),
    "figure": ("new figure", "new figures"),
}
"""The kinds of change that a summary counts, in the singular and the plural."""

MAX_UNCHANGED_NAMED = 100
"""An older interval with more unchanged actions than this gives only their number: each action's own page says how long
it has had no news, and a page that named them all for every interval would grow without limit."""


def groups(span: MeetingInterval) -> list[tuple[str, str, tuple[Change, ...]]]:
    """Return an interval's changes as (kind, heading, changes), without the kinds that have none."""
    by_kind: dict[str, list[Change]] = {}
    for change in _each_once(span):
        by_kind.setdefault(change.kind, []).append(change)
    # The figures of the newest periods first: a source may give those of many years at once.
    by_kind.get("figure", []).sort(key=lambda change: change.observation.period.last_day, reverse=True)
    return [(kind, GROUP_TITLES[kind], tuple(by_kind[kind])) for kind in KINDS if kind in by_kind]


def _each_once(span: MeetingInterval) -> Iterator[Change]:
    """Yield an interval's changes. A date that passed is left out where the same day says that the action is late."""
    late = {(change.action.id, change.date) for change in span.of("late") if change.action}
    return (change for change in span.changes
            if not (change.action and change.kind == "date_passed" and (change.action.id, change.date) in late))


def summary(span: MeetingInterval) -> list[str]:
    """Return what changed as counts in words: "2 done", "1 date moved".

    What became of plans and aims is left out, and what may have happened in another interval.
    """
    by_kind = Counter(
        change.kind for change in _each_once(span) if change.kind in SUMMARY_NOUNS
        and (not change.action or change.action.kind in ("promised", change.kind)) and _is_of(change, span))
    counted = ((by_kind[kind], nouns) for kind, nouns in SUMMARY_NOUNS.items())
    return [f"{count} {nouns[count != 1]}" for count, nouns in counted if count]


def _is_of(change: Change, span: MeetingInterval) -> bool:
    """Return whether a change is certainly of the interval: a year may have begun before it, and what the site's own
    editors found happened before they did."""
    if change.update and change.update.editorial:
        return False
    return not span.first or change.date.first_day > span.first or change.date.precision not in ("year", "quarter")


def span_context(span: MeetingInterval) -> Context:
    """Return the context of the template for one interval."""
    return {"span": span, "groups": groups(span), "counts": summary(span)}


def index_page(register: Register) -> Iterator[GeneratedPage]:
    """Yield the page of changes: the newest intervals in full, older ones as a summary with a link to their year."""
    yield GeneratedPage(
        address="changes/", title="What changed, from meeting to meeting",
        description=f"New promises, what was done, whose date has passed and what did not move, between the meetings "
                    f"of {register.area.board.short_name}.",
        template="pages/changes.html", searched=False, context=partial(_index_context, register))


def _index_context(register: Register) -> Context:
    found = meeting_intervals(register)
    lasts = [span.last for span in reversed(found)]
    still = dict(zip(lasts, stale_counts(register, lasts), strict=True))
    return {
        "spans": [span_context(span) | {"still": still[span.last],
                                        "is_named": span is found[0] or still[span.last] <= MAX_UNCHANGED_NAMED}
                  for span in found[:MAX_SHOWN_IN_FULL]],
        "older": [(span, summary(span)) for span in found[MAX_SHOWN_IN_FULL:]], "years": list(years(register)),
    }


def year_pages(register: Register) -> Iterator[GeneratedPage]:
    """Yield a page for each year with intervals that the page of changes only summarises.

    These pages list every change, and give the number of unchanged actions without naming them.
    """
    older = years(register)
    lasts = [span.last for span in reversed(meeting_intervals(register))] if older else []
    still = dict(zip(lasts, stale_counts(register, lasts), strict=True))
    for year, found in older.items():
        yield GeneratedPage(
            address=f"changes/{year}/", title=f"What changed in {year}",
            description=f"New promises, what was done and whose date has passed, between the meetings of "
                        f"{register.area.board.short_name} in {year}.",
            template="pages/changes-year.html", searched=False,
            context={"year": year, "spans": [span_context(span) | {"still": still[span.last]} for span in found],
                     "years": list(older)})


@dataclass(frozen=True)
class TimelineEntry:
    """An entry on the timeline: an event, or a meeting with its decisions and post."""

    date: PartialDate
    event: Event | None = None
    meeting: Meeting | None = None
    decisions: tuple[Decision, ...] = ()
    post: Post | None = None
    stem: str | None = None


def timeline_page(register: Register) -> Iterator[GeneratedPage]:
    """Yield the page of events and meetings, newest first, by year."""
    entries = [TimelineEntry(event.date, event=event) for event in register.events]
    for meeting in register.meetings.values():
        post = register.post_of(meeting)
        entries.append(TimelineEntry(PartialDate.parse(meeting.id), meeting=meeting, post=post, stem=meeting.post,
                                     decisions=tuple(register.decisions_where(meeting=meeting.id))))
    entries.sort(key=lambda entry: (entry.date.first_day, entry.date.last_day), reverse=True)
    by_year: dict[int, list[TimelineEntry]] = {}
    for entry in entries:
        by_year.setdefault(entry.date.first_day.year, []).append(entry)
    yield GeneratedPage(
        address="timeline/", title="Timeline: what happened when",
        description="Inspections, meetings and decisions in the order in which they happened, newest first.",
        template="pages/timeline.html", record_file="data/events.yml", context={"years": by_year})


def disagreements_page(register: Register) -> Iterator[GeneratedPage]:
    """Yield the page of what sources report differently: what is done, what happened, and when the board met."""
    yield GeneratedPage(
        address="disagreements/", title="Where accounts disagree",
        description="Where sources do not say the same: each account, side by side, and where to read it.",
        template="pages/disagreements.html", searched=False,
        context={"actions": register.actions_where(status="disagree"),
                 "findings": [progress for progress in register.finding_progress.values() if progress.disagree],
                 "events": [event for event in register.events if event.sources_differ],
                 "meetings": [meeting for meeting in register.meetings_by_date if meeting.date_note]})
