"""Front matter of pages: only what the site reads, since the generator would obey far more."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...problem import Problem, quoted, suggestion
from ...register import Register

QUOTED_DAY = re.compile(r"""^date:[ \t]*["']""", re.M)
"""The generator takes such a day for text, and stops."""

KEYS = {"title": str, "description": str, "search": dict, "hide": tuple}
"""What a page that is no post may say of itself, and of what kind it is."""


def front_matter_is_known(register: Register) -> Iterator[Problem]:
    """Ensure that the front matter of a page holds only what the site reads; that of a post is a record."""
    for page in register.pages:
        document = page.document
        quoted_day = QUOTED_DAY.search(document.text) if page.post else None
        if quoted_day:
            yield Problem(document.path, document.line("date"), "date", "the date of the post stands in quotes",
                          f"write it without them: date: {page.post.date.text}")
        if page.post or not isinstance(document.data, dict) or page.stem in register.broken.get("posts", ()):
            continue
        for key, value in document.data.items():
            if key not in KEYS:
                yield Problem(document.path, document.line(key), "unknown-key", f"a page has no key {quoted(key)}",
                              suggestion(key, KEYS, f"use one of: {', '.join(KEYS)}"))
            elif not isinstance(value, KEYS[key]):
                yield Problem(document.path, document.line(key), "value-kind", f"{quoted(key)} holds {quoted(value)}",
                              "write text" if KEYS[key] is str else "write it as the other pages do, or remove it")
