"""A page that has not been built for more than two days says so itself, since what is late depends on the day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page, expect

from tests.accessibility import COLOUR_RULES, violations
from tests.conftest import NARROW, TODAY

BUILT = datetime(TODAY.year, TODAY.month, TODAY.day, tzinfo=UTC)
SAYS = "This page has not been updated since 24 November 2026."


def read_after(page: Page, age: timedelta) -> None:
    """Open the page again, as a reader whose clock shows the day of the build plus `age`."""
    page.clock.set_fixed_time(BUILT + age)
    page.reload()


def test_a_page_that_is_up_to_date_or_whose_reader_has_a_wrong_clock_says_nothing(open_page):
    page = open_page("/about/")
    for age in (timedelta(hours=4), timedelta(days=2, hours=23), timedelta(days=-400)):
        read_after(page, age)
        expect(page.get_by_text("has not been updated")).to_be_hidden()


def test_every_page_that_is_older_than_two_days_says_so(open_page):
    page = open_page("/")
    home = page.url.rstrip("/")
    read_after(page, timedelta(days=70))
    expect(page.get_by_text(SAYS)).to_be_visible()
    page.clock.set_fixed_time(BUILT + timedelta(days=3))
    for address in ("/", "/actions/", "/blog/", "/there-is-no-such-page/"):
        page.goto(home + address)
        expect(page.get_by_text(SAYS)).to_be_visible()


def test_the_notice_is_accessible_and_fits_on_a_phone(open_page):
    page = open_page("/about/", width=NARROW)
    read_after(page, timedelta(days=3))
    expect(page.get_by_text(SAYS)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    assert violations(page, COLOUR_RULES) == []


def test_without_javascript_the_day_of_the_build_is_there_and_the_notice_is_not(open_page):
    page = open_page("/actions/", java_script_enabled=False)
    expect(page.get_by_text("has not been updated")).to_be_hidden()
    expect(page.get_by_text("Last updated 24 November 2026")).to_be_visible()
