"""The headings of what changed. `board comment` needs no more of the pages than these, so they have a module alone."""

from __future__ import annotations

GROUP_TITLES = {
    "plan": "New plans",
    "decided": "Decided",
    "found": "Found or recommended",
    "heard": "What families said",
    "taken_up": "Taken up",
    "answered": "Answered",
    "changed": "What changed for families",
    "promised": "Newly promised",
    "planned": "Plans that were reported",
    "aim": "Aims that were named",
    "complete": "Done",
    "stopped": "Stopped",
    "dropped": "Dropped",
    "carried_over": "Carried over to another plan",
    "merged": "Merged with another action",
    "not_mentioned": "Not mentioned in the new plan",
    "date_passed": "Their date has passed",
    "late": "Late",
    "moved": "Dates moved",
    "dated": "Dates given for the first time",
    "owner": "New owners",
    "status": "New status",
    "asked": "Asked in public",
    "figure": "New figures",
    "verdict": "Whether findings are better now",
    "family_verdict": "What families said when they were asked",
    "news": "Other news",
    "corrected": "Mistakes put right",
    "described": "What names, words and pages say",
    "taken_down": "Taken down",
}
"""The heading of each kind of change."""
