"""`board update`, `board figure` and `board correct`: add to a published record, or correct it in the open."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Collection
from typing import get_args

from ..official import indicators
from ..problem import suggestion
from ..records import STATUSES
from ..records.measure import FigureState
from ..write import WriteError
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
from .options import command, common, today
from .writing import (
    NOT_PUBLISHED,
    CheckedArea,
    RepeatedLinkOption,
    a_day,
    a_due_date,
    a_figure,
    a_period,
    a_status,
    add_dry_run,
    add_source,
    check_area,
    write,
)

COMMON_KEYS = {"date", "source", "answer"}
"""What an update of any record may have."""

BACKDATED = "This is older than a week, or than the newest entry: so it is dated today, and says when it happened."

def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands."""
    _add_update(commands)
    _add_figure(commands)
    _add_correct(commands)


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
    try:
        edits = update(register, options.id, given)
    except WriteError as error:
        print(f"Nothing was written: {error}.", file=sys.stderr)
        return 2
    messages = [f"Added to the history of {options.id}, {path}." for path in edits]
    if is_backdated(register, register.actions[options.id].updates, given["date"]):
        messages.append(BACKDATED)
    return write(options, area, edits, messages)


def _update_theme(options: argparse.Namespace, area: CheckedArea) -> int:
    if not options.source:
        print('Nothing was written: readers cannot see where this comes from. Add --source "TITLE" ADDRESS.')
        return 1
    given = vars(options) | {"date": options.date or today(options).isoformat()}
    try:
        edits = update_theme(area.register, options.id, given)
    except WriteError as error:
        print(f"Nothing was written: {error}.", file=sys.stderr)
        return 2
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
