"""Problems without the personal data that they would quote: the log of a check is public."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import PurePosixPath

from ...problem import Problem
from ...register import Register
from .area import Look
from .finding import Finding

QUOTE = re.compile(r"\"[^\"]*\"")
GONE = "…"
CODE = "personal-data"
SILENT = "take out what is personal, and check again to read more"
NOBODYS = frozenset(("name@example.org",))
"""Examples that problems themselves give of what to write."""


def without_values(problems: Iterable[Problem], register: Register) -> list[Problem]:
    """Return problems of which none repeats personal data, in its words or in the name of its file.

    Where a file holds any, the other problems of that file quote nothing at all: a quote that is cut, or that begins on
    another line, would show a part of it. Elsewhere only what is found in a message is left out.
    """
    problems = sorted(set(problems))
    silent = {problem.path for problem in problems if problem.code == CODE}
    look = Look(register)
    names = {path: _name(path, look) for path in {problem.path for problem in problems}}
    told = [_told(problem, problem.path in silent and problem.code != CODE, look, names) for problem in problems]
    return sorted(set(told))


def _told(problem: Problem, is_silent: bool, look: Look, names: dict[str, str]) -> Problem:
    message = _cut(problem.message, look, is_silent=is_silent)
    hint = SILENT if is_silent else _cut(problem.hint, look, is_silent=False)
    for path, shown in names.items():
        if path != shown:
            message, hint = message.replace(path, shown), hint.replace(path, shown)
    return replace(problem, path=names[problem.path], message=message, hint=hint)


def _cut(text: str, look: Look, *, is_silent: bool) -> str:
    if is_silent:
        text = QUOTE.sub(f'"{GONE}"', text)
    return _blanked(text, [finding for finding in look.findings(text) if finding.value not in NOBODYS])


def _name(path: str, look: Look) -> str:
    name = PurePosixPath(path).name
    return path.removesuffix(name) + _blanked(name, look.in_name(name))


def _blanked(text: str, found: list[Finding]) -> str:
    for finding in sorted(found, reverse=True):
        text = text[:finding.start] + GONE + text[finding.end:]
    return text
