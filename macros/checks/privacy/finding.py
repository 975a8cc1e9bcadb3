"""A finding: where something stands that may be personal, and of what kind. What it is, is never printed."""

from __future__ import annotations

from dataclasses import dataclass, field

KINDS = {
    "nhs-number": "NHS number", "pupil-number": "unique pupil number", "insurance-number": "National Insurance number",
    "tax-reference": "taxpayer reference", "telephone": "telephone number", "email": "email address that is not listed",
    "postcode": "postcode that is not listed", "street": "street address that is not listed",
    "birth": "date of birth", "reference": "case or plan reference", "name": "name of a person beside words on a "
    "family",
}
"""What each kind is called in a problem."""


@dataclass(frozen=True, order=True)
class Finding:
    """What may be personal, from the character at `start` of the text on which it was found, `length` characters long.

    `value` is what was found, brought into one form, so that the same number is the same however it is written. It is
    kept out of every message and of this object's own text: the log of a check is public.
    """

    start: int
    length: int
    kind: str
    value: str = field(repr=False, default="")

    @property
    def end(self) -> int:
        """Where the first character behind it stands."""
        return self.start + self.length

    def place(self, text: str) -> tuple[int, int]:
        """Return the line and the column, both counted from 1, in the text on which it was found."""
        return text.count("\n", 0, self.start) + 1, self.start - text.rfind("\n", 0, self.start)
