"""The picture that a messenger shows beside a shared link."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from lxml.html import document_fromstring
from PIL import Image

from macros.checks import check
from macros.publish.cards import cards, output_files
from tests.conftest import AREAS, ROOT, TODAY, pages_of
from tests.records import action, register, update


def said(page: Path) -> dict[str, str]:
    html = document_fromstring(page.read_text(encoding="utf-8"))
    return {tag.get("property"): tag.get("content") for tag in html.xpath("//meta[starts-with(@property, 'og:')]")}


@pytest.mark.parametrize("area", list(AREAS))
def test_every_page_says_what_it_is_when_it_is_shared(sites, area):
    for page in pages_of(sites[area]):
        shared = said(page)
        assert shared["og:title"] and shared["og:description"] and shared["og:url"], page
        picture = sites[area] / urlsplit(shared["og:image"]).path.strip("/")
        with Image.open(picture) as image:
            assert (image.format, image.size) == ("PNG", (1200, 630)), page
        assert picture.stat().st_size < 30_000


def test_an_action_has_a_card_of_its_own_that_says_how_it_stands(sites):
    assert said(sites["exampleshire"] / "actions/a-012/index.html")["og:image"].endswith("/cards/actions/a-012.png")
    found, _ = check(AREAS["exampleshire"], TODAY)
    card = next(card for card in cards(found) if card.path == "cards/actions/a-012.png")
    assert card.note == "In progress · Due: 31 December 2026" and card.kind == "Promise A-012"


def in_an_area(*actions):
    """A register of a few records, in the fictional area."""
    found = register(*actions)
    object.__setattr__(found, "area", check(AREAS["exampleshire"], TODAY)[0].area)
    return found


def test_a_late_action_without_a_status_says_both():
    late = action("A-003", update("2025-02-01", note="News."), due="2025-02-28")
    card = next(card for card in cards(in_an_area(late)) if card.path == "cards/actions/a-003.png")
    assert card.note == "Late · Status not published · Due: 28 February 2025"


def test_cards_are_the_same_each_time():
    found, _ = check(ROOT / "tests/areas/small", TODAY)
    first, second = ({path: make() for path, make in output_files(found)} for _ in range(2))
    assert first == second and first
