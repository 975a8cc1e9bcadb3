"""`board form`: what the form workflow runs to turn an issue into the files of a pull request."""

from __future__ import annotations

import argparse
import json
import re
import sys
from datetime import date
from pathlib import Path

from ..problem import Problem
from ..review.github_markdown import escape_markdown
from ..write.edits import Edits, WriteError, apply
from ..write.form import forms, read_issue
from .asked import Asked, FormError, Made
from .form_fields import FORMS
from .options import command, common, today
from .writing import LEFT_OPEN, readable, try_out

ATTACHMENT = re.compile(
    r"https://github\.com/user-attachments/files/\d+/(?P<name>[A-Za-z0-9._-]+\.(?:docx|odt))(?=[\s)\]]|\Z)", re.I)
"""Where GitHub keeps a file that was dragged into a form."""

MOST_BYTES = 20_000_000
SECONDS = 30

WRITER = re.compile(r"[A-Za-z0-9-]{1,39}(?:\[bot\])?\Z")
"""A GitHub account's name."""


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = command(
        commands, "form", run, help="turn an issue made with a form into changed files", parents=[common()],
        more="GitHub runs it: .github/workflows/form.yml. It changes the files of the area, and writes the name of a\n"
             "branch, a title and a text for the pull request into a folder; or, where the form has mistakes, a\n"
             "comment that says which field, and why.",
        examples=["form --event event.json --out form"])
    parser.add_argument("--event", type=Path, required=True, metavar="FILE", help="the event as GitHub describes it")
    parser.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="where to write what to say")
    parser.add_argument("--forms", type=Path, default=None, metavar="FOLDER",
                        help="the issue forms (default: .github/ISSUE_TEMPLATE in the area)")


def run(options: argparse.Namespace) -> int:
    """Change the files that a form asks for. Returns 1 where the form has mistakes, 2 where there is no issue."""
    register = readable(options)
    if register is None:
        return 1
    try:
        issue = json.loads(options.event.read_text(encoding="utf-8"))["issue"]
        number, body, login = int(issue["number"]), str(issue["body"] or ""), str(issue["user"]["login"])
    except (OSError, ValueError, KeyError, TypeError):
        print(f"{options.event} describes no issue", file=sys.stderr)
        return 2
    options.out.mkdir(parents=True, exist_ok=True)
    found = read_issue(body, forms(options.forms or options.area / ".github/ISSUE_TEMPLATE"))
    if found is None or found[0].name not in FORMS:
        print("The issue is not made with one of the forms: it is left for a person.")
        return 0
    form, values = found
    asked = Asked(form, values, register)
    try:
        made = FORMS[form.name](asked, today(options), fetch)
        left = _tried(asked, made, today(options)) if made else []
    except FormError as error:
        (options.out / "comment.md").write_text(_comment(error.mistakes), encoding="utf-8")
        print(f"The form has {len(error.mistakes)} mistake{'s' * (len(error.mistakes) != 1)}.")
        return 1
    if made is None:
        print("What the form asks for needs a person: it is left for them.")
        return 0
    what, edits, notices = made
    apply(register.root, edits)
    writer = login if WRITER.match(login) else "unknown"
    for name, text in {"branch": f"form-{number}", "title": f"{what} (#{number})",
                       "pull-request.md": _body(number, writer, edits, notices, left)}.items():
        (options.out / name).write_text(text + "\n", encoding="utf-8")
    print(f"{what}: {', '.join(edits)}")
    return 0


def fetch(text: str) -> tuple[str, bytes]:
    """Return the name and the bytes of the document that is attached in a field. Raises WriteError where it cannot be
    had. Only files that GitHub itself keeps are asked for."""
    import requests

    match = ATTACHMENT.search(text)
    if not match:
        raise WriteError("no .docx or .odt file is attached here; drag one into the box, and wait until its name shows")
    try:
        with requests.get(match[0], timeout=SECONDS, stream=True) as answer:
            answer.raise_for_status()
            content = answer.raw.read(MOST_BYTES + 1, decode_content=True)
    except requests.RequestException:
        raise WriteError("the attached document could not be fetched from GitHub; attach it anew") from None
    if len(content) > MOST_BYTES:
        raise WriteError(f"the attached document is larger than {MOST_BYTES // 1_000_000} MB; make its pictures "
                         "smaller")
    return match["name"], content


def _tried(asked: Asked, made: Made, on: date) -> list[Problem]:
    """Return what is left to confirm or reads badly in what was made. Raises FormError where it would not pass."""
    found = try_out(asked.register.root, made[1], on)
    for problem in found:
        if problem.level == "error" and problem.code != LEFT_OPEN:
            asked.wrong(_field(asked, problem), f"{problem.message}; {problem.hint}")
    asked.stop()
    return found


def _field(asked: Asked, problem: Problem) -> str:
    """Return the id of the field that a problem is about, as far as its code tells it; else the form's first."""
    codes = {"unknown-owner": "owner", "unknown-meeting": "meeting", "unknown-decision": "decision",
             "unknown-priority": "priorities", "update-order": "date", "future-date": "date", "no-evidence": "evidence",
             "web-address": "source_url", "no-source": "source_title", "post-date": "post_date",
             "figure-order": "period", "figure-twice": "revises", "small-number": "value", "small-number-left": "value"}
    id = codes.get(problem.code, "")
    return id if id in asked.form.labels else next(iter(asked.form.labels))


def _comment(mistakes: list[tuple[str, str]]) -> str:
    lines = ["<!-- board form -->", "This form cannot be turned into a pull request yet:", ""]
    lines += [f"- **{escape_markdown(label)}**: {escape_markdown(why)}" for label, why in mistakes]
    lines += ["", "Please edit the issue above (the three dots at its corner, then “Edit”). It is tried again when you "
                  "save it."]
    return "\n".join(lines) + "\n"


def _body(number: int, writer: str, edits: Edits, notices: list[str], left: list[Problem]) -> str:
    lines = [f"Asked for by @{writer} in #{number}.", "", f"Closes #{number}.", "", "Changed:", ""]
    lines += [f"- `{path}`" for path in edits]
    for heading, texts in (("To confirm before it can be published", [p for p in left if p.code == LEFT_OPEN]),
                           ("What reads badly", [p for p in left if p.level == "warning"]),
                           ("What to know about the document", notices)):
        if texts:
            lines += ["", f"{heading}:", "", *(f"- {escape_markdown(text)}" for text in texts)]
    return "\n".join(lines)
