"""Formats of problems: text for people, annotations for GitHub, and JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import asdict

from ..kinds import KINDS
from ..ledger import CODES
from ..problem import Problem, Topic
from ..register import Register

REWRITTEN = {code.name for code in CODES if code.topic is Topic.HISTORY}
"""The codes of problems with what was published."""

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


def as_ids(problems: Sequence[Problem], register: Register | None) -> str:
    """Return a line for each record whose published history was rewritten: its id and the problems' codes, no words.

    An issue that anybody can read repeats them: neither a value nor the name of a file may be in it.
    """
    codes: dict[str, set[str]] = {}
    for problem in problems:
        if problem.code in REWRITTEN:
            codes.setdefault(_id_in(problem.path), set()).add(problem.code)
    return "\n".join(f"{id}: {', '.join(sorted(found))}" for id, found in sorted(codes.items()))


def _id_in(path: str) -> str:
    """Return the id of the record in a file; of a post its day, and of anything else its folder or list."""
    kind = next((kind for kind in KINDS if path.startswith(kind.home)), None)
    stem = path.rsplit("/", 1)[-1].removesuffix(".yml").removesuffix(".md")
    if kind and kind.name == "posts":
        day = re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", stem)
        return f"a post of {day[0]}" if day else "a post"
    if kind and kind.is_folder:
        id = kind.id_in(stem)
        return id if kind.letter or kind.name == "meetings" else kind.singular
    return kind.home if kind else "docs/" if path.startswith("docs/") else path


FORMATS: dict[str, Report] = {"text": as_text, "github": as_github, "json": as_json, "ids": as_ids}
