"""Finds a document's title and dates, drops the running headers of its pages, and normalises its headings."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from .container import DocumentFacts
from .dates import FoundDate, dates_in, find_dates
from .inline import clean_text, restore
from .pandoc import Element, paragraph, plain_text

MAX_TITLE_CHARACTERS = 120
FIRST_LINES = 3
MAX_LABEL_WORDS = 3
"""A line with a date and at most this many other words is only a date: “Date: …”, or a place."""

PROGRAM_TITLE = re.compile(r"(?i)microsoft word|document ?\d*\b|untitled|\.(docx?|odt)$")
"""Titles that a program gave, which say nothing."""

MAX_RUNNING_HEADER_CHARACTERS = 100
MAX_REPEATS = 2
"""A short line that occurs more often than this is reported as a possible running header."""

PAGE = re.compile(r"(?i)\bpage \d+\b")
PAGE_NUMBER = re.compile(r"(?i)page \d+( ?(of|/) ?\d+)?|\d+ of \d+|[-–] ?\d+ ?[-–]")
MAX_HEADING_CHARACTERS = 80
TOP_LEVEL = 2
"""The level of a post's first headings: its title is the page's heading of level 1."""

GAPS = ("Space", "SoftBreak", "LineBreak")


@dataclass(frozen=True)
class FrontMatter:
    """A document's title, where that was found, the dates in its file name and first lines, and the lines of text that
    became neither heading nor paragraph."""

    title: str
    title_place: str
    found: tuple[FoundDate, ...]
    lines: tuple[str, ...] = ()


def split_front_matter(blocks: list[Element], meta: dict[str, Any], facts: DocumentFacts, stem: str, notices: list[str]
                       ) -> tuple[FrontMatter, list[Element]]:
    """Return a document's title and dates, and its blocks without the lines that only state them.

    A post has both in its front matter. `stem` is the file's name without the ending. The title is empty if there is
    none.
    """
    found = find_dates("the file's name", stem)
    blocks = [*_restored_metadata(meta), *blocks]
    title, place = plain_text(meta.get("title")), "the title"
    if not title and blocks:
        titles = [clean_text(text) for text in facts.titles]
        named = [number for number, block in enumerate(blocks[:FIRST_LINES]) if plain_text(block) in titles]
        number, place = (named[0], "the title") if named else (0, _title_place(blocks))
        if place:
            title, blocks = plain_text(blocks[number]), [*blocks[:number], *blocks[number + 1:]]
    lines = [title]
    if title:
        found += find_dates(place, title)
    blocks = _without_dates(blocks, found, notices, lines)
    title = _without_date(restore(title))
    if not title:
        title, place = _fallback_title(facts, stem)
    return FrontMatter(title, place, tuple(found), tuple(lines)), blocks


def _restored_metadata(meta: dict[str, Any]) -> list[Element]:
    """Return the metadata that pandoc took from the first lines as paragraphs again, except for the title."""
    lines: list[Element] = []
    for key in ("subtitle", "author", "date"):
        value = meta.get(key, {})
        for one in value.get("c", ()) if value.get("t") == "MetaList" else (value,):
            if one.get("t") == "MetaInlines" and plain_text(one):
                lines.append(paragraph(one["c"]))
    return lines


def _title_place(blocks: list[Element]) -> str:
    """Describe the first block if it is the title; return an empty text otherwise."""
    first, text = blocks[0], plain_text(blocks[0])
    if not text or len(text) > MAX_TITLE_CHARACTERS:
        return ""
    if first["t"] in ("Para", "Plain"):
        if bold_inlines(first):
            return "the first line, in bold"
        is_dated = any(dates_in(text)) and bool(_without_date(text))
        return "the first line" if is_dated and not text.endswith(".") and len(blocks) > 1 else ""
    if first["t"] != "Header":
        return ""
    others = [block["c"][0] for block in blocks[1:] if block["t"] == "Header"]
    is_alone = all(level > first["c"][0] for level in others)
    is_followed = len(blocks) > 1 and blocks[1]["t"] == "Header"
    return "the first heading" if is_alone or is_followed or any(dates_in(text)) else ""


def _without_dates(blocks: list[Element], found: list[FoundDate], notices: list[str], lines: list[str]
                   ) -> list[Element]:
    """Return blocks without the first lines that only state a date. Adds the dates of the first lines to `found`, and
    the lines to `lines`."""
    kept = []
    for number, block in enumerate(blocks):
        text = plain_text(block) if block["t"] in ("Para", "Plain", "Header") else ""
        if number >= FIRST_LINES or not text or len(text) > MAX_TITLE_CHARACTERS or text.endswith("."):
            kept.append(block)
            continue
        days = find_dates("the first lines", text)
        found += days
        rest = text
        for written in dates_in(text):
            rest = rest.replace(written.words, "")
        if days and len(re.findall(r"\w+", rest)) <= MAX_LABEL_WORDS:
            notices.append(f"The line “{text}” was left out: the post shows its date anyway.")
            lines.append(text)
        else:
            kept.append(block)
    return kept


def _without_date(title: str) -> str:
    """Return a title without a date at its start or end: the page shows the post's date below it."""
    for written in dates_in(title):
        date = re.escape(written.words)
        title = re.sub(rf"[\s,:;(–—-]*(?:\bon\b\s*)?{date}[)\s.]*$|^[\s(]*{date}[)\s,:;.–—-]*", "", title)
    return title.strip()


def _fallback_title(facts: DocumentFacts, stem: str) -> tuple[str, str]:
    """Return a title from the file's properties or its name, and which of the two it is from."""
    if facts.title and not PROGRAM_TITLE.search(facts.title):
        return _without_date(restore(clean_text(facts.title))), "the file's properties"
    words = re.sub(r"[\s_-]+", " ", stem)
    for written in dates_in(words):
        words = words.replace(written.words, " ")
    words = " ".join(words.split()).strip(" ,.-")
    return (words[:1].upper() + words[1:] if len(words) > MAX_LABEL_WORDS else ""), "the file's name"


def drop_running_headers(blocks: list[Element], facts: DocumentFacts, notices: list[str]
                         ) -> tuple[list[Element], list[str]]:
    """Return blocks without page numbers and running headers, and these. Adds a notice for each.

    A line is one if it repeats a page's header or footer, or occurs more than once next to a page break.
    """
    running = {clean_text(line) for line in facts.running_headers if line}
    often = Counter(_without_numbers(paragraph.text) for paragraph in facts.paragraphs)
    at_breaks = {_without_numbers(paragraph.text) for paragraph in facts.paragraphs if paragraph.at_page_break}
    at_breaks |= {_without_numbers(before.text)
                  for before, after in zip(facts.paragraphs, facts.paragraphs[1:], strict=False)
                  if after.at_page_break}
    removed: Counter[str] = Counter()
    left: Counter[str] = Counter()
    kept = []
    for number, block in enumerate(blocks):
        text = plain_text(block) if block["t"] in ("Para", "Plain") else ""
        normalised = _without_numbers(text)
        if text and len(text) <= MAX_RUNNING_HEADER_CHARACTERS and (
                (text in running and number > 0) or PAGE_NUMBER.fullmatch(text)
                or ((normalised in at_breaks or PAGE.search(text)) and often[normalised] > 1)):
            removed[text] += 1
        else:
            kept.append(block)
            left[text] += bool(text) and len(text) <= MAX_RUNNING_HEADER_CHARACTERS and " " in text
    for text, times in left.items():
        if times > MAX_REPEATS:
            notices.append(f"“{text}” occurs {times} times: delete it where it was the top or bottom of a page.")
    for text, times in removed.items():
        notices.append(f"“{text}” was left out{f' {times} times' if times > 1 else ''}: it looks like the top or "
                       "bottom line of a page.")
    return kept, list(removed.elements())


def _without_numbers(text: str) -> str:
    """Return a line with every number replaced, so that “Notes, page 2” repeats “Notes, page 1”."""
    return re.sub(r"\d+", "#", clean_text(text).lower())


def heading(level: int, inlines: list[Element]) -> Element:
    """Return a heading."""
    return {"t": "Header", "c": [level, ["", [], []], inlines]}


def promote_bold_lines(blocks: list[Element], notices: list[str]) -> list[Element]:
    """Return blocks with headings in place of short paragraphs that are bold throughout and have text below them."""
    result, promoted, level = [], [], 0
    for block, after in zip_longest(blocks, blocks[1:]):
        if block["t"] == "Header":
            level = block["c"][0]
        words = bold_inlines(block)
        # Two bold lines in a row are more often a name and an office than two headings, except at the top: there the
        # first is the title.
        starts_section = after and after["t"] != "Header" and not (result and bold_inlines(after))
        if words and starts_section:
            promoted.append(f"“{plain_text(words)}”")
            result.append(heading(level + 1, words))
        else:
            result.append(block)
    if promoted:
        became = "a heading" if len(promoted) == 1 else "headings"
        notices.append(f"{_count_lines(len(promoted))} in bold became {became}: {', '.join(promoted)}.")
    return result


def _count_lines(count: int) -> str:
    return "A line" if count == 1 else f"{count} lines"


def bold_inlines(block: Element) -> list[Element] | None:
    """Return the inlines of a paragraph that is bold throughout and reads like a heading; None otherwise."""
    if block["t"] not in ("Para", "Plain"):
        return None
    parts = [part for part in block["c"] if part["t"] not in GAPS]
    text = plain_text(block)
    if not parts or any(part["t"] != "Strong" for part in parts) or len(text) > MAX_HEADING_CHARACTERS \
            or text.endswith((".", ",", ";", "!")) or not any(character.isalpha() for character in text):
        return None
    words: list[Element] = []
    for part in parts:
        words += [{"t": "Space"}, *part["c"]] if words else part["c"]
    return words


def normalise_heading_levels(blocks: list[Any]) -> list[Any]:
    """Return blocks whose headings start at level 2 and skip no level. Bold and emphasis in headings are dropped."""
    result, above = [], []
    for block in blocks:
        if block["t"] != "Header":
            result.append(block)
            continue
        level, _, inlines = block["c"]
        while above and above[-1] >= level:
            above.pop()
        above.append(level)
        result.append(heading(min(len(above) + TOP_LEVEL - 1, 6), _without_emphasis(inlines)))
    return result


def _without_emphasis(inlines: list[Element]) -> list[Element]:
    plain: list[Element] = []
    for part in inlines:
        if part["t"] == "LineBreak":
            plain.append({"t": "Space"})
        else:
            plain += _without_emphasis(part["c"]) if part["t"] in ("Strong", "Emph") else [part]
    return plain
