"""`board links`."""

from __future__ import annotations

import argparse
import sys

from .options import command, common, seconds, today

FORMATS = ("text", "markdown", "json")


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = command(
        commands, "links", run, help="ask other sites whether what you link to is still there", parents=[common()],
        more="Each address is asked for once, slowly, so that no site is troubled. This takes some minutes.\n"
             "A site that does not answer programs is listed apart: it may be well.",
        examples=["links", "links --format markdown", "links --unarchived"])
    parser.add_argument("--unarchived", action="store_true",
                        help="ask nobody, and list the sources and the evidence that have no archived copy")
    parser.add_argument("--format", choices=FORMATS, default="text", help="how to print what was found")
    parser.add_argument("--timeout", type=seconds, default=20.0, metavar="SECONDS",
                        help="how long to wait for an answer (default: 20)")
    parser.add_argument("--pause", type=seconds, default=2.0, metavar="SECONDS",
                        help="how long to leave a site alone between two questions (default: 2)")


def run(options: argparse.Namespace) -> int:
    """Print which links are dead. Returns 1 where one is, 2 where nothing can be said of any."""
    from ..links import copies, findings
    from ..links.asking import Asker
    from ..links.outside import unarchived
    from ..register import load

    register, problems = load(options.area, today(options))
    if register is None:
        print(*problems, sep="\n", file=sys.stderr)
        return 2
    if options.unarchived:
        print(copies.FORMATS[options.format](unarchived(register)))
        return 0
    try:
        found = findings.ask_all(register, Asker(findings.agent(register), options.timeout, options.pause))
    except findings.NoNetworkError as error:
        print(error, file=sys.stderr)
        return 2
    print(findings.FORMATS[options.format](found))
    return 1 if found.dead else 0
