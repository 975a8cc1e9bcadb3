"""The command line `board`."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from .commands import parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command. Returns 0 where all is well, 1 where there are problems; wrong usage exits with 2."""
    options = parser().parse_args(arguments)
    return options.run(options)


if __name__ == "__main__":
    sys.exit(main())
