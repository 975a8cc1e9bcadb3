"""`board completion`: what lets a shell complete commands and options."""

from __future__ import annotations

import argparse

from .options import command


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = command(
        commands, "completion", run, help="print what lets your shell complete commands and options",
        more="Put the first example into ~/.bashrc, or the second into a folder of your zsh's $fpath.",
        examples=["completion bash >> ~/.bashrc", "completion zsh > ~/.zfunc/_board"])
    parser.add_argument("shell", choices=("bash", "zsh", "tcsh"), help="which shell")


def run(options: argparse.Namespace) -> int:
    """Print the script that a shell reads."""
    import shtab

    from . import parser

    print(shtab.complete(parser(), shell=options.shell))
    return 0
