"""Everything that stops a publication, in one table."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

from ..problem import Problem
from ..register import Register, load
from . import dates, figures, links, pages, sources

Check = Callable[[Register], Iterable[Problem]]

CHECKS: tuple[Check, ...] = (
    links.references_exist,
    links.meetings_and_posts_agree,
    links.decisions_and_actions_agree,
    links.posts_list_what_their_meeting_did,
    links.corrections_name_what_stood_there,
    dates.updates_in_order,
    dates.nothing_in_the_future,
    dates.posts_follow_meetings,
    sources.facts_have_sources,
    figures.observations_in_order,
    figures.small_numbers_suppressed,
    pages.macros_name_what_exists,
    pages.ids_in_text_exist,
    pages.links_lead_somewhere,
    pages.redirects_lead_on,
)
"""Each is a function that takes the register and yields problems; its docstring says what it ensures."""


def check(root: Path, today: date) -> tuple[Register | None, list[Problem]]:
    """Read the area in `root` as on `today`, and run every check. Problems come sorted by file and line."""
    register, problems = load(root, today)
    if register is not None:
        for run in CHECKS:
            problems += run(register)
    return register, sorted(set(problems))
