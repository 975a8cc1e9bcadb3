"""Promises, plans and aims are kept apart, and what the board said it would discuss is no action."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from macros.__main__ import main

from .conftest import checked

SMALL = Path(__file__).parent / "areas/small"


def page(site: Path, address: str) -> BeautifulSoup:
    return BeautifulSoup((site / address / "index.html").read_text(encoding="utf-8"), "lxml")


def words(soup: BeautifulSoup) -> str:
    return re.sub(r"\s+", " ", soup.get_text(" ")).replace(" .", ".").replace(" ,", ",")


def kinds(area: str) -> dict[str, int]:
    register = checked(area)
    found = [action.kind for action in register.actions.values()]
    return {kind: found.count(kind) for kind in ("promised", "planned", "aim")}


@pytest.mark.parametrize("area", ["real", "exampleshire"])
def test_the_home_page_counts_promises_and_says_apart_how_many_plans_and_aims(sites, area):
    home, count = page(sites[area], ""), kinds(area)
    card = home.select_one("section[aria-labelledby=promised] .b-cards li")
    assert card.get_text(" ", strip=True) == f"{count['promised']} promised"
    assert f"{count['planned']} plans and {count['aim']} aims are not counted as promises." in words(home)


@pytest.mark.parametrize("area", ["real", "exampleshire"])
def test_the_list_of_actions_has_all_three_kinds_and_a_filter_for_them(sites, area):
    actions, count = page(sites[area], "actions/"), kinds(area)
    options = {option["value"]: option.get_text() for option in actions.select("select[name=kind] option")}
    assert options == {"": "Any", "promised": f"Promised ({count['promised']})",
                       "planned": f"Planned ({count['planned']})", "aim": f"An aim ({count['aim']})"}
    for kind, number in count.items():
        items = [item for item in actions.select("[data-states]") if kind in item["data-states"].split()]
        assert len(items) == number
        assert all(bool(item.select_one(".b-tag--planned, .b-tag--aim")) == (kind != "promised") for item in items)


def test_lists_begin_with_promises_and_of_those_with_what_families_would_notice(sites):
    """A-020 answers what families said, A-022 has a measure, and A-037 answers a challenge. All are due after A-043."""
    site = sites["exampleshire"]
    listed = [item["data-id"] for item in page(site, "actions/").select("[data-states~=late]")]
    assert max(listed.index(id) for id in ("A-020", "A-022", "A-037")) < listed.index("A-043")
    assert listed[-1] == "A-072", "a plan comes after the promises that are as late"
    rows = page(site, "briefing/").select("section[aria-labelledby=late] tbody th a")
    printed = [link.get_text().split()[0] for link in rows]
    assert printed == listed[:len(printed)] and printed
    assert "promises come before plans" in words(page(site, "how-to-read/"))


@pytest.mark.parametrize("area", ["real", "exampleshire"])
def test_a_filter_offers_no_choice_without_an_action(sites, area):
    actions = page(sites[area], "actions/")
    held = {"status": "states", "kind": "states", "owner": "owner", "priority": "priorities"}
    for name, field in held.items():
        found = {word for item in actions.select("[data-states]") for word in item[f"data-{field}"].split()}
        options = actions.select(f"select[name={name}] option:not([value=''])")
        assert {option["value"] for option in options if not option.has_attr("disabled")} == \
            {option["value"] for option in options} & found
        assert not re.search(r"\(0\)", actions.select_one(f"select[name={name}]").get_text())


def test_only_a_promise_is_said_to_have_been_promised(sites):
    site = sites["exampleshire"]
    promised, planned, aim = (words(page(site, f"actions/a-0{number}/")) for number in ("01", "67", "14"))
    assert "Promised at the meeting of 17 December 2024" in promised and "not a promise" not in promised
    assert "Planned as reported at the meeting of 20 October 2026" in planned
    assert "An aim said at the meeting of 18 March 2025" in aim
    for text in (planned, aim):
        assert "It is not a promise." in text and "Promised at" not in text and ", by " in text


def test_who_said_it_is_an_organisation_with_a_link_or_an_office_in_words(sites):
    by = {number: page(sites["exampleshire"], f"actions/a-0{number}/").find("dt", string=kind).parent.dd
          for number, kind in (("67", "Planned"), ("47", "An aim"))}
    assert by["67"].select("a")[-1]["href"].endswith("organisations/exampleshire-schools-group/")
    assert words(by["47"]).endswith(", by A school nurse on the board's working group")


def test_the_pages_of_a_meeting_and_an_owner_count_promises_and_list_plans_and_aims_apart(sites):
    for address in ("meetings/2026-10-20/", "organisations/exampleshire-schools-group/"):
        soup = page(sites["exampleshire"], address)
        assert "1 plan is not counted as a promise." in words(soup.select_one(".b-short"))
        listed = soup.select_one("#not-promised").find_next("ul")
        assert [item.get_text() for item in listed.select(".b-id")] == ["A-067"]


def test_the_first_date_of_a_plan_was_not_promised(sites):
    for area, site in sites.items():
        register = checked(area)
        for id, action in register.actions.items():
            if action.kind != "promised":
                assert "first promised for" not in words(page(site, f"actions/{id.lower()}/")).lower(), (area, id)


def test_how_to_read_explains_the_three_words(sites):
    firm = page(sites["exampleshire"], "how-to-read/").select_one("#firm").find_next("dl")
    assert [term.get_text() for term in firm.select("dt")] == ["Promise", "Plan", "Aim"]


def test_what_a_meeting_said_it_would_discuss_is_on_its_page_and_on_that_of_the_meeting_it_was_meant_for(sites):
    site = sites["exampleshire"]
    said = words(page(site, "meetings/2026-09-15/").select_one("#next").find_next("ul"))
    assert said.count("We have not found out what came of it.") == 2
    assert "How soon calls are answered, at the meeting of 20 October 2026" in said
    meant = words(page(site, "meetings/2026-10-20/").select_one("#meant-for-this").find_next("ul"))
    assert "How soon calls are answered, said at the meeting of 15 September 2026" in meant
    assert "We have not found out what came of it." in meant
    known = words(page(site, "meetings/2026-11-17/").select_one("#meant-for-this").find_next("ul"))
    assert "The board gave the money for three more years." in known and "We have not found out" not in known
    assert "Notes of the meeting of 17 November 2026" in known


def test_the_boards_own_agenda_is_no_action_of_the_real_area():
    register = checked("real")
    assert not {"A-009", "A-010", "A-030", "A-032", "A-033"} & set(register.actions)
    assert sum(len(meeting.next) for meeting in register.meetings.values()) == 8


@pytest.fixture
def published(tmp_path) -> Path:
    area = tmp_path / "area"
    subprocess.run(["cp", "-r", str(SMALL), str(area)], check=True)
    for command in (["init", "-q", "-b", "main"], ["add", "-A"],
                    ["-c", "user.name=A", "-c", "user.email=a@smallshire.example", "commit", "-qm", "Published"]):
        subprocess.run(["git", "-C", str(area), *command], check=True)
    return area


@pytest.mark.parametrize("line, field", [("kind: planned", "kind"), ("kind: promised\nsaid_by: forum", "said_by")])
def test_how_firm_a_published_action_is_and_who_said_it_cannot_be_changed(published, capsys, line, field):
    file = published / "data/actions/a-001-list-late-plans.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("kind: promised", line), encoding="utf-8")
    assert main(["check", "--area", str(published), "--against", "main", "--today", "2026-11-24"]) == 1
    assert f"error[history-edited] the {field} of A-001 is not as it was published" in capsys.readouterr().out
