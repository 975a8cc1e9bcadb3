"""A file that the site publishes for machines."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple


class OutputFile(NamedTuple):
    """A file's path on the site, such as api/v1/index.json, and the function that renders its bytes.

    The caller renders it, so that planning a large site is cheap, and a preview renders only what is requested.
    """

    path: str
    render: Callable[[], bytes]
