"""Every field of every kind of record is shown, published, guarded, and read by the checks: through the front door."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import yaml
from bs4 import BeautifulSoup
from pydantic import BaseModel

from macros.__main__ import main
from macros.kinds import BY_NAME, KINDS, guards, references
from macros.records.base import Guard
from macros.records.partial_date import PartialDate
from macros.register import Register
from tests.conftest import ROOT, TODAY, checked
from tests.pages import text_of
from tests.thorough import only_in_test_all

LINK = {"title": "The paper", "url": "https://smallshire.example/paper"}
OTHER_LINK = {"title": "Another paper", "url": "https://smallshire.example/another"}
FIGURE, OTHER_FIGURE = {"period": "2024-05", "value": 1}, {"period": "2024-06", "value": 2}

EXAMPLES: dict[str, dict[str, tuple[Any, Any]]] = {
    "topics": {
        "title": ("No call back", "No letter"), "answer": ("No one calls back.", "Few call back."),
        "as_of": ("2024-05-01", "2024-06-01"), "sources": ([LINK], [OTHER_LINK]),
        "measures": (["plans-on-time"], ["calls"]), "findings": (["calls-2024"], ["other-2024"]),
        "priorities": (["P1"], ["P2"]), "actions": (["A-001"], ["A-002"]), "feedback": (["F-001"], ["F-009"]),
        "law": ([{"text": "Call back.", "source": LINK}], [{"text": "Write back.", "source": LINK}]),
        "services": (["advice"], ["call-line"]), "also": (["phone"], ["call"]), "note": ("At first.", "At last."),
    },
    "services": {
        "name": ("Call Line", "Letter Line"), "text": ("Help by phone.", "Help by letter."),
        "telephone": ("0300 123 4567", "0300 123 4568"), "hours": ("in the morning", "in the evening"),
        "email": ("ask@smallshire.example", "clerk@smallshire.example"),
        "url": ("https://smallshire.example/calls", "https://smallshire.example/letters"),
        "also": (["phone"], ["call"]), "source": (LINK, OTHER_LINK),
    },
    "actions": {
        "title": ("Answer calls", "Answer some calls"), "detail": ("Within a day.", "Within a week."),
        "owner": ("council", "forum"), "office": ("Director of Education", "Head of Schools"),
        "with": (["forum"], ["council"]), "priorities": (["P1"], ["P2"]),
        "kind": ("promised", "planned"), "said_by": ("council", "forum"),
        "said_at": ({"meeting": "2024-01-31"}, {"meeting": "2026-12-09"}), "due": ("2024-06", "2024-07"),
        "due_note": ("At first.", "At last."), "done_when": (["All are answered."], ["Some are answered."]),
        "plan": ("calls-2023", "calls-2024"),
        "steps": ([{"title": "Count the calls", "due": "2024-05"}], [{"title": "Count the calls", "due": "2024-06"}]),
        "also": (["phone"], ["call"]), "source": (LINK, OTHER_LINK), "note": ("A trial.", "No trial."),
    },
    "decisions": {
        "meeting": ("2024-01-31", "2026-12-09"), "text": ("Look at calls.", "Look at some calls."),
        "kind": ("agreed", "noted"), "leads_to": (["A-001"], ["A-002"]), "also": (["phone"], ["call"]),
        "source": (LINK, OTHER_LINK), "note": ("All agreed.", "Most agreed."),
    },
    "meetings": {
        "number": (7, 8), "state": ("held", "cancelled"), "date_note": ("Or a day later.", "Or a day earlier."),
        "note": ("It was long.", "It was short."),
        "agenda": ([{"text": "Calls", "kind": "discussion"}], [{"text": "Letters", "kind": "discussion"}]),
        "next": ([{"text": "Letters", "meant_for": "2026-12-09"}], [{"text": "Forms"}]),
        "attended": (["council"], ["forum"]), "post": ("2024-05-08-a", "2024-05-08-b"),
        "documents": ([LINK], [OTHER_LINK]), "source": (LINK, OTHER_LINK), "also": (["May"], ["spring"]),
    },
    "measures": {
        "title": ("Calls", "Some calls"), "question": ("How many?", "How few?"), "unit": ("calls", "letters"),
        "better": ("higher", "lower"), "definition": ("Calls in a month.", "Calls in a year."),
        "counts_people": (False, True), "parts_of": ("plans-on-time", "calls"),
        "group": ("Being heard", "Having a plan"),
        "law": ({"value": 9, "text": "All of them.", "source": LINK}, {"text": "Some.", "source": LINK}),
        "baseline": ({"value": 1, "period": "2023"}, {"value": 2, "period": "2023"}),
        "milestones": ([{"value": 5, "by": "2025"}], [{"value": 6, "by": "2026"}]),
        "does_not_show": ("Who called.", "Who wrote."),
        "target": ({"value": 9}, {"value": 3}),
        "comparators": ([{"name": "England", "observations": [FIGURE]}],
                        [{"name": "Wales", "observations": [FIGURE]}]),
        "observations": ([FIGURE], [OTHER_FIGURE]), "priorities": (["P1"], ["P2"]), "actions": (["A-001"], ["A-002"]),
        "also": (["phone"], ["call"]), "note": ("A first count.", "A last count."), "source": (LINK, OTHER_LINK),
    },
    "findings": {
        "title": ("Calls are lost", "Some calls are lost"), "text": ("No one calls back.", "Few call back."),
        "kind": ("found", "recommended"), "from": ("council", "forum"), "date": ("2024-05-01", "2024-05-02"),
        "responsible": (["council"], ["forum"]), "answer_due": ("2024-06", "2024-07"),
        "answer": ("accepted", "refused"), "answered": ("2024-06-01", "2024-06-02"),
        "answer_source": (LINK, OTHER_LINK), "answer_added": ("2024-06-08", "2024-06-09"),
        "actions": (["A-001"], ["A-002"]), "measures": (["plans-on-time"], ["calls"]),
        "verdicts": ([{"date": "2024-07", "by": "forum", "says": "better", "source": LINK}],
                     [{"date": "2024-07", "by": "forum", "says": "worse", "source": LINK}]),
        "also": (["phone"], ["call"]), "note": ("A first count.", "A last count."), "source": (LINK, OTHER_LINK),
    },
    "family_verdicts": {
        "answered": (20, 30),
        "feel": ({"yes": 5, "partly": 6, "no": 7, "too_early": 2}, {"yes": 6, "partly": 5, "no": 7, "too_early": 2}),
        "source": (LINK, OTHER_LINK), "added": ("2024-07-01", "2024-07-02"),
    },
    "plans": {
        "name": ("Calls", "Some calls"), "start": ("2024-05-01", "2024-06-01"),
        "replaces": ("calls-2023", "calls-2024"),
        "ended": ("2024-08-31", "2024-09-30"), "text": ("Who answers.", "Who calls."), "also": (["phone"], ["call"]),
        "note": ("A first plan.", "A last plan."), "source": (LINK, OTHER_LINK),
    },
    "forums": {
        "name": ("Scrutiny", "Health scrutiny"), "organisation": ("council", "forum"),
        "covers": (["forum"], ["council"]), "how": ("Write.", "Call."),
        "url": ("https://smallshire.example/scrutiny", "https://smallshire.example/ask"),
        "email": ("ask@smallshire.example", "clerk@smallshire.example"),
        "deadline": ({"text": "Three days before.", "working_days": 3, "time": "09:00"}, {"text": "A week before."}),
        "dates": ([{"date": "2024-09-10", "source": LINK}], [{"date": "2024-11-12", "source": LINK}]),
        "also": (["phone"], ["call"]), "note": ("It meets twice.", "It meets once."), "source": (LINK, OTHER_LINK),
    },
    "feedback": {
        "heard": ({"date": "2024-05", "through": "forum"}, {"date": "2024-06", "through": "forum"}),
        "title": ("Calls", "Some calls"), "said": ("No one answers.", "Someone answers."),
        "updates": ([{"date": "2024-07", "taken_up_by": "council", "answer": "We will.", "source": LINK}],
                    [{"date": "2024-07", "changed": "Two people answer.", "source": LINK}]),
        "actions": (["A-001"], ["A-002"]), "decisions": (["D-001"], ["D-002"]),
        "also": (["phone"], ["call"]), "source": (LINK, OTHER_LINK),
    },
    "organisations": {
        "name": ("Call Centre", "Letter Centre"), "short_name": ("the centre", "the other centre"),
        "kind": ("nhs", "school"), "role": ("Answers calls.", "Answers letters."),
        "url": ("https://calls.example/", "https://letters.example/"),
        "sites": (["calls.example"], ["letters.example"]),
        "members": (["council"], ["forum"]), "also": (["phone"], ["call"]), "source": (LINK, OTHER_LINK),
    },
    "priorities": {
        "kind": ("priority", "challenge"), "title": ("Calls", "Letters"), "finding": ("calls-2024", "other-2024"),
        "text": ("Calls are answered.", "Some are answered."), "responsible": (["council"], ["forum"]),
        "also": (["phone"], ["call"]), "note": ("At first.", "At last."), "source": (LINK, OTHER_LINK),
    },
    "terms": {
        "full": ("call back", "called back"), "plain": ("We ring you.", "You ring us."), "also": (["phone"], ["call"]),
        "source": (LINK, OTHER_LINK),
    },
    "redirects": {"to": ("about/", "feedback/"), "reason": ("It has moved.", "It was moved.")},
    "posts": {
        "date": ("2024-05-09", "2024-05-10"), "title": ("May", "In May"), "description": ("A post.", "This post."),
        "in_short": (["One.", "Two."], ["Three.", "Two."]), "kind": ("summary", "post"), "number": (7, 8),
        "meeting": ("2024-01-31", "2026-12-09"), "topics": (["late-plans"], ["calls"]),
        "decisions": (["D-001"], ["D-002"]), "actions": (["A-001"], ["A-002"]), "source": (LINK, OTHER_LINK),
        "draft": (False, True),
    },
}
"""Of each guarded kind a value for each field, and another."""

FILES = {
    "actions": ("data/actions/a-009-answer-calls.yml", {"id": "A-009"}),
    "decisions": ("data/decisions/d-009-look-at-calls.yml", {"id": "D-009"}),
    "meetings": ("data/meetings/2024-05-08.yml", {"id": "2024-05-08"}),
    "measures": ("data/measures/calls.yml", {"id": "calls"}),
    "findings": ("data/findings/calls-2024.yml", {"id": "calls-2024"}),
    "feedback": ("data/feedback/f-009-calls.yml", {"id": "F-009"}),
    "plans": ("data/plans.yml", {"id": "calls"}),
    "forums": ("data/forums.yml", {"id": "scrutiny"}),
    "family_verdicts": ("data/family-verdicts.yml", {"about": "A-001", "date": "2024-06-01", "asked_by": "forum"}),
    "topics": ("data/topics.yml", {"id": "calls"}), "services": ("data/services.yml", {"id": "call-line"}),
    "organisations": ("data/organisations.yml", {"id": "call-centre"}),
    "priorities": ("data/priorities.yml", {"id": "P2"}),
    "terms": ("data/glossary.yml", {"term": "CB"}), "redirects": ("data/redirects.yml", {"from": "calls/"}),
    "posts": ("docs/blog/posts/2024-05-09-may.md", {}),
}

BESIDE = {"plans": [{"id": f"calls-{year}", "name": f"Calls of {year}", "start": year, "source": LINK}
                    for year in (2023, 2024)],
          "forums": [], "family_verdicts": [], "redirects": []} | {
    kind: yaml.load((ROOT / f"tests/areas/small/{FILES[kind][0]}").read_text("utf-8"), yaml.BaseLoader)
    for kind in ("organisations", "priorities", "terms", "topics", "services")}
"""Other records in the same file, which records refer to. A kind without an entry has a file for each record."""

FIELDS = [(kind, field) for kind, fields in EXAMPLES.items() for field in fields]
GUARDED = (Guard.FIXED, Guard.SET_ONCE, Guard.APPEND_ONLY, Guard.FILLED_IN)


def guard(kind: str, field: str) -> Guard:
    return guards(BY_NAME[kind].model)[field]


def guarded_fields(*wanted: Guard) -> list[tuple[str, str]]:
    return [(kind, field) for kind, field in FIELDS
            if guard(kind, field) in wanted and (kind, field) != ("priorities", "finding")]


def together(fields: list[tuple[str, str]]) -> list[Any]:
    """Return the cases of a test: all fields of a kind that change in one go, and, in `make test-all`, each alone."""
    kinds: dict[str, list[str]] = {}
    for kind, field in fields:
        kinds.setdefault(kind, []).append(field)
    return [pytest.param(kind, names, id=kind) for kind, names in kinds.items()] + [
        pytest.param(kind, [field], id=f"{kind}-{field}", marks=only_in_test_all) for kind, field in fields]


def changed(kind: str, fields: list[str]) -> dict[str, Any]:
    """Return the record with another value in each of some fields."""
    return full(kind) | {field: EXAMPLES[kind][field][1] for field in fields}


def without(kind: str, fields: list[str]) -> dict[str, Any]:
    return {field: value for field, value in full(kind).items() if field not in fields}


def may_be_left_out(kind: str, field: str) -> bool:
    model_field = next(item for name, item in BY_NAME[kind].model.model_fields.items() if (item.alias or name) == field)
    return not model_field.is_required() and model_field.default in (None, ())


def git(folder: Path, *arguments: str) -> None:
    who = ("-c", "user.name=Writer", "-c", "user.email=writer@smallshire.example")
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True,
                   env=os.environ | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull})


def write(area: Path, kind: str, record: dict[str, Any]) -> None:
    file, id = FILES[kind]
    whole = [*BESIDE[kind], id | record] if kind in BESIDE else id | record
    unshared = json.loads(json.dumps(whole))  # or YAML would write an alias for a list that stands in it twice
    text = yaml.safe_dump(unshared, sort_keys=False, allow_unicode=True)
    (area / file).write_text(f"---\n{text}---\n\nThe text.\n" if kind == "posts" else text, encoding="utf-8")


def full(kind: str) -> dict[str, Any]:
    # A priority that is a finding has neither text nor source of its own.
    return {field: value for field, (value, _) in EXAMPLES[kind].items() if (kind, field) != ("priorities", "finding")}


@pytest.fixture(scope="module")
def published(tmp_path_factory) -> Path:
    """A repository that has published a record of each kind with all its fields, as `main`."""
    area = Path(shutil.copytree(ROOT / "tests/areas/small", tmp_path_factory.mktemp("kinds") / "area"))
    (area / "data/findings").mkdir()
    for kind in EXAMPLES:
        write(area, kind, full(kind))
        WRITTEN[area / FILES[kind][0]] = (area / FILES[kind][0]).read_bytes()
    git(area, "init", "-q", "-b", "main")
    git(area, "add", "-A")
    git(area, "commit", "-q", "-m", "Published")
    git(area, "checkout", "-q", "--detach")
    return area


@pytest.fixture
def area(published: Path) -> Path:
    """The same repository, with its files as `main` has them. What is checked out makes no difference."""
    for file, content in WRITTEN.items():
        file.write_bytes(content)
    return published


WRITTEN: dict[Path, bytes] = {}
"""The published files of records."""


def publish(area: Path, revision: str = "before") -> str:
    """Commit what is there beside `main`, and return the tag that names it."""
    git(area, "commit", "-q", "--allow-empty", "-a", "-m", "More")
    git(area, "tag", "-f", revision)
    return revision


def objections(area: Path, capsys, kind: str, revision: str = "main") -> set[str]:
    """The fields of the record that the ledger objects to."""
    capsys.readouterr()
    main(["check", "--area", str(area), "--against", revision, "--today", TODAY.isoformat()])
    lines = [line for line in capsys.readouterr().out.splitlines() if line.startswith(FILES[kind][0])]
    assert not [line for line in lines if "yaml" in line or "not-compared" in line], lines
    return {field for field in EXAMPLES[kind] for line in lines if f"error[history-edited] the {field} of" in line}


def test_each_guarded_kind_has_an_example_of_each_field():
    for kind in KINDS:
        if kind.corrected_in:
            keys = {field.alias or name for name, field in kind.model.model_fields.items()}
            identity = {"id", kind.key} if not kind.further_keys else {kind.key, *kind.further_keys}
            assert set(EXAMPLES[kind.name]) == keys - identity - {kind.corrected_in, "taken_down"}, kind.name


@pytest.mark.parametrize("kind, fields", together(guarded_fields(*GUARDED)))
def test_a_published_field_cannot_be_changed_or_taken_away(area, capsys, kind, fields):
    write(area, kind, changed(kind, fields))
    assert objections(area, capsys, kind) == {*fields}
    # A priority that is no finding always has a text.
    gone = [field for field in fields if may_be_left_out(kind, field) and (kind, field) != ("priorities", "text")]
    write(area, kind, without(kind, gone))
    assert objections(area, capsys, kind) == {*gone}


@pytest.mark.parametrize("kind, fields", together(guarded_fields(Guard.FREE)))
def test_what_is_no_part_of_a_promise_may_change(area, capsys, kind, fields):
    write(area, kind, changed(kind, fields))
    assert not objections(area, capsys, kind)


@pytest.mark.parametrize("kind, fields", together(guarded_fields(Guard.APPEND_ONLY, Guard.FILLED_IN)))
def test_a_list_may_gain_an_entry(area, capsys, kind, fields):
    write(area, kind, full(kind) | {field: [item for value in EXAMPLES[kind][field] for item in value]
                                    for field in fields})
    assert not objections(area, capsys, kind)


def test_what_was_to_be_discussed_may_be_given_its_outcome_once_and_then_it_stays(area, capsys):
    [item] = EXAMPLES["meetings"]["next"][0]
    write(area, "meetings", full("meetings") | {"next": [item | {"outcome": "They were read.", "source": LINK}]})
    assert not objections(area, capsys, "meetings")
    before = publish(area)
    write(area, "meetings", full("meetings") | {"next": [item | {"outcome": "They were lost.", "source": LINK}]})
    assert objections(area, capsys, "meetings", before) == {"next"}
    write(area, "meetings", full("meetings"))
    assert objections(area, capsys, "meetings", before) == {"next"}


@pytest.mark.parametrize("kind, fields", together([
    # A priority that is no finding always has a text.
    pair for pair in guarded_fields(Guard.SET_ONCE) if pair != ("priorities", "text")]))
def test_a_published_record_may_be_given_a_field_that_it_lacked_and_then_it_stays(area, capsys, kind, fields):
    # A plan without a start replaces none.
    lacking = [*fields, *(["replaces"] if "start" in fields else [])]
    write(area, kind, without(kind, lacking) | {field: None for field in fields if not may_be_left_out(kind, field)})
    before = publish(area)
    write(area, kind, full(kind))
    assert not objections(area, capsys, kind, before)
    before = publish(area)
    write(area, kind, changed(kind, fields))
    assert objections(area, capsys, kind, before) == {*fields}


@pytest.mark.parametrize("kind, fields", together([("actions", field) for field in (
    "detail", "with", "priorities", "said_by", "said_at", "due_note", "steps", "note")]))
def test_what_would_change_a_promise_cannot_be_added_to_it_later(area, capsys, kind, fields):
    write(area, kind, without(kind, fields))
    before = publish(area)
    write(area, kind, full(kind))
    assert objections(area, capsys, kind, before) == {*fields}


@pytest.mark.parametrize("kind, fields", together([pair for pair in guarded_fields(*GUARDED) if pair[0] != "posts"]))
def test_a_correction_covers_only_the_change_that_it_names(area, capsys, kind, fields):
    for change, is_covered in (({}, True), ({"now": "something else"}, False), ({"was": "something else"}, False),
                               ({"field": "id" if kind != "actions" else "updates"}, False)):
        entries = [{"field": field, "was": EXAMPLES[kind][field][0], "now": EXAMPLES[kind][field][1],
                    "reason": "It was a mistake.", "source": LINK} | change for field in fields]
        explained = {"updates": [{"date": "2024-09-01", "correction": entry} for entry in entries]} \
            if kind == "actions" else {"corrections": [{"date": "2024-09-01"} | entry for entry in entries]}
        write(area, kind, changed(kind, fields) | explained)
        assert objections(area, capsys, kind) == (set() if is_covered else {*fields}), change


def test_a_published_correction_covers_no_second_change(area, capsys):
    """Back to the first wording, with a correction, and then once more to the second, without one."""
    there = {"date": "2024-09-01", "field": "text", "was": "Look at calls.", "now": "Look at some calls.",
             "reason": "A mistake."}
    back = there | {"was": there["now"], "now": there["was"]}
    write(area, "decisions", full("decisions") | {"corrections": [there, back]})
    before = publish(area)
    write(area, "decisions", full("decisions") | {"corrections": [there, back], "text": there["now"]})
    assert objections(area, capsys, "decisions", before) == {"text"}


# What is shown


SHOWN_OTHERWISE = {
    ("actions", "kind"): "as a label, and in the words of its facts",
    ("actions", "updates.correction.field"): "in words: what shows that it is done",
    ("actions", "said_by"): "by the organisation's name",
    ("decisions", "kind"): "in other words: put off",
    ("meetings", "agenda.kind"): "as the heading above it",
    ("meetings", "number"): "not of a planned meeting, whose number may still change",
    ("topics", "id"): "as its address",
    ("topics", "services"): "as the service itself, with its telephone number",
    ("services", "id"): "as the address of its place on the page",
    ("measures", "better"): "as a sentence",
    ("measures", "group"): "as the heading above it on the page of all measures",
    ("measures", "priorities"): "as the finding, where the priority is a view of one",
    ("measures", "comparators.code"): "in the open data, for programs that join files",
    ("measures", "counts_people"): "it decides how small numbers are checked",
    ("measures", "observations.state"): "in other words, and the usual state not at all",
    ("measures", "observations.approximate"): "as “about”",
    ("measures", "comparators.observations.state"): "as for the measure's own figures",
    ("organisations", "kind"): "in other words",
    ("priorities", "kind"): "as the heading of its list",
    ("findings", "id"): "as its address",
    ("findings", "kind"): "in other words: recommended by",
    ("findings", "answer"): "in other words: accepted in part",
    ("findings", "verdicts.says"): "in other words: no better",
    ("forums", "deadline.time"): "in other words: 9am",
    ("feedback", "id"): "as the address of its place on the page",
    ("posts", "kind"): "as who wrote it",
    ("posts", "number"): "in the open data only: the page of its meeting gives the number of the meeting",
}
"""Fields whose value is not on the record's page letter by letter, and how a reader learns of them."""


def values(record: BaseModel, path: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    """Each value that a record or a part of it gives, with the keys that lead to it."""
    for name, field in type(record).model_fields.items():
        value = getattr(record, name)
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, BaseModel):
                yield from values(item, (*path, field.alias or name))
            elif item not in (None, False):
                yield ".".join((*path, field.alias or name)), item


def letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def is_shown(value: Any, refers_to: str | None, html: str, text: str) -> bool:
    if refers_to:
        return f'{BY_NAME[refers_to].address(value)}"' in html or letters(value) in text
    if isinstance(value, int | float):
        return any(letters(form) in text for form in (f"{value:,}", f"{value:g}"))
    written = (str(value), value.text) if isinstance(value, PartialDate) else (str(value),)
    return any(letters(form) in text or form in unescape(html) for form in written)


@pytest.fixture(scope="module")
def example() -> Register:
    return checked("exampleshire")


@pytest.mark.parametrize("name", [kind.name for kind in KINDS if kind.index])
def test_each_field_is_on_the_page_of_its_record(example, site, name):
    kind, records = BY_NAME[name], getattr(example, name)
    missing = []
    for id, record in records.items() if isinstance(records, dict) else (("", event) for event in records):
        if getattr(record, "draft", False):
            continue
        html = (site / (kind.address(id).split("#")[0] if kind.page else kind.index) / "index.html").read_text("utf-8")
        text = letters(text_of(html))
        refers_to = {value: named for _, named, value in references(record)}
        missing += [(id, path, value) for path, value in values(record)
                    if (name, path) not in SHOWN_OTHERWISE and not path.endswith("read")
                    and not is_shown(value, refers_to.get(value) if isinstance(value, str) else None, html, text)]
    assert not missing


def test_a_source_that_was_read_in_part_says_so(site):
    page = BeautifulSoup((site / "actions/a-072/index.html").read_text("utf-8"), "lxml")
    link = page.select_one('a[aria-describedby~="partly-read"]')
    assert link.find_next_sibling().get_text() == "*"
    assert "we could read only a part" in page.find(id="partly-read").get_text()


def test_a_page_says_once_that_sources_were_read_in_part_and_only_where_one_was(sites):
    for folder in sites.values():
        for file in folder.rglob("index.html"):
            html = file.read_text("utf-8")
            assert html.count("Of a source with this mark") <= 1
            assert html.count('id="partly-read"') == ("b-partly" in html), file


def given(value: Any) -> Any:
    """Plain values without what is not given."""
    if isinstance(value, dict):
        return {key: given(item) for key, item in value.items() if item not in (None, "null", "")}
    return [given(item) for item in value] if isinstance(value, list) else value


def as_kept(area: Path, home: str) -> list[Any]:
    """The records as their files hold them."""
    files = sorted((area / home).glob("*.yml")) if home.endswith("/") else [area / home]
    found = [yaml.load(file.read_text("utf-8"), yaml.BaseLoader) for file in files]
    return found if home.endswith("/") else found[0]


def texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for key, item in value.items() for text in (key, *texts(item))]
    if isinstance(value, list):
        return [text for item in value for text in texts(item)]
    if value in (None, "null", ""):
        return []
    return [" ".join(str(value).split()).removesuffix(".0").removesuffix(" (no date)").lower()]


@pytest.mark.parametrize("name", [kind.name for kind in KINDS if kind.open_data and kind.name != "posts"])
def test_each_field_is_in_the_open_data(example, site, name):
    kind = BY_NAME[name]
    items = json.loads((site / f"api/v1/{kind.open_data.name}.json").read_text("utf-8"))["items"]
    records = as_kept(ROOT / "tests/areas/exampleshire", kind.home)
    # The figures of all areas make measures that have no file of their own.
    assert len(items) == len(getattr(example, name)) >= len(records)
    # What records give that is a default, or a null, may be left out; nothing else may.
    published = [set(texts(item)) for item in items]
    for record in records:
        wanted = set(texts(given(record)))
        assert any(wanted <= item for item in published), min((wanted - item for item in published), key=len)


# What is checked


@pytest.mark.parametrize("kind, fields", together([
    (kind, field) for kind, field in FIELDS
    if kind not in ("organisations", "redirects", "services") and (kind, field) != ("priorities", "finding")
    and (isinstance(EXAMPLES[kind][field][0], str) or field in ("also", "in_short", "done_when", "topics"))]))
def test_personal_data_in_any_text_is_found(area, capsys, kind, fields):
    personal = "My NHS number is 943 476 5919."
    write(area, kind, full(kind) | {field: [personal] if isinstance(EXAMPLES[kind][field][0], list) else personal
                                    for field in fields})
    capsys.readouterr()
    assert main(["check", "--area", str(area), "--today", TODAY.isoformat()]) == 1
    found = [line.split(" ")[0] for line in capsys.readouterr().out.splitlines()
             if line.startswith(FILES[kind][0]) and "error[personal-data]" in line]
    assert len({*found}) == len(fields), found
