"""The one place that asks which day it is; all else is told."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo


def today_in_england() -> date:
    """Return the day that it is in Europe/London now."""
    return datetime.now(ZoneInfo("Europe/London")).date()
