"""The page of software and licences, read from the metadata of the installed packages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import metadata
from typing import Any

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from ..configuration import package
from ..register import Register
from .generated_page import Context, GeneratedPage

PROJECT = "send-board"

INSTALLERS = ("editables", "hatchling", "pip")
"""Packages in the lock file that install the project, and that it does not require itself."""

THEME = "mkdocs-material"

CLASSIFIER_LICENCES = {
    "Academic Free License (AFL)": "AFL", "Apache Software License": "Apache", "BSD License": "BSD",
    "GNU General Public License v2 or later (GPLv2+)": "GPL-2.0-or-later",
    "GNU Lesser General Public License v2 or later (LGPLv2+)": "LGPL-2.0-or-later", "MIT License": "MIT",
    "Mozilla Public License 1.1 (MPL 1.1)": "MPL-1.1", "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF",
}
"""SPDX names for the licence classifiers; without a version where the classifier names none."""

URL_LABELS = ("source", "source code", "repository", "code", "homepage", "home", "documentation")
"""The labels of project URLs that lead to a package's code, or else its home page; the first one found is used."""


@dataclass(frozen=True)
class Package:
    """An installed package: version, licence and home page as its metadata states them."""

    name: str
    version: str
    licence: str | None
    home: str | None


def software_page(register: Register) -> Iterator[GeneratedPage]:
    """Yield the page of software and licences."""
    yield GeneratedPage(
        address="about/software/", title="Software and licences", searched=False,
        description="All software that this site is made with, with its version and its licence.",
        template="pages/software.html", context=_software_context)


def _software_context() -> Context:
    parts = {part.name: part for part in installed()}
    return {
        "parts": [part for name, part in parts.items() if name != PROJECT], "project": parts[PROJECT],
        "search": _search(), "theme": parts[THEME],
        "python": metadata.metadata(PROJECT)["Requires-Python"].removeprefix(">="),
    }


def _search() -> Package:
    """Return what finds and ranks pages in the reader's browser, a copy of an npm package; see .ci/minisearch."""
    copy = (package() / "overrides/assets/minisearch.js").read_text(encoding="utf-8")
    return Package("MiniSearch", re.findall(r"MiniSearch ([\d.]+)", copy)[0], "MIT", "https://github.com/lucaong/minisearch")


def installed() -> list[Package]:
    """Return the project and all its direct and indirect requirements, by name, as installed here."""
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
    return [_package(name) for name in sorted(found)]


def _required(name: str, extras: Iterable[str]) -> Iterator[Requirement]:
    """Yield a package's requirements on this machine, with those of the given extras."""
    for line in metadata.requires(name) or ():
        requirement = Requirement(line)
        if not requirement.marker or any(requirement.marker.evaluate({"extra": extra}) for extra in ("", *extras)):
            yield requirement


def _package(name: str) -> Package:
    about = metadata.metadata(name)
    return Package(name, about["Version"], licence_of(about), _home(about))


def licence_of(about: Any) -> str | None:
    """Return a package's licence from its metadata: the SPDX expression, or else its classifiers.

    Returns None where it states none. Source: PEP 639, and the core metadata before it.
    """
    stated = [about.get("License-Expression"), about.get("License")]
    for text in filter(None, stated):
        try:
            return str(canonicalize_license_expression(CLASSIFIER_LICENCES.get(text, text)))
        except InvalidLicenseExpression:
            continue
    classifiers = [text.split("::")[-1].strip() for text in about.get_all("Classifier", [])
                   if text.startswith("License ::")]
    if classifiers:
        return ", ".join(CLASSIFIER_LICENCES.get(text, text) for text in classifiers)
    # The old field may hold a whole licence, or nothing at all.
    text = about.get("License") or ""
    return text if text not in ("", "UNKNOWN") and len(text) <= 40 and "\n" not in text else None


def _home(about: Any) -> str | None:
    addresses = {label.strip().lower(): address.strip() for label, _, address in
                 (line.partition(",") for line in about.get_all("Project-URL", []))}
    homes = [*(addresses[label] for label in URL_LABELS if label in addresses), about.get("Home-page") or ""]
    return next((home for home in homes if re.match(r"https://\S+\Z", home)), None)
