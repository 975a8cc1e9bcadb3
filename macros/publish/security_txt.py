"""Whom to tell of a hole in the site's security, where those who find one look for it: /.well-known/security.txt.

Source: RFC 9116. Its policy is what the repository says of reports.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from ..records.area import Area, Security
from ..register import Register
from .planned import Planned

PATH = ".well-known/security.txt"


def planned(register: Register) -> Iterator[Planned]:
    """Plan the file, where the area names a contact."""
    if register.area.security:
        yield PATH, partial(_written, register.area, register.area.security)


def _written(area: Area, security: Security) -> bytes:
    site = area.site_url.rstrip("/")
    lines = [
        f"Contact: {security.contact}",
        f"Expires: {security.expires.last_day.isoformat()}T23:59:59Z",
        "Preferred-Languages: en",
        f"Canonical: {site}/{PATH}",
    ]
    if area.repository_url:
        lines.append(f"Policy: {area.repository_url.rstrip('/')}/security/policy")
    return "".join(f"{line}\n" for line in lines).encode()
