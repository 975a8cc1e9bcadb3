"""Formats of problems: text for people, annotations for GitHub, and JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict

from ..kinds import KINDS
from ..problem import Problem
from ..register import Register

COUNTED = ("actions", "decisions", "meetings", "measures", "posts")

Report = Callable[[Sequence[Problem], Register | None], str]


def as_text(problems: Sequence[Problem], register: Register | None) -> str:
    """Return one line for each problem, and a last line with their number, or with what was checked."""
    errors = [problem for problem in problems if problem.level == "error"]
    counted = []
    if errors:
        files = len({problem.path for problem in errors})
        counted.append(f"{len(errors)} problem{'s' * (len(errors) != 1)} in {files} file{'s' * (files != 1)}: "
                       "fix them, then check again.")
    elif register:
        counts = (f"{len(records)} {kind.singular if len(records) == 1 else kind.plural}"
                  for kind, records in ((kind, getattr(register, kind.name)) for kind in KINDS if kind.name in COUNTED))
        counted.append(f"No problems: {', '.join(counts)}.")
    warnings = len(problems) - len(errors)
    if warnings:
        counted.append(f"{warnings} style warning{'s' * (warnings != 1)} (not blocking).")
    return "\n".join([*map(str, problems), *([" ".join(counted)] if counted else [])])


def as_github(problems: Sequence[Problem], register: Register | None) -> str:
    """Return workflow commands, which GitHub shows as annotations at the lines of a pull request.

    Source: GitHub Docs, "Workflow commands for GitHub Actions", "Setting an error message".
    """
    def escape(text: str) -> str:
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")

    def escape_property(text: str) -> str:
        return escape(text).replace(":", "%3A").replace(",", "%2C")

    return "\n".join(
        f"::{problem.level} file={escape_property(problem.path)},line={problem.line},"
        f"title={escape_property(problem.code)}::{escape(problem.message)}; {escape(problem.hint)}"
        for problem in problems
    )


def as_json(problems: Sequence[Problem], register: Register | None) -> str:
    """Return `{"problems": [{path, line, code, message, hint, level}], "errors": n, "warnings": n}`."""
    return json.dumps({
        "problems": [asdict(problem) for problem in problems],
        "errors": sum(problem.level == "error" for problem in problems),
        "warnings": sum(problem.level == "warning" for problem in problems),
    }, ensure_ascii=False, indent=2)


FORMATS: dict[str, Report] = {"text": as_text, "github": as_github, "json": as_json}
