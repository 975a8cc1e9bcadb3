"""How much work a function does, counted and not timed, so that a busy machine gives the same figure as an idle one."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

SIZED = (list, tuple, set, frozenset, dict)


def operations(run: Callable[[], object]) -> int:
    """Return how many operations `run` takes: the steps of the interpreter's trace, and the sizes of what is returned.

    Python traces (sys.settrace) each call, each line and each return; a loop's next round is a line again, also where
    all of it stands on one line, as in a comprehension. What runs in C has no lines: so a function that returns a list,
    a set or a mapping counts for as much as it holds, unless that very one has been returned before.

    What functions remember is forgotten first: otherwise the figure would depend on what other tests have read.
    """
    _forget()
    count = 0
    returned: dict[int, Any] = {}

    def trace(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal count
        count += 1
        if event == "return" and isinstance(argument, SIZED) and id(argument) not in returned:
            returned[id(argument)] = argument  # kept, so that no other can come to stand in its place
            count += len(argument)
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        run()
    finally:
        sys.settrace(before)
    return count


def _forget() -> None:
    for name, module in list(sys.modules.items()):
        for value in list(vars(module).values()) if name.startswith("macros.") else ():
            if hasattr(value, "cache_clear"):
                value.cache_clear()
