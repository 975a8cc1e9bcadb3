"""The pages that explain the site: how to read it, terms, checks, statements, open data, and how to follow it."""

from __future__ import annotations

from collections.abc import Iterator

from ..kinds import KINDS
from ..records import Term
from ..register import Register
from ..register.forums import next_date
from .actions import count_by_state, promises
from .generated_page import GeneratedPage
from .page_metadata import CHANGES_FEED, POSTS_FEED, feeds_of

_FILES = [(kind.open_data.name, kind.open_data.holds, kind.open_data.is_table) for kind in KINDS if kind.open_data]
OPEN_DATA_FILES = sorted([_FILES[0], ("updates", "the history of every action", True), *_FILES[1:]],
                         key=lambda file: not file[2])
"""Each file's name, what it holds, and whether it is also a table: the tables come first."""


def how_to_read_page(register: Register) -> Iterator[GeneratedPage]:
    """Yield the page on how to read the site."""
    yield GeneratedPage(
        address="how-to-read/", title="How to read this site",
        description="What an action is, what the labels mean, and where to begin.",
        template="pages/how-to-read.html",
        context={"has_next_date": any(next_date(forum, register.today) for forum in register.forums.values())})


def easy_read_page(register: Register) -> Iterator[GeneratedPage]:
    """Yield the Easy Read page: one idea a line, each with a picture, about what this area has promised."""
    yield GeneratedPage(
        address="easy-read/", title="This site in Easy Read", searched=False,
        description=f"What was promised to children in {register.area.name}, in short sentences with pictures.",
        template="pages/easy-read.html",
        context={"lines": list(_easy_lines(register)), "telephone": _telephone(register)})


def _easy_lines(register: Register) -> Iterator[tuple[str, str]]:
    """Yield the lines on the board and its promises, each with the name of its picture."""
    found = count_by_state(promises(register.progress.values()))
    yield "account-child", f"Some children and young people in {register.area.name} need extra help to learn."
    yield "account-group", "There is a group of people called a board. It must make this help better."
    if found["all"]:
        yield "handshake", f"This site lists {_how_many(found['all'])}."
        yield "check-circle", f"{found['complete'] or 'None'} of them {'is' if found['complete'] == 1 else 'are'} done."
    else:
        yield "handshake", "This site will show what the board and its partners promise."
    if found["late"]:
        yield "clock-alert", f"{found['late']} of them {'is' if found['late'] == 1 else 'are'} late."
    if found["date_passed"]:
        yield "calendar-question", f"For {found['date_passed']} of them, the date has passed. We do not know if " \
            f"{'it is' if found['date_passed'] == 1 else 'they are'} done."
    if found["silent"]:
        yield "help-circle", f"For {found['silent']} of them, we found no news."


def _telephone(register: Register) -> str | None:
    """Return the telephone number of the first service that helps one child, if its record has one."""
    links = register.area.one_child.links[:1]
    return next((service.telephone for service in register.services.values()
                 if service.url in [link.url for link in links]), None)


def _how_many(count: int) -> str:
    return "one promise" if count == 1 else f"{count} promises"


def glossary_page(register: Register) -> Iterator[GeneratedPage]:
    """Yield the page that explains every term, in alphabetical order by first letter."""
    letters: dict[str, list[Term]] = {}
    for term in sorted(register.terms.values(), key=lambda term: term.term.casefold()):
        letters.setdefault(term.term[0].upper(), []).append(term)
    yield GeneratedPage(
        address="glossary/", title="Glossary: what the words mean",
        description="What the words and short forms on this site mean, in plain words.",
        template="pages/glossary.html", record_file="data/glossary.yml", context={"letters": letters})


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
    """Yield the page that explains the open data."""
    yield GeneratedPage(
        address="open-data/", title="Open data",
        description="All records as files for a spreadsheet or a program.",
        template="pages/open-data.html", context={"files": OPEN_DATA_FILES})


def subscribe_page(register: Register) -> Iterator[GeneratedPage]:
    """Yield the page that explains the feeds, the calendar and the newsletter."""
    feeds = [POSTS_FEED, CHANGES_FEED]
    feeds += [feed for id in register.organisations for feed in feeds_of(register, f"organisations/{id}/")]
    routes = (route for route in register.area.feedback if route.audience == "parent_carer")
    yield GeneratedPage(
        address="subscribe/", title="Follow along",
        description="How to get news of the promises, and their dates, on your phone or computer.",
        template="pages/subscribe.html", context={"feeds": feeds, "parent_route": next(routes, None)})
