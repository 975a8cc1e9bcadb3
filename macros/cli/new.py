"""`board new`: create a record or a post."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from ..records import ACTION_KINDS, DECISION_KINDS, FINDING_KINDS, MIN_ANSWERS
from ..register import Register
from ..write import Edits, WriteError
from ..write.new import (
    ASK_FOR_A_TEST,
    new_action,
    new_decision,
    new_family_verdict,
    new_feedback,
    new_finding,
    new_measure,
    new_meeting,
    new_post,
)
from .options import command, common, today
from .writing import (
    a_count,
    a_day,
    a_due_date,
    a_list,
    a_period,
    a_text,
    add_dry_run,
    add_source,
    an_owner,
    check_area,
    write,
)

Maker = Callable[[Register, dict[str, Any]], tuple[str, Edits]]

MAKERS: dict[str, Maker] = {"post": new_post, "action": new_action, "decision": new_decision, "meeting": new_meeting,
                            "measure": new_measure, "finding": new_finding, "feedback": new_feedback,
                            "verdict": new_family_verdict}


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = command(
        commands, "new", run,
        more="The file is valid and has the next free id. What you leave out is marked TO CONFIRM,\n"
             "and is not published until you have answered it.",
        examples=['new action --title "Answer letters within 10 days" --kind promised --meeting 2026-11-17',
                  "new action --help"])
    kinds = parser.add_subparsers(dest="record", required=True, metavar="KIND")
    _add_action_options(kinds)
    _add_decision_options(kinds)
    _add_meeting_options(kinds)
    _add_measure_options(kinds)
    _add_finding_options(kinds)
    _add_feedback_options(kinds)
    _add_verdict_options(kinds)
    _add_post_options(kinds)


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
    if options.record != "verdict" and (options.area / first).exists():
        print(f"Nothing was written: {first} is there already.")
        return 1
    messages = [f"Wrote {id} to {first}.", *(f"Added it to {other}." for other in others)]
    if options.record == "action" and given.get("kind") == "promised" and not given.get("done_when"):
        messages.append(ASK_FOR_A_TEST)
    return write(options, area, edits, messages)


def _new_parser(kinds: argparse._SubParsersAction[argparse.ArgumentParser], name: str, help: str,
                example: str) -> argparse.ArgumentParser:
    parser = command(kinds, name, run, help=help, examples=[f"new {name} {example}"], parents=[common()])
    parser.argument_default = argparse.SUPPRESS
    add_dry_run(parser)
    add_source(parser, "where a reader can see it")
    return parser


def _add_action_options(kinds: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = _new_parser(kinds, "action", "a promise, a plan or an aim",
                         '--title "Answer letters within 10 days" --kind promised --owner council --due 2027-03')
    parser.add_argument("--title", required=True, help="what was said, in one line that begins with a verb")
    parser.add_argument("--kind", dest="kind_", choices=ACTION_KINDS,
                        help="promised if a source commits somebody to it, planned if somebody reported a plan, aim if "
                             "somebody hoped for it")
    parser.add_argument("--said-by", metavar="WHO", help="who said it: an organisation's id, or an office in words")
    parser.add_argument("--detail", help="more about it, in a sentence or two")
    parser.add_argument("--owner", type=an_owner, metavar="ID",
                        help="who answers for it, as in data/organisations.yml; null if no source says")
    parser.add_argument("--with", type=a_list, metavar="IDS", help="who takes part, separated by commas: nhs,forum")
    parser.add_argument("--due", type=a_due_date, metavar="DATE",
                        help="by when: 2027-03-31, 2027-03, 2027-Q1 or 2027, or null")
    parser.add_argument("--priorities", type=a_list, metavar="IDS", help="what it is for: P1,P3")
    parser.add_argument("--done-when", action="append", metavar="LINE",
                        help="what readers will be able to see once it is done; repeat for up to four lines")
    parser.add_argument("--plan", metavar="ID", help="the plan that holds it, as in data/plans.yml")
    parser.add_argument("--meeting", type=a_day, metavar="DAY", help="the meeting at which it was said")
    parser.add_argument("--decision", metavar="ID", help="the decision by which it was said")


def _add_decision_options(kinds: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = _new_parser(kinds, "decision", "what the board decided at a meeting",
                         '--meeting 2026-11-17 --text "Publish waiting times each month" --kind agreed')
    parser.add_argument("--meeting", type=a_day, required=True, metavar="DAY", help="the meeting that made it")
    parser.add_argument("--text", required=True, help="what was decided, in your words")
    parser.add_argument("--kind", dest="kind_", choices=DECISION_KINDS, help="how far it went")


def _add_meeting_options(kinds: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = _new_parser(kinds, "meeting", "a meeting that was held, or is planned",
                         "--date 2027-01-19 --state planned")
    parser.add_argument("--date", type=a_day, required=True, metavar="DAY", help="its day")
    parser.add_argument("--state", choices=("held", "planned", "cancelled"),
                        help="default: held if the day is past, planned otherwise")
    parser.add_argument("--number", type=int, help="which meeting of the board it is")
    parser.add_argument("--attended", type=a_list, metavar="IDS", help="which organisations came: council,nhs")


def _add_measure_options(kinds: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = _new_parser(kinds, "measure", "a question that a figure answers",
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


def _add_finding_options(kinds: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = _new_parser(kinds, "finding", "what an inspection or somebody else found or recommended",
                         '--title "Letters are hard to read" --text "Most letters need help to read." --kind found '
                         "--from ofsted --date 2026-11-20")
    parser.add_argument("--title", required=True, help="what was found, in one line")
    parser.add_argument("--id", help="its short name in addresses (default: made from the title and the year)")
    parser.add_argument("--text", required=True, help="what was found or recommended, in your words")
    parser.add_argument("--kind", dest="kind_", choices=FINDING_KINDS, required=True, help="which of the two it is")
    parser.add_argument("--from", dest="from_", metavar="ID", required=True,
                        help="who found it, as in data/organisations.yml")
    parser.add_argument("--date", type=a_period, required=True, metavar="DATE", help="when it was published")
    parser.add_argument("--responsible", type=a_list, metavar="IDS", help="whom it names as responsible: council,nhs")
    parser.add_argument("--answer-due", type=a_due_date, metavar="DATE", help="by when an answer is due")
    parser.add_argument("--actions", type=a_list, metavar="IDS", help="the promises that answer it: A-012,A-013")
    parser.add_argument("--measures", type=a_list, metavar="IDS", help="the measures that would show that it is better")


def _add_feedback_options(kinds: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = _new_parser(kinds, "feedback", "what many families said",
                         '--title "No reply to emails" --said "Many emails get no reply." --date 2026-11 '
                         "--through forum")
    parser.add_argument("--title", required=True, help="what they said, in one line")
    parser.add_argument("--said", required=True, help="what they said, in a sentence or two; never one family's story")
    parser.add_argument("--date", type=a_period, required=True, metavar="DATE", help="when it was heard")
    parser.add_argument("--through", required=True, metavar="ID",
                        help="the organisation through which it was heard, as in data/organisations.yml")
    parser.add_argument("--actions", type=a_list, metavar="IDS", help="the actions that belong to it: A-012,A-013")
    parser.add_argument("--decisions", type=a_list, metavar="IDS", help="the decisions that belong to it: D-003")


def _add_verdict_options(kinds: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = _new_parser(kinds, "verdict", "what families said when they were asked",
                         "--about A-012 --asked-by forum --date 2026-11-20 --answered 60 --yes 14 --partly 10 --no 22 "
                         "--too-early 14")
    parser.add_argument("--about", required=True, metavar="ID", help="the action, the finding or the priority")
    parser.add_argument("--asked-by", required=True, metavar="ID", help="who asked, as in data/organisations.yml")
    parser.add_argument("--date", type=a_period, required=True, metavar="DATE", help="when they were asked")
    parser.add_argument("--answered", type=a_count, required=True, metavar="COUNT",
                        help=f"how many families answered, at least {MIN_ANSWERS}")
    for name, words in (("--yes", "feel the change"), ("--partly", "feel it in part"), ("--no", "do not feel it"),
                        ("--too-early", "say that it is too early to know")):
        parser.add_argument(name, type=a_count, required=True, metavar="COUNT", help=f"how many {words}")


def _add_post_options(kinds: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = _new_parser(kinds, "post", "a post of the chair, or a summary of one",
                         '--title "Plans come sooner" --date 2026-11-20 --meeting 2026-11-17 --text-file post.md')
    parser.add_argument("--title", required=True, help="its headline")
    parser.add_argument("--date", type=a_day, metavar="DAY", help="its day (default: today)")
    parser.add_argument("--description", help="one sentence that says what it is about")
    parser.add_argument("--in-short", action="append", metavar="SENTENCE",
                        help="a short sentence for a parent in a hurry; repeat for two to four of them")
    parser.add_argument("--meeting", type=a_day, metavar="DAY", help="the meeting that it is about")
    parser.add_argument("--topics", type=a_list, metavar="TOPICS",
                        help="the ids of its topics, as in data/topics.yml, separated by commas")
    parser.add_argument("--kind", dest="kind_", choices=("post", "summary"),
                        help="post if the chair wrote it (default), summary if it is in your words")
    parser.add_argument("--text-file", metavar="FILE", type=a_text, dest="text",
                        help="a Markdown file with its text")
