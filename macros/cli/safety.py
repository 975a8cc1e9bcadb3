"""`board safety`: prints exceptions for data/safety.yml."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from .options import command, common, today


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command's parser."""
    parser = command(
        commands, "safety", run, help="print the digest of a value that looks like personal data but may be published",
        parents=[common()],
        more="For each finding in a file, it prints an entry for data/safety.yml, without the value.\n"
             "Fill in the reason, who decided it and until when it is valid.\n"
             "Never make an exception for a real child, parent or patient.",
        examples=["safety data/area.yml", "safety docs/about.md"])
    parser.add_argument("file", metavar="FILE", help="a file in data/ or docs/, as named in the message")


def run(options: argparse.Namespace) -> int:
    """Print an entry for each finding in a file. Returns 1 if there is none, 2 if there is no such file."""
    from ..checks.privacy import digest, findings_in_file
    from ..register import read

    root = Path(options.area)
    file = (root / options.file).resolve()
    if not file.is_file() or not file.is_relative_to(root.resolve()):
        print(f'there is no file "{options.file}" in this area; name one in data/ or docs/',
              file=sys.stderr)
        return 2
    found = findings_in_file(read(root, today(options))[0], file)
    for where, finding in found:
        print(f"# {where}, {finding.length} characters\n- digest: {digest(finding.kind, finding.value)}\n"
              f"  kind: {finding.kind}\n  reason:\n  by:\n  until:")
    if not found:
        print("Nothing in this file looks like personal data, or an exception already allows it.")
    return 0 if found else 1
