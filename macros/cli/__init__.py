"""The command line `board`: one module for each command, or for a few that belong together."""

from __future__ import annotations

import argparse
from importlib import import_module

COMMANDS = {
    "new": "edit", "update": "edit", "figure": "edit", "figures": "figures", "correct": "edit",
    "take-down": "take_down", "plan": "plan",
    "check": "check", "safety": "check", "review": "review", "comment": "review", "digest": "review", "build": "build",
    "serve": "build", "verify": "verify", "import": "import_document", "links": "links", "form": "form",
    "log": "log", "area": "area", "completion": "options",
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
