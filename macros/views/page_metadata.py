"""The metadata of a page: what its head holds, where to suggest a change, and its subject as JSON-LD.

Sources: JSON-LD 1.1 (W3C Recommendation), section 7.1 on embedding in HTML; the types of schema.org.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from ..kinds import KINDS
from ..publish.cards import card_of, standing_words
from ..records import Measure, Meeting, Organisation, Post
from ..register import Progress, Register
from ..register.progress import KIND_WORDS
from ..register.verdicts import Verdict

BRANCH = "main"
"""The branch that suggested changes are made to."""

CORRECTION_FORM = "5-correction.yml"
"""The issue form for pages without a file of their own."""

SECTIONS = {kind.index.rstrip("/"): kind.plural.capitalize() for kind in KINDS if kind.has_pages and kind.index} | {
    "changes": "What changed"}

PUBLIC_BODIES = ("council", "nhs", "board", "regulator", "government")

ACTION_STATUSES = {"not_started": "PotentialActionStatus", "in_progress": "ActiveActionStatus",
                   "at_risk": "ActiveActionStatus", "blocked": "ActiveActionStatus",
                   "complete": "CompletedActionStatus", "stopped": "FailedActionStatus"}
"""The statuses of an action as schema.org's ActionStatusType."""

Thing = dict[str, Any]


@dataclass(frozen=True)
class FeedLink:
    """A link to a feed; `path` is its path on the site without the ending of its format."""

    name: str
    path: str


POSTS_FEED, CHANGES_FEED = FeedLink("Posts", "feeds/blog"), FeedLink("What changed", "feeds/changes")


@dataclass(frozen=True)
class PageMeta:
    """The metadata of one page.

    `url` is the page's path on the site, or None for the page shown in place of missing ones. `boost` ranks the page
    higher in search results.
    """

    url: str | None
    title: str
    description: str
    canonical: str | None = None
    is_searched: bool = False
    boost: float = 1
    moved_to: str | None = None
    card: str | None = None
    suggest: str | None = None
    feeds: list[FeedLink] = field(default_factory=list)
    linked_data: list[dict[str, Any]] = field(default_factory=list)

    @property
    def is_home(self) -> bool:
        return self.url == ""

    @property
    def here(self) -> str:
        """The page's address on the site, empty for a page without one."""
        return self.url or ""

    @property
    def to_root(self) -> str:
        """The relative path from the page to the site's root: empty, or ending in a slash."""
        return "../" * self.here.count("/")


def page_meta(register: Register, url: str, title: str, description: str | None, *, made_from: str | None,
              is_searched: bool = True, boost: float = 1, moved_to: str | None = None,
              site_url: str | None = None) -> PageMeta:
    """Return the metadata of the page at `url`, its path on the site such as actions/a-012/.

    `made_from` is the file or folder of the area that the page shows. `site_url` is where the site is served, if not at
    the area's own address: in a preview.
    """
    return PageMeta(
        url, title, description or register.area.site_description,
        canonical=(site_url or register.area.site_url.rstrip("/") + "/") + url, is_searched=is_searched, boost=boost,
        moved_to=moved_to, card=card_of(register, url), suggest=suggest(register, made_from, url),
        feeds=feeds_of(register, url), linked_data=linked_data(register, url, title))


def missing_page(register: Register) -> PageMeta:
    """Return the metadata of the page shown in place of missing ones."""
    return PageMeta(None, "Page not found", "There is no page at this address.")


def feeds_of(register: Register, page: str) -> list[FeedLink]:
    """Return the feeds that belong to the page at an address such as actions/a-012/."""
    kind, _, rest = page.rstrip("/").partition("/")
    if page == "":
        return [POSTS_FEED, CHANGES_FEED]
    if kind == "blog":
        return [POSTS_FEED]
    if kind == "changes":
        return [CHANGES_FEED]
    if kind == "actions" and rest.upper() in register.actions:
        return [FeedLink(f"{rest.upper()} {register.actions[rest.upper()].title}", f"feeds/actions/{rest}")]
    if kind == "organisations" and rest in register.organisations:
        return [FeedLink(register.organisations[rest].name, f"feeds/organisations/{rest}")]
    return []


def suggest(register: Register, file: str | None, address: str) -> str | None:
    """Return the web address for suggesting a change to a page; None when the area names no repository.

    `file` is what the page is made from, as a path from the area's folder: a file opens in GitHub's editor, and a
    folder (with a slash at its end) is listed. A page computed from many records has none: then the form for
    corrections opens, with the page's address filled in.
    Source: GitHub Docs, "Creating a permanent link" and "Creating an issue from a URL query".
    """
    if not register.area.repository_url:
        return None
    repository = register.area.repository_url.rstrip("/")
    if file and (register.root / file).exists():
        kind = "tree" if file.endswith("/") else "edit"
        return f"{repository}/{kind}/{BRANCH}/{quote(file.rstrip('/'))}"
    page = register.area.site_url.rstrip("/") + "/" + address
    return f"{repository}/issues/new?template={CORRECTION_FORM}&record={quote(page, safe='')}"


def linked_data(register: Register, page: str, title: str) -> list[Thing]:
    """Return the things that describe the page at an address such as actions/a-012/: its subject and breadcrumbs."""
    subject, breadcrumbs = _subject(register, page), _breadcrumbs(register, page, title)
    return [{"@context": "https://schema.org", **thing} for thing in (subject, breadcrumbs) if thing]


def _site(register: Register) -> str:
    return register.area.site_url.rstrip("/") + "/"


def _subject(register: Register, page: str) -> Thing | None:
    kind, _, id = page.rstrip("/").partition("/")
    if page == "":
        return {"@type": "WebSite", "name": register.area.site_name, "url": _site(register), "inLanguage": "en-GB",
                "description": register.area.site_description, "about": _board(register)}
    if kind == "blog" and id in register.posts:
        return _post(register, page, register.posts[id])
    if kind == "actions" and id.upper() in register.actions:
        return _action(register, page, register.progress[id.upper()])
    if kind == "meetings" and id in register.meetings:
        return _meeting(register, page, register.meetings[id])
    if kind == "measures" and id in register.measures:
        return _measure(register, page, register.measures[id])
    if kind == "organisations" and id in register.organisations:
        return _organisation(register, page, register.organisations[id])
    if page == "open-data/":
        return {**_dataset(register, page, f"{register.area.site_name}: open data", register.area.site_description),
                "distribution": [_download(register, "api/v1/actions.csv", "text/csv"),
                                 _download(register, "api/v1/actions.json", "application/json")]}
    return None


def _board(register: Register) -> Thing:
    return {"@type": "GovernmentOrganization", "name": register.area.board.name,
            "areaServed": {"@type": "AdministrativeArea", "name": register.area.name}}


def _publisher(register: Register) -> Thing:
    """Return the publisher of the site: the board if it runs the site, otherwise the site itself."""
    return _board(register) if register.area.standing == "adopted" else \
        {"@type": "Organization", "name": register.area.site_name, "url": _site(register)}


def _post(register: Register, page: str, post: Post) -> Thing:
    chair = register.area.chair
    by_chair = post.kind == "post" and chair.name
    thing = {"@type": "BlogPosting", "headline": post.title, "description": post.description,
             "datePublished": post.date.text, "inLanguage": "en-GB", "url": _site(register) + page,
             "mainEntityOfPage": _site(register) + page, "license": register.area.licence.url,
             "author": {"@type": "Person", "name": chair.name, "jobTitle": chair.office} if by_chair
             else _publisher(register), "publisher": _publisher(register)}
    if post.changed:
        thing["dateModified"] = post.changed[-1].date.text
    if post.source and post.source.url:
        thing["isBasedOn"] = post.source.url
    return thing


def _action(register: Register, page: str, progress: Progress) -> Thing:
    """Return an action with its kind, its owner, how it stands, and what each of those who say so says."""
    action = progress.action
    thing = {"@type": "Action", "name": action.title, "identifier": action.id, "url": _site(register) + page,
             "additionalType": KIND_WORDS[action.kind], "description": ". ".join(standing_words(progress)) + "."}
    if progress.status in ACTION_STATUSES and not progress.disagree:
        thing["actionStatus"] = f"https://schema.org/{ACTION_STATUSES[progress.status]}"
    if progress.owner in register.organisations:
        thing["agent"] = _organisation(register, f"organisations/{progress.owner}/",
                                       register.organisations[progress.owner])
    accounts = [_account(verdict) for verdict in progress.verdicts if verdict.account.item]
    return {**thing, "subjectOf": accounts} if accounts else thing


def _account(verdict: Verdict) -> Thing:
    item, organisation = verdict.account.item, verdict.account.organisation
    thing = {"@type": "CreativeWork", "name": item.title, "abstract": verdict.label}
    if item.url:
        thing["url"] = item.url
    return {**thing, "publisher": {"@type": "Organization", "name": organisation.name}} if organisation else thing


def _meeting(register: Register, page: str, meeting: Meeting) -> Thing:
    status = "EventCancelled" if meeting.state == "cancelled" else "EventScheduled"
    return {"@type": "Event", "name": f"Meeting of the {register.area.board.name}", "startDate": meeting.id,
            "endDate": meeting.id, "eventStatus": f"https://schema.org/{status}", "organizer": _board(register),
            "location": {"@type": "AdministrativeArea", "name": register.area.name}, "url": _site(register) + page}


def _measure(register: Register, page: str, measure: Measure) -> Thing:
    thing = {**_dataset(register, page, measure.title, f"{measure.question} In {measure.unit}."),
             "variableMeasured": {"@type": "PropertyValue", "name": measure.title, "unitText": measure.unit},
             "distribution": [_download(register, "api/v1/measures.csv", "text/csv"),
                              _download(register, "api/v1/measures.json", "application/json")]}
    days = [day for item in measure.observations for day in (item.period.first_day, item.period.last_day)]
    if days:
        thing["temporalCoverage"] = f"{min(days).isoformat()}/{max(days).isoformat()}"
    return thing


def _dataset(register: Register, page: str, name: str, description: str) -> Thing:
    return {"@type": "Dataset", "name": name, "description": description, "url": _site(register) + page,
            "license": register.area.licence.url, "isAccessibleForFree": True, "creator": _publisher(register),
            "spatialCoverage": {"@type": "AdministrativeArea", "name": register.area.name}}


def _download(register: Register, path: str, form: str) -> Thing:
    return {"@type": "DataDownload", "contentUrl": _site(register) + path, "encodingFormat": form}


def _organisation(register: Register, page: str, organisation: Organisation) -> Thing:
    thing = {"@type": "GovernmentOrganization" if organisation.kind in PUBLIC_BODIES else "Organization",
             "name": organisation.name, "description": organisation.role,
             "mainEntityOfPage": _site(register) + page}
    if organisation.short_name:
        thing["alternateName"] = organisation.short_name
    return {**thing, "url": organisation.url} if organisation.url else thing


def _breadcrumbs(register: Register, page: str, title: str) -> Thing | None:
    """Return the path from the home page to this one."""
    if page == "":
        return None
    parts, steps = page.rstrip("/").split("/"), [("Home", "")]
    for number, part in enumerate(parts[:-1], 1):
        if part in SECTIONS:
            steps.append((SECTIONS[part], "/".join(parts[:number]) + "/"))
    steps.append((title, page))
    return {"@type": "BreadcrumbList", "itemListElement": [
        {"@type": "ListItem", "position": number, "name": name, "item": _site(register) + address}
        for number, (name, address) in enumerate(steps, 1)]}
