"""The site's own colour: everyone must be able to read links and buttons in it."""

from __future__ import annotations

from collections.abc import Iterator

from ..problem import Problem
from ..records.colours import DARK_GROUNDS, LIGHT_GROUNDS, least_contrast, readable
from ..register import Register

LEAST = 4.5
"""The least contrast of text. Source: WCAG 2.2, success criterion 1.4.3 (AA)."""


def colours_can_be_read(register: Register) -> Iterator[Problem]:
    """Ensure that the area's own colour has enough contrast with all that it stands on."""
    colours = getattr(register.area, "colours", None)
    if colours is None:
        return
    for key, colour, grounds in (("on_white", colours.on_white, LIGHT_GROUNDS),
                                 ("on_dark", colours.on_dark, DARK_GROUNDS)):
        found = least_contrast(colour, grounds)
        if found < LEAST:
            kind = "darker" if grounds is LIGHT_GROUNDS else "lighter"
            yield Problem(*register.where("area", "area", "colours", key), "colour-contrast",
                          f"links in {colour} are hard to read: their contrast is {found:.1f} to 1, not {LEAST}",
                          f'write a {kind} one, such as "{readable(colour, grounds, LEAST)}"')
