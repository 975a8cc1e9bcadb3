"""Text as a reader sees it, with the place of every character in the file.

What could split a number or a name is undone first: entities, escapes, percent-encoding, characters that cannot be
seen, digits of other scripts, emphasis, line breaks; and, in a second reading, elements, comments and macros.
"""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeVar
from urllib.parse import unquote

CODED = re.compile(r"&(?:#[0-9]{1,7};?|#[xX][0-9a-fA-F]{1,6};?|[A-Za-z][A-Za-z0-9]{1,30};)"
                   r"|%[0-9A-Fa-f]{2}(?:%[0-9A-Fa-f]{2})*|\\(?:u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|U[0-9a-fA-F]{8})|\\(?=[!-/:-@\[-`{-~\n])")
MOST_CODINGS = 3
"""How often a text is decoded: a feed holds HTML as text, in which an entity can stand for an entity."""

BETWEEN = (("<!--", "-->"), (r"\{#", r"#\}"), (r"\{\{", r"\}\}"), (r"\{%", r"%\}"))
MARKUP = re.compile(
    # Each stops at the next opening: a thousand that nothing closes would else be read to the end a thousand times.
    "|".join(rf"{opening}(?:(?!{opening}).){{0,2000}}?{closing}" for opening, closing in BETWEEN)
    + r"|<(/?[a-zA-Z][a-zA-Z0-9]*)\b[^<>]{0,2000}>|\]\([^)\[\n]{0,500}\)"
    # One way to begin is written out as two: a pattern is fast where all its ways begin with a sign of their own.
    r"|!\[(?=[^\[\]\n]{1,200}\]\()|\[(?=[^\[\]\n]{1,200}\]\()", re.S)
COMMENT_SIGNS = re.compile(r"<!--|-->|\{#|#\}")
INLINE = frozenset(("a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "dfn", "em", "i", "ins", "del", "kbd",
                    "mark", "q", "s", "small", "span", "strong", "sub", "sup", "time", "u", "wbr", "font"))

FOLDED = re.compile(
    # The first sign is taken before it is asked what it is: then all others are passed over at once.
    r"[ \t\n*`~_\x80-\U0010ffff](?:"
    r"(?:(?<=\n)|(?<=[ \t])[ \t]*\n)(?:(?=[ \t]*\n)|(?![ \t]*[*+-][ \t])(?<!\n\n)[ \t]*(?:[#>]+[ \t]*)?)"
    r"|(?<=[ \t])[ \t]+|(?<=\t)"
    r"|(?<=[^\x00-\x7f])"
    r"|(?<=[*`~])[*`~]*|(?<=_)(?:(?<![0-9A-Za-z].)_*|_*(?![0-9A-Za-z])))")

SPECIAL = re.compile(r"[&%\\\n\t*`~_<>{}\[\]\x80-\U0010ffff]")
"""Without any of these, and without two spaces together, a text is read as it stands."""

Read = TypeVar("Read")


@dataclass(frozen=True)
class Plain:
    """A text, made of an earlier one piece by piece.

    Of each piece, `outs` holds where it begins here, and `pieces` where it began and ended before, and whether it was
    taken over as it stood.
    """

    text: str
    before: Plain | None = None
    outs: list[int] = field(default_factory=list)
    pieces: list[tuple[int, int, bool]] = field(default_factory=list)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where the characters from `start` to before `end` began and ended in the first text."""
        if self.before is None:
            return start, end
        number = bisect_right(self.outs, start) - 1
        at, _, as_it_stood = self.pieces[number]
        first = at + start - self.outs[number] if as_it_stood else at
        number = bisect_right(self.outs, end - 1) - 1
        at, until, as_it_stood = self.pieces[number]
        last = at + end - self.outs[number] if as_it_stood else until
        return self.before.span(first, last)


def readings(text: str) -> Iterator[Plain]:
    """Yield a text as it is read with all that stands in elements and comments; where there are any, without them; and
    where there are comments, as if they were text."""
    yield from _readings(Plain(text), lambda plain: plain.text, _replaced)


def reading_texts(text: str) -> Iterator[str]:
    """Yield the texts of all readings, without the places of their characters: that takes a third of the time."""
    yield from _readings(text, str, lambda read, pattern, replace: pattern.sub(replace, read))


def _readings(read: Read, words: Callable[[Read], str],
              replaced: Callable[[Read, re.Pattern[str], Callable[[re.Match[str]], str]], Read]) -> Iterator[Read]:
    for _ in range(MOST_CODINGS):
        if not CODED.search(words(read)):
            break
        read = replaced(read, CODED, _decoded)
    yield replaced(read, FOLDED, _folded)
    if MARKUP.search(words(read)):
        yield replaced(replaced(read, MARKUP, _unmarked), FOLDED, _folded)
    if COMMENT_SIGNS.search(words(read)):
        opened = replaced(read, COMMENT_SIGNS, lambda match: "\n\n")
        yield replaced(replaced(opened, MARKUP, _unmarked), FOLDED, _folded)


def _replaced(plain: Plain, pattern: re.Pattern[str], replace: Callable[[re.Match[str]], str]) -> Plain:
    texts: list[str] = []
    outs: list[int] = []
    pieces: list[tuple[int, int, bool]] = []
    out = end = 0
    for match in pattern.finditer(plain.text):
        start = match.start()
        if start > end:
            texts.append(plain.text[end:start])
            outs.append(out)
            pieces.append((end, start, True))
            out += start - end
        new, end = replace(match), match.end()
        texts.append(new)
        outs.append(out)
        pieces.append((start, end, False))
        out += len(new)
    if not outs:
        return plain
    texts.append(plain.text[end:])
    outs.append(out)
    pieces.append((end, len(plain.text), True))
    return Plain("".join(texts), plain, outs, pieces)


def _decoded(match: re.Match[str]) -> str:
    return _sign(match[0])


@lru_cache(maxsize=4096)
def _sign(token: str) -> str:
    """Return what an entity, an escape or a percent-encoding stands for."""
    if token[0] == "&":
        return html.unescape(token)
    if token[0] == "%":
        return unquote(token)
    return chr(int(token[2:], 16)) if len(token) > 1 and int(token[2:], 16) < 0x110000 else ""


def _unmarked(match: re.Match[str]) -> str:
    tag = (match[1] or "").lower().removeprefix("/")
    return "" if not tag or tag in INLINE else " " if tag == "br" else "\n\n"


def _folded(match: re.Match[str]) -> str:
    token = match[0]
    if "\n" in token:
        return "\n" if match.string[match.end():match.end() + 1].isspace() else " "
    if token[0] in " \t":
        return " "
    return _character(token, match.start() != match.end() and match.string[match.start() - 1:match.start()].isdigit()) \
        if ord(token[0]) > 127 else ""


@lru_cache(maxsize=4096)
def _character(sign: str, after_digit: bool) -> str:
    """Return what stands for a character: a digit or letter of a common script, a space, a hyphen, or nothing."""
    category = unicodedata.category(sign)
    if category in ("Cf", "Mn", "Me", "Cc", "Cs", "Co"):
        return ""
    if category.startswith("Z"):
        return "\n\n" if sign in "\u2028\u2029" else " "
    if category == "Pd" or sign == "\u2212":
        return "-"
    if sign in "\u2018\u2019\u02bc\u201b":
        return "'"
    # A raised digit behind a number marks a note, and is no part of it.
    digit = unicodedata.digit(sign, None)
    if digit is not None:
        return " " if after_digit and "<su" in unicodedata.decomposition(sign) else str(digit)
    folded = unicodedata.normalize("NFKC", sign)
    return folded if folded.isascii() or folded.isalpha() else sign
