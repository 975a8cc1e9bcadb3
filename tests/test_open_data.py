"""Open data: what programs and spreadsheets read is what the records say, in forms that keep."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import re
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import csvw
import jsonschema
import pytest
from bs4 import BeautifulSoup

from macros.checks import check
from macros.publish import published_files
from macros.publish.documents import KINDS, record_of
from macros.publish.tables import TABLES
from tests.conftest import AREAS, ROOT, TODAY

PINNED = ROOT / "tests/api-v1.txt"
BLESS = bool(os.environ.get("BLESS"))
"""Set to add new fields to what is pinned."""


@pytest.fixture(scope="module", params=list(AREAS))
def area(request) -> str:
    return request.param


@pytest.fixture(scope="module")
def register(area):
    return check(AREAS[area], TODAY)[0]


@pytest.fixture(scope="module")
def api(sites, area) -> Path:
    return sites[area] / "api/v1"


def load(file: Path) -> Any:
    return json.loads(file.read_text(encoding="utf-8"))


def rows(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8"))))


def test_every_file_keeps_to_its_published_schema(api):
    for kind in KINDS:
        schema, document = load(api / f"schema/{kind}.json"), load(api / f"{kind}.json")
        jsonschema.Draft202012Validator.check_schema(schema)
        assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        assert document["$schema"] == schema["$id"]
        jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker()).validate(document)
    for file in (api / "actions").glob("*.json"):
        jsonschema.Draft202012Validator(load(api / "schema/actions.json")).validate(load(file))


def test_a_schema_refuses_what_no_record_may_hold(api):
    schema, document = load(api / "schema/actions.json"), load(api / "actions.json")
    for change in ({"colour": "red"}, {"title": 7}, {"computed": {}}, {"id": "12"}):
        item = document["items"][0] | change
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.Draft202012Validator(schema).validate(document | {"items": [item]})


def test_the_published_data_loads_back_into_the_same_records(api, register):
    standing = {
        **{kind: getattr(register, kind) for kind in ("actions", "decisions", "meetings", "measures", "organisations",
                                                      "priorities", "feedback")},
        "posts": {stem: post for stem, post in register.posts.items() if not post.draft}, "glossary": register.terms}
    for kind, records in standing.items():
        items = load(api / f"{kind}.json")["items"]
        back = {item.get("id", item.get("term")): record_of(kind, item) for item in items}
        assert back == records, kind
    assert tuple(record_of("events", item) for item in load(api / "events.json")["items"]) == register.events


def test_what_is_not_published_is_null_and_not_left_out(api, register):
    for item in load(api / "actions.json")["items"]:
        action = register.actions[item["id"]]
        assert (item["owner"], item["due"] is None) == (action.owner, action.due is None)


def test_each_action_has_a_file_of_its_own(api, register):
    for item in load(api / "actions.json")["items"]:
        assert load(api / f"actions/{item['id'].lower()}.json")["items"] == [item]
    assert len(list((api / "actions").glob("*.json"))) == len(register.actions)


def test_every_record_leads_to_its_page(api, sites, area):
    for kind in KINDS:
        for item in load(api / f"{kind}.json")["items"]:
            parts = urlsplit(item["page"])
            page = sites[area] / parts.path.strip("/") / "index.html"
            assert page.is_file(), item["page"]
            assert not parts.fragment or f'id="{parts.fragment}"' in page.read_text(encoding="utf-8"), item["page"]


def test_every_file_says_its_licence_its_source_and_its_day(api, register):
    for file in api.glob("*.json"):
        if file.name.endswith("-metadata.json"):
            continue
        said = load(file)
        assert said["licence"]["url"] == register.area.licence.url and said["source"].startswith("https://")
        assert (said["as_of"], said["generated"]) == ("2026-11-24", register.published_until.isoformat())


def test_the_index_names_every_file_and_nothing_that_is_not_there(api, sites, area):
    named = {urlsplit(entry["url"]).path.strip("/") for entry in load(api / "index.json")["files"]}
    described = {urlsplit(entry["form"]).path.strip("/") for entry in load(api / "index.json")["files"]}
    there = {file.relative_to(sites[area]).as_posix() for file in api.rglob("*") if file.is_file()}
    assert named <= there | {"calendar.ics"}
    single = {path for path in there if path.startswith("api/v1/actions/")}
    assert there - single - {"api/v1/index.json"} <= named | described


def test_the_day_changes_only_what_is_computed_of_it():
    found = [dict(published_files(check(AREAS["exampleshire"], on)[0])) for on in (TODAY, TODAY + timedelta(days=9))]
    for kind in KINDS:
        old, new = (json.loads(files[f"api/v1/{kind}.json"]) for files in found)
        assert old["generated"] == new["generated"]
        for one, other in zip(old["items"], new["items"], strict=True):
            assert {**one, "computed": None} == {**other, "computed": None}


# Tables


def test_every_table_is_valid_csv_on_the_web(api):
    for table in TABLES:
        read = csvw.CSVW(str(api / f"{table.name}.csv-metadata.json"), validate=True)
        assert read.is_valid, [str(warning) for warning in read.warnings]
        found = next(iter(read.tables))
        assert len(list(found)) == len(rows(api / f"{table.name}.csv"))
        assert read.common_props["dc:license"]


def test_the_table_of_actions_says_what_the_records_say(api, register):
    table = {row["id"]: row for row in rows(api / "actions.csv")}
    assert set(table) == set(register.actions)
    for id, progress in register.progress.items():
        row = table[id]
        assert row["status"] == (progress.status or "") and row["owner"] == (progress.owner or "")
        assert row["overdue"] == ("true" if progress.is_overdue else "false")
        assert row["due"] == (str(getattr(progress.due, "text", "")) if progress.due else "")
        assert int(row["times_moved"]) == progress.times_moved and int(row["updates"]) == len(progress.updates)


def test_the_table_of_updates_holds_the_whole_history(api, register):
    assert [(row["action"], int(row["number"]), row["date"]) for row in rows(api / "updates.csv")] == [
        (id, number, said.date.text) for id, action in sorted(register.actions.items())
        for number, said in enumerate(action.updates, 1)]


def test_the_table_of_measures_holds_every_figure_and_leaves_hidden_ones_empty(api, register):
    table = rows(api / "measures.csv")
    assert len(table) == sum(len(series) for measure in register.measures.values() for _, series in measure.series())
    for row in table:
        assert (row["value"] == "") == (row["state"] in ("suppressed", "not_available")), row


def test_no_cell_is_a_formula(api):
    for table in TABLES:
        for row in rows(api / f"{table.name}.csv"):
            for value in row.values():
                assert not value.startswith(("=", "+", "@", "\t")), row
                assert not value.startswith("-") or re.fullmatch(r"-[\d.]+", value), row


def test_a_text_that_begins_like_a_formula_is_guarded():
    from macros.publish.tables import _cell
    assert [_cell(value) for value in ("=1+1", "-x", "@a", "+44", -5, 2.5)] == ["'=1+1", "'-x", "'@a", "'+44", -5, 2.5]


# What is promised to programs


def fields(value: Any, path: str = "") -> set[str]:
    """Return the places in a JSON value with their types; of lists all items are taken together."""
    if isinstance(value, dict):
        return {place for key, item in value.items() for place in fields(item, f"{path}.{key}")}
    if isinstance(value, list):
        return {place for item in value for place in fields(item, f"{path}[]")}
    kind = {str: "text", bool: "true or false", int: "number", float: "number", type(None): "null"}[type(value)]
    return {f"{path}: {kind}"}


def test_no_published_field_goes_or_changes_its_type(sites):
    found = set()
    for site in sites.values():
        for kind in KINDS:
            found |= {f"{kind}.json {place}" for place in fields(load(site / f"api/v1/{kind}.json"))
                      if ".correction" not in place}
        for table in TABLES:
            head = (site / f"api/v1/{table.name}.csv").read_text(encoding="utf-8").splitlines()[0]
            found |= {f"{table.name}.csv {name}" for name in head.split(",")}
        found |= {f"index.json {place}" for place in fields(load(site / "api/v1/index.json"))}
    pinned = set(PINNED.read_text(encoding="utf-8").splitlines()) if PINNED.exists() else set()
    if BLESS:
        PINNED.write_text("\n".join(sorted(pinned | found)) + "\n", encoding="utf-8")
        return
    assert not pinned - found, "published fields are gone: programs rely on them, so they stay in version 1"
    assert not found - pinned, "new fields: run this test with BLESS=1 to promise them too"


# The examples on the page


def page(sites, area: str) -> BeautifulSoup:
    return BeautifulSoup((sites[area] / "open-data/index.html").read_text(encoding="utf-8"), "html.parser")


def test_the_example_in_python_counts_late_actions(sites, area, register, monkeypatch):
    code = page(sites, area).select_one("pre code").get_text()
    site = register.area.site_url.rstrip("/")
    monkeypatch.setattr("urllib.request.urlopen",
                        lambda url: (sites[area] / url.removeprefix(site).lstrip("/")).open(encoding="utf-8"))
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(code, "example", "exec"), {})
    late = [progress for progress in register.progress.values() if progress.is_overdue]
    counted = [line.split(maxsplit=1) for line in printed.getvalue().splitlines()]
    assert sum(int(count) for count, _ in counted) == len(late) > 0
    assert {owner for _, owner in counted} == {progress.owner or "not published" for progress in late}


def test_the_example_for_a_spreadsheet_finds_the_late_actions(sites, area, api, register):
    said = [code.get_text() for code in page(sites, area).select("#spreadsheet + ol code")]
    assert said == ["overdue", "true", "days_overdue"]
    column, value, order = said
    found = sorted((row for row in rows(api / "actions.csv") if row[column] == value),
                   key=lambda row: -int(row[order]))
    assert [row["id"] for row in found] == [progress.action.id for progress in sorted(
        (progress for progress in register.progress.values() if progress.is_overdue),
        key=lambda progress: (-progress.days_overdue, progress.action.id))]


def test_every_file_that_the_page_names_is_there(sites, area):
    for link in page(sites, area).select("#content a[href]"):
        if link["href"].startswith("../"):
            target = (sites[area] / "open-data" / link["href"].split("#")[0]).resolve()
            assert target.is_file() or (target / "index.html").is_file(), link["href"]
