"""Organisations: what each has promised, and how it is keeping it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..register import Register
from .keeping import keeping


def list_page(register: Register) -> Iterator[dict[str, Any]]:
    """Yield the page that lists every organisation and how it keeps its promises."""
    rows = [(organisation, keeping(register.actions_where(owner=id)))
            for id, organisation in register.organisations.items()]
    yield {
        "address": "organisations/", "title": "Organisations: who has promised what",
        "description": "Each organisation on or around the board, and how it is keeping its promises.",
        "template": "pages/organisations.html", "record_file": "data/organisations.yml", "searched": False,
        "facts": {
            "owners": [(organisation, kept) for organisation, kept in rows if kept["all"]],
            "others": [organisation for organisation, kept in rows if not kept["all"]],
            "unowned": keeping(register.actions_where(owner="not-published")),
        },
    }


def record_pages(register: Register) -> Iterator[dict[str, Any]]:
    """Yield one page for each organisation."""
    links = register.backlinks
    for id, organisation in register.organisations.items():
        owned = register.actions_where(owner=id)
        yield {
            "address": f"organisations/{id}/", "title": organisation.name,
            "description": f"What {organisation.name} has promised, and how it is keeping it.",
            "template": "pages/organisation.html", "record_file": register.where("organisations", id)[0],
            "facts": {
                "organisation": organisation, "owned": owned, "keeping": keeping(owned),
                "helps": links.actions_of_helper.get(id, []), "once_owned": links.actions_once_of_owner.get(id, []),
                "meetings": links.meetings_of_organisation.get(id, []),
                "heard": links.themes_of_organisation.get(id, []),
            },
        }
