"""Compares whose word the published evidence is: "Done, says the council" does not become "Done, say families"."""

from __future__ import annotations

from collections.abc import Iterator

from ..kinds import BY_NAME
from ..problem import Problem
from ..records import Source
from ..records.action import Evidence, Update
from ..register import Register
from ..register.verdicts import Speakers
from .revision import Baseline


def speakers(before: Baseline, now: Register) -> Iterator[Problem]:
    """Yield a problem for each published piece of evidence, or source of an update, that is another one's word now.

    Where nobody knew whose word it is, that may be added.
    """
    if "organisations" in now.unread:
        return
    is_same = BY_NAME["organisations"].home not in before.changed
    earlier = now.speakers if is_same else Speakers(before.register.organisations)
    for id, action in now.actions.items():
        path, _ = now.location_of("actions", id)
        if path in before.new or (is_same and path not in before.changed):
            continue
        published = before.register.actions.get(id, action)
        for number, (was, update) in enumerate(zip(published.updates, action.updates, strict=False)):
            for item, other in zip(_said_in(was), _said_in(update), strict=False):
                said_by, says = earlier.who_says(item), now.speakers.who_says(other)
                if item.url == other.url and said_by and (says is None or says.id != said_by.id):
                    name = f'"{says.id}"' if says else "nobody"
                    yield Problem(*now.location_of("actions", id, "updates", number), "history-edited",
                                  f'the update of {was.date} to {id} was published as the word of "{said_by.id}", and '
                                  f"is that of {name} now",
                                  f'take out "by:", or the site that {name} was given in data/organisations.yml'
                                  if says else "put it back")


def _said_in(update: Update) -> tuple[Evidence | Source, ...]:
    return (*update.evidence, *((update.source,) if update.source else ()))
