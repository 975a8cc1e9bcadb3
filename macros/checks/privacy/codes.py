"""Explanations of the codes about personal data."""

from __future__ import annotations

from ...problem import Code, Topic

CODES = (
    Code("personal-data", Topic.PRIVACY,
         "This looks like a number, an address, a date of birth or a name of a child, a parent or a patient. The "
         "message does not repeat it, since everyone can read the messages of a check. As long as it is in the file, "
         "other messages about that file quote nothing. The address of an office belongs in the list in "
         "data/area.yml. People in public roles are listed there under office_holders. To allow a value for a limited "
         "time, see board safety.",
         "note: Write to the mother, zebedee@families.example.", "note: Write to the parent carer forum."),
    Code("hidden-details", Topic.PRIVACY,
         "A picture or a document holds more than its readers see: who made it, where, on which device. Save it "
         "without that.", "docs/images/photo-with-its-place.jpg", "docs/images/photo-without-its-place.jpg"),
    Code("unchecked-file", Topic.PRIVACY,
         "This file cannot be searched for personal data. It is broken, locked, a picture of text, or of a kind that "
         "the check cannot open.", "docs/scanned-letter.pdf", "docs/letter.pdf"),
    Code("exception-over", Topic.PRIVACY, "The exception for this value has expired.", "until: 2026-10-31",
         "until: 2027-10-31"),
    Code("exception-unused", Topic.PRIVACY, "This exception is not needed any more.",
         "- digest: 0123456789abcdef0123456789abcdef\n  kind: postcode", "[]"),
)
