"""`board comment`."""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

from .options import command


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = command(
        commands, "comment", run, help="make the comment on a pull request from a review",
        more="It reads the output of `board review --format json`, and trusts nothing in it: no text can become a\n"
             "link, an image or a mention.",
        examples=["comment review.json", "comment review.json --preview https://site.example/preview --commit 1a2b3c4"])
    parser.add_argument("file", type=Path, metavar="FILE", help="the review, in JSON")
    parser.add_argument("--preview", type=_address, metavar="URL", help="the address of the built preview")
    parser.add_argument("--commit", type=_commit, metavar="SHA", help="the commit that was reviewed")


def run(options: argparse.Namespace) -> int:
    """Print the comment. Returns 2 if the file is not a review."""
    from ..review.comment import as_markdown
    from ..review.schema import MAX_BYTES, ReviewError, read_review

    try:
        with options.file.open("rb") as opened:
            found = read_review(opened.read(MAX_BYTES + 1))
    except OSError as error:
        print(f"{options.file} cannot be read: {error.strerror}", file=sys.stderr)
        return 2
    except ReviewError as error:
        print(f"{options.file} is not a review: {error}", file=sys.stderr)
        return 2
    print(as_markdown(found, preview=options.preview, commit=options.commit), end="")
    return 0


def _address(text: str) -> str:
    if not re.fullmatch(r"https://[A-Za-z0-9._~:/?#@!&*+,;=%-]{1,300}", text):
        raise argparse.ArgumentTypeError(f'"{text}" is not a web address; write it in full, beginning with https://')
    return text


def _commit(text: str) -> str:
    if not re.fullmatch(r"[0-9a-f]{7,64}", text):
        raise argparse.ArgumentTypeError(f'"{text}" is not a commit; write its id, such as 1a2b3c4')
    return text
