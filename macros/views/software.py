"""The page that lists all software that the site is made with, read from what is installed, with its licences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import metadata
from typing import Any

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from ..register import Register

PROJECT = "send-board"

INSTALLERS = ("editables", "hatchling", "pip")
"""What the lock file holds besides what the project requires: they set the project itself up."""

SEARCH, THEME = "pagefind-bin", "mkdocs-material"

CLASSIFIED = {
    "Academic Free License (AFL)": "AFL", "Apache Software License": "Apache", "BSD License": "BSD",
    "GNU General Public License v2 or later (GPLv2+)": "GPL-2.0-or-later",
    "GNU Lesser General Public License v2 or later (LGPLv2+)": "LGPL-2.0-or-later", "MIT License": "MIT",
    "Mozilla Public License 1.1 (MPL 1.1)": "MPL-1.1", "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF",
}
"""Short names for licences as packages classify themselves; without a version where the classifier names none."""

HOMES = ("source", "source code", "repository", "code", "homepage", "home", "documentation")
"""What packages call the address where their code can be read, or else their home; the first that is there counts."""


@dataclass(frozen=True)
class Part:
    """A package: its version and licence as it states them itself, and where its code or its home is, if it says so."""

    name: str
    version: str
    licence: str | None
    home: str | None


def list_page(register: Register) -> Iterator[dict[str, Any]]:
    """Yield the page of the software."""
    yield {
        "address": "about/software/", "title": "Software and licences", "searched": False,
        "description": "All software that this site is made with, with its version and its licence.",
        "template": "pages/software.html", "facts": _facts,
    }


def _facts() -> dict[str, Any]:
    parts = {part.name: part for part in installed()}
    return {
        "parts": [part for name, part in parts.items() if name != PROJECT], "project": parts[PROJECT],
        "search": parts[SEARCH], "theme": parts[THEME],
        "python": metadata.metadata(PROJECT)["Requires-Python"].removeprefix(">="),
    }


def installed() -> list[Part]:
    """Return the project and every package that it is set up and built with, by name, as installed here."""
    found: set[str] = set()
    seen: set[tuple[str, frozenset[str]]] = set()
    ahead = [Requirement(name) for name in (PROJECT, *INSTALLERS)]
    while ahead:
        requirement = ahead.pop()
        name = canonicalize_name(requirement.name)
        if (name, frozenset(requirement.extras)) not in seen:
            seen.add((name, frozenset(requirement.extras)))
            found.add(name)
            ahead += _required(name, requirement.extras)
    return [_part(name) for name in sorted(found)]


def _required(name: str, extras: Iterable[str]) -> Iterator[Requirement]:
    """Yield what a package requires on this machine, without extras that nobody asked for."""
    for line in metadata.requires(name) or ():
        requirement = Requirement(line)
        if not requirement.marker or any(requirement.marker.evaluate({"extra": extra}) for extra in ("", *extras)):
            yield requirement


def _part(name: str) -> Part:
    about = metadata.metadata(name)
    return Part(name, about["Version"], licence_of(about), _home(about))


def licence_of(about: Any) -> str | None:
    """Return a package's licence from its metadata: the SPDX expression, else what it classifies itself as.

    Returns None where it states none. Source: PEP 639, and the core metadata before it.
    """
    stated = [about.get("License-Expression"), about.get("License")]
    for text in filter(None, stated):
        try:
            return str(canonicalize_license_expression(CLASSIFIED.get(text, text)))
        except InvalidLicenseExpression:
            continue
    classifiers = [text.split("::")[-1].strip() for text in about.get_all("Classifier", [])
                   if text.startswith("License ::")]
    if classifiers:
        return ", ".join(CLASSIFIED.get(text, text) for text in classifiers)
    # The old field may hold a whole licence, or nothing at all.
    text = about.get("License") or ""
    return text if text not in ("", "UNKNOWN") and len(text) <= 40 and "\n" not in text else None


def _home(about: Any) -> str | None:
    addresses = {label.strip().lower(): address.strip() for label, _, address in
                 (line.partition(",") for line in about.get_all("Project-URL", []))}
    homes = [*(addresses[label] for label in HOMES if label in addresses), about.get("Home-page") or ""]
    return next((home for home in homes if re.match(r"https://\S+\Z", home)), None)
