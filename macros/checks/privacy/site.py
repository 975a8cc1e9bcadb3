"""Scans the built site before it is published: two harmless texts may become one number in a template.

Files are cut into segments, the stretches of text that a reader perceives as one: a paragraph without its inline tags,
the value of an attribute, a string of JSON, a cell of a table, a line. `segments` knows where each is. `Tokenizer`
gives the same texts without positions, once each, and much faster. Since nearly every file is clean, the scan begins
with the tokenizer and the prefilter, and asks for segments only to locate what was found.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import sha256
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from ...problem import Problem
from ...register import Register
from .area import Scanner, description
from .findings import Finding
from .normalise import INLINE
from .prefilter import Prefilter

MARKUP = frozenset((".html", ".xml"))
JSON = frozenset((".json", ".webmanifest"))
SCANNED = (*MARKUP, *JSON, ".csv", ".ics", ".txt")
"""Suffixes of files that people or programs read as text. Styles and scripts are the theme's, and the search index is
made from the pages."""

MIN_LENGTH = 2
"""Shorter segments are skipped: no name has one letter."""

TAG = re.compile(r"<!--(.*?)-->|<!\[CDATA\[|\]\]>|<[/!?]?([a-zA-Z][\w:-]*)([^<>]*)>", re.S)
ATTRIBUTE = re.compile(r"([a-zA-Z][\w:-]*)=(?:\"([^\"]*)\"|'([^']*)')")
WORDLESS_ATTRIBUTES = frozenset((
    "class", "id", "for", "role", "style", "d", "points", "viewBox", "transform", "x", "y", "x1", "x2", "y1", "y2",
    "cx", "cy", "r", "width", "height", "integrity", "rel", "type", "xmlns", "lang"))
"""Attributes that hold geometry or names from the theme."""

STRING = re.compile(r"\"([^\"\\]*(?:\\.[^\"\\]*)*)\"|([0-9]{9,})", re.S)
CELL = re.compile(r"\"([^\"]*+(?:\"\"[^\"]*+)*+)\"|([^,\n\"]+)")
"""What a program reads as one from JSON, and from a table: in quotes or not."""

UID = re.compile(r"^UID:.*$", re.M)


class Segment(NamedTuple):
    """A segment of text, and the position in its file where it starts."""

    start: int
    text: str


def segments(text: str, suffix: str) -> Iterator[Segment]:
    """Yield the segments of a file with a suffix. They cover everything that could be personal."""
    if suffix in MARKUP:
        yield from _markup_segments(text)
    elif suffix in JSON or suffix == ".csv":
        yield from _value_segments(text, suffix)
    else:
        start = 0
        for line in _lines(text, suffix):
            if len(line) >= MIN_LENGTH:
                yield Segment(start, line)
            start += len(line) + 1


def _lines(text: str, suffix: str) -> list[str]:
    # Long lines of a calendar are folded, which could split a number, and an event's UID looks like an email address.
    return (UID.sub("UID", re.sub(r"\r?\n ", "", text)) if suffix == ".ics" else text).split("\n")


def _value_segments(text: str, suffix: str) -> Iterator[Segment]:
    # Escapes are left alone: normalising decodes them.
    for match in (CELL if suffix == ".csv" else STRING).finditer(text):
        if len(match[1] or match[2] or "") >= MIN_LENGTH:
            yield Segment(match.start(), match[1] if match[2] is None else match[2])


def _attribute_values(attributes: str) -> Iterator[str]:
    for name, *quoted in ATTRIBUTE.findall(attributes) if "=" in attributes else ():
        value = quoted[0] or quoted[1]
        if len(value) >= MIN_LENGTH and name not in WORDLESS_ATTRIBUTES:
            yield value


def _is_json_script(tag: str, attributes: str, content: str) -> bool:
    """Return whether a tag opens a script whose `content`, up to the next tag, is complete JSON."""
    if tag != "script" or "json" not in attributes:
        return False
    try:
        json.loads(content)
    except (ValueError, RecursionError):
        return False
    return True


def _markup_segments(text: str) -> Iterator[Segment]:
    run: list[str] = []
    start = end = 0
    for match in TAG.finditer(text):
        run.append(text[end:match.start()])
        end = match.end()
        if match[2] is None:
            if match[1]:
                yield Segment(match.start(), match[1])
            continue
        # An inline tag does not end a run, so "<b>999</b> 215 8107" is one segment.
        if match[2].lower() not in INLINE:
            yield from _run_segment(start, run)
            run, start = [], end
        for value in _attribute_values(match[3]):
            yield Segment(match.start(), value)
        content = text[end:text.find("<", end)] if match[2] == "script" else ""
        if _is_json_script(match[2], match[3], content):
            for segment in _value_segments(content, ".json"):
                yield Segment(end + segment.start, segment.text)
            end += len(content)
    run.append(text[end:])
    yield from _run_segment(start, run)


def _run_segment(start: int, run: list[str]) -> Iterator[Segment]:
    text = "".join(run).strip()
    if len(text) >= MIN_LENGTH:
        yield Segment(start, text)


BLOCK_END = re.compile("</(?:li|p|div|h[1-6]|ul|dd|dt|td|th|tr|section|header|footer|nav|head|script|title|desc|entry"
                       "|item|id|updated|pubDate|guid)>")
"""Tags at which a page can be split into chunks. None is inline, so each of them ends a segment anyway."""

TAG_CONTENT = re.compile(r"[/!?]?([a-zA-Z][\w:-]*)(.*)", re.S)
SIMPLE_COMMENT = re.compile(r"!--(?:[^<-]|-(?!->))*-->")

MAX_CACHED_TAGS = 30_000
"""About 8 MB. Most tags are on many pages."""


class Tag(NamedTuple):
    """What is known of a tag: its name (empty if it is no tag), its attributes, and the segments in their values."""

    name: str
    ends_segment: bool
    attributes: str
    values: tuple[str, ...]


class Tokenizer:
    """Cuts files into the texts of their segments. Caches the tags that it has parsed, up to a bound."""

    def __init__(self) -> None:
        self.tags: dict[str, Tag] = {}

    def chunks(self, text: str, suffix: str) -> set[str]:
        """Return large parts of a file, once each. No segment is in two of them, so a known chunk can be skipped."""
        return set(BLOCK_END.split(text)) if suffix in MARKUP and not _needs_exact_parsing(text) else {text}

    def texts(self, chunks: Iterable[str], suffix: str) -> set[str]:
        """Return the texts of all segments in some chunks of a file."""
        found: set[str] = set()
        for chunk in chunks:
            if suffix in JSON or suffix == ".csv":
                found.update(value for values in set((CELL if suffix == ".csv" else STRING).findall(chunk))
                             for value in values if len(value) >= MIN_LENGTH)
            elif suffix not in MARKUP:
                found.update(line for line in _lines(chunk, suffix) if len(line) >= MIN_LENGTH)
            elif _needs_exact_parsing(chunk):
                found.update(segment.text for segment in segments(chunk, suffix))
            else:
                self._add_markup(chunk, found)
        return found

    def _add_markup(self, chunk: str, found: set[str]) -> None:
        # Splitting at "<" and looking each tag up in a dictionary takes less than half the time of TAG.finditer: nearly
        # all tags have been parsed before, on another page.
        if len(self.tags) > MAX_CACHED_TAGS:
            self.tags.clear()
        known, parts = self.tags, chunk.split("<")
        run, runs = [parts[0]], []
        for part in islice(parts, 1, None):
            head, closed, text = part.partition(">")
            tag = known.get(head)
            if tag is None:
                tag = known[head] = _parse(head)
            name, ends_segment, attributes, values = tag
            if not closed or not name:
                text = _after_comment(part, found) if part.startswith("!--") else f"<{part}"
            elif ends_segment:
                runs.append("".join(run))
                run = []
                if name == "script" and _is_json_script(name, attributes, text):
                    found.update(segment.text for segment in _value_segments(text, ".json"))
                    text = ""
            if closed and values:
                found.update(values)
            run.append(text)
        runs.append("".join(run))
        found.update(text for text in map(str.strip, runs) if len(text) >= MIN_LENGTH)


def _needs_exact_parsing(text: str) -> bool:
    """Return whether splitting at "<" or at BLOCK_END could cut a segment: in a CDATA section, or in a comment that
    contains a tag or is never closed."""
    if "<![CDATA[" in text or "]]>" in text:
        return True
    start = text.find("<!--")
    while start >= 0:
        if not SIMPLE_COMMENT.match(text, start + 1):
            return True
        start = text.find("<!--", start + 1)
    return False


def _parse(head: str) -> Tag:
    """Parse what is between "<" and ">"."""
    match = TAG_CONTENT.match(head)
    if match is None:
        return Tag("", False, "", ())
    return Tag(match[1], match[1].lower() not in INLINE, match[2], tuple(_attribute_values(match[2])))


def _after_comment(part: str, found: set[str]) -> str:
    """Add the text of the comment at the start of `part`, and return what follows it."""
    end = part.index("-->", 3)
    if end > 3:
        found.add(part[3:end])
    return part[end + 3:]


MAX_SEEN = 100_000
"""How many clean segments and chunks are remembered: about 20 MB."""

RESERVED_EMAIL = re.compile(r"(?:\.|@)example(?:\.(?:org|com|net))?\Z")
"""Email addresses at reserved domains (RFC 2606), which guides use as examples."""


class SiteScanner:
    """Scans the files of a built site, one by one, with the allowlist and the exceptions of one area.

    Pages share headers, menus and sentences. A segment or chunk that was clean once is not scanned again, as long as it
    is remembered. Scanners do not share this memory: with several processes, each has its own.
    """

    def __init__(self, register: Register) -> None:
        self.scanner = Scanner(register)
        self.tokenizer = Tokenizer()
        self.prefilter = Prefilter(self.scanner.allowlist)
        self.clean_texts: set[str] = set()
        self.clean_chunks: set[str] = set()

    def problems(self, path: str, content: str | bytes) -> list[Problem]:
        """Return the problems of one file. `path`, relative to the site, shows by its suffix how to read it.

        Empty for a file that is not SCANNED. Raises nothing for any content.
        """
        suffix = PurePosixPath(path).suffix
        if suffix not in SCANNED:
            return []
        text = content if isinstance(content, str) else content.decode("utf-8", errors="replace")
        text = text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
        chunks = self.tokenizer.chunks(text, suffix) - self.clean_chunks
        new = list(self.tokenizer.texts(chunks, suffix) - self.clean_texts)
        found = {segment: self._findings(segment) for segment in self.prefilter.candidates(new)}
        # Only a file without any finding makes its texts clean: those of another are scanned again on the next page.
        if any(found.values()):
            return sorted(set(_problems(path, text, suffix, found)))
        if len(self.clean_texts) + len(self.clean_chunks) > MAX_SEEN:
            self.clean_texts.clear()
            self.clean_chunks.clear()
        self.clean_texts.update(new)
        if len(chunks) > 1:
            self.clean_chunks.update(chunks)
        return []

    def _findings(self, text: str) -> list[Finding]:
        return [finding for finding in self.scanner.findings(text)
                if not (finding.kind == "email" and RESERVED_EMAIL.search(finding.value))]


class Scan(NamedTuple):
    """What was found in a file when it was written, and the digest of what was written."""

    digest: bytes
    problems: list[Problem]


def digest_of(content: bytes) -> bytes:
    """Return the digest of a file's content (FIPS 180-4, SHA-256)."""
    return sha256(content).digest()


def scan_site(register: Register, site: Path, finish: Callable[[], Mapping[str, Scan]]) -> list[Problem]:
    """Return the personal data in the files of a built site, sorted by file and line.

    Its pages exist. Other files are scanned after `finish` has returned, except those that it says were scanned, if
    they have not changed since.
    """
    return sorted({problem for problems in scan_files(register, site, finish) for problem in problems})


def scan_files(register: Register, site: Path, finish: Callable[[], Mapping[str, Scan]] = dict) -> Iterator[
        list[Problem]]:
    """Yield the personal data in each file of a built site, pages first, so that the caller can stop between two."""
    scanner = SiteScanner(register)
    pages = sorted(site.rglob("*.html"))
    yield from _scanned(scanner, site, pages, {})
    known = finish()
    yield from _scanned(scanner, site, sorted({*site.rglob("*")} - {*pages}), known)


def _scanned(scanner: SiteScanner, site: Path, files: Iterable[Path], known: Mapping[str, Scan]) -> Iterator[
        list[Problem]]:
    for file in files:
        if file.name.endswith(SCANNED) and file.is_file():
            path, content = file.relative_to(site).as_posix(), file.read_bytes()
            scan = known.get(path)
            yield scan.problems if scan and scan.digest == digest_of(content) else scanner.problems(path, content)


def _problems(path: str, text: str, suffix: str, found: dict[str, list[Finding]]) -> Iterator[Problem]:
    for segment in segments(text, suffix):
        for finding in found.get(segment.text, ()):
            yield Problem(path, text.count("\n", 0, segment.start) + 1, "personal-data", description(finding),
                          "find its source in data/ or docs/, and remove it there")
