"""What a text speaks of that the records know: organisations and acronyms; and the days in it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ...records import Organisation
from ...records.partial_date import day_in_words
from ...register import Register
from .days import days_in

ACRONYM = re.compile(r"\b(?=[A-Za-z]*[A-Z][A-Za-z]*[A-Z])[A-Z][A-Za-z]{1,11}\b(?!@)")
NO_ACRONYM = re.compile(r"Mc[A-Z]|Mac[A-Z]|[A-Z][a-z]+[A-Z][a-z]+$|I{2,3}|IV|VI{0,3}|IX|AM|PM|OK|UK")


@dataclass(frozen=True)
class Recognised:
    """Days in words, organisations, and acronyms with and without an entry in the glossary, as they stand in a text."""

    days: tuple[str, ...]
    organisations: tuple[Organisation, ...]
    explained: tuple[str, ...]
    unexplained: tuple[str, ...]

    def lines(self) -> list[str]:
        """Return what was recognised, a line a kind."""
        found = (("Dates in the text", self.days),
                 ("Organisations in the text", [one.short_name or one.name for one in self.organisations]),
                 ("Acronyms that the glossary explains", self.explained),
                 ("Acronyms that it does not (spell them out, or add them to data/glossary.yml)", self.unexplained))
        return [f"{what}: {', '.join(names)}." for what, names in found if names]


def recognise(register: Register, paragraphs: Iterable[str]) -> Recognised:
    """Return what the records know in a text."""
    text = "\n".join(paragraphs)
    known = {word for term in register.terms.values() for word in (term.term, *term.also)}
    known |= {word for one in register.organisations.values() for word in (one.short_name, *one.also) if word}
    parts = {part for word in known for part in word.split()}
    acronyms = {acronym.removesuffix("s") for acronym in ACRONYM.findall(text) if not NO_ACRONYM.match(acronym)}
    return Recognised(
        days=tuple(dict.fromkeys(day_in_words(written.day) for written in days_in(text))),
        organisations=tuple(organisations_in(register, text)),
        explained=tuple(sorted(acronyms & parts)), unexplained=tuple(sorted(acronyms - parts)))


def organisations_in(register: Register, text: str) -> list[Organisation]:
    """Return the organisations whose name, short name or other name stands in a text.

    A word that several answer to names none of them.
    """
    owners: dict[str, list[Organisation]] = {}
    for one in register.organisations.values():
        for name in filter(None, (one.name, one.short_name, *one.also)):
            owners.setdefault(name.lower(), []).append(one)
    names = {one.name.lower() for one in register.organisations.values()}
    found = [one for name, those in owners.items() if len(those) == 1 or name in names
             for one in those if re.search(rf"(?i)(?<!\w){re.escape(name)}(?!\w)", text)]
    return list({one.id: one for one in found}.values())
