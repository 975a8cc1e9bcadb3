"""The only place that reads the clock; all other code is given the day."""

from __future__ import annotations

from datetime import date, datetime


def today_in_england() -> date:
    """Return the current day in Europe/London."""
    from zoneinfo import ZoneInfo

    return datetime.now(ZoneInfo("Europe/London")).date()
