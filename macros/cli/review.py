"""`board review`, `board comment` and `board digest`: what changed, in words.

Imports are in the functions: `board comment` renders a review by an untrusted writer and reads no area, so it loads
neither the checks nor the ledger.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

from .options import command, common, day, today

REVIEW_FORMATS = ("text", "markdown", "json")
DIGEST_FORMATS = ("text", "html", "markdown")


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands."""
    _add_review(commands)
    _add_comment(commands)
    _add_digest(commands)


def _add_review(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = command(
        commands, "review", run_review, parents=[common()],
        more="It compares your files with what is published, and says what readers will see change, what must be\n"
             "fixed first, and what reads badly.",
        examples=["review", "review --against origin/main --format markdown"])
    parser.add_argument("--against", metavar="REV", default="origin/main",
                        help="the branch, tag or commit that is published (default: origin/main)")
    parser.add_argument("--format", choices=REVIEW_FORMATS, default="text", help="how to print it")


def run_review(options: argparse.Namespace) -> int:
    """Print the review. Returns 1 if something must be fixed, 2 if the published version cannot be read."""
    from ..checks import check
    from ..configuration import preview_command
    from ..ledger import against
    from ..ledger.git import RevisionError
    from ..ledger.revision import checkout
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
        problems = [*{*problems, *against(register, options.against)[0]}]
    found = review(before.register, register or read(options.area, day)[0], before.differing(options.area),
                   before.others, problems)
    print(found.model_dump_json(indent=2) if options.format == "json" else
          as_text(found, preview_command(options.area)) if options.format == "text" else as_markdown(found), end="")
    return 1 if found.errors.items else 0


def _add_comment(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = command(
        commands, "comment", run_comment,
        more="It reads the output of `board review --format json`, and trusts nothing in it: no text can become a\n"
             "link, an image or a mention.",
        examples=["comment review.json", "comment review.json --preview https://site.example/preview --commit 1a2b3c4"])
    parser.add_argument("file", type=Path, metavar="FILE", help="the review, in JSON")
    parser.add_argument("--preview", type=_address, metavar="URL", help="the address of the built preview")
    parser.add_argument("--edit", type=_address, metavar="URL",
                        help="the address of the branch in GitHub's editor: https://github.com/OWNER/NAME/edit/BRANCH")
    parser.add_argument("--files", type=Path, metavar="FILE",
                        help="the names of all changed files as GitHub lists them, in JSON: what changes how the site "
                             "works is then taken from there")
    parser.add_argument("--commit", type=_commit, metavar="SHA", help="the commit that was reviewed")


def run_comment(options: argparse.Namespace) -> int:
    """Print the comment. Returns 2 if a file is not what it should be."""
    from ..review.comment import as_markdown
    from ..review.schema import MAX_BYTES, ReviewError, read_files, read_review, with_files

    try:
        with options.file.open("rb") as opened:
            found = read_review(opened.read(MAX_BYTES + 1))
        if options.files:
            found = with_files(found, read_files(options.files.read_bytes()))
    except OSError as error:
        print(f"{error.filename} cannot be read: {error.strerror}", file=sys.stderr)
        return 2
    except ReviewError as error:
        print(f"{options.file} is not a review: {error}", file=sys.stderr)
        return 2
    print(as_markdown(found, preview=options.preview, commit=options.commit, edit=options.edit), end="")
    return 0


def _address(text: str) -> str:
    if not re.fullmatch(r"https://[A-Za-z0-9._~:/?#@!&*+,;=%-]{1,300}", text):
        raise argparse.ArgumentTypeError(f'"{text}" is not a web address; write it in full, beginning with https://')
    return text


def _commit(text: str) -> str:
    if not re.fullmatch(r"[0-9a-f]{7,64}", text):
        raise argparse.ArgumentTypeError(f'"{text}" is not a commit; write its id, such as 1a2b3c4')
    return text


def _add_digest(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = command(
        commands, "digest", run_digest, parents=[common()],
        more="It says what changed after a day, with links, and how families can have a say.",
        examples=["digest --since 2025-04-24", "digest --since 2025-04-24 --format html"])
    parser.add_argument("--since", required=True, type=day, metavar="DAY",
                        help="what changed after this day, such as that of the last meeting: 2025-04-24")
    parser.add_argument("--format", choices=DIGEST_FORMATS, default="text", help="how to print it")


def run_digest(options: argparse.Namespace) -> int:
    """Print the newsletter. Returns 1 if the records have problems, 2 if the day is not in the past."""
    from ..checks import check
    from ..checks.report import as_text
    from ..review.newsletter import digest

    now = today(options)
    register, problems = check(options.area, now)
    if register is None or any(problem.level == "error" for problem in problems):
        print(as_text(problems, register))
        return 1
    if options.since >= now:
        print(f"{options.since} is not before {now}: nothing can have changed since", file=sys.stderr)
        return 2
    print(digest(register, options.since, options.format), end="")
    return 0
