"""The progress of an action on a day: computed from its history, never typed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from ..records import ACTION_KINDS, Action, FamilyVerdict, Plan, Source, Update
from ..records.action import ENDED, Evidence
from ..records.partial_date import FreeTextDue, PartialDate
from .labels import duration_in_words
from .verdicts import (
    MOST_CONVINCING_FIRST,
    WORDS,
    Account,
    Speakers,
    Verdict,
    disagree,
    families_contradict,
    strongest,
    up_to,
)

DUE_SOON_DAYS = 30
STALE_AFTER_DAYS = 90

STATUS_WORDS = {
    "not_started": "Not started",
    "in_progress": "In progress",
    "at_risk": "At risk",
    "blocked": "Blocked",
    "complete": "Done",
    "stopped": "Stopped",
    "dropped": "Dropped",
    "carried_over": "Carried over",
    "merged": "Merged with another",
    "silent": "No update found",
    "unstated": "Status not published",
    "late": "Late",
    "date_passed": "Date passed, and we have not found out",
    "done_late": "Done late",
    "not_mentioned": "Not mentioned any more",
    "fate_unknown": "Place in the new plan not known",
}
"""The label of each status, and of what is shown in place of one: see `Progress.status_word`."""


KIND_WORDS = {"promised": "Promise", "planned": "Plan", "aim": "Aim"}
"""The label of each kind of action."""

FIRST_SAID_FOR = {"promised": "first promised for", "planned": "first planned for", "aim": "first hoped for by"}
"""What each kind of action says before its first date, where that has moved."""


@dataclass(frozen=True)
class DateMove:
    """One move of a due date. `days` is how much later its last day is, or None where either date is in words.

    `is_found` where the site's own editors found the new date: `said_on` is then the day on which they did.
    """

    said_on: PartialDate
    was: PartialDate | FreeTextDue
    now: PartialDate | FreeTextDue
    reason: str | None
    days: int | None
    is_found: bool = False


@dataclass(frozen=True)
class Test:
    """One line of what shows that an action is done: its number from 1, and the evidence that shows it to be true."""

    number: int
    line: str
    evidence: tuple[tuple[Update, Evidence], ...] = ()


@dataclass(frozen=True)
class Progress:
    """The state of an action on `today`; `promised_on` is the day (or month) on which it was promised, if known.

    All days are calendar days. A due date covers its whole last day: it has passed on the day after.

    `source` is the promise's own. `replaced_by` is the plan that has replaced the action's own. `families` holds every
    verdict of families on it. With
    `is_board_run` the board itself runs the site, so that its silence is its own.
    """

    action: Action
    promised_on: PartialDate | None
    today: date
    is_board_run: bool = False
    source: Source | None = None
    speakers: Speakers = field(default_factory=lambda: Speakers({}), compare=False, repr=False)
    replaced_by: Plan | None = None
    families: tuple[FamilyVerdict, ...] = ()

    @cached_property
    def updates(self) -> tuple[Update, ...]:
        return self.action.updates

    @cached_property
    def own_updates(self) -> tuple[Update, ...]:
        """The updates of the action itself: those of a step change neither its status nor its date."""
        return tuple(update for update in self.updates if update.step is None)

    @cached_property
    def steps(self) -> tuple[Progress, ...]:
        """The progress of each step. A step is late, moved or done by the rules that hold for a whole action."""
        return tuple(replace(self, families=(), action=self.action.model_copy(update={
            "title": step.title, "due": step.due, "owner": self.owner, "steps": (),
            "updates": tuple(update.model_copy(update={"step": None}) for update in self.updates
                             if update.step == number)}))
            for number, step in enumerate(self.action.steps, 1))

    @cached_property
    def news(self) -> tuple[Update, ...]:
        """The updates with news of the promise, and not only with a correction."""
        return tuple(update for update in self.updates if update.is_news)

    @cached_property
    def status_update(self) -> Update | None:
        """The newest update that gives a status, or None: then no status has been published."""
        return next((update for update in reversed(self.own_updates) if update.status), None)

    @cached_property
    def status(self) -> str | None:
        return self.status_update.status if self.status_update else None

    @cached_property
    def status_word(self) -> str:
        """The status; without one, silent where no update was published, and unstated where none gives a status."""
        return self.status or ("unstated" if self.news else "silent")

    @cached_property
    def is_open(self) -> bool:
        return self.status not in ENDED

    @cached_property
    def is_complete(self) -> bool:
        return self.status == "complete"

    @cached_property
    def fate(self) -> str | None:
        """What became of it when its plan was replaced: the status with which it ended, or else not_mentioned.

        It is fate_unknown where we could not read the whole new plan, or where there was news since: then it may be
        part of the new plan, and nobody has said so. None where its plan has not been replaced.
        """
        if self.replaced_by is None or self.replaced_by.start is None:
            return None
        start = self.replaced_by.start.first_day
        if start > self.today:
            return None
        if not self.is_open:
            return self.status
        has_news = any(update.happened_on.first_day >= start for update in self.news)
        return "fate_unknown" if has_news or self.replaced_by.source.read == "partly" else "not_mentioned"

    @cached_property
    def lacks_fate(self) -> bool:
        """Whether its plan has been replaced, and no record says what became of it."""
        return self.is_open and self.fate is not None

    @cached_property
    def successor(self) -> str | None:
        """The id of the action that goes on with it, where it was carried over or merged."""
        return self.status_update.to if self.status_update else None

    @cached_property
    def owner(self) -> str | None:
        """The id of the current owner, or None: not published."""
        return next((update.owner for update in reversed(self.updates) if update.owner), self.action.owner)

    @cached_property
    def owners(self) -> frozenset[str]:
        """The ids of all owners so far, the current one included."""
        return frozenset(filter(None, (self.action.owner, *(update.owner for update in self.updates))))

    @cached_property
    def original_due(self) -> PartialDate | FreeTextDue | None:
        return self.action.due

    @cached_property
    def due(self) -> PartialDate | FreeTextDue | None:
        """The current due date: the newest one given."""
        return next((update.due for update in reversed(self.own_updates) if update.due), self.action.due)

    @cached_property
    def moves(self) -> tuple[DateMove, ...]:
        """Every move of the due date, oldest first. The first date of a promise without one is no move."""
        moves, was = [], self.action.due
        for update in self.own_updates:
            if update.due and update.due != was:
                if was is not None:
                    moves.append(DateMove(update.happened_on, was, update.due, update.reason,
                                          _days_between(was, update.due), update.editorial))
                was = update.due
        return tuple(moves)

    @cached_property
    def times_moved(self) -> int:
        return len(self.moves)

    @cached_property
    def times_moved_in_words(self) -> str:
        """How often the date has moved: "once", "twice" or "3 times". Where the board does not run the site, there may
        have been other dates that we did not find: "at least once"."""
        times = self.times_moved
        words = {1: "once", 2: "twice"}.get(times, f"{times} times")
        return words if self.is_board_run else f"at least {words}"

    @cached_property
    def days_slipped(self) -> int | None:
        """Days from the last day of the first due date to that of the current one; None where either is in words."""
        return _days_between(self.original_due, self.due)

    @cached_property
    def due_day(self) -> date | None:
        """The last day that the current due date covers, or None."""
        return self.due.last_day if isinstance(self.due, PartialDate) else None

    @cached_property
    def is_date_passed(self) -> bool:
        """Open, and after the last day of the due date."""
        return self.is_open and self.due_day is not None and self.today > self.due_day

    @cached_property
    def late_update(self) -> Update | None:
        """The first update from after the due date that says it is still open, from a source read whole; else None.

        What we could read only in part never makes anything late: the rest of the page may say that it is done.
        """
        if not self.is_date_passed or self.due_day is None:
            return None
        due_day = self.due_day
        return next((update for update in self.own_updates if says_open(update)
                     and update.happened_on.first_day > due_day), None)

    @cached_property
    def is_late(self) -> bool:
        """Whether it is known that the date was not kept: a source says so, or the board that runs the site is silent.
        """
        return self.is_date_passed and (self.is_board_run or self.late_update is not None)

    @cached_property
    def is_unresolved(self) -> bool:
        """Whether the date has passed, and nobody has said in public what came of it."""
        return self.is_date_passed and not self.is_late

    @cached_property
    def days_past_due(self) -> int:
        return (self.today - self.due_day).days if self.is_date_passed and self.due_day else 0

    @cached_property
    def is_due_soon(self) -> bool:
        """Open, and the due date's last day is today or within the next 30 days."""
        return self.is_open and self.due_day is not None and 0 <= (self.due_day - self.today).days <= DUE_SOON_DAYS

    @cached_property
    def last_update(self) -> Update | None:
        """The update with the newest news: a backdated one is as old as what it reports."""
        return max(reversed(self.news), key=lambda update: update.happened_on.first_day, default=None)

    @cached_property
    def last_news_on(self) -> PartialDate | None:
        """When something was last published: the newest update, else when it was promised, else not known."""
        return self.last_update.happened_on if self.last_update else self.promised_on

    @cached_property
    def days_without_news(self) -> int | None:
        """Days since something was last published; None where that is not known."""
        return _days_since(self.last_news_on, self.today)

    @cached_property
    def is_stale(self) -> bool:
        """Open, and nothing published for 90 days or more (or never, on no known day)."""
        return self.is_open and (self.days_without_news is None or self.days_without_news >= STALE_AFTER_DAYS)

    @cached_property
    def days_since_promised(self) -> int | None:
        return _days_since(self.promised_on, self.today)

    @cached_property
    def ended_on(self) -> PartialDate | None:
        """When the action was first reported complete or stopped, if it still is."""
        if self.is_open:
            return None
        ended = self.status_update
        for update in reversed(self.own_updates):
            if update.status and update.status != self.status:
                break
            ended = update if update.status else ended
        return ended.happened_on if ended else None

    @cached_property
    def completed_on_time(self) -> bool | None:
        """Whether the action was complete by the last day of its first due date; None if incomplete, or without a date.

        A completion known only to a month or quarter counts as on time unless that whole period is after the date.
        """
        if not self.is_complete or not isinstance(self.original_due, PartialDate) or not self.ended_on:
            return None
        return self.ended_on.first_day <= self.original_due.last_day

    @cached_property
    def is_done_late(self) -> bool:
        return self.completed_on_time is False

    @cached_property
    def days_done_late(self) -> int:
        """Days from the last day of the first due date to the one on which it was done; 0 if it was not done late."""
        if not self.is_done_late or not self.ended_on or not isinstance(self.original_due, PartialDate):
            return 0
        return (self.ended_on.first_day - self.original_due.last_day).days

    @cached_property
    def late_by(self) -> str:
        """How long after its first date it was done: "one month", or "at least one month" if the day is not known."""
        words = duration_in_words(self.days_done_late)
        return words if self.ended_on and self.ended_on.is_day else f"at least {words}"

    @cached_property
    def done_late_words(self) -> str:
        """How late it was done: "Done, one month late". A plan or an aim is done "one month after its date"."""
        return f"Done, {self.late_by} {'late' if self.action.is_promise else 'after its date'}"

    @cached_property
    def verdicts(self) -> tuple[Verdict, ...]:
        """The newest status by each word: they are shown side by side and never merged."""
        found: dict[str, Verdict] = {}
        for update in self.own_updates:
            if update.status:
                # The first piece of evidence of each word, so that the page links the one that the writer put first.
                for account in reversed(self.accounts_of(update)):
                    label = self.speakers.label(STATUS_WORDS[update.status], account)
                    found[account.word] = Verdict(account, update, update.status, label)
        return tuple(found[word] for word in WORDS if word in found)

    @cached_property
    def asked(self) -> tuple[FamilyVerdict, ...]:
        """What families answered when they were asked about it, newest first."""
        return up_to(self.today, self.families)

    @cached_property
    def disagree(self) -> bool:
        """Whether two accounts of it contradict each other, or families contradict that it is done."""
        return disagree(self.verdicts) or families_contradict(self.verdicts, self.asked)

    @cached_property
    def status_label(self) -> str:
        """The status as a list shows it. One that has ended is given with the most convincing of those who say so."""
        verdict = strongest(self.verdicts, self.status) if self.status in ENDED else None
        return verdict.label if verdict else STATUS_WORDS[self.status_word]

    def accounts_of(self, update: Update) -> tuple[Account, ...]:
        """Return whose word an update is, once for each piece of evidence."""
        return self.speakers.accounts(update, self.owner, self.source)

    def word_of(self, update: Update) -> str:
        """Return whose word an update is: that of its first piece of evidence, else of its source."""
        return self.accounts_of(update)[0].word

    def label_of(self, update: Update) -> str:
        """Return the status that an update gives, on the most convincing word in it: "Done, says the council"."""
        by_word = {account.word: account for account in reversed(self.accounts_of(update))}
        account = next(by_word[word] for word in MOST_CONVINCING_FIRST if word in by_word)
        return self.speakers.label(STATUS_WORDS[update.status or self.status_word], account)

    @cached_property
    def evidence(self) -> tuple[tuple[Update, Evidence], ...]:
        return tuple((update, item) for update in self.updates for item in update.evidence)

    @cached_property
    def lacks_test(self) -> bool:
        """Whether it is a promise of which nobody has published what shows that it is done."""
        return self.action.is_promise and not self.action.done_when

    @cached_property
    def test_changes(self) -> tuple[Update, ...]:
        """The updates that changed what shows that it is done, oldest first."""
        return tuple(update for update in self.updates
                     if update.correction and update.correction.field == "done_when")

    @cached_property
    def tests(self) -> tuple[Test, ...]:
        """What shows that it is done, line by line, each with the evidence given for it since these lines hold."""
        since = self.updates.index(self.test_changes[-1]) if self.test_changes else 0
        return tuple(Test(number, line, tuple((update, item) for update in self.updates[since:]
                                              for item in update.evidence if item.done_when == number))
                     for number, line in enumerate(self.action.done_when, 1))

    @cached_property
    def states(self) -> tuple[str, ...]:
        """Every word that selects this action in `actions_where`."""
        holding = (("late", self.is_late), ("date_passed", self.is_unresolved), ("done_late", self.is_done_late),
                   ("disagree", self.disagree), ("quiet", self.is_stale), ("moved", self.times_moved > 0),
                   ("due_soon", self.is_due_soon), ("not_mentioned", self.fate == "not_mentioned"),
                   ("fate_unknown", self.fate == "fate_unknown"), ("no_test", self.lacks_test),
                   ("test_changed", bool(self.test_changes)))
        return (self.action.kind, self.status_word, "open" if self.is_open else "ended",
                *(word for word, holds in holding if holds))


def says_open(update: Update) -> bool:
    """Return whether an update says, from a source read whole, that the action has not ended."""
    return update.status is not None and update.status not in ENDED and \
        not (update.source and update.source.read == "partly")


def urgency(progress: Progress, is_felt_by_families: bool) -> tuple[int, int, bool, date, str]:
    """Return the order of lists: late, then with a date that has passed, due soon, open, and ended.

    Inside each of these come promises, plans and aims; of each kind first what families would notice, then by due date.
    """
    rank = 0 if progress.is_late else 1 if progress.is_unresolved else 2 if progress.is_due_soon else \
        3 if progress.is_open else 4
    return (rank, ACTION_KINDS.index(progress.action.kind), not is_felt_by_families, progress.due_day or date.max,
            progress.action.id)


def _days_since(then: PartialDate | None, today: date) -> int | None:
    """Return the days since the end of `then`: 0 while it lasts, as for the current month."""
    return max((today - then.last_day).days, 0) if then else None


def _days_between(was: PartialDate | FreeTextDue | None, now: PartialDate | FreeTextDue | None) -> int | None:
    if isinstance(was, PartialDate) and isinstance(now, PartialDate):
        return (now.last_day - was.last_day).days
    return None
