"""Evidence and sites: a reader can see whose word something is."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from ..problem import Code, Problem, Topic, quoted
from ..register import Register

CODES = (
    Code("evidence-by", Topic.UPDATES,
         "It matters who says that something is done. No organisation in the list has this site among its “sites”, so "
         "readers cannot see whose word it is.",
         "evidence:\n  - title: Letters are clear now\n    url: https://smallshire-news.example/letters",
         "evidence:\n  - title: Letters are clear now\n    url: https://smallshire-news.example/letters\n"
         "    by: forum"),
    Code("same-site", Topic.UPDATES,
         "What is on a site is the word of one organisation. Two have this one, so readers cannot see whose word it "
         "is.",
         "role: Speaks for families.\nsites: [smallshire.example]",
         "role: Speaks for families.\nsites: [forum.smallshire.example]"),
)


def sites_belong_to_one_organisation(register: Register) -> Iterator[Problem]:
    """Ensures that no two organisations have the same site, because what is published there is the word of one."""
    first: dict[str, str] = {}
    for id, organisation in register.organisations.items():
        for number, site in enumerate(organisation.sites):
            owner = first.setdefault(site, id)
            if owner != id:
                yield Problem(*register.location_of("organisations", id, "sites", number), "same-site",
                              f"the site {quoted(site)} is also that of {quoted(owner)}",
                              'leave it with the one that publishes there; where the other publishes on a page of it, '
                              'write "by:" in its evidence')


def evidence_says_whose_word_it_is(register: Register) -> Iterator[Problem]:
    """Ensures that all evidence is the word of an organisation: by its site, or by name."""
    if "organisations" in register.unread or register.unreadable_ids.get("organisations"):
        return  # the site may be that of an organisation that could not be read
    for id, action in register.actions.items():
        promise = register.source_of(action)
        for number, update in enumerate(action.updates):
            for place, item in enumerate(update.evidence):
                if item.by or (promise and item.url == promise.url) or register.speakers.who_says(item):
                    continue
                host = (urlsplit(item.url).hostname or item.url).removeprefix("www.")
                yield Problem(*register.location_of("actions", id, "updates", number, "evidence", place),
                              "evidence-by", f"no organisation has the site {quoted(host)}",
                              'add "by:" with the id of the organisation that says so')
