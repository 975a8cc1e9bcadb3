"""Normalises text to what a reader sees, and maps each position back to the file.

Markup and encodings can split a number or a name: "999&nbsp;<b>215</b> 8107" reads as one NHS number. So the detectors
get a text in which entities, escapes, percent-encoding, invisible characters, digits of other scripts, emphasis and
line breaks are resolved first. Elements, comments and macros are ambiguous: a reader sees their content or does not.
Such a text is therefore normalised several times, once with each interpretation.
"""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import cached_property, lru_cache
from urllib.parse import unquote

ENCODED = re.compile(
    r"&(?:#[0-9]{1,7};?|#[xX][0-9a-fA-F]{1,6};?|[A-Za-z][A-Za-z0-9]{1,30};)"
    r"|%[0-9A-Fa-f]{2}(?:%[0-9A-Fa-f]{2})*"
    r"|\\(?:u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|U[0-9a-fA-F]{8})|\\(?=[!-/:-@\[-`{-~\n])")
MAX_DECODINGS = 3
"""How often a text is decoded: a feed holds HTML as escaped text, so an entity can contain an entity."""

DELIMITERS = (("<!--", "-->"), (r"\{#", r"#\}"), (r"\{\{", r"\}\}"), (r"\{%", r"%\}"))
MARKUP = re.compile(
    # Each stops at the next opening delimiter: otherwise a thousand unclosed comments would each be read to the end of
    # the text, in quadratic time.
    "|".join(rf"{opening}(?:(?!{opening}).){{0,2000}}?{closing}" for opening, closing in DELIMITERS)
    + r"|<(/?[a-zA-Z][a-zA-Z0-9]*)\b[^<>]{0,2000}>|\]\([^)\[\n]{0,500}\)"
    # "!?\[" is spelt out as two alternatives: the regex engine is fast when each alternative has a literal first
    # character.
    r"|!\[(?=[^\[\]\n]{1,200}\]\()|\[(?=[^\[\]\n]{1,200}\]\()", re.S)
COMMENT_DELIMITERS = ("<!--", "-->", "{#", "#}")
COMMENT_DELIMITER = re.compile(rf"(?:{'|'.join(COMMENT_DELIMITERS)})+")
INLINE = frozenset(("a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "dfn", "em", "i", "ins", "del", "kbd",
                    "mark", "q", "s", "small", "span", "strong", "sub", "sup", "time", "u", "wbr", "font"))
"""Elements that do not interrupt a sentence: text on both sides of their tags reads as one."""

SPECIAL = r"\x80-\xaf\xb1-\xbf\xd7\xf7\u0132\u0133\u013f\u0140\u0149\u017f-\u4dff\ua000-\uabff\ud7a4-\U0010ffff"
"""Characters outside ASCII that may have a plain form: all but the letters of European languages, such as é and Ł, the
characters of Chinese and the syllables of Korean."""

FOLDABLE = re.compile(
    # The character class comes first and lookbehinds inspect it afterwards, although the reverse order would be easier
    # to read: starting with a class lets the engine skip all other characters quickly.
    rf"[ \t\n*`~_{SPECIAL}](?:"
    # A line break, with the spaces around it and the quote or heading marks of the next line, unless a blank line or a
    # list item follows.
    r"(?:(?<=\n)|(?<=[ \t])[ \t]*\n)(?:(?=[ \t]*\n)|(?![ \t]*[*+-][ \t])(?<!\n\n)[ \t]*(?:[#>]+[ \t]*)?)"
    r"|(?<=[ \t])[ \t]+|(?<=\t)"  # several spaces, or a tab
    rf"|(?<![ \t\n*`~_])[{SPECIAL}]*"
    r"|(?<=[*`~])[*`~]*|(?<=_)(?:(?<![0-9A-Za-z].)_*|_*(?![0-9A-Za-z])))")  # emphasis; not "_" inside a word

NEEDS_NORMALISING = re.compile(r"[^\x00-\x08\x0b-\x1f -$'-)+-;=?-Z^a-z|\x7f]")
"""What any pattern above begins with but a space: & % * < > [ ] { } \\\\ _ ` ~, tab, newline and all outside ASCII. A
text without these and without two spaces together is already normalised."""

Segment = tuple[int, int, bool]
"""Where a part of a text is in the text before a step, and whether the step left it as it was."""


class NormalisedText:
    """The result of one replacement step, which can map its positions back to the original text.

    A text is normalised in steps, each of which replaces the matches of one pattern in the text of the step before
    (`source`; None for the original).
    """

    def __init__(self, text: str, source: NormalisedText | None = None, pattern: re.Pattern[str] | None = None,
                 replacement: Callable[[re.Match[str]], str] = str) -> None:
        self.text, self.source, self.pattern, self.replacement = text, source, pattern, replacement

    def replace(self, pattern: re.Pattern[str], replacement: Callable[[re.Match[str]], str]) -> NormalisedText:
        """Return the text with each match of a pattern replaced."""
        text, count = pattern.subn(replacement, self.text)
        return NormalisedText(text, self, pattern, replacement) if count else self

    @cached_property
    def segments(self) -> tuple[list[int], list[Segment]]:
        """Where each segment starts in this text, and the segments in the source.

        Segments and not an offset per character: a text of 2 MB goes through up to six steps, and most hold few
        matches. They are found when one is asked for, which is for few texts.
        """
        assert self.source and self.pattern
        offsets: list[int] = []
        segments: list[Segment] = []
        offset = end = 0
        for match in self.pattern.finditer(self.source.text):
            start = match.start()
            if start > end:
                offsets.append(offset)
                segments.append((end, start, True))
                offset += start - end
            offsets.append(offset)
            end = match.end()
            segments.append((start, end, False))
            offset += len(self.replacement(match))
        return [*offsets, offset], [*segments, (end, len(self.source.text), True)]

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the start and end in the original text of the characters from `start` to before `end`.

        Inside a verbatim segment a position maps exactly. A replaced segment has no inner positions ("&nbsp;" became
        one space), so a span that touches it covers all of it: a finding is never cut inside an entity.
        """
        if self.source is None:
            return start, end
        offsets, segments = self.segments
        # Segments replaced by nothing share their offset with the next one. bisect_right passes over them, to the
        # segment that holds the character.
        number = bisect_right(offsets, start) - 1
        begin, _, is_verbatim = segments[number]
        first = begin + start - offsets[number] if is_verbatim else begin
        # The end is looked up by the last character inside the span, not by the one after it: that one may belong to a
        # later segment, and the span would take in the markup between the two.
        number = bisect_right(offsets, end - 1) - 1
        begin, until, is_verbatim = segments[number]
        last = begin + end - offsets[number] if is_verbatim else until
        return self.source.original_span(first, last)


def needs_normalising(text: str) -> bool:
    """Return whether a text could be another once it is normalised. Most texts of a page are short, and could not."""
    return NEEDS_NORMALISING.search(text) is not None or "  " in text


def normalisations(text: str) -> Iterator[NormalisedText]:
    """Yield a text normalised with the content of its elements and comments as it is; if it holds any, without them;
    and if it holds comments, with their content as text."""
    read = NormalisedText(text)
    if not needs_normalising(text):
        yield read
        return
    for _ in range(MAX_DECODINGS):
        if not ENCODED.search(read.text):
            break
        read = read.replace(ENCODED, _decoded)
    yield read.replace(FOLDABLE, _folded)
    if MARKUP.search(read.text):
        yield read.replace(MARKUP, _without_markup).replace(FOLDABLE, _folded)
    if any(delimiter in read.text for delimiter in COMMENT_DELIMITERS):
        opened = read.replace(COMMENT_DELIMITER, lambda match: "\n\n")
        yield opened.replace(MARKUP, _without_markup).replace(FOLDABLE, _folded)


def _decoded(match: re.Match[str]) -> str:
    return _decode(match[0])


@lru_cache(maxsize=4096)
def _decode(token: str) -> str:
    """Return the characters that an entity, an escape or a percent-encoding represents."""
    if token[0] == "&":
        return html.unescape(token)
    if token[0] == "%":
        return unquote(token)
    return chr(int(token[2:], 16)) if len(token) > 1 and int(token[2:], 16) < 0x110000 else ""


def _without_markup(match: re.Match[str]) -> str:
    tag = (match[1] or "").lower().removeprefix("/")
    return "" if not tag or tag in INLINE else " " if tag == "br" else "\n\n"


def _folded(match: re.Match[str]) -> str:
    token = match[0]
    if "\n" in token:
        return "\n" if match.string[match.end():match.end() + 1].isspace() else " "
    if token[0] in " \t":
        return " "
    if ord(token[0]) < 128:
        return ""
    before = match.string[match.start() - 1:match.start()]
    if not any(map(str.isdigit, token)):
        return "".join(map(_plain_form, token))
    return "".join(_ascii_form(character, after_digit=previous.isdigit())
                   for previous, character in zip((before, *token), token, strict=False))


@lru_cache(maxsize=4096)
def _plain_form(character: str) -> str:
    return _ascii_form(character, after_digit=False)


@lru_cache(maxsize=4096)
def _ascii_form(character: str, after_digit: bool) -> str:
    """Return the plain form of a character outside ASCII: a digit, a letter, a space, a hyphen, or nothing."""
    category = unicodedata.category(character)
    if category in ("Cf", "Mn", "Me", "Cc", "Cs", "Co"):
        return ""
    if category.startswith("Z"):
        return "\n\n" if character in "\u2028\u2029" else " "
    if category == "Pd" or character == "\u2212":
        return "-"
    if character in "\u2018\u2019\u02bc\u201b":
        return "'"
    # A superscript digit after a number marks a footnote and is not part of the number.
    digit = unicodedata.digit(character, None)
    if digit is not None:
        return " " if after_digit and "<su" in unicodedata.decomposition(character) else str(digit)
    folded = unicodedata.normalize("NFKC", character)
    return folded if folded.isascii() or folded.isalpha() else character
