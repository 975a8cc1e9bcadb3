"""The pieces of a published file, each once and without its place: those of `pieces`, cut in fewer and larger steps."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice
from typing import NamedTuple

from .pieces import JSON, MARKUP, SHORTEST, STRING, holds_json, lines, pieces, strings, values
from .plain_text import INLINE

BLOCK_END = re.compile("</(?:li|p|div|h[1-6]|ul|dd|dt|td|th|tr|section|header|footer|nav|head|script|title|desc|entry"
                       "|item|id|updated|pubDate|guid)>")
"""Where a page can be cut without a second look. None of these elements is a part of a sentence."""

TAG = re.compile(r"[/!?]?([a-zA-Z][\w:-]*)(.*)", re.S)
SMALL_COMMENT = re.compile(r"!--(?:[^<-]|-(?!->))*-->")

MOST = 30_000
"""How many tags are remembered: some 8 MB. Most stand on many pages."""


class Tag(NamedTuple):
    """A tag: its name, its attributes, and the pieces in them. A name without a letter is no tag's."""

    name: str
    ends_run: bool
    attributes: str
    inside: tuple[str, ...]


class Cutter:
    """Cuts files, one after the other, and remembers the tags that it met, up to a bound."""

    def __init__(self) -> None:
        self.tags: dict[str, Tag] = {}

    def chunks(self, text: str, suffix: str) -> set[str]:
        """Return large parts of a file whose name ends in `suffix`, each once. No piece stands in two of them."""
        return set(BLOCK_END.split(text)) if suffix in MARKUP and not _is_odd(text) else {text}

    def texts(self, chunks: Iterable[str], suffix: str) -> set[str]:
        """Return the texts of the pieces in some chunks of a file."""
        found: set[str] = set()
        for chunk in chunks:
            if suffix in JSON:
                found.update(inner or number for inner, number in set(STRING.findall(chunk))
                             if len(inner) + 2 > SHORTEST or number)
            elif suffix not in MARKUP:
                found.update(line for line in lines(chunk, suffix) if len(line) > SHORTEST)
            elif _is_odd(chunk):
                found.update(piece.text for piece in pieces(chunk, suffix))
            else:
                self._cut(chunk, found)
        return found

    def _cut(self, chunk: str, found: set[str]) -> None:
        """Add the pieces of HTML or XML."""
        if len(self.tags) > MOST:
            self.tags.clear()
        known, parts = self.tags, chunk.split("<")
        run, runs = [parts[0]], []
        for part in islice(parts, 1, None):
            head, closed, words = part.partition(">")
            tag = known.get(head)
            if tag is None:
                tag = known[head] = _read(head)
            name, ends_run, attributes, inside = tag
            if not closed or not name:
                words = _in_comment(part, found) if part.startswith("!--") else f"<{part}"
            elif ends_run:
                runs.append("".join(run))
                run = []
                if name == "script" and holds_json(name, attributes, words):
                    found.update(piece.text for piece in strings(words))
                    words = ""
            if closed and inside:
                found.update(inside)
            run.append(words)
        runs.append("".join(run))
        found.update(words for words in map(str.strip, runs) if len(words) >= SHORTEST)


def _is_odd(text: str) -> bool:
    """Tell whether a file holds what few do, and is cut in small steps: a comment with a tag in it, or without an end,
    or a section of plain text."""
    if "<![CDATA[" in text or "]]>" in text:
        return True
    start = text.find("<!--")
    while start >= 0:
        if not SMALL_COMMENT.match(text, start + 1):
            return True
        start = text.find("<!--", start + 1)
    return False


def _read(head: str) -> Tag:
    """Read what stands between two angle brackets."""
    match = TAG.match(head)
    if match is None:
        return Tag("", False, "", ())
    return Tag(match[1], match[1].lower() not in INLINE, match[2], tuple(values(match[2])))


def _in_comment(part: str, found: set[str]) -> str:
    """Add what a comment says, and return the words behind it."""
    end = part.index("-->", 3)
    if end > 3:
        found.add(part[3:end])
    return part[end + 3:]
