"""Everything that stops a publication, and what reads badly, in one table."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

from ..problem import Problem
from ..register import Register, read
from . import (
    addresses,
    colours,
    dates,
    figures,
    images,
    language,
    links,
    markdown,
    pages,
    privacy,
    running_text,
    security,
    sources,
    unconfirmed,
)
from . import (
    untrusted as hostile,
)

Check = Callable[[Register], Iterable[Problem]]

CHECKS: tuple[Check, ...] = (
    links.references_exist,
    links.meetings_and_posts_agree,
    links.decisions_and_actions_agree,
    links.posts_list_what_their_meeting_did,
    links.corrections_name_what_stood_there,
    dates.updates_in_order,
    dates.late_news_changes_nothing_newer,
    dates.nothing_in_the_future,
    dates.posts_follow_meetings,
    dates.posts_wait_for_elections,
    sources.facts_have_sources,
    figures.observations_in_order,
    figures.small_numbers_suppressed,
    figures.small_numbers_stay_hidden,
    pages.macros_name_what_exists,
    running_text.ids_in_text_exist,
    running_text.links_lead_somewhere,
    running_text.redirects_lead_on,
    markdown.markdown_is_read,
    images.images_have_words,
    addresses.texts_make_addresses,
    hostile.pages_call_macros_and_nothing_else,
    hostile.pages_hold_allowed_html,
    hostile.links_are_what_they_seem,
    hostile.characters_can_be_seen,
    hostile.files_hold_no_programs,
    hostile.front_matter_is_known,
    security.security_contact_is_current,
    colours.colours_can_be_read,
    unconfirmed.nothing_is_left_to_confirm,
    privacy.nothing_personal,
    language.texts_read_well,
)
"""Each is a function that takes the register and yields problems; its docstring says what it ensures."""


TEXT_CHECKS: tuple[Check, ...] = (
    running_text.ids_in_text_exist, hostile.pages_hold_allowed_html, hostile.links_are_what_they_seem,
    hostile.characters_can_be_seen, unconfirmed.nothing_is_left_to_confirm, privacy.nothing_personal,
    language.texts_read_well)
"""Those that take longest. They read every text, and nothing that is built hangs on them: a build has them run beside
it, and is worth nothing where they find something. The check that keeps code out of pages is not one of them, since a
build would run it."""


def check(root: Path, today: date) -> tuple[Register | None, list[Problem]]:
    """Read the area in `root` as on `today`, and run every check. Problems come sorted by file and line,
    and none of them repeats personal data.

    The register is None where there is no readable `data/area.yml`; the other checks have run nevertheless.
    """
    register, problems = begun(root, today)
    return None if "area" in register.unread else register, ended(register, problems)


def begun(root: Path, today: date) -> tuple[Register, list[Problem]]:
    """Read the area, and run every check but those of texts. What the problems say may still be personal."""
    register, problems = read(root, today)
    for run in CHECKS:
        if run not in TEXT_CHECKS:
            problems += run(register)
    return register, problems


def ended(register: Register, problems: list[Problem]) -> list[Problem]:
    """Return all problems, sorted, when the checks of texts have run as well."""
    every = problems + [problem for run in TEXT_CHECKS for problem in run(register)]
    return privacy.without_values(every, register)
