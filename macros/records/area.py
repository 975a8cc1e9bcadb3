"""The facts about an area that its whole site shows: its board, contacts, licence and statements."""

from __future__ import annotations

from typing import Literal

from pydantic import model_validator

from ..problem import invalid
from .base import Correction, Date, Email, Line, Prose, Record, Source, TakeDowns, Text, WebAddress, formed
from .example_address import TO_FILL_IN, is_example

Colour = formed(r"^#[0-9A-Fa-f]{6}$", "a colour", '"#0b4a66", in quotes')


class Board(Record):
    """The board: what it is for and who sits on it, in our words."""

    name: Text
    short_name: Text
    purpose: Prose
    members: Prose
    source: Source | None = None


class Chair(Record):
    """The chair, named only where a source names them."""

    name: Text | None
    office: Text
    note: Prose | None = None
    source: Source | None = None


class OfficeHolder(Record):
    """Someone who may be named on the site, because of the public office that they hold."""

    name: Text
    office: Text
    source: Source | None = None


class Link(Record):
    """A link to another site, with a note on what is there."""

    title: Text
    url: WebAddress
    note: Text | None = None


AUDIENCE_WORDS = {
    "parent_carer": "Parents and carers",
    "young_person": "Children and young people",
    "partner": "Partners and people who work in services",
    "councillor": "Councillors",
    "website": "Problems with this website",
}
"""The label of each audience of a feedback route."""


class FeedbackRoute(Record):
    """How one group of readers gives feedback: who answers, how to reach them, and what happens next."""

    audience: Literal["parent_carer", "young_person", "partner", "councillor", "website"]
    who_answers: Text
    email: Email | None = None
    url: WebAddress | None = None
    instruction: Prose | None = None
    what_happens_next: Prose
    source: Source | None = None

    @model_validator(mode="after")
    def _can_be_followed(self) -> FeedbackRoute:
        if not (self.email or self.url or self.instruction):
            raise invalid("no-route", "the route has no email, url or instruction",
                          "add one of email, url, instruction")
        return self


class AnswerWithin(Record):
    """Within how many days what families said is to be answered, and where that was agreed."""

    days: int
    source: Source

    @model_validator(mode="after")
    def _is_a_period(self) -> AnswerWithin:
        if self.days < 1:
            raise invalid("value", f"{self.days} is no number of days in which somebody could answer",
                          "write a whole number such as 90, or take the whole entry out where no period is agreed",
                          "days")
        return self


class OneChild(Record):
    """The advice for a parent who needs help for one child, with links to those who can give it."""

    text: Prose
    links: tuple[Link, ...]


class Newsletter(Record):
    """A list through which readers get the news by email: the forum's own, or a service that turns a feed into mail."""

    title: Text
    url: WebAddress
    note: Prose | None = None


class PreElection(Record):
    """A pre-election period, in which publicity rules for councils apply."""

    first_day: Date
    last_day: Date
    note: Prose | None = None


class AccessibilityTest(Record):
    """One test of the site. `by_people` where people tested it who use assistive technology themselves."""

    date: Date
    method: Prose
    result: Prose
    by_people: bool = False


class AccessibilityProblem(Record):
    """Something that some readers cannot use, why, and until when."""

    what: Prose
    why: Prose | None = None
    until: Date | None = None


class Accessibility(Record):
    """The facts of the accessibility statement: it claims nothing that was not tested.

    Source: the Public Sector Bodies (Websites and Mobile Applications) (No. 2) Accessibility Regulations 2018, reg. 8.
    """

    prepared: Date
    reviewed: Date | None = None
    tests: tuple[AccessibilityTest, ...] = ()
    problems: tuple[AccessibilityProblem, ...] = ()


class Security(Record):
    """The contact for security vulnerabilities, and the day until which it is valid.

    Source: RFC 9116, sections 2.5.3 and 2.5.5.
    """

    contact: WebAddress
    expires: Date


class Colours(Record):
    """The site's colour for links and buttons, in light and in dark mode."""

    on_white: Colour
    on_dark: Colour


class Licence(Record):
    """The terms under which the site's texts and records may be used."""

    name: Text
    url: WebAddress


class AreaCodes(Record):
    """The area's codes: `gss` is the national one of the council's area, `dfe` that of the Department for Education,
    and `region` the national code of its region.

    Source: the Office for National Statistics, "Code History Database".
    """

    gss: formed(r"^E[0-9]{8}$", "a national code", "E10000025")
    dfe: formed(r"^[0-9]{3}$", "the department's code, in quotes", '"931"')
    region: formed(r"^E12[0-9]{6}$", "a region's national code", "E12000008")


class Neighbours(Record):
    """The areas most like this one, by their national codes, and who says so."""

    codes: tuple[formed(r"^E[0-9]{8}$", "a national code", "E10000003"), ...]
    source: Source


class Area(Record):
    """The area, its board, and how to reach those who answer.

    `standing` is `adopted` where the board runs the site; `independent` where it is built from published sources and
    not run by the board: then every page says so. By `postcodes`, the first letters of the area's postcodes, the search
    for personal data knows the names of its schools.
    """

    name: Text
    site_name: Line
    site_description: Prose
    codes: AreaCodes | None = None
    postcodes: tuple[formed(r"^[A-Z]{1,2}$", "the first letters of a postcode", "OX"), ...] = ()
    neighbours: Neighbours | None = None
    board: Board
    chair: Chair
    office_holders: tuple[OfficeHolder, ...] = ()
    standing: Literal["adopted", "independent"]
    site_url: WebAddress
    repository_url: WebAddress | None = None
    newsletter: Newsletter | None = None
    licence: Licence
    next_meeting_note: Prose | None = None
    incomplete: Prose | None = None
    feedback: tuple[FeedbackRoute, ...]
    answer_within: AnswerWithin | None = None
    one_child: OneChild
    pre_election: tuple[PreElection, ...] = ()
    other_sites: tuple[Link, ...] = ()
    accessibility: Accessibility | None = None
    host: Link | None = None
    security: Security | None = None
    colours: Colours | None = None
    logo: Text | None = None
    corrections: tuple[Correction, ...] = ()
    taken_down: TakeDowns = ()

    @property
    def is_trial(self) -> bool:
        """Whether the addresses of the site and of its repository are examples, so that the pages have to say so."""
        own = [address for address in (self.site_url, self.repository_url) if address]
        return all(is_example(address) and not address.startswith(TO_FILL_IN) for address in own)

    def leads_nowhere(self, address: str | None) -> bool:
        """Return whether an address of this area is an example."""
        return is_example(address)
