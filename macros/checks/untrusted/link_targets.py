"""Addresses of links and images: they run nothing, lead where they say, and come from no look-alike site."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import urlsplit

import idna

from ...problem import Code, Problem, Topic, quoted
from ...register import Register
from ...source.files import REMEMBERED, Document
from .characters import documents
from .page_html import SCHEMES, Target, page_parts

CODES = (
    Code("link-target", Topic.TRUST,
         "The link does not lead where a reader would think, or it does something other than lead to a page. Or an "
         "image is loaded from another site, which would then learn who reads this page.",
         "[smallshire.org](https://elsewhere.example/)", "[smallshire.org](https://www.smallshire.org/)"),
)

SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.I)
BLANKS = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029]+")
LABELS = re.compile(r"[\w-]+(?:\.[\w-]+)*\.?|\[[0-9a-f:.]+\]", re.I)
NAMED_HOST = re.compile(r"(?:https?://)?((?:[\w-]+\.)+(?:uk|org|com|net|eu|info))(?:/\S*)?", re.I)
"""Link text that is itself the name of a site."""

Finding = tuple[str, str]
"""A message and a hint."""

Place = tuple[str | int, ...]


def links_are_what_they_seem(register: Register) -> Iterator[Problem]:
    """Ensures that a link runs nothing, leads where its text says, and to no site whose name has look-alike letters."""
    for page in register.pages:
        body = page.document.body
        if "](" in body or "<" in body or "]:" in body:
            for part in page_parts(body, page.document.body_line):
                if isinstance(part, Target):
                    yield from _check_target(page.document.path, part)
    for document in documents(register):
        yield from _in_values(document)


@lru_cache(maxsize=REMEMBERED)
def _in_values(document: Document) -> tuple[Problem, ...]:
    found = []
    for place, value in _values(document):
        if value.startswith(("http://", "https://")) and not any(blank in value for blank in " \n"):
            finding = find_deception(value) or _elsewhere(_title(document.data, place), value)
            if finding:
                found.append(Problem(document.path, document.line(*place), "link-target", *finding))
    return tuple(found)


def _check_target(path: str, target: Target) -> Iterator[Problem]:
    begins, address = scheme(target.address), target.address.strip()
    allowed = SCHEMES - {"site"} if not target.is_image else frozenset()
    if begins and begins not in allowed:
        yield Problem(path, target.line, "link-target", f"an image is loaded from {quoted(address)}, so that site "
                      "would learn who reads this page" if target.is_image and begins in ("http", "https") else
                      f'an address that begins with {quoted(begins + ":")} is not allowed '
                      + ("for an image" if target.is_image else "in a link"),
                      "put the image into docs/, and name that file" if target.is_image else
                      "link to a page of this site, or to one that begins with https://")
    elif re.match(r"[/\\]{2}", BLANKS.sub("", address)):
        yield Problem(path, target.line, "link-target", f"{quoted(address)} has no https: at its beginning",
                      "write https: before it")
    elif begins in ("http", "https"):
        finding = find_deception(address) or _elsewhere(target.words, address)
        if finding:
            yield Problem(path, target.line, "link-target", *finding)


def _title(data: object, place: tuple[str | int, ...]) -> str:
    """Return the title that belongs to an address, if there is one."""
    for part in place[:-1]:
        data = data[part]  # type: ignore[index]
    title = data.get("title") if isinstance(data, dict) and place[-1] in ("url", "archived") else None
    return title if isinstance(title, str) and place[-1] == "url" else ""


def _elsewhere(words: str, address: str) -> Finding | None:
    """Return a finding if a link's words name one site, and its address another."""
    match = NAMED_HOST.fullmatch(words.strip())
    named, actual = match[1].lower().removeprefix("www.") if match else "", host(address)
    if not named or not actual or actual == named or actual.endswith("." + named):
        return None
    return f"the link says {quoted(named)} but leads to {quoted(actual)}", "use link text that says what is there"


def _values(document: Document) -> Iterator[tuple[Place, str]]:
    """Yield each text in a file's data with its place."""
    pending: list[tuple[Place, object]] = [((), document.data)]
    while pending:
        place, value = pending.pop()
        if isinstance(value, str):
            yield place, value
        elif isinstance(value, dict):
            pending += [((*place, key), item) for key, item in value.items()]
        elif isinstance(value, tuple):
            pending += [((*place, number), item) for number, item in enumerate(value)]


def scheme(address: str) -> str:
    """Return the scheme of an address, or "" if it has none; white space is ignored, as browsers do."""
    match = SCHEME.match(BLANKS.sub("", address))
    return match[1].lower() if match else ""


def host(address: str) -> str:
    """Return an address's host in lower case, without "www.", or "" if it has none."""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def find_deception(address: str) -> Finding | None:
    """Return what is misleading about the host of a web address, or None.

    Source: Unicode Technical Standard 39, "Unicode Security Mechanisms", section 5.1 on mixed scripts; RFC 5891.
    """
    try:
        parts = urlsplit(address)
        name, _ = parts.hostname or "", parts.port
    except ValueError:
        return f"{quoted(address)} is not a web address", "write one like https://www.example.org/page"
    if "@" in parts.netloc or "\\" in address:
        return f"the address leads to {quoted(name)}, though it begins with another name", \
            f"write what the link leads to: {parts.scheme}://{name[:60]}/…"
    if not LABELS.fullmatch(name):
        return f"{quoted(name)} is not the name of a site", "write one like www.example.org"
    try:
        shown = ".".join(idna.decode(label) if label.startswith("xn--") else label for label in name.split("."))
    except idna.IDNAError:
        return f"{quoted(name)} is not the name of a site", "copy the address again from the site itself"
    scripts = {_script(letter) for letter in shown if letter.isalpha()}
    if len(scripts) > 1 or "look-alike" in scripts:
        letters = [letter for letter in shown if letter.isalpha()]
        odd = next(letter for letter in letters if "LATIN" not in scripts or _script(letter) != "LATIN")
        return f"the name {quoted(shown)} has a letter that only looks like another " \
            f"({unicodedata.name(odd, 'unknown').lower()})", "copy the address again from the site itself"
    return None


def _script(letter: str) -> str:
    """Return the script of a letter, or "look-alike" for a Latin letter other than a to z, with or without accents."""
    if letter.isascii():
        return "LATIN"
    first = unicodedata.name(letter, "unknown").split()[0]
    plain = unicodedata.normalize("NFD", letter)[0].isascii() or letter in "æøœðþß"
    return "look-alike" if first == "LATIN" and not plain else first
