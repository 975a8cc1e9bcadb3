"""What every command shares: its entry in the parser, common options and argument types. Also `board completion`."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from ..today import today_in_england
from . import COMMANDS, parser

Run = Callable[[argparse.Namespace], int]
"""A command's function. Returns the exit code: 0 if all is well, 1 if there are problems, 2 for wrong usage."""


def day(text: str) -> date:
    """Parse a day. Raises argparse.ArgumentTypeError with the expected format."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f'"{text}" is not a day; write it like 2026-11-24') from None


def seconds(text: str) -> float:
    """Parse a number of seconds. Raises argparse.ArgumentTypeError with the expected format."""
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 3600:
        raise argparse.ArgumentTypeError(f'"{text}" is not a number of seconds; write it like 20')
    return value


def area(text: str) -> Path:
    """Parse the path of an area's folder. Raises argparse.ArgumentTypeError if it is not one."""
    folder = Path(text)
    if not folder.is_dir():
        raise argparse.ArgumentTypeError(f'there is no folder "{text}"')
    if not (folder / "data").is_dir():
        raise argparse.ArgumentTypeError(f'"{text}" is not an area: it has no folder data/ with an area.yml')
    return folder.resolve()


def common() -> argparse.ArgumentParser:
    """Return a parent parser with the options of every command that works on an area."""
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--area", type=area, default=".", metavar="FOLDER",
                        help="the area's folder, the one with data/ (default: the current folder)")
    parser.add_argument("--today", type=day, default=None, metavar="DAY",
                        help="pretend that today is this day, such as 2026-11-24 (default: today in England)")
    return parser


def today(options: argparse.Namespace) -> date:
    """Return the value of `--today`, or today in England."""
    return options.today or today_in_england()


def command(commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, run: Run, *,
            help: str | None = None, more: str = "", examples: Sequence[str],
            parents: Sequence[argparse.ArgumentParser] = ()) -> argparse.ArgumentParser:
    """Add a command with its help: one line, `more` details, and an example for each way to use it.

    Without `help`, the line is that of the command `name` in `COMMANDS`.
    """
    help = help or COMMANDS[name][1]
    shown = "\n".join(f"  board {example}" for example in examples)
    paragraphs = [f"{help[0].upper()}{help[1:]}.", *([more] if more else [])]
    parser = commands.add_parser(
        name, parents=list(parents), help=help, formatter_class=argparse.RawDescriptionHelpFormatter,
        description="\n\n".join(paragraphs), epilog=f"examples:\n{shown}")
    parser.set_defaults(run=run)
    return parser


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `board completion`, the only command that is about the parser itself."""
    parser = command(
        commands, "completion", run_completion,
        more="For bash run the first example. For zsh run the second, with a folder that is in $fpath.",
        examples=["completion bash >> ~/.bashrc", "completion zsh > ~/.zfunc/_board"])
    parser.add_argument("shell", choices=("bash", "zsh", "tcsh"), help="the shell that you use")


def run_completion(options: argparse.Namespace) -> int:
    """Print the completion script."""
    import shtab

    print(shtab.complete(parser(), shell=options.shell))
    return 0
