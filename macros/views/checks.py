"""The guide to what each check means, made from the table of all codes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..meanings import GROUPS
from ..register import Register


def list_page(register: Register) -> Iterator[dict[str, Any]]:
    """Yield the page that explains every code, each at an anchor of its own such as #unknown-owner."""
    yield {
        "address": "guides/what-the-checks-mean/", "title": "What the checks mean", "searched": False,
        "description": "Every message of the checks: what it means, an example, and what to write instead.",
        "template": "pages/checks.html", "facts": {"groups": GROUPS},
    }
