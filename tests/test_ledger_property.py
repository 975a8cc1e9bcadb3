"""The guard of history against histories and edits that nobody thought of."""

from __future__ import annotations

import atexit
import copy
import shutil
import tempfile
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from macros.ledger import find_violations
from macros.ledger.revision import Baseline
from macros.register import Register, load
from tests.conftest import ROOT, TODAY
from tests.thorough import share

CASES = settings(max_examples=share(300), deadline=None, derandomize=True, print_blob=False,
                 suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much])

FIRST = date(2024, 1, 1)

Record = dict[str, Any]

texts = st.text(st.sampled_from("abcdefghij ÉéäZ0:#'\"-,&!£’"), min_size=1, max_size=30).map(str.strip).filter(
    lambda text: any(sign.isalpha() for sign in text))
days = st.integers(0, 800).map(lambda number: (FIRST + timedelta(days=number)).isoformat())
dues = st.one_of(st.none(), days, days.map(lambda text: text[:7]),
                 st.sampled_from(["2024-Q2", "2025", "soon", "in spring"]))
owners = st.sampled_from([None, "council", "forum"])
links = st.integers(1, 9).map(
    lambda number: {"title": f"Paper {number}", "url": f"https://smallshire.example/{number}"})
sources = st.one_of(st.none(), links)


@st.composite
def updates_on(draw: st.DrawFn, day: str) -> Record:
    """An update of a day, with what its status, date or owner asks for."""
    update: Record = {"date": day, "note": draw(texts)}
    if draw(st.booleans()):
        update["status"] = draw(st.sampled_from(["not_started", "in_progress", "at_risk", "blocked", "complete",
                                                 "stopped"]))
    if draw(st.booleans()):
        update["due"] = draw(dues.filter(bool))
    if draw(st.booleans()):
        update["owner"] = draw(owners.filter(bool))
    if {"due", "owner"} & set(update) or update.get("status") == "stopped":
        update["reason"] = draw(texts)
    if update.get("status") == "complete" or draw(st.booleans()):
        update["evidence"] = draw(st.lists(links, min_size=1, max_size=3, unique_by=lambda item: item["url"]))
    source = draw(sources)
    return update | ({"source": source} if source else {})


@st.composite
def histories(draw: st.DrawFn, after: str = "2024-01-01", most: int = 5) -> list[Record]:
    """Updates in the order of their days, some of one day."""
    found = sorted(draw(st.lists(days.filter(lambda day: day >= after), max_size=most)))
    return [draw(updates_on(day)) for day in found]


@st.composite
def actions(draw: st.DrawFn, number: int) -> Record:
    action: Record = {"id": f"A-{number:03}", "title": draw(texts), "kind": "promised",
                      "owner": draw(owners), "due": draw(dues)}
    for key, values in (("detail", texts), ("due_note", texts), ("note", texts), ("source", links),
                        ("with", st.just(["forum"])), ("priorities", st.just(["P1"])),
                        ("said_at", st.just({"meeting": "2024-01-31"}))):
        if draw(st.booleans()):
            action[key] = draw(values)
    return action | {"updates": draw(histories())}


published = st.integers(1, 3).flatmap(
    lambda count: st.tuples(*(actions(number) for number in range(1, count + 1)))).map(list)


class Quoted(yaml.SafeDumper):
    """Writes every text in quotes, as some editors do."""


Quoted.add_representer(str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"'))


@cache
def skeleton() -> Path:
    """The small area without the records that are drawn anew each time."""
    folder = Path(tempfile.mkdtemp(prefix="board-history-")).resolve()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    root = Path(shutil.copytree(ROOT / "tests/areas/small", folder / "area"))
    for kind in ("actions", "decisions", "feedback", "measures"):
        shutil.rmtree(root / "data" / kind)
    shutil.rmtree(root / "docs")
    return root


def area(records: list[Record], style: int = 0) -> Register:
    """Read the records as an area holds them, in one of several ways of writing YAML."""
    root = skeleton()
    shutil.rmtree(root / "data/actions", ignore_errors=True)
    (root / "data/actions").mkdir()
    for record in records:
        keys = sorted(record, reverse=True) if style else list(record)
        text = yaml.dump({key: record[key] for key in keys}, Dumper=Quoted if style == 3 else yaml.SafeDumper,
                         sort_keys=False, allow_unicode=bool(style % 2), default_flow_style=style == 2,
                         width=40 if style == 3 else 200)
        name = f"{record['id'].lower()}{'-new-name' if style else ''}.yml"
        (root / "data/actions" / name).write_text(text, encoding="utf-8")
    found, problems = load(root, TODAY)
    assert found and not [problem for problem in problems if "data/actions" in problem.path], problems
    return found


def findings(before: list[Record], after: list[Record], style: int = 0) -> list[str]:
    return [str(problem) for problem in find_violations(Baseline(area(before), {}, False), area(after, style), "main")]


def newest(action: Record) -> str:
    return max((update["date"] for update in action["updates"]), default="2024-01-01")


@CASES
@given(published, st.integers(0, 3), st.data())
def test_a_history_that_was_only_appended_to_always_passes(before, style, data):
    after = copy.deepcopy(before)
    for action in after:
        action["updates"] += data.draw(histories(after=newest(action), most=3))
        if data.draw(st.booleans()):
            action["also"] = [data.draw(texts)]
        given_links = [item for update in action["updates"] for item in update.get("evidence", ())]
        for link in [action.get("source"), *given_links]:
            if link and data.draw(st.booleans()):
                link["archived"] = "https://archive.example/copy"
    after += [data.draw(actions(number)) for number in range(10, 10 + data.draw(st.integers(0, 2)))]
    assert findings(before, after, style) == []


def edits(data: st.DataObject, action: Record) -> None:
    """Make one change to what was published of an action."""
    updates, field = action["updates"], data.draw(st.sampled_from(
        ["title", "detail", "owner", "due", "due_note", "note", "with", "priorities", "said_at", "updates"]))
    if field != "updates":
        value = {"title": texts, "detail": texts, "due_note": texts, "note": texts, "owner": owners, "due": dues,
                 "source": sources, "with": st.sampled_from([None, ["forum"], ["council"]]),
                 "priorities": st.sampled_from([None, ["P1"]]),
                 "said_at": st.sampled_from([None, {"meeting": "2024-01-31"}])}[field]
        new = data.draw(value)
        if new is None and field not in ("owner", "due"):
            action.pop(field, None)
        else:
            action[field] = new
        return
    assume(updates)
    number = data.draw(st.integers(0, len(updates) - 1))
    way = data.draw(st.sampled_from(["edit", "remove", "swap", "insert", "back-date", "evidence", "date"]))
    if way == "edit":
        updates[number] = data.draw(updates_on(updates[number]["date"]))
    elif way == "remove":
        del updates[number]
    elif way == "swap":
        updates[0], updates[number] = updates[number], updates[0]
    elif way == "insert":
        updates.insert(number, data.draw(updates_on(updates[number]["date"])))
    elif way == "back-date":
        updates.append(data.draw(days.filter(lambda day: day < newest(action)).flatmap(updates_on)))
    elif way == "evidence":
        assume(len(updates[number].get("evidence", ())) > (updates[number].get("status") == "complete"))
        updates[number]["evidence"] = updates[number]["evidence"][:-1]
    else:
        updates[number]["date"] = data.draw(days)


def said(records: list[Record]) -> list[Record]:
    """What the records say, without what need not be written."""
    return [{key: value for key, value in record.items() if value is not None and value not in ([], {})} | {
        "updates": [{key: value for key, value in update.items() if value not in (None, [])}
                    for update in record["updates"]]} for record in records]


@CASES
@given(published, st.integers(0, 3), st.data())
def test_any_other_change_to_what_was_published_always_fails(before, style, data):
    after = copy.deepcopy(before)
    number = data.draw(st.integers(0, len(after) - 1))
    way = data.draw(st.sampled_from(["edit", "edit", "edit", "edit", "delete", "renumber"]))
    if way == "delete":
        del after[number]
    elif way == "renumber":
        after[number]["id"] = "A-099"
    else:
        edits(data, after[number])
    assume(said(after) != said(before))
    # An update put in at the end, and not back-dated, is an update appended.
    old, new = (next((said([record])[0] for record in records if record["id"] == before[number]["id"]), None)
                for records in (before, after))
    assume(not new or {**old, "updates": 0} != {**new, "updates": 0}
           or new["updates"][:len(old["updates"])] != old["updates"]
           or new["updates"][-1]["date"] < newest(old))
    assert findings(before, after, style), (before, after)


@CASES
@given(published, st.sampled_from(["title", "detail", "owner", "due", "due_note", "note"]), st.data())
def test_a_correction_covers_exactly_the_change_that_it_names(before, field, data):
    action = before[0]
    was = action.get(field)
    now = data.draw({"owner": owners, "due": dues}.get(field, texts).filter(lambda value: value not in (None, was)))
    after = copy.deepcopy(before)
    after[0][field] = now
    correction = {"field": field, "was": was, "now": now, "reason": "It was a mistake.", "source": {"title": "Notes"}}
    other = data.draw(texts.filter(lambda value: value not in (was, now)))
    for changes, is_covered in (({}, True), ({"was": other}, False), ({"now": other}, False),
                                ({"field": "with"}, False)):
        corrected = copy.deepcopy(after)
        corrected[0]["updates"].append({"date": newest(action), "correction": correction | changes})
        assert (findings(before, corrected) == []) == is_covered, changes
