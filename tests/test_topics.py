"""What families look for, in their words: each topic's page answers, and says on which day that was looked at."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from lxml.html import document_fromstring

from macros.__main__ import main
from macros.register import Register, load
from tests.conftest import DAYS, ROOT, checked

ANSWER = "Half of the plans came late. The board has promised a list of them."
TODAY = "2026-11-24"


def page(site: Path, address: str) -> BeautifulSoup:
    return BeautifulSoup((site / address / "index.html").read_text(encoding="utf-8"), "lxml")


def words(found: object) -> str:
    """The text of an element, as it is read."""
    return re.sub(r" ([.,:;])", r"\1", re.sub(r"\s+", " ", found.get_text(" "))).strip()


@pytest.fixture(params=["real", "exampleshire"])
def area(request, sites) -> tuple[Path, Register]:
    """The built site of an area, and its register."""
    return sites[request.param], checked(request.param)


def test_home_speaks_the_words_of_a_parent_and_leads_with_them(sites):
    home = page(sites["real"], "")
    said = words(home.main).lower()
    for word in ("plan", "wait", "school", "autism", "better"):
        assert word in said, word
    assert [words(heading) for heading in home.select("h1, h2")][1] == "What are you looking for?"
    assert "38 of 100 new plans were finished within 20 weeks" in words(home.select_one(".b-topics"))


def test_a_parent_who_waits_for_a_plan_gets_the_whole_answer_in_one_tap(sites):
    site = sites["real"]
    link = page(site, "").find("a", string="Waiting for a plan")
    shown = page(site, link["href"].strip("/"))
    said = words(shown.main)
    order = ["later than the law allows", "What we know on 26 November 2026", "in England it is 46",
             "What was found", "What was promised", "within 20 weeks of the request", "01865 810516", "Have your say"]
    places = [said.index(text) for text in order]
    assert places == sorted(places)
    assert shown.find("a", href="tel:01865810516")


def test_each_topic_shows_how_its_promises_stand_the_most_pressing_first(area):
    site, register = area
    for id, topic in register.topics.items():
        links = page(site, f"topics/{id}").select(".b-promises a")
        listed = [link["href"].rsplit("/", 2)[-2].upper() for link in links]
        held = register.backlinks.actions_of_topic.get(id, [])
        assert set(topic.actions) <= set(listed)
        assert listed == [progress.action.id for kind in ("promised", "planned", "aim") for progress in held
                          if progress.action.kind == kind]


def test_an_answer_is_shown_with_its_day_and_its_sources(area):
    site, register = area
    for id, topic in register.topics.items():
        shown = page(site, f"topics/{id}")
        if topic.answer:
            assert f"What we know on {topic.as_of}" in words(shown)
            assert all(shown.find("a", href=source.url) for source in topic.sources)
        else:
            assert not shown.select(".b-topic__answer")


def test_a_changed_answer_is_among_the_changes(site):
    shown = words(page(site, "changes"))
    assert "Waiting for a plan" in shown
    assert "Half of the plans came on time in the summer of 2026" in words(page(site, "topics/waiting-for-a-plan"))


def test_no_two_pages_share_a_description_and_the_share_text_is_the_same(area):
    site, _ = area
    seen: dict[str, Path] = {}
    for file in sorted(site.rglob("*.html")):
        html = document_fromstring(file.read_text(encoding="utf-8"))
        [text] = html.xpath("//meta[@name='description']/@content")
        assert text not in seen, (file, seen.get(text))
        seen[text] = file
        assert html.xpath("//meta[@property='og:description']/@content") in ([], [text])


def test_old_addresses_of_words_lead_to_topics(sites):
    site = sites["real"]
    assert "topics/" in page(site, "blog/topics").find("meta", attrs={"http-equiv": "refresh"})["content"]


# How an answer may change


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "tests/areas/small", tmp_path / "area"))


def test_correcting_an_answer_keeps_the_old_one_and_dates_the_new_one(small, capsys):
    new = "All plans came on time. The board has kept its promise."
    assert main(["correct", "late-plans", "--field", "answer", "--now", new, "--reason", "New figures.",
                 "--date", TODAY, "--today", TODAY, "--area", str(small)]) == 0
    capsys.readouterr()
    topic = load(small, DAYS["exampleshire"])[0].topics["late-plans"]
    assert (topic.answer, topic.as_of.text) == (new, TODAY)
    assert (topic.corrections[0].was, topic.corrections[0].now) == (ANSWER, new)
    assert main(["check", "--area", str(small), "--today", TODAY]) == 0


def test_the_check_says_when_an_answer_has_grown_old(small, capsys):
    assert main(["check", "--area", str(small), "--today", "2027-09-20"]) == 0
    assert "answer-old" not in capsys.readouterr().out
    assert main(["check", "--area", str(small), "--today", "2027-09-21"]) == 0
    assert "the answer of late-plans is from 20 September 2026, more than a year ago" in capsys.readouterr().out


def test_easy_read_leads_to_those_who_listen_and_help(sites):
    lines = page(sites["exampleshire"], "easy-read").select(".b-easy li")
    assert lines[-2].select_one("a")["href"].endswith("feedback/")
    assert [link["href"] for link in lines[-1].select("a")] == ["tel:01632960123", "https://advice.exampleshire.example/"]
