"""`board new`: the file of a new post, action, decision, meeting or measure."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from ..records import DECISION_KINDS
from ..register import Register
from ..write import Edits, WriteError
from ..write.new import new_action, new_decision, new_measure, new_meeting, new_post
from .options import command, common, today
from .values import a_day, a_due_date, a_list, a_text, an_owner
from .writing import add_dry_run, add_source, check_area, write

Maker = Callable[[Register, dict[str, Any]], tuple[str, Edits]]

MAKERS: dict[str, Maker] = {"post": new_post, "action": new_action, "decision": new_decision, "meeting": new_meeting,
                            "measure": new_measure}


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command, with a subcommand for each kind of record."""
    parser = command(
        commands, "new", run, help="make the file of a new post, action, decision, meeting or measure",
        more="The file is valid and has the next free id. What you leave out is marked TO CONFIRM,\n"
             "and is not published until you have answered it.",
        examples=['new action --title "Answer letters within 10 days" --meeting 2026-11-17', "new action --help"])
    kinds = parser.add_subparsers(dest="record", required=True, metavar="KIND")
    _action(kinds)
    _decision(kinds)
    _meeting(kinds)
    _measure(kinds)
    _post(kinds)


def run(options: argparse.Namespace) -> int:
    """Write the record's file. Returns 1 if it would not pass the checks."""
    area = check_area(options)
    if area is None:
        return 1
    # A key that is missing is asked for in the file; a value of None is an answer, "not published".
    given = {key.rstrip("_"): value for key, value in vars(options).items() if value is not argparse.SUPPRESS}
    if options.record == "post":
        given.setdefault("date", today(options).isoformat())
    try:
        id, edits = MAKERS[options.record](area.register, given)
    except WriteError as error:
        print(f"Nothing was written: {error}.")
        return 1
    first, *others = edits
    if (options.area / first).exists():
        print(f"Nothing was written: {first} is there already.")
        return 1
    return write(options, area, edits, [f"Wrote {id} to {first}.", *(f"Added it to {other}." for other in others)])


def _kind(kinds: argparse._SubParsersAction[argparse.ArgumentParser], name: str, help: str, example: str
          ) -> argparse.ArgumentParser:
    parser = command(kinds, name, run, help=help, examples=[f"new {name} {example}"], parents=[common()])
    parser.argument_default = argparse.SUPPRESS
    add_dry_run(parser)
    add_source(parser, "where a reader can see it")
    return parser


def _action(kinds: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = _kind(kinds, "action", "a promise that the board or a partner has made",
                   '--title "Answer letters within 10 days" --owner council --due 2027-03 --meeting 2026-11-17')
    parser.add_argument("--title", required=True, help="what was promised, in one line that begins with a verb")
    parser.add_argument("--detail", help="more about it, in a sentence or two")
    parser.add_argument("--owner", type=an_owner, metavar="ID",
                        help="who answers for it, as in data/organisations.yml; null if no source says")
    parser.add_argument("--with", type=a_list, metavar="IDS", help="who takes part, separated by commas: nhs,forum")
    parser.add_argument("--due", type=a_due_date, metavar="DATE",
                        help="by when: 2027-03-31, 2027-03, 2027-Q1, 2027, words in quotes, or null")
    parser.add_argument("--priorities", type=a_list, metavar="IDS", help="what it is for: P1,P3")
    parser.add_argument("--meeting", type=a_day, metavar="DAY", help="the meeting that took it on")
    parser.add_argument("--decision", metavar="ID", help="the decision that led to it")


def _decision(kinds: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = _kind(kinds, "decision", "what the board decided at a meeting",
                   '--meeting 2026-11-17 --text "Publish waiting times each month" --kind agreed')
    parser.add_argument("--meeting", type=a_day, required=True, metavar="DAY", help="the meeting that made it")
    parser.add_argument("--text", required=True, help="what was decided, in your words")
    parser.add_argument("--kind", dest="kind_", choices=DECISION_KINDS, help="how far it went")


def _meeting(kinds: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = _kind(kinds, "meeting", "a meeting that was held, or is planned", "--date 2027-01-19 --state planned")
    parser.add_argument("--date", type=a_day, required=True, metavar="DAY", help="its day")
    parser.add_argument("--state", choices=("held", "planned", "cancelled"),
                        help="default: held if the day is past, planned otherwise")
    parser.add_argument("--number", type=int, help="which meeting of the board it is")
    parser.add_argument("--attended", type=a_list, metavar="IDS", help="which organisations came: council,nhs")


def _measure(kinds: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = _kind(kinds, "measure", "a question that a figure answers",
                   '--title "Plans on time" --question "How many plans were ready in 20 weeks?" '
                   '--unit "per cent of plans" --better higher')
    parser.add_argument("--title", required=True, help="its name")
    parser.add_argument("--id", help="its short name in addresses (default: made from the title)")
    parser.add_argument("--question", required=True, help="what it answers, in plain words")
    parser.add_argument("--unit", required=True, help="what is counted: per cent of plans, weeks, children")
    parser.add_argument("--better", choices=("higher", "lower", "neither"), required=True,
                        help="which way is better for families")
    parser.add_argument("--definition", help="what exactly is counted, and what is not")
    parser.add_argument("--priorities", type=a_list, metavar="IDS", help="what it is about: P1,P3")


def _post(kinds: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = _kind(kinds, "post", "a post of the chair, or a summary of one",
                   '--title "Plans come sooner" --date 2026-11-20 --meeting 2026-11-17 --text-file post.md')
    parser.add_argument("--title", required=True, help="its headline")
    parser.add_argument("--date", type=a_day, metavar="DAY", help="its day (default: today)")
    parser.add_argument("--description", help="one sentence that says what it is about")
    parser.add_argument("--in-short", action="append", metavar="SENTENCE",
                        help="a short sentence for a parent in a hurry; repeat for two to four of them")
    parser.add_argument("--meeting", type=a_day, metavar="DAY", help="the meeting that it is about")
    parser.add_argument("--topics", type=a_list, metavar="TOPICS", help="what it is about, separated by commas")
    parser.add_argument("--kind", dest="kind_", choices=("post", "summary"),
                        help="post if the chair wrote it (default), summary if it is in your words")
    parser.add_argument("--text-file", metavar="FILE", type=a_text, dest="text",
                        help="a Markdown file with its text")
