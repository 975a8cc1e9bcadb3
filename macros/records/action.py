"""Actions: promises, plans and aims, each with the history that follows it."""

from __future__ import annotations

from typing import Annotated, Any, Literal, get_args

from pydantic import Field, model_validator

from ..problem import invalid
from .base import (
    ActionId,
    ActionRef,
    Date,
    DecisionRef,
    Due,
    ForumRef,
    Guard,
    MeetingRef,
    OrganisationRef,
    PlanRef,
    PriorityRef,
    Prose,
    Record,
    Source,
    TakeDowns,
    Text,
    WebAddress,
    check_happened,
)
from .partial_date import PartialDate

Status = Literal["not_started", "in_progress", "at_risk", "blocked", "complete", "stopped", "dropped", "carried_over",
                 "merged"]
STATUSES: tuple[str, ...] = get_args(Status)

MOVED_ON = ("carried_over", "merged")
"""The statuses of an action that goes on as another one."""

ENDED = ("complete", "stopped", "dropped", *MOVED_ON)

ActionKind = Literal["promised", "planned", "aim"]
ACTION_KINDS: tuple[str, ...] = get_args(ActionKind)
"""What an action is: a source commits somebody to it, somebody reported a plan, or somebody hoped for it."""

MAX_DONE_WHEN = 4
"""How many lines may say when a promise is kept: more would not be read."""

ADD_A_REASON = 'add a line "reason:" that says why'


class Evidence(Record):
    """Something that a reader can open to see that a status is true.

    `by` is whose word it is, where its site is not among those of an organisation. `done_when` is the number, from 1,
    of the line of the action's `done_when` that it shows to be true.
    """

    title: Text
    url: WebAddress
    archived: WebAddress | None = None
    by: OrganisationRef | None = None
    done_when: int | None = None


class UpdateCorrection(Record):
    """A mistake corrected in the open: the field, what it said, what is right, and why."""

    field: Literal["title", "detail", "owner", "office", "with", "priorities", "due", "due_note", "done_when", "kind",
                   "said_by", "said_at", "plan", "steps", "source", "note", "updates"]
    was: Any
    now: Any
    reason: Text
    source: Source | None = None


class Asked(Record):
    """A question that somebody asked about the action in public, and the answer to it, if there is one."""

    forum: ForumRef
    answer: Prose | None = None


class Update(Record):
    """One dated entry in an action's history. `date` is the day the fact happened or was published.

    `editorial` marks what the site's own editors found: readers see it, but it is not news of the promise.

    `step` is the number, from 1, of the step that the update is about. Its status and date are then those of the step.

    `asked` is a question that was asked in public: only its answer is news.

    `to` is the action that goes on with this one, where its status says that it was carried over or merged.

    A history is in the order of publication. An update that is backdated has in `date` the day on which it is added,
    and in `happened` the earlier day that it reports.
    """

    date: Date
    happened: Date | None = None
    step: int | None = None
    note: Prose | None = None
    status: Status | None = None
    to: ActionRef | None = None
    due: Due | None = None
    owner: OrganisationRef | None = None
    reason: Prose | None = None
    evidence: tuple[Evidence, ...] = ()
    asked: Asked | None = None
    correction: UpdateCorrection | None = None
    source: Source | None = None
    editorial: bool = False

    @property
    def is_news(self) -> bool:
        """Whether the update has news of the promise: a correction of its record alone is none, nor is what the site's
        own editors found, or a question without an answer."""
        has_news = bool(self.status or self.due or self.owner or self.evidence or
                        (self.asked.answer if self.asked else self.note))
        return has_news and not self.editorial

    @property
    def has_source(self) -> bool:
        """Whether a reader can open where the update comes from."""
        return bool(self.source or self.evidence)

    @property
    def happened_on(self) -> PartialDate:
        """When the fact happened or was published, also where the update is backdated."""
        return self.happened or self.date

    @model_validator(mode="after")
    def _says_something(self) -> Update:
        if not (self.note or self.status or self.due or self.owner or self.evidence or self.asked or self.correction):
            raise invalid("empty-update", "the update says nothing",
                          "add a note, status, due, owner, evidence, asked or correction")
        check_happened(self.happened, self.date)
        if self.step is not None and self.owner:
            raise invalid("value", "a step has no owner of its own", 'take "owner:" out; a new owner of the whole '
                          'action goes into an update without "step:"', "owner")
        for field in ("due", "owner"):
            if getattr(self, field) and not self.reason:
                raise invalid("no-reason", f'a new "{field}" has no reason', ADD_A_REASON, field)
        if self.status == "complete" and not self.evidence:
            raise invalid("no-evidence", 'the status "complete" has no evidence',
                          'add "evidence:" with a title and a url that a reader can open', "status")
        if self.status in ("stopped", "dropped") and not self.reason:
            raise invalid("no-reason", f'the status "{self.status}" has no reason', ADD_A_REASON, "status")
        if self.status in MOVED_ON and not self.to:
            raise invalid("no-successor", f'the status "{self.status}" does not say which action goes on with this one',
                          'add a line "to:" with the id of that action, such as A-012', "status")
        if self.to and (self.status not in MOVED_ON or self.step is not None):
            raise invalid("value", '"to" says which action goes on with this one, and its status does not say that it '
                          "goes on as another", 'add "status: carried_over" or "status: merged", or take "to:" out',
                          "to")
        return self


class Step(Record):
    """One of the parts in which an action is to be done, with its first date."""

    title: Prose
    due: Due | None = None


class SaidAt(Record):
    """The meeting or the decision, or both, at which an action was promised, reported or hoped for."""

    meeting: MeetingRef | None = None
    decision: DecisionRef | None = None


class Action(Record):
    """A promise, a plan or an aim. Its first wording, owner and date are never edited: changes are in `updates`.

    `office` answers for it inside the owner, such as the Director of Children's Services, and is never a person.
    `done_when` says what a reader must be able to see once it is kept. `plan` is the plan that holds it. `said_by` is
    an organisation's id, or an office in words. Without `said_at`, it was said in its `source`. `steps` may have dates
    of their own, which updates move.
    """

    id: ActionId
    title: Prose
    detail: Annotated[Prose | None, Guard.FIXED] = None
    owner: OrganisationRef | None
    office: Text | None = None
    with_: Annotated[tuple[OrganisationRef, ...], Guard.FIXED] = Field(default=(), alias="with")
    priorities: Annotated[tuple[PriorityRef, ...], Guard.FIXED] = ()
    kind: ActionKind
    said_by: Annotated[Text | None, Guard.FIXED] = None
    said_at: Annotated[SaidAt | None, Guard.FIXED] = None
    due: Due | None
    due_note: Annotated[Prose | None, Guard.FIXED] = None
    done_when: Annotated[tuple[Prose, ...], Field(max_length=MAX_DONE_WHEN)] = ()
    plan: PlanRef | None = None
    steps: Annotated[tuple[Step, ...], Guard.FIXED] = ()
    also: Annotated[tuple[Text, ...], Guard.FREE] = ()
    source: Source | None = None
    note: Annotated[Prose | None, Guard.FIXED] = None
    updates: tuple[Update, ...] = ()
    taken_down: TakeDowns = ()

    @property
    def is_promise(self) -> bool:
        """Whether a source commits somebody to it. Plans and aims are counted nowhere as promises."""
        return self.kind == "promised"
