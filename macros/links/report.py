"""The reports of `board links`: which links are dead, and which sources have no archived copy."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from ..register import Register
from ..review.github_markdown import markdown_environment, text_environment
from .external_links import Location, external_links, unarchived_sources
from .link_checker import NOT_LOOKED_UP, UNKNOWN_HOST, LinkChecker, round_robin


class NoNetworkError(Exception):
    """No host name could be resolved, so nothing is known about any link."""


@dataclass(frozen=True)
class FailedLink:
    """An address that is dead or was asked in vain, with the reason and its locations."""

    address: str
    why: str
    places: list[Location]


@dataclass(frozen=True)
class LinkReport:
    """The number of addresses checked, and those that did not answer with a page.

    `unarchived` counts the sources without an archived copy: nothing would be left of them if they died.
    """

    asked: int
    dead: list[FailedLink]
    in_vain: list[FailedLink]
    unarchived: int = 0


def check_links(register: Register, checker: LinkChecker) -> LinkReport:
    """Check each of an area's links to other sites once. Raises NoNetworkError if no host name could be resolved."""
    locations = external_links(register)
    answers = {address: checker.check(address) for address in round_robin(locations)}
    # When no name at all can be resolved, the fault is this machine's connection.
    if not any(answer.state == "there" for answer in answers.values()) and any(
            answer.why in (UNKNOWN_HOST, NOT_LOOKED_UP) for answer in answers.values()):
        raise NoNetworkError(f"not one of {len(answers)} addresses could be looked up or opened: is this machine "
                             "connected?")

    def in_state(state: str) -> list[FailedLink]:
        return [FailedLink(address, answers[address].why, locations[address]) for address in locations
                if answers[address].state == state]

    return LinkReport(len(locations), in_state("dead"), in_state("in vain"), len(unarchived_sources(register)))


def user_agent(register: Register) -> str:
    """Return the User-Agent for requests to other sites, with an address where their owners can read who is asking."""
    area = register.area
    words = f"{area.site_name} link check (+{area.repository_url or area.site_url})"
    return words.encode("ascii", "replace").decode("ascii")


def _text(template: str, **context: Any) -> str:
    return text_environment().get_template(template).render(**context).strip()


def _markdown(template: str, **context: Any) -> str:
    return markdown_environment().get_template(template).render(**context).strip()


def _json(value: dict[str, Any]) -> str:
    return json.dumps({"version": 1} | value, ensure_ascii=False, indent=2)


REPORT_FORMATS: dict[str, Callable[[LinkReport], str]] = {
    "text": lambda findings: _text("links-text.html", findings=findings),
    "markdown": lambda findings: _markdown("links-markdown.html", findings=findings),
    "json": lambda findings: _json(asdict(findings)),
}
"""The report of dead links. As JSON it is
`{"version": 1, "asked": n, "dead": [{address, why, places: [{path, line, record, archived}]}], …}`."""

Unarchived = dict[str, list[Location]]
"""Each address without an archived copy, with its locations."""

UNARCHIVED_FORMATS: dict[str, Callable[[Unarchived], str]] = {
    "text": lambda missing: _text("unarchived-text.html", missing=missing),
    "markdown": lambda missing: _markdown("unarchived-markdown.html", missing=missing),
    "json": lambda missing: _json({"unarchived": [
        {"address": address, "places": [asdict(place) for place in places]} for address, places in missing.items()]}),
}
"""The report of missing copies. As JSON it is
`{"version": 1, "unarchived": [{address, places: [{path, line, record, archived}]}]}`."""
