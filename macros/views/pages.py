"""The table of all generated pages, and the pages left behind at addresses that have moved."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..register import Register
from . import (
    about,
    actions,
    asking,
    briefing,
    changes,
    embeds,
    feedback,
    findings,
    measures,
    meetings,
    organisations,
    plans,
    priorities,
    topics,
)
from .descriptions import of_redirect
from .generated_page import GeneratedPage


def redirect_pages(register: Register) -> Iterator[GeneratedPage]:
    """Yield a page for each published address that has moved or is gone, and for each post or file taken down."""
    for redirect in register.redirects.values():
        yield GeneratedPage(
            address=redirect.from_, title="This page has moved" if redirect.to else "This page is gone",
            description=of_redirect(redirect), template="pages/moved.html",
            context={"redirect": redirect}, searched=False, moved_to=redirect.to, record_file="data/redirects.yml")
    for stem, post in register.posts.items():
        if post.draft and post.changed:
            yield GeneratedPage(
                address=f"blog/{stem}/", title="This post has been taken down",
                description=f"Why the post of {post.date} is no longer shown.",
                template="pages/taken-down.html", context={"post": post}, searched=False,
                record_file=register.location_of("posts", stem)[0])
    for gone in register.taken_down:
        if gone.file:
            yield GeneratedPage(
                address=f"{gone.file}/", title="This file has been taken down",
                description="Why the file at this address is gone.", template="pages/taken-down.html",
                context={"gone": gone}, searched=False, record_file="data/taken-down.yml")


PAGES: tuple[Callable[[Register], Iterator[GeneratedPage]], ...] = (
    actions.index_pages, actions.detail_pages,
    meetings.decisions_page, meetings.decision_pages,
    meetings.index_page, meetings.detail_pages,
    measures.index_page, measures.detail_pages, measures.area_pages, embeds.embed_pages,
    findings.index_page, findings.detail_pages,
    priorities.index_page, priorities.detail_pages,
    organisations.index_page, organisations.detail_pages,
    plans.index_page, plans.detail_pages,
    asking.ask_page,
    changes.index_page, changes.year_pages, briefing.briefing_page,
    changes.timeline_page, changes.disagreements_page, about.glossary_page, feedback.index_page, redirect_pages,
    topics.index_page, topics.detail_pages, topics.help_page,
    about.subscribe_page, about.statement_pages, about.open_data_page,
    about.how_to_read_page, about.easy_read_page,
)
"""Each function yields the pages of one kind."""


def generated_pages(register: Register) -> Iterator[GeneratedPage]:
    """Yield every generated page of the site."""
    for pages in PAGES:
        yield from pages(register)
