"""Addresses that nobody can have, and that lead nowhere."""

from __future__ import annotations

import re

TO_FILL_IN = "https://github.com/OWNER/"
"""What the address of a new area's repository begins with."""

EXAMPLE_ADDRESS = re.compile(
    r"(?:(?:https?://|@)[\w.-]*\.(?:example|invalid|test)\b|https?://(?:www\.)?example\.(?:com|org|net)\b"
    rf"|https?://github\.com/example/|{TO_FILL_IN})[^\s\"']*")
"""Source: RFC 2606, and what a new area begins with."""


def is_example(address: str | None) -> bool:
    """Return whether a web or email address is one that nobody can have."""
    return bool(address and EXAMPLE_ADDRESS.search(address))
