"""Following along: feeds and the calendar, read as a reader's programs read them, and the pages that lead to them."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import feedparser
import pytest
from bs4 import BeautifulSoup
from icalendar import Calendar

from macros.publish.calendar import calendar_ics
from macros.publish.feeds import feeds
from macros.records import Area
from macros.register.changes import changes
from tests.conftest import AREAS, TODAY, checked, published
from tests.records import action, day, meeting, register, update

ATOM = "{http://www.w3.org/2005/Atom}"


def site_of(area: str, today: date | None = None):
    return checked(area, today)


def in_area(*actions, meetings=(), today=TODAY, **more):
    """A register with the site of the fictional area, for what must be asked of a few records."""
    found = register(*actions, meetings=meetings, today=today, **more)
    object.__setattr__(found, "area", site_of("exampleshire").area)
    return found


def calendar_of(found) -> Calendar:
    return Calendar.from_ical(calendar_ics(found))


@pytest.fixture(scope="module", params=list(AREAS))
def area(request) -> str:
    return request.param


def atom_files(folder: Path) -> list[Path]:
    return sorted((folder / "feeds").rglob("*.atom.xml"))


def test_there_are_feeds_of_posts_of_changes_and_of_each_organisation_and_action(sites, area):
    found = site_of(area)
    names = {file.relative_to(sites[area] / "feeds").as_posix().removesuffix(".atom.xml")
             for file in atom_files(sites[area])}
    assert names == {"blog", "changes", *(f"organisations/{id}" for id in found.organisations),
                     *(f"actions/{id.lower()}" for id in found.actions)}
    assert sorted((sites[area] / "feeds").rglob("*.xml")) == atom_files(sites[area]), "one file each is enough"


def test_feeds_follow_the_rules_of_rfc_4287(sites, area):
    for file in atom_files(sites[area]):
        root = ElementTree.fromstring(file.read_bytes())
        assert root.tag == f"{ATOM}feed"
        _one_of_each(root, "id", "title", "updated")  # §4.1.1
        assert root.find(f"{ATOM}author/{ATOM}name").text  # §4.1.1: a feed whose entries have no author has one
        own = [link for link in root.findall(f"{ATOM}link") if link.get("rel") == "self"]
        assert [urlsplit(link.get("href")).path for link in own] == [f"/{file.relative_to(sites[area]).as_posix()}"]
        ids = [entry.find(f"{ATOM}id").text for entry in root.findall(f"{ATOM}entry")]
        assert len(ids) == len(set(ids)), file  # §4.1.1: none twice with one date
        for entry in root.findall(f"{ATOM}entry"):
            _one_of_each(entry, "id", "title", "updated", "published")  # §4.1.2
            assert [link.get("rel") for link in entry.findall(f"{ATOM}link")].count("alternate") == 1
        for moment in [*root.iter(f"{ATOM}updated"), *root.iter(f"{ATOM}published")]:
            assert datetime.fromisoformat(moment.text).tzinfo, file  # §3.3 and RFC 3339
        for id in root.iter(f"{ATOM}id"):
            assert re.fullmatch(r"tag:[a-z.-]+,\d{4}:/\S+", id.text)  # §4.2.6 and RFC 4151
        for text in [*root.iter(f"{ATOM}title"), *root.iter(f"{ATOM}summary")]:
            assert text.get("type", "text") in ("text", "html")  # §3.1.1


def test_an_entry_keeps_its_id_for_good(sites):
    """A feed reader shows an entry with another id as new, so the ids that were once published stay as they are."""
    folder = sites["exampleshire"] / "feeds"
    ids = {file: {entry.id for entry in feedparser.parse((folder / file).read_bytes()).entries}
           for file in ("blog.atom.xml", "actions/a-012.atom.xml")}
    assert "tag:exampleshire.example,2023:/actions/a-012/promised" in ids["actions/a-012.atom.xml"]
    stems = {file.stem for file in (AREAS["exampleshire"] / "docs/blog/posts").glob("*.md")
             if "\ndraft: true" not in file.read_text(encoding="utf-8")}
    assert ids["blog.atom.xml"] == {
        f"tag:exampleshire.example,2023:/blog/{stem}" for stem in stems}


def _one_of_each(element: ElementTree.Element, *names: str) -> None:
    for name in names:
        assert len(element.findall(f"{ATOM}{name}")) == 1, name


def test_a_feed_reader_reads_every_feed_without_complaint(sites, area):
    for file in sorted((sites[area] / "feeds").rglob("*.xml")):
        read = feedparser.parse(file.read_bytes())
        assert not read.bozo, (file, read.get("bozo_exception"))
        assert read.version == "atom10"


def test_a_feed_says_whose_words_its_posts_are_and_who_publishes_it(sites, area):
    found = site_of(area)
    read = feedparser.parse((sites[area] / "feeds/blog.atom.xml").read_bytes())
    authors = {ElementTree.parse(file).getroot().find(f"{ATOM}author/{ATOM}name").text
               for file in atom_files(sites[area])}
    assert authors == {found.area.board.name if found.area.standing == "adopted" else found.area.site_name}
    kinds = [post.kind for _, post in found.posts_by_date][:len(read.entries)]
    assert [entry.summary.startswith("A summary in our own words. ") for entry in read.entries] == [
        kind == "summary" for kind in kinds] and kinds


def test_the_feed_of_an_action_tells_every_change_newest_first(sites):
    found = site_of("exampleshire")
    read = feedparser.parse((sites["exampleshire"] / "feeds/actions/a-012.atom.xml").read_bytes())
    told = [change for change in changes(found) if change.action and change.action.id == "A-012"]
    assert len(read.entries) == len(told)
    assert [entry.updated for entry in read.entries] == sorted((entry.updated for entry in read.entries), reverse=True)
    assert any("30 June 2025" in entry.summary and "31 December 2025" in entry.summary for entry in read.entries)


def test_the_feed_of_an_organisation_holds_what_happened_to_each_of_its_promises():
    found = site_of("exampleshire")
    for feed in feeds(found):
        if feed.path.startswith("feeds/organisations/"):
            id = feed.path.rsplit("/", 1)[1]
            for entry in feed.entries:
                owned = found.actions[re.search("(?i)a-[0-9]+", entry.key)[0].upper()]
                assert id in {owned.owner, *(said.owner for said in owned.updates)}


def test_every_entry_leads_to_a_page_that_is_there(sites, area):
    for file in atom_files(sites[area]):
        for entry in feedparser.parse(file.read_bytes()).entries:
            assert (sites[area] / urlsplit(entry.link).path.strip("/") / "index.html").is_file(), entry.link


def test_text_with_signs_of_html_is_read_as_text(sites):
    read = feedparser.parse((sites["exampleshire"] / "feeds/changes.atom.xml").read_bytes())
    assert all("<script" not in entry.summary for entry in read.entries)
    found = in_area(action("A-001", update("2024-02-01", note="Use <b>less</b> & more")), today=day("2024-03-01"))
    content = published(found, "feeds/")["feeds/actions/a-001.atom.xml"]
    summary = ElementTree.fromstring(content).find(f"{ATOM}entry/{ATOM}summary")
    assert summary.text == "Use &lt;b&gt;less&lt;/b&gt; &amp; more" and summary.get("type") == "html"


def test_a_rebuild_on_another_day_makes_nothing_new():
    """Days that pass make actions late, which is news; all else keeps its id, date and words."""
    today, later = (published(site_of("exampleshire", on), "feeds/") for on in (TODAY, TODAY + timedelta(days=5)))
    assert today.keys() == later.keys()
    for path in today:
        if today[path] != later[path]:
            old, new = (feedparser.parse(files[path]).entries for files in (today, later))
            fresh = [entry for entry in new if entry.id not in {other.id for other in old}]
            assert fresh, path
            assert all("/late-" in entry.id or "/date-passed-" in entry.id for entry in fresh), path


def test_a_feed_without_entries_is_dated_by_the_records_and_not_by_the_clock():
    found = in_area(action("A-001"), meetings=(meeting("2024-01-31"),), today=day("2024-03-01"))
    read = feedparser.parse(published(found, "feeds/")["feeds/actions/a-001.atom.xml"])
    assert read.entries == [] and read.feed.updated.startswith("2024-01-31")


def test_an_update_appended_keeps_the_ids_of_all_before_it():
    updates = [update("2024-02-01", note="One."), update("2024-03-01", status="in_progress")]
    before, after = (in_area(action("A-001", *said), today=day("2024-12-31")) for said in (updates[:1], updates))
    old, new = ([entry.key for feed in feeds(found) if feed.path == "feeds/actions/a-001" for entry in feed.entries]
                for found in (before, after))
    assert new[-len(old):] == old


# The calendar


def test_the_calendar_follows_rfc_5545(sites, area):
    content = (sites[area] / "calendar.ics").read_bytes()
    assert content.endswith(b"END:VCALENDAR\r\n") and b"\n" not in content.replace(b"\r\n", b"")  # §3.1
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))  # §3.1
    read = Calendar.from_ical(content)
    assert not read.errors and read["version"] == "2.0" and read["prodid"]  # §3.6
    assert str(read["x-wr-timezone"]) == "Europe/London"
    uids = [event["uid"] for event in read.walk("VEVENT")]
    assert len(uids) == len(set(uids))
    for event in read.walk("VEVENT"):
        assert not event.errors
        assert event["dtstamp"].dt.tzinfo and event["dtend"].dt - event["dtstart"].dt == timedelta(days=1)


def test_every_meeting_and_every_due_date_is_an_event(area):
    found = site_of(area)
    events = {event["uid"].split("@")[0]: event for event in calendar_of(found).walk("VEVENT")}
    assert {uid for uid in events if uid.startswith("meeting-")} == {f"meeting-{id}" for id in found.meetings}
    due = {f"due-{id.lower()}": progress for id, progress in found.progress.items() if progress.due_day}
    assert {uid for uid in events if uid.startswith("due-")} == set(due)
    for uid, progress in due.items():
        assert events[uid]["dtstart"].dt == progress.due_day


def test_a_moved_date_moves_the_same_event():
    told = [update("2024-02-01", note="x"), update("2024-03-01", due="2024-09-30")]
    before, after = (next(event for event in calendar_of(
        in_area(action("A-001", *said, due="2024-06"), today=day("2024-12-31"))).walk("VEVENT"))
        for said in (told[:1], told))
    assert before["uid"] == after["uid"]
    assert (before["dtstart"].dt, after["dtstart"].dt) == (date(2024, 6, 30), date(2024, 9, 30))
    assert after["sequence"] > before["sequence"]
    assert after["last-modified"].dt > before["last-modified"].dt
    assert "First promised for June 2024" in after["description"]


def test_a_cancelled_meeting_is_cancelled_in_the_calendar():
    found = in_area(meetings=(meeting("2024-01-31", "cancelled"),), today=day("2024-03-01"))
    event, = calendar_of(found).walk("VEVENT")
    assert event["status"] == "CANCELLED"


def test_the_calendar_is_the_same_on_another_day():
    today, later = (published(site_of("exampleshire", on), "calendar.ics") for on in (TODAY, TODAY + timedelta(days=5)))
    assert today == later and today


# The pages


@pytest.mark.parametrize("address, feed", [
    ("", "feeds/blog"), ("", "feeds/changes"), ("blog", "feeds/blog"), ("changes", "feeds/changes"),
    ("actions/a-001", "feeds/actions/a-001")])
def test_a_page_names_the_feeds_that_belong_to_it(sites, area, address, feed):
    page = sites[area] / address / "index.html"
    soup = BeautifulSoup(page.read_text(encoding="utf-8"), "lxml")
    links = soup.select('link[rel=alternate][type="application/atom+xml"]')
    files = {(page.parent / link["href"]).resolve().relative_to(sites[area].resolve()).as_posix() for link in links}
    assert f"{feed}.atom.xml" in files
    assert all((sites[area] / file).is_file() for file in files)


def test_subscribe_names_the_calendar_and_every_feed_but_those_of_actions(sites, area):
    said = (sites[area] / "subscribe/index.html").read_text(encoding="utf-8")
    found: Area = site_of(area).area
    site = found.site_url.rstrip("/")
    assert f"{site.replace('https:', 'webcal:')}/calendar.ics" in said
    for feed in feeds(site_of(area)):
        assert (f"{site}/{feed.path}.atom.xml" in said) != feed.path.startswith("feeds/actions/"), feed.path


def test_a_reader_finds_the_feed_of_an_action_on_a_phone(open_page):
    page = open_page("/actions/a-012/", width=360)
    link = page.get_by_role("link", name="feed", exact=True)
    assert link.is_visible()
    assert page.request.get(page.url + link.get_attribute("href")).status == 200
