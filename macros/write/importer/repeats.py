"""Lines that belong to the pages of a printed document, and not to its text."""

from __future__ import annotations

import re
from collections import Counter

from .facts import Facts
from .tree import Element, text_of
from .wording import readable

LONGEST = 100
MANY = 2
"""How often a line may stand in a text before its writer is asked whether it belongs to the pages."""

PAGE = re.compile(r"(?i)\bpage \d+\b")
PAGE_NUMBER = re.compile(r"(?i)page \d+( ?(of|/) ?\d+)?|\d+ of \d+|[-–] ?\d+ ?[-–]")


def without_repeats(blocks: list[Element], facts: Facts, notices: list[str]) -> list[Element]:
    """Return blocks without page numbers, and without lines that repeat a page's header or footer, or that stand
    beside a page's end more than once. Each is named in a notice."""
    running = {readable(line) for line in facts.running if line}
    often = Counter(_form(paragraph.text) for paragraph in facts.paragraphs)
    at_breaks = {_form(paragraph.text) for paragraph in facts.paragraphs if paragraph.at_break}
    at_breaks |= {_form(before.text) for before, after in zip(facts.paragraphs, facts.paragraphs[1:], strict=False)
                  if after.at_break}
    removed: Counter[str] = Counter()
    left: Counter[str] = Counter()
    kept = []
    for number, block in enumerate(blocks):
        text = text_of(block) if block["t"] in ("Para", "Plain") else ""
        form = _form(text)
        if text and len(text) <= LONGEST and (
                (text in running and number > 0) or PAGE_NUMBER.fullmatch(text)
                or ((form in at_breaks or PAGE.search(text)) and often[form] > 1)):
            removed[text] += 1
        else:
            kept.append(block)
            left[text] += bool(text) and len(text) <= LONGEST and " " in text
    for text, times in left.items():
        if times > MANY:
            notices.append(f"“{text}” stands {times} times: delete it where it was the top or the bottom of a page.")
    for text, times in removed.items():
        notices.append(f"“{text}” was left out{f' {times} times' if times > 1 else ''}: it looks like the line at the "
                       "top or the bottom of a page.")
    return kept


def _form(text: str) -> str:
    """Return a line with its numbers made alike, so that "Notes, page 2" repeats "Notes, page 1"."""
    return re.sub(r"\d+", "#", readable(text).lower())
