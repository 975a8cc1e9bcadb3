"""Structured data in the head of each page: JSON-LD with the vocabulary of schema.org.

Source: JSON-LD 1.1 (W3C Recommendation), §7.1 on embedding in HTML; schema.org, the types named here.
"""

from __future__ import annotations

from typing import Any

from ..kinds import KINDS
from ..records import Measure, Meeting, Organisation, Post
from ..register import Register

SECTIONS = {kind.index.rstrip("/"): kind.plural.capitalize() for kind in KINDS if kind.has_pages and kind.index} | {
    "topics": "Posts by topic", "changes": "What changed"}

PUBLIC_BODIES = ("council", "nhs", "board", "regulator", "government")

Thing = dict[str, Any]


def linked_data(register: Register, page: str, title: str) -> list[Thing]:
    """Return the things that describe the page at an address such as actions/a-012/: its subject and breadcrumbs."""
    about, breadcrumbs = _about(register, page), _breadcrumbs(register, page, title)
    return [{"@context": "https://schema.org", **thing} for thing in (about, breadcrumbs) if thing]


def _site(register: Register) -> str:
    return register.area.site_url.rstrip("/") + "/"


def _about(register: Register, page: str) -> Thing | None:
    kind, _, id = page.rstrip("/").partition("/")
    if page == "":
        return {"@type": "WebSite", "name": register.area.site_name, "url": _site(register), "inLanguage": "en-GB",
                "description": register.area.site_description, "about": _board(register)}
    if kind == "blog" and id in register.posts:
        return _post(register, page, register.posts[id])
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
