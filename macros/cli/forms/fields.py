"""Reads the fields of a filled issue form, and collects what is wrong with them."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from ...checks.plain_text import marks_in
from ...kinds import BY_NAME
from ...records.partial_date import NO_DATE, FreeTextDue, parse_due
from ...register import Register
from ...write import Edits
from ...write.form import Form
from ...write.named import matching, numbered, organisations_named, priorities_named

LIST_MARK = re.compile(r"\A(?:[-*•–]\s+|•)")
"""What begins the item of a list."""

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


HEADING = re.compile(r"^#{1,6}[ \t]+(\S.*?)[ \t]*#*[ \t]*$", re.M)
ENDINGS = (".", ":", "?", "!", ",", ";")


class PersonNeededError(Exception):
    """A form cannot be turned into files without a person. The message says in Markdown what that person can do."""


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
        """Return a field's text as one paragraph, or None if it is empty. A heading in it is text. Records a mistake
        for each other mark of Markdown that the paragraph would hide."""
        if id not in self.values:
            return None
        text = HEADING.sub(lambda match: match[1] + ("" if match[1].endswith(ENDINGS) else ":"), self.values[id])
        if "\n" in text:
            for message, hint in marks_in(text):
                if (self.form.labels[id], f"{message}; {hint}") not in self.mistakes:
                    self.report(id, f"{message}; {hint}")
        return " ".join(text.split())

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

    def chosen(self, id: str, what: str, name: str, found: list[str], known: Iterable[str]) -> str | None:
        """Return the one id that a name may mean. Records a mistake if there is none, or more than one."""
        if len(found) == 1:
            return found[0]
        self.report(id, f'"{name}" can mean {" or ".join(found)}; write one of them' if found else
                    f'there is no {what} "{name}"; use one of: {", ".join(known)}')
        return None

    def organisation(self, id: str, name: str | None = None) -> str | None:
        """Return the id of the organisation that a field, or one `name` in it, gives by id, name or a part of it."""
        name = name or self.text(id)
        if not name or name == "null":
            return None
        return self.chosen(id, "organisation", name, organisations_named(self.register, name),
                           self.register.organisations)

    def organisations(self, id: str) -> list[str]:
        """Return the ids of the organisations that a field lists."""
        return self._listed(id, organisations_named, lambda name: self.organisation(id, name))

    def priorities(self, id: str) -> list[str]:
        """Return the ids of the priorities that a field lists, by id or title."""
        return self._listed(id, priorities_named, lambda name: self.chosen(
            id, "priority", name, priorities_named(self.register, name),
            (f"{key} ({priority.title})" for key, priority in self.register.priorities.items())))

    def _listed(self, id: str, named: Callable[[Register, str], list[str]],
                choose: Callable[[str], str | None]) -> list[str]:
        found = []
        for line in self.values.get(id, "").splitlines():
            line = LIST_MARK.sub("", line.strip())
            # A name may hold commas, or the word “and”.
            for separator in (None, r"[,;]", r"[,;]|\band\b|&"):
                names = [name.strip() for name in re.split(separator, line)] if separator else [line]
                names = [name for name in names if name]
                if all(len(named(self.register, name)) == 1 for name in names):
                    break
            else:
                names = [name.strip() for name in re.split(r"[,;]", line) if name.strip()]
            found += [key for name in names if (key := choose(name))]
        return list(dict.fromkeys(found))

    def numbered(self, id: str, kind: str) -> str | None:
        """Return the id of an action, a decision or a theme that a field gives in any spelling, or as it is written.
        Records a mistake if the field names more than one."""
        text = self.text(id)
        named = list(dict.fromkeys(re.findall(rf"\b{BY_NAME[kind].letter}-?0*(\d+)\b", text or "", re.I)))
        if len(named) > 1:
            self.report(id, f"this box takes one number, and you give {len(named)}; send another form for each of the "
                        "others")
        return (numbered(self.register, kind, text) or text.upper()) if text else None

    def numbers(self, id: str, kind: str) -> list[str]:
        """Return the ids in a list of actions, decisions or themes."""
        parts = re.split(r"[,;\n]|\band\b|&|\s(?=[A-Z]-?\d)", self.values.get(id, ""), flags=re.I)
        names = [bare for part in parts if (bare := LIST_MARK.sub("", part.strip()))]
        return [numbered(self.register, kind, name) or name.upper() for name in names]

    def speaker(self, id: str) -> str | None:
        """Return who said it: the id of the organisation that a field names, else the office in words."""
        text = self.text(id)
        every = self.register.organisations
        found = matching(text or "", {key: (one.name, one.short_name or "") for key, one in every.items()},
                         {key: (one.short_name or "",) for key, one in every.items()})
        return found[0] if len(found) == 1 else text

    def forum(self, id: str) -> str | None:
        """Return the id of the forum that a field gives by id, name or a part of it."""
        name, every = self.text(id), self.register.forums
        if name and not every:
            self.report(id, f'there is no forum "{name}"; leave it empty: this site names none')
        return self.chosen(id, "forum", name, matching(
            name, {key: (one.name, *one.also) for key, one in every.items()}), every) if name and every else None

    def plan(self, id: str) -> str | None:
        """Return the id of the plan that a field gives by id or name."""
        name, every = self.text(id), self.register.plans
        found = matching(name or "", {key: (one.name,) for key, one in every.items()})
        return found[0] if len(found) == 1 else name

    def items(self, id: str) -> list[str]:
        """Return the lines of a field, without what marks them as a list."""
        return [bare for line in self.values.get(id, "").splitlines() if (bare := LIST_MARK.sub("", line.strip()))]

    def lines(self, id: str, labels: Iterable[str]) -> dict[str, str]:
        """Return what is written after each label in a field that holds a line "Label: text" for each of them."""
        known = {label.casefold(): label for label in labels}
        found: dict[str, str] = {}
        last = ""
        for line in filter(None, map(str.strip, self.values.get(id, "").splitlines())):
            name, colon, text = line.partition(":")
            label = known.get(name.strip(" -*").casefold(), "") if colon else ""
            if label in found and text.strip():
                self.report(id, f"“{label}:” is there twice; keep one of them")
            elif label:
                found[label], last = text.strip(), label
            elif last:
                found[last] = f"{found[last]} {line}".strip()
            else:
                self.report(id, f"write each line behind its words, such as “{next(iter(known.values()))}:”")
        return {label: text for label, text in found.items() if text}

    def ask_for_a_date(self, id: str, due: str | None) -> list[str]:
        """Return a notice where the due date that a field gives is words, and its writer does not say that it is."""
        found = parse_due(due) if due else None
        if not isinstance(found, FreeTextDue) or found.is_confirmed:
            return []
        return [f"“{found}” can never be late. Does the source give a date? Then put it under “{self.form.labels[id]}” "
                f"and edit the issue. If it gives none, put “{found} {NO_DATE}” there."]

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
