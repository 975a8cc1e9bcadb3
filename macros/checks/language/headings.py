"""Headings that a screen reader can walk by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...problem import Problem, quoted
from .passages import Passage
from .words import Words


def headings_skip_no_level(words: Words, texts: Sequence[Passage]) -> Iterator[Problem]:
    """Ensure that a heading is at most one level below the one before it. Source: WCAG 2.2, technique G141."""
    level: dict[str, int] = {}
    for passage in texts:
        if passage.block and passage.block.kind == "heading":
            # The page's title is the heading of the first level, whether the body repeats it or not.
            before, this = level.get(passage.path, 1), passage.block.level
            if this > before + 1:
                yield Problem(passage.path, passage.line, "heading-skip",
                              f"the heading {quoted(passage.text)} is of level {this} below one of level {before}",
                              f'begin it with "{"#" * (before + 1)}"', "warning")
            level[passage.path] = this
