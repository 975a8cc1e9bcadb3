"""The security contact in area.yml, to which a vulnerability is reported."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from ..problem import Code, Problem, Topic, quoted
from ..records.partial_date import day_in_words
from ..register import Register

CODES = (
    Code("security-contact", Topic.TRUST, "People who find a vulnerability must be able to report it in private.",
         "contact: http://smallshire.example/report", "contact: https://smallshire.example/report"),
    Code("security-expired", Topic.TRUST, "The security contact has passed its last day.", "expires: 2026-10-31",
         "expires: 2027-10-31"),
    Code("security-expires", Topic.SECURITY_CONTACT,
         "The security contact expires in less than a month, or in more than a year. Check that the contact is still "
         "right, and write a new day.", "expires: 2026-12-01", "expires: 2027-10-31", level="warning"),
)

WARNED_BEFORE = timedelta(days=30)

MAX_AHEAD = timedelta(days=398)
"""RFC 9116 recommends less than a year; a month more leaves time to renew it."""


def security_contact_is_current(register: Register) -> Iterator[Problem]:
    """Ensures that the security contact is private, and neither expired nor set for longer than a year.

    Source: RFC 9116, section 2.5.5.
    """
    security = getattr(register.area, "security", None)
    if security is None:
        return
    last = security.expires.last_day
    path, line = register.location_of("area", "area", "security", "expires")
    hint = "check that the contact is still right, and write a day within the next year"
    if not security.contact.startswith("https://"):
        yield Problem(*register.location_of("area", "area", "security", "contact"), "security-contact",
                      f"{quoted(security.contact)} is not a private way to report a vulnerability",
                      "write an address that begins with https://")
    if last < register.today:
        yield Problem(path, line, "security-expired", f"the security contact expired on {day_in_words(last)}", hint)
    elif last - register.today <= WARNED_BEFORE:
        yield Problem(path, line, "security-expires", f"the security contact expires on {day_in_words(last)}", hint,
                      level="warning")
    elif last - register.today > MAX_AHEAD:
        yield Problem(path, line, "security-expires", "the security contact expires in more than a year", hint,
                      level="warning")
