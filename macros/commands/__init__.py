"""The commands of `board`, in one table."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from . import (
    area,
    build,
    check,
    comment,
    completion,
    digest,
    form,
    import_document,
    links,
    new,
    review,
    safety,
    update,
    verify,
)

Add = Callable[["argparse._SubParsersAction[argparse.ArgumentParser]"], None]

COMMANDS: tuple[Add, ...] = (
    new.add, update.add, check.add, review.add, comment.add, build.add, digest.add, verify.add,
    import_document.add, links.add, form.add, safety.add, area.add, completion.add,
)
"""Each adds one command or more, with what it takes and what it does, to the command line."""


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line, from which the help and the completions are made."""
    top = argparse.ArgumentParser(prog="board", description="Keep, check, build and preview the site of a board.")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for add in COMMANDS:
        add(commands)
    return top
