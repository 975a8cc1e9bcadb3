"""Front matter of pages: only what the site reads, since the generator would obey far more."""

from __future__ import annotations

from collections.abc import Iterator

from ...problem import Problem, quoted, suggestion
from ...register import Register

KEYS = {"title": str, "description": str, "search": dict, "hide": tuple}
"""What a page that is no post may say of itself, and of what kind it is."""


def front_matter_is_known(register: Register) -> Iterator[Problem]:
    """Ensure that the front matter of a page holds only what the site reads; that of a post is a record."""
    for page in register.pages:
        document = page.document
        if page.post or not isinstance(document.data, dict) or page.stem in register.broken.get("posts", ()):
            continue
        for key, value in document.data.items():
            if key not in KEYS:
                yield Problem(document.path, document.line(key), "unknown-key", f"a page has no key {quoted(key)}",
                              suggestion(key, KEYS, f"use one of: {', '.join(KEYS)}"))
            elif not isinstance(value, KEYS[key]):
                yield Problem(document.path, document.line(key), "value-kind", f"{quoted(key)} holds {quoted(value)}",
                              "write text" if KEYS[key] is str else "write it as the other pages do, or remove it")
