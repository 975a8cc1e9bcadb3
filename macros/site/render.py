"""Templates from `overrides/` filled with facts. Everything from records is escaped by the template engine."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from ..records.partial_date import PartialDate, day_in_words
from ..register import Register
from ..register.address import address, post_address, slug
from ..register.labels import AUDIENCE_WORDS, STATUS_WORDS, days_in_words, number_in_words
from .compiled import kept
from .fragments import Fragments
from .icons import icon
from .prose import Prose


class Renderer:
    """Fills the fragments and page bodies of one register's site."""

    def __init__(self, register: Register, templates: Iterable[Path | str], *, is_edited: bool = False) -> None:
        """`templates` are the folders to look in, the first first; `is_edited` tells whether they change meanwhile."""
        self.register = register
        self.prose = Prose(register)
        self.fragments = Fragments()
        self.environment = Environment(
            loader=FileSystemLoader([str(folder) for folder in templates]), autoescape=True,
            undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, auto_reload=is_edited,
            bytecode_cache=kept(),
        )
        self.environment.filters |= {
            "address": address, "post_address": post_address, "slug": slug, "day": _day, "iso": _iso,
            "days": days_in_words, "number": number_in_words, "pieces": self.prose.pieces,
        }
        self.environment.globals |= {
            "register": register, "area": register.area, "today": register.today,
            "icon": icon, "status_words": STATUS_WORDS, "audience_words": AUDIENCE_WORDS,
        }

    def render(self, template: str, **facts: Any) -> Markup:
        """Return the named template filled with `facts`, safe to put into a page."""
        return Markup(self.environment.get_template(template).render(**facts))


def _day(value: date | PartialDate | str) -> str:
    """A day in words; text such as a meeting's id is read as a date."""
    return day_in_words(value) if isinstance(value, date) else str(PartialDate.parse(value))


def _iso(value: date | PartialDate) -> str:
    """A date as a machine reads it, for the datetime attribute; a quarter has no such form and gives its first day."""
    if isinstance(value, PartialDate):
        return value.first_day.isoformat() if value.precision == "quarter" else value.text
    return value.isoformat()
