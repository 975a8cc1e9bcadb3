"""The command line `board`: one module for each command, or for a few that belong together."""

from __future__ import annotations

import argparse
from importlib import import_module

COMMANDS = {
    "new": "new", "update": "update", "figure": "update", "correct": "update", "check": "check", "review": "review",
    "comment": "comment", "build": "build", "serve": "build", "digest": "digest", "verify": "verify",
    "import": "import_document", "links": "links", "form": "form", "safety": "safety", "area": "area",
    "completion": "completion",
}
"""The commands, each with the name of its module. The module's `add` adds the command to the parser."""


def parser(command: str | None = None) -> argparse.ArgumentParser:
    """Return the argument parser, which also provides the help and the completions.

    If `command` is the name of a command, only its module is imported: importing all of them takes half a second.
    """
    top = argparse.ArgumentParser(prog="board", description="Edit, check, build and preview the site of a board.")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name in dict.fromkeys([COMMANDS[command]] if command in COMMANDS else COMMANDS.values()):
        import_module(f".{name}", __name__).add(commands)
    return top
