"""`board links`."""

from __future__ import annotations

import argparse
import sys

from .options import command, common, seconds, today

FORMATS = ("text", "markdown", "json")


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = command(
        commands, "links", run, parents=[common()],
        more="Each address is requested once, slowly, so as not to burden any site. This takes some minutes.\n"
             "A site that does not answer programs is listed separately: it may be fine.",
        examples=["links", "links --format markdown", "links --unarchived"])
    parser.add_argument("--unarchived", action="store_true",
                        help="send no request; list the sources and the evidence that have no archived copy")
    parser.add_argument("--format", choices=FORMATS, default="text", help="how to print the report")
    parser.add_argument("--timeout", type=seconds, default=20.0, metavar="SECONDS",
                        help="how long to wait for an answer (default: 20)")
    parser.add_argument("--pause", type=seconds, default=2.0, metavar="SECONDS",
                        help="the pause between two requests to a site (default: 2)")


def run(options: argparse.Namespace) -> int:
    """Print which links are dead. Returns 1 if there is one, 2 if nothing could be checked."""
    from ..links import report
    from ..links.external_links import unarchived_sources
    from ..links.link_checker import LinkChecker
    from ..register import load

    register, problems = load(options.area, today(options))
    if register is None:
        print(*problems, sep="\n", file=sys.stderr)
        return 2
    if options.unarchived:
        print(report.UNARCHIVED_FORMATS[options.format](unarchived_sources(register)))
        return 0
    checker = LinkChecker(report.user_agent(register), options.timeout, options.pause)
    try:
        findings = report.check_links(register, checker)
    except report.NoNetworkError as error:
        print(error, file=sys.stderr)
        return 2
    print(report.REPORT_FORMATS[options.format](findings))
    return 1 if findings.dead else 0
