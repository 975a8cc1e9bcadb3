"""Images: each says in words what it shows."""

from __future__ import annotations

from collections.abc import Iterator

from ..problem import Problem, quoted
from ..register import Register
from ..source.markdown_text import read_markdown


def images_have_words(register: Register) -> Iterator[Problem]:
    """Ensure that every image has an alternative text, or says that it is decoration.

    Source: WCAG 2.2, success criterion 1.1.1.
    """
    for page in register.pages:
        body = page.document.body
        for block in read_markdown(body, page.document.body_line) if "![" in body or "<img" in body.lower() else ():
            for image in block.images:
                if image.alt is None:
                    yield Problem(page.document.path, image.line, "alt-text",
                                  f"the image {quoted(image.target)} does not say what it shows",
                                  "write it in the square brackets: ![A chart of …](…); for mere decoration write "
                                  '<img src="…" alt="">')
