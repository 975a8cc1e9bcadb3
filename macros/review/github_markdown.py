"""Markdown for GitHub in which nothing does anything: no value becomes a link, a picture or a call to somebody."""

from __future__ import annotations

import re
from functools import lru_cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from ..configuration import package
from .schema import clipped

NO_BREAK = "\u200b"
"""A sign without width. GitHub makes links of names, numbers, addresses and commits also where Markdown's own signs are
escaped; where this stands in them, it does not."""

LINKED = re.compile(r"@(?=\S)|#(?=\S)|:(?=\S)|\bwww(?=\.)|\b(?:GH|GHSA|CVE)-(?=\w)|[0-9a-f]{6}(?=[0-9a-f])", re.I)
SPECIAL = re.compile(r"[!#$&*+:<=>@\[\\\]^_`{|}~]")
ITEM = re.compile(r"\A([0-9]*)([-.)])")
"""What would begin a list at the beginning of a text."""


@lru_cache(maxsize=10_000)  # a long review is filled in several times, until it is short enough
def plain(text: object) -> Markup:
    """Return text as Markdown that shows it and does nothing: no link, image, name called, HTML, list or heading."""
    broken = LINKED.sub(lambda match: match[0] + NO_BREAK, clipped(str(text)))
    return Markup(ITEM.sub(r"\1\\\2", SPECIAL.sub(lambda match: f"\\{match[0]}", broken)))


def code(text: object) -> Markup:
    """Return text as Markdown that shows it letter by letter, such as a file's name."""
    return Markup("`{}`").format(Markup(clipped(str(text)).replace("`", "'")))


def inert() -> Environment:
    """Return the environment of Markdown templates: every value is escaped unless it says that it is safe."""
    environment = lines()
    environment.finalize = lambda value: value if isinstance(value, (Markup, int)) else plain(value)
    environment.filters |= {"code": code}
    return environment


def lines() -> Environment:
    """Return the environment of templates for plain text."""
    return Environment(loader=FileSystemLoader(package() / "overrides/review"), undefined=StrictUndefined,
                       trim_blocks=True, lstrip_blocks=True, autoescape=False)
