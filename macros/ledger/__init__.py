"""The ledger: what was published may be added to, and never rewritten in silence."""

from __future__ import annotations

from ..problem import Problem
from ..register import Register
from . import compare, late, meaning, posts, promises, revision
from .compare import find_violations
from .git import RevisionError
from .late import late_additions
from .promises import without_test
from .revision import read_baseline

__all__ = ["CODES", "against", "find_violations"]

CODES = (*compare.CODES, *late.CODES, *meaning.CODES, *posts.CODES, *revision.CODES, *promises.CODES)
"""The codes of problems that a comparison can find."""


def against(register: Register, revision: str) -> tuple[list[Problem], frozenset[str]]:
    """Compare the register with what was published at a git revision (a branch, tag or commit).

    Returns a problem for each change that rewrites history, and a warning for each new promise without a test of
    success; or a single problem, with what to do, where the revision cannot be read. Also returns the paths of the
    files in data/ and docs/ that are new or have changed.
    """
    try:
        before = read_baseline(register, revision)
    except RevisionError as error:
        return [Problem("data/area.yml", 1, "revision", str(error), error.hint)], frozenset()
    return sorted([*before.not_compared(), *find_violations(before, register, revision),
                   *posts.posts(before, register), *posts.files(before, register),
                   *late_additions(before, register, before.changed - {*before.unread}),
                   *without_test(before, register, before.changed)]), before.changed
