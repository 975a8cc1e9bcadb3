"""Open data: what programs and spreadsheets read is what the records say, in forms that keep."""

from __future__ import annotations

import contextlib
import csv
import dataclasses
import hashlib
import io
import json
import os
import re
import subprocess
import sys
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit

import pytest
import rfc8785
from bs4 import BeautifulSoup

from macros.checks import check
from macros.publish import tables
from macros.publish.api import MODELS, record_of, stated, to_json
from macros.publish.tables import TABLES, all_tables
from tests.command import copied
from tests.conftest import AREAS, DAYS, ROOT, TODAY, checked, published
from tests.records import action, update
from tests.thorough import ALL, one_in, only_in_test_all

PINNED = ROOT / "tests/api-v1.txt"
BLESS = bool(os.environ.get("BLESS"))
"""Set to add new fields to what is pinned."""


@pytest.fixture(scope="module")
def csvw() -> ModuleType:
    """The library, loaded only where it is needed: with the one below it compiles grammars for seconds."""
    return import_module("csvw")


@pytest.fixture(scope="module")
def jsonschema() -> ModuleType:
    return import_module("jsonschema")


@pytest.fixture(scope="module", params=list(AREAS))
def area(request) -> str:
    return request.param


@pytest.fixture(scope="module")
def register(area):
    return checked(area)


@pytest.fixture(scope="module")
def api(sites, area) -> Path:
    return sites[area] / "api/v1"


def load(file: Path) -> Any:
    return json.loads(file.read_text(encoding="utf-8"))


def rows(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig"))))


def test_every_file_keeps_to_its_published_schema(api, jsonschema):
    for kind in MODELS:
        schema, document = load(api / f"schema/{kind}.json"), load(api / f"{kind}.json")
        jsonschema.Draft202012Validator.check_schema(schema)
        assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        assert document["$schema"] == schema["$id"]
        jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker()).validate(document)
    validator = jsonschema.Draft202012Validator(load(api / "schema/actions.json"))
    for file in one_in(4, sorted((api / "actions").glob("*.json"))):
        validator.validate(load(file))


def test_a_schema_refuses_what_no_record_may_hold(api, jsonschema):
    schema, document = load(api / "schema/actions.json"), load(api / "actions.json")
    for change in ({"colour": "red"}, {"title": 7}, {"computed": {}}, {"id": "12"}):
        item = document["items"][0] | change
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.Draft202012Validator(schema).validate(document | {"items": [item]})


def test_the_published_data_loads_back_into_the_same_records(api, register):
    standing = {
        **{kind: getattr(register, kind) for kind in ("actions", "decisions", "meetings", "measures", "organisations",
                                                      "priorities", "findings", "feedback")},
        "posts": {stem: post for stem, post in register.posts.items() if not post.draft}, "glossary": register.terms}
    for kind, records in standing.items():
        items = load(api / f"{kind}.json")["items"]
        back = {item.get("id", item.get("term")): record_of(kind, item) for item in items}
        assert back == records, kind
    assert tuple(record_of("events", item) for item in load(api / "events.json")["items"]) == register.events


@pytest.mark.parametrize("was", [None, (), "2024-06-30", 4, True, {"meeting": None, "decision": "D-001"}, (None, "x"),
                                 {"meeting": ()}])
def test_whatever_a_correction_says_stood_there_loads_back(was):
    """`was` and `now` hold any value: what reads like nothing in them was said all the same."""
    record = action("A-001", update("2026-01-02", correction={"field": "note", "was": was, "now": was, "reason": "x"}))
    item = json.loads(to_json(stated(record)))
    assert record_of("actions", item) == record


def test_what_is_not_published_is_null_and_not_left_out(api, register):
    for item in load(api / "actions.json")["items"]:
        action = register.actions[item["id"]]
        assert (item["owner"], item["due"] is None) == (action.owner, action.due is None)


def test_each_action_has_a_file_of_its_own(api, register):
    for item in load(api / "actions.json")["items"]:
        assert load(api / f"actions/{item['id'].lower()}.json")["items"] == [item]
    assert len(list((api / "actions").glob("*.json"))) == len(register.actions)


def test_every_record_leads_to_its_page(api, sites, area):
    for kind in MODELS:
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
        assert said["as_of"] == register.today.isoformat()
        assert said["generated"] == register.latest_publication.isoformat()


def test_open_data_is_dated_by_the_newest_record_that_is_published(tmp_path):
    """The last thing that happened in this area is a post; a draft of it is not published, so it dates nothing."""
    area = copied(ROOT / "tests/areas/small", tmp_path / "area")
    topics = area / "data/topics.yml"
    topics.write_text(topics.read_text("utf-8").replace("as_of: 2026-09-20", "as_of: 2024-02-02"), encoding="utf-8")
    index = published(check(area, TODAY)[0], "api/")["api/v1/index.json"]
    assert json.loads(index)["generated"] == "2024-07-01"
    post = area / "docs/blog/posts/2024-07-01-before-the-summer.md"
    post.write_text(post.read_text(encoding="utf-8").replace("kind: post\n", "kind: post\ndraft: true\n"),
                    encoding="utf-8")
    index = published(check(area, TODAY)[0], "api/")["api/v1/index.json"]
    assert json.loads(index)["generated"] == "2024-06-28"


def test_the_index_says_what_the_board_is_for_and_who_sits_on_it(api, register):
    index, board = load(api / "index.json"), register.area.board
    assert (index["board_purpose"], index["board_members"]) == (board.purpose, board.members)


def test_the_index_names_every_file_and_nothing_that_is_not_there(api, sites, area):
    named = {urlsplit(entry["url"]).path.strip("/") for entry in load(api / "index.json")["files"]}
    described = {urlsplit(entry["form"]).path.strip("/") for entry in load(api / "index.json")["files"]}
    there = {file.relative_to(sites[area]).as_posix() for file in api.rglob("*") if file.is_file()}
    assert named <= there | {"calendar.ics"}
    single = {path for path in there if path.startswith("api/v1/actions/")}
    assert there - single - {"api/v1/index.json"} <= named | described


@only_in_test_all
def test_the_same_records_give_the_same_bytes_in_every_run(area, sites):
    """In a process of its own, where texts hash otherwise."""
    code = ("import hashlib, sys; from datetime import date; from pathlib import Path; from macros.checks import check;"
            "from macros.publish.formats import planned_files;"
            "found = check(Path(sys.argv[1]), date.fromisoformat(sys.argv[2]))[0];"
            "[print(file.path, hashlib.sha256(file.render()).hexdigest()) for file in planned_files(found)"
            " if file.path.startswith('api/')]")
    runs = [subprocess.run([sys.executable, "-c", code, str(AREAS[area]), DAYS[area].isoformat()], cwd=ROOT, check=True,
                           capture_output=True, text=True, env=os.environ | {"PYTHONHASHSEED": seed}).stdout
            for seed in ("1", "2")]
    assert runs[0] == runs[1]
    there = {path: hashlib.sha256((sites[area] / path).read_bytes()).hexdigest()
             for path, _ in map(str.split, runs[0].splitlines())}
    assert there == dict(map(str.split, runs[0].splitlines())), "the built site holds these very bytes"


def test_the_day_changes_only_what_is_computed_of_it():
    found = [published(checked("exampleshire", on), "api/") for on in (TODAY, TODAY + timedelta(days=9))]
    for kind in MODELS:
        old, new = (json.loads(files[f"api/v1/{kind}.json"]) for files in found)
        assert old["generated"] == new["generated"]
        for one, other in zip(old["items"], new["items"], strict=True):
            assert {**one, "computed": None} == {**other, "computed": None}


# Tables


def test_every_table_is_valid_csv_on_the_web(api, csvw, register, area):
    if area == "real" and not ALL:
        pytest.skip("make test-all looks at both areas, make test at the one with everything")
    for table in all_tables(register):
        read = csvw.CSVW(str(api / f"{table.name}.csv-metadata.json"), validate=True)
        assert read.is_valid, [str(warning) for warning in read.warnings]
        found = next(iter(read.tables))
        assert len(list(found)) == len(rows(api / f"{table.name}.csv"))
        assert read.common_props["dc:license"]


def test_a_broken_table_is_not_valid_csv_on_the_web(api, csvw, tmp_path):
    """So that the test above cannot pass by looking at nothing."""
    for name, was, now in (("measures", ",published,", ",published,x,"), ("actions", "date_passed", "passed"),
                           ("updates", "\r\nA-001,1,", "\r\nA-001,one,")):
        text = (api / f"{name}.csv").read_bytes().decode()
        assert was in text
        (tmp_path / f"{name}.csv").write_bytes(text.replace(was, now, 1).encode())
        metadata = tmp_path / f"{name}.csv-metadata.json"
        metadata.write_bytes((api / metadata.name).read_bytes())
        assert not csvw.CSVW(str(metadata), validate=True).is_valid, name


def cell(value: Any) -> str:
    """A value of the JSON as its cell holds it."""
    if value is None or isinstance(value, bool):
        return {None: "", True: "true", False: "false"}[value]
    if isinstance(value, list):
        return " ".join(value)
    text = " ".join(str(value).split())
    return f"'{text}" if isinstance(value, str) and text.startswith(("=", "+", "-", "@", "\t")) else text


def expect(table: list[dict[str, str]], expected: list[dict[str, Any]]) -> None:
    """Each row says what is expected of it, column by column; no row is missing, and none too many."""
    assert len(table) == len(expected)
    for row, values in zip(table, expected, strict=True):
        assert {name: row[name] for name in values} == {name: cell(value) for name, value in values.items()}
        assert set(row) - set(values) <= {"source", "area_code"}, "every column is looked at"


def test_the_table_of_actions_says_what_the_records_say(api, register):
    expect(rows(api / "actions.csv"), [
        {**{name: value for name, value in item["computed"].items()
               if name not in ("verdicts", "families", "steps")},
         **{name: item.get(name) for name in (
             "id", "title", "kind", "said_by", "detail", "with", "priorities", "plan", "page")},
         "done_by_whom": [verdict["word"] for verdict in item["computed"]["verdicts"]
                          if verdict["status"] == "complete"],
         "owner_name": register.name_of(item["computed"]["owner"]) if item["computed"]["owner"] else None,
         "meeting": getattr(register.meeting_of(register.actions[item["id"]]), "id", None),
         "decision": item.get("said_at", {}).get("decision"), "updates": len(item.get("updates", []))}
        for item in load(api / "actions.json")["items"]])


def test_the_table_of_updates_holds_the_whole_history(api):
    expect(rows(api / "updates.csv"), [
        {**{name: said.get(name) for name in ("date", "happened", "status", "note", "due", "owner", "step", "to",
                                              "reason")},
         "asked": said.get("asked", {}).get("forum"), "answer": said.get("asked", {}).get("answer"),
         "action": item["id"], "number": number, "corrects": said.get("correction", {}).get("field"),
         "evidence": [proof["url"] for proof in said.get("evidence", [])],
         "source": said.get("source", {}).get("url"), "editorial": said.get("editorial", False)}
        for item in load(api / "actions.json")["items"] for number, said in enumerate(item.get("updates", []), 1)])


def test_the_table_of_decisions_says_what_the_records_say(api):
    expect(rows(api / "decisions.csv"), [
        {name: item.get(name) for name in ("id", "meeting", "text", "kind", "leads_to", "page")}
        for item in load(api / "decisions.json")["items"]])


def test_every_action_and_decision_of_a_table_names_its_source(api, register):
    for kind in ("actions", "decisions"):
        for row in rows(api / f"{kind}.csv"):
            source = register.source_of(getattr(register, kind)[row["id"]])
            assert row["source"] == ((source and source.url) or ""), row["id"]


def test_the_table_of_measures_holds_every_figure_and_leaves_hidden_ones_empty(api, register):
    table, here = rows(api / "measures.csv"), load(api / "measures.json")["area"]["gss"]
    expect(table, [
        {**{name: figure.get(name) for name in ("period", "value", "state", "approximate", "revises", "note",
                                                "break_in_series")},
         "measure": item["id"], "series": series, "number": number, "unit": item["unit"], "page": item["page"],
         "indicator": item["indicator"], "code": code, "law": item.get("law", {}).get("value"),
         "baseline": item.get("baseline", {}).get("value"), "target": item.get("target", {}).get("value"),
         "target_by": item.get("target", {}).get("by"), "target_reason": item.get("target", {}).get("reason")}
        for item in load(api / "measures.json")["items"]
        for series, code, figures in ((register.area.name, here, item["observations"]), *(
            (other["name"], other.get("code"), other["observations"]) for other in item.get("comparators", [])))
        for number, figure in enumerate(figures, 1)])
    for row in table:
        assert (row["value"] == "") == (row["state"] in ("suppressed", "not_available")), row


def test_a_measures_table_holds_the_figures_of_its_series_and_where_official_those_of_all_areas(api, register):
    for item in load(api / "measures.json")["items"]:
        table = rows(api / f"measures/{item['id']}.csv")
        own = [row for row in table if row["name"] == register.area.name and row["level"] == "area"]
        assert sorted((row["period"], row["value"], row["state"]) for row in own) == sorted(
            (figure["period"], cell(figure["value"]), figure.get("state", "published"))
            for figure in item["observations"])
        assert all(row["source"] for row in table)
        places = len({row["code"] for row in table})
        assert places > 100 if item["indicator"] else places <= 1 + len(item.get("comparators", []))


def test_every_table_and_file_holds_the_areas_code(api, register):
    gss = register.area.codes.gss if register.area.codes else None
    assert {load(api / f"{kind}.json")["area"]["gss"] for kind in (*MODELS, "index", "ledger")} == {gss}
    for table in all_tables(register):
        assert {row["area_code"] for row in rows(api / f"{table.name}.csv")} <= {gss or ""}


def test_no_cell_is_a_formula(api):
    for table in TABLES:
        for row in rows(api / f"{table.name}.csv"):
            for value in row.values():
                assert not value.startswith(("=", "+", "@", "\t")), row
                assert not value.startswith("-") or re.fullmatch(r"-[\d.]+", value), row


@pytest.mark.parametrize("title", ['=HYPERLINK("https://smallshire.example","x")', "-1+1", "@SUM(A1)", "+44 1234",
                                   "\t=1", "\r\n=1", "a,\"b\"\r\nc", "’tis so: café"])
def test_a_text_that_begins_like_a_formula_is_guarded_and_all_others_are_as_they_are(title):
    """OWASP, "CSV Injection": a spreadsheet would work out such a text, and what it works out may do harm."""
    found = checked("exampleshire", TODAY)
    first = found.actions["A-001"].model_copy(update={"title": title})
    changed = dataclasses.replace(found, actions=found.actions | {"A-001": first})
    text = dict(tables.output_files(changed))["api/v1/actions.csv"]().decode()
    row = next(csv.DictReader(io.StringIO(text, newline="")))
    words = " ".join(title.split())
    assert row["title"] == (f"'{words}" if words[0] in "=+-@" else words)
    assert text.count("\r\n") == len(found.actions) + 1, "a line a record"


def test_a_number_below_zero_stays_a_number(api):
    slipped = [row["days_slipped"] for row in rows(api / "actions.csv") if row["days_slipped"]]
    assert all(re.fullmatch(r"-?\d+", days) for days in slipped)
    found = checked("exampleshire", TODAY)
    earlier = action("A-001", update("2026-01-02", due="2026-02-01"), due="2026-03-01")
    changed = dataclasses.replace(found, actions={"A-001": earlier})
    text = dict(tables.output_files(changed))["api/v1/actions.csv"]().decode()
    assert next(csv.DictReader(io.StringIO(text)))["days_slipped"] == "-28"


# What is promised to programs


def fields(value: Any, path: str = "") -> set[str]:
    """Return the places in a JSON value with their types; of lists all items are taken together."""
    if isinstance(value, dict):
        return {place for key, item in value.items() for place in fields(item, f"{path}.{key}")}
    if isinstance(value, list):
        return {place for item in value for place in fields(item, f"{path}[]")}
    kind = {str: "text", bool: "true or false", int: "number", float: "number", type(None): "null"}[type(value)]
    return {f"{path}: {kind}"}


def described(schema: dict[str, Any], node: dict[str, Any], path: str = "") -> set[str]:
    """Return the places of which a schema gives the type, in the form of `fields`. `was` and `now` hold any value."""
    if "$ref" in node:
        return described(schema, schema["$defs"][node["$ref"].rsplit("/", 1)[1]], path)
    if "anyOf" in node:
        return {place for one in node["anyOf"] for place in described(schema, one, path)}
    types = node.get("type", "string" if "enum" in node else [])
    found = set()
    for type in [types] if isinstance(types, str) else types:
        if type == "object":
            found |= {place for key, item in node["properties"].items()
                      for place in described(schema, item, f"{path}.{key}")}
        elif type == "array":
            found |= described(schema, node["items"], f"{path}[]")
        else:
            found.add(f"{path}: " + {"string": "text", "boolean": "true or false", "integer": "number"}.get(type, type))
    return found


def test_no_published_field_goes_or_changes_its_type(sites):
    """Version 1 is what its schemas, its tables and its index name, whatever the records of today hold."""
    said, held = set(), set()
    for site in sites.values():
        api = site / "api/v1"
        for kind in MODELS:
            schema = load(api / f"schema/{kind}.json")
            said |= {f"{kind}.json {place}" for place in described(schema, schema)}
            held |= {f"{kind}.json {place}" for place in fields(load(api / f"{kind}.json"))
                     if not re.search(r"\.(was|now)\b", place)}
        for table in TABLES:
            head = (api / f"{table.name}.csv").read_text(encoding="utf-8-sig").splitlines()[0]
            said |= {f"{table.name}.csv {name}" for name in head.split(",")}
            said |= {f"measures/….csv {name}" for file in (api / "measures").glob("*.csv")
                     for name in file.read_text(encoding="utf-8-sig").splitlines()[0].split(",")}
        said |= {f"index.json {place}" for place in fields(load(api / "index.json"))}
    pinned = set(PINNED.read_text(encoding="utf-8").splitlines()) if PINNED.exists() else set()
    if BLESS:
        PINNED.write_text("\n".join(sorted(pinned | said)) + "\n", encoding="utf-8")
        return
    assert not pinned - said, "published fields are gone: programs rely on them, so they stay in version 1"
    assert not said - pinned, "new fields: run this test with BLESS=1 to promise them too"
    assert not held - pinned, "the files hold what their schemas do not say"


# The examples on the page


def page(sites, area: str) -> BeautifulSoup:
    return BeautifulSoup((sites[area] / "open-data/index.html").read_text(encoding="utf-8"), "lxml")


def test_the_digests_follow_from_the_files_as_the_guide_says(api):
    """Whoever has only the published files can work out the ledger from them, by the guide's own words."""
    items = re.findall(r"^- (.*?)\n(?=- |\n|\Z)", (ROOT / "docs/guides/ledger.md").read_text("utf-8"), re.M | re.S)
    before, forum, topic, service, after, official, later = (
        [code for said in items if said.startswith(start) for code in re.findall(r"`([^`]+)`", said)]
        for start in ("These are left out", "Of a forum", "Of a topic", "Of a service", "Of a post",
                      "Of a measure that", "The chain of an action"))

    def kept(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: kept(item) for key, item in value.items() if key not in before and item not in (None, [])}
        return [kept(item) for item in value] if isinstance(value, list) else value

    def digest(value: Any) -> str:
        return hashlib.sha256(rfc8785.dumps(value)).hexdigest()

    records = load(api / "ledger.json")["records"]
    assert records
    for name, entry in records.items():
        kind, id = name.split("/")
        published = next(item for item in load(api / f"{kind}.json")["items"] if item.get("id", item.get("term")) == id)
        item = kept(published)
        if kind == "measures" and "comparators" in item:
            item["comparators"] = [{"name": place["name"], **figure} for place in item["comparators"]
                                   for figure in place["observations"]]
        if published.get("indicator"):
            item = {key: [{part: figure[part] for part in figure if part in official} for figure in value]
                    if key in ("observations", "comparators") else value
                    for key, value in item.items() if key in official}
        only = {"posts": after, "forums": forum, "topics": topic, "services": service}.get(kind)
        if only:
            item = {key: value for key, value in item.items() if key in only}
        assert entry["sha256"] == digest(item), name
        parts = dict(item)
        for key, first in {"meetings": {"next": "text"}, "forums": {"dates": "date"}}.get(kind, {}).items():
            parts |= {key: [part for one in item[key] for part in ({first: one[first]}, *(
                {first: one[first], name: value} for name, value in one.items() if name != first))]
            } if key in item else {}
        assert entry["fields"] | entry["lists"] == {key: list(map(digest, value)) if isinstance(value, list)
                                                    else digest(value) for key, value in parts.items()}
        links = [digest({key: value for key, value in item.items() if key not in later})]
        for said in item.get("updates", []):
            links.append(digest([links[-1], said]))
        assert entry.get("chain", links) == links and ("chain" in entry) == (kind == "actions"), name


def test_the_example_in_python_counts_late_actions(sites, area, register, monkeypatch):
    code = page(sites, area).select_one("pre code").get_text()
    site = register.area.site_url.rstrip("/")
    monkeypatch.setattr("urllib.request.urlopen",
                        lambda url: (sites[area] / url.removeprefix(site).lstrip("/")).open(encoding="utf-8"))
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(code, "example", "exec"), {})
    late = [progress for progress in register.progress.values() if progress.is_late]
    counted = [line.split(maxsplit=1) for line in printed.getvalue().splitlines()]
    assert sum(int(count) for count, _ in counted) == len(late)
    assert late or register.area.standing == "independent"
    assert {owner for _, owner in counted} == {progress.owner or "not published" for progress in late}


def test_the_example_for_a_spreadsheet_finds_the_late_actions(sites, area, api, register):
    said = [code.get_text() for code in page(sites, area).select("#spreadsheet + ol code")]
    assert said == ["late", "true", "days_past_due"]
    column, value, order = said
    found = sorted((row for row in rows(api / "actions.csv") if row[column] == value),
                   key=lambda row: -int(row[order]))
    assert [row["id"] for row in found] == [progress.action.id for progress in sorted(
        (progress for progress in register.progress.values() if progress.is_late),
        key=lambda progress: (-progress.days_past_due, progress.action.id))]


def test_every_file_that_the_page_names_is_there(sites, area):
    for link in page(sites, area).select("#content a[href]"):
        if link["href"].startswith("../"):
            target = (sites[area] / "open-data" / link["href"].split("#")[0]).resolve()
            assert target.is_file() or (target / "index.html").is_file(), link["href"]
