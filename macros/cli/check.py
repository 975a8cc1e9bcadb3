"""`board check` lists what blocks publication; `board safety` makes an exception for one value."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from textwrap import fill, indent

from .options import command, common, today

FORMATS = ("text", "github", "json", "ids")
"""The names of `report.FORMATS`, which loads all checks. A test compares them."""


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands."""
    _add_check(commands)
    _add_safety(commands)


def _add_check(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = command(
        commands, "check", run_check, parents=[common()],
        more="Each problem has its file, its line, what is wrong and how to fix it.\n"
             "Warnings are about writing that is hard to read. They do not block publication.\n"
             "With --against, only warnings about changed files are shown.",
        examples=["check", "check --against origin/main", "check --explain unknown-owner"])
    parser.add_argument("--against", metavar="REV",
                        help="also report changes that rewrite history since this branch, tag or commit")
    parser.add_argument("--explain", metavar="CODE",
                        help="explain the word in square brackets of a message, such as unknown-owner")
    parser.add_argument("--format", choices=FORMATS, default="text", help="the output format (default: text)")


def run_check(options: argparse.Namespace) -> int:
    """Print the problems of an area, or explain a code. Returns 1 for an error, and 2 for an unknown code."""
    from ..checks import check, report
    from ..checks.privacy import redact
    from ..ledger import against

    if options.explain:
        return _explain(options.explain)
    register, problems = check(options.area, today(options))
    if options.against is not None and register:
        found, changed = against(register, options.against)
        # Warnings about unchanged files would hide those about the change.
        problems = redact([*(problem for problem in problems if problem.level == "error" or problem.path in changed),
                           *found], register)
    printed = report.FORMATS[options.format](problems, register)
    print(printed, end="\n" * bool(printed))
    return 1 if any(problem.level == "error" for problem in problems) else 0


def _explain(name: str) -> int:
    from ..checks import all_codes
    from ..problem import suggestion

    codes = {code.name: code for code in all_codes()}
    if name not in codes:
        print(f'there is no code "{name}"; ' + suggestion(name, codes, "use the word in square brackets of a message"),
              file=sys.stderr)
        return 2
    code = codes[name]
    print(fill(f"{name} ({code.level}): {code.help}", 100), "Wrong:\n" + indent(code.wrong, "  "),
          "Right:\n" + indent(code.right, "  "), sep="\n\n")
    return 0


def _add_safety(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = command(
        commands, "safety", run_safety, parents=[common()],
        more="For each finding in a file, it prints an entry for data/safety.yml, without the value.\n"
             "Fill in the reason, who decided it and until when it is valid.\n"
             "Never make an exception for a real child, parent or patient.",
        examples=["safety data/area.yml", "safety docs/about.md"])
    parser.add_argument("file", metavar="FILE", help="a file in data/ or docs/, as named in the message")


def run_safety(options: argparse.Namespace) -> int:
    """Print an entry for each finding in a file. Returns 1 if there is none, 2 if there is no such file."""
    from ..checks.privacy import digest, findings_in_file
    from ..register import read

    root = Path(options.area)
    file = (root / options.file).resolve()
    if not file.is_file() or not file.is_relative_to(root.resolve()):
        print(f'there is no file "{options.file}" in this area; name one in data/ or docs/', file=sys.stderr)
        return 2
    found = findings_in_file(read(root, today(options))[0], file)
    for where, finding in found:
        print(f"# {where}, {finding.length} characters\n- digest: {digest(finding.kind, finding.value)}\n"
              f"  kind: {finding.kind}\n  reason:\n  by:\n  until:")
    if not found:
        print("Nothing in this file looks like personal data, or an exception already allows it.")
    return 0 if found else 1
