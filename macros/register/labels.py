"""Words for what is computed, as readers see them."""

from __future__ import annotations

DAYS_IN_MONTH = 365.25 / 12

SMALL_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
                 "twelve")


def duration_in_words(days: int) -> str:
    """Return a length of time as people say it: "12 days", "one month", "nearly three years"."""
    if days < 28:
        return f"{days} day{'s' if days != 1 else ''}"
    months = max(round(days / DAYS_IN_MONTH), 1)
    if months < 12:
        return f"{SMALL_NUMBERS[months]} month{'s' if months != 1 else ''}"
    years, rest = divmod(months, 12)
    nearly = rest >= 9
    years += nearly
    words = SMALL_NUMBERS[years] if years < len(SMALL_NUMBERS) else str(years)
    lead = "nearly " if nearly else "more than " if rest >= 2 else ""
    return f"{lead}{words} year{'s' if years != 1 else ''}"
