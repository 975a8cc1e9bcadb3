"""What macros make, kept out of the way while Markdown is read: their HTML is ours, the text around it a writer's."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from typing import Any

PLACE = re.compile(r'<(div|span) data-fragment="([0-9]{1,9})"></\1>')
INLINE = ("<a ", "<svg", "<abbr", "<span", "<time", "<strong")


def without_fragments(markdown: str) -> str:
    """Return a writer's text in which nothing stands for a fragment: only macros put them there."""
    return markdown.replace("data-fragment", "data-")


class Fragments:
    """The fragments of one build. A number in the text stands for each until the text around it has been cleaned, so
    that nothing in a record is taken for Markdown, and nothing that a writer typed passes for a fragment."""

    def __init__(self) -> None:
        self.kept: list[str] = []

    def keeping(self, macro: Callable[..., Any]) -> Callable[..., str]:
        """Return a macro that keeps what `macro` makes, and returns what stands for it in Markdown."""
        @functools.wraps(macro)
        def kept(*arguments: Any, **named: Any) -> str:
            return self.keep(str(macro(*arguments, **named)))
        return kept

    def keep(self, html: str) -> str:
        """Keep HTML, and return what stands for it: a block, or a part of a line."""
        self.kept.append(html)
        tag = "span" if html.lstrip().startswith(INLINE) else "div"
        return f'<{tag} data-fragment="{len(self.kept) - 1}"></{tag}>'

    def restored(self, html: str) -> str:
        """Return `html` with every fragment in its place; a number that stands for none is taken out."""
        return PLACE.sub(lambda match: self.kept[int(match[2])] if int(match[2]) < len(self.kept) else "", html)
