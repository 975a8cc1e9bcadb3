"""The command line `board`, run in the process of the test."""

from __future__ import annotations

import io
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

from macros.__main__ import main


def board(area: Path, *arguments: str | Path, today: str = "2026-11-24") -> tuple[int, str]:
    """Run a command on an area as on a day. Returns its exit code and all that it printed."""
    printed = io.StringIO()
    with redirect_stdout(printed), redirect_stderr(printed):
        try:
            code = main([*map(str, arguments), "--area", str(area), "--today", today])
        except SystemExit as stopped:
            code = int(stopped.code or 0)
    return code, printed.getvalue()
