"""Measures how long `board figures` takes to read a release."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.bench.measuring import measured
from tests.bench.speed import BOARD, DAY, ROOT
from tests.official_files import release_zip


def bench(folder: Path, whole: Path | None) -> None:
    """Print the time for the cut release of 2025, and for a `whole` one if its ZIP is given."""
    for label, file in (("the cut release of 2025", release_zip(folder, "2025")), ("a whole release", whole)):
        if file is None:
            print(f"board figures, {label}: not measured; add ARGS=--figures=FILE with the department's ZIP")
            continue
        area = Path(shutil.copytree(ROOT / "tests/areas/small", folder / "figures" / label))
        taken = measured([*BOARD, "figures", str(file.resolve()), "--dry-run", "--area", str(area), *DAY], ROOT)
        print(f"board figures, {label}: {taken.seconds:.2f} s, {taken.memory:.0f} MB")
