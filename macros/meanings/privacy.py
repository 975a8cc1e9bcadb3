"""Codes about what could tell of a child, a family or another person."""

from .meaning import Group, Meaning

PRIVACY = Group("When something could tell who someone is", (
    Meaning("personal-data", "This looks like a number, an address, a date of birth or a name of a child, a parent or "
            "a patient. What it is, is not repeated here, since everyone can read what a check says. While it stands "
            "there, other messages on the same file quote nothing. The address of an office belongs in the list in "
            "data/area.yml. Who holds an office stands there under office_holders. What may be published all the same "
            "can be let through until a day: see board safety.",
            "note: Write to the mother, zebedee@families.example.", "note: Write to the parent carer forum."),
    Meaning("hidden-details", "A picture or a document holds more than one sees: who made it, where, on which device. "
            "Save it without that.",
            "docs/images/photo-with-its-place.jpg", "docs/images/photo-without-its-place.jpg"),
    Meaning("unchecked-file", "Nobody can tell what this file hides. It is broken, locked, a picture of text, or of a "
            "kind that cannot be looked into.",
            "docs/scanned-letter.pdf", "docs/letter.pdf"),
    Meaning("exception-over", "The time until which this value could stand has passed.",
            "until: 2026-10-31", "until: 2027-10-31"),
    Meaning("exception-unused", "Nothing needs this exception any more.",
            "- digest: 0123456789abcdef0123456789abcdef\n  kind: postcode", "[]"),
))
