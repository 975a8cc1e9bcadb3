"""`board review`."""

from __future__ import annotations

import argparse
import sys

from .options import command, common, today

FORMATS = ("text", "markdown", "json")


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = command(
        commands, "review", run, help="say in plain English what readers will see change", parents=[common()],
        more="It compares your files with what is published, and says what readers will see change, what must be\n"
             "fixed first, and what reads badly.",
        examples=["review", "review --against origin/main --format markdown"])
    parser.add_argument("--against", metavar="REV", default="origin/main",
                        help="the branch, tag or commit that is published (default: origin/main)")
    parser.add_argument("--format", choices=FORMATS, default="text", help="how to print it")


def run(options: argparse.Namespace) -> int:
    """Print the review. Returns 1 if something must be fixed, 2 if the published version cannot be read."""
    from ..checks import check
    from ..configuration import preview_command
    from ..ledger import against
    from ..ledger.revision import RevisionError, checkout
    from ..register import read
    from ..review.comment import as_markdown, as_text
    from ..review.review import review

    day = today(options)
    try:
        before = checkout(options.area, options.against, day)
    except RevisionError as error:
        print(f"{error}; {error.hint}", file=sys.stderr)
        return 2
    register, problems = check(options.area, day)
    if register:
        problems = [*{*problems, *against(register, options.against)}]
    found = review(before.register, register or read(options.area, day)[0], before.differing(options.area),
                   before.others, problems)
    print(found.model_dump_json(indent=2) if options.format == "json" else
          as_text(found, preview_command(options.area)) if options.format == "text" else as_markdown(found), end="")
    return 1 if found.errors.items else 0
