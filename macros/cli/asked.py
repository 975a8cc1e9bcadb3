"""The fields of a filled form, read one by one."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from ..register import Register
from ..write.edits import Edits
from ..write.form import Form

Fetch = Callable[[str], tuple[str, bytes]]
"""Takes the address of an attached document, and returns its name and bytes. Raises WriteError."""

Made = tuple[str, Edits, list[str]]
"""What was made, in a few words; the files; and notices for the person who reads the pull request."""


class FormError(Exception):
    """A form with mistakes: the label of each field that is wrong, with what is wrong with it."""

    def __init__(self, mistakes: list[tuple[str, str]]) -> None:
        super().__init__("; ".join(f"{label}: {why}" for label, why in mistakes))
        self.mistakes = mistakes


@dataclass
class Asked:
    """The fields of one form, read one by one; mistakes are gathered, so that all are told at once."""

    form: Form
    values: dict[str, str]
    register: Register
    mistakes: list[tuple[str, str]] = field(default_factory=list)

    def wrong(self, id: str, why: str) -> None:
        """Note what is wrong with a field."""
        self.mistakes.append((self.form.labels[id], why))

    def text(self, id: str) -> str | None:
        """Return a field's text in one paragraph, or None where it is empty."""
        return " ".join(self.values[id].split()) if id in self.values else None

    def read(self, id: str, reader: Callable[[str], Any]) -> Any:
        """Return a field as `reader` reads it; None where it is empty or wrong."""
        if id not in self.values:
            return None
        try:
            return reader(self.text(id) or "")
        except argparse.ArgumentTypeError as error:
            self.wrong(id, str(error))
            return None

    def need(self, id: str, why: str) -> None:
        """Note that a field is empty which must not be."""
        if id not in self.values:
            self.wrong(id, why)

    def organisation(self, id: str, name: str | None = None) -> str | None:
        """Return the id of the organisation that a field, or a `name` in it, names by its id, name or short name."""
        said = name or self.text(id)
        if not said or said == "null":
            return None
        for key, organisation in self.register.organisations.items():
            names = (key, organisation.name, organisation.short_name or "", *organisation.also)
            if said.casefold() in (known.casefold() for known in names):
                return key
        self.wrong(id, f'there is no organisation "{said}"; use one of: {", ".join(self.register.organisations)}')
        return None

    def source(self) -> dict[str, str] | None:
        """Return the source that two fields give, or None where both are empty."""
        title, url = self.text("source_title"), self.text("source_url")
        if title and url:
            return {"title": title, "url": url}
        if title or url:
            self.wrong("source_url" if title else "source_title", "a source needs its title and its web address")
        return None

    def stop(self) -> None:
        """Raise FormError where anything was wrong."""
        if self.mistakes:
            raise FormError(self.mistakes)
