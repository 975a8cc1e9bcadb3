"""Codes that one may meet when filling in a record's keys."""

from .meaning import Group, Meaning

VALUES = Group("When you fill in a record", (
    Meaning("missing-key", "The record needs this line. Where the fact is not known, write null: the site then says "
            "that it is not known.",
            "- id: forum\n  name: Smallshire Forum\n  kind: parent carer forum",
            "- id: forum\n  name: Smallshire Forum\n  kind: parent carer forum\n  role: Speaks for families."),
    Meaning("unknown-key", "No line of this name can stand here. Most often it is misspelt.",
            "stauts: in_progress", "status: in_progress"),
    Meaning("empty-text", "The line is there, and its text is empty.", 'title: "  "', "title: Answer letters"),
    Meaning("value-kind", "A text stands where a list or a number should, or the other way round.",
            "with:\n  -council\n  -forum", "with:\n  - council\n  - forum"),
    Meaning("value", "The value cannot be right. The message says why.",
            "(a value that no rule allows)", "(one that a similar record has)"),
    Meaning("id-form", "Ids have one form for each kind of record, so that they can be found in a text.",
            "id: A-3", "id: A-003"),
    Meaning("web-address", "The address is not whole, so no browser could open it.",
            "url: www.smallshire.example/plan", "url: https://www.smallshire.example/plan"),
    Meaning("email", "This is no address that a message could be sent to.",
            "email: hello at forum.smallshire.example", "email: hello@forum.smallshire.example"),
    Meaning("unknown-status", "An action's status is one of six words: not_started, in_progress, at_risk, blocked, "
            "complete, stopped.", "status: started", "status: in_progress"),
    Meaning("unknown-kind", "The kind is not one that can be chosen. What a meeting only discussed is no decision.",
            "kind: discussed", "kind: agreed"),
    Meaning("unknown-state", "The state of a meeting or a figure is not one that can be chosen. The message lists "
            "them.",
            "state: hold", "state: held"),
    Meaning("unknown-better", "A measure says which way is better for families: higher, lower or neither.",
            "better: more", "better: higher"),
    Meaning("unknown-read", "A source was read whole or partly. There is nothing between.",
            "read: part", "read: partly"),
    Meaning("unknown-field", "A correction names the line of the record that was wrong. There is no line of this name.",
            "field: titel", "field: title"),
    Meaning("unknown-standing", "The site is adopted, when the board runs it, or independent, when others do.",
            "standing: approved", "standing: adopted"),
    Meaning("unknown-audience", "Routes for feedback are for parent_carer, young_person, partner, councillor or "
            "website.", "audience: parents", "audience: parent_carer"),
    Meaning("no-route", "Readers are told who answers, and not how to reach them.",
            "who_answers: Smallshire Forum\nwhat_happens_next: A parent at the forum answers within a week.",
            "who_answers: Smallshire Forum\nemail: hello@forum.smallshire.example\n"
            "what_happens_next: A parent at the forum answers within a week."),
))
