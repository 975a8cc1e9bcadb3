"""A limit on the time that a call may take, for calls that wait for another computer."""

from __future__ import annotations

import threading
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

Result = TypeVar("Result")


class TimeLimitError(Exception):
    """A call took longer than it may. What it had begun is left to end by itself."""


def within(seconds: float, call: Callable[[], Result]) -> Result:
    """Return what `call` returns, or raise what it raises. Raises TimeLimitError after `seconds`.

    A timeout of a socket limits each wait, and not the whole: a server that sends a byte a second never ends.
    """
    done: SimpleQueue[tuple[bool, Any]] = SimpleQueue()

    def run() -> None:
        try:
            done.put((True, call()))
        except BaseException as error:
            done.put((False, error))

    threading.Thread(target=run, daemon=True).start()
    try:
        is_result, value = done.get(timeout=max(0.0, seconds))
    except Empty:
        raise TimeLimitError from None
    if not is_result:
        raise value
    return value
