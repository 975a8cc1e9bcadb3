"""Nothing about a child or a family gets out: what could be personal is found before it is published.

How many people a text tells of in words, such as "three children", is left to its writer: no program can say whether
three children in a county could be recognised, or three in a village.
"""

from __future__ import annotations

from .area import found_in_file, nothing_personal
from .exceptions import digest
from .finding import KINDS, Finding
from .hidden import without_values
from .search import Allowed, findings
from .site import SiteLook

__all__ = [
    "KINDS", "Allowed", "Finding", "SiteLook", "digest", "findings", "found_in_file", "nothing_personal",
    "without_values",
]
