"""The command line `board`."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from .cli import parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command. Returns 0 where all is well, 1 where there are problems; wrong usage exits with 2."""
    arguments = sys.argv[1:] if arguments is None else arguments
    options = parser(arguments[0] if arguments else None).parse_args(arguments)
    try:
        return options.run(options)
    except BrokenPipeError:
        # As in `board check | head`: nobody reads on. Python would complain once more when it closes the output.
        # Source: Python documentation, "signal", note on SIGPIPE.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


if __name__ == "__main__":
    sys.exit(main())
