"""Runs the generator on an area that passes the checks: `python -m macros.site.generate AREA DAY mkdocs build …`.

A process of its own, so that whatever the generator says can be read, and however it ends, the last good site stays.
"""

from __future__ import annotations

import gc
import runpy
import sys
import traceback
from datetime import date
from pathlib import Path

from ..checks.report import as_text
from .build import NOT_CHECKED
from .checked import check_ahead


def main(area: str, day: str, generator: str, *arguments: str) -> int:
    """Check the area as on `day`, and run the generator. Returns what the generator exits with, or NOT_CHECKED."""
    # A build makes much and throws little away: to look for garbage as often as Python does took a quarter of the time,
    # and while all is read and nothing made yet, none is worth it.
    gc.set_threshold(50_000, 20, 100)
    gc.disable()
    ahead = check_ahead(Path(area), date.fromisoformat(day))
    code = _run(generator, arguments) if ahead.register else NOT_CHECKED
    problems = ahead.problems()
    if any(problem.level == "error" for problem in problems):
        print(as_text(problems, ahead.register))
        return NOT_CHECKED
    return code


def _run(generator: str, arguments: tuple[str, ...]) -> int:
    sys.argv = [generator, *arguments]
    try:
        runpy.run_module(generator, run_name="__main__", alter_sys=True)
    except SystemExit as exit:
        return exit.code if isinstance(exit.code, int) else int(exit.code is not None)
    except Exception:
        traceback.print_exc()
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
