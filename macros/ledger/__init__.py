"""The ledger: what was published may be added to, and never rewritten in silence."""

from __future__ import annotations

from ..problem import Problem
from ..register import Register
from .compare import find_violations
from .promises import without_test
from .revision import RevisionError, changed_files, read_baseline

__all__ = ["against", "find_violations"]


def against(register: Register, revision: str) -> list[Problem]:
    """Compare the register with what was published at a git revision (a branch, tag or commit).

    Returns a problem for each change that rewrites history, and a warning for each new promise without a test of
    success; or a single one with the git command to run where
    the revision cannot be read.
    """
    try:
        before = read_baseline(register, revision)
        changed = changed_files(register.root, revision)
    except RevisionError as error:
        return [Problem("data/area.yml", 1, "revision", str(error), error.hint)]
    return sorted([*find_violations(before, register, revision), *without_test(before, register, changed)])
