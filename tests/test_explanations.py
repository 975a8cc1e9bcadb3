"""What the checks mean: every code is explained, and every example is one that gives its code."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from types import NoneType
from typing import Annotated, Any, Literal, get_args, get_origin

import pytest
import yaml
from pydantic import BaseModel, Field, ValidationError

from macros import records
from macros.__main__ import main
from macros.checks import CHECKS, READING, Check, UnexplainedCodeError, all_codes, codes_by_topic, explained
from macros.problem import Problem, Topic
from macros.register.explain import explain
from macros.source.files import MAX_BYTES, Document
from tests.conftest import ROOT

BAD = ROOT / "tests/bad"
SMALL = ROOT / "tests/areas/small"
CODES = {code.name: code for code in all_codes()}
HISTORY = {name for name, code in CODES.items() if code.topic is Topic.HISTORY}
WITHOUT_CASE = {"no-test"}
"""Codes that no folder of tests/bad gives, but a test in test_plans.py does."""


@cache
def given_by_cases() -> dict[tuple[str, str], list[Path]]:
    """The folders of tests/bad whose expected lines have a level and code."""
    found: dict[tuple[str, str], list[Path]] = {}
    for file in sorted(BAD.glob("*/expected.txt")):
        for level, code in re.findall(r"^.+?:\d+: (\w+)\[([a-z-]+)\] ", file.read_text(encoding="utf-8"), re.M):
            found.setdefault((level, code), []).append(file.parent)
    return found


def test_every_problem_of_bad_input_has_an_explained_code_and_its_level():
    assert {code: level for level, code in given_by_cases()} == {
        name: code.level for name, code in CODES.items() if name not in WITHOUT_CASE | HISTORY}


def test_a_check_cannot_give_a_problem_whose_code_is_not_explained():
    def finds_something(register: object) -> list[Problem]:
        return [Problem("data/area.yml", 1, "no-such-code", "this is wrong", "change it")]

    with pytest.raises(UnexplainedCodeError, match="no-such-code"):
        list(Check(finds_something, READING)(None))
    with pytest.raises(UnexplainedCodeError, match="warning"):
        list(explained([Problem("data/area.yml", 1, "date", "this is wrong", "change it", "warning")], READING))


def test_each_code_is_explained_once():
    names = [code.name for code in all_codes()]
    assert len(names) == len(set(names))


def test_each_check_says_in_a_sentence_what_it_ensures():
    names = [check.find.__name__ for check in CHECKS]
    assert len(names) == len(set(names))
    for check in CHECKS:
        assert re.match(r"Ensures? that [^\n]+\.(\n|$)", check.find.__doc__ or ""), check.find.__name__


def choices(model: type[BaseModel], seen: set[type]) -> set[str]:
    """The keys of a record, and of those inside it, whose values are chosen from a list."""
    seen.add(model)
    found = set()
    for name, field in model.model_fields.items():
        for part in parts(field.annotation):
            if get_origin(part) is Literal:
                found.add(field.alias or name)
            elif isinstance(part, type) and issubclass(part, BaseModel) and part not in seen:
                found |= choices(part, seen)
    return found


def parts(annotation: Any) -> list[Any]:
    if get_origin(annotation) is Literal or not get_args(annotation):
        return [] if annotation in (NoneType, ...) else [annotation]
    return [part for argument in get_args(annotation) for part in parts(argument)]


def test_every_choice_of_a_record_has_a_code_for_a_wrong_value():
    models = [model for model in vars(records).values() if isinstance(model, type) and issubclass(model, BaseModel)
              and model.__module__ != records.Indicator.__module__]  # indicators come with the software
    assert {f"unknown-{key}" for model in models for key in choices(model, set())} <= {code.name for code in READING}


@pytest.mark.parametrize("name", sorted(set(CODES) - WITHOUT_CASE - HISTORY))
def test_the_wrong_example_is_from_a_case_that_gives_the_code(name):
    lines = [" ".join(line.split()) for line in CODES[name].wrong.split("\n") if not line.startswith("(")]
    cases = given_by_cases()[CODES[name].level, name]
    assert any(all(line in content_of(case) for line in lines) for case in cases), lines


@cache
def content_of(case: Path) -> str:
    """The files of a case with their names, and those of the small area that it leaves as they are."""
    names, texts = [], []
    for home in (SMALL, case):
        for path in sorted(home.rglob("*")):
            if path.name in ("why.txt", "expected.txt"):
                continue
            names.append(path.relative_to(home).as_posix() + ("/" if path.is_dir() else ""))
            if path.is_file() and (home == case or not (case / path.relative_to(home)).exists()):
                texts.append(path.read_text(encoding="utf-8", errors="replace"))
    return " ".join(" ".join((*names, *texts)).split())


@pytest.mark.parametrize("name", sorted(set(CODES) - HISTORY))
def test_right_is_not_wrong(name):
    assert CODES[name].right.split() != CODES[name].wrong.split() or name in ("yaml-depth", "value-kind"), name


def test_what_rewrites_history_has_a_test_that_names_its_code():
    ways = (ROOT / "tests/tampering/ways").glob("*/way.yml")
    found = {problem for file in ways for problem in yaml.safe_load(file.read_bytes())["expect"]["problems"]}
    others = (ROOT / "tests/test_ledger.py").read_text(encoding="utf-8")
    assert {name for name in HISTORY if name not in others} <= found


def test_a_file_that_is_too_large_is_refused(tmp_path, capsys):
    (tmp_path / "data").mkdir()
    (tmp_path / "data/area.yml").write_text("x" * (MAX_BYTES + 1), encoding="utf-8")
    assert main(["check", "--area", str(tmp_path), "--today", "2026-11-24"]) == 1
    assert capsys.readouterr().out.startswith("data/area.yml:1: error[too-large] ")


def test_a_rule_without_words_of_its_own_still_gives_one_line():
    """A rule that is added to a record must not end in a traceback."""
    class Newer(BaseModel):
        number: Annotated[int, Field(ge=1)]

    with pytest.raises(ValidationError) as caught:
        Newer.model_validate({"number": -1})
    problem, = explain(caught.value, Document("data/a.yml", {"number": -1}, {("number",): 3}), Newer)
    assert str(problem).startswith('data/a.yml:3: error[value] "number": ')


def test_the_command_explains_every_code_and_suggests_one_for_a_slip(capsys):
    for name, code in CODES.items():
        assert main(["check", "--explain", name]) == 0
        shown = " ".join(capsys.readouterr().out.split())
        assert all(" ".join(text.split()) in shown for text in (name, code.help, code.wrong, code.right))
    assert main(["check", "--explain", "unknown-ownr"]) == 2
    assert 'did you mean "unknown-owner"?' in capsys.readouterr().err


def test_explanations_are_in_plain_english():
    import textstat

    for topic, codes in codes_by_topic().items():
        text = " ".join(re.sub(r"\S*[_=:]\S*", "", code.help) for code in codes)
        age = 5 + (textstat.automated_readability_index(text) + textstat.coleman_liau_index(text)) / 2
        assert age <= 12, (topic, age)
        for sentence in re.split(r"(?<=[.!?]) ", text):
            assert len(sentence.split()) <= 25, sentence
