"""What the tests make page by page is what a build writes."""

from __future__ import annotations

import pytest

from tests.conftest import AREAS, DAYS
from tests.pages import Pages, file, page


@pytest.fixture(scope="module")
def pages() -> Pages:
    return Pages(AREAS["exampleshire"], DAYS["exampleshire"])


@pytest.mark.parametrize("address", ["actions", "actions/a-024", "ask", "changes", "findings/letters-2024",
                                     "priorities/p1", "you-said", "embed/measures/plans-on-time"])
def test_a_page_is_the_one_of_the_built_site_but_for_its_menu_and_glossary(site, pages, address):
    made, built = page(pages, address), page(site, address)
    for part in built.select("nav, .b-words, link, script") + made.select("nav, link, script"):
        part.decompose()
    assert made.get_text().split() == built.get_text().split()
    assert [link["href"] for link in made.select("a[href]")] == [link["href"] for link in built.select("a[href]")]


@pytest.mark.parametrize("path", ["feeds/changes.atom.xml", "api/v1/actions.csv"])
def test_a_file_for_programs_is_the_one_of_the_built_site(site, pages, path):
    assert file(pages, path) == file(site, path)
