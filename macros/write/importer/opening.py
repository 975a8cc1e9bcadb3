"""How a document begins: its title and its date, which a post has in its front matter and not in its text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from .dating import Found, found_in
from .days import days_in
from .facts import Facts
from .guard import as_typed
from .headings import bold_words
from .tree import Element, paragraph, text_of
from .wording import readable

LONGEST = 120
FIRST_LINES = 3
LABEL = 3
"""How many words may stand beside a date for the line to be only a date: "Date:", or a place."""

NO_TITLE = re.compile(r"(?i)microsoft word|document ?\d*\b|untitled|\.(docx?|odt)$")
"""Titles that a program gave: they say nothing."""


@dataclass(frozen=True)
class Opening:
    """A document's title, the place where it stands, and the days found in its file's name and its first lines."""

    title: str
    title_place: str
    found: tuple[Found, ...]


def without_opening(blocks: list[Element], meta: dict[str, Any], facts: Facts, stem: str, notices: list[str]
                    ) -> tuple[Opening, list[Element]]:
    """Return how a document begins, and its blocks without title and date lines. `stem` is its file's name without
    the ending. The title is empty where there is none."""
    found = found_in("the file's name", stem)
    blocks = [*_put_back(meta), *blocks]
    title, place = text_of(meta.get("title")), "the title"
    if not title and blocks:
        titles = [readable(text) for text in facts.titles]
        named = [number for number, block in enumerate(blocks[:FIRST_LINES]) if text_of(block) in titles]
        number, place = (named[0], "the title") if named else (0, _place_of_title(blocks))
        if place:
            title, blocks = text_of(blocks[number]), [*blocks[:number], *blocks[number + 1:]]
    if title:
        found += found_in(place, title)
    blocks = _without_dates(blocks, found, notices)
    title = _without_date(as_typed(title))
    if not title:
        title, place = _otherwise(facts, stem)
    return Opening(title, place, tuple(found)), blocks


def _put_back(meta: dict[str, Any]) -> list[Element]:
    """Return as paragraphs what pandoc took out of the first lines, apart from the title."""
    lines: list[Element] = []
    for key in ("subtitle", "author", "date"):
        value = meta.get(key, {})
        for one in value.get("c", ()) if value.get("t") == "MetaList" else (value,):
            if one.get("t") == "MetaInlines" and text_of(one):
                lines.append(paragraph(one["c"]))
    return lines


def _place_of_title(blocks: list[Element]) -> str:
    """Return what the first block is where it is the title, else nothing."""
    first, text = blocks[0], text_of(blocks[0])
    if not text or len(text) > LONGEST:
        return ""
    if first["t"] in ("Para", "Plain"):
        if bold_words(first):
            return "the first line, in bold"
        is_dated = any(days_in(text)) and bool(_without_date(text))
        return "the first line" if is_dated and not text.endswith(".") and len(blocks) > 1 else ""
    if first["t"] != "Header":
        return ""
    others = [block["c"][0] for block in blocks[1:] if block["t"] == "Header"]
    is_alone = all(level > first["c"][0] for level in others)
    is_followed = len(blocks) > 1 and blocks[1]["t"] == "Header"
    return "the first heading" if is_alone or is_followed or any(days_in(text)) else ""


def _without_dates(blocks: list[Element], found: list[Found], notices: list[str]) -> list[Element]:
    """Return blocks without the lines among the first that are only a date; days in these lines go into `found`."""
    kept = []
    for number, block in enumerate(blocks):
        text = text_of(block) if block["t"] in ("Para", "Plain", "Header") else ""
        if number >= FIRST_LINES or not text or len(text) > LONGEST or text.endswith("."):
            kept.append(block)
            continue
        days = found_in("the first lines", text)
        found += days
        rest = text
        for written in days_in(text):
            rest = rest.replace(written.words, "")
        if days and len(re.findall(r"\w+", rest)) <= LABEL:
            notices.append(f"The line “{text}” was left out: the post shows its date by itself.")
        else:
            kept.append(block)
    return kept


def _without_date(title: str) -> str:
    """Return a title without the date at its beginning or end: the post's own date stands below it."""
    for written in days_in(title):
        date = re.escape(written.words)
        title = re.sub(rf"[\s,:;(–—-]*(?:\bon\b\s*)?{date}[)\s.]*$|^[\s(]*{date}[)\s,:;.–—-]*", "", title)
    return title.strip()


def _otherwise(facts: Facts, stem: str) -> tuple[str, str]:
    """Return a title from the file's properties or its name, and which of them it was."""
    if facts.title and not NO_TITLE.search(facts.title):
        return _without_date(as_typed(readable(facts.title))), "the file's properties"
    words = re.sub(r"[\s_-]+", " ", stem)
    for written in days_in(words):
        words = words.replace(written.words, " ")
    words = " ".join(words.split()).strip(" ,.-")
    return (words[:1].upper() + words[1:] if len(words) > LABEL else ""), "the file's name"
