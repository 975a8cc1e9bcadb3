"""Readers' tasks in a real browser: on a phone, on a laptop, by keyboard, and without JavaScript."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.areas.generate import TODAY, content, write
from tests.conftest import NARROW, ROOT, WIDE
from tests.pages import Pages
from tests.pages import page as made_page
from tests.test_access import KINDS
from tests.thorough import only_in_test_all


def shown(page: Page) -> list[str]:
    """The ids of the actions that the list shows, from top to bottom."""
    return page.locator("[data-list] > li:visible .b-id").all_inner_texts()


def test_a_parent_finds_the_late_actions_of_one_organisation_on_a_phone(open_page):
    page = open_page("/", width=NARROW)
    page.locator(".b-cards").get_by_role("link", name="late").click()
    page.wait_for_url("**/actions/?kind=promised&status=late")
    everyone = shown(page)
    assert everyone
    owner = page.get_by_label("Owner", exact=True)
    values = owner.locator("option").evaluate_all("options => options.map(o => o.value)")
    for value in filter(None, values):
        owner.select_option(value)
        of_one = shown(page)
        if of_one:
            break
    assert 0 < len(of_one) <= len(everyone)
    expect(page.locator("[data-count]")).to_contain_text(f"{len(of_one)} of ")
    for item in page.locator("[data-list] > li:visible").all():
        expect(item.locator(".b-tag--late")).to_be_visible()
    assert f"owner={value}" in page.url


def test_filters_keep_their_state_in_the_address_so_that_it_can_be_shared(open_page):
    page = open_page("/actions/?status=quiet&sort=updated")
    expect(page.get_by_label("Show", exact=True)).to_have_value("quiet")
    expect(page.get_by_label("Sort by")).to_have_value("updated")
    quiet = shown(page)
    assert 0 < len(quiet) < page.locator("[data-list] > li").count()
    page.get_by_role("button", name="Show all").click()
    expect(page.locator("[data-list] > li:visible")).to_have_count(page.locator("[data-list] > li").count())
    assert "?" not in page.url


@pytest.mark.parametrize("written, meant", [("overdue", "late"), ("done", "complete")])
def test_an_ordinary_word_in_a_link_is_understood_and_stays_in_the_address(open_page, written, meant):
    page = open_page(f"/actions/?status={written}")
    expect(page.get_by_label("Show", exact=True)).to_have_value(meant)
    page.get_by_label("Sort by").select_option("due")
    assert f"status={written}" in page.url
    page.get_by_label("Show", exact=True).select_option("open")
    assert "status=open" in page.url


def test_an_unknown_choice_in_the_address_shows_everything(open_page):
    page = open_page("/actions/?status=nonsense&owner=nobody")
    expect(page.locator("[data-list] > li:visible")).to_have_count(page.locator("[data-list] > li").count())


def test_the_list_is_filtered_and_sorted_by_keyboard_alone(open_page):
    page = open_page("/actions/")
    page.get_by_label("Sort by").focus()
    page.keyboard.type("Number")
    ids = shown(page)
    assert ids == sorted(ids)
    assert "sort=id" in page.url


def test_filters_without_a_match_say_so(open_page):
    page = open_page("/actions/?status=complete&owner=not-published&priority=C2")
    if page.locator("[data-list] > li:visible").count() == 0:
        expect(page.get_by_text("We found no action that fits these choices")).to_be_visible()


def test_a_link_to_a_choice_that_has_become_empty_does_not_show_everything(open_page):
    page = open_page("/actions/")
    empty = page.locator("#f-show option[disabled]").first.get_attribute("value")
    page.goto(f"/actions/?status={empty}")
    assert shown(page) == []
    expect(page.get_by_text("We found no action that fits these choices")).to_be_visible()


def test_a_parent_opens_an_action_and_reaches_its_evidence(open_page):
    page = open_page("/actions/?status=complete", width=NARROW)
    page.locator("[data-list] > li:visible h2 a").first.click()
    evidence = page.locator(".b-evidence a").first
    expect(evidence).to_be_visible()
    assert evidence.get_attribute("href").startswith("https://")


def search(page: Page, query: str):
    """Type into the search field, wait for the count, and return the results."""
    field = page.get_by_role("searchbox", name="Search this site")
    field.fill(query[:-2])  # each letter that is typed is a search of its own, so only two are
    field.press_sequentially(query[-2:])
    expect(page.locator("[data-results-count]")).to_contain_text(f"found for “{query}”")
    results = page.locator("[data-results-list] > li")
    expect(results.first).to_be_visible()
    return results


def test_search_finds_an_action_by_its_owner(open_page):
    page = open_page("/actions/")
    owner = page.locator("[data-list] > li dd a").first.inner_text()
    expect(search(page, owner).filter(has_text="A-0").first).to_be_attached()


def test_search_opens_on_a_phone_from_its_button_and_escape_closes_it(open_page):
    page = open_page("/", width=NARROW)
    field = page.get_by_role("searchbox", name="Search this site")
    expect(field).to_be_hidden()
    button = page.get_by_role("button", name="Search", exact=True)
    button.click()
    expect(field).to_be_focused()
    expect(search(page, "EHCP").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(field).to_be_hidden()
    expect(button).to_be_focused()
    expect(page.locator("[data-results]")).to_be_hidden()


def test_search_works_with_the_keyboard_alone(open_page):
    page = open_page("/")
    results = search(page, "A-012")
    page.keyboard.press("Enter")
    expect(results.first.get_by_role("link")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/actions/a-012/")


def press_until(page: Page, target: Locator, key: str = "Tab", most: int = 150) -> None:
    """Press a key until the target has the focus."""
    element = target.element_handle()  # to look for it after each key takes seven times as long
    for _ in range(most):
        page.keyboard.press(key)
        if element.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError("the keyboard does not reach it")


def test_a_reader_finds_what_is_done_and_its_evidence_with_the_keyboard_alone(open_page):
    page = open_page("/")
    press_until(page, page.get_by_role("navigation", name="Main").get_by_role("link", name="Actions"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/actions/")
    press_until(page, page.get_by_label("Show", exact=True))
    page.keyboard.type("Done")
    done = page.locator("[data-list] > li:visible")
    expect(page.locator("[data-count]")).to_contain_text(f"{done.count()} of ")
    press_until(page, done.first.locator("h2 a"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/actions/a-*/")
    press_until(page, page.locator(".b-evidence a").first)
    press_until(page, page.locator(".b-say a[href^='mailto:']").first)


def test_the_menu_of_a_phone_opens_and_closes_with_the_keyboard_alone(open_page):
    page = open_page("/", width=NARROW)
    button = page.get_by_role("button", name="Menu")
    press_until(page, button)
    page.keyboard.press("Enter")
    press_until(page, page.get_by_role("navigation", name="Main").get_by_role("link", name="Measures"))
    page.keyboard.press("Escape")
    expect(button).to_be_focused()
    expect(page.get_by_role("navigation", name="Main").get_by_role("link").first).to_be_hidden()


def test_the_colours_are_chosen_with_the_keyboard_alone(open_page):
    page = open_page("/", color_scheme="light")
    press_until(page, page.get_by_role("button", name="Dark colours"))
    page.keyboard.press("Space")
    expect(page.locator("html")).to_have_attribute("data-colours", "dark")


def test_search_says_when_it_finds_nothing_and_what_to_try(open_page):
    page = open_page("/")
    page.get_by_role("searchbox", name="Search this site").fill("xyzzyxyzzy")
    expect(page.get_by_role("status").filter(has_text="Nothing found")).to_contain_text("such as A-001")


def test_search_shows_more_results_on_request(open_page):
    page = open_page("/")
    results = search(page, "school")
    count = results.count()
    page.get_by_role("button", name="Show more").click()
    expect(results.nth(count).get_by_role("link")).to_be_focused()


def test_the_search_is_loaded_only_when_a_reader_uses_it(open_page):
    page = open_page("/about/")
    asked = page.evaluate("performance.getEntriesByType('resource').map(entry => entry.name)")
    assert not [name for name in asked if "search" in name]


def test_search_results_link_to_the_right_pages_from_a_nested_page(open_page):
    page = open_page("/actions/a-001/")
    search(page, "A-012").first.get_by_role("link").click()
    page.wait_for_url("**/actions/a-012/")


def test_a_feedback_link_opens_an_email_with_the_action_and_its_address(open_page):
    page = open_page("/actions/a-001/", width=NARROW)
    title = page.locator("h1").inner_text().replace("\n", " ")
    link = page.locator(".b-say a[href^='mailto:']").first
    parts = urlsplit(link.get_attribute("href"))
    mail = parse_qs(parts.query)
    assert "@" in unquote(parts.path)
    assert "A-001" in mail["subject"][0] and title.split(maxsplit=1)[1] in mail["subject"][0]
    assert "https://exampleshire.example/actions/a-001/" in mail["body"][0]
    expect(page.locator(".b-say .b-copy").first).to_have_text(unquote(parts.path))


@pytest.mark.parametrize("address", ["", "actions", "actions/a-001", "blog", "measures", "glossary"])
def test_every_page_ends_with_how_to_have_a_say(site, address):
    said = made_page(site, address).select_one(".b-say").get_text(" ", strip=True)
    assert "Parents and carers" in said and "Help for one child:" in said


def test_only_the_choice_of_colours_is_stored_on_the_device(open_page):
    page = open_page("/", color_scheme="light")
    assert page.evaluate("localStorage.length + sessionStorage.length + document.cookie.length") == 0
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_role("button", name="Dark colours").click()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light
    page.goto(page.url.rstrip("/") + "/actions/")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light
    assert page.evaluate("[...Object.keys(localStorage)]") == ["colours"]


def test_the_system_s_dark_setting_applies_without_javascript(open_page):
    colour = "getComputedStyle(document.body).backgroundColor"
    page = open_page("/", color_scheme="light", java_script_enabled=False)
    # Playwright's evaluate() works even if JavaScript is off for the page.
    light = page.evaluate(colour)
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(colour) != light


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_without_javascript_the_whole_list_the_menu_and_the_mail_links_are_there(open_page, width):
    page = open_page("/actions/", width=width, java_script_enabled=False)
    items = page.locator("[data-list] > li")
    assert items.count() == page.locator("[data-list] > li:visible").count() > 50
    expect(items.first.locator(".b-tag--late")).to_be_visible()
    expect(page.locator("[data-filters]")).to_be_hidden()
    expect(page.get_by_role("button", name="Search")).to_have_count(0)
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Measures").click()
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(".b-say a[href^='mailto:']").first).to_be_visible()


def test_without_javascript_an_action_shows_its_evidence_and_its_words(open_page):
    page = open_page("/actions/", java_script_enabled=False, width=NARROW)
    page.locator("[data-list] > li", has=page.locator(".b-tag--complete")).first.locator("h2 a").click()
    expect(page.locator(".b-evidence a").first).to_be_visible()


def test_an_acronym_shows_its_meaning_on_focus_and_escape_hides_it(open_page):
    page = open_page("/blog/")
    page.locator("article a").first.click()
    abbr = page.locator("abbr[title][tabindex]").first
    if abbr.count() == 0:
        page.goto(page.url.split("/blog/")[0] + "/")
        abbr = page.locator("abbr[title][tabindex]").first
    abbr.focus()
    content = "e => getComputedStyle(e, '::after').content"
    assert abbr.get_attribute("title") in abbr.evaluate(content) or "attr" in abbr.evaluate(content)
    page.keyboard.press("Escape")
    assert abbr.evaluate("e => getComputedStyle(e, '::after').display") == "none"


def test_the_menu_opens_and_closes_by_keyboard_on_a_phone(open_page):
    page = open_page("/", width=NARROW)
    menu = page.get_by_role("button", name="Menu")
    nav = page.get_by_role("navigation", name="Main")
    expect(nav).to_be_hidden()
    menu.press("Enter")
    expect(nav).to_be_visible()
    nav.get_by_role("link").first.press("Escape")
    expect(nav).to_be_hidden()
    expect(menu).to_be_focused()


def test_an_unknown_address_gets_a_helpful_page(open_page):
    page = open_page("/actions/a-999/")
    expect(page.locator("h1")).to_have_text("This page is not here")
    page.get_by_role("link", name="Actions: what has been promised").click()
    expect(page.locator("[data-list]")).to_be_visible()


@only_in_test_all
def test_no_page_scrolls_sideways(open_page):
    """Pages of the fictional area are measured in test_look.py."""
    page = open_page("/", area="real")
    home = page.url.rstrip("/")
    for address in KINDS:
        page.goto(home + address)
        for width in (320, NARROW, 768, WIDE):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{address} at {width}"


def test_home_leads_with_the_topics_on_a_laptop_and_on_a_phone(open_page):
    page = open_page("/", area="real")
    for width, height in ((WIDE, 800), (NARROW, 1600)):
        page.set_viewport_size({"width": width, "height": 800})
        box = page.locator(".b-topics").bounding_box()
        assert box["y"] + box["height"] <= height


def test_home_and_a_topic_fit_in_five_screens_of_a_phone(open_page):
    page = open_page("/", area="real", width=NARROW)
    for address, last in (("/", ".b-home"), ("/topics/waiting-for-a-plan/", "main .b-content")):
        page.goto(address)
        box = page.locator(last).bounding_box()
        assert box["y"] + box["height"] <= 5 * 800, address


def test_a_choice_without_actions_leads_on(open_page):
    page = open_page("/actions/?priority=P3", area="real")
    assert shown(page) == []
    way = page.locator("[data-way]:visible")
    for words in ("Waiting for a plan", "Plans are late, and many are not good", "Plans finished in 20 weeks",
                  "Where to ask about it"):
        expect(way.get_by_role("link", name=words)).to_be_visible()


def test_the_menu_and_the_list_work_when_the_second_script_does_not_arrive(open_page):
    page = open_page("/", width=NARROW)
    page.route("**/assets/board.js*", lambda route: route.abort())
    page.goto("/actions/")
    expect(page.locator("#menu a").first).to_be_visible()
    expect(page.locator("[data-filters]")).to_be_hidden()
    expect(page.locator("[data-menu-open]")).to_be_hidden()
    expect(page.locator("[data-list] > li").first).to_be_visible()


def test_a_choice_is_kept_in_the_address_in_browsers_of_2022(open_page):
    page = open_page("/", fresh=True)
    page.add_init_script("delete URLSearchParams.prototype.size")
    page.goto("/actions/")
    page.get_by_label("Show", exact=True).select_option("late")
    assert page.url.endswith("?status=late")
    page.reload()
    expect(page.get_by_label("Show", exact=True)).to_have_value("late")


OTHERS = 7


@pytest.fixture(scope="module")
def long_list(tmp_path_factory) -> Pages:
    """An area with more actions than the first page has."""
    return Pages(write(tmp_path_factory.mktemp("long"), content(2, 100 + OTHERS)), TODAY)


def test_each_of_many_actions_is_on_one_of_two_pages(long_list):
    first, others = (made_page(long_list, address).select(".b-list > li .b-id")
                     for address in ("actions", "actions/others"))
    assert (len(first), len(others)) == (100, OTHERS)
    assert {id.text for id in first + others} == set(long_list.register.actions)
    home = made_page(long_list, "actions/others").select_one('main p a[href="../../actions/"]')
    assert home.text == "100 most pressing ones"


@pytest.mark.parametrize("way", ["link", "sort", "address", "no script", "no network"])
def test_a_long_list_begins_with_the_first_hundred_and_reads_the_others_when_they_are_needed(open_page, long_list, way):
    first, others = long_list.page("actions"), long_list.page("actions/others")
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        if way == "no network":
            route.abort()
        else:
            route.fulfill(body=others, content_type="text/html")

    page = open_page("/about/", java_script_enabled=way != "no script")
    # In a subfolder, as on GitHub Pages, a link that is read from another page could lead too high.
    page.route("**/board/actions/?*", lambda route: route.fulfill(body=first, content_type="text/html"))
    page.route("**/board/actions/others/", answer)
    page.route("**/board/assets/*", lambda route: route.fulfill(
        path=ROOT / "overrides/assets" / urlsplit(route.request.url).path.rpartition("/")[2]))
    page.goto("/board/actions/?status=open" if way == "address" else "/board/actions/?")
    shown, count = page.locator("[data-list] > li:visible"), page.locator("[data-count]")
    link = page.get_by_role("link", name=f"Show the other {OTHERS}")
    if way == "no script":
        expect(shown).to_have_count(100)
        expect(link).to_be_visible()
        return
    everything = f"All {100 + OTHERS} actions, sorted by: most pressing first."
    if way != "address":
        expect(count).to_have_text(f"{everything} These are the first 100.")
        assert not asked
    if way == "sort":
        page.get_by_label("Sort by", exact=True).select_option("id")
        expect(count).to_have_text(f"All {100 + OTHERS} actions, sorted by: number. These are the first 100.")
        expect(shown).to_have_count(100)
        page.get_by_role("button", name=f"Show the other {OTHERS}").click()
    elif way != "address":
        link.click()
    if way == "no network":
        expect(count).to_have_text(f"The other {OTHERS} actions cannot be loaded. Try again when you are online.")
        expect(shown).to_have_count(100)
        return
    expect(link).to_have_count(0)
    if way != "address":
        expect(shown).to_have_count(100 + OTHERS)
        expect(shown.nth(100).locator("a").first).to_be_focused()
    addresses = page.locator("[data-list] h2 a").evaluate_all("links => links.map(link => new URL(link.href).pathname)")
    assert len(addresses) == 100 + OTHERS
    assert all(re.fullmatch("/board/actions/a-[0-9]+/", address) for address in addresses), addresses
    page.get_by_role("button", name="Show all", exact=True).click()
    expect(count).to_contain_text(everything)
    assert len(asked) == 1
