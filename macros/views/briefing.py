"""The briefing for councillors: two sheets of paper with all that there is to ask about, of whom and where."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import ceil
from string import ascii_uppercase
from typing import Any

from ..records import Action, FeedbackTheme, Finding, Measure, Record
from ..records.partial_date import FreeTextDue, PartialDate, day_in_words
from ..register import Progress, Register
from ..register.changes import Change
from ..register.changes_in_words import subject
from ..register.feedback import FeedbackProgress
from ..register.findings import ANSWER_WORDS, SAYS_WORDS, FindingProgress
from ..register.forums import Place, next_place, place_for_bodies
from ..register.intervals import MeetingInterval, meeting_intervals
from ..register.labels import due
from .actions import promises, status_counts
from .answers import ASKED_FIRST, answer
from .changes import groups, summary
from .feedback import unanswered
from .findings import in_order
from .generated_page import Context, GeneratedPage
from .readings import reading

LINES_ON_TWO_SHEETS = 142
"""How many lines of text two sheets of A4 hold in the size of the briefing, with a few to spare for page breaks."""

LINES_OF_FRAME = 15
"""The title, the paragraph below it, the notes at the end, and the heading of what changed."""

LINES_OF_HEADING = 4.5
"""The heading of a list, its question, and the headings of its columns, with the space around them."""

LINE_BETWEEN_ROWS = 0.25

CHARACTERS = (46, 19, 28)
"""How many characters fit on a line of each column: what, whom to ask, and since when. A wide font is assumed."""

CHARACTERS_OF_TEXT = 105
"""How many fit on a line of the whole width."""

MAX_NAMED_CHANGES = 4
"""How many changes of one kind are named; of more, the page of changes has the rest."""

MIN_MEASURES = 8
"""How many measures have room in any case. With more room there are more."""

LINES_OF_MEASURE = 2 + LINE_BETWEEN_ROWS

DUE_NEXT_DAYS = 60
"""How far "due next" looks ahead when no date of a next meeting has been published."""

LISTED_BELOW = ("late", "date_passed", "not_mentioned")
"""Changes that put an action into one of the lists of the page, where it is marked as new."""

COUNTED_ONLY = (*LISTED_BELOW, "figure", "news", "status", "corrected", "described", "taken_down", "asked")
"""Changes that are not named under "What changed": the lists below name them, or the page of changes does."""


@dataclass(frozen=True)
class Item:
    """Something to ask about. `asked` are the organisations that answer for it, `office` the office inside the owner.

    `date` is the day that matters, and `days` is how long ago that was. `date_label` says what day it is where its list
    has days of several kinds. `place` is where to ask. `is_new` if it is in its list only since the last meeting.
    """

    record: Action | Finding | FeedbackTheme
    title: str
    asked: tuple[str, ...]
    office: str | None = None
    date: PartialDate | FreeTextDue | None = None
    date_label: str = ""
    days: int | None = None
    moved: str = ""
    place: Place | None = None
    is_new: bool = False

    def lines(self, register: Register) -> float:
        """Return how many lines of a sheet it takes, by the longest of its cells."""
        moved = f" (moved {self.moved})" if self.moved else ""
        date = len(f"{self.date_label} {self.date}{moved}") + 22 * bool(self.days)
        names = sum(len(register.name_of(id)) + 2 for id in self.asked) + len(self.office or "")
        written = (len(self.title) + 6 + 6 * self.is_new, names, date)
        return LINE_BETWEEN_ROWS + max(1, *(ceil(length / most)
                                            for length, most in zip(written, CHARACTERS, strict=True)))


@dataclass(frozen=True)
class Section:
    """A list with the question to ask about each of its items. `count` is how many there are, with those left out.

    `dates` is the heading of the days that matter. `more` is the address of the list that has them all.
    """

    id: str
    title: str
    question: str
    dates: str
    items: tuple[Item, ...]
    count: int
    more: str

    @property
    def left_out(self) -> int:
        return self.count - len(self.items)


def briefing_page(register: Register) -> Iterator[GeneratedPage]:
    """Yield the briefing for councillors, made to be printed before a meeting."""
    yield GeneratedPage(
        address="briefing/", title="Briefing for councillors",
        description="Two pages to print before a meeting: what changed since the last one, what is late or has no "
                    "answer, the figures, and what to ask, of whom and where.",
        template="pages/briefing.html", searched=False, context=briefing_context(register))


def briefing_context(register: Register) -> Context:
    """Return the lists of what to ask about, no item in two of them, what changed, and the figures."""
    span = meeting_intervals(register)[0]
    sections = list(_sections(register, span))
    listed = {item.record.id for section in sections for item in section.items}
    changed = list(_changed(register, span, listed))
    places = {item.place.forum.id: item.place for section in sections for item in section.items if item.place}
    in_order_of_days = sorted(places.values(), key=lambda place: place.day)
    measures = sorted(register.measures.values(), key=_judged_first)
    lines_of_changes = sum(ceil((len(heading) + sum(len(words) + 2 for _, words in found)) / CHARACTERS_OF_TEXT)
                           for heading, found, _ in changed)
    shown, lines_left = fit(
        register, sections, LINES_ON_TWO_SHEETS - LINES_OF_FRAME - LINES_OF_HEADING - lines_of_changes
        - (len(places) + 2 if places else 0) - LINES_OF_MEASURE * min(MIN_MEASURES, len(measures)))
    answers = [answer(register, measure) for measure in
               measures[:MIN_MEASURES + max(0, int(lines_left / LINES_OF_MEASURE))]]
    return {
        "all": status_counts(register.progress.values()), "span": span, "counts": summary(span), "changed": changed,
        "sections": shown, "next_meeting": register.next_meeting,
        "places": list(zip(ascii_uppercase, in_order_of_days, strict=False)),
        "letters": {place.forum.id: letter for letter, place in zip(ascii_uppercase, in_order_of_days, strict=False)},
        "measures": answers, "more_measures": len(measures) - len(answers),
    }


def fit(register: Register, sections: Iterable[Section], lines: float) -> tuple[list[Section], float]:
    """Return the sections that have items, with as many as these lines hold, the first sections first; and how many
    lines are left."""
    found = []
    for section in sections:
        lines -= LINES_OF_HEADING if section.items else 0
        shown = []
        for item in section.items:
            if lines < item.lines(register):
                lines = 0
                break
            lines -= item.lines(register)
            shown.append(item)
        if shown:
            found.append(replace(section, items=tuple(shown)))
    return found, lines


def _sections(register: Register, span: MeetingInterval) -> Iterator[Section]:
    """Yield every list in the order of the page. What is in one is in no later one."""
    new = {change.action.id for change in span.changes if change.action and change.kind in LISTED_BELOW} \
        if span.since else set()
    left = promises(register.actions_where(status="open"))
    until = _due_next_until(register)

    def of_actions(id: str, title: str, question: str, more: str, belongs: Callable[[Progress], object],
                   order: Callable[[Progress], Any] | None = None, dates: str = "Due") -> Section:
        found = sorted(filter(belongs, left), key=order) if order else list(filter(belongs, left))
        taken = {progress.action.id for progress in found}
        left[:] = [progress for progress in left if progress.action.id not in taken]
        return Section(id, title, question, dates, tuple(
            _action(register, progress, progress.action.id in new, is_quiet=id == "quiet") for progress in found),
                       len(found), f"actions/?status={more}")

    yield of_actions("late", "Late", "What has been done, what is left to do, and by when will it be finished?", "late",
                     lambda progress: progress.is_late)
    yield of_actions("passed", "Date passed, and we have not found out",
                     "Was it done, and where can families see it? If not, by when will it be?", "date_passed",
                     lambda progress: progress.is_unresolved)
    findings = in_order(register)
    no_answer = [*(_finding(register, progress) for progress in findings if progress.is_overdue),
                 *(_theme(register, progress) for progress in unanswered(register))]
    yield Section("no-answer", "Waiting for an answer", "What is the answer, and what will be different for families?",
                  "Since when", tuple(no_answer), len(no_answer), "you-said/")
    unpromised = [_finding(register, progress) for progress in findings
                  if progress.has_no_promise and not progress.is_overdue]
    yield Section("no-promise", "Found or recommended, and no promise made for it",
                  "What will be done about it, by whom and by when?", "Published", tuple(unpromised), len(unpromised),
                  "findings/")
    yield of_actions("not-mentioned", "Not mentioned in the plan that followed",
                     "Does this promise still hold, and by when will it be kept?", "not_mentioned",
                     lambda progress: progress.fate == "not_mentioned")
    ahead = f"the next meeting, {day_in_words(until)}" if register.next_meeting else day_in_words(until)
    yield of_actions("next", f"Due by {ahead}", "Will it be finished by then, and where will families see it?",
                     "due_soon", lambda progress: progress.due_day and progress.due_day <= until,
                     lambda progress: progress.due_day)
    yield of_actions("quiet", "No news for 90 days or more", "What has been done so far, and what comes next by when?",
                     "quiet", lambda progress: progress.is_stale, _longest_silence_first, "Last news")
    yield of_actions("moved", "In time, but with a date that has moved",
                     "Why has it moved, and will the new date hold?", "moved", lambda progress: progress.times_moved,
                     lambda progress: -progress.times_moved)


def _action(register: Register, progress: Progress, is_new: bool, is_quiet: bool) -> Item:
    return Item(progress.action, progress.action.title, (progress.owner,) if progress.owner else (),
                progress.action.office, progress.last_news_on if is_quiet else progress.due, "",
                progress.days_without_news if is_quiet else progress.days_past_due or None,
                progress.times_moved_in_words if progress.times_moved else "",
                next_place(register, progress.owner), is_new)


def _finding(register: Register, progress: FindingProgress) -> Item:
    finding = progress.finding
    return Item(finding, finding.title, finding.responsible,
                date=finding.answer_due if progress.is_overdue else finding.date,
                date_label="answer due" if progress.is_overdue else "", days=progress.days_overdue or None,
                place=place_for_bodies(register, finding.responsible))


def _theme(register: Register, progress: FeedbackProgress) -> Item:
    # What nobody has taken up is a question to the owner of what answers it, or else to the board.
    board = next((id for id, organisation in register.organisations.items() if organisation.kind == "board"), None)
    owners = (register.progress[id].owner for id in progress.theme.actions if id in register.progress)
    theme, owner = progress.theme, progress.taken_up_by or next(filter(None, owners), None) or board
    day = PartialDate.parse(progress.answer_day.isoformat()) if progress.answer_day else None
    return Item(theme, theme.title, (owner,) if owner else (), date=day or theme.heard.date,
                date_label="answer due" if day else "heard",
                days=(progress.days_overdue if day else progress.days_unanswered) or None,
                place=next_place(register, owner))


def _changed(register: Register, span: MeetingInterval, listed: set[str]
             ) -> Iterator[tuple[str, list[tuple[Record, str]], int]]:
    """Yield the heading of each kind of change, the records that changed with what to say of each, and how many more
    there are. What a list of the page names is left out, and so is what was named before."""
    named = set(listed)
    for kind, heading, found in groups(span):
        if kind in COUNTED_ONLY:
            continue
        new = {change.record.id: change for change in found if not (change.action and not change.action.is_promise)
               and change.record.id not in named}
        named |= set(new)
        if new:
            shown = list(new.values())[:MAX_NAMED_CHANGES]
            yield heading, [(change.record, _in_words(register, change)) for change in shown], len(new) - len(shown)


def _in_words(register: Register, change: Change) -> str:
    """Return what changed and what is new about it: "A-012 Write to families: now 30 June 2027"."""
    more = ""
    if change.kind == "complete" and change.action and change.update:
        more = register.progress[change.action.id].label_of(change.update)
    elif change.kind in ("moved", "dated"):
        more = f"now {due(change.now)}"
    elif change.verdict:
        more = f"{SAYS_WORDS[change.verdict.says]}, says {register.name_of(change.verdict.by)}" \
            f"{', as reported' if register.speakers.is_reported(change.verdict) else ''}"
    elif change.kind == "answered" and change.finding:
        more = ANSWER_WORDS[str(change.now)]
    return f"{subject(change)}: {more[0].lower()}{more[1:]}" if more else subject(change)


def _due_next_until(register: Register) -> date:
    planned = register.next_meeting
    return date.fromisoformat(planned.id) if planned else register.today + timedelta(days=DUE_NEXT_DAYS)


def _longest_silence_first(progress: Progress) -> tuple[bool, int]:
    """A sort key. Actions with no date to count from come last."""
    return progress.days_without_news is None, -(progress.days_without_news or 0)


def _judged_first(measure: Measure) -> tuple[bool, bool, bool, str]:
    """A sort key. Measures that a law or a target judges come first, then what families ask first."""
    found = reading(measure)
    return measure.law is None, found.meets_target is None, measure.id not in ASKED_FIRST, measure.title
