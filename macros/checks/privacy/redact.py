"""Redacts problems: they quote what is wrong, and the log of a check is public."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from ...problem import Problem
from ...register import Register
from .area import Scanner
from .findings import Finding

QUOTE = re.compile(r"\"[^\"]*\"")
REDACTED = "…"
REDACTED_HINT = "remove the personal data, and check again to read the whole message"
EXAMPLE_VALUES = frozenset(("name@example.org",))
"""Examples that messages themselves contain."""


def redact(problems: Iterable[Problem], register: Register) -> list[Problem]:
    """Return the problems, sorted, without personal data in their messages, hints and file names.

    If a file contains personal data, its other problems quote nothing at all: a quote may be cut short, or start on
    another line, and then show a part of it that no detector recognises. In other problems only findings are removed.
    """
    problems = sorted(set(problems))
    personal = {problem.path for problem in problems if problem.code == "personal-data"}
    scanner = Scanner(register)
    paths = {path: _redacted_path(path, scanner) for path in {problem.path for problem in problems}}
    return sorted({_redacted(problem, scanner, paths, quotes=problem.code == "personal-data" or
                             problem.path not in personal) for problem in problems})


def _redacted(problem: Problem, scanner: Scanner, paths: Mapping[str, str], *, quotes: bool) -> Problem:
    message = problem.message if quotes else QUOTE.sub(f'"{REDACTED}"', problem.message)
    message = _redacted_text(message, scanner)
    hint = _redacted_text(problem.hint, scanner) if quotes else REDACTED_HINT
    # Messages also name other files, such as the second one with the same id.
    for path, redacted in paths.items():
        if path != redacted:
            message, hint = message.replace(path, redacted), hint.replace(path, redacted)
    return replace(problem, path=paths[problem.path], message=message, hint=hint)


def _redacted_text(text: str, scanner: Scanner) -> str:
    return _without(text, [finding for finding in scanner.findings(text) if finding.value not in EXAMPLE_VALUES])


def _redacted_path(path: str, scanner: Scanner) -> str:
    name = PurePosixPath(path).name
    return path.removesuffix(name) + _without(name, scanner.findings_in_name(name))


def _without(text: str, found: list[Finding]) -> str:
    # From the last to the first, so that the positions of the others remain right.
    for finding in sorted(found, reverse=True):
        text = text[:finding.start] + REDACTED + text[finding.end:]
    return text
