"""Finds new promises that do not say what would show that they are kept, while that still costs only a sentence."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ..problem import Code, Problem, Topic
from ..register import Register
from .revision import Baseline

CODES = (
    Code("no-test", Topic.PROMISES,
         "The promise is new, and does not say what readers will be able to see once it is kept. Ask whoever makes it "
         "now: later, nobody can say whether it was kept. One to four lines are enough.",
         "title: Answer letters in plain words",
         "title: Answer letters in plain words\ndone_when:\n  - Ten letters of each month are read by a panel of "
         "parents, who find them clear.", "warning"),
)


def without_test(before: Baseline, now: Register, changed: Collection[str]) -> Iterator[Problem]:
    """Yield a warning for each promise in the files `changed` that was not published before and has no `done_when`."""
    known = before.register.ids("actions")
    for id, progress in now.progress.items():
        path, line = now.location_of("actions", id)
        if path in changed and id not in known and progress.is_open and progress.lacks_test:
            yield Problem(path, line, "no-test", f"{id} does not say what would show that it is done",
                          'ask now, and add "done_when:" with one to four lines, each with something that readers will '
                          "be able to see", "warning")
