"""`board build` and `board serve`: what MkDocs' own commands cannot do, publishing atomically and on a given day."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from datetime import date
from pathlib import Path

import yaml

from ..configuration import preview_command
from .atomic_publish import replace, staging_dir

ATTEMPTS = 3
"""How often a build is tried when files are saved meanwhile: the checked files and the published ones are the same."""


def build(area: Path, out: Path, today: date, generator: str) -> int:
    """Check the area, build its site as on `today`, and put it in the place of `out`. Returns 0, or 1 with `out`
    untouched."""
    try:
        with staging_dir(out, lambda: print(f"Another build into {out} is under way: waiting for it.", flush=True)) \
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
    not.

    The generator runs in a process of its own: however that ends, the last good site stays.
    """
    done = subprocess.run(
        [sys.executable, "-m", "macros.site.generator", str(area), str(site), today.isoformat(), generator],
        env=_environment(today), check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    _show(done.stdout, failed=bool(done.returncode))
    if done.returncode or not (site / "index.html").is_file():
        print("Nothing was built, for the reason above.", end=" ")
        return None
    return f"Built {sum(1 for _ in site.rglob('*.html'))} pages for {_name(area)}"


def _name(area: Path) -> str:
    """Return the name of the site. Its records have passed the checks."""
    return str(yaml.safe_load((area / "data/area.yml").read_text(encoding="utf-8"))["site_name"])


def _files(area: Path) -> list[tuple[str, int, int]]:
    """Return the files of an area with their times and sizes, to find out whether one has changed."""
    found = []
    for file in sorted(path for part in ("data", "docs") for path in (area / part).rglob("*")):
        with suppress(OSError):  # one that has just gone
            found.append((str(file), file.lstat().st_mtime_ns, file.lstat().st_size))
    return found


def serve(area: Path, today: date, port: int, generator: str) -> int:
    """Preview the area's site as on `today` until this process is ended. Returns 0, or 1 if the first build failed."""
    from .generator import preview

    os.environ |= _environment(today)
    return preview(area, today, port, generator)


def _environment(today: date) -> dict[str, str]:
    """Return the environment of a build; a fixed clock for timestamps makes two builds of one day the same."""
    day = str(int((today - date(1970, 1, 1)).total_seconds()))
    return {"SOURCE_DATE_EPOCH": day} | os.environ | {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}


def _show(output: str, *, failed: bool) -> None:
    """Print the generator's output without its progress messages; of a traceback only the last line, which says what
    went wrong."""
    before, traceback, after = output.partition("Traceback (most recent call last):")
    is_shown = failed
    for line in before.splitlines():
        if line.startswith(("INFO", "DEBUG")):
            is_shown = False  # and so are the further lines of the same message
        elif line.startswith(("WARNING", "ERROR", "CRITICAL")):
            is_shown = True
        elif not line:
            is_shown = failed
        if is_shown and line:
            print(line)
    if traceback:
        print(f"The generator broke down: {after.strip().splitlines()[-1]}")


def _last_good(out: Path) -> str:
    return f"The last good site is still in {out}." if out.is_dir() else "There is no earlier site."
