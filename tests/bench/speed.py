"""Measures builds, checks and previews at three sizes, and builds with other generators: the table of the guide."""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from tests.areas.generate import TODAY, content, real_sentences, write
from tests.bench import others
from tests.bench.measuring import Measured, measured
from tests.bench.preview import seconds_until_shown

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "docs/guides/performance.md"
SIZES = {"1 year": (12, 60), "10 years": (120, 600), "Region": (1000, 5000)}
TEN_YEARS = "10 years"
TIMES = {"1 year": 3, "10 years": 3, "Region": 1}
"""How many times each command is run; the median counts."""

BOARD = [sys.executable, "-m", "macros"]
DAY = ["--today", TODAY.isoformat()]

Row = tuple[str, dict[str, float], str]
"""The label, the value at each size, and the unit."""


def rows(folder: Path) -> Iterator[Row]:
    """Measure everything at every size, and yield the rows of the table."""
    ours: dict[str, dict[str, float]] = {name: {} for name in LABELS}
    theirs: dict[str, dict[str, Measured]] = {name: {} for name in others.GENERATORS}
    pages: dict[str, dict[str, float]] = {name: {} for name in others.GENERATORS}

    def record(size: str, values: dict[str, float]) -> None:
        for name, value in values.items():
            ours[name][size] = value
            print(f"{size}: {name} {value:.2f}", file=sys.stderr, flush=True)

    for size, (posts, actions) in SIZES.items():
        made = content(posts, actions)
        record(size, _built(write(folder / size / "area", made), folder / size, TIMES[size]))
        for name, generator in others.GENERATORS.items():
            place = folder / size / name
            place.mkdir()
            theirs[name][size] = measured(generator(made, place), place, times=TIMES[size],
                                          before=lambda place=place: _aside(place / "out"))
            pages[name][size] = len(list((place / "out").rglob("*.html")))
            print(f"{size}: {name} {theirs[name][size]}", file=sys.stderr, flush=True)
    made = content(*SIZES[TEN_YEARS], sentences=real_sentences())
    area = write(folder / "real/area", made)
    shutil.copy(ROOT / "data/safety.yml", area / "data/safety.yml")  # the names that anyone may know
    record(TEN_YEARS, {f"real {name}": value for name, value in _built(area, folder / "real", TIMES[TEN_YEARS]).items()
                       if f"real {name}" in LABELS})
    record(TEN_YEARS, {f"real {name}": value for name, value in _checked(area, TIMES[TEN_YEARS]).items()})
    # All builds come first: a preview deletes thousands of files when it ends, which slows down later writes.
    for size in SIZES:
        record(size, _edited(folder / size / "area", folder / size, TIMES[size]))
    units = {"pages": "", "files": "", "bytes": "MB", "memory": "MB", "real memory": "MB"}
    for name, values in ours.items():
        yield LABELS[name], values, units.get(name, "s")
    for name, measures in theirs.items():
        yield f"{name}: cold build", {size: value.seconds for size, value in measures.items()}, "s"
        yield f"{name}: processor time", {size: value.processor for size, value in measures.items()}, "s"
        yield f"{name}: memory", {size: value.memory for size, value in measures.items()}, "MB"
        yield f"{name}: pages", pages[name], ""
    cold, work = ours["cold"], ours["cold work"]
    for name, measures in theirs.items():
        yield (f"Our cold build ÷ {name}'s", {size: cold[size] / measures[size].seconds for size in SIZES}, "×")
        yield ("… in processor time", {size: work[size] / measures[size].processor for size in SIZES}, "×")


LABELS = {
    "pages": "Pages", "files": "Files, with feeds, open data, cards and search", "bytes": "Bytes of the site",
    "cold": "**Cold build, everything on**", "cold work": "… in processor time", "memory": "Memory of a cold build",
    "shown": "One action saved → shown in the preview", "check": "`board check`",
    "check work": "… in processor time", "against": "`board check --against`, one action in a hundred edited",
    "real cold": "**Real sentences:** cold build", "real cold work": "… in processor time",
    "real memory": "Real sentences: memory of a cold build", "real check": "Real sentences: `board check`",
    "real check work": "… in processor time",
}


def _built(area: Path, folder: Path, times: int) -> dict[str, float]:
    out = folder / "site"
    build = measured([*BOARD, "build", "--area", str(area), "--out", str(out), *DAY], ROOT,
                     times=times, before=lambda: _aside(out))
    files = [file for file in out.rglob("*") if file.is_file()]
    return {
        "pages": len([file for file in files if file.suffix == ".html"]), "files": len(files),
        "bytes": sum(file.stat().st_size for file in files) / 1e6, "cold": build.seconds, "cold work": build.processor,
        "memory": build.memory,
    }


def _checked(area: Path, times: int) -> dict[str, float]:
    check = measured([*BOARD, "check", "--area", str(area), *DAY], ROOT, times=times)
    return {"check": check.seconds, "check work": check.processor}


def _edited(area: Path, folder: Path, times: int) -> dict[str, float]:
    found = {"shown": seconds_until_shown(area, folder), **_checked(area, times)}
    _git(area, "init", "-q", "-b", "main")
    _git(area, "add", "-A")
    _git(area, "commit", "-q", "-m", "Base")
    _git(area, "switch", "-q", "-c", "change")
    for file in sorted((area / "data/actions").glob("*.yml"))[::100]:
        text = file.read_text(encoding="utf-8")
        if "updates:" in text and text.rstrip().splitlines()[-1].startswith("    url:"):
            file.write_text(text + "- date: 2026-11-20\n  note: More news.\n", encoding="utf-8")
    _git(area, "commit", "-q", "-a", "--allow-empty", "-m", "A change")
    found["against"] = measured([*BOARD, "check", "--area", str(area), "--against", "main", *DAY], ROOT,
                                times=times).seconds
    return found


def _aside(out: Path) -> None:
    """Move the last build away, so that the next one is cold. Deleting thousands of files would slow down ext4 for some
    minutes."""
    if out.exists():
        out.rename(Path(tempfile.mkdtemp(dir=out.parent)) / out.name)


def _git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", "-c", "user.name=Bench", "-c", "user.email=bench@bench.example", *arguments], cwd=folder,
                   check=True, capture_output=True, env=os.environ | {"GIT_CONFIG_GLOBAL": os.devnull})


def table(found: list[Row]) -> str:
    """Return the table as Markdown. Its last columns show the growth from one size to the next."""
    first, middle, last = SIZES
    sizes = " | ".join(f"{size}: {posts:,} posts, {actions:,} actions" for size, (posts, actions) in SIZES.items())
    lines = [f"| What | {sizes} | Growth, records × 10 | Growth, records × 8.3 |",
             "| --- | ---: | ---: | ---: | ---: | ---: |"]
    for name, values, unit in found:
        growth = ("", "") if unit == "×" or len(values) < len(SIZES) else (
            _grown(values[first], values[middle]), _grown(values[middle], values[last]))
        cells = [_shown(values[size], unit) if size in values else "" for size in SIZES]
        lines.append(f"| {' | '.join([name, *cells, *growth])} |")
    return "\n".join(lines)


def _grown(before: float, after: float) -> str:
    # A command that ended before its memory was sampled has no value.
    return f"{after / before:.1f}" if before else "not known"


def _shown(value: float, unit: str) -> str:
    if unit == "MB" and not value:
        return "not known"
    digits = 2 if unit in ("s", "×") else 1 if unit == "MB" and value < 10 else 0
    return f"{value:,.{digits}f}{f' {unit}' if unit not in ('', '×') else ''}"


def machine() -> str:
    """Return the date of the measurement and the machine."""
    processor = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text(encoding="utf-8"))
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    today = date.today()
    return (f"Measured on {today.day} {today:%B %Y}: `{processor[1] if processor else platform.machine()}`, "
            f"{os.cpu_count()} cores, {memory:.0f} GB, Python {platform.python_version()}. Times for one and ten "
            "years are the median of three runs; the region was measured once.")


def show(found: list[Row], *, keep: bool) -> None:
    """Print the table. With `keep`, also replace the table in the guide."""
    text = f"{machine()}\n\n{table(found)}"
    print(text)
    if keep:
        guide = GUIDE.read_text(encoding="utf-8")
        begin, end = "<!-- table -->", "<!-- end of table -->"
        before, _, rest = guide.partition(begin)
        GUIDE.write_text(f"{before}{begin}\n\n{text}\n\n{end}{rest.partition(end)[2]}", encoding="utf-8")
