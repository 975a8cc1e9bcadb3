"""The command line `board`: one module for each command, or for a few that belong together."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from functools import cache
from importlib import import_module

COMMANDS = {
    "new": ("new", "make a new post, action, decision, meeting, measure, finding or verdict, or note what families "
                    "said"),
    "update": ("edit", "record what happened to an action, or to what families said"),
    "figure": ("edit", "add a figure to a measure"),
    "correct": ("edit", "correct a published mistake, in the open"),
    "figures": ("figures", "read the official figures of all areas"),
    "take-down": ("take_down", "take words, a picture or a file out of what was published"),
    "plan": ("plan", "close a plan that was replaced"),
    "check": ("check", "list everything that blocks publication"),
    "safety": ("check", "print the digest of a value that looks like personal data but may be published"),
    "review": ("review", "say in plain English what readers will see change"),
    "comment": ("review", "make the comment on a pull request from a review"),
    "digest": ("review", "print the newsletter for families"),
    "build": ("build", "check the records and build the site"),
    "serve": ("build", "preview the site while you edit"),
    "verify": ("verify", "check that the published site is what is built here, or that history only grew"),
    "import": ("import_document", "make a post from a Word or LibreOffice document"),
    "links": ("links", "check whether the pages that you link to still exist"),
    "form": ("form", "turn an issue made with a form into changed files"),
    "log": ("log", "make the action log for a meeting, and read it back when it is filled in"),
    "area": ("area", "create the repository of a new area"),
    "completion": ("options", "print the completion script for your shell"),
}
"""The commands, each with the name of its module and its line of help. The module's `add` adds it to the parser."""


def parser(arguments: Sequence[str] | None = None) -> argparse.ArgumentParser:
    """Return the argument parser, which also provides the help and the completions.

    For a command line, it imports the module of the command alone, and none where no command is named: importing all of
    them takes a second.
    """
    if arguments is not None and COMMANDS.keys().isdisjoint(arguments):
        return _parser(())
    return _parser((arguments[0],) if arguments and arguments[0] in COMMANDS else tuple(COMMANDS))


@cache
def _parser(named: tuple[str, ...]) -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="board", description="Edit, check, build and preview the site of a board.")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for module in dict.fromkeys(COMMANDS[name][0] for name in named):
        import_module(f".{module}", __name__).add(commands)
    if not named:
        for name, (_, line) in COMMANDS.items():
            commands.add_parser(name, help=line)
    return top
