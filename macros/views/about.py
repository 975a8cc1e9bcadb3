"""The pages about the site itself: its statements, its open data, and how to follow along."""

from __future__ import annotations

from collections.abc import Iterator

from ..kinds import KINDS, guarded
from ..records.base import Guard
from ..register import Register
from .generated_page import GeneratedPage
from .page_metadata import CHANGES_FEED, POSTS_FEED, feeds_of

_FILES = [(kind.open_data.name, kind.open_data.holds, kind.open_data.is_table) for kind in KINDS if kind.open_data]
OPEN_DATA_FILES = sorted([_FILES[0], ("updates", "the history of every action", True), *_FILES[1:]],
                         key=lambda file: not file[2])
"""Each file's name, what it holds, and whether it is also a table: the tables come first."""


def statement_pages(register: Register) -> Iterator[GeneratedPage]:
    """Yield the accessibility statement and the privacy notice."""
    yield GeneratedPage(
        address="accessibility/", title="Accessibility",
        description="How accessible this site is, what is not and why, how it was tested, and how to tell us.",
        template="pages/accessibility.html", record_file="data/area.yml")
    yield GeneratedPage(
        address="privacy/", title="Privacy",
        description="No cookies, no tracking, no forms: nothing is kept about you.",
        template="pages/privacy.html")


def open_data_page(register: Register) -> Iterator[GeneratedPage]:
    """Yield the page that explains the open data, and how a reader proves that a promise was changed."""
    yield GeneratedPage(
        address="open-data/", title="Open data, and proof that nothing was changed",
        description="All records as files for a spreadsheet or a program, and how to prove that a promise was "
                    "changed.",
        template="pages/open-data.html",
        context={"files": OPEN_DATA_FILES, "given_later": sorted(guarded("actions", Guard.SET_ONCE), reverse=True)})


def subscribe_page(register: Register) -> Iterator[GeneratedPage]:
    """Yield the page that explains the feeds, the calendar and the newsletter."""
    feeds = [POSTS_FEED, CHANGES_FEED]
    feeds += [feed for id in register.organisations for feed in feeds_of(register, f"organisations/{id}/")]
    routes = (route for route in register.area.feedback if route.audience == "parent_carer")
    yield GeneratedPage(
        address="subscribe/", title="Follow along",
        description="How to get news of the promises, and their dates, on your phone or computer.",
        template="pages/subscribe.html", context={"feeds": feeds, "parent_route": next(routes, None)})
