"""The contact for reports of security holes: whoever finds one must reach somebody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from ..problem import Problem, quoted
from ..records.partial_date import day_in_words
from ..register import Register

SOON = timedelta(days=30)
"""How long before its end the contact's day is warned of."""

LONGEST = timedelta(days=398)


def security_contact_is_current(register: Register) -> Iterator[Problem]:
    """Ensure that the contact for security holes can still be relied on.

    Source: RFC 9116, section 2.5.5: a day less than a year ahead.
    """
    security = getattr(register.area, "security", None)
    if security is None:
        return
    last = security.expires.last_day
    path, line = register.where("area", "area", "security", "expires")
    hint = "see that the contact is still right, and write a day within a year from now"
    if not security.contact.startswith("https://"):
        yield Problem(*register.where("area", "area", "security", "contact"), "security-contact",
                      f"{quoted(security.contact)} is not a private way to report a hole",
                      "write an address that begins with https://")
    if last < register.today:
        yield Problem(path, line, "security-expired", "the contact for security holes was to be relied on only until "
                      f"{day_in_words(last)}", hint)
    elif last - register.today <= SOON:
        yield Problem(path, line, "security-expires", "the contact for security holes is to be relied on only until "
                      f"{day_in_words(last)}", hint, level="warning")
    elif last - register.today > LONGEST:
        yield Problem(path, line, "security-expires", "the contact for security holes is said to be right for more "
                      "than a year", hint, level="warning")
