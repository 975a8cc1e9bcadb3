"""What became of what families said, up to a day: who took it up, what was answered, and whether that is late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from ..records import FeedbackTheme, FeedbackUpdate
from ..records.partial_date import PartialDate
from .progress import DUE_SOON_DAYS


@dataclass(frozen=True)
class FeedbackProgress:
    """A feedback theme on the day `today`.

    `answer_within` is the agreed number of days for an answer. Where none is agreed it is None, and nothing is late.
    Days count from the last day of the date on which the theme was heard.
    """

    theme: FeedbackTheme
    today: date
    answer_within: int | None = None

    @cached_property
    def history(self) -> tuple[FeedbackUpdate, ...]:
        """The updates up to today, in the order of their dates."""
        return tuple(sorted((update for update in self.theme.updates if update.date.first_day <= self.today),
                            key=lambda update: update.date.first_day))

    @cached_property
    def first_answer(self) -> FeedbackUpdate | None:
        """The first update that answers families, in words or with a change, or None."""
        return min((update for update in self.history if update.is_answer),
                   key=lambda update: update.happened_on.first_day, default=None)

    @cached_property
    def is_unanswered(self) -> bool:
        return self.first_answer is None

    @cached_property
    def taken_up_by(self) -> str | None:
        """The id of the organisation that took it up last, or None."""
        newest = max((update for update in reversed(self.history) if update.taken_up_by),
                     key=lambda update: update.happened_on.first_day, default=None)
        return newest.taken_up_by if newest else None

    @cached_property
    def answer_day(self) -> date | None:
        """The last day for an answer, or None where no period is agreed."""
        return None if self.answer_within is None else \
            self.theme.heard.date.last_day + timedelta(days=self.answer_within)

    @cached_property
    def is_overdue(self) -> bool:
        """Whether the last day for an answer has passed, and there is none."""
        return self.is_unanswered and self.answer_day is not None and self.today > self.answer_day

    @cached_property
    def days_overdue(self) -> int:
        return self.days_late if self.is_overdue else 0

    @cached_property
    def is_due_soon(self) -> bool:
        """Whether an answer is due today or within the next 30 days."""
        return self.is_unanswered and self.answer_day is not None \
            and 0 <= (self.answer_day - self.today).days <= DUE_SOON_DAYS

    @cached_property
    def days_unanswered(self) -> int:
        """For how many days families have waited for an answer; 0 where there is one."""
        return max(0, (self.today - self.theme.heard.date.last_day).days) if self.is_unanswered else 0

    @cached_property
    def days_late(self) -> int:
        """How many days after the last day for an answer the first one came, or has not come up to today; else 0."""
        if self.answer_day is None:
            return 0
        answered = self.first_answer.happened_on.first_day if self.first_answer else self.today
        return max(0, (answered - self.answer_day).days)

    @cached_property
    def first_answer_day(self) -> date | None:
        """The last day for an answer as readers were shown it first, where the day of what was heard was corrected."""
        corrected = next((entry.was for entry in self.theme.corrections if entry.field == "heard"), None)
        if self.answer_within is None or not isinstance(corrected, dict) or not corrected.get("date"):
            return self.answer_day
        return PartialDate.parse(corrected["date"]).last_day + timedelta(days=self.answer_within)

    @cached_property
    def was_shown_overdue(self) -> bool:
        """Whether this site had no answer to show on the day after the last one for it. An answer may have been given
        in time, and added here later."""
        day = self.first_answer_day
        return day is not None and self.today > day and not any(
            update.is_answer and update.date.first_day <= day for update in self.history)

    @cached_property
    def is_answered_late(self) -> bool:
        """Whether the first answer came after the last day for it. An answer of which only the month is known is late
        where the whole month is."""
        return not self.is_unanswered and self.days_late > 0


def waiting_longest_first(progress: FeedbackProgress) -> tuple[int, int, str]:
    """Return the order of lists: answer overdue, then unanswered, each oldest first; then the rest, newest first."""
    heard = progress.theme.heard.date.first_day.toordinal()
    if not progress.is_unanswered:
        return 2, -heard, progress.theme.id
    return 0 if progress.is_overdue else 1, heard, progress.theme.id
