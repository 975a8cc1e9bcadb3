"""The Jinja environment of all templates in `overrides/`. Everything from records is escaped."""

from __future__ import annotations

import re
import sys
import traceback
from collections.abc import Iterable, MutableMapping
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateSyntaxError
from markupsafe import Markup

from ..charts.stacked_bar import Part, stacked_bar
from ..publish.compiled_templates import template_cache
from ..records import FamilyVerdict
from ..records.area import AUDIENCE_WORDS
from ..records.measure import number_in_words, value_in_words
from ..records.partial_date import PartialDate, date_in_words, day_in_words
from ..register import Register
from ..register.addresses import address, post_address, slug
from ..register.entries import field_in_words, sentence
from ..register.findings import ANSWER_WORDS, SAYS_WORDS
from ..register.labels import corrected_in_words, duration_in_words
from ..register.progress import FIRST_SAID_FOR, KIND_WORDS, STATUS_WORDS
from ..register.verdicts import feel_in_words
from .autolink import AutoLinker
from .markdown import HtmlStash
from .vocabulary import icon

AFTER_SIGN = re.compile(r"(?<=[@.])")
LONG_ADDRESS = 30
"""The most characters of an email address that stays in one line: a narrow phone has room for them."""


class TemplateError(Exception):
    """A template is broken; the message says which one, in which line, and how."""


class Renderer:
    """Renders the templates of one register's site."""

    def __init__(self, register: Register, folders: Iterable[Path | str]) -> None:
        """`folders` hold the templates; of two with the same name, the one in the earlier folder counts."""
        self.register = register
        self.autolinker = AutoLinker(register)
        self.stash = HtmlStash()
        # Within one build no template is read twice: editing one in the middle of a build is not useful.
        self.environment = _Environment(
            loader=FileSystemLoader([str(folder) for folder in folders]), autoescape=True, undefined=StrictUndefined,
            trim_blocks=True, lstrip_blocks=True, auto_reload=False, bytecode_cache=template_cache())
        self.environment.filters |= {
            "date_in_words": date_in_words,
            "address": address, "post_address": post_address, "slug": slug, "day": _day, "iso": _iso,
            "corrected": corrected_in_words, "duration": duration_in_words, "number": number_in_words,
            "with_unit": value_in_words, "address_parts": _address_parts,
            "pieces": self.autolinker.tokens, "bar": _feel_bar, "feel": feel_in_words, "field": field_in_words,
            "explained": lambda change: sentence(change.explained.entry),
        }
        self.environment.globals |= {
            "register": register, "area": register.area, "today": register.today, "icon": icon,
            "status_words": STATUS_WORDS, "kind_words": KIND_WORDS, "first_said_for": FIRST_SAID_FOR,
            "audience_words": AUDIENCE_WORDS, "answer_words": ANSWER_WORDS, "says_words": SAYS_WORDS,
        }

    def render(self, template: str, **context: Any) -> Markup:
        """Return the named template filled with `context`, safe to put into a page. Raises TemplateError."""
        return Markup(self.environment.get_template(template).render(**context))


class _Environment(Environment):
    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return what every template can name: the environment's own dictionary where a template adds nothing to it.

        Jinja makes a view of both, which it walks through in Python each time that a template includes another.
        """
        return super().make_globals(d) if d else self.globals

    def handle_exception(self, source: str | None = None) -> NoReturn:
        """Raise TemplateError in place of what went wrong while a template was compiled or rendered.

        Jinja calls this for every exception, and has rewritten the traceback by then: its frames name templates and
        their lines. The last of them is where the mistake is; frames below it are Python code that the template called.
        """
        try:
            super().handle_exception(source)
        except TemplateError:
            raise  # from a template rendered within this one: the inner place is the one to correct
        except TemplateSyntaxError as error:
            raise TemplateError(f"template {error.filename or error.name}, line {error.lineno}: {error.message}") \
                from error
        except Exception as error:
            frames = [frame for frame in traceback.extract_tb(sys.exc_info()[2]) if not frame.filename.endswith(".py")]
            place = f"template {frames[-1].filename}, line {frames[-1].lineno}" if frames else "a template"
            raise TemplateError(f"{place}: {type(error).__name__}: {error}") from error
        raise AssertionError("Jinja raises an exception here")


def _day(value: date | PartialDate | str) -> str:
    """A day in words; text such as a meeting's id is read as a date."""
    return day_in_words(value) if isinstance(value, date) else str(PartialDate.parse(value))


def _address_parts(email: str) -> list[str]:
    """The parts of an email address between which it may be broken."""
    return AFTER_SIGN.split(email) if len(email) > LONG_ADDRESS else [email]


def _feel_bar(verdict: FamilyVerdict) -> list[Part]:
    """The parts of the bar that shows what families answered."""
    return stacked_bar(verdict.feel.model_dump())


def _iso(value: date | PartialDate) -> str:
    """A date for the datetime attribute; a quarter has no machine-readable form and gives its first day."""
    if isinstance(value, PartialDate):
        return value.first_day.isoformat() if value.precision == "quarter" else value.text
    return value.isoformat()
