"""What several commands take: the area's folder and the day, and how a command is described."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from ..today import today_in_england

Run = Callable[[argparse.Namespace], int]
"""What a command does. Returns 0 where all is well, 1 where there are problems, 2 for wrong usage."""


def day(text: str) -> date:
    """Read a day from the command line. Raises argparse.ArgumentTypeError with what to write."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f'"{text}" is not a day; write it like 2026-11-24') from None


def seconds(text: str) -> float:
    """Read a number of seconds from the command line. Raises argparse.ArgumentTypeError with what to write."""
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 3600:
        raise argparse.ArgumentTypeError(f'"{text}" is not a number of seconds; write it like 20')
    return value


def area(text: str) -> Path:
    """Read the folder of an area from the command line. Raises argparse.ArgumentTypeError where it is none."""
    folder = Path(text)
    if not folder.is_dir():
        raise argparse.ArgumentTypeError(f'there is no folder "{text}"')
    if not (folder / "data").is_dir():
        raise argparse.ArgumentTypeError(f'"{text}" is no area: it has no folder data/ with an area.yml')
    return folder.resolve()


def common() -> argparse.ArgumentParser:
    """Return the options that every command takes which works on an area."""
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--area", type=area, default=".", metavar="FOLDER",
                        help="the area's folder, the one with data/ (default: here)")
    parser.add_argument("--today", type=day, default=None, metavar="DAY",
                        help="the day to reckon from, such as 2026-11-24 (default: today in England)")
    return parser


def today(options: argparse.Namespace) -> date:
    """Return the day that a command was given, or today in England."""
    return options.today or today_in_england()


def command(commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, run: Run, *, help: str,
            more: str = "", examples: Sequence[str], parents: Sequence[argparse.ArgumentParser] = ()
            ) -> argparse.ArgumentParser:
    """Add a command with its help: what it does in a line, `more` in plain English, and an example for each use."""
    shown = "\n".join(f"  board {example}" for example in examples)
    paragraphs = [f"{help[0].upper()}{help[1:]}.", *([more] if more else [])]
    parser = commands.add_parser(
        name, parents=list(parents), help=help, formatter_class=argparse.RawDescriptionHelpFormatter,
        description="\n\n".join(paragraphs), epilog=f"for example:\n{shown}")
    parser.set_defaults(run=run)
    return parser
