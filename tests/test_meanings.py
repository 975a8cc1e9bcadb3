"""What the checks mean: no code is left unexplained, and no example has drifted from what brings the code out."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from types import NoneType
from typing import Annotated, Any, Literal, get_args, get_origin

import pytest
from pydantic import BaseModel, Field, ValidationError

from macros import records
from macros.__main__ import main
from macros.checks.names import SINGULAR
from macros.meanings import GROUPS
from macros.register.explain import SAYINGS, explain
from macros.source.files import MAX_BYTES, Document
from tests.conftest import ROOT

BAD = ROOT / "tests/bad"
SMALL = ROOT / "tests/areas/small"
MEANINGS = {meaning.code: meaning for group in GROUPS for meaning in group.meanings}
ADVICE = {meaning.code for group in GROUPS if group.is_advice for meaning in group.meanings}
OF_HISTORY = {meaning.code for group in GROUPS if "published" in group.heading for meaning in group.meanings}
NO_CASE = {"too-large", "value"}
"""Codes that no folder of tests/bad brings out, but a test below."""


def given_as_code(call: ast.Call) -> ast.AST | None:
    """What a call of Problem, or of a function that makes one, gives as the code."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name not in ("Problem", "problem"):
        return None
    place = 2 if name == "Problem" and not isinstance(call.args[0], ast.Starred) else 1
    return call.args[place] if len(call.args) > place else None


def codes_in(path: Path) -> tuple[set[str], list[str]]:
    """The codes that a module gives, and the expressions by which it computes others."""
    found, computed = set(), []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        code = given_as_code(node) if isinstance(node, ast.Call) else None
        if isinstance(code, ast.JoinedStr):
            computed.append(ast.unparse(code))
        elif isinstance(code, ast.Constant):
            found.add(code.value)
        if isinstance(node, ast.FunctionDef) and node.returns and ast.unparse(node.returns) in (
                "Said", "tuple[str, str, str]"):
            for inner in ast.walk(node):
                if isinstance(inner, ast.Return) and isinstance(inner.value, ast.Tuple):
                    first = inner.value.elts[0]
                    if isinstance(first, ast.JoinedStr):
                        computed.append(ast.unparse(first))
                    elif isinstance(first, ast.Constant) and isinstance(first.value, str):
                        found.add(first.value)
    return found, computed


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


def used() -> set[str]:
    """Every code that a check can give."""
    found, computed = {saying[1] for saying in SAYINGS}, []
    for path in (ROOT / "macros").rglob("*.py"):
        given, made = codes_in(path)
        found |= given
        computed += made
    assert len(computed) == 2, f"a further code is computed: say here which it can be: {computed}"
    models = [model for model in vars(records).values() if isinstance(model, type) and issubclass(model, BaseModel)]
    found |= {f"unknown-{key}" for model in models for key in choices(model, set())}
    return found | {f"unknown-{word.split()[0]}" for word in (*SINGULAR.values(), "owner")}


def test_every_code_is_explained_and_every_explanation_is_of_a_code():
    assert set(MEANINGS) == used()


def test_no_code_is_explained_twice():
    codes = [meaning.code for group in GROUPS for meaning in group.meanings]
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize("code", sorted(set(MEANINGS) - NO_CASE - OF_HISTORY))
def test_the_wrong_example_stands_in_a_case_that_brings_the_code_out(code):
    level = "warning" if code in ADVICE else "error"
    cases = [file.parent for file in BAD.glob("*/expected.txt")
             if f": {level}[{code}] " in file.read_text(encoding="utf-8")]
    assert cases, f"no folder of tests/bad brings out {code}"
    lines = [" ".join(line.split()) for line in MEANINGS[code].wrong.split("\n") if not line.startswith("(")]
    assert any(all(line in stands_in(case) for line in lines) for case in cases), lines


def stands_in(case: Path) -> str:
    """The files of a case with their names, those that it leaves as they are in the small area included."""
    names, texts = [], []
    for home in (SMALL, case):
        for path in sorted(home.rglob("*")):
            if path.name in ("why.txt", "expected.txt"):
                continue
            names.append(path.relative_to(home).as_posix() + ("/" if path.is_dir() else ""))
            if path.is_file() and (home == case or not (case / path.relative_to(home)).exists()):
                texts.append(path.read_text(encoding="utf-8", errors="replace"))
    return " ".join(" ".join((*names, *texts)).split())


@pytest.mark.parametrize("code", sorted(OF_HISTORY))
def test_what_rewrites_history_has_a_test_that_names_its_code(code):
    assert code in (ROOT / "tests/test_ledger.py").read_text(encoding="utf-8")


def test_a_file_that_is_too_large_is_said_to_be(tmp_path, capsys):
    (tmp_path / "data").mkdir()
    (tmp_path / "data/area.yml").write_text("x" * (MAX_BYTES + 1), encoding="utf-8")
    assert main(["check", "--area", str(tmp_path), "--today", "2026-11-24"]) == 1
    assert capsys.readouterr().out.startswith("data/area.yml:1: error[too-large] ")


def test_what_no_saying_foresees_is_said_in_a_line_all_the_same():
    """A rule that is added to a record without words of its own must not end in a traceback."""
    class Newer(BaseModel):
        number: Annotated[int, Field(ge=1)]

    with pytest.raises(ValidationError) as caught:
        Newer.model_validate({"number": -1})
    problem, = explain(caught.value, Document("data/a.yml", {"number": -1}, {("number",): 3}), Newer)
    assert str(problem).startswith('data/a.yml:3: error[value] "number": ')


def test_the_page_has_an_anchor_for_every_code_and_is_not_searched(sites):
    html = (sites["real"] / "guides/what-the-checks-mean/index.html").read_text(encoding="utf-8")
    for code in MEANINGS:
        assert html.count(f'id="{code}"') == 1, code
    assert "data-pagefind-body" not in html
    assert 'href="#how-your-words-read"' in html


def test_what_is_said_is_plain():
    """Whoever is told that something is wrong should not have to work out what it means."""
    import textstat

    for group in GROUPS:
        text = " ".join(re.sub(r"\S*[_=:]\S*", "", meaning.means) for meaning in group.meanings)
        age = 5 + (textstat.automated_readability_index(text) + textstat.coleman_liau_index(text)) / 2
        assert age <= 12, (group.heading, age)
        for sentence in re.split(r"(?<=[.!?]) ", text):
            assert len(sentence.split()) <= 25, sentence
