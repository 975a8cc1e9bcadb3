"""The text of a page's HTML, as readers see it: which of the glossary's words stand there, and how long it takes."""

from __future__ import annotations

import re
from html import unescape
from math import ceil

TAG = re.compile(r"<[^>]*>")
WORD = re.compile(r"\W+")
WORDS_A_MINUTE = 265


def text_of(html: str) -> str:
    """Return the text of HTML that the template engine or Markdown made, in which no "<" stands for itself."""
    return unescape(TAG.sub(" ", html))


def minutes_to_read(html: str) -> int:
    """Return how many minutes it takes to read a page, rounded up: at 265 words a minute, as Material's blog counts."""
    return max(1, ceil(len(WORD.split(text_of(html))) / WORDS_A_MINUTE))
