"""The entry point of the command line `board`."""

from __future__ import annotations

import atexit
import gc
import io
import os
import sys
from collections.abc import Sequence

from .cli import parser
from .problem import cannot_write


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command. Returns 0 if all is well, 1 if there are problems. Wrong usage exits with 2."""
    arguments = sys.argv[1:] if arguments is None else arguments
    # Commands read a lot and throw little away: collecting garbage as often as usual takes a twentieth of their time.
    gc.set_threshold(200_000, 20, 100)
    # At the end, Python would look at all that was read once more, to free what the system frees anyway.
    atexit.register(gc.freeze)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # where a terminal has no “…”, its code is better than a breakdown
            stream.reconfigure(errors="backslashreplace")
    options = parser(arguments).parse_args(arguments)
    try:
        return options.run(options)
    except BrokenPipeError:
        # The reader has closed the pipe, as in `board check | head`. Redirect stdout to /dev/null, since Python flushes
        # it at exit and would raise again. Source: Python documentation, "signal", note on SIGPIPE.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        said = cannot_write(error)
        if said is None:
            raise
        print(said, file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
