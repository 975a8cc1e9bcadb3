"""A file that is planned and not yet made."""

from __future__ import annotations

from collections.abc import Callable

Planned = tuple[str, Callable[[], bytes]]
"""A file's path on the site, such as api/v1/index.json, and what makes its bytes. To plan costs next to nothing."""
