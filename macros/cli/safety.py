"""`board safety`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from .options import command, common, today


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = command(
        commands, "safety", run, help="give the digest of what looks like personal data and may be published",
        parents=[common()],
        more="For each thing that the check finds in a file, it prints an entry for data/safety.yml,\n"
             "without the value. Fill in the reason, who says so and until when.\n"
             "No exception is for a real child, parent or patient.",
        examples=["safety data/area.yml", "safety docs/about.md"])
    parser.add_argument("file", metavar="FILE", help="a file in data/ or docs/, as problems name it")


def run(options: argparse.Namespace) -> int:
    """Print an entry for each finding of a file. Returns 1 where there is none, 2 where there is no such file."""
    from ..checks.privacy import digest, found_in_file
    from ..register import read

    root = Path(options.area)
    file = (root / options.file).resolve()
    if not file.is_file() or not file.is_relative_to(root.resolve()):
        print(f'there is no file "{options.file}" in this area; name one in data/ or docs/, as a problem does',
              file=sys.stderr)
        return 2
    found = found_in_file(read(root, today(options))[0], file)
    for where, finding in found:
        print(f"# {where}, {finding.length} characters\n- digest: {digest(finding.kind, finding.value)}\n"
              f"  kind: {finding.kind}\n  reason:\n  by:\n  until:")
    if not found:
        print("Nothing in this file looks like personal data, or it is let through already.")
    return 0 if found else 1
