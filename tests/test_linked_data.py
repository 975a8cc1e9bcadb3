"""What pages say of themselves to machines, in the words of schema.org."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from lxml.html import document_fromstring

from tests.conftest import AREAS, TODAY, checked, pages_of

NEEDED = {  # what the type's documentation, or those who read it, cannot do without
    "BlogPosting": {"headline", "datePublished", "author", "publisher", "description", "inLanguage"},
    "Event": {"name", "startDate", "eventStatus", "organizer", "location"},
    "Dataset": {"name", "description", "license", "creator", "distribution", "isAccessibleForFree"},
    "GovernmentOrganization": {"name"}, "Organization": {"name"}, "WebSite": {"name", "url"},
    "BreadcrumbList": {"itemListElement"}, "Action": {"name", "identifier", "url", "additionalType", "description"},
}


@pytest.fixture(scope="module", params=list(AREAS))
def area(request) -> str:
    return request.param


def things(page: Path) -> list[dict]:
    html = document_fromstring(page.read_text(encoding="utf-8"))
    return [json.loads(script.text) for script in html.xpath('//script[@type="application/ld+json"]')]


def of_page(folder: Path, address: str) -> dict:
    return things(folder / address / "index.html")[0]


def test_everything_that_is_said_is_json_ld_with_what_its_type_needs(sites, area):
    kinds = set()
    for page in sites[area].rglob("index.html"):
        for thing in things(page):
            assert thing["@context"] == "https://schema.org"
            kinds.add(thing["@type"])
            assert NEEDED[thing["@type"]] <= thing.keys(), (page, thing["@type"])
            for value in thing.values():
                assert value not in (None, "", []), page
    assert {"BlogPosting", "Event", "Dataset", "GovernmentOrganization", "BreadcrumbList", "WebSite"} <= kinds


def test_the_way_from_home_leads_over_pages_that_are_there(sites, area):
    for page in pages_of(sites[area]):
        ways = [thing for thing in things(page) if thing["@type"] == "BreadcrumbList"]
        if page.parent != sites[area] and "http-equiv" not in page.read_text(encoding="utf-8"):
            steps = ways[0]["itemListElement"]
            assert [step["position"] for step in steps] == list(range(1, len(steps) + 1)), page
            for step in steps:
                assert (sites[area] / urlsplit(step["item"]).path.strip("/") / "index.html").is_file(), step


def test_a_summary_is_not_said_to_be_written_by_the_chair(sites):
    register = checked("real")
    for stem, post in (item for item in register.posts_by_date if item[1].kind == "summary"):
        said = of_page(sites["real"], f"blog/{stem}")
        assert said["author"]["@type"] == "Organization" and said["isBasedOn"] == post.source.url


def test_a_post_by_the_chair_is(sites):
    register = checked("exampleshire", TODAY)
    stem = next(stem for stem, post in register.posts_by_date if post.kind == "post")
    assert of_page(sites["exampleshire"], f"blog/{stem}")["author"] == {
        "@type": "Person", "name": "Alex Example", "jobTitle": "independent chair"}


def test_an_action_says_its_kind_and_on_whose_word_it_is_done(sites):
    promise, aim = (of_page(sites["exampleshire"], f"actions/{id}") for id in ("a-013", "a-047"))
    assert (promise["additionalType"], aim["additionalType"]) == ("Promise", "Aim")
    assert promise["actionStatus"].endswith("/CompletedActionStatus")
    assert promise["description"].startswith("Done, seen by inspectors")
    assert "Done, seen by inspectors" in [account["abstract"] for account in promise["subjectOf"]]


def test_where_accounts_disagree_no_status_is_chosen(sites):
    said = of_page(sites["exampleshire"], "actions/a-006")
    assert "actionStatus" not in said and said["description"].endswith("Accounts disagree.")
    assert [account["abstract"] for account in said["subjectOf"]] == \
        ["Done, says the board", "In progress, say families (EPCF)"]


def test_a_cancelled_meeting_is_said_to_be_cancelled(sites):
    register = checked("exampleshire", TODAY)
    for id, meeting in register.meetings.items():
        said = of_page(sites["exampleshire"], f"meetings/{id}")["eventStatus"]
        assert said.endswith("EventCancelled") == (meeting.state == "cancelled"), id


def test_what_is_offered_for_download_is_there(sites, area):
    for page in (sites[area] / "measures").rglob("index.html"):
        for thing in things(page):
            for download in thing.get("distribution", ()):
                assert (sites[area] / urlsplit(download["contentUrl"]).path.strip("/")).is_file(), download


def test_text_from_records_cannot_end_the_script(sites):
    for page in sites["exampleshire"].rglob("index.html"):
        for script in re.findall(r'<script type="application/ld\+json">(.*?)</script>',
                                 page.read_text(encoding="utf-8"), re.S):
            assert "<" not in script
