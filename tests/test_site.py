"""What the built pages say, read as a reader would, without a browser."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from lxml.html import document_fromstring

from macros.register import Register
from macros.site.search_index import words_of
from tests.conftest import AREAS, checked
from tests.thorough import one_in

TELEPHONE = re.compile(r"\b0[0-9]{2,4}(?: [0-9]{3,6}){1,2}\b")


@pytest.fixture(scope="module", params=list(AREAS))
def area(request) -> str:
    return request.param


@pytest.fixture(scope="module")
def register(area) -> Register:
    return checked(area)


@pytest.fixture(scope="module")
def folder(sites, area) -> Path:
    return sites[area]


@lru_cache(maxsize=200)  # as many as the pages of an area's actions, which several tests read
def page(folder: Path, address: str) -> BeautifulSoup:
    return BeautifulSoup((folder / address.strip("/") / "index.html").read_text(encoding="utf-8"), "lxml")


def read_by_search(folder: Path) -> dict[str, set[str]]:
    """Return the words that the search finds each page by, by the page's address."""
    read: dict[str, set[str]] = {}
    for file in (folder / "search").glob("*.json"):
        index = json.loads(file.read_text(encoding="utf-8"))
        for address, *texts in index["pages"]:
            read.setdefault(address.split("#")[0], set()).update(words_of(" ".join(texts[:3])))
        for word, places in index["words"].items():
            number = 0
            for distance in places:
                number += distance
                # An entry of a page, such as a word of the glossary, is found at its place there.
                read.setdefault(index["pages"][number][0].split("#")[0], set()).add(word)
    return read


def text(soup: BeautifulSoup) -> str:
    return re.sub(r"\s+", " ", soup.get_text(" "))


def test_every_record_has_its_page_at_its_permanent_address(folder, register):
    for kind in ("actions", "decisions", "meetings", "measures", "findings", "priorities", "organisations", "topics"):
        for id in getattr(register, kind):
            assert (folder / kind / id.lower() / "index.html").is_file(), id
    for stem, _ in register.posts_by_date:
        assert (folder / "blog" / stem / "index.html").is_file(), stem
    for address in ("timeline", "glossary", "you-said", "feedback", "about", "topics", "help"):
        assert (folder / address / "index.html").is_file(), address


def test_a_telephone_number_can_be_called_wherever_it_is_shown(folder):
    for file in folder.rglob("*.html"):
        # What a correction quotes is no number to call: the old one may be wrong.
        html = re.sub(r"<(del|ins)>.*?</\1>", "", file.read_text(encoding="utf-8"))
        for number in TELEPHONE.finditer(html):
            assert html[:number.start()].endswith(f'<a href="tel:{number[0].replace(" ", "")}">'), (file, number[0])


def test_only_words_that_a_reader_sees_are_explained_at_the_end_of_a_page(folder):
    for file in one_in(5, sorted(folder.rglob("index.html"))):
        soup = BeautifulSoup(file.read_text(encoding="utf-8"), "lxml")
        words = soup.select_one(".b-words")
        if words:
            terms = [word.get_text() for word in words.extract().select("dt")]
            main = soup.select_one("main").extract()
            for part in main.select("nav, form, [hidden], .b-say"):
                part.extract()
            said = text(main)
            assert not [term for term in terms if not re.search(
                rf"\b{re.escape(term)}s?\b", said, 0 if term.isupper() else re.I)], file


def test_every_action_page_says_who_owns_it_when_it_is_due_and_how_it_stands(folder, register):
    for id, progress in register.progress.items():
        said = text(page(folder, f"actions/{id.lower()}"))
        if progress.owner is None:
            assert "Owner not published" in said, id
        if progress.due is None:
            assert "No date published" in said or "No date has been published" in said, id
        if progress.status is None:
            assert ("Status not published" if progress.news else "No update found") in said, id
        if progress.is_date_passed:
            assert ("It is late" if progress.is_late else "we have not found out what happened") in said, id
        assert register.source_of(progress.action).title in said, id


def test_the_words_that_families_use_are_on_the_page_so_that_search_finds_it(folder, register):
    pages = {"actions": "actions/{}", "decisions": "decisions/{}", "meetings": "meetings/{}", "measures": "measures/{}",
             "findings": "findings/{}", "priorities": "priorities/{}", "plans": "plans/{}", "forums": "ask",
             "organisations": "organisations/{}", "feedback": "you-said", "terms": "glossary"}
    looked_for, read, said = 0, read_by_search(folder), {}
    for kind, address in pages.items():
        for id, record in getattr(register, kind).items():
            for words in record.also:
                at = address.format(id.lower())
                said[at] = said.get(at) or text(page(folder, at).select_one("#content"))
                assert words in said[at], f"{kind} {id}: {words}"
                assert set(words_of(words)) <= read[f"{at}/"], f"{kind} {id}: {words}"
                looked_for += 1
    assert looked_for, "the area has such words"


def test_readers_find_who_sits_on_the_board_what_it_is_for_and_other_sites_about_its_work(folder, register):
    soup, board = page(folder, "organisations"), register.area.board
    said = text(soup)
    assert board.name in said and board.members.rstrip(".") in said and board.purpose.rstrip(".") in said
    assert not board.source or soup.select(f'a[href="{board.source.url}"]')
    for link in register.area.other_sites:
        assert link.title == soup.select_one(f'a[href="{link.url}"]').get_text()
        assert not link.note or link.note in said


def test_a_moved_date_stays_on_show_with_its_reason(folder, register):
    for id, progress in register.progress.items():
        moves = page(folder, f"actions/{id.lower()}").select(".b-moves li")
        assert len(moves) == (progress.times_moved + 1 if progress.moves else 0), id
        for move, shown in zip(progress.moves, moves[1:], strict=True):
            said = re.sub(r"\s+", " ", shown.get_text())
            assert str(move.was) in said and str(move.now) in said and move.reason[:20] in said, id


def test_a_correction_shows_both_wordings(folder, register):
    for id, action in register.actions.items():
        for update in action.updates:
            if update.correction:
                soup = page(folder, f"actions/{id.lower()}")
                assert soup.select_one("del") and soup.select_one("ins"), id
    for id, decision in register.decisions.items():
        for correction in decision.corrections:
            soup = page(folder, f"decisions/{id.lower()}")
            assert (soup.select_one("del").get_text(), soup.select_one("ins").get_text()) \
                == (correction.was, correction.now), id


def test_home_counts_what_the_records_say_silence_included(folder, register):
    cards = {re.sub(r"^\d+ ", "", text(card).strip()): int(card.select_one(".b-figure").get_text())
             for card in page(folder, "").select(".b-cards a")}
    found = [progress for progress in register.progress.values() if progress.action.kind == "promised"]
    assert cards["promised"] == len(found)
    assert cards["done"] == sum(progress.is_complete for progress in found)
    assert cards.get("late", 0) == sum(progress.is_late for progress in found)
    assert cards.get("date passed, not known", 0) \
        == sum(progress.is_unresolved for progress in found)
    assert cards["with no update found"] == sum(not progress.news for progress in found)


def test_each_count_on_home_links_to_a_list_that_shows_as_many(folder, register):
    items = page(folder, "actions").select("[data-list] > li")
    for card in page(folder, "").select(".b-cards a"):
        count = int(card.select_one(".b-figure").get_text())
        kind = re.search(r"kind=(\w+)", card["href"])
        status = re.search(r"status=(\w+)", card["href"])
        owner = re.search(r"owner=([\w-]+)", card["href"])
        fits = [item for item in items if kind[1] in item["data-states"].split()
                and (not status or status[1] in item["data-states"].split())
                and (not owner or owner[1] == item["data-owner"])]
        assert len(fits) == count, card["href"]


def test_every_page_says_what_the_site_is_until_the_board_adopts_it(folder, register):
    for file in folder.rglob("*.html"):
        said = document_fromstring(file.read_text(encoding="utf-8")).find_class("b-standing")
        assert bool(said and "Not run by the board" in said[0].text_content()) \
            == (register.area.standing == "independent"), file


def test_a_post_shows_its_decisions_and_actions_also_in_what_search_reads(folder, register):
    read = read_by_search(folder)
    for stem, post in register.posts_by_date:
        soup = page(folder, f"blog/{stem}")
        for id in (*post.actions, *post.decisions):
            assert soup.select_one(f'a[href$="/{id.lower()}/"]'), (stem, id)
            assert id.lower().replace("-", "") in read[f"blog/{stem}/"], (stem, id)


def test_every_link_in_a_post_s_excerpt_works_from_the_list_of_posts(folder):
    for file in (folder / "blog").rglob("index.html"):
        for excerpt in document_fromstring(file.read_text(encoding="utf-8")).find_class("b-excerpt"):
            for address in excerpt.xpath(".//a/@href"):
                if not address.startswith(("http", "mailto", "#")):
                    target = (file.parent / address.split("#")[0]).resolve()
                    assert (target / "index.html").is_file() or target.is_file(), (file, address)


def test_a_summary_says_that_it_is_one_and_links_to_its_source(folder, register):
    for stem, post in register.posts_by_date:
        if post.kind == "summary":
            soup = page(folder, f"blog/{stem}")
            assert "summary in our own words" in text(soup), stem
            assert post.source and soup.find("a", href=post.source.url), stem


def test_a_long_post_has_a_contents_list_after_what_it_is_in_short(sites):
    posts = sites["exampleshire"] / "blog"
    soup = page(posts, "2026-11-20-two-years-on")
    contents = soup.select_one(".b-contents")
    assert contents.find_previous(class_="b-short") and contents.find_next("h2", id="what-was-discussed")
    assert len(contents.select("a")) == 5
    for link in contents.select("a"):
        assert soup.find(id=link["href"].removeprefix("#")).get_text().strip() == link.get_text().strip()
    assert not page(posts, "2024-12-20-promises-in-public").select_one(".b-contents")


def test_every_measure_has_a_described_chart_and_the_same_figures_in_a_table(folder, register):
    for id, measure in register.measures.items():
        soup = page(folder, f"measures/{id}")
        if len({observation.period for observation in measure.observations}) > 1:
            chart = soup.select_one("svg[role=img]")
            assert chart and chart.find("title") and chart.find("desc"), id
        said = text(soup)
        if measure.target is None:
            assert "No target has been set" in said, id
        table = soup.select_one("table")
        for observation in measure.observations:
            assert register.period_in_words(id, observation.period) in text(table), (id, observation.period)


def test_every_acronym_of_the_glossary_is_explained_where_it_is_met(folder, register):
    for stem, _ in register.posts_by_date:
        soup = page(folder, f"blog/{stem}")
        for abbr in soup.select("abbr"):
            assert abbr.get("title") in {term.full for term in register.terms.values()}, stem


def test_every_summary_and_action_of_the_real_site_has_a_source_with_an_address(sites):
    register = checked("real")
    for action in register.actions.values():
        source = register.source_of(action)
        assert source and source.url, action.id
    for stem, post in register.posts.items():
        assert post.kind == "post" or (post.source and post.source.url), stem
