"""Codes that one may meet when giving dates."""

from .meaning import Group, Meaning

DATES = Group("When you give a date", (
    Meaning("date", "Dates are written year first, so that computers can count the days. The site shows them in words.",
            "due: June 2024", "due: 2024-06"),
    Meaning("future-date", "This is told as if it had happened, and its date has not come yet.",
            "- period: 2027", "- period: 2025"),
    Meaning("update-order", "Updates stand oldest first, and none is older than the promise. What you "
            "learnt late is dated today, and says when it happened. It undoes nothing newer.",
            "agreed:\n  meeting: 2026-12-09\nupdates:\n  - date: 2024-03-20",
            "agreed:\n  meeting: 2026-12-09\nupdates:\n  - date: 2027-03-20"),
    Meaning("post-date", "A post cannot tell of a meeting that was still to come.",
            "date: 2024-01-30\nmeeting: 2024-01-31", "date: 2024-02-02\nmeeting: 2024-01-31"),
))

ELECTIONS = Group("When an election is near", (
    Meaning("pre-election", "In the weeks before people vote, a council may not say all that it likes. So ask first. "
            "The council has someone who knows the rules: the monitoring officer.",
            "date: 2026-11-20", "date: 2026-11-20\ndraft: true"),
), is_advice=True)
