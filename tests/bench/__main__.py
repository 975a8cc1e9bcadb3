"""What tests do not assert, since it hangs on the machine: run by `make bench`, which ends with 1 above a limit.

    make bench                  prints everything
    make bench ARGS=--write     puts the table into docs/guides/performance.md as well
    make bench ARGS=--speed     measures the speed alone; with --write, for the guide
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests import privacy_sets
from tests.areas.generate import TODAY
from tests.bench import reader, speed
from tests.bench.measuring import measured

ROOT = Path(__file__).parents[2]
EXAMPLES = 10_000
"""Of each kind of bad input, in fuzzing."""

LEDGER_LIMIT = 1.0
"""Seconds that comparing 600 actions with a base in the same repository may take, beside the check itself."""


def privacy() -> None:
    """Print how much of the kept personal data is found, and how often clean text is taken for it."""
    print(f"{privacy_sets.score()}\nof which held out: {privacy_sets.score(held_out=True)}")


def fuzz() -> int:
    """Run the fuzzing tests with many more examples than `make test` does. Returns what pytest returns."""
    start = time.perf_counter()
    code = subprocess.run([sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/test_fuzz.py"],
                          cwd=ROOT, env=os.environ | {"BOARD_FUZZ": str(EXAMPLES)}, check=False).returncode
    print(f"fuzzing with {EXAMPLES} examples of each kind: {time.perf_counter() - start:.0f} s")
    return code


def main(arguments: list[str]) -> int:
    """Measure, and print what was measured. Returns 1 where the ledger is slower than its limit, or fuzzing fails."""
    with tempfile.TemporaryDirectory(prefix="board-bench-") as name:
        folder = Path(name)
        found = list(speed.rows(folder))
        speed.show(found, keep="--write" in arguments)
        taken = {label: values["10 years"] for label, values, _ in found}
        ledger = taken[speed.LABELS["against"]] - taken[speed.LABELS["check"]]
        print(f"comparing with the base alone, 10 years: {ledger:.2f} s (limit {LEDGER_LIMIT} s)")
        if "--speed" in arguments:
            return int(ledger > LEDGER_LIMIT)
        privacy()
        site = folder / "exampleshire"
        measured([*speed.BOARD, "build", "--area", "tests/areas/exampleshire", "--out", str(site), "--today",
                  TODAY.isoformat()], ROOT, times=1)
        reader.bench(site, folder / "10 years/site", folder / "default")
    return int(ledger > LEDGER_LIMIT or bool(fuzz()))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
