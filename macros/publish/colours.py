"""The site's own colour, where the area has one, for browsers to take after the stylesheet: assets/area.css."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from ..records.area import Colours
from ..records.colours import DARK_GROUNDS, LIGHT_GROUNDS, tint
from ..register import Register
from .planned import Planned

PATH = "assets/area.css"


def planned(register: Register) -> Iterator[Planned]:
    """Plan the file, where the area has colours of its own."""
    if register.area.colours:
        yield PATH, partial(_written, register.area.colours)


def _written(colours: Colours) -> bytes:
    light, dark = (f"--b-accent: {colour}; --b-accent-soft: {tint(colour, paper)};" for colour, paper in (
        (colours.on_white, LIGHT_GROUNDS[0]), (colours.on_dark, DARK_GROUNDS[0])))
    # The same three places as in the stylesheet: light, dark by the system's setting, and dark by the reader's choice.
    return (f":root {{ {light} }}\n"
            f"@media screen and (prefers-color-scheme: dark) {{ :root:not([data-colours=\"light\"]) {{ {dark} }} }}\n"
            f"@media screen {{ :root[data-colours=\"dark\"] {{ {dark} }} }}\n").encode()
