"""The search answers the questions that families ask, in their words: typed into the built sites, in the browser."""

from __future__ import annotations

import functools
import gzip
import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, Page, expect

from macros.site import search_index
from tests.conftest import AREAS, DAYS, NARROW, ROOT, WIDE
from tests.test_browser import search
from tests.thorough import sample

QUESTIONS: dict[str, dict[str, list[Any]]] = yaml.safe_load(
    (ROOT / "tests/search.yml").read_text(encoding="utf-8"))

MAX_BYTES = 60_000
"""The most bytes that may be loaded before the first result, compressed as a host sends them."""


def asked(*kinds: str) -> list[Any]:
    return [pytest.param(area, question, id=f"{area}-{question['ask'] if isinstance(question, dict) else question}")
            for area, groups in QUESTIONS.items() for kind in kinds for question in groups.get(kind, ())]


@pytest.fixture(scope="module")
def pages(browser: Browser, served: dict[str, str]) -> Iterator[dict[str, Page]]:
    """A page of each site, opened once: the questions are typed into it one after another."""
    found = {}
    for area, base in served.items():
        found[area] = browser.new_page(base_url=base, viewport={"width": WIDE, "height": 800})
        found[area].goto("/about/" if area == "real" else "/")
    yield found
    for page in found.values():
        page.close()


TYPE = """async (questions) => {
  const one = (name) => document.querySelector(name), field = one("[data-index] [name=query]");
  const found = {};
  for (const question of questions) {
    field.value = question;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    while (one("[data-results]").ariaBusy !== "false") await new Promise((resolve) => setTimeout(resolve));
    found[question] = {
      first_three: [...document.querySelectorAll("[data-results-list] > li a")].slice(0, 3)
        .map((link) => link.href.replace(location.origin, "")),
      said: one("[data-results-count]").textContent,
      ask: one("[data-results-ask]").checkVisibility()
        ? [...document.querySelectorAll("[data-results-ask] a")].map((link) => link.getAttribute("href")) : null,
    };
  }
  return found;
}"""
"""Types questions, and returns what the search shows for each. From outside, it takes four times as long."""


@pytest.fixture(scope="module")
def answers(pages) -> Callable[[str], dict[str, dict[str, Any]]]:
    """A function that returns what the search of an area shows for each of its questions."""
    @functools.cache
    def answers(area: str) -> dict[str, dict[str, Any]]:
        first_three(pages[area], "autism")  # loads the search
        return pages[area].evaluate(TYPE, [question["ask"] if isinstance(question, dict) else question
                                           for questions in QUESTIONS[area].values() for question in questions])
    return answers


def first_three(page: Page, question: str) -> tuple[list[str], str]:
    """Type a question; return the addresses of the first three results, and what the search says of them."""
    field = page.get_by_role("searchbox", name="Search this site")
    field.fill("")
    field.fill(question)
    page.locator("[data-results][aria-busy=false]").wait_for()
    links = page.locator("[data-results-list] > li a").evaluate_all("links => links.map(link => link.href)")
    base = page.url.split("/about/")[0].rstrip("/")
    found = [link.removeprefix(base) for link in links]
    said = page.locator("[data-results-count]").inner_text()
    return found[:3], said


@pytest.mark.parametrize(("area", "question"), asked("trial", "found"))
def test_a_question_finds_its_answer_among_the_first_three(answers, area, question):
    found = answers(area)[question["ask"]]
    assert set(question.get("find", ())) <= set(found["first_three"]), found["said"]
    assert ("subject" not in question) or f"We found no promise about {question['subject']}." in found["said"]


@pytest.mark.parametrize(("area", "words"), asked("nothing"))
def test_a_word_that_no_page_has_finds_nothing_and_the_search_says_so(answers, area, words):
    found = answers(area)[words]
    assert not found["first_three"] and found["said"].startswith(f"Nothing found for “{words}”. No page has “")


@pytest.mark.parametrize(("area", "question"), asked("no_record"))
def test_of_a_known_subject_without_a_record_the_search_says_that_no_promise_was_found(answers, area, question):
    found = answers(area)[question["ask"]]
    assert found["said"].startswith(f"We found no promise about {question['subject']}.")
    assert set(found["first_three"]) == set(question.get("find", ())), "only a topic or help may still be of use"
    assert found["ask"] == [f"{'../' if area == 'real' else ''}{address}" for address in ("feedback/", "ask/", "help/")]


@pytest.mark.parametrize(("query", "finds"), [
    ("EHCP", "education, health and care plan"),
    ("education, health and care plan", "EHCP"),
])
def test_search_finds_a_term_by_its_acronym_and_by_its_full_form(pages, query, finds):
    results = search(pages["exampleshire"], query)
    expect(results.filter(has=open_glossary(results)).first).to_contain_text("EHCP: education, health and care plan")


def open_glossary(results):
    return results.page.locator('a[href*="glossary/#ehcp"]')


@pytest.mark.parametrize("id", sample(["a-012", "A-012", "D-003"], 1))
def test_search_for_an_id_gives_its_page_first(pages, id):
    results = search(pages["exampleshire"], id)
    expect(results.first.get_by_role("link")).to_contain_text(id.upper())


def test_search_finds_an_action_on_its_own_page_and_not_in_each_list_that_names_it(pages):
    results = search(pages["exampleshire"], "fill six empty posts for educational psychologists")
    found = results.get_by_role("link").evaluate_all("links => links.map(link => new URL(link.href).pathname)")
    assert found[0] == "/actions/a-005/"
    assert not [path for path in found if path.startswith(("/organisations/", "/priorities/", "/measures/"))]


@pytest.mark.parametrize(("area", "words"), sample([
    ("real", "waiting list"), ("real", "school place"), ("exampleshire", "school place"),
    ("exampleshire", "waiting list")], 2))
def test_search_finds_families_own_words(pages, area, words):
    expect(search(pages[area], words).first).to_be_visible()


def test_markup_in_a_record_is_text_in_the_results(pages):
    results = search(pages["exampleshire"], "together")
    expect(results.filter(has_text="<together>").first).to_be_attached()


def test_there_are_more_than_sixty_questions_and_each_is_asked_once():
    for groups in QUESTIONS.values():
        every = [question["ask"] if isinstance(question, dict) else question
                 for questions in groups.values() for question in questions]
        assert len(every) == len(set(every))
    assert len(QUESTIONS["real"]["found"]) >= 60 and len(QUESTIONS["real"]["trial"]) == 15


def test_the_search_says_which_word_it_took_for_which(pages):
    _, said = first_three(pages["real"], "autisim")
    assert "We looked for “autism” in place of “autisim”." in said
    _, said = first_three(pages["real"], "autism theatre")
    assert "found for “autism theatre”. No page has “theatre”." in said


def test_what_was_found_is_announced_once_when_typing_pauses(open_page):
    page = open_page("/")
    page.clock.install()
    page.clock.pause_at("2100-01-01")  # so that only the test lets time pass
    page.evaluate("""() => {
        window.heard = [];
        new MutationObserver(() => heard.push(document.querySelector("[data-results-said]").textContent))
            .observe(document.querySelector("[data-results-said]"), {childList: true});
    }""")
    for end in range(1, len("autism") + 1):
        page.get_by_role("searchbox").fill("autism"[:end])
        page.locator("[data-results][aria-busy=false]").wait_for()
        page.clock.run_for(200)
    assert page.evaluate("heard") == []
    page.clock.run_for(2000)
    heard = page.evaluate("heard")
    assert len(heard) == 1 and "found for “autism”" in heard[0]
    expect(page.get_by_role("status").filter(has_text="found for")).to_have_text(heard[0])


def test_the_arrow_keys_go_through_the_results_and_back(open_page):
    page = open_page("/")
    field = page.get_by_role("searchbox")
    field.fill("autism")
    links = page.locator("[data-results-list] > li a")
    expect(links.nth(1)).to_be_visible()
    field.press("ArrowDown")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(field).to_be_focused()


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_the_results_move_nothing_on_the_page_and_go_when_the_reader_goes_on(open_page, width):
    page = open_page("/actions/", width=width)
    if width == NARROW:
        page.get_by_role("button", name="Search").click()
    heading = page.locator("h1")
    before = heading.bounding_box()
    page.get_by_role("searchbox").fill("autism")
    panel = page.locator("[data-results]")
    expect(page.locator("[data-results-list] > li").first).to_be_visible()
    assert heading.bounding_box() == before
    box = panel.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= width and box["y"] + box["height"] <= 800
    page.locator("main a").first.focus()
    expect(panel).to_be_hidden()


def test_words_are_the_same_in_the_index_and_in_the_browser(pages):
    texts = ["The government’s notice: A-046, P3 and 20-week waits", "Café, naïve — £1.2 million", "it's a 'quote'",
             *(entry.title for entry in search_index.entries(
                 Path(ROOT / "tests"), {"pages": {}, "kinds": {}, "other_weight": 1}))]
    texts += [page[1] for page in pages["exampleshire"].evaluate(
        "async () => (await (await fetch('/search/0.json')).json()).pages")]
    in_browser = pages["exampleshire"].evaluate(
        "async texts => { const {wordsOf} = await import('/assets/search.js'); return texts.map(wordsOf); }", texts)
    assert in_browser == [search_index.words_of(text) for text in texts]


def test_blocks_that_pages_repeat_are_not_searched(sites):
    for file in (sites["exampleshire"] / "actions/a-001/index.html", sites["real"] / "actions/a-003/index.html"):
        soup = BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser")
        body = soup.select_one("[data-search-body]")
        for block in (".b-words", ".b-say", ".b-reckoned", "footer", "header"):
            for part in soup.select(block):
                assert body not in part.parents or part.find_parent(attrs={"data-search-ignore": True}) \
                    or part.has_attr("data-search-ignore"), (file, block)


@pytest.mark.parametrize("area", list(AREAS))
def test_the_first_result_needs_no_more_than_sixty_kilobytes(sites, area):
    loaded = [sites[area] / name for name in ("assets/results.js", "assets/search.js", "assets/minisearch.js",
                                         "search/0.json")]
    size = sum(len(gzip.compress(file.read_bytes(), 6)) for file in loaded)
    print(f"{area}: {size} bytes before the first result")
    assert size <= MAX_BYTES


def test_a_large_index_comes_in_parts_and_finds_the_same(open_page, sites, monkeypatch):
    monkeypatch.setattr(search_index, "MAX_PAIRS", 3000)
    parts = list(search_index.files(sites["real"], "Oxfordshire"))
    assert len(parts) > 3 and parts[0]["files"] == len(parts)
    assert all(sum(map(len, part["words"].values())) < 6000 for part in parts)
    page = open_page("/about/", area="real")
    page.route("**/search/*.json", lambda route: route.fulfill(
        json=parts[int(route.request.url.rsplit("/", 1)[1].removesuffix(".json"))]))
    first_three(page, "autism")  # loads the search
    questions = QUESTIONS["real"]["found"][::8]
    found = page.evaluate(TYPE, [question["ask"] for question in questions])
    for question in questions:
        assert set(question["find"]) <= set(found[question["ask"]]["first_three"]), question["ask"]


def test_the_same_pages_give_the_same_index(sites):
    kept = [json.loads(file.read_text(encoding="utf-8"))
            for file in sorted((sites["exampleshire"] / "search").glob("*.json"))]
    assert kept == list(search_index.files(sites["exampleshire"], "Exampleshire")) and DAYS["exampleshire"]


def test_the_copy_of_minisearch_is_made_from_the_locked_package():
    lock = json.loads((ROOT / "tests/package-lock.json").read_text(encoding="utf-8"))
    version = lock["packages"]["node_modules/minisearch"]["version"]
    copy = (ROOT / "overrides/assets/minisearch.js").read_text(encoding="utf-8")
    assert copy.startswith(f"/*! MiniSearch {version},") and "Copyright 2022 Luca Ongaro" in copy
    if not all((ROOT / "tests/node_modules" / name).is_dir() for name in ("minisearch", "terser")):
        pytest.skip("tests/node_modules is older than tests/package-lock.json: run make test, which installs it")
    made = subprocess.run([ROOT / ".ci/minisearch"], capture_output=True, text=True, check=True).stdout
    assert made == copy


def test_the_search_is_still_there_when_a_reader_has_read_for_a_while(open_page):
    """What needs the second script is hidden where it does not come within some seconds, and stays where it came."""
    page = open_page("/about/")
    page.clock.install()
    page.reload()
    page.clock.run_for(10_000)
    expect(page.locator("html")).to_have_class("js")
    expect(page.get_by_role("searchbox", name="Search this site")).to_be_visible()
