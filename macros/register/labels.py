"""The site's own words for statuses, audiences and numbers."""

from __future__ import annotations

STATUS_WORDS = {
    "not_started": "Not started",
    "in_progress": "In progress",
    "at_risk": "At risk",
    "blocked": "Blocked",
    "complete": "Done",
    "stopped": "Stopped",
    "silent": "No update published",
    "unstated": "Status not published",
    "overdue": "Late",
}

AUDIENCE_WORDS = {
    "parent_carer": "Parents and carers",
    "young_person": "Children and young people",
    "partner": "Partners and people who work in services",
    "councillor": "Councillors",
    "website": "Problems with this website",
}


def days_in_words(days: int) -> str:
    """Return a number of days with its noun: "1 day", "1,203 days"."""
    return f"{days:,} day{'' if abs(days) == 1 else 's'}"


def number_in_words(value: int | float) -> str:
    """Return a figure with commas between thousands, and without needless decimals."""
    return f"{value:,}" if isinstance(value, int) or value % 1 else f"{int(value):,}"
