"""What has no archived copy yet, in the formats of `board links --unarchived`."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict

from ..review.github_markdown import inert, lines
from .outside import Place

Missing = dict[str, list[Place]]
"""Each address without a copy, with the places that name it."""


def as_text(missing: Missing) -> str:
    """Return what has no copy as lines of text."""
    return lines().get_template("unarchived-text.html").render(missing=missing).strip()


def as_markdown(missing: Missing) -> str:
    """Return what has no copy as the Markdown of an issue."""
    return inert().get_template("unarchived-markdown.html").render(missing=missing).strip()


def as_json(missing: Missing) -> str:
    """Return `{"version": 1, "unarchived": [{address, places: [{path, line, record}]}]}`."""
    return json.dumps({"version": 1, "unarchived": [{"address": address, "places": [asdict(place) for place in places]}
                                                    for address, places in missing.items()]},
                      ensure_ascii=False, indent=2)


FORMATS: dict[str, Callable[[Missing], str]] = {"text": as_text, "markdown": as_markdown, "json": as_json}
