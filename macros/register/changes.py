"""What changed, and when, computed from the records alone. `changes_in_words.py` has the text for each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from ..records import (
    Action,
    Decision,
    FamilyVerdict,
    FeedbackTheme,
    FeedbackUpdate,
    Finding,
    FindingVerdict,
    Measure,
    Observation,
    Plan,
    Priority,
    Record,
    Update,
)
from ..records.partial_date import FreeTextDue, PartialDate, parse_due
from .entries import Explained, explained
from .feedback import FeedbackProgress
from .findings import FindingProgress
from .labels import due
from .official_figures import OfficialFigures
from .progress import ENDED, STATUS_WORDS, Progress, says_open

if TYPE_CHECKING:
    from .register import Register

KINDS = ("plan", "decided", "found", "heard", "taken_up", "answered", "changed", "promised", "planned", "aim",
         "complete", "stopped", "dropped", "carried_over", "merged", "not_mentioned", "date_passed", "late", "moved",
         "dated", "owner", "status", "asked", "figure", "verdict", "family_verdict", "news", "corrected", "described",
         "taken_down")
"""The kinds of change, in the order in which a day's changes are listed."""

ORDER = {kind: number for number, kind in enumerate(KINDS)}


@dataclass(frozen=True)
class Change:
    """Something that happened to an action, a decision, a measure, a finding, a plan, a feedback theme or a
    priority: the one that is not None. `family_verdict` is what families answered when they were asked about it.

    Else the site changed what it says: see `explained`.

    `date` is as precise as it is known. `key` is permanent and unique: it is the same in every build, because histories
    only grow. `was` and `now` are what an update changed: a status, a due date or an owner.
    """

    kind: str
    date: PartialDate
    key: str
    action: Action | None = None
    update: Update | None = None
    was: PartialDate | FreeTextDue | str | None = None
    now: PartialDate | FreeTextDue | str | None = None
    days: int | None = None
    decision: Decision | None = None
    measure: Measure | None = None
    observation: Observation | None = None
    finding: Finding | None = None
    verdict: FindingVerdict | None = None
    plan: Plan | None = None
    theme: FeedbackTheme | None = None
    reply: FeedbackUpdate | None = None
    priority: Priority | None = None
    family_verdict: FamilyVerdict | None = None
    explained: Explained | None = None

    @property
    def record(self) -> Record | str:
        """The record that has the change on its page, or the path of that page."""
        if self.explained:
            return self.explained.where
        return next(record for record in (self.action, self.decision, self.measure, self.finding, self.plan,
                                          self.theme, self.priority) if record)

    def day(self, today: date) -> date:
        """Return the day on which the change counts: the last that its date covers, or today if that is earlier."""
        return min(self.date.last_day, today)

    @property
    def is_about(self) -> bool:
        """Whether the date is only the month in which an official figure was due, since no source gives the day."""
        if not (self.observation and self.measure) or self.date is self.observation.period:
            return False
        source = self.observation.source or self.measure.source
        return not (source and source.published)

    @property
    def happened(self) -> PartialDate | None:
        """When it happened, where it was added later; else None."""
        if self.kind == "answered" and self.finding:
            return self.finding.answered if self.finding.answer_added else None
        if self.kind == "date_passed" and isinstance(self.now, PartialDate):
            passed = self.now.last_day + timedelta(days=1)
            return PartialDate(passed.isoformat(), passed, passed) if passed < self.date.first_day else None
        if self.family_verdict:
            return self.family_verdict.date if self.family_verdict.added else None
        entry = self.update or self.reply or self.verdict
        return entry.happened if entry else None

    @property
    def step(self) -> str:
        """What an update says about a step, such as "Step 2, “Find a room”: its date is now March 2027"; else ""."""
        if not (self.action and self.update and self.update.step is not None):
            return ""
        number, status = self.update.step, self.update.status
        titles = [f", “{step.title}”" for step in self.action.steps[max(number - 1, 0):max(number, 0)]]
        news = [STATUS_WORDS[status].lower()] if status else []
        news += [f"its date is now {due(self.update.due)}"] if self.update.due else []
        return f"Step {number}{''.join(titles)}{': ' if news else ''}{', '.join(news)}"


def changes(register: Register) -> list[Change]:
    """Return every change up to the register's day, oldest first."""
    found = [change for progress in register.progress.values() for change in _of_action(progress)]
    for decision in register.decisions.values():
        found.append(Change("decided", PartialDate.parse(decision.meeting), f"decisions/{decision.id.lower()}",
                            decision=decision))
    for measure in register.measures.values():
        found += _of_measure(measure, register.official.get(measure.id), register.today)
    for finding in register.finding_progress.values():
        found += _of_finding(finding)
    for theme in register.feedback_progress.values():
        found += _of_theme(theme)
    for plan in register.plans.values():
        if plan.start:
            found.append(Change("plan", plan.start, f"plans/{plan.id}", plan=plan))
    found += _family_verdicts(register)
    found += [Change(item.kind, item.entry.date, item.key, explained=item) for item in explained(register)]
    return sorted((change for change in found if change.date.first_day <= register.today),
                  key=lambda change: (change.day(register.today), ORDER[change.kind], change.key))


def _of_action(progress: Progress) -> Iterator[Change]:
    action = progress.action
    place = f"actions/{action.id.lower()}"
    if progress.promised_on:
        yield Change(action.kind, progress.promised_on, f"{place}/{action.kind}", action)
    status, due, owner = None, action.due, action.owner
    for number, update in enumerate(action.updates, 1):
        found = []
        if update.step is None and update.status and update.status != status:
            found.append((update.status if update.status in ENDED else "status", status, update.status, None))
        if update.step is None and update.due and update.due != due:
            found.append(("moved" if due else "dated", due, update.due, _days(due, update.due)))
        if update.owner and update.owner != owner:
            found.append(("owner", owner, update.owner, None))
        if update.asked:
            found.append(("asked", None, None, None))
        if update.correction:
            found.append(("corrected", None, None, None))
        if update.is_news and not found:
            found.append(("news", None, None, None))
        for kind, was, now, days in found:
            yield Change(kind, update.date, f"{place}/update-{number}-{kind}", action, update, was, now, days)
        if update.step is None:
            status, due, owner = update.status or status, update.due or due, update.owner or owner
    yield from lateness(progress)
    if (replaced_by := progress.replaced_by) and replaced_by.start and replaced_by.source.read != "partly" \
            and _is_open(progress, replaced_by.start.last_day) \
            and (progress.promised_on is None or progress.promised_on.first_day <= replaced_by.start.first_day):
        yield Change("not_mentioned", replaced_by.start, f"{place}/not-mentioned-{replaced_by.id}", progress.action)


def lateness(progress: Progress) -> Iterator[Change]:
    """Yield a change for each due date in force that passed while the action was open, on the day after it.

    A second one says that it is late: on the same day where the board runs the site, else on the day of the first
    update that says so.
    """
    place = f"actions/{progress.action.id.lower()}"
    stages = _dues(progress)
    ends = [start for start, _ in stages[1:]] + [None]
    for (start, promised), end in zip(stages, ends, strict=True):
        if not isinstance(promised, PartialDate):
            continue
        day = promised.last_day + timedelta(days=1)
        day = max(day, start) if start else day
        if day > progress.today or (end and end <= day) or not _is_open(progress, day):
            continue
        passed = PartialDate(day.isoformat(), day, day)
        yield Change("date_passed", passed, f"{place}/date-passed-{promised.text.lower()}", progress.action,
                     now=promised)
        found = next((update for update in progress.own_updates if says_open(update)
                      and update.happened_on.first_day > promised.last_day
                      and not (end and end <= update.date.first_day)), None)
        if progress.is_board_run or found:
            yield Change("late", passed if progress.is_board_run or not found else found.date,
                         f"{place}/late-{promised.text.lower()}", progress.action, now=promised)


def _dues(progress: Progress) -> list[tuple[date | None, PartialDate | FreeTextDue | None]]:
    """Return each due date that readers were shown, with the day from which. A correction ends what was there."""
    corrected = [(update.date.first_day, update.correction) for update in progress.updates
                 if update.correction and update.correction.field == "due"]
    first = _due_of(corrected[0][1].was) if corrected else progress.action.due
    later = [(day, _due_of(correction.now)) for day, correction in corrected]
    later += [(update.date.first_day, update.due) for update in progress.own_updates if update.due]
    return [(None, first), *sorted(later, key=lambda stage: stage[0])]


def _due_of(value: object) -> PartialDate | FreeTextDue | None:
    try:
        return parse_due(value) if value is not None else None
    except ValueError:
        return None


def _is_open(progress: Progress, day: date) -> bool:
    given = [update.status for update in progress.own_updates if update.status and update.date.first_day <= day]
    return not given or given[-1] not in ENDED


def _days(was: PartialDate | FreeTextDue | None, now: PartialDate | FreeTextDue) -> int | None:
    return (now.last_day - was.last_day).days if isinstance(was, PartialDate) and isinstance(now, PartialDate) else None


def _of_measure(measure: Measure, official: OfficialFigures | None, today: date) -> Iterator[Change]:
    """Yield a measure's figures, each on the day its source was published.

    Where that is not known, an official figure has the month in which it was due, and another the end of its period.
    """
    given: Counter[str] = Counter()
    for observation in measure.observations:
        source = observation.source or measure.source
        period = observation.period.text.lower()
        given[period] += 1
        # Not its position in the list: a figure for an earlier period may be added before it.
        key = f"{period}-{given[period]}" if given[period] > 1 else period
        due_in = official.due_in(observation.period) if official else observation.period
        yield Change("figure", source.published if source and source.published else
                     due_in if due_in.first_day <= today else observation.period,
                     f"measures/{measure.id}/{key}", measure=measure, observation=observation)


def _of_finding(progress: FindingProgress) -> Iterator[Change]:
    """Yield what was found, what was answered, the day on which an answer became late, and each verdict."""
    finding, place = progress.finding, f"findings/{progress.finding.id}"
    yield Change("found", finding.date, f"{place}/found", finding=finding)
    shown = finding.answer_added or finding.answered
    if finding.answer and shown:
        yield Change("answered", shown, f"{place}/answered", finding=finding, now=finding.answer)
    first_due, added, answered = (_first_said(finding, field) for field in ("answer_due", "answer_added", "answered"))
    late = {str(change.now and due(change.now)): change for change in (
        *_late_answer(progress, first_due, added or answered), *_late_answer(progress, finding.answer_due, shown))}
    yield from late.values()
    for number, verdict in enumerate(finding.verdicts, 1):
        yield Change("verdict", verdict.date, f"{place}/verdict-{number}", finding=finding, verdict=verdict)


def _late_answer(progress: FindingProgress, answer_due: PartialDate | FreeTextDue | None, shown: PartialDate | None
                 ) -> Iterator[Change]:
    """Yield that the answer to a finding was late, if it was due then, and this site first showed one on that day."""
    if not isinstance(answer_due, PartialDate):
        return
    day = answer_due.last_day + timedelta(days=1)
    was_answered = progress.finding.answer and (shown is None or shown.first_day < day)
    if day <= progress.today and not was_answered:
        yield Change("late", PartialDate(day.isoformat(), day, day),
                     f"findings/{progress.finding.id}/late-{answer_due.text.lower()}", now=answer_due,
                     finding=progress.finding)


def _first_said(finding: Finding, field: str) -> Any:
    """Return a date of a finding as it was before all corrections: what readers were shown stays under what changed."""
    corrected = next((entry for entry in finding.corrections if entry.field == field), None)
    return _due_of(corrected.was) if corrected else getattr(finding, field)


def lateness_of_answers(register: Register, kind: str, id: str) -> list[Change]:
    """Return the changes that say to readers that the answer to a finding or a feedback theme was late."""
    found = _of_finding(register.finding_progress[id]) if kind == "findings" else \
        _of_theme(register.feedback_progress[id])
    return [change for change in found if change.kind == "late"]


def _of_theme(progress: FeedbackProgress) -> Iterator[Change]:
    """Yield what families said, each update on it, and the day on which an answer became late."""
    theme, place = progress.theme, f"feedback/{progress.theme.id.lower()}"
    yield Change("heard", theme.heard.date, f"{place}/heard", theme=theme)
    given: Counter[str] = Counter()
    for reply in progress.history:
        day = reply.date.text.lower()
        given[day] += 1
        # Not its position in the list: what was published earlier may be found, and added, later.
        key = f"{day}-{given[day]}" if given[day] > 1 else day
        yield Change("answered" if reply.answer else "changed" if reply.changed else "taken_up", reply.date,
                     f"{place}/update-{key}", theme=theme, reply=reply)
    if progress.first_answer_day and progress.was_shown_overdue:
        day_after = progress.first_answer_day + timedelta(days=1)
        due_on = PartialDate(progress.first_answer_day.isoformat(), progress.first_answer_day,
                             progress.first_answer_day)
        yield Change("late", PartialDate(day_after.isoformat(), day_after, day_after), f"{place}/answer-late",
                     now=due_on, theme=theme)


def _family_verdicts(register: Register) -> Iterator[Change]:
    """Yield each verdict of families, as a change to what it is about."""
    for id, verdict in register.family_verdicts.items():
        action, finding, priority = (records.get(verdict.about) for records in
                                     (register.actions, register.findings, register.priorities))
        if action or finding or priority:
            yield Change("family_verdict", verdict.added or verdict.date, f"asked/{id}", action, finding=finding,
                         priority=priority, family_verdict=verdict)
