"""Checks that programs can read the files of a published site: feeds, calendar, open data and security.txt."""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from xml.etree import ElementTree

from icalendar import Calendar

from ..publish.area_files import SECURITY_PATH
from ..records.partial_date import day_in_words

ATOM = "{http://www.w3.org/2005/Atom}"
EXPIRES = re.compile(r"^Expires:[ \t]*(\S+)[ \t]*$", re.I | re.M)


def format_error(path: str, content: bytes, today: date) -> str | None:
    """Return why programs cannot read a file of the site; None if they can, or if the file is a page."""
    try:
        if path == SECURITY_PATH:
            return _security(content.decode(), today)
        if path.endswith(".xml"):
            return _xml(content.decode())
        if path.endswith(".json"):
            json.loads(content)
        if path.endswith(".ics"):
            return _calendar(content.decode())
    except (ValueError, RecursionError, ElementTree.ParseError):
        return "cannot be read by programs"
    return None


def _xml(text: str) -> str | None:
    # A document type could load other files (XXE) or expand without end; our feeds have none.
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        return "has a document type, which no feed of this site has"
    root = ElementTree.fromstring(text)
    if root.tag == f"{ATOM}feed":
        # Source: RFC 4287, sections 4.1.1 and 4.1.2.
        for part in (root, *root.iter(f"{ATOM}entry")):
            for name in ("id", "title", "updated"):
                if part.find(ATOM + name) is None:
                    return f"is not a valid feed: a part of it has no {name}"
    elif root.tag == "rss" and root.find("channel/title") is None:
        return "is not a valid feed: its channel has no title"
    return None


def _calendar(text: str) -> str | None:
    calendar = Calendar.from_ical(text)
    if calendar.name != "VCALENDAR" or any(part.errors for part in calendar.walk()):
        return "is not a valid calendar"
    return None


def _security(text: str, today: date) -> str | None:
    """Return what is wrong with the expiry date: there must be exactly one. Source: RFC 9116, section 2.5.5."""
    days = EXPIRES.findall(text)
    if len(days) != 1:
        return "must say once when it expires"
    day = datetime.fromisoformat(days[0]).date()
    if day < today:
        return (f"expired on {day_in_words(day)}, so its contact can no longer be trusted; set a later day under "
                "security: expires in data/area.yml")
    return None
