"""Rewrites Markdown as GitHub reads it into the form that Python-Markdown reads in the same way.

People write and preview on GitHub. Python-Markdown, which the generator uses, wants an empty line before a list or a
table, and four spaces before what belongs to an item of a list; otherwise it runs them together without a warning.
Where blocks begin and end is decided by a parser for CommonMark. This module only adds empty lines and spaces.

Sources: CommonMark 0.31, "List items", "Setext headings" and "Hard line breaks"; GitHub Flavored Markdown 0.29,
"Tables".
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ..checks.markdown import footnotes_without_text
from ..source.files import REMEMBERED
from ..source.markdown_parser import INDENT, markdown_parser

MARKER = re.compile(r"( *)([-*+]|[0-9]{1,9}[.)])( +|$)")
QUOTE = re.compile(r" {0,3}> ?")
NO_HEADING = re.compile(r"( *)(#+)(?=[^# \n])")
"""A hashtag: CommonMark wants a space after the # of a heading, and Python-Markdown does not."""

HARD_BREAK = re.compile(r"(?<!\\)((?:\\\\)*)\\$")
CELL = re.compile(r"(?<!\\)(?:\\\\)*\|")
LISTS = ("bullet_list_open", "ordered_list_open")
BLOCKS = (*LISTS, "table_open", "blockquote_open")
"""Blocks that Python-Markdown runs together with what touches them."""

ENDS_APART = re.compile(r"\s+(?:>|```|~~~|.*\|)")
"""The last line of a quotation, of code or of a table in an item, which would take in the next item."""

APART = "<!-- -->"
"""Separates two lists of one kind: another sign before the items begins another list in CommonMark."""

MAX_DEPTH = 20
"""Lists and quotations inside each other; the check refuses more."""


@lru_cache(maxsize=REMEMBERED)
def rewritten(text: str, titles: int = 1) -> str:
    """Return a text with the blocks that CommonMark sees in it, written as Python-Markdown reads them.

    Of its headings of level 1 the first `titles` stay; the others become headings of level 2, since a page has one
    title. A reference to a footnote that has no text says so.
    """
    text = text.expandtabs(INDENT)
    for start, end in reversed(footnotes_without_text(text)):
        text = f"{text[:start]}<sup>[note missing]</sup>{text[end:]}"
    text = "\n".join(_blocks(text.split("\n"), 0))
    return text.replace(TITLE, "", titles).replace(TITLE, "#")


TITLE = "\0"
"""Marks the headings of level 1 while a text is rewritten; no text that can be read has this character."""


@cache
def _parser() -> MarkdownIt:
    return markdown_parser().disable("inline")  # where blocks begin and end is all that is asked here


def _blocks(lines: list[str], depth: int, *, is_item: bool = False) -> list[str]:
    """Return the lines of one container, such as a page or an item of a list."""
    if depth > MAX_DEPTH or not "".join(lines).strip():
        return lines
    tokens = _parser().parse("\n".join(lines))
    done: list[str] = []
    at, last, last_base, is_first = 0, "", "", False
    for number, token in enumerate(tokens):
        if token.level or token.nesting < 0 or not token.map or token.type == "inline":
            continue
        start, end = token.map
        if start < at:
            continue
        done += lines[at:start]
        while end > start and not lines[end - 1].strip() and token.type not in ("fence", "code_block"):
            end -= 1
        block, base = _block(token, tokens[number + 1:], lines[start:end], depth), _base(lines[start:end])
        # The first words of an item and a list below them stay together: apart, the item's text would be a paragraph.
        if start == at and last and {token.type, last} & {*BLOCKS} and not (
                is_item and token.type in LISTS and last == "paragraph_open" and is_first):
            done.append("")
        if token.type == last and token.type in LISTS and base == last_base:
            done += [base + APART, ""]
        done += block
        is_first = not last
        at, last, last_base = end, token.type, base
    return done + lines[at:]


def _block(token: Token, following: list[Token], lines: list[str], depth: int) -> list[str]:
    if token.type in LISTS:
        return _list(following, token.map[0], lines, depth)
    if token.type == "blockquote_open":
        inner = _blocks([QUOTE.sub("", line, count=1) for line in _outdented(lines)], depth + 1)
        return [_base(lines) + f"> {line}".rstrip() for line in inner]
    if token.type == "table_open":
        return _table(lines)
    if token.type == "heading_open" and token.markup in "=-":
        words = " ".join(line.strip() for line in lines[:-1])
        return [f"{_base(lines)}{TITLE + '#' if token.tag == 'h1' else '##'} {words}"]
    if token.type == "heading_open" and token.tag == "h1":
        return [lines[0].replace("#", TITLE + "#", 1), *lines[1:]]
    if token.type == "paragraph_open":
        return [HARD_BREAK.sub(r"\1  ", NO_HEADING.sub(r"\1\\\2", line, count=1)) if number < len(lines) - 1
                else NO_HEADING.sub(r"\1\\\2", line, count=1) for number, line in enumerate(lines)]
    return lines


def _base(lines: list[str]) -> str:
    """Return the indentation of the container of a block: that of a box or a tab is a multiple of four."""
    return " " * ((len(lines[0]) - len(lines[0].lstrip(" "))) // INDENT * INDENT)


def _outdented(lines: list[str]) -> list[str]:
    base = len(_base(lines))
    return [line[base:] if not line[:base].strip() else line.lstrip(" ") for line in lines]


def _list(following: list[Token], first: int, lines: list[str], depth: int) -> list[str]:
    """Return the lines of a list, with four spaces before everything that belongs to an item."""
    base, level, done = _base(lines), None, []
    ends: list[tuple[int, int]] = []
    for token in following:
        if level is None:
            level = token.level
        if token.level < level:
            break
        if token.type == "list_item_open" and token.level == level:
            ends.append((token.map[0] - first, token.map[1] - first))
    item: list[str] = []
    for start, end in ends:
        if item and item[-1] and ("" in item or ENDS_APART.match(item[-1])):
            done.append("")
        item = _item(lines[start:min(end, len(lines))], base, depth)
        done += item
    return done


def _item(lines: list[str], base: str, depth: int) -> list[str]:
    match = MARKER.match(lines[0])
    if not match:
        return lines
    spaces = len(match[3])
    rest = lines[0][match.end():]
    width = match.end() if rest and spaces <= INDENT else len(match[1]) + len(match[2]) + 1
    inner = [lines[0][width:], *(
        line[width:] if not line[:width].strip() else line.lstrip(" ") for line in lines[1:])]
    while len(inner) > 1 and not inner[0].strip():  # the text begins on the line below the sign
        inner.pop(0)
    inner = _blocks(inner, depth + 1, is_item=True)
    marker = match[2].replace(")", ".")
    return [base + f"{marker:<{INDENT - 1}} {inner[0].lstrip(' ') if not inner[0].startswith('     ') else inner[0]}",
            *(f"{base}{' ' * INDENT}{line}" if line.strip() else "" for line in inner[1:])]


def _table(lines: list[str]) -> list[str]:
    """Return the lines of a table with as many columns as its longest row, so that no cell is lost."""
    columns = [_columns(line) for line in lines]
    missing = max(columns) - columns[0]
    if missing <= 0:
        return lines
    return [_wider(lines[0], " &nbsp; ", missing), _wider(lines[1], "---", missing), *lines[2:]]


def _columns(row: str) -> int:
    return len(CELL.findall(row.strip().strip("|"))) + 1


def _wider(row: str, cell: str, more: int) -> str:
    return row.rstrip().removesuffix("|") + f"|{cell}" * more + "|"
