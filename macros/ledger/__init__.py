"""The ledger: what was published may be added to, and never rewritten unseen."""

from __future__ import annotations

from ..problem import Problem
from ..register import Register
from .compare import rewritten
from .revision import RevisionError, published

__all__ = ["against", "rewritten"]


def against(register: Register, revision: str) -> list[Problem]:
    """Compare the register with what was published at a git revision (a branch, tag or commit).

    Returns a problem for each change that rewrites history, or one that says which git command mends a checkout in
    which the revision cannot be read.
    """
    try:
        before = published(register, revision)
    except RevisionError as error:
        return [Problem("data/area.yml", 1, "revision", str(error), error.hint)]
    return sorted(rewritten(before, register, revision))
