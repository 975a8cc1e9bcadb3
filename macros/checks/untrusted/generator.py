"""Parts of a page that the site generator would act on: its front matter, and the template language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...problem import Problem, quoted, suggestion
from ...register import Register
from ..pages import template_use

QUOTED_DATE = re.compile(r"""^date:[ \t]*["']""", re.M)
"""The generator takes a date in quotes for text, and stops."""

FRONT_MATTER = {"title": str, "description": str, "search": dict}
"""The keys that the front matter of a page other than a post may have, with the types of their values."""


def front_matter_is_known(register: Register) -> Iterator[Problem]:
    """Ensures that the front matter of a page has only keys that the site reads; a post's is checked as a record."""
    for page in register.pages:
        document = page.document
        if page.post and QUOTED_DATE.search(document.text):
            yield Problem(document.path, document.line("date"), "date", "the date of the post is in quotes",
                          f"write it without them: date: {page.post.date.text}")
        if page.post or not isinstance(document.data, dict) or page.stem in register.unreadable_ids.get("posts", ()):
            continue
        for key, value in document.data.items():
            if key not in FRONT_MATTER:
                yield Problem(document.path, document.line(key), "unknown-key", f"a page has no key {quoted(key)}",
                              suggestion(key, FRONT_MATTER, f"use one of: {', '.join(FRONT_MATTER)}"))
            elif not isinstance(value, FRONT_MATTER[key]):
                yield Problem(document.path, document.line(key), "value-kind", f"{quoted(key)} is {quoted(value)}",
                              "write text" if FRONT_MATTER[key] is str else
                              "write it as the other pages do, or remove it")


def pages_use_only_macros(register: Register) -> Iterator[Problem]:
    """Ensures that a page uses nothing of the template language but macros with texts as arguments.

    The template language could do far more, such as read the files of the computer that builds the site.
    """
    for page in register.pages:
        document = page.document
        # `macros_name_what_exists` reports what cannot be parsed.
        for line in template_use(document.body).other_lines:
            yield Problem(document.path, document.body_line + line - 1, "macro",
                          "the curly brackets contain something other than a macro",
                          'write a macro, like {{ action("A-012") }}; to show curly brackets, write {{ "{{" }}')
