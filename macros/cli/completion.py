"""`board completion`: the script for completing commands and options in a shell."""

from __future__ import annotations

import argparse

from .options import command


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = command(
        commands, "completion", run, help="print the completion script for your shell",
        more="For bash run the first example. For zsh run the second, with a folder that is in $fpath.",
        examples=["completion bash >> ~/.bashrc", "completion zsh > ~/.zfunc/_board"])
    parser.add_argument("shell", choices=("bash", "zsh", "tcsh"), help="the shell that you use")


def run(options: argparse.Namespace) -> int:
    """Print the completion script."""
    import shtab

    from . import parser

    print(shtab.complete(parser(), shell=options.shell))
    return 0
