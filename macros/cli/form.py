"""`board form`: turns an issue into the files and the texts of a pull request. The form workflow runs it."""

from __future__ import annotations

import argparse
import json
import re
import sys
from pathlib import Path

from ..checks.completeness import LEFT_OPEN
from ..checks.privacy import names_to_allow
from ..checks.privacy.area import Scanner, description
from ..problem import Problem
from ..review.github_markdown import escape_markdown
from ..review.review import PERSONAL_DATA
from ..write import Edits, WriteError, apply, current_text
from ..write.form import labels_in_answers, load_forms, outside_boxes, read_issue
from ..write.named import words_of
from ..write.yaml_writer import dump
from .forms import FORMS, FormError, FormFields, FormResult, PersonNeededError
from .forms.attachments import fetch
from .options import command, common, today
from .writing import CheckedArea, check_area

BROKEN = """\
This form could not be turned into a pull request, because the software broke down. It is not your fault.

Please ask those who look after this site to read the log of the workflow **Form**. Nothing was changed. What you \
wrote stays in this issue, and is tried again when you edit it."""

UNREADABLE = """\
This form cannot be turned into a pull request now, because the file `data/area.yml` of this site cannot be read.

Please ask those who look after this site to put it right. Then edit this issue: it is tried again when you save it."""

NO_FORM = """\
Thank you. This was not made with one of the forms, or one of its headings was changed, so a person has to read it. \
Nothing was changed.

Did you fill in a form? Then press **New issue**, choose the form again, and leave its headings as they are. Is there \
anything about a child or a family in it? Then ask an administrator to press “Delete issue”, at the foot of the column \
on the right: to edit it is not enough."""

MAX_CHARACTERS = {"title": 200, "pull-request.md": 60_000, "comment.md": 60_000}
"""How much of a text is sent: GitHub takes 256 characters of a title, and 65,536 of a comment."""

SAFETY = "data/safety.yml"
TICK = "leave it out; or, if anyone may know this name, such as that of a school or of somebody in a public office, " \
    "tick the box “Names in it”"

WRITER = re.compile(r"[A-Za-z0-9-]{1,39}(?:\[bot\])?\Z")
"""A GitHub account's name."""


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = command(
        commands, "form", run, parents=[common()],
        more="GitHub runs it: .github/workflows/form.yml. It changes the area's files, and writes a branch name,\n"
             "a title and a text for the pull request into a folder. If the form has mistakes, it writes a\n"
             "comment instead, which names each field and says what is wrong.",
        examples=["form --event event.json --out form"])
    parser.add_argument("--event", type=Path, required=True, metavar="FILE", help="the event as GitHub describes it")
    parser.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="where to write the texts")
    parser.add_argument("--forms", type=Path, default=None, metavar="FOLDER",
                        help="the issue forms (default: .github/ISSUE_TEMPLATE in the area)")


def run(options: argparse.Namespace) -> int:
    """Change the files that a form asks for. Returns 1 if the form has mistakes, 2 if the event describes no issue.

    Whatever happens, the writer of the issue hears of it: a comment is left in the folder, also for faults of the
    software, which are raised after that.
    """
    options.out.mkdir(parents=True, exist_ok=True)
    try:
        return _run(options)
    except Exception:
        (options.out / "comment.md").write_text(_page(BROKEN), encoding="utf-8")
        raise


def _run(options: argparse.Namespace) -> int:
    area = check_area(options)
    if area is None:
        (options.out / "comment.md").write_text(_page(UNREADABLE), encoding="utf-8")
        return 1
    try:
        issue = json.loads(options.event.read_text(encoding="utf-8"))["issue"]
        number, body = int(issue["number"]), str(issue.get("body") or "")
        login = str((issue.get("user") or {}).get("login", "unknown"))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        (options.out / "comment.md").write_text(_page(BROKEN), encoding="utf-8")
        print(f"{options.event} describes no issue", file=sys.stderr)
        return 2
    known = load_forms(options.forms or options.area / ".github/ISSUE_TEMPLATE")
    found, outside = read_issue(body, known), outside_boxes(body, known)
    if outside and not Scanner(area.register).findings(body):
        quoted = " ".join(outside[1])[:200]
        (options.out / "comment.md").write_text(_comment([("Words that are in no box", f"“{quoted}”: move them into a "
                                                           "box, or delete them")]), encoding="utf-8")
        print("The form has words that are in no box.")
        return 1
    if found is None or found[0].name not in FORMS:
        found_in_body = Scanner(area.register).findings(body)
        text = _comment([("What you wrote", description(finding)) for finding in found_in_body[:5]], is_personal=True) \
            if found_in_body else _page(NO_FORM)
        (options.out / "comment.md").write_text(text, encoding="utf-8")
        print("The issue was not made with one of the forms, so it is left to a person.")
        return 0
    form, values = found
    fields = FormFields(form, values, area.register)
    try:
        result = FORMS[form.name](fields, today(options), fetch)
        if fields.is_ticked("names"):
            result = _with_names_allowed(area, result)
        problems = _check_result(area, fields, result)
    except FormError as error:
        (options.out / "comment.md").write_text(_comment(error.mistakes, error.is_personal), encoding="utf-8")
        print(f"The form has {len(error.mistakes)} mistake{'s' * (len(error.mistakes) != 1)}.")
        return 1
    except PersonNeededError as needed:
        (options.out / "comment.md").write_text(_page(str(needed)), encoding="utf-8")
        print("The form asks for something that needs a person.")
        return 0
    except WriteError as error:
        (options.out / "comment.md").write_text(_comment([(form.name.replace("-", " ").capitalize(), str(error))]),
                                                encoding="utf-8")
        print("The form asks for something that cannot be written.")
        return 1
    title, edits, notices = result
    if repeated := labels_in_answers(body, form):
        notices = [*notices, f"An answer has a heading that is the name of a box: {', '.join(repeated)}. Is each part "
                             "of the text in its own box?"]
    apply(area.register.root, edits)
    writer = login if WRITER.match(login) else "unknown"
    for name, text in {"branch": f"form-{number}", "title": f"{title} (#{number})",
                       "pull-request.md": _body(number, writer, edits, notices, problems)}.items():
        (options.out / name).write_text(_short(name, text) + "\n", encoding="utf-8")
    print(f"{title}: {', '.join(path for path, content in edits.items() if content is not None)}")
    return 0


def _short(name: str, text: str) -> str:
    """Return a text as long as GitHub takes it, cut at the end of a line."""
    limit = MAX_CHARACTERS.get(name, len(text))
    return text if len(text) <= limit else text[:limit].rsplit("\n", 1)[0] + ("\n\n…" if "." in name else "…")


def _with_names_allowed(area: CheckedArea, result: FormResult) -> FormResult:
    """Return the result with a line in data/safety.yml for each name that the writer says anyone may know."""
    title, edits, notices = result
    root = area.register.root
    names = names_to_allow(area.register, (text for path, text in edits.items() if isinstance(text, str)))
    if not names:
        return result
    before = current_text(root, edits, SAFETY) if (root / SAFETY).is_file() else ""
    lines = "".join(dump([{"allow": name}]) for name in names)
    return title, edits | {SAFETY: f"{before.rstrip()}\n{lines}".lstrip()}, [
        *notices, f"The writer says that anyone may know these names, and {SAFETY} now allows them: "
                  f"{', '.join(names)}. Please make sure that none is a child, a parent or a member of staff."]


def _check_result(area: CheckedArea, fields: FormFields, result: FormResult) -> list[Problem]:
    """Return style warnings and open questions of the result. Raises FormError if it would not pass the checks."""
    problems = area.problems_from(result[1])
    if personal := [problem for problem in problems if problem.code == PERSONAL_DATA]:
        _report_personal_data(area, fields, personal, result[1])
    for problem in problems:
        if problem.level == "error" and problem.code != LEFT_OPEN:
            fields.mistakes.append((_field(fields, problem, result[1]), _in_words_of_the_form(fields, problem)))
    fields.raise_mistakes()
    return problems


def _in_words_of_the_form(fields: FormFields, problem: Problem) -> str:
    """Return what a problem says, with the labels of the form in place of the keys of the file that it would make."""
    if problem.code == "unseen":
        return "there is an invisible character in it; delete it, or type the words again"
    text = re.sub(r'"(?:- )?[a-z_]+: "?(?=[^"\s])', '"', f"{problem.message}; {problem.hint}")
    return re.sub(r'"([a-z_]+):?"', lambda match: f"“{fields.form.labels[match[1]]}”"
                  if match[1] in fields.form.labels else match[0], text)


def _report_personal_data(area: CheckedArea, fields: FormFields, problems: list[Problem], edits: Edits) -> None:
    """Report each box that holds personal data, and never what it is. Raises FormError."""
    scanner, has_tick = Scanner(area.register), "names" in fields.form.labels
    for id, value in fields.values.items():
        for finding in scanner.findings(value):
            fields.report(id, f"{description(finding)}, from character {finding.start + 1}; "
                          + (TICK if finding.kind == "name" and has_tick else "leave it out"))
    if not fields.mistakes and "document" in fields.values:
        kinds = sorted({problem.message.split(",")[0] for problem in problems})
        fields.report("document", f"it holds personal data ({'; '.join(kinds)}); take it out of the document; or, if "
                      "anyone may know the names in it, tick the box “Names in it”")
    elif not fields.mistakes:
        fields.mistakes = list(dict.fromkeys(
            (_box(fields, problem, edits) or "This form", f"{problem.message.split(',')[0]}; leave it out")
            for problem in problems))
    raise FormError(fields.mistakes, is_personal=True)


def _box(fields: FormFields, problem: Problem, edits: Edits) -> str | None:
    """Return the label of the field whose words a problem quotes or are on its line, or None if there is none."""
    lines = str(edits.get(problem.path) or "").split("\n")
    near = {word for line in lines[max(0, problem.line - 1):problem.line] for word in words_of(line)}
    quoted = set(words_of(" ".join(re.findall(r'"([^"]*)"', problem.message))))

    def score(id: str) -> tuple[int, int, int]:
        words = set(words_of(fields.values[id]))
        return len(words & quoted), len(words & near), -len(words)

    best = max((id for id in fields.values if id in fields.form.labels), key=score, default=None)
    return fields.form.labels[best] if best and any(score(best)[:2]) else None


def _field(fields: FormFields, problem: Problem, edits: Edits) -> str:
    """Return the label of the field that a problem is about, judging by its code, or else by the words that it is
    about."""
    codes = {"unknown-owner": "owner", "unknown-meeting": "meeting", "unknown-decision": "decision",
             "unknown-priority": "priorities", "update-order": "date", "future-date": "date", "no-evidence": "evidence",
             "evidence-by": "by", "done-when-evidence": "evidence", "done-when-line": "evidence", "no-successor": "to",
             "successor": "to", "unknown-action": "actions" if "actions" in fields.form.labels else "to",
             "unknown-plan": "plan", "unknown-forum": "asked",
             "web-address": "source_url" if "source_url" in fields.form.labels else "asked",
             "few-answers": "answered", "feel-counts": "feel", "asked-date": "asked",
             "no-source": "source_title", "post-date": "post_date",
             "figure-order": "period", "figure-twice": "revises", "small-number": "value", "small-number-left": "value"}
    id = codes.get(problem.code, "")
    labels = fields.form.labels
    return labels[id] if id in labels else labels["now"] if "now" in labels else \
        _box(fields, problem, edits) or "This form"


def _comment(mistakes: list[tuple[str, str]], is_personal: bool = False) -> str:
    lines = ["<!-- board form -->"]
    if is_personal:
        lines += ["**Delete this issue now.** Something in it looks like personal data, and everyone can read it. To "
                  "edit it is not enough: earlier versions can be opened.", "",
                  "1. Press **Delete issue**, at the foot of the column on the right of this page. Only an "
                  "administrator of the repository sees it: if you do not, ask one now.",
                  "2. Then send a new form without it. The guide “When something goes wrong” says what else to do.", "",
                  "This is where it is:", ""]
    else:
        lines += ["This form cannot be turned into a pull request yet:", ""]
    lines += [f"- **{escape_markdown(label)}**: {escape_markdown(why)}" for label, why in mistakes]
    if not is_personal:
        lines += ["", "Please edit the issue above (the three dots at its corner, then “Edit”). It is tried again when "
                      "you save it."]
    return _short("comment.md", "\n".join(lines)) + "\n"


def _page(text: str) -> str:
    return f"<!-- board form -->\n{text}\n"


def _body(number: int, writer: str, edits: Edits, notices: list[str], problems: list[Problem]) -> str:
    lines = [f"Asked for by @{writer} in #{number}.", "", f"Closes #{number}.", "", "Changed:", ""]
    lines += [f"- `{path}`" for path, content in edits.items() if content is not None]
    open_questions = sum(problem.code == LEFT_OPEN for problem in problems)
    if notices:
        lines += ["", "Please look at these:", "", *(f"- {escape_markdown(text)}" for text in notices)]
    if open_questions:
        lines += ["", "One question is still open: the comment below asks it, with a link to its place."
                  if open_questions == 1 else f"{open_questions} questions are still open: the comment below asks "
                  "them, each with a link to its place."]
    return "\n".join(lines)
