"""Small files made from data/area.yml: the site's own colours, and security.txt."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from ..records.area import Area, Colours, Security
from ..records.colours import DARK_GROUNDS, LIGHT_GROUNDS, tint
from ..register import Register
from .output_file import OutputFile

COLOURS_PATH = "assets/area.css"
SECURITY_PATH = ".well-known/security.txt"


def output_files(register: Register) -> Iterator[OutputFile]:
    """Yield the stylesheet of the area's own colours if it has any, and security.txt if it names a contact."""
    area = register.area
    if area.colours:
        yield OutputFile(COLOURS_PATH, partial(colours_css, area.colours))
    if area.security:
        yield OutputFile(SECURITY_PATH, partial(security_txt, area, area.security))


def colours_css(colours: Colours) -> bytes:
    """Return the stylesheet with the area's accent colour; browsers load it after the theme's own."""
    light, dark = (f"--b-accent: {colour}; --b-accent-soft: {tint(colour, paper)};" for colour, paper in (
        (colours.on_white, LIGHT_GROUNDS[0]), (colours.on_dark, DARK_GROUNDS[0])))
    # The three rules of the theme's stylesheet: light, dark by the system's setting, dark by the reader's choice.
    return (f":root {{ {light} }}\n"
            f"@media screen and (prefers-color-scheme: dark) {{ :root:not([data-colours=\"light\"]) {{ {dark} }} }}\n"
            f"@media screen {{ :root[data-colours=\"dark\"] {{ {dark} }} }}\n").encode()


def security_txt(area: Area, security: Security) -> bytes:
    """Return the file that tells security researchers whom to contact. Source: RFC 9116."""
    site = area.site_url.rstrip("/")
    lines = [
        f"Contact: {security.contact}",
        f"Expires: {security.expires.last_day.isoformat()}T23:59:59Z",
        "Preferred-Languages: en",
        f"Canonical: {site}/{SECURITY_PATH}",
    ]
    if area.repository_url:
        lines.append(f"Policy: {area.repository_url.rstrip('/')}/security/policy")
    return "".join(f"{line}\n" for line in lines).encode()
