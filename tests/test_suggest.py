"""Every page says where a change to it can be suggested, and the address opens the right file."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
import yaml
from lxml.html import document_fromstring

from tests.conftest import AREAS, pages_of


def suggested(page: Path) -> str | None:
    links = document_fromstring(page.read_text(encoding="utf-8")).xpath("//a[text()='Suggest a change']/@href")
    return links[0] if links else None


@pytest.mark.parametrize("name", AREAS)
def test_every_page_offers_a_file_that_is_there_or_the_form_with_its_own_address(name, sites):
    area = yaml.safe_load((AREAS[name] / "data/area.yml").read_text(encoding="utf-8"))
    for page in pages_of(sites[name]):
        address = page.parent.relative_to(sites[name]).as_posix().removeprefix(".")
        link = urlsplit(suggested(page) or pytest.fail(f"{address} offers nothing"))
        assert f"{link.scheme}://{link.netloc}{link.path}".startswith(area["repository_url"] + "/"), address
        rest = link.path.removeprefix(urlsplit(area["repository_url"]).path)
        if rest == "/issues/new":
            asked = parse_qs(link.query)
            assert asked["template"] == ["5-correction.yml"]
            assert asked["record"] == [f"{area['site_url'].rstrip('/')}/{address}{'/' * bool(address)}"]
        else:
            kind, branch, path = rest[1:].split("/", 2)
            file = AREAS[name] / unquote(path)
            assert (kind, branch) == ("edit" if file.is_file() else "tree", "main")
            assert file.exists(), (address, path)


@pytest.mark.parametrize("address, path", [
    ("actions/a-025", "edit/main/data/actions/a-025-give-each-family-a-named-contact-for.yml"),
    ("blog/2026-11-20-two-years-on", "edit/main/docs/blog/posts/2026-11-20-two-years-on.md"),
    ("glossary", "edit/main/data/glossary.yml"),
    ("actions", "tree/main/data/actions"),
])
def test_a_page_opens_the_file_that_it_is_made_from(address, path, site):
    assert suggested(site / address / "index.html").endswith("/" + path)


def test_the_page_for_what_is_not_found_offers_nothing(site):
    assert suggested(site / "404.html") is None
