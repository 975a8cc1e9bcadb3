"""Says what became of the actions of a plan that was replaced: an update for each action that is chosen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..register import Progress, Register
from . import Edits, WriteError
from .change import update


def without_fate(register: Register, plan: str) -> list[Progress]:
    """Return the actions of a plan of which nobody has said what became of them, most urgent first."""
    return [progress for progress in register.backlinks.actions_of_plan.get(plan, []) if progress.is_open]


def close_plan(register: Register, plan: str, chosen: Mapping[str, Mapping[str, Any]]) -> Edits:
    """Return the files of a plan's actions, each with an update at the end of its history.

    `chosen` holds the update of each action by its id. Raises WriteError, which names them, for actions that are not
    open in this plan.
    """
    open_ids = {progress.action.id for progress in without_fate(register, plan)}
    others = sorted(set(chosen) - open_ids)
    if others:
        raise WriteError(f"{', '.join(others)} {'is no open action' if len(others) == 1 else 'are no open actions'} of "
                         f"{plan}; open are: {', '.join(sorted(open_ids)) or 'none'}")
    edits: Edits = {}
    for id, given in chosen.items():
        edits |= update(register, id, given)
    return edits
