"""The index of organisations, and the page of each: what it has promised and how it keeps its promises."""

from __future__ import annotations

from collections.abc import Iterator

from ..records import FamilyVerdict, Record
from ..register import Register
from .actions import plans_and_aims, promises, status_counts
from .descriptions import counted
from .generated_page import GeneratedPage


def index_page(register: Register) -> Iterator[GeneratedPage]:
    """Yield the page that lists every organisation, those that own actions first, and says who sits on the board."""
    rows = [(organisation, status_counts(register.actions_where(owner=id)))
            for id, organisation in register.organisations.items()]
    yield GeneratedPage(
        address="organisations/", title="Organisations: who has promised what",
        description="Each organisation on or around the board, and how it is keeping its promises.",
        template="pages/organisations.html", record_file="data/organisations.yml", searched=False,
        context={
            "owners": [(organisation, counts) for organisation, counts in rows if counts["listed"]],
            "others": [organisation for organisation, counts in rows
                       if not counts["listed"] and organisation.kind != "press"],
            "press": [organisation for organisation, counts in rows
                      if not counts["listed"] and organisation.kind == "press"],
            "unowned": status_counts(register.actions_where(owner="not-published")),
        })


def detail_pages(register: Register) -> Iterator[GeneratedPage]:
    """Yield one page for each organisation."""
    links = register.backlinks
    for id, organisation in register.organisations.items():
        owned = register.actions_where(owner=id)
        yield GeneratedPage(
            address=f"organisations/{id}/", title=organisation.name,
            description=f"What {organisation.name} has promised: {counted(status_counts(owned))}.",
            template="pages/organisation.html", record_file=register.location_of("organisations", id)[0],
            context={
                "organisation": organisation, "owned": promises(owned),
                "not_promised": plans_and_aims(owned), "counts": status_counts(owned),
                "helps": links.supported_by.get(id, []), "once_owned": links.formerly_owned.get(id, []),
                "meetings": links.meetings_of_organisation.get(id, []),
                "partnerships": [other.id for other in register.organisations.values() if id in other.members],
                "responsible": [priority for priority in register.priorities.values()
                                if id in register.facts_of(priority).responsible],
                "answers_for": links.findings_for.get(id, []), "found": links.findings_from.get(id, []),
                "asked": [(verdict, _subject(register, verdict)) for verdict in links.asked_by.get(id, [])],
                "heard": links.themes_of_organisation.get(id, []),
                "taken_up": [register.feedback_progress[theme.id] for theme in links.themes_taken_up_by.get(id, [])],
            })


def _subject(register: Register, verdict: FamilyVerdict) -> Record:
    """Return the action, the finding or the priority about which families were asked."""
    return next(records[verdict.about] for records in (register.actions, register.findings, register.priorities)
                if verdict.about in records)
