"""`board update`, `board figure` and `board correct`: they add to a published record."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Collection
from typing import get_args

from ..problem import suggestion
from ..records import STATUSES
from ..records.measure import FigureState
from ..write import WriteError
from ..write.change import CORRECTABLE, add_figure, correct, is_backdated, update
from .options import command, common, today
from .values import NOT_PUBLISHED, Links, a_day, a_due_date, a_figure, a_period, a_status
from .writing import add_dry_run, add_source, check_area, write


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands."""
    _add_update(commands)
    _add_figure(commands)
    _add_correct(commands)


def _add_update(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = command(
        commands, "update", run_update, help="record what happened to an action", parents=[common()],
        more="It adds an entry at the end of the action's history. Earlier entries never change:\n"
             "a new date or owner needs a reason, and readers see the old one beside it.",
        examples=['update A-012 --status in_progress --note "Two of four schools have begun."',
                  'update A-012 --due 2027-03-31 --reason "The contract was signed late."',
                  'update A-012 --status complete --evidence "Report of May" https://council.example/report'])
    parser.add_argument("id", metavar="ID", help="the action, such as A-012")
    parser.add_argument("--note", help="what happened, in a sentence or two")
    parser.add_argument("--status", type=a_status, metavar="STATUS", help=f"one of {', '.join(STATUSES)}")
    parser.add_argument("--due", type=a_due_date, metavar="DATE", help="the new date; needs a reason")
    parser.add_argument("--owner", metavar="ID", help="the new owner; needs a reason")
    parser.add_argument("--reason", help="why the date or the owner changed, or why it was stopped")
    parser.add_argument("--evidence", nargs=2, action=Links, metavar=("TITLE", "ADDRESS"),
                        help="what a reader can open to see that it is so; repeat for more")
    add_source(parser)
    parser.add_argument("--date", type=a_day, metavar="DAY",
                        help="the day it happened or was published (default: today)")
    add_dry_run(parser)


def _add_figure(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    states = get_args(FigureState)
    parser = command(
        commands, "figure", run_figure, help="add a figure to a measure", parents=[common()],
        more="It is inserted in order of time. Earlier figures never change: a better figure\n"
             "for the same time says with --revises what it replaces.",
        examples=["figure plans-on-time --period 2026-10 --value 54.5 --state provisional",
                  'figure plans-on-time --period 2026-10 --value 55 --revises "54.5, before late plans came in"',
                  'figure plans-on-time --period 2026-11 --state not_available --note "It comes in March 2027."'])
    parser.add_argument("id", metavar="MEASURE", help="the measure's short name, as in its page's address")
    parser.add_argument("--period", required=True, type=a_period, metavar="TIME",
                        help="what it is for: a day, a month, a quarter or a year")
    parser.add_argument("--value", type=a_figure, metavar="FIGURE",
                        help='such as 1161, 54.5 or "about 2,000"; leave it out if none is published')
    parser.add_argument("--state", choices=states, metavar="STATE",
                        help=f"one of {', '.join(states)} (default: {states[0]})")
    parser.add_argument("--revises", metavar="WORDS", help="which figure it replaces, and why")
    parser.add_argument("--note", help="what a reader must know about it; why it is suppressed")
    add_source(parser, "where it was published")
    add_dry_run(parser)


def _add_correct(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = command(
        commands, "correct", run_correction, help="correct a published mistake, in the open", parents=[common()],
        more="It writes the right words, and keeps the old ones with the reason: readers see both.\n"
             "For what has changed since, use `board update`.",
        examples=['correct A-012 --field title --now "Open a resource base in Bury" --reason "The town was wrong."'])
    parser.add_argument("id", metavar="ID", help="the record: A-012, D-003, F-001, a meeting's day or a measure")
    fields = sorted({field for names in CORRECTABLE.values() for field in names})
    parser.add_argument("--field", required=True, choices=fields, metavar="FIELD",
                        help=f"what was wrong: {', '.join(fields)}")
    parser.add_argument("--now", required=True, help="what it should say; null if it is not published")
    parser.add_argument("--reason", required=True, help="why it was wrong")
    parser.add_argument("--date", type=a_day, metavar="DAY", help="the day of the correction (default: today)")
    add_dry_run(parser)


def run_update(options: argparse.Namespace) -> int:
    """Add an update to an action. Returns 1 if it would not pass the checks, 2 if there is no such action."""
    area = check_area(options)
    if area is None:
        return 1
    register = area.register
    if not _is_known("action", options.id, register.actions, "use an id such as A-012, as shown on its page"):
        return 2
    given = vars(options) | {"date": options.date or today(options).isoformat()}
    edits = update(register, options.id, given)
    messages = [f"Added to the history of {options.id}, {path}." for path in edits]
    if is_backdated(register.actions[options.id], given["date"]):
        messages.append("The history has newer entries, so this one is dated today and says when it happened.")
    return write(options, area, edits, messages)


def run_figure(options: argparse.Namespace) -> int:
    """Add a figure to a measure. Returns 1 if it would not pass the checks, 2 if there is no such measure."""
    area = check_area(options)
    if area is None:
        return 1
    measures = area.register.measures
    if not _is_known("measure", options.id, measures, f"use one of: {', '.join(measures)}"):
        return 2
    value, is_approximate = options.value or (None, False)
    edits = add_figure(area.register, options.id, vars(options) | {"value": value, "approximate": is_approximate})
    return write(options, area, edits, [f"Added to the figures of {options.id}, {path}." for path in edits])


def run_correction(options: argparse.Namespace) -> int:
    """Correct a record. Returns 1 if it would not pass the checks, 2 if it cannot be corrected like this."""
    area = check_area(options)
    if area is None:
        return 1
    now = None if options.now == NOT_PUBLISHED else options.now
    try:
        edits = correct(area.register, options.id, options.field, now, options.reason,
                        options.date or today(options).isoformat())
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
