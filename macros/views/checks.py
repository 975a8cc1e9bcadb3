"""The guide to the checks, made from the table of all codes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..checks.explanations import codes_by_topic
from ..register import Register


def list_page(register: Register) -> Iterator[dict[str, Any]]:
    """Yield the page that explains every code, each at an anchor of its own such as #unknown-owner."""
    topics = [{"heading": topic.value, "codes": codes} for topic, codes in codes_by_topic().items()]
    yield {
        "address": "guides/what-the-checks-mean/", "title": "What the checks mean", "searched": False,
        "description": "Every message of the checks: what it means, an example, and what to write instead.",
        "template": "pages/checks.html", "facts": {"topics": topics},
    }
