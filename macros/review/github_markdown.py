"""Jinja environments for GitHub's Markdown in which no value can become a link, an image or a mention."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from ..configuration import package
from .schema import clipped

ZERO_WIDTH_SPACE = "\u200b"
"""GitHub links names, issue numbers, URLs and commit ids even where Markdown is escaped, but not when one of these
interrupts them."""

AUTOLINKED = re.compile(r"@(?=\S)|#(?=\S)|:(?=\S)|\bwww(?=\.)|\b(?:GH|GHSA|CVE)-(?=\w)|[0-9a-f]{6}(?=[0-9a-f])", re.I)
SPECIAL = re.compile(r"[!#$&*+:<=>@\[\\\]^_`{|}~]")
LIST_MARKER = re.compile(r"\A([0-9]*)([-.)])")
"""What begins a list item at the start of a text."""


@lru_cache(maxsize=10_000)  # a long review is rendered several times, until it is short enough
def escape_markdown(text: object) -> Markup:
    """Return text as Markdown that shows it literally: no link, image, mention, HTML, list or heading."""
    broken = AUTOLINKED.sub(lambda match: match[0] + ZERO_WIDTH_SPACE, clipped(str(text)))
    return Markup(LIST_MARKER.sub(r"\1\\\2", SPECIAL.sub(lambda match: f"\\{match[0]}", broken)))


def code(text: object) -> Markup:
    """Return text as inline code, for file names and addresses."""
    return Markup("`{}`").format(Markup(clipped(str(text)).replace("`", "'")))


@cache  # a long review is rendered several times, and its template compiled once
def markdown_environment() -> Environment:
    """Return the environment for Markdown templates. Every value is escaped, except Markup and whole numbers."""
    environment = _environment()
    environment.finalize = lambda value: value if isinstance(value, (Markup, int)) else escape_markdown(value)
    environment.filters |= {"code": code}
    return environment


@cache
def text_environment() -> Environment:
    """Return the environment for templates of plain text."""
    return _environment()


def _environment() -> Environment:
    return Environment(loader=FileSystemLoader(package() / "overrides/review"), undefined=StrictUndefined,
                       trim_blocks=True, lstrip_blocks=True, autoescape=False)
