"""Reads the fields of a filled issue form, and collects what is wrong with them."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from ...register import Register
from ...write import Edits
from ...write.form import Form

FetchDocument = Callable[[str], tuple[str, bytes]]
"""Takes the address of an attached document, and returns its name and bytes. Raises WriteError."""

FormResult = tuple[str, Edits, list[str]]
"""A short title, the edits, and notices for the reviewer of the pull request."""


class FormError(Exception):
    """The form has mistakes: pairs of a field's label and what is wrong with it."""

    def __init__(self, mistakes: list[tuple[str, str]], *, is_personal: bool = False) -> None:
        """`is_personal` where the form holds personal data."""
        super().__init__("; ".join(f"{label}: {why}" for label, why in mistakes))
        self.mistakes, self.is_personal = mistakes, is_personal


@dataclass
class FormFields:
    """The fields of one filled form. Mistakes are collected, so that the writer sees all of them at once."""

    form: Form
    values: dict[str, str]
    register: Register
    mistakes: list[tuple[str, str]] = field(default_factory=list)

    def report(self, id: str, why: str) -> None:
        """Record what is wrong with a field."""
        self.mistakes.append((self.form.labels[id], why))

    def text(self, id: str) -> str | None:
        """Return a field's text as one paragraph, or None if it is empty."""
        return " ".join(self.values[id].split()) if id in self.values else None

    def read(self, id: str, reader: Callable[[str], Any]) -> Any:
        """Return a field's value as parsed by `reader`, or None if it is empty or wrong."""
        return self.read_text(id, self.text(id) or "", reader) if id in self.values else None

    def read_text(self, id: str, text: str, reader: Callable[[str], Any]) -> Any:
        """Return a part of a field's text as parsed by `reader`, or None if it is wrong."""
        try:
            return reader(text)
        except argparse.ArgumentTypeError as error:
            self.report(id, str(error))
            return None

    def is_ticked(self, id: str) -> bool:
        """Return whether a box is ticked. GitHub writes “- [X] Label”, and “- [ ] Label” for an empty box."""
        return self.values.get(id, "").lower().startswith("- [x]")

    def require(self, id: str, why: str) -> None:
        """Record a mistake if a field is empty."""
        if id not in self.values:
            self.report(id, why)

    def organisation(self, id: str, name: str | None = None) -> str | None:
        """Return the id of the organisation that a field, or one `name` in it, gives by id, name or short name."""
        name = name or self.text(id)
        if not name or name == "null":
            return None
        for key, organisation in self.register.organisations.items():
            names = (key, organisation.name, organisation.short_name or "", *organisation.also)
            if name.casefold() in (known.casefold() for known in names):
                return key
        self.report(id, f'there is no organisation "{name}"; use one of: {", ".join(self.register.organisations)}')
        return None

    def speaker(self, id: str) -> str | None:
        """Return who said it: the id of the organisation that a field names, else the office in words."""
        text = self.text(id)
        for key, organisation in self.register.organisations.items():
            names = (key, organisation.name.casefold(), (organisation.short_name or "").casefold())
            if text and text.casefold() in names:
                return key
        return text

    def forum(self, id: str) -> str | None:
        """Return the id of the forum that a field gives by id or name."""
        name = self.text(id)
        for key, forum in self.register.forums.items() if name else ():
            if name and name.casefold() in (known.casefold() for known in (key, forum.name, *forum.also)):
                return key
        if name:
            self.report(id, f'there is no forum "{name}"; '
                        + (f"use one of: {', '.join(self.register.forums)}" if self.register.forums else
                           "leave it empty: this site names none"))
        return None

    def items(self, id: str) -> list[str]:
        """Return the lines of a field, without what marks them as a list."""
        return [bare for line in self.values.get(id, "").splitlines() if (bare := line.strip(" -*•"))]

    def lines(self, id: str, labels: Iterable[str]) -> dict[str, str]:
        """Return what is written after each label in a field that holds a line "Label: text" for each of them."""
        written = dict(line.split(":", 1) for line in self.values.get(id, "").splitlines() if ":" in line)
        found = {label.strip(" -*").casefold(): text.strip() for label, text in written.items()}
        return {label: found[label.casefold()] for label in labels if found.get(label.casefold())}

    def source(self) -> dict[str, str] | None:
        """Return the source in the two fields for it, or None if both are empty."""
        title, url = self.text("source_title"), self.text("source_url")
        if title and url:
            return {"title": title, "url": url}
        if title or url:
            self.report("source_url" if title else "source_title", "a source needs its title and its web address")
        return None

    def raise_mistakes(self) -> None:
        """Raise FormError if there are mistakes."""
        if self.mistakes:
            raise FormError(self.mistakes)
