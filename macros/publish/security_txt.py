"""Whom to tell of a hole in the site's security, where those who find one look for it: /.well-known/security.txt.

Source: RFC 9116. Its policy is what the repository says of reports.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..register import Register

PATH = ".well-known/security.txt"


def files(register: Register) -> Iterator[tuple[str, bytes]]:
    """Yield the file, where the area names a contact."""
    area = register.area
    if area.security is None:
        return
    site = area.site_url.rstrip("/")
    lines = [
        f"Contact: {area.security.contact}",
        f"Expires: {area.security.expires.last_day.isoformat()}T23:59:59Z",
        "Preferred-Languages: en",
        f"Canonical: {site}/{PATH}",
    ]
    if area.repository_url:
        lines.append(f"Policy: {area.repository_url.rstrip('/')}/security/policy")
    yield PATH, "".join(f"{line}\n" for line in lines).encode()
