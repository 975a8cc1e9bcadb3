"""What a machine must be able to read of a published site: feeds, calendar, open data and security.txt."""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from xml.etree import ElementTree

from icalendar import Calendar

from ..publish import security_txt
from ..records.partial_date import day_in_words

ATOM = "{http://www.w3.org/2005/Atom}"
EXPIRES = re.compile(r"^Expires:[ \t]*(\S+)[ \t]*$", re.I | re.M)


def mistake(path: str, content: bytes, today: date) -> str | None:
    """Return what keeps a machine from reading a file of the site; None where nothing does, or no machine reads it."""
    try:
        if path == security_txt.PATH:
            return _security(content.decode(), today)
        if path.endswith(".xml"):
            return _xml(content.decode())
        if path.endswith(".json"):
            json.loads(content)
        if path.endswith(".ics"):
            return _calendar(content.decode())
    except (ValueError, RecursionError, ElementTree.ParseError):
        return "cannot be read by the programs that it is for"
    return None


def _xml(text: str) -> str | None:
    # A document type could name other files, or grow without end; none of ours has one.
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        return "has a document type, which no feed of this site has"
    root = ElementTree.fromstring(text)
    if root.tag == f"{ATOM}feed":
        # Source: RFC 4287, sections 4.1.1 and 4.1.2.
        for part in (root, *root.iter(f"{ATOM}entry")):
            for name in ("id", "title", "updated"):
                if part.find(ATOM + name) is None:
                    return f"is no feed that a reader takes: a part of it has no {name}"
    elif root.tag == "rss" and root.find("channel/title") is None:
        return "is no feed that a reader takes: its channel has no title"
    return None


def _calendar(text: str) -> str | None:
    calendar = Calendar.from_ical(text)
    if calendar.name != "VCALENDAR" or any(part.errors for part in calendar.walk()):
        return "is no calendar that programs take"
    return None


def _security(text: str, today: date) -> str | None:
    """Source: RFC 9116, section 2.5.5: one day of expiry, and only one."""
    days = EXPIRES.findall(text)
    if len(days) != 1:
        return "must say once when it expires"
    day = datetime.fromisoformat(days[0]).date()
    if day < today:
        return (f"expired on {day_in_words(day)}, so nobody can trust its address; set a later day under security: "
                "expires in data/area.yml")
    return None
