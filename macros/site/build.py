"""Builds the site beside the last good one, and puts it in its place only when it is whole."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from datetime import date
from pathlib import Path

import yaml

from ..configuration import configuration, preview_command
from .atomic_publish import beside, replace

NOT_CHECKED = 3
"""What the process that checks and builds exits with where the records have problems; what it printed says which."""

ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
"""How a preview is told to end: by Ctrl+C, by `kill`, and by a window that is closed."""

ATTEMPTS = 3
"""How often a build is begun because someone saved a file meanwhile: what is published was checked as it stands."""


def build(area: Path, out: Path, today: date, generator: str) -> int:
    """Check the area, build its site as on `today`, and put it in the place of `out`. Returns 0, or 1 with `out`
    untouched."""
    try:
        with beside(out, on_wait=lambda: print(f"Another build into {out} is under way: waiting for it.", flush=True)) \
                as folder:
            for attempt in range(ATTEMPTS):
                before = _files(area)
                pages = _built(area, folder / f"site-{attempt}", today, generator)
                if pages is None:
                    print(_last_good(out))
                    return 1
                if _files(area) == before:
                    replace(folder / f"site-{attempt}", out)
                    break
                print("Files changed while the site was built, so it is built again." if attempt < ATTEMPTS - 1 else
                      f"Files changed each time while the site was built: try again later. {_last_good(out)}")
            else:
                return 1
    except OSError as error:
        print(f"The site cannot be built here: {error.strerror or error}. Free some room on the disk, or choose "
              f"another folder. {_last_good(out)}")
        return 1
    print(f"{pages} into {out}\n"
          f"To look at it: open {out / 'index.html'} in a browser, or run `{preview_command(area)}` to "
          "preview while you edit.")
    return 0


def _built(area: Path, site: Path, today: date, generator: str) -> str | None:
    """Check the area and build its site into the new folder `site`. Returns what was built, or None after saying why
    not."""
    done = subprocess.run(
        [sys.executable, "-m", "macros.site.generate", str(area), today.isoformat(), generator, "build", "--strict",
         "--config-file", str(configuration(area, site.parent / "settings")), "--site-dir", str(site)],
        env=_environment(today), check=False, capture_output=True, text=True)
    if done.returncode == NOT_CHECKED:
        print(done.stdout.rstrip("\n"))
        print("Nothing was built.", end=" ")
        return None
    _show(done.stdout + done.stderr, failed=bool(done.returncode))
    if done.returncode or not (site / "index.html").is_file():
        print("The build failed, for the reason above.", end=" ")
        return None
    return f"Built {sum(1 for _ in site.rglob('*.html'))} pages for {_name(area)}"


def _name(area: Path) -> str:
    """Return what the site is called. Its records have passed the checks."""
    return str(yaml.safe_load((area / "data/area.yml").read_text(encoding="utf-8"))["site_name"])


def _files(area: Path) -> list[tuple[str, int, int]]:
    """Return the files that a site is made of with their sizes and times, to see whether one was changed."""
    found = []
    for file in sorted(path for part in ("data", "docs") for path in (area / part).rglob("*")):
        with suppress(OSError):  # one that has just gone
            found.append((str(file), file.lstat().st_mtime_ns, file.lstat().st_size))
    return found


def serve(area: Path, today: date, port: int, generator: str) -> int:
    """Preview the area's site as on `today`, and build it again whenever a file of it changes, until this process is
    told to end. Returns what the generator exits with."""
    with tempfile.TemporaryDirectory(prefix="board-preview-") as settings:
        # In a session of its own it is told to end by this process alone, and once: the generator clears up when it is
        # interrupted, and only then.
        preview = subprocess.Popen(
            [sys.executable, "-m", generator, "serve", "--config-file", str(configuration(area, Path(settings))),
             "--dev-addr", f"localhost:{port}"], env=_environment(today), start_new_session=True)
        for ending in ENDINGS:
            signal.signal(ending, lambda number, frame: _interrupt(preview))
        return preview.wait()


def _interrupt(preview: subprocess.Popen[bytes]) -> None:
    for ending in ENDINGS:
        signal.signal(ending, signal.SIG_IGN)
    preview.send_signal(signal.SIGINT)


def _environment(today: date) -> dict[str, str]:
    """Return the environment of a build; a fixed clock for timestamps makes two builds of one day the same."""
    day = str(int((today - date(1970, 1, 1)).total_seconds()))
    return {"SOURCE_DATE_EPOCH": day} | os.environ | {
        "BOARD_TODAY": today.isoformat(), "NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}


def _show(output: str, *, failed: bool) -> None:
    """Print what the generator said, without its notes on how it went; of a traceback only what went wrong."""
    before, traceback, after = output.partition("Traceback (most recent call last):")
    for line in before.splitlines():
        if line.startswith(("WARNING", "ERROR", "CRITICAL")) or (failed and not line.startswith(("INFO", "DEBUG"))):
            print(line)
    if traceback:
        lines = [line for line in after.splitlines() if re.match(r"\w[\w.]*(Error|Exception|Interrupt)\b", line)]
        print("The generator broke down: " + (lines[-1] if lines else "it did not say why"))


def _last_good(out: Path) -> str:
    return f"The last good site is still in {out}." if out.is_dir() else "There is no earlier site."
