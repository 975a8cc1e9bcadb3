"""Reads the indicators that come with the software."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import yaml

from ..records import Indicator
from ..source.yaml_reader import Loader

INDICATORS = Path(__file__).parent.parent / "indicators"


@lru_cache
def indicators() -> dict[str, Indicator]:
    """Return the indicators by id, in the order of their groups and files. Raises ValidationError for a faulty one."""
    found = [Indicator.model_validate(_tuples(yaml.load(file.read_text(encoding="utf-8"), Loader)))
             for file in sorted(INDICATORS.glob("*.yml"))]
    return {indicator.id: indicator for indicator in found}


def _tuples(value: object) -> object:
    """Return a YAML value with tuples for its lists, as strict records want them, and with text for its dates."""
    if isinstance(value, list):
        return tuple(map(_tuples, value))
    if isinstance(value, dict):
        return {key: _tuples(inner) for key, inner in value.items()}
    return value if isinstance(value, (str, int, float, bool, type(None))) else str(value)
