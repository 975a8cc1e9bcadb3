"""`board verify`."""

from __future__ import annotations

import argparse
import sys

from .options import command


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = command(
        commands, "verify", run, help="tell whether history only grew since someone kept the ledger",
        more="It names each promise that was changed or is gone.",
        examples=["verify saved.json", "verify saved.json later.json"])
    parser.add_argument("saved", metavar="SAVED", help="the ledger that was kept: a file or a web address")
    parser.add_argument("later", metavar="LATER", nargs="?", help="a later one (default: the site's own, today)")


def run(options: argparse.Namespace) -> int:
    """Print what became of a kept ledger. Returns 1 where history was rewritten, 2 where a ledger cannot be read."""
    from ..publish.verify import LedgerError, address_of, grew, is_older, read

    try:
        kept = read(options.saved)
        newer = read(options.later or address_of(kept))
    except LedgerError as error:
        print(error, file=sys.stderr)
        return 2
    if is_older(newer, kept):
        print("The second ledger is older than the first: name the one that was kept first.", file=sys.stderr)
    findings = grew(kept, newer)
    for finding in findings:
        print(f"{finding}{' (allowed)' if finding.is_allowed else ''}")
    broken = sum(not finding.is_allowed for finding in findings)
    if broken:
        print(f"History was rewritten: {broken} change{'s' * (broken != 1)} to what was published.")
        return 1
    added = len(newer["records"]) - len(kept["records"])
    print(f"History only grew: all {len(kept['records'])} records of the kept ledger still stand, and {added} "
          f"{'has' if added == 1 else 'have'} been added.")
    return 0
