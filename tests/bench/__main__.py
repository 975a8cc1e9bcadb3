"""Measurements that depend on the machine, so that no test asserts them. `make bench` runs them.

    make bench                  prints everything
    make bench ARGS=--write     also writes the table into docs/guides/performance.md
    make bench ARGS=--speed     measures speed only; add --write for the guide
    make bench ARGS=--privacy   prints how much personal data is found, by group of names and by kind
    make bench ARGS=--adversarial  measures every check on long texts made against it: ten minutes, or a part of the
                                   texts with --only=WORD, such as --only=names
    make bench ARGS=--figures=FILE  also reads a whole release of the department, as downloaded

Exits with 1 if a limit is exceeded.
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
from tests.bench import adversarial, figures, reader, speed
from tests.bench.measuring import measured

ROOT = Path(__file__).parents[2]
EXAMPLES = 10_000
"""The number of examples for each fuzzing test."""

LEDGER_LIMIT = 1.0
"""The most seconds that `--against` may add to a check of 600 actions."""


def privacy() -> None:
    """Print the share of the personal data in the test set that is found, and of false alarms in clean text."""
    print(f"{privacy_sets.score()}\nheld-out set: {privacy_sets.score(held_out=True)}\n{privacy_sets.table()}")


def fuzz() -> int:
    """Run the fuzzing tests with many more examples than `make test`. Returns the exit code of pytest."""
    start = time.perf_counter()
    code = subprocess.run([sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/test_fuzz.py"],
                          cwd=ROOT, env=os.environ | {"BOARD_FUZZ": str(EXAMPLES)}, check=False).returncode
    print(f"fuzzing with {EXAMPLES} examples of each kind: {time.perf_counter() - start:.0f} s")
    return code


def main(arguments: list[str]) -> int:
    """Run and print all measurements. Returns 1 if the ledger exceeds its limit or fuzzing fails."""
    if "--privacy" in arguments:
        privacy()
        return 0
    with tempfile.TemporaryDirectory(prefix="board-bench-") as name:
        folder = Path(name)
        if "--adversarial" in arguments:
            only = next((word.removeprefix("--only=") for word in arguments if word.startswith("--only=")), "")
            return int(not adversarial.bench(folder, only))
        found = list(speed.rows(folder))
        speed.show(found, keep="--write" in arguments)
        taken = {label: values[speed.TEN_YEARS] for label, values, _ in found}
        ledger = taken[speed.LABELS["against"]] - taken[speed.LABELS["check"]]
        print(f"comparing with the base alone, 10 years: {ledger:.2f} s (limit {LEDGER_LIMIT} s)")
        if "--speed" in arguments:
            return int(ledger > LEDGER_LIMIT)
        whole = next((word.removeprefix("--figures=") for word in arguments if word.startswith("--figures=")), None)
        figures.bench(folder, Path(whole) if whole else None)
        privacy()
        site = folder / "exampleshire"
        measured([*speed.BOARD, "build", "--area", "tests/areas/exampleshire", "--out", str(site), "--today",
                  TODAY.isoformat()], ROOT, times=1)
        reader.bench(site, folder / "10 years/site", folder / "default")
    return int(ledger > LEDGER_LIMIT or bool(fuzz()))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
