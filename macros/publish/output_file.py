"""A file that the site publishes for machines."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple


class OutputFile(NamedTuple):
    """A file's path on the site, such as api/v1/index.json, and the function that renders its bytes.

    Rendering is left to the caller, so that planning a large site is cheap and the work can be shared between
    processes. A pickled `render` must therefore be a function of a module with its arguments bound, not a closure.
    """

    path: str
    render: Callable[[], bytes]
