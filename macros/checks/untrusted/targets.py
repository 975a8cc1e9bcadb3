"""Where links lead: to a page, to a site that is what it seems, and to nothing that runs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ...problem import Problem, quoted
from ...register import Register
from ...source.files import REMEMBERED, Document
from ..allowed_html import SCHEMES
from .hosts import BLANKS, deceives, host, scheme
from .page_parts import Target, parts
from .values import texts, values

NAMED_HOST = re.compile(r"(?:https?://)?((?:[\w-]+\.)+(?:uk|org|com|net|eu|info))(?:/\S*)?", re.I)
"""A link's words that name a site themselves."""


def links_are_what_they_seem(register: Register) -> Iterator[Problem]:
    """Ensure that a link runs nothing, that its site's name has no look-alike letters, and that it leads where it
    says."""
    for page in register.pages:
        body = page.document.body
        if "](" in body or "<" in body or "]:" in body:
            for part in parts(body, page.document.body_line):
                if isinstance(part, Target):
                    yield from _said(page.document.path, part)
    for document in texts(register):
        yield from _in_values(document)


@lru_cache(maxsize=REMEMBERED)
def _in_values(document: Document) -> tuple[Problem, ...]:
    found = []
    for place, value in values(document):
        if value.startswith(("http://", "https://")) and not any(blank in value for blank in " \n"):
            said = deceives(value) or _elsewhere(_title(document.data, place), value)
            if said:
                found.append(Problem(document.path, document.line(*place), "link-target", *said))
    return tuple(found)


def _said(path: str, target: Target) -> Iterator[Problem]:
    begins, address = scheme(target.address), target.address.strip()
    allowed = SCHEMES - {"site"} if not target.is_image else frozenset()
    if begins and begins not in allowed:
        yield Problem(path, target.line, "link-target", f"an image is loaded from {quoted(address)}, so that site "
                      "would learn who reads this page" if target.is_image and begins in ("http", "https") else
                      f'an address that begins with {quoted(begins + ":")} may not be '
                      + ("shown" if target.is_image else "linked"),
                      "put the image into docs/, and name that file" if target.is_image else
                      "link to a page of this site, or to one that begins with https://")
    elif re.match(r"[/\\]{2}", BLANKS.sub("", address)):
        yield Problem(path, target.line, "link-target", f"{quoted(address)} does not say how it is reached",
                      "write the address with https: before it")
    elif begins in ("http", "https"):
        said = deceives(address) or _elsewhere(target.words, address)
        if said:
            yield Problem(path, target.line, "link-target", *said)


def _title(data: object, place: tuple[str | int, ...]) -> str:
    """Return the title that stands beside an address, if there is one."""
    for part in place[:-1]:
        data = data[part]  # type: ignore[index]
    title = data.get("title") if isinstance(data, dict) and place[-1] in ("url", "archived") else None
    return title if isinstance(title, str) and place[-1] == "url" else ""


def _elsewhere(words: str, address: str) -> tuple[str, str] | None:
    """Return what is wrong where a link's words name one site, and its address another."""
    match = NAMED_HOST.fullmatch(words.strip())
    said, leads = match[1].lower().removeprefix("www.") if match else "", host(address)
    if not said or not leads or leads == said or leads.endswith("." + said):
        return None
    return f"the link says {quoted(said)} and leads to {quoted(leads)}", "write words that say what is there"
