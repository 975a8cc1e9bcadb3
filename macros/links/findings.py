"""What asking for an area's links to other sites came to, in the formats of `board links`."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass

from ..register import Register
from ..review.github_markdown import inert, lines
from .asking import NOT_LOOKED_UP, UNKNOWN, Asker, in_turn
from .outside import Place, outside, unarchived


class NoNetworkError(Exception):
    """No address could be looked up, so nothing can be said of any."""


@dataclass(frozen=True)
class Finding:
    """An address that is dead or was asked in vain: why, and the places that name it."""

    address: str
    why: str
    places: list[Place]


@dataclass(frozen=True)
class Findings:
    """How many addresses were asked, and which of them did not answer with a page. `unarchived` is how many sources and
    how much evidence have no archived copy, for the day when they are dead."""

    asked: int
    dead: list[Finding]
    in_vain: list[Finding]
    unarchived: int = 0


def ask_all(register: Register, asker: Asker) -> Findings:
    """Ask for each of an area's links to other sites, once. Raises NoNetworkError where none could be looked up."""
    places = outside(register)
    answers = {address: asker.ask(address) for address in in_turn(places)}
    # Where no name at all is known, the fault is here, and not with every site of the world.
    if answers and all(answer.why in (UNKNOWN, NOT_LOOKED_UP) for answer in answers.values()):
        raise NoNetworkError(f"not one of {len(answers)} addresses could be looked up: is this machine connected?")

    def those(state: str) -> list[Finding]:
        return [Finding(address, answers[address].why, places[address]) for address in places
                if answers[address].state == state]

    return Findings(len(places), those("dead"), those("in vain"), len(unarchived(register)))


def agent(register: Register) -> str:
    """Return the name under which other sites are asked: who asks, and where that can be read up."""
    area = register.area
    words = f"{area.site_name} link check (+{area.repository_url or area.site_url})"
    return words.encode("ascii", "replace").decode("ascii")


def as_text(findings: Findings) -> str:
    """Return the findings as lines of text."""
    return lines().get_template("links-text.html").render(findings=findings).strip()


def as_markdown(findings: Findings) -> str:
    """Return the findings as the Markdown of an issue."""
    return inert().get_template("links-markdown.html").render(findings=findings).strip()


def as_json(findings: Findings) -> str:
    """Return `{"version": 1, "asked": n, "dead": [{address, why, places: [{path, line, record, archived}]}], …}`."""
    return json.dumps({"version": 1} | asdict(findings), ensure_ascii=False, indent=2)


FORMATS: dict[str, Callable[[Findings], str]] = {"text": as_text, "markdown": as_markdown, "json": as_json}
