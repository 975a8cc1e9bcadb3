"""The register: all records of an area with their references, on one day."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

from ..records import (
    Action,
    Area,
    Decision,
    Event,
    Exemption,
    FamilyVerdict,
    FeedbackTheme,
    Finding,
    Forum,
    Looked,
    Measure,
    Meeting,
    Organisation,
    Plan,
    Post,
    PreElection,
    Priority,
    Redirect,
    Service,
    Source,
    TakenDownPage,
    Term,
    Topic,
)
from ..records.partial_date import PartialDate
from ..source.files import Document
from .backlinks import Backlinks
from .changes import Change, changes
from .feedback import FeedbackProgress
from .findings import FindingProgress, finding_progress
from .official_figures import OfficialFigures, OverdueFigure, period_in_words
from .progress import Progress
from .verdicts import Speakers, up_to

MAX_DAYS_BETWEEN_SEARCHES = 60
"""After how many days without a search for news every page says so."""


@dataclass(frozen=True)
class Page:
    """A Markdown page or post of the area: `stem` is its file's name without the ending."""

    document: Document
    stem: str
    post: Post | None = None


@dataclass(frozen=True)
class Register:
    """Every record of an area by its id. Everything computed holds on the day `today`.

    `measures` includes those made from official figures, which are in `official` by the same id.
    `files` are all files and folders in data/ and docs/, in order.
    `documents` maps a record's kind and id to its file and its place there.
    `unreadable_ids` holds the ids of records that could not be read: references to them are not reported as well;
    `unread` holds the kinds whose list could not be read at all.
    """

    root: Path
    today: date
    area: Area
    actions: dict[str, Action] = field(default_factory=dict)
    decisions: dict[str, Decision] = field(default_factory=dict)
    meetings: dict[str, Meeting] = field(default_factory=dict)
    measures: dict[str, Measure] = field(default_factory=dict)
    official: dict[str, OfficialFigures] = field(default_factory=dict)
    findings: dict[str, Finding] = field(default_factory=dict)
    family_verdicts: dict[str, FamilyVerdict] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    priorities: dict[str, Priority] = field(default_factory=dict)
    plans: dict[str, Plan] = field(default_factory=dict)
    feedback: dict[str, FeedbackTheme] = field(default_factory=dict)
    forums: dict[str, Forum] = field(default_factory=dict)
    topics: dict[str, Topic] = field(default_factory=dict)
    services: dict[str, Service] = field(default_factory=dict)
    terms: dict[str, Term] = field(default_factory=dict)
    events: tuple[Event, ...] = ()
    looked: tuple[Looked, ...] = ()
    redirects: dict[str, Redirect] = field(default_factory=dict)
    safety: tuple[Exemption, ...] = ()
    taken_down: tuple[TakenDownPage, ...] = ()
    posts: dict[str, Post] = field(default_factory=dict)
    pages: tuple[Page, ...] = ()
    documents: dict[tuple[str, str], tuple[Document, tuple[int, ...]]] = field(default_factory=dict)
    unreadable_ids: dict[str, set[str]] = field(default_factory=dict)
    unread: frozenset[str] = frozenset()
    files: tuple[Path, ...] = ()

    def ids(self, kind: str) -> set[str]:
        """Return every id of a kind (actions, decisions, …), those that could not be read included."""
        return set(getattr(self, kind)) | self.unreadable_ids.get(kind, set())

    def is_missing(self, kind: str, id: str) -> bool:
        """Return whether there is certainly no record with this id."""
        return id not in getattr(self, kind) and kind not in self.unread and id not in self.unreadable_ids.get(kind, ())

    def location_of(self, kind: str, id: str, *path: str | int) -> tuple[str, int]:
        """Return the file and line of a record, or of the value at `path` inside it."""
        document, at = self.documents[kind, id]
        return document.path, document.line(*at, *path)

    @cached_property
    def progress(self) -> dict[str, Progress]:
        """The progress of each action today."""
        is_board_run = getattr(self.area, "standing", None) == "adopted"
        return {id: Progress(action, self.promised_on(action), self.today, is_board_run, self.source_of(action),
                             self.speakers, self.replaced_by.get(action.plan or ""),
                             tuple(self.backlinks.asked_about.get(id, []))) for id, action in self.actions.items()}

    @cached_property
    def replaced_by(self) -> dict[str, Plan]:
        """The plan that has replaced each plan, up to today: the first one, where several name it."""
        newest_first = sorted((plan for plan in self.plans.values() if plan.replaces and plan.start
                               and plan.start.first_day <= self.today), reverse=True,
                              key=lambda plan: plan.start.first_day if plan.start else self.today)
        return {plan.replaces: plan for plan in newest_first if plan.replaces}

    @cached_property
    def speakers(self) -> Speakers:
        """Whose word a source is."""
        return Speakers(self.organisations)

    @cached_property
    def finding_progress(self) -> dict[str, FindingProgress]:
        """What became of each finding up to today."""
        return {id: finding_progress(self, finding) for id, finding in self.findings.items()}

    @cached_property
    def feedback_progress(self) -> dict[str, FeedbackProgress]:
        """What became of each feedback theme up to today."""
        agreed = getattr(self.area, "answer_within", None)
        return {id: FeedbackProgress(theme, self.today, agreed.days if agreed else None)
                for id, theme in self.feedback.items()}

    def facts_of(self, priority: Priority) -> Priority | Finding:
        """Return what holds the text, the responsible bodies and the source of a priority: its finding, or itself."""
        return self.findings.get(priority.finding or "", priority)

    def asked_about(self, priority: Priority) -> tuple[FamilyVerdict, ...]:
        """Return what families answered about a priority, or about the finding that it is, newest first."""
        finding = self.finding_progress.get(priority.finding or "")
        return finding.asked if finding else up_to(self.today, self.backlinks.asked_about.get(priority.id, []))

    @cached_property
    def backlinks(self) -> Backlinks:
        """References between records, read backwards."""
        return Backlinks(self)

    def meeting_of(self, action: Action) -> Meeting | None:
        """Return the meeting at which an action was said, also where only its decision is given."""
        if not action.said_at:
            return None
        decision = self.decisions.get(action.said_at.decision or "")
        return self.meetings.get(action.said_at.meeting or (decision.meeting if decision else ""))

    def promised_on(self, action: Action) -> PartialDate | None:
        """Return when an action was promised: the date of its meeting, else of its source, or None.

        What somebody asks for in a finding has the date of the finding, if that is known from the same source.
        """
        meeting = self.meeting_of(action)
        if meeting:
            return self.day_of_meeting[meeting.id]
        if action.source and action.source.published:
            return action.source.published
        return next((finding.date for finding in self._findings_by_action.get(action.id, [])
                     if finding.from_ == action.said_by and finding.source == action.source), None)

    @cached_property
    def _findings_by_action(self) -> dict[str, list[Finding]]:
        """The findings that name each action. Those of the backlinks need the progress, which needs these."""
        found: dict[str, list[Finding]] = {}
        for finding in self.findings.values():
            for id in finding.actions:
                found.setdefault(id, []).append(finding)
        return found

    def source_of(self, record: Action | Decision) -> Source | None:
        """Return a record's own source, or that of its meeting."""
        if record.source:
            return record.source
        meeting = self.meeting_of(record) if isinstance(record, Action) else self.meetings.get(record.meeting)
        return meeting.source if meeting else None

    def actions_where(self, *, owner: str | None = None, priority: str | None = None, status: str | None = None,
                      meeting: str | None = None) -> list[Progress]:
        """Return the progress of the actions that fit every filter given, most urgent first.

        `status` may be a status, or one of late, date_passed, done_late, disagree, quiet, moved, open, due_soon, silent
        (no update published), unstated (updates, but none of them gives a status).
        """
        named = ((self.backlinks.actions_of_meeting, meeting), (self.backlinks.actions_of_owner, owner),
                 (self.backlinks.actions_of_priority, priority), (self.backlinks.actions_of_state, status))
        found = [actions.get(word, []) for actions, word in named if word is not None]
        if not found:
            return list(self.backlinks.by_urgency)
        return [
            progress for progress in min(found, key=len)
            if (owner is None or owner == (progress.owner or "not-published"))
            and (priority is None or priority in progress.action.priorities)
            and (meeting is None or meeting == getattr(self.meeting_of(progress.action), "id", None))
            and (status is None or status in progress.states)
        ]

    def decisions_where(self, *, meeting: str | None = None) -> list[Decision]:
        """Return the decisions, newest meeting first, or those of one meeting."""
        return list(self.backlinks.decisions if meeting is None else
                    self.backlinks.decisions_of_meeting.get(meeting, []))

    @cached_property
    def day_of_meeting(self) -> dict[str, PartialDate]:
        """The day of each meeting."""
        return {id: PartialDate.parse(id) for id in self.meetings}

    @cached_property
    def meetings_by_date(self) -> list[Meeting]:
        """All meetings, newest first."""
        return sorted(self.meetings.values(), key=lambda meeting: meeting.id, reverse=True)

    @cached_property
    def next_meeting(self) -> Meeting | None:
        """The first planned meeting from today on, or None if no date has been published."""
        planned = [meeting for meeting in self.meetings.values()
                   if meeting.state == "planned" and meeting.id >= self.today.isoformat()]
        return min(planned, key=lambda meeting: meeting.id, default=None)

    @cached_property
    def pre_election_period(self) -> PreElection | None:
        """The pre-election period that includes today, or None."""
        return next((time for time in getattr(self.area, "pre_election", ())
                     if time.first_day.first_day <= self.today <= time.last_day.last_day), None)

    @cached_property
    def last_meeting(self) -> Meeting | None:
        return next((meeting for meeting in self.meetings_by_date if meeting.state == "held"), None)

    @cached_property
    def last_looked(self) -> Looked | None:
        """When the site's editors last looked for news, up to today; None where that is not recorded."""
        return next((looked for looked in reversed(self.looked) if looked.date.first_day <= self.today), None)

    @cached_property
    def is_search_old(self) -> bool:
        """Whether the editors have recorded a search for news, and the last one was more than 60 days ago."""
        return self.last_looked is not None and \
            (self.today - self.last_looked.date.last_day).days > MAX_DAYS_BETWEEN_SEARCHES

    @cached_property
    def posts_by_date(self) -> list[tuple[str, Post]]:
        """All published posts with the stems of their files, newest first."""
        published = [(stem, post) for stem, post in self.posts.items() if not post.draft]
        return sorted(published, key=lambda item: (item[1].date.last_day, item[0]), reverse=True)

    def post_of(self, meeting: Meeting) -> Post | None:
        """Return the published post about a meeting, or None: a draft is not for readers."""
        post = self.posts.get(meeting.post or "")
        return None if post is None or post.draft else post

    def period_in_words(self, measure: str, period: PartialDate) -> str:
        """Return a period as the pages of a measure name it, such as "2024/25" for a school year."""
        official = self.official.get(measure)
        return period_in_words(official.indicator if official else None, period)

    @cached_property
    def overdue_figures(self) -> list[OverdueFigure]:
        """Official figures that were due before today and that the area does not hold, longest overdue first."""
        codes = getattr(self.area, "codes", None)
        found = [OverdueFigure(self.measures[id], period, due) for id, figures in self.official.items()
                 if codes and id in self.measures and codes.gss in figures.by_place
                 for period, due in figures.overdue(codes.gss, self.today)]
        return sorted(found, key=lambda item: (item.due, item.measure.id))

    @cached_property
    def latest_publication(self) -> date:
        """The newest day, up to today, on which anything in the records was published or happened.

        Open data carries this date and not that of the build, so that it changes only when a record does.
        """
        dates = [self.day_of_meeting[meeting.id] for meeting in self.meetings.values() if meeting.state == "held"] + \
            [event.date for event in self.events] + [looked.date for looked in self.looked]
        dates += [post.date for _, post in self.posts_by_date] + [theme.heard.date for theme in self.feedback.values()]
        dates += [update.date for theme in self.feedback.values() for update in theme.updates]
        dates += [day for finding in self.findings.values() if (given := (
            finding.date, finding.answered, finding.answer_added, *(verdict.date for verdict in finding.verdicts)))
                  for day in given if day]
        dates += [verdict.added or verdict.date for verdict in self.family_verdicts.values()]
        dates += [topic.as_of for topic in self.topics.values() if topic.as_of]
        dates += [update.date for action in self.actions.values() for update in action.updates]
        dates += [plan.source.published for plan in self.plans.values() if plan.source.published]
        dates += [period for period in map(self.promised_on, self.actions.values()) if period]
        return max((period.first_day for period in dates if period.first_day <= self.today), default=self.today)

    @cached_property
    def changes(self) -> list[Change]:
        """Every change up to today, oldest first."""
        return changes(self)

    @cached_property
    def change_days(self) -> list[date]:
        """The day on which each change counts, in the order of `changes`."""
        return [change.day(self.today) for change in self.changes]

    def name_of(self, organisation: str | None) -> str:
        """Return an organisation's short name, or its name."""
        record = self.organisations.get(organisation or "")
        return (record.short_name or record.name) if record else "Owner not published"

