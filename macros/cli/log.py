"""`board log`: the action log that a board tables, as a Word document, and back."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

import shtab

from ..write import Edits, WriteError
from ..write.action_log import write_log
from ..write.change import update
from ..write.read_action_log import ProposedUpdate, ReadLog, read_log
from .options import command, common, today
from .writing import CheckedArea, a_day, add_source, check_area, write


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = command(
        commands, "log", run, parents=[common()],
        more="The log is a Word document: a table with a row for each open action. Its last three columns are filled\n"
             "in at the meeting. What is read back is only shown. Add --write to put it into the files.",
        examples=["log --out Action-log.docx", "log --read Action-log.docx",
                  'log --read Action-log.docx --write --date 2026-12-15 --source "Action log" https://council.example/log'])
    ways = parser.add_mutually_exclusive_group(required=True)
    for option, help in (("--out", "make the log, and write it into this file"),
                         ("--read", "read a log that was filled in, as .docx or .odt")):
        ways.add_argument(option, type=Path, metavar="FILE", help=help).complete = shtab.FILE  # type: ignore[attr-defined]
    parser.add_argument("--write", action="store_true",
                        help="write what was read into the histories of the actions; without it, it is only shown")
    parser.add_argument("--date", type=a_day, metavar="DAY",
                        help="the day on which it happened or was published, such as that of the meeting "
                             "(default: today)")
    add_source(parser, "where readers can see what the log says")
    parser.set_defaults(dry_run=False)


def run(options: argparse.Namespace) -> int:
    """Write or read the log. Returns 1 if something in it cannot be understood or would not pass the checks, and 2 if a
    file cannot be read or written."""
    area = check_area(options)
    if area is None:
        return 1
    try:
        return _write_document(area, options.out) if options.out else _read_document(options, area)
    except OSError as error:
        print(f"{error.filename}: the file cannot be read or written ({error.strerror}); is this its name?",
              file=sys.stderr)
    except WriteError as error:
        print(f"{options.out or options.read}: {error}\nNothing was written.", file=sys.stderr)
    return 2


def _write_document(area: CheckedArea, file: Path) -> int:
    if file.suffix.lower() != ".docx":
        raise WriteError("the log is a Word document; give it a name that ends in .docx")
    if file.exists():
        raise WriteError("this file is there already, and may be filled in; give another name")
    file.write_bytes(write_log(area.register))
    count = len(area.register.actions_where(status="open"))
    print(f"Wrote {file} with {count} open action{'s' * (count != 1)}. Read it back with: board log --read {file}")
    return 0


def _read_document(options: argparse.Namespace, area: CheckedArea) -> int:
    log = read_log(area.register, options.read.name, options.read.read_bytes())
    shared = {"date": options.date or today(options).isoformat(), "source": options.source}
    chosen = [(proposed, {key: value for key, value in shared.items() if value} | proposed.given)
              for proposed in log.updates]
    problems = list(log.problems)
    if area.register.area.standing != "adopted":
        problems += [f"{proposed.progress.action.id}: readers cannot see where this comes from; add --source \"TITLE\" "
                     "ADDRESS, or a line with a title and an address below the news"
                     for proposed, given in chosen if not (given.get("source") or given.get("evidence"))]
    _show(log, chosen, problems)
    if problems:
        print("\nNothing was written. Change the document, save it, and read it again.")
        return 1
    edits: Edits = {}
    for proposed, given in chosen:
        edits |= update(area.register, proposed.progress.action.id, given)
    if not edits:
        print("\nNothing was written: the log says nothing new.")
        return 0
    if options.write:
        print()
        return write(options, area, edits, [f"Added to {path}." for path in edits])
    errors = area.problems_from(edits)
    print("".join(f"\n{problem}" for problem in errors))
    print("Nothing was written. Add --write to put this into the histories of the actions.")
    return int(any(problem.level == "error" for problem in errors))


def _show(log: ReadLog, chosen: list[tuple[ProposedUpdate, dict[str, Any]]], problems: list[str]) -> None:
    for proposed, given in chosen:
        action = proposed.progress.action
        print(f"{action.id}  {action.title}")
        for key, value in given.items():
            for item in value if isinstance(value, list) else [value]:
                print(f"  {key}:", f"{item['title']}, {item['url']}" if isinstance(item, dict) else item)
    if log.known:
        print(f"\nIn the history already: {', '.join(log.known)}.")
    if log.new:
        print(f"\nWithout the number of an action, so not read: {', '.join(log.new)}. Add a new action with "
              "`board new action`.")
    if problems:
        print("\nCould not be understood:\n" + "\n".join(f"  {problem}" for problem in problems))
