"""The ledger for outsiders: whoever kept a copy can show that what was published has changed."""

from __future__ import annotations

import copy
import json
import shutil
from pathlib import Path

import pytest

from macros.__main__ import main
from macros.checks import check
from macros.publish.ledger import chain, entry, files
from macros.records import Action
from tests.conftest import AREAS, ROOT, TODAY
from tests.records import action, update

SMALL = ROOT / "tests/areas/small"


def ledger_of(area: Path) -> dict:
    (_, content), = files(check(area, TODAY)[0])
    return json.loads(content)


@pytest.fixture
def kept(tmp_path) -> Path:
    """A copy of the fictional area's ledger, as a reader saved it."""
    file = tmp_path / "kept.json"
    file.write_text(json.dumps(ledger_of(AREAS["exampleshire"])), encoding="utf-8")
    return file


@pytest.fixture
def later(tmp_path):
    """A function that saves a later ledger, as `change` left it."""
    def save(change) -> Path:
        ledger = copy.deepcopy(ledger_of(AREAS["exampleshire"]))
        change(ledger["records"])
        file = tmp_path / "later.json"
        file.write_text(json.dumps(ledger), encoding="utf-8")
        return file
    return save


def with_record(name: str, record) -> dict[str, dict]:
    return {name: json.loads(json.dumps(entry(record)))}


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
    assert code == 0 and "and 1 have been added" in out


def test_an_update_appended_is_growth(compare):
    assert compare(promise(*TOLD[:1]), promise(*TOLD))[0] == 0


@pytest.mark.parametrize("now, message", [
    (None, "was published, and is gone"),
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


def test_an_archived_copy_and_words_for_search_change_nothing():
    source = {"title": "The plan", "url": "https://smallshire.example/plan"}
    plain = promise(source=source)
    richer = promise(source=source | {"archived": "https://archive.example/plan"}, also=("letters",))
    assert entry(plain) == entry(richer)


def test_the_style_of_the_file_changes_nothing(tmp_path):
    area = Path(shutil.copytree(SMALL, tmp_path / "area"))
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
    for name, area in AREAS.items():
        register, _ = check(area, TODAY)
        records = json.loads((sites[name] / "api/v1/ledger.json").read_text(encoding="utf-8"))["records"]
        for kind in ("actions", "decisions", "meetings", "measures", "feedback"):
            assert {f"{kind}/{id}" for id in getattr(register, kind)} <= set(records)
        for id, record in register.actions.items():
            assert len(records[f"actions/{id}"]["chain"]) == len(record.updates) + 1


def test_a_ledger_is_read_from_the_web_too(capsys, kept, served):
    code, out, _ = verify(capsys, kept, f"{served['exampleshire']}/api/v1/ledger.json")
    assert code == 0 and "History only grew" in out


def test_without_a_later_one_the_site_s_own_is_asked(capsys, kept, served):
    ledger = json.loads(kept.read_text(encoding="utf-8"))
    kept.write_text(json.dumps(ledger | {"source": served["exampleshire"] + "/"}), encoding="utf-8")
    assert verify(capsys, kept)[0] == 0


@pytest.mark.parametrize("content, message", [
    ("", "is not JSON"), ("[]", "is no ledger"), ("{}", "is no ledger"), ('{"records": {"a": 1}}', "is no ledger"),
    ("\x00\xff", "is not JSON"), ("[" * 100_000, "is not JSON"),
])
def test_what_is_no_ledger_is_said_to_be_none(capsys, tmp_path, content, message):
    file = tmp_path / "odd.json"
    file.write_text(content, encoding="latin-1")
    code, out, err = verify(capsys, file, file)
    assert (code, out) == (2, "") and message in err


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
