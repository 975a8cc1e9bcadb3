"""`board figure`: one more figure of a measure."""

from __future__ import annotations

import argparse
import sys
from typing import get_args

from ..problem import suggestion
from ..records.measure import FigureState
from ..write.change import add_figure
from .options import command, common
from .values import Link, a_figure, a_period
from .writing import dry_run, readable, write


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = command(
        commands, "figure", run, help="add a figure to a measure", parents=[common()],
        more="It is put in its place by its time. What stands there is never changed: a better figure\n"
             "for the same time says with --revises what it replaces.",
        examples=["figure plans-on-time --period 2026-10 --value 54.5 --state provisional",
                  'figure plans-on-time --period 2026-10 --value 55 --revises "54.5, before late plans came in"',
                  'figure plans-on-time --period 2026-11 --state not_available --note "It comes in March 2027."'])
    parser.add_argument("id", metavar="MEASURE", help="the measure's short name, as it stands in its page's address")
    parser.add_argument("--period", required=True, type=a_period, metavar="TIME",
                        help="what it is for: a day, a month, a quarter or a year")
    parser.add_argument("--value", type=a_figure, metavar="FIGURE",
                        help='such as 1161, 54.5 or "about 2,000"; left out where none is published')
    parser.add_argument("--state", choices=get_args(FigureState), metavar="STATE",
                        help=f"one of {', '.join(get_args(FigureState))}; the first where it is left out")
    parser.add_argument("--revises", metavar="WORDS", help="which figure it replaces, and why")
    parser.add_argument("--note", help="what a reader must know of it; why it is suppressed")
    parser.add_argument("--source", nargs=2, action=Link, metavar=("TITLE", "ADDRESS"), help="where it was published")
    dry_run(parser)


def run(options: argparse.Namespace) -> int:
    """Add a figure. Returns 1 where it would not pass the checks, 2 where there is no such measure."""
    register = readable(options)
    if register is None:
        return 1
    if options.id not in register.measures:
        print(f'There is no measure "{options.id}"; '
              + suggestion(options.id, register.measures, f"use one of: {', '.join(register.measures)}"),
              file=sys.stderr)
        return 2
    value, is_about = options.value or (None, False)
    edits = add_figure(register, options.id, vars(options) | {"value": value, "approximate": is_about})
    return write(options, edits, [f"Added to the figures of {options.id}, {path}." for path in edits])
