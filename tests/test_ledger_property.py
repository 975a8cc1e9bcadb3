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

from macros.kinds import BY_NAME, KINDS, guards
from macros.ledger import find_violations, posts
from macros.ledger.canonical import plain
from macros.ledger.late import late_additions
from macros.ledger.revision import Baseline
from macros.records.base import Guard
from macros.register import Register, load
from macros.register.changes import Change
from macros.register.changes import changes as changes_of
from tests.command import copied
from tests.conftest import ROOT, TODAY
from tests.test_kinds import EXAMPLES, FILES, full, write
from tests.thorough import share

CASES = settings(max_examples=share(200), deadline=None, derandomize=True, print_blob=False,
                 suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much])

FIRST = date(2024, 1, 1)

Record = dict[str, Any]

texts = st.text(st.sampled_from("abcdefghij ÉéäZ0:#'\"-,&!£’"), min_size=1, max_size=30).map(str.strip).filter(
    # A quote at the end alone is questioned: it is likely to be left of two.
    lambda text: any(sign.isalpha() for sign in text) and not text.endswith('"'))
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


Dumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


class Quoted(Dumper):
    """Writes every text in quotes, as some editors do."""


Quoted.add_representer(str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"'))


@cache
def skeleton() -> Path:
    """The small area without the records that are drawn anew each time."""
    folder = Path(tempfile.mkdtemp(prefix="board-history-")).resolve()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    root = copied(ROOT / "tests/areas/small", folder / "area")
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
        text = yaml.dump({key: record[key] for key in keys}, Dumper=Quoted if style == 3 else Dumper,
                         sort_keys=False, allow_unicode=bool(style % 2), default_flow_style=style == 2,
                         width=40 if style == 3 else 200)
        name = f"{record['id'].lower()}{'-new-name' if style else ''}.yml"
        (root / "data/actions" / name).write_text(text, encoding="utf-8")
    found, problems = load(root, TODAY)
    assert found and not [problem for problem in problems if "data/actions" in problem.path], problems
    return found


def findings(before: list[Record], after: list[Record], style: int = 0) -> list[str]:
    return [str(problem) for problem in find_violations(Baseline(area(before), {}, bool), area(after, style), "main")]


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


# Records of every family, and whatever may happen to them: the check refuses a change, or readers find it

EVERY_FILE = {kind: path for kind, (path, _) in FILES.items()} | {
    "events": "data/events.yml", "area": "data/area.yml", "page": "docs/about.md", "home page": "docs/index.md",
    "held meeting": "data/meetings/2024-01-31.yml", "planned meeting": "data/meetings/2026-12-09.yml",
    "action with a history": "data/actions/a-002-ask-families.yml",
    "theme": "data/feedback/f-001-letters.yml", "older post": "docs/blog/posts/2024-02-02-first-meeting.md"}
"""A file of each family of records, and further ones that hold other things."""

WEEK = timedelta(days=7)
ITS_OWN_DAY = ("promised", "planned", "aim", "heard", "found", "decided", "plan", "figure", "date_passed", "late")
"""Changes that have the day of what they report, which may be long ago."""

recent = st.integers(0, 7).map(lambda number: (TODAY - timedelta(days=number)).isoformat())
figures = st.integers(0, 99)


@cache
def whole_area() -> tuple[Path, Register, dict[str, Change]]:
    """A folder with an area that has all families of records, that area, and what changed in it."""
    folder = Path(tempfile.mkdtemp(prefix="board-families-")).resolve()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    root = copied(ROOT / "tests/areas/small", folder / "area")
    (root / "data/findings").mkdir()
    for kind in EXAMPLES:
        write(root, kind, full(kind))
    found, problems = load(root, TODAY)
    assert found and not problems, problems
    return root, found, {change.key: change for change in changes_of(found)}


def parted(text: str) -> tuple[Any, str]:
    """Return the data of a file, and the text below it in a page."""
    if text.startswith("---\n"):
        _, front, body = text.split("---\n", 2)
        return yaml.safe_load(front), body
    return (None, text) if text.startswith("#") or not text else (yaml.safe_load(text), "")


def places(value: Any) -> list[tuple[Any, Any]]:
    """Return every place in plain data, as what holds it and its key."""
    found = []
    for key, item in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        found += [(value, key), *places(item)]
    return found


def another(data: st.DataObject, value: Any) -> Any:
    """Draw a value like this one."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        return data.draw(figures)
    if isinstance(value, date):
        return date.fromisoformat(data.draw(st.one_of(days, recent)))
    if isinstance(value, str) and value[:4].isdigit():
        return data.draw(st.one_of(days, recent, days.map(lambda text: text[:7])))
    if isinstance(value, str):
        return data.draw(st.one_of(texts, st.sampled_from(
            ["council", "forum", "A-001", "A-002", "P1", f"{value},", value.replace("e", "", 1), "complete", "better",
             "https://smallshire.example/another"])))
    return value


def change_data(data: st.DataObject, content: Any) -> None:
    """Make a change, or several, in the data of a file."""
    for _ in range(data.draw(st.sampled_from([1, 1, 1, 2, 3]))):
        found = places(content)
        assume(found)
        holder, key = data.draw(st.sampled_from(found))
        value = holder[key]
        way = data.draw(st.sampled_from(["change", "change", "remove", "again", "reverse", "field", "explain"]))
        record = content[0] if isinstance(content, list) and content else content
        if way == "change":
            holder[key] = another(data, value)
        elif way == "remove":
            del holder[key]
        elif way == "again" and isinstance(value, list) and value:
            item = copy.deepcopy(data.draw(st.sampled_from(value)))
            for inside, name in places(item):
                if not isinstance(inside[name], dict | list) and (name == "date" or data.draw(st.booleans())):
                    inside[name] = another(data, inside[name])
            value.insert(data.draw(st.sampled_from([0, len(value)])), item if isinstance(item, dict) else
                         another(data, item))
        elif way == "reverse" and isinstance(value, list):
            value.reverse()
        elif way == "field" and isinstance(record, dict):
            name = data.draw(st.sampled_from(sorted({name for fields in EXAMPLES.values() for name in fields})))
            record.setdefault(name, copy.deepcopy(next(fields[name][0] for fields in EXAMPLES.values()
                                                       if name in fields)))
        elif way == "explain" and isinstance(record, dict):
            name = data.draw(st.sampled_from(sorted(record)))
            was, record[name] = record[name], another(data, record[name])
            # A copy, since the field may be the list of corrections, which would then hold itself.
            record.setdefault("corrections", []).append(copy.deepcopy({
                "date": data.draw(st.one_of(days, recent)),
                "field": data.draw(st.sampled_from([name, name, name, "title"])),
                "was": data.draw(st.sampled_from([was, was, was, None])),
                "now": data.draw(st.sampled_from([record[name], record[name], was])),
                "reason": "It was a mistake."}
                | data.draw(st.sampled_from([{}, {"source": {"title": "Notes"}}]))))


def change_text(data: st.DataObject, body: str) -> str:
    """Make a change in the text of a page."""
    lines = body.split("\n")
    number = data.draw(st.integers(0, len(lines) - 1))
    way = data.draw(st.sampled_from(["word", "remove", "add", "indent", "comment", "wrap", "comma"]))
    line = lines[number]
    lines[number:number + 1] = {
        "word": [line.replace(line.split()[0], data.draw(texts), 1) if line.split() else line], "remove": [],
        "add": [line, data.draw(texts)], "indent": [f"    {line}"], "comment": [f"<!-- {line} -->"],
        "wrap": line.split(" ", 1), "comma": [line.replace(" ", ", ", 1)]}[way]
    return "\n".join(lines)


def wording(record: Any, kind: str) -> list[str]:
    """Return all that a record says, apart from what may change at any time."""
    free = {key for key, guard in guards(BY_NAME[kind].model).items() if guard in (Guard.FREE, Guard.REWORDED)} \
        if kind in BY_NAME else set()
    values = {key: value for key, value in plain(record).items() if key not in free}
    return [f"{key}: {holder[key]}" for holder, key in places(values) if not isinstance(holder[key], dict | list)]


def lost(before: Register, after: Register) -> list[str]:
    """Return all that was said, and is not said any more."""
    found = []
    for kind in KINDS:
        if kind.name in ("events", "looked", "taken_down", "safety"):
            continue
        for id, record in getattr(before, kind.name).items():
            now = getattr(after, kind.name).get(id)
            if kind.name == "meetings" and record.state == "planned" and now and now.state != "planned":
                continue
            left = wording(now, kind.name) if now else []
            for words in wording(record, kind.name):
                if words in left:
                    left.remove(words)
                else:
                    found.append(f"{kind.name} {id} {words}")
    left = wording(after.area, "area")
    found += [words for words in wording(before.area, "area") if words not in left]
    events = [long_words(wording(event, "events")) for event in after.events]
    return found + [str(event) for event in before.events
                    if not any(long_words(wording(event, "events")) <= other for other in events)]


def long_words(parts: list[str]) -> set[str]:
    """Return the beginnings of words in lower case: a comma or a letter left out of a long word makes no other one."""
    return {word.strip(",.")[:1 if len(word) > 4 else None].casefold() for part in parts for word in part.split()}


@settings(CASES, max_examples=share(600))
@given(st.sampled_from(sorted(EVERY_FILE)), st.sampled_from(["data", "data", "data", "text", "delete", "rename"]),
       st.data())
def test_whatever_changes_in_any_family_is_refused_or_found_by_readers(family, way, data):
    root, before, known = whole_area()
    file = root / EVERY_FILE[family]
    was = file.read_text(encoding="utf-8")
    content, body = parted(was)
    renamed = file.with_name(f"2024-03-03-{file.name}" if family.endswith("post") else f"new-{file.name}")
    try:
        if way == "delete":
            file.unlink()
        elif way == "rename":
            file.rename(renamed)
        else:
            if body and (way == "text" or content is None):
                body = change_text(data, body)
            else:
                assume(content)
                change_data(data, content)
            front = "" if content is None else yaml.dump(content, Dumper=yaml.SafeDumper, sort_keys=False)
            file.write_text(f"---\n{front}---\n{body}" if was.startswith("---\n") else front or body, encoding="utf-8")
        after, problems = load(root, TODAY)
    finally:
        renamed.unlink(missing_ok=True)
        file.write_text(was, encoding="utf-8")
    if after is None or any(problem.level == "error" for problem in problems):
        return
    paths = {path.relative_to(root).as_posix() for path in (file, renamed)}
    bodies = {page.stem: page.document.body for page in before.pages if page.post}
    base = Baseline(before, bodies, bool, new=frozenset(paths - {EVERY_FILE[family]}), changed=frozenset(paths))
    if any(problem.level == "error" for problem in (
            *find_violations(base, after, "main"), *posts.posts(base, after), *late_additions(base, after, paths))):
        return
    found = {change.key: change for change in changes_of(after)}
    new = [change for key, change in found.items() if key not in known]
    is_corrected = any(change.kind == "corrected" for change in new)
    for key, change in known.items():
        assert key in found and found[key].kind == change.kind, f"readers do not find any more: {change}"
        assert change.kind == "figure" or is_corrected or found[key].date == change.date, f"another day: {change}"
    for change in new:
        assert change.kind in ITS_OWN_DAY or change.date.last_day >= TODAY - WEEK, f"it comes late: {change}"
    assert new or lost(before, after) == []
    for page in before.pages:
        twin = next((other for other in after.pages if other.document.path == page.document.path), None)
        assert new or (twin and long_words([page.document.body]) <= long_words([twin.document.body])), page
