"""Whether two texts in Markdown say the same to a reader: in their words, and in what Markdown makes of them."""

from __future__ import annotations

import re

from .spelling import MIN_LETTERS, bare_words, is_spelling

MARKUP = re.compile(r"<!--|-->|[\[\](){}<>`*_#|~\\!]")
"""What Markdown, HTML and macros read as more than text."""

BLOCK_START = re.compile(r"[^\w\s]*|\d+[.)]")
CODE_INDENT = 4
"""Spaces from which a line is code, or belongs to what is above it (CommonMark, section 4.4)."""


def says_the_same(was: str, now: str) -> bool:
    """Return whether only a comma, a spelling or the breaking of lines inside a paragraph differs.

    White space that changes what Markdown makes of a line counts as a difference: it can turn a text into code, into a
    comment, or into the part of a post that readers see only when they open it.
    """
    return _blocks(was) == _blocks(now) and is_spelling(was, now)


def _blocks(text: str) -> list[str]:
    """Return how a text is laid out: a line for each block with its indent, what it begins with, and its markup."""
    found = [""]
    is_paragraph = False
    for line in text.expandtabs(CODE_INDENT).split("\n"):
        content = line.strip()
        indent = len(line) - len(line.lstrip())
        is_plain = content[:1].isalpha() and indent < CODE_INDENT
        marks = "".join(MARKUP.findall(content))
        if not content:
            found += [""] if found[-1] else []
        elif is_plain and is_paragraph:
            found[-1] += marks
        else:
            start = BLOCK_START.match(content)
            found.append(f"{indent} {'' if is_plain or not start else start[0]} {marks}")
        is_paragraph = is_plain
    return found if found[-1] else found[:-1]


def outline(text: str) -> list[str]:
    """Return a text's words in small letters and without punctuation, long words by their first letter alone.

    It is the same for two wordings that differ by a comma or a spelling.
    """
    return [word[0] if word.isalpha() and len(word) >= MIN_LETTERS else word for word in bare_words(text)]


def first_difference(was: str, now: str) -> int:
    """Return the number, from 0, of the first line of `now` at which its words differ from those of `was`."""
    old, rest = was.split(), now.split("\n")
    at = 0
    for number, line in enumerate(rest):
        words = line.split()
        if old[at:at + len(words)] != words:
            return number
        at += len(words)
    return 0 if at == len(old) else len(rest) - 1
