"""The commands of `board`, in one table."""

from __future__ import annotations

import argparse
from importlib import import_module

COMMANDS = {
    "new": "new", "update": "update", "figure": "update", "correct": "update", "check": "check", "review": "review",
    "comment": "comment", "build": "build", "serve": "build", "digest": "digest", "verify": "verify",
    "import": "import_document", "links": "links", "form": "form", "safety": "safety", "area": "area",
    "completion": "completion",
}
"""Each command and the module that adds it, with what it takes and what it does, to the command line."""


def parser(command: str | None = None) -> argparse.ArgumentParser:
    """Return the parser of the command line, from which the help and the completions are made.

    Where `command` is one of the commands, the parser knows no other: to read them all takes half a second.
    """
    top = argparse.ArgumentParser(prog="board", description="Keep, check, build and preview the site of a board.")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name in dict.fromkeys([COMMANDS[command]] if command in COMMANDS else COMMANDS.values()):
        import_module(f".{name}", __name__).add(commands)
    return top
