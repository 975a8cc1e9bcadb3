"""What became of a finding up to a day: its answer, the promises for it, and who says that it is better."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from ..records import FamilyVerdict, Finding, FindingVerdict, Measure, Organisation
from ..records.partial_date import PartialDate
from .progress import DUE_SOON_DAYS, Progress, urgency
from .verdicts import INDEPENDENT_KINDS, WORDS, Account, newest_of_each, prevailing, up_to

if TYPE_CHECKING:
    from .register import Register

ANSWER_WORDS = {"accepted": "Accepted", "partly": "Accepted in part", "refused": "Refused"}
"""The label of each answer to a finding."""

SAYS_WORDS = {"better": "Better", "partly": "Better in part", "same": "No better", "worse": "Worse"}
"""The label of each verdict on a finding."""

RANKS = {"better": 2, "partly": 1, "same": 0, "worse": -1}

FEEL_RANKS = {"yes": 2, "partly": 1, "no": 0}
"""The rank of what most families answered when they were asked, on the same scale."""

MIN_DISAGREEMENT = 2
"""How many ranks lie between two verdicts that cannot both be right: better and no better, in part and worse."""


@dataclass(frozen=True)
class Said:
    """A verdict on a finding, whose word it is (see `register.verdicts.WORDS`), and how a page says both."""

    verdict: FindingVerdict
    word: str
    label: str


@dataclass(frozen=True)
class FindingProgress:
    """A finding with what belongs to it on the day `today`.

    `actions` and `measures` are those that the finding names, then those of the priorities that are this finding.
    `said` holds every verdict on it, in the order of the record, and `asked` what families answered when they were
    asked about it, newest first.
    """

    finding: Finding
    today: date
    actions: tuple[Progress, ...]
    measures: tuple[Measure, ...]
    said: tuple[Said, ...]
    asked: tuple[FamilyVerdict, ...] = ()

    @cached_property
    def promises(self) -> tuple[Progress, ...]:
        """The promises that answer it. A plan or an aim is no promise, and answers nothing."""
        return tuple(progress for progress in self.actions if progress.action.is_promise)

    @cached_property
    def has_no_promise(self) -> bool:
        return not self.promises

    @cached_property
    def is_unanswered(self) -> bool:
        """Whether neither an answer nor a promise is known."""
        return self.finding.answer is None and self.has_no_promise

    @cached_property
    def answer_day(self) -> date | None:
        """The last day of the date by which an answer was due, or None."""
        due = self.finding.answer_due
        return due.last_day if isinstance(due, PartialDate) else None

    @cached_property
    def is_overdue(self) -> bool:
        """Whether the day for an answer has passed, and none is known."""
        return self.finding.answer is None and self.answer_day is not None and self.today > self.answer_day

    @cached_property
    def days_overdue(self) -> int:
        return (self.today - self.answer_day).days if self.is_overdue and self.answer_day else 0

    @cached_property
    def is_due_soon(self) -> bool:
        """Whether an answer is due today or within the next 30 days."""
        return self.finding.answer is None and self.answer_day is not None \
            and 0 <= (self.answer_day - self.today).days <= DUE_SOON_DAYS

    @cached_property
    def verdicts(self) -> tuple[Said, ...]:
        """The newest verdict of each organisation: they are shown side by side and never merged."""
        newest = {said.verdict.by: said for said in sorted(self.said,
                                                           key=lambda said: said.verdict.happened_on.first_day)}
        return tuple(sorted(newest.values(), key=lambda said: WORDS.index(said.word)))

    @cached_property
    def disagree(self) -> bool:
        """Whether two of the newest verdicts contradict each other, those of families included."""
        ranks = [RANKS[said.verdict.says] for said in self.verdicts]
        ranks += [FEEL_RANKS[word] for one in newest_of_each(self.asked) if (word := prevailing(one.feel))]
        return bool(ranks) and max(ranks) - min(ranks) >= MIN_DISAGREEMENT


def finding_progress(register: Register, finding: Finding) -> FindingProgress:
    """Return what became of a finding on the register's day."""
    links = register.backlinks
    views = links.priorities_of_finding.get(finding.id, [])
    actions = [id for id in finding.actions if id in register.progress]
    actions += [progress.action.id for view in views for progress in links.actions_of_priority.get(view.id, [])]
    measures = [id for id in finding.measures if id in register.measures]
    measures += [measure.id for view in views for measure in links.measures_of_priority.get(view.id, [])]
    found = sorted((register.progress[id] for id in dict.fromkeys(actions)),
                   key=lambda progress: urgency(progress, links.is_felt_by_families(progress)))
    return FindingProgress(
        finding, register.today, tuple(found),
        tuple(register.measures[id] for id in dict.fromkeys(measures)),
        tuple(_said(register, finding, verdict) for verdict in finding.verdicts),
        up_to(register.today, (verdict for id in (finding.id, *(view.id for view in views))
                               for verdict in links.asked_about.get(id, []))))


def _said(register: Register, finding: Finding, verdict: FindingVerdict) -> Said:
    organisation = register.organisations.get(verdict.by)
    word = _word(register, finding, organisation)
    return Said(verdict, word, register.speakers.label(SAYS_WORDS[verdict.says], Account(word, organisation, None)))


def _word(register: Register, finding: Finding, organisation: Organisation | None) -> str:
    """Return whose word an organisation's verdict is: that of the responsible, of families, or of somebody else."""
    if organisation and organisation.kind == "parent carer forum":
        return "families"
    if organisation and organisation.kind in INDEPENDENT_KINDS:
        return "independent"
    responsible = [found for id in finding.responsible if (found := register.organisations.get(id))]
    return "owner" if organisation and any(_speaks_for(organisation, body) for body in responsible) else "partner"


def _speaks_for(organisation: Organisation, body: Organisation) -> bool:
    """Return whether an organisation is the responsible body, one of its members, or a partnership that it is in."""
    return organisation.id == body.id or organisation.id in body.members or body.id in organisation.members


def pressing_first(progress: FindingProgress) -> tuple[int, date, str]:
    """Return the order of lists: answer overdue, then unanswered, without a promise, and the rest, each oldest first.
    """
    rank = 0 if progress.is_overdue else 1 if progress.is_unanswered else 2 if progress.has_no_promise else 3
    return rank, progress.finding.date.first_day, progress.finding.id
