"""`board new`, `board update`, `board figure` and `board correct`: create a record, or add to a published one."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Collection
from typing import Any, get_args

from ..official import indicators
from ..problem import suggestion
from ..records import ACTION_KINDS, DECISION_KINDS, FINDING_KINDS, MIN_ANSWERS, STATUSES
from ..records.measure import FigureState
from ..register import Register
from ..write import Edits, WriteError
from ..write.change import (
    CORRECTABLE,
    THEME_KEYS,
    UPDATE_KEYS,
    add_figure,
    correct,
    is_backdated,
    step_number,
    update,
    update_theme,
)
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
    NOT_PUBLISHED,
    CheckedArea,
    RepeatedLinkOption,
    a_count,
    a_day,
    a_due_date,
    a_figure,
    a_list,
    a_period,
    a_status,
    a_text,
    add_dry_run,
    add_source,
    an_owner,
    check_area,
    write,
)

COMMON_KEYS = {"date", "source", "answer"}
"""What an update of any record may have."""

BACKDATED = "This is older than a week, or than the newest entry: so it is dated today, and says when it happened."

Maker = Callable[[Register, dict[str, Any]], tuple[str, Edits]]

MAKERS: dict[str, Maker] = {"post": new_post, "action": new_action, "decision": new_decision, "meeting": new_meeting,
                            "measure": new_measure, "finding": new_finding, "feedback": new_feedback,
                            "verdict": new_family_verdict}


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands."""
    _add_new(commands)
    _add_update(commands)
    _add_figure(commands)
    _add_correct(commands)


def _add_new(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = command(
        commands, "new", run_new,
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


def run_new(options: argparse.Namespace) -> int:
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
    parser = command(kinds, name, run_new, help=help, examples=[f"new {name} {example}"], parents=[common()])
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


def _add_update(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = command(
        commands, "update", run_update, parents=[common()],
        more="It adds an entry at the end of the action's history. Earlier entries never change:\n"
             "a new date or owner needs a reason, and readers see the old one beside it.\n"
             "For what families said (F-003), give --taken-up-by, --answer, --changed, or several of them.",
        examples=['update A-012 --status in_progress --note "Two of four schools have begun."',
                  'update A-012 --due 2027-03-31 --reason "The contract was signed late."',
                  'update A-012 --asked scrutiny --answer "It will be ready in March."',
                  'update F-003 --answer "The clinic will ring back." --source "Minutes" https://council.example/may',
                  'update A-012 --step 2 --status complete --evidence "Report of May" https://council.example/report'])
    parser.add_argument("id", metavar="ID", help="the action, such as A-012, or what families said, such as F-003")
    parser.add_argument("--step", metavar="NUMBER",
                        help="which of its steps this is about, counted from 1; status and date are then the step's")
    parser.add_argument("--note", help="what happened, in a sentence or two")
    parser.add_argument("--status", type=a_status, metavar="STATUS", help=f"one of {', '.join(STATUSES)}")
    parser.add_argument("--to", metavar="ID", help="the action that goes on with it, if it was carried over or merged")
    parser.add_argument("--due", type=a_due_date, metavar="DATE", help="the new date; needs a reason")
    parser.add_argument("--owner", metavar="ID", help="the new owner; needs a reason")
    parser.add_argument("--reason", help="why the date or the owner changed, or why it was stopped or dropped")
    parser.add_argument("--evidence", nargs=2, action=RepeatedLinkOption, metavar=("TITLE", "ADDRESS"),
                        help="what a reader can open to see that it is so; repeat for more. Where it shows one line of "
                             "done_when, begin the title with its number: \"2: Report of May\"")
    parser.add_argument("--asked", metavar="FORUM",
                        help="where somebody asked about it in public, as in data/forums.yml")
    parser.add_argument("--by", metavar="ID",
                        help="the organisation that says so, where the evidence is not on a site of its own")
    parser.add_argument("--taken-up-by", metavar="ID", help="the organisation that took up what families said")
    parser.add_argument("--answer", help="what was answered: to families, or with --asked, in public")
    parser.add_argument("--changed", help="what is different now for families")
    add_source(parser)
    parser.add_argument("--editorial", action="store_true",
                        help="you found it yourselves: readers see it, and it does not count as news")
    parser.add_argument("--date", type=a_day, metavar="DAY",
                        help="the day it happened or was published (default: today)")
    add_dry_run(parser)


def _add_figure(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    states = get_args(FigureState)
    parser = command(
        commands, "figure", run_figure, parents=[common()],
        more="It is inserted in order of time. Earlier figures never change: a better figure\n"
             "for the same time says with --revises what it replaces.",
        examples=["figure plans-on-time --period 2026-10 --value 54.5 --state provisional",
                  'figure plans-on-time --period 2026-10 --value 55 --revises "54.5, before late plans came in"',
                  'figure plans-on-time --period 2026-11 --state not_available --note "It comes in March 2027."',
                  "figure plans-on-time --period 2026 --value 46.1 --for England"])
    parser.add_argument("id", metavar="MEASURE", help="the measure's short name, as in its page's address")
    parser.add_argument("--period", required=True, type=a_period, metavar="TIME",
                        help="what it is for: a day, a month, a quarter or a year")
    parser.add_argument("--value", type=a_figure, metavar="FIGURE",
                        help='such as 1161, 54.5 or "about 2,000"; leave it out if none is published')
    parser.add_argument("--for", dest="place", metavar="PLACE",
                        help="whose figure it is, if not the area's own: England, or a region")
    parser.add_argument("--state", choices=states, metavar="STATE",
                        help=f"one of {', '.join(states)} (default: {states[0]})")
    parser.add_argument("--revises", metavar="WORDS", help="which figure it replaces, and why")
    parser.add_argument("--note", help="what a reader must know about it; why it is suppressed")
    add_source(parser, "where it was published")
    add_dry_run(parser)


def _add_correct(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = command(
        commands, "correct", run_correction, parents=[common()],
        more="It writes the right words, and keeps the old ones with the reason: readers see both.\n"
             "For what has changed since, use `board update`.",
        examples=['correct A-012 --field title --now "Open a resource base in Bury" --reason "The town was wrong."'])
    parser.add_argument("id", metavar="ID",
                        help="the record: A-012, D-003, F-001, a meeting's day, the short name of a measure or an "
                             "organisation, a word of the glossary, events.3 for the third event, or area")
    fields = sorted({field for names in CORRECTABLE.values() for field in names})
    parser.add_argument("--field", required=True, metavar="FIELD",
                        help=f"what was wrong: {', '.join(fields)}; for area a name like board.purpose or "
                             "feedback.parent_carer.what_happens_next")
    parser.add_argument("--now", required=True,
                        help="what it should say; null if it is not published. Separate ids by commas: P1,P3, and "
                             "lines of done_when by an upright stroke between spaces. For "
                             "said_at give a meeting's day or a decision's id")
    parser.add_argument("--reason", required=True, help="why it was wrong, or why it is another one now")
    add_source(parser, "where the right value had been published: a due date, an owner or a target needs it")
    parser.add_argument("--date", type=a_day, metavar="DAY", help="the day of the correction (default: today)")
    add_dry_run(parser)


def run_update(options: argparse.Namespace) -> int:
    """Add an update to an action, or to what families said. Returns 1 if it would not pass the checks, 2 if there is
    no such record or step, or an option is about the other kind of record."""
    area = check_area(options)
    if area is None:
        return 1
    register = area.register
    is_theme = options.id in register.feedback
    wrong = [key for key in ({*UPDATE_KEYS, "by"} if is_theme else set(THEME_KEYS)) - COMMON_KEYS
             if getattr(options, key, None)]
    if wrong:
        named = ", ".join(f"--{key.replace('_', '-')}" for key in sorted(wrong))
        print(f"Nothing was written: {named} {'are' if len(wrong) > 1 else 'is'} for "
              f"{'actions' if is_theme else 'what families said'}, and {options.id} is "
              f"{'what families said' if is_theme else 'an action'}.", file=sys.stderr)
        return 2
    if is_theme:
        return _update_theme(options, area)
    if not _is_known("action", options.id, register.actions, "use an id such as A-012, as shown on its page"):
        return 2
    if options.asked and not _is_known("forum", options.asked, register.forums, "add it to data/forums.yml first"):
        return 2
    if options.answer and not options.asked:
        print("Nothing was written: --answer is what was answered in public; say where with --asked FORUM",
              file=sys.stderr)
        return 2
    given = vars(options) | {"date": options.date or today(options).isoformat()}
    try:
        given["step"] = step_number(register.actions[options.id], options.step) if options.step else None
    except WriteError as error:
        print(f"Nothing was written: {error}", file=sys.stderr)
        return 2
    if not (options.source or options.evidence or options.editorial) and register.area.standing != "adopted":
        print('Nothing was written: readers cannot see where this comes from. Add --source "TITLE" ADDRESS, or '
              "--editorial if you found it yourselves.")
        return 1
    edits = update(register, options.id, given)
    messages = [f"Added to the history of {options.id}, {path}." for path in edits]
    if is_backdated(register, register.actions[options.id].updates, given["date"]):
        messages.append(BACKDATED)
    return write(options, area, edits, messages)


def _update_theme(options: argparse.Namespace, area: CheckedArea) -> int:
    if not options.source:
        print('Nothing was written: readers cannot see where this comes from. Add --source "TITLE" ADDRESS.')
        return 1
    given = vars(options) | {"date": options.date or today(options).isoformat()}
    edits = update_theme(area.register, options.id, given)
    messages = [f"Added to what came of {options.id}, {path}." for path in edits]
    if is_backdated(area.register, area.register.feedback[options.id].updates, given["date"]):
        messages.append(BACKDATED)
    return write(options, area, edits, messages)


def run_figure(options: argparse.Namespace) -> int:
    """Add a figure to a measure. Returns 1 if it would not pass the checks, 2 if the measure takes no such figure."""
    area = check_area(options)
    if area is None:
        return 1
    measures = area.register.measures
    known = measures.keys() | indicators().keys()
    if not _is_known("measure", options.id, known, f"use one of: {', '.join(measures)}"):
        return 2
    value, is_approximate = options.value or (None, False)
    try:
        edits = add_figure(area.register, options.id, vars(options) | {"value": value, "approximate": is_approximate})
    except WriteError as error:
        print(f"Nothing was written: {error}.", file=sys.stderr)
        return 2
    of = f" for {options.place}" if options.place else ""
    return write(options, area, edits, [f"Added to the figures of {options.id}{of}, {path}." for path in edits])


def run_correction(options: argparse.Namespace) -> int:
    """Correct a record. Returns 1 if it would not pass the checks, 2 if it cannot be corrected like this."""
    area = check_area(options)
    if area is None:
        return 1
    now = None if options.now == NOT_PUBLISHED else options.now
    try:
        edits = correct(area.register, options.id, options.field, now, options.reason,
                        options.date or today(options).isoformat(), options.source)
    except WriteError as error:
        print(f"Nothing was written: {error}", file=sys.stderr)
        return 2
    messages = [f"Corrected {options.id} in {path}; readers see both wordings." for path in edits]
    return write(options, area, edits, messages)


def _is_known(kind: str, id: str, ids: Collection[str], otherwise: str) -> bool:
    """Whether `id` is among `ids`. If not, says so, with the nearest id or what to do `otherwise`."""
    if id not in ids:
        print(f'There is no {kind} "{id}"; {suggestion(id, ids, otherwise)}', file=sys.stderr)
    return id in ids
