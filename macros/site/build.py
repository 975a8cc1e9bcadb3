"""Runs MkDocs for `board build` and `board serve`: for a given day, and so that a failed build replaces nothing.

Functions import MkDocs when they run: ProperDocs, its continuation, can take its place only if it is loaded first.
"""

from __future__ import annotations

import errno
import gc
import logging
import os
import re
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from multiprocessing import get_context
from pathlib import Path

import yaml

from ..configuration import package, preview_command
from ..problem import cannot_write
from ..records.example_address import is_example
from .atomic_publish import replace, staging_dir

ATTEMPTS = 3
"""How often a build is tried. It is repeated if a file was saved meanwhile, which may not have been checked."""


def build(area: Path, out: Path, today: date, generator: str, *, is_draft: bool = False) -> int:
    """Check the area, build its site as on `today`, and replace `out` with it. Returns 0, or 1 if `out` was kept.

    A draft is built also where something is still to be confirmed, and says on every page that it is a draft.
    """
    try:
        with staging_dir(out, lambda: print(f"Another build into {out} is under way: waiting for it.", flush=True)) \
                as folder:
            for attempt in range(ATTEMPTS):
                before = _files(area)
                pages = _built(area, folder / f"site-{attempt}", today, generator, is_draft)
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
        print(f"The site cannot be built here. {cannot_write(error) or error} {_last_good(out)}")
        return 1
    # Its records have passed the checks.
    settings = yaml.load((area / "data/area.yml").read_bytes(), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    if is_example(settings["site_url"]):
        print("Its own addresses are examples, and its pages say so. Before you publish it, write real ones into "
              "data/area.yml.")
    print(f"Built {pages} pages for {' '.join(settings['site_name'].split())} into {out}\n"
          f"To look at it: open {out / 'index.html'} in a browser, or run `{preview_command(area)}` to "
          "preview while you edit.")
    return 0


def _built(area: Path, site: Path, today: date, generator: str, is_draft: bool) -> int | None:
    """Check the area and build its site into the new folder `site`. Returns how many pages it has, or None after
    printing why there is none.

    The generator runs in a process of its own, so that the last good site stays even if that process is killed. It is
    forked from this one, which has loaded the generator: several builds load it once.
    """
    _load(generator)
    reading, writing = os.pipe()
    process = get_context("fork").Process(
        target=_generate, args=(reading, writing, area, site, today, generator, is_draft))
    process.start()
    os.close(writing)
    try:
        with os.fdopen(reading, encoding="utf-8", errors="replace") as output:
            said = output.read()
        process.join()
    finally:  # where the build is interrupted, so is the generator
        process.kill()
        process.join()
    _show(said, failed=bool(process.exitcode))
    if process.exitcode or not (site / "index.html").is_file():
        print("Nothing was built, for the reason above.", end=" ")
        return None
    return sum(1 for _ in site.rglob("*.html"))


def _generate(reading: int, writing: int, area: Path, site: Path, today: date, generator: str, is_draft: bool) -> None:
    """Build a site in a process that was forked for it, and end the process. What it prints goes into the pipe."""
    os.close(reading)  # otherwise a process that is left behind would wait until its own words are read
    os.dup2(writing, 1)
    os.dup2(writing, 2)
    sys.stdout = sys.stderr = os.fdopen(writing, "w", buffering=1, encoding="utf-8", errors="backslashreplace")
    # What is published can be read by everyone, also where what somebody writes is private by default.
    os.umask(0o022)
    os.environ |= _environment(today)
    try:
        sys.exit(build_site(area, site, today, generator, is_draft=is_draft))
    except Exception:
        traceback.print_exc()
        sys.exit(1)


def _files(area: Path) -> list[tuple[str, int, int]]:
    """Return the files of an area with their times and sizes, to find out whether one has changed."""
    found = []
    for file in sorted(path for part in ("data", "docs") for path in (area / part).rglob("*")):
        with suppress(OSError):  # a file that was deleted just now
            found.append((str(file), file.lstat().st_mtime_ns, file.lstat().st_size))
    return found


def serve(area: Path, today: date, port: int, generator: str) -> int:
    """Serve an area's site as on `today`, and rebuild it whenever a file changes, until the process is interrupted.

    Returns 0, or 1 after logging why the first build failed.
    """
    os.environ |= _environment(today)
    _load(generator)
    from click import ClickException
    from mkdocs.commands.serve import serve

    from .settings import load_arguments

    try:
        with _logging():
            serve(**load_arguments(area, today), dev_addr=f"localhost:{port}")
    except ClickException as error:
        error.show()
        return 1
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        print(f"The port {port} is in use, perhaps by another preview. Stop that one, or choose another port: "
              f"--port {port + 1}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        pass  # during the first build; afterwards the generator ends by itself
    return 0


def build_site(area: Path, site: Path, today: date, generator: str, *, is_draft: bool = False) -> int:
    """Check an area and build its site into a folder. Returns 0, or 1 after logging why not."""
    _load(generator)
    from click import ClickException
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    from .settings import load_arguments

    # A build keeps most of the objects that it creates: collecting garbage as often as usual takes a tenth of its time.
    gc.set_threshold(50_000, 20, 100)
    try:
        with _logging():
            config = load_config(**load_arguments(area, today, is_draft=is_draft), site_dir=str(site), strict=True)
            config.plugins.on_startup(command="build", dirty=False)
            try:
                build(config)
                if is_draft:
                    mark_as_draft(site)
            finally:
                config.plugins.on_shutdown()
    except ClickException as error:  # what the generator raises for faults of a site
        error.show()
        return 1
    except OSError as error:
        said = cannot_write(error)
        if said is None:
            raise
        print(f"ERROR   -  {said}", file=sys.stderr)
        return 1
    return 0


def mark_as_draft(site: Path) -> None:
    """Put a note at the top of every page of a built site that it is a draft, which is not published."""
    note = (package() / "overrides/draft.html").read_text(encoding="utf-8")
    for page in site.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        page.write_text(re.sub(r"<body[^>]*>", lambda match: match[0] + note, text, count=1), encoding="utf-8")


def _environment(today: date) -> dict[str, str]:
    """Return the environment of a build; a fixed clock for timestamps makes two builds of one day the same."""
    day = str(int((today - date(1970, 1, 1)).total_seconds()))
    return {"SOURCE_DATE_EPOCH": day} | os.environ | {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}


def _show(output: str, *, failed: bool) -> None:
    """Print the generator's output without progress messages, and only the last line of a traceback."""
    before, traceback, after = output.partition("Traceback (most recent call last):")
    is_shown = failed
    for line in before.splitlines():
        if line.startswith(("INFO", "DEBUG")):
            is_shown = False  # also for the further lines of the same message
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


def _load(generator: str) -> None:
    """Import the generator, and make all imports of `mkdocs` load it."""
    if generator == "properdocs":
        import properdocs.replacement  # noqa: F401
    import mkdocs_macros.plugin  # noqa: F401

    from . import plugin  # noqa: F401


@contextmanager
def _logging() -> Iterator[None]:
    """Log as the generator's own command line does."""
    from mkdocs.__main__ import State

    state = State()  # removes its handler when it is deleted
    if not sys.stderr.isatty():
        state.stream.setFormatter(logging.Formatter("%(levelname)-8s-  %(message)s"))
    yield
