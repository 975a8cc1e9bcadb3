"""How promises are kept: the counts that pages of organisations, priorities, decisions and meetings put into words."""

from __future__ import annotations

from collections.abc import Collection

from ..register import Progress


def keeping(actions: Collection[Progress]) -> dict[str, int]:
    """Return how actions stand: each is complete, stopped, overdue, in_hand (its day has not passed), or dateless.

    Across these: on_time and too_late of the complete ones, moved, quiet, and silent (no update published).
    """
    not_late = [progress for progress in actions if progress.is_open and not progress.is_overdue]
    return {
        "all": len(actions),
        "overdue": sum(progress.is_overdue for progress in actions),
        "complete": sum(progress.is_complete for progress in actions),
        "stopped": sum(progress.status == "stopped" for progress in actions),
        "in_hand": sum(progress.due_day is not None for progress in not_late),
        "dateless": sum(progress.due_day is None for progress in not_late),
        "on_time": sum(progress.completed_on_time is True for progress in actions),
        "too_late": sum(progress.completed_on_time is False for progress in actions),
        "moved": sum(progress.times_moved > 0 for progress in actions),
        "quiet": sum(progress.is_quiet for progress in actions),
        "silent": sum(not progress.news for progress in actions),
    }
