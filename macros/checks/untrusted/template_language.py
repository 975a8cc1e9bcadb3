"""The template language of posts and pages: macros are called, and nothing else of it is used."""

from __future__ import annotations

from collections.abc import Iterator

from ...problem import Problem
from ...register import Register
from ..template import used


def pages_call_macros_and_nothing_else(register: Register) -> Iterator[Problem]:
    """Ensure that a page calls macros by their names, with words in quotes: the template language could do far more,
    such as read the files of the computer that builds the site."""
    for page in register.pages:
        document = page.document
        # What cannot be read is said by the check of macros.
        for line in used(document.body).others:
            yield Problem(document.path, document.body_line + line - 1, "macro",
                          "curly brackets hold something other than a macro",
                          'write a macro, like {{ action("A-012") }}; to show curly brackets, write {{ "{{" }}')
