"""Builds the site beside the last good one, and puts it in its place only when it is whole."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from .checks import check
from .report import as_text


def build(area: Path, out: Path, today: date, generator: str) -> int:
    """Check the area, build its site as on `today`, and swap it into `out`. Returns 0, or 1 with `out` untouched."""
    register, problems = check(area, today)
    if register is None or any(problem.level == "error" for problem in problems):
        print(as_text(problems, register))
        print(f"Nothing was built. {_last_good(out)}")
        return 1
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{out.name}.", dir=out.parent) as folder:
        beside = Path(folder) / "site"
        done = subprocess.run([*_generator(generator), "build", "--strict", "--config-file", str(area / "mkdocs.yml"),
                               "--site-dir", str(beside)], env=_environment(today), check=False,
                              capture_output=True, text=True)
        _show(done.stdout + done.stderr, failed=bool(done.returncode))
        if done.returncode or not (beside / "index.html").is_file():
            print(f"The build failed, for the reason above. {_last_good(out)}")
            return 1
        _swap(beside, out, Path(folder) / "old")
    pages = sum(1 for _ in out.rglob("*.html"))
    print(f"Built {pages} pages for {register.area.site_name} into {out}\n"
          f"To look at it: open {out / 'index.html'} in a browser, or run `make serve` to preview while you edit.")
    return 0


def serve(area: Path, today: date, port: int, generator: str) -> int:
    """Preview the area's site as on `today`, and build it again whenever a file of it changes."""
    return subprocess.run([*_generator(generator), "serve", "--config-file", str(area / "mkdocs.yml"),
                           "--dev-addr", f"localhost:{port}"], env=_environment(today), check=False).returncode


def _generator(name: str) -> Sequence[str]:
    return [sys.executable, "-m", name]


def _environment(today: date) -> dict[str, str]:
    """Return the environment of a build; a fixed clock for timestamps makes two builds of one day the same."""
    day = str(int((today - date(1970, 1, 1)).total_seconds()))
    return {"SOURCE_DATE_EPOCH": day} | os.environ | {
        "BOARD_TODAY": today.isoformat(), "NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}


def _show(output: str, *, failed: bool) -> None:
    """Print what the generator said, without its notes on how it went."""
    for line in output.splitlines():
        if line.startswith(("WARNING", "ERROR", "CRITICAL")) or (failed and not line.startswith(("INFO", "DEBUG"))):
            print(line)


def _swap(new: Path, out: Path, old: Path) -> None:
    if out.exists():
        out.rename(old)
    new.rename(out)
    shutil.rmtree(old, ignore_errors=True)


def _last_good(out: Path) -> str:
    return f"The last good site is still in {out}." if out.is_dir() else "There is no earlier site."
