"""What `make test` runs a part of, and `make test-all` the whole: many examples, moments or pages of one behaviour."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from typing import TypeVar

import pytest

ALL = bool(os.environ.get("TEST_ALL"))

Case = TypeVar("Case")

only_in_test_all = pytest.mark.skipif(not ALL, reason="make test-all runs it, and make test a smaller one like it")


def share(number: int) -> int:
    """Return how many of `number` examples to try: all of them, or a tenth, and ten at the least."""
    return number if ALL else max(10, number // 10)


def one_in(number: int, cases: Sequence[Case], first: int = 0) -> Sequence[Case]:
    """Return what a test looks at in turn: each of the cases, or, in `make test`, one in `number`, from `first` on."""
    return cases if ALL else cases[first::number]


def sample(cases: Iterable[object], number: int) -> list[object]:
    """Return the cases of a parametrised test: `make test` runs `number` of them, and `make test-all` all."""
    cases = list(cases)
    chosen = {index * len(cases) // number for index in range(number)}
    return [case if index in chosen else _later(case) for index, case in enumerate(cases)]


def _later(case: object) -> object:
    if isinstance(case, type(pytest.param())):
        return pytest.param(*case.values, id=case.id, marks=[*case.marks, only_in_test_all])
    return pytest.param(*(case if isinstance(case, tuple) else (case,)), marks=only_in_test_all)
