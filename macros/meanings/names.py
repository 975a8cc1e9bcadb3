"""Codes that one may meet when a record or a post names another."""

from .meaning import Group, Meaning

NAMES = Group("When you name another record", (
    Meaning("unknown-owner", "The owner is not in the list of organisations. Write the id that stands there, not the "
            "name. Where no source says who owns it, write null.",
            "owner: counsil", "owner: council"),
    Meaning("unknown-organisation", "There is no such id in the list of organisations.",
            "with: [councel]", "with: [council]"),
    Meaning("unknown-action", "There is no action with this number.",
            '{{ action("A-0001") }}', '{{ action("A-001") }}'),
    Meaning("unknown-decision", "There is no decision with this number.",
            "decisions: [D-001, D-002, D-003]", "decisions: [D-001, D-002]"),
    Meaning("unknown-meeting", "There is no meeting on this day. A meeting is named by its date.",
            "meeting: 2024-01-30", "meeting: 2024-01-31"),
    Meaning("unknown-measure", "There is no measure of this name.",
            '{{ measure("plans-in-time") }}', '{{ measure("plans-on-time") }}'),
    Meaning("unknown-feedback", "There is no feedback theme with this number.",
            "Smallshire is invented, see F-010.", "Smallshire is invented, see F-001."),
    Meaning("unknown-priority", "There is no such priority.", "priorities: [P2]", "priorities: [P1]"),
    Meaning("unknown-term", "The word does not stand in the glossary.", '{{ term("ZZ") }}', '{{ term("EHCP") }}'),
    Meaning("unknown-post", "There is no post whose file has this name. It is written without its ending .md.",
            "post: 2024-02-02-frist-meeting", "post: 2024-02-02-first-meeting"),
    Meaning("post-meeting", "A meeting and its post name each other. Here one of them does not.",
            "state: planned\npost: 2024-02-02-first-meeting", "state: planned"),
    Meaning("post-lacks", "The post does not list everything that was decided or taken on at its meeting. So readers "
            "of the post would miss a promise.",
            "decisions: [D-001]", "decisions: [D-001, D-002]"),
    Meaning("decision-action", "A decision and the actions that it leads to name each other. Here one of them does "
            "not.",
            "leads_to: [A-001, A-003]", "leads_to: [A-001]"),
    Meaning("decision-meeting", "The decision was made at another meeting than the one named here.",
            "meeting: 2026-12-09\ndecision: D-001", "meeting: 2024-01-31\ndecision: D-001"),
))
