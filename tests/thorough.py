"""What `make test` runs a part of, and `make test-all` the whole: many examples, moments or pages of one behaviour."""

from __future__ import annotations

import os

import pytest

ALL = bool(os.environ.get("TEST_ALL"))

only_in_test_all = pytest.mark.skipif(not ALL, reason="make test-all runs it, and make test a smaller one like it")


def share(number: int) -> int:
    """Return how many of `number` examples to try: all of them, or a fifth."""
    return number if ALL else max(1, number // 5)
