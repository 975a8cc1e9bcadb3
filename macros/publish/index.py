"""The index of the open data: every file, with what it is and where its form is described."""

from __future__ import annotations

from collections.abc import Iterator

from ..register import Register
from ..register.addresses import SITE
from . import calendar, ledger
from .documents import API, KINDS, TITLES, head, link, written
from .planned import Planned
from .tables import TABLES

Entry = dict[str, str]


def planned(register: Register) -> Iterator[Planned]:
    """Plan the index."""
    yield f"{API}index.json", lambda: written({**head(register), "files": list(entries(register))})


def entries(register: Register) -> Iterator[Entry]:
    """Yield every file of the open data, but those of single actions: its address, title, media type and form."""
    for kind in KINDS:
        yield {"url": link(register, f"{SITE}{API}{kind}.json"), "title": TITLES[kind], "type": "application/json",
               "form": link(register, f"{SITE}{API}schema/{kind}.json")}
    for table in TABLES:
        yield {"url": link(register, SITE + table.path), "title": table.title, "type": "text/csv",
               "form": link(register, f"{SITE}{table.path}-metadata.json")}
    yield {"url": link(register, SITE + ledger.PATH), "title": "The ledger: digests of every record",
           "type": "application/json", "form": link(register, f"{SITE}open-data/")}
    yield {"url": link(register, SITE + calendar.PATH), "title": "Meetings and due dates", "type": "text/calendar",
           "form": "https://www.rfc-editor.org/rfc/rfc5545"}
