"""The ledger for outsiders: whoever kept a copy can show that what was published has changed."""

from __future__ import annotations

import copy
import functools
import http.server
import json
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from macros.__main__ import main
from macros.publish.api import record_of
from macros.publish.ledger import chain, entry, ledger_json
from macros.records import Action, Record
from macros.register import read
from macros.verify.ledger import find_changes
from tests.command import copied
from tests.conftest import AREAS, ROOT, TODAY, checked
from tests.records import action, update
from tests.test_ledger import ACTION_2, ALLOWED, LATER_POST, REWRITTEN, append, both, swap
from tests.test_ledger_property import CASES, actions, edits, histories, newest, published, said, texts

SMALL = ROOT / "tests/areas/small"


def ledger_of(area: Path) -> dict:
    return json.loads(ledger_json(read(area, TODAY)[0]))


@functools.cache
def example_ledger() -> bytes:
    """The ledger of the fictional area, as the site publishes it."""
    return ledger_json(checked("exampleshire", TODAY))


@pytest.fixture
def kept(tmp_path) -> Path:
    """A copy of the fictional area's ledger, as a reader saved it."""
    file = tmp_path / "kept.json"
    file.write_bytes(example_ledger())
    return file


@pytest.fixture
def later(tmp_path):
    """A function that saves a later ledger, as `change` left it."""
    def save(change) -> Path:
        ledger = json.loads(example_ledger())
        change(ledger["records"])
        file = tmp_path / "later.json"
        file.write_text(json.dumps(ledger), encoding="utf-8")
        return file
    return save


def with_record(name: str, record) -> dict[str, dict]:
    return {name: json.loads(json.dumps(entry(record)))}


def rewrites(was: dict[str, Any], now: dict[str, Any]) -> list[str]:
    """What two ledgers show that no correction covers."""
    return [str(finding) for finding in find_changes(was, now) if not finding.is_allowed]


def verify(capsys, *places: Path | str) -> tuple[int, str, str]:
    code = main(["verify", *map(str, places)])
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def promise(*updates, **more) -> Action:
    return action("A-012", *updates, **({"title": "Tell families", "due": "2025-06-30"} | more))


TOLD = (update("2025-02-01", note="We began."), update("2025-03-01", status="in_progress"))


@pytest.fixture
def compare(tmp_path, capsys):
    """A function that verifies one action against a later form of it."""
    def run(was: Action, now: Action | None) -> tuple[int, str]:
        for name, record in (("was", was), ("now", now)):
            ledger = {"records": with_record("actions/A-012", record) if record else {}}
            (tmp_path / f"{name}.json").write_text(json.dumps(ledger), encoding="utf-8")
        code, out, _ = verify(capsys, tmp_path / "was.json", tmp_path / "now.json")
        return code, out
    return run


def test_a_ledger_and_itself_only_grew(capsys, kept):
    code, out, _ = verify(capsys, kept, kept)
    assert code == 0 and "History only grew" in out and "and 0 have been added" in out


def test_a_new_record_is_growth(capsys, kept, later):
    code, out, _ = verify(capsys, kept, later(lambda records: records.update(with_record("actions/A-999", promise()))))
    assert code == 0 and "and 1 has been added" in out


def test_an_update_appended_is_growth(compare):
    assert compare(promise(*TOLD[:1]), promise(*TOLD))[0] == 0


@pytest.mark.parametrize("now, message", [
    (None, "was published, and has been removed"),
    (promise(*TOLD, title="Tell some families"), "the title was changed"),
    (promise(*TOLD, due="2025-12-31"), "the due was changed"),
    (promise(*TOLD, due=None), "the due was removed"),
    (promise(*TOLD, owner="council"), "the owner was added"),
    (promise(TOLD[0]), "update number 2 was changed, moved or removed"),
    (promise(TOLD[1], TOLD[0]), "update number 1 was changed"),
    (promise(TOLD[0], update("2025-02-10", note="Slipped in."), TOLD[1]), "update number 2 was changed"),
    (promise(update("2025-02-01", note="We began!"), TOLD[1]), "update number 1 was changed"),
])
def test_what_rewrites_history_is_named(compare, now, message):
    code, out = compare(promise(*TOLD), now)
    assert code == 1 and f"actions/A-012: {message}" in out
    assert "History was rewritten: 1 change to what was published." in out


def test_a_mistake_put_right_in_the_open_is_named_and_is_no_failure(compare):
    correction = {"field": "title", "was": "Tell families", "now": "Tell all families", "reason": "A word was missing."}
    code, out = compare(promise(*TOLD), promise(*TOLD, update("2025-04-01", correction=correction),
                                                title="Tell all families"))
    assert code == 0 and "the title was changed, and a correction that says so was published (allowed)" in out


TITLE = {"field": "title", "was": "Tell families", "now": "Tell all families", "reason": "A word was missing."}
NEWS = {"field": "updates", "was": "We began.", "now": "We began!", "reason": "It was said with joy."}
BEGAN = update("2025-02-01", note="We began!")


@pytest.mark.parametrize("now, message", [
    (promise(*TOLD, update("2025-04-01", correction=TITLE), title="Tell all families", **{"with": ("forum",)}),
     "the with was changed"),
    (promise(*TOLD, update("2025-04-01", correction=TITLE), due="2025-12-31"), "the due was changed"),
    (promise(BEGAN, update("2025-03-01", status="at_risk"), update("2025-04-01", correction=NEWS)),
     "update number 1 was changed"),
    (promise(TOLD[0], update("2025-04-01", correction=NEWS)), "update number 2 was changed"),
    (promise(TOLD[0] | {"correction": NEWS}, TOLD[1]), "update number 1 was changed"),
])
def test_a_correction_covers_no_more_than_what_it_names(compare, now, message):
    code, out = compare(promise(*TOLD), now)
    assert code == 1
    assert next(line for line in out.splitlines()[:-1] if not line.endswith("(allowed)")).startswith(
        f"actions/A-012: {message}")


def test_a_correction_of_one_update_covers_that_update(compare):
    code, out = compare(promise(*TOLD), promise(BEGAN, TOLD[1], update("2025-04-01", correction=NEWS)))
    assert code == 0
    assert "update number 1 was changed, moved or removed, and a correction that says so was published (allowed)" in out


@pytest.mark.parametrize("name", ["with", "priorities"])
def test_what_a_promise_names_does_not_grow(compare, name):
    """Who works on it too, and what it serves, is part of the promise: the guard of pull requests says so as well."""
    value = {"with": ("forum", "council"), "priorities": ("P1", "P2")}[name]
    for was in ({}, {name: value[:1]}):
        assert compare(promise(**was), promise(**{name: value}))[1].startswith(f"actions/A-012: the {name} was")


# Other records than actions


@pytest.fixture(scope="module")
def example():
    return checked("exampleshire", TODAY)


def changed(record: Record, **values: Any) -> dict[str, Any]:
    return {"records": with_record(f"{KIND_OF[type(record).__name__]}/X", record.model_copy(update=values))}


KIND_OF = {"Action": "actions", "Decision": "decisions", "Meeting": "meetings", "Measure": "measures",
           "Finding": "findings", "FeedbackTheme": "feedback", "Post": "posts"}


def test_each_kind_of_record_keeps_its_words(example):
    for record, field, value in (
            (example.decisions["D-003"], "text", "Another decision."),
            (example.decisions["D-003"], "kind", "deferred"),
            (example.meetings_by_date[-1], "state", "planned"),
            (next(iter(example.measures.values())), "definition", "Something else."),
            (next(iter(example.findings.values())), "text", "Something else."),
            (next(iter(example.feedback.values())), "said", "Something else."),
            (next(iter(example.posts.values())), "kind", "another")):
        found = rewrites(changed(record), changed(record, **{field: value}))
        assert [text.split(": ")[1] for text in found] == [f"the {field} was changed"]


def test_a_decision_that_is_gone_or_another_is_named(capsys, kept, later, example):
    def change(records):
        del records["decisions/D-002"]
        other = example.decisions["D-003"].model_copy(update={"text": "Another decision."})
        records.update(with_record("decisions/D-003", other))

    assert verify(capsys, kept, later(change)) == (
        1, "decisions/D-002: was published, and has been removed\ndecisions/D-003: the text was changed\n"
           "History was rewritten: 2 changes to what was published.\n", "")


@pytest.mark.parametrize("state", ["held", "cancelled"])
def test_a_planned_meeting_is_held_or_cancelled_one_day(example, state):
    planned = example.next_meeting
    assert planned.state == "planned" and not find_changes(changed(planned), changed(planned, state=state))
    held = example.last_meeting
    assert rewrites(changed(held), changed(held, state="cancelled"))


SET_ONCE = {
    "actions": ("office", "done_when", "source"),
    "decisions": ("note", "source"),
    "meetings": ("date_note", "note", "number", "post", "source"),
    "measures": ("definition", "note", "parts_of", "source", "target"),
    "findings": ("answer_due", "answer", "note"),
    "posts": ("meeting", "number", "source"),
}
"""What may be missing when a record is published, and be given later."""

NEVER_ADDED = {
    "actions": ("detail", "due_note", "note", "owner", "due", "with_", "priorities"),
}
"""What changes a promise or its meaning where it comes later."""


@pytest.mark.parametrize("kind, field", [(kind, field) for kind, fields in SET_ONCE.items() for field in fields])
def test_what_was_missing_may_be_given_once(example, kind, field):
    record = next(iter(getattr(example, kind).values()))
    given = ("Known.",) if field == "done_when" else "Known."
    empty = record.model_copy(update={field: () if field == "done_when" else None})
    assert not find_changes(changed(empty), changed(empty, **{field: given}))
    assert rewrites(changed(empty, **{field: given}), changed(empty))
    another = ("Other.",) if field == "done_when" else "Other."
    assert rewrites(changed(empty, **{field: given}), changed(empty, **{field: another}))


@pytest.mark.parametrize("kind, field", [(kind, field) for kind, fields in NEVER_ADDED.items() for field in fields])
def test_what_changes_a_promise_is_never_added_later(example, kind, field):
    record = next(iter(getattr(example, kind).values()))
    is_list = field in ("with_", "priorities")
    empty = record.model_copy(update={field: () if is_list else None})
    assert rewrites(changed(empty), changed(empty, **{field: ("known",) if is_list else "Known."}))


def test_other_lists_may_grow_and_neither_lose_nor_move_an_entry(example):
    meeting = example.last_meeting
    for was, now, grows in ((("a", "b"), ("a", "b", "c"), True), (("a", "b"), ("c", "a", "b"), True),
                            ((), ("a",), True), (("a", "b"), ("b", "a"), False), (("a", "b"), ("a",), False),
                            (("a", "a"), ("a",), False), (("a",), (), False)):
        found = rewrites(changed(meeting, attended=was), changed(meeting, attended=now))
        assert found == ([] if grows else ["meetings/X: an entry of attended was changed, moved or removed"])


# The guard of pull requests and this comparison agree


UNSEEN = {"update back-dated": "its day is in no digest of its own", "event": "events are not in the ledger"}
"""What the guard finds, and a ledger cannot show."""


def around(edit, tmp_path: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    area = copied(SMALL, tmp_path / "area")
    before = ledger_of(area)
    edit(area)
    return before, ledger_of(area)


@pytest.mark.parametrize("name", ALLOWED)
def test_what_the_guard_lets_through_is_no_rewriting(tmp_path, name):
    assert rewrites(*around(ALLOWED[name], tmp_path)) == []


@pytest.mark.parametrize("name", REWRITTEN)
def test_what_the_guard_stops_is_seen_from_outside(tmp_path, name):
    assert bool(rewrites(*around(REWRITTEN[name][0], tmp_path))) == (name not in UNSEEN)


DONE = "    status: complete\n    evidence:\n      - title: A\n        url: https://smallshire.example/a\n"
SUMMER = "kind: post\n"
TABLE = "docs/files/plans.csv"


def test_lateness_that_readers_were_shown_stays_in_the_ledger(tmp_path):
    hidden = append(ACTION_2, f"  - date: 2024-09-02\n{DONE}")
    assert rewrites(*around(hidden, tmp_path / "hidden")) == [
        "actions/A-002: it was shown as date-passed-2024-09-30, and is not any more",
        "actions/A-002: it was shown as late-2024-09-30, and is not any more"]
    in_the_open = append(ACTION_2, f"  - date: 2026-11-24\n    happened: 2024-09-02\n{DONE}")
    assert rewrites(*around(in_the_open, tmp_path / "open")) == []


@pytest.mark.parametrize("edit, found", [
    (append(LATER_POST, "\nAll is well.\n"), ["posts/2024-07-01-before-the-summer: the text was changed"]),
    (swap(LATER_POST, "The list of late", "The list, of late"), []),
    (both(append(LATER_POST, "\nAll is well.\n"),
          swap(LATER_POST, SUMMER, f"{SUMMER}changed:\n  - date: 2026-11-24\n    what: A line.\n")), []),
    (swap(LATER_POST, SUMMER, f"{SUMMER}draft: true\nchanged:\n  - date: 2026-11-24\n    what: Taken down.\n"), []),
    (swap(LATER_POST, SUMMER, f"{SUMMER}draft: true\n"),
     ["posts/2024-07-01-before-the-summer: was published, and has been removed"]),
], ids=["another text", "a comma", "another text that is said", "taken down", "a draft again"])
def test_the_text_of_a_post_does_not_change_in_silence(tmp_path, edit, found):
    assert rewrites(*around(edit, tmp_path)) == found


def test_a_file_that_a_page_links_to_does_not_change_in_silence(tmp_path):
    area = copied(SMALL, tmp_path / "area")
    (area / "docs/files").mkdir()
    (area / TABLE).write_text("month,late\nJune,61\n", encoding="utf-8")
    append(LATER_POST, "\n[A table](../../files/plans.csv)\n")(area)
    before = ledger_of(area)
    (area / TABLE).write_text("month,late\nJune,41\n", encoding="utf-8")
    assert rewrites(before, ledger_of(area)) == ["files/plans.csv: was changed"]
    swap(LATER_POST, SUMMER, f"{SUMMER}changed:\n  - date: 2026-11-24\n    what: A figure for June.\n")(area)
    assert rewrites(before, ledger_of(area)) == []


def ledger_with(records: list[dict[str, Any]]) -> dict[str, Any]:
    return {"records": {f"actions/{record['id']}": json.loads(json.dumps(entry(record_of("actions", record))))
                        for record in records}}


@CASES
@given(published, st.data())
def test_any_history_that_was_only_appended_to_only_grew(before, data):
    after = copy.deepcopy(before)
    for record in after:
        record["updates"] += data.draw(histories(after=newest(record), most=3))
        if data.draw(st.booleans()):
            record["also"] = [data.draw(texts)]
        if record.get("source") and data.draw(st.booleans()):
            record["source"]["archived"] = "https://archive.example/copy"
    after += [data.draw(actions(number)) for number in range(10, 10 + data.draw(st.integers(0, 2)))]
    assert find_changes(ledger_with(before), ledger_with(after)) == []


@CASES
@given(published, st.data())
def test_any_other_change_is_seen_from_outside(before, data):
    after = copy.deepcopy(before)
    number = data.draw(st.integers(0, len(after) - 1))
    if data.draw(st.booleans()):
        edits(data, after[number])
    else:
        del after[number]
    ids = [record["id"] for record in after]
    assume(before[number]["id"] not in ids or said([after[number]]) != said([before[number]]))
    old, new = (next((said([record])[0] for record in records if record["id"] == before[number]["id"]), None)
                for records in (before, after))
    # An update put in at the end is an update appended.
    assume(not new or {**old, "updates": 0} != {**new, "updates": 0}
           or new["updates"][:len(old["updates"])] != old["updates"])
    assert rewrites(ledger_with(before), ledger_with(after)), (before, after)


# What a ledger holds


def test_an_archived_copy_and_words_for_search_change_nothing():
    source = {"title": "The plan", "url": "https://smallshire.example/plan"}
    plain = promise(source=source)
    richer = promise(source=source | {"archived": "https://archive.example/plan"}, also=("letters",))
    assert entry(plain) == entry(richer)


def test_the_style_of_the_file_changes_nothing(tmp_path):
    area = copied(SMALL, tmp_path / "area")
    before = ledger_of(area)
    for file in (area / "data/actions").glob("*.yml"):
        file.write_text("# A comment.\n\n" + file.read_text(encoding="utf-8").replace("\n", "\r\n"), encoding="utf-8")
    assert ledger_of(area) == before


def test_each_link_of_the_chain_hangs_on_all_before_it():
    first = chain({"id": "A-012", "updates": [{"note": "one"}, {"note": "two"}]})
    other = chain({"id": "A-012", "updates": [{"note": "One"}, {"note": "two"}]})
    assert len(first) == 3 and first[0] == other[0]
    assert first[1] != other[1] and first[2] != other[2]


def test_the_digest_is_sha_256_of_canonical_json():
    """RFC 8785, §3.2.2 and §3.2.3: sorted keys, no spaces, numbers as ECMAScript writes them."""
    import hashlib

    from macros.publish.ledger import digest
    assert digest({"b": 1.0, "a": "é"}) == hashlib.sha256('{"a":"é","b":1}'.encode()).hexdigest()


def test_every_promise_decision_meeting_measure_theme_and_post_is_in_the_ledger(sites):
    for name in AREAS:
        register = checked(name)
        records = json.loads((sites[name] / "api/v1/ledger.json").read_text(encoding="utf-8"))["records"]
        for kind in ("actions", "decisions", "meetings", "measures", "findings", "feedback"):
            assert {f"{kind}/{id}" for id in getattr(register, kind)} <= set(records)
        for id, record in register.actions.items():
            assert len(records[f"actions/{id}"]["chain"]) == len(record.updates) + 1


# Reading


def test_a_ledger_is_read_from_the_web_too(capsys, kept, served):
    code, out, _ = verify(capsys, kept, f"{served['exampleshire']}/api/v1/ledger.json")
    assert code == 0 and "History only grew" in out


def test_without_a_later_one_the_site_s_own_is_asked(capsys, kept, served):
    ledger = json.loads(kept.read_text(encoding="utf-8"))
    kept.write_text(json.dumps(ledger | {"source": served["exampleshire"] + "/"}), encoding="utf-8")
    assert verify(capsys, kept)[0] == 0


WHOLE = {"sha256": "0" * 64, "fields": {"title": "1" * 64}, "lists": {"updates": ["2" * 64]}, "chain": ["3" * 64] * 2}


def of(**parts: Any) -> str:
    """A ledger of one record, some of whose parts are odd; None leaves one out."""
    return json.dumps({"records": {"actions/A-001": {
        key: value for key, value in (WHOLE | parts).items() if value is not None}}})


@pytest.mark.parametrize("content, message", [
    ("", "is not JSON"), ("[]", "is not a ledger"), ("{}", "is not a ledger"),
    ('{"records": {"a": 1}}', "is not a ledger"),
    ("\x00\xff", "is not JSON"), ("[" * 100_000, "is not JSON"), ('{"records": []}', "is not a ledger"),
    *((of(**part), "is not a ledger") for part in (
        {"sha256": None}, {"sha256": 7}, {"sha256": "short"}, {"fields": None}, {"fields": 3}, {"fields": {"a": []}},
        {"lists": None}, {"lists": [1]}, {"lists": {"updates": 4}}, {"lists": {"updates": [4]}}, {"chain": 4},
        {"chain": [4]}, {"corrects": 3}, {"corrects": {"title": "x"}})),
])
def test_what_is_no_ledger_is_said_to_be_none(capsys, tmp_path, content, message):
    file = tmp_path / "odd.json"
    file.write_text(content, encoding="latin-1")
    code, out, err = verify(capsys, file, file)
    assert (code, out) == (2, "") and message in err


def test_a_whole_one_is_a_ledger(capsys, tmp_path):
    (tmp_path / "whole.json").write_text(of(corrects={"title": 1}), encoding="utf-8")
    assert verify(capsys, tmp_path / "whole.json", tmp_path / "whole.json")[0] == 0


@pytest.mark.parametrize("now, message", [
    (of(sha256="4" * 64), "its digest differs, though those of its parts do not"),
    (of(chain=["5" * 64]), "its chain of updates differs"), (of(chain=None), "its chain of updates differs"),
])
def test_a_ledger_whose_parts_do_not_fit_each_other_is_seen(capsys, tmp_path, now, message):
    (tmp_path / "was.json").write_text(of(), encoding="utf-8")
    (tmp_path / "now.json").write_text(now, encoding="utf-8")
    code, out, _ = verify(capsys, tmp_path / "was.json", tmp_path / "now.json")
    assert code == 1 and f"actions/A-001: {message}" in out


def test_what_is_larger_than_a_ledger_can_be_is_not_read(capsys, tmp_path):
    file = tmp_path / "large.json"
    with file.open("wb") as large:
        large.truncate(20_000_001)
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(tmp_path))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        for place in (file, f"http://127.0.0.1:{server.server_port}/large.json"):
            code, _, err = verify(capsys, place, place)
            assert code == 2 and "is larger than a ledger can be" in err
        server.shutdown()


@pytest.fixture
def babbling() -> Iterator[str]:
    """The address of a server that speaks no HTTP."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        def answer() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(1000)
                connection.sendall(b"\x1b[31mhello\r\n\r\n")
        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/ledger.json"
        thread.join(timeout=10)


def test_a_server_that_speaks_no_http_is_said_in_one_line(capsys, kept, babbling):
    code, out, err = verify(capsys, kept, babbling)
    assert (code, out) == (2, "") and "cannot be loaded" in err and err.count("\n") == 1 and "\x1b" not in err


@pytest.mark.parametrize("source", ["http://a b/", "http://[/", "https://", "HTTP://127.0.0.1:1/", "ftp://x/", 7, None])
def test_a_source_that_leads_nowhere_is_said_in_one_line(capsys, tmp_path, source):
    (tmp_path / "kept.json").write_text(json.dumps({"records": {}, "source": source}), encoding="utf-8")
    code, out, err = verify(capsys, tmp_path / "kept.json")
    assert (code, out) == (2, "") and err.count("\n") == 1


def test_what_a_strange_ledger_names_does_not_steer_the_terminal(capsys, tmp_path):
    for name, parts in (("was", {}), ("now", {"fields": {"title": "1" * 64, "\x1b[2J\n": "6" * 64}})):
        (tmp_path / f"{name}.json").write_text(of(**parts), encoding="utf-8")
    code, out, _ = verify(capsys, tmp_path / "was.json", tmp_path / "now.json")
    assert code == 1 and "\x1b" not in out and out.count("\n") == 2


def test_ledgers_in_the_wrong_order_are_said_to_be(capsys, kept, later, tmp_path):
    newer = tmp_path / "newer.json"
    newer.write_text(json.dumps(json.loads(kept.read_text(encoding="utf-8")) | {"as_of": "2027-01-01"}),
                     encoding="utf-8")
    assert "is older than the first" in verify(capsys, newer, kept)[2]
    assert verify(capsys, kept, newer)[2] == ""


def test_a_place_that_cannot_be_read_is_said_with_the_reason(capsys, kept, served, tmp_path):
    for place, message in ((tmp_path / "gone.json", "No such file"), (tmp_path, "Is a directory"),
                           (f"{served['real']}/gone.json", "Not Found"), ("http://127.0.0.1:1/x", "refused")):
        code, _, err = verify(capsys, kept, place)
        assert code == 2 and message in err, place


def test_a_ledger_that_names_no_site_needs_the_later_one_as_well(capsys, tmp_path):
    file = tmp_path / "kept.json"
    file.write_text('{"records": {}}', encoding="utf-8")
    code, _, err = verify(capsys, file)
    assert code == 2 and "name the later one as well" in err
