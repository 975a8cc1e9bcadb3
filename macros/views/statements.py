"""What the law and honesty ask every public site to say: how accessible it is, and what it keeps of its readers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..register import Register


def list_page(register: Register) -> Iterator[dict[str, Any]]:
    """Yield the accessibility statement and the privacy notice."""
    yield {
        "address": "accessibility/", "title": "Accessibility",
        "description": "How accessible this site is, what is not and why, how it was tested, and how to tell us.",
        "template": "pages/accessibility.html", "record_file": "data/area.yml",
    }
    yield {
        "address": "privacy/", "title": "Privacy",
        "description": "No cookies, no tracking, no forms: nothing is kept about you.",
        "template": "pages/privacy.html",
    }
