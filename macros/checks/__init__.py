"""The checks of an area: everything that blocks its publication, and warnings about style, in one table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ..ledger import CODES as LEDGER_CODES
from ..official.slices import CODES as OFFICIAL_CODES
from ..problem import Code, Problem, Topic
from ..register import Register, read
from ..register.explain import CODES as RECORD_CODES
from ..source.files import CODES as FILE_CODES
from . import (
    accessibility,
    completeness,
    dates,
    due_dates,
    evidence,
    figures,
    findings,
    language,
    links,
    markdown,
    pages,
    plain_text,
    plans,
    privacy,
    references,
    security,
    settings,
    topics,
)
from .privacy.area import CODES as PRIVACY_CODES
from .untrusted import characters, files, link_targets, page_html


@dataclass(frozen=True)
class Check:
    """One check: a function that yields problems, whose docstring says what it ensures, and the codes it may give."""

    find: Callable[[Register], Iterable[Problem]]
    codes: tuple[Code, ...]

    def __call__(self, register: Register) -> Iterator[Problem]:
        """Yield the problems of an area. Raises UnexplainedCodeError for one whose code is not in the table."""
        return explained(self.find(register), self.codes)


class UnexplainedCodeError(LookupError):
    """A problem with a code that the table does not explain, or not at its level."""


def explained(problems: Iterable[Problem], codes: Iterable[Code]) -> Iterator[Problem]:
    """Yield the problems unchanged. Raises UnexplainedCodeError for one whose code or level is not among `codes`."""
    levels = {code.name: code.level for code in codes}
    for problem in problems:
        if levels.get(problem.code) != problem.level:
            raise UnexplainedCodeError(f"{problem.level}[{problem.code}] has no explanation")
        yield problem


READING = FILE_CODES + RECORD_CODES + OFFICIAL_CODES + dates.CODES
"""The codes of problems that are found when files are read into records, the dates of one update included."""

CHECKS = (
    Check(references.references_exist, references.CODES),
    Check(references.speakers_exist, references.CODES),
    Check(references.steps_exist, references.CODES),
    Check(references.ids_in_text_exist, references.CODES),
    Check(references.meetings_and_posts_agree, references.CODES),
    Check(references.decisions_and_actions_agree, references.CODES),
    Check(references.posts_list_what_their_meeting_did, references.CODES),
    Check(references.corrections_match_the_record, references.CODES),
    Check(dates.updates_in_order, dates.CODES),
    Check(dates.moves_move, dates.CODES),
    Check(dates.answers_in_order, dates.CODES),
    Check(dates.older_news_changes_nothing_newer, dates.CODES),
    Check(dates.nothing_in_the_future, dates.CODES),
    Check(dates.searches_in_order, dates.CODES),
    Check(dates.posts_follow_their_meetings, dates.CODES + RECORD_CODES),
    Check(dates.posts_respect_elections, dates.CODES),
    Check(due_dates.dates_are_not_hidden_in_words, due_dates.CODES),
    Check(completeness.facts_have_sources, completeness.CODES),
    Check(completeness.nothing_is_left_to_confirm, completeness.CODES),
    Check(evidence.sites_belong_to_one_organisation, evidence.CODES),
    Check(evidence.evidence_says_whose_word_it_is, evidence.CODES),
    Check(findings.answers_are_whole, findings.CODES),
    Check(findings.nothing_precedes_the_finding, findings.CODES),
    Check(findings.counts_of_families_add_up, findings.CODES),
    Check(findings.families_are_asked_about_what_is_there, findings.CODES),
    Check(plans.plans_in_order, RECORD_CODES),
    Check(plans.successors_go_on, plans.CODES),
    Check(plans.replaced_plans_are_closed, plans.CODES),
    Check(plans.lines_are_shown, plans.CODES),
    Check(topics.answers_are_current, topics.CODES + dates.CODES + RECORD_CODES),
    Check(figures.observations_in_order, figures.CODES),
    Check(figures.small_numbers_are_suppressed, figures.CODES),
    Check(figures.small_numbers_cannot_be_derived, figures.CODES + references.CODES),
    Check(figures.targets_meet_the_law, figures.CODES),
    Check(figures.codes_are_in_official_figures, figures.CODES),
    Check(figures.releases_follow_their_periods, OFFICIAL_CODES),
    Check(pages.macros_name_what_exists, pages.CODES + references.CODES + RECORD_CODES),
    Check(pages.pages_use_only_macros, pages.CODES),
    Check(pages.front_matter_is_known, RECORD_CODES),
    Check(links.links_lead_to_pages, links.CODES),
    Check(links.files_become_pages, links.CODES + FILE_CODES),
    Check(links.pages_have_addresses_of_their_own, links.CODES),
    Check(links.redirects_lead_to_pages, links.CODES),
    Check(links.the_logo_is_a_picture_of_the_site, links.CODES),
    Check(markdown.markdown_is_read, markdown.CODES),
    Check(markdown.markdown_is_shown_as_meant, markdown.CODES),
    Check(plain_text.records_are_plain, plain_text.CODES),
    Check(links.terms_have_addresses, links.CODES),
    Check(accessibility.images_have_alternative_text, accessibility.CODES),
    Check(accessibility.colours_have_contrast, accessibility.CODES),
    Check(privacy.nothing_personal, PRIVACY_CODES),
    Check(page_html.pages_hold_allowed_html, page_html.CODES),
    Check(link_targets.links_are_what_they_seem, link_targets.CODES),
    Check(characters.characters_can_be_seen, characters.CODES),
    Check(files.files_can_be_cleaned, files.CODES),
    Check(security.security_contact_is_current, security.CODES),
    Check(settings.settings_have_an_effect, settings.CODES),
    Check(settings.the_menu_leads_to_pages, links.CODES),
    Check(settings.addresses_are_real, settings.CODES),
    Check(settings.code_owners_are_named, settings.CODES),
    Check(language.texts_read_well, language.CODES),
)
"""Every check, in the order of the page that explains their codes."""


def check(root: Path, today: date, on_read: Callable[[Register], None] = lambda _: None) -> tuple[
        Register | None, list[Problem]]:
    """Read the area in `root` as on `today`, and run every check. Before the first of them, call `on_read` with the
    register if `data/area.yml` could be read.

    Returns the register, or None if `data/area.yml` cannot be read, and all problems, sorted by file and line. The
    problems repeat no personal data.
    """
    register, problems = read(root, today)
    if "area" not in register.unread:
        on_read(register)
    everything = [*explained(problems, READING), *(problem for one in CHECKS for problem in one(register))]
    return None if "area" in register.unread else register, privacy.redact(everything, register)


def all_codes() -> list[Code]:
    """Return every code that a problem can have: those of reading, of each check, and of the ledger."""
    checked = [code for check in CHECKS for code in check.codes]
    return list(dict.fromkeys((*READING, *checked, *LEDGER_CODES)))


def codes_by_topic() -> dict[Topic, list[Code]]:
    """Return the codes of each topic, in the order of the table."""
    codes = all_codes()
    return {topic: [code for code in codes if code.topic is topic] for topic in Topic}
