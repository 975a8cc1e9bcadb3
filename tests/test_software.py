"""Readers can see what the site is made with: every package, its version and its licence, as it states them itself."""

from __future__ import annotations

import re
from email.message import Message
from importlib import metadata

import pytest
from bs4 import BeautifulSoup
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from macros.views.software import licence_of
from tests.conftest import ROOT

PAGE = "about/software/index.html"


@pytest.fixture(scope="module", params=["real", "exampleshire"])
def page(request, sites) -> BeautifulSoup:
    return BeautifulSoup((sites[request.param] / PAGE).read_text(encoding="utf-8"), "html.parser")


def locked() -> dict[str, str]:
    """The packages of the lock file that belong on this machine, with their versions."""
    lines = re.findall(r"^([\w.-]+==[^\\\n]+)", (ROOT / "requirements.txt").read_text(encoding="utf-8"), re.M)
    requirements = map(Requirement, lines)
    return {canonicalize_name(one.name): str(one.specifier).removeprefix("==") for one in requirements
            if not one.marker or one.marker.evaluate()}


def test_every_package_of_the_lock_file_is_listed_with_its_version_and_nothing_else_is(page):
    rows = [[cell.get_text(strip=True) for cell in row.find_all(["th", "td"])] for row in page.select("tbody tr")]
    assert {name: version for name, version, _ in rows} == locked()
    for name, _, licence in rows:
        assert licence, name
        assert len(licence) < 120 and "UNKNOWN" not in licence, name


def test_the_licences_are_those_that_the_packages_state(page):
    rows = {row.th.get_text(strip=True): row.find_all("td")[1].get_text(strip=True)
            for row in page.select("tbody tr")}
    for name, licence in rows.items():
        stated = metadata.metadata(name).get("License-Expression")
        assert not stated or licence == stated, name
    assert rows["mkdocs"] == "BSD-2-Clause" and rows["pathspec"] == "MPL-2.0"


def test_what_reaches_the_browser_is_named_with_its_licence(page, sites):
    said = page.select_one("#browser").find_next("ul").get_text(" ", strip=True)
    assert "MiniSearch 7.2.0, licence MIT" in re.sub(r"\s+", " ", said)
    assert "licence MIT" in said and "Material for MkDocs" in said
    shipped = {path.suffix for path in sites["real"].rglob("*") if path.suffix in (".js", ".css", ".wasm", ".woff2")}
    folders = {path.parent.relative_to(sites["real"]).as_posix() for path in sites["real"].rglob("*")
               if path.suffix in (".js", ".css")}
    assert shipped == {".js", ".css"} and folders == {"assets"}, "what else is shipped must be listed"


def test_the_page_is_linked_from_the_page_about_the_site_and_found_by_no_search(sites, page):
    about = BeautifulSoup((sites["real"] / "about/index.html").read_text(encoding="utf-8"), "html.parser")
    assert about.select('a[href="software/"]')
    assert not page.select("[data-search-body]")


@pytest.mark.parametrize("stated, licence", [
    ({"License-Expression": "MIT OR Apache-2.0"}, "MIT OR Apache-2.0"), ({"License": "mit"}, "MIT"),
    ({"License": "MIT License"}, "MIT"),
    ({"License": "BSD-3-Clause", "Classifier": "License :: OSI Approved :: BSD License"}, "BSD-3-Clause"),
    ({"License": "LGPL", "Classifier": "License :: OSI Approved :: GNU Lesser General Public License v2 or later "
                                       "(LGPLv2+)"}, "LGPL-2.0-or-later"),
    ({"Classifier": "License :: OSI Approved :: BSD License"}, "BSD"),
    ({"Classifier": "License :: Of Our Own"}, "Of Our Own"), ({"License": "Our own terms"}, "Our own terms"),
    ({"License": "UNKNOWN"}, None), ({}, None), ({"License": "All of it. " * 100}, None),
    ({"Classifier": "Topic :: Software Development"}, None),
])
def test_a_licence_has_one_name_however_it_is_stated(stated, licence):
    about = Message()
    for name, value in stated.items():
        about[name] = value
    assert licence_of(about) == licence
