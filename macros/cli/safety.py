"""`board safety`: the entries for data/safety.yml that allow what only looks like personal data."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from .options import command, common, today


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = command(
        commands, "safety", run, help="print the entry that allows something that only looks like personal data",
        parents=[common()],
        more="For each finding in a file, it prints an entry for data/safety.yml, with a digest in place of\n"
             "the value. Fill in the reason, who decided it and until when it is valid.\n"
             "Never allow data of a real child, parent or patient.",
        examples=["safety data/area.yml", "safety docs/about.md"])
    parser.add_argument("file", metavar="FILE", help="a file in data/ or docs/, as problems name it")


def run(options: argparse.Namespace) -> int:
    """Print an entry for each finding in a file. Returns 1 if there are none, 2 if the file does not exist."""
    from ..checks.privacy import digest, found_in_file
    from ..register import read

    root = Path(options.area)
    file = (root / options.file).resolve()
    if not file.is_file() or not file.is_relative_to(root.resolve()):
        print(f'there is no file "{options.file}" in this area; give one in data/ or docs/, as problems name it',
              file=sys.stderr)
        return 2
    found = found_in_file(read(root, today(options))[0], file)
    for where, finding in found:
        print(f"# {where}, {finding.length} characters\n- digest: {digest(finding.kind, finding.value)}\n"
              f"  kind: {finding.kind}\n  reason:\n  by:\n  until:")
    if not found:
        print("Nothing in this file looks like personal data, or it is already allowed.")
    return 0 if found else 1
