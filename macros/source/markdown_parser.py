"""CommonMark with the blocks that Python-Markdown adds: boxes, tabs, footnotes, definitions and Markdown inside HTML.

CommonMark takes the indented text of those blocks for code, so a check would never read it.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

INDENT = 4
MAX_OPEN_BRACKETS = 500
TITLED = re.compile(r'(?:!!!|\?\?\?\+?|={3}[+!]{0,2})(?: ?[\w-]+(?: +[\w-]+)*)?(?: *"(.*?)")? *$')
"""The first line of an admonition, of details or of a content tab. Group 1 is the title that readers see."""

LEADING = re.compile(r"\[\^[^\]\n]{1,60}\]:|:(?= {3})")
"""What precedes the first words of a footnote and of a definition."""

OPENING_TAG = re.compile(r"<[a-zA-Z][\w-]{0,30}\b[^<>]{0,300}?\smarkdown(?:=[^<>]{0,40})?(?:\s[^<>]{0,300})?>\s*$")
"""An HTML element with Markdown inside, alone on its line."""


def closed_html(text: str) -> str:
    """Return the part of an HTML text in which every tag and comment is closed.

    Python's parser searches to the end of the text for each one that is not, which takes quadratic time. What follows
    is no element: browsers read it as text, or as a comment.
    """
    unclosed = text.find("<!--", max(0, text.rfind("-->")))
    text = text if unclosed < 0 else text[:unclosed]
    return text[:text.rfind(">") + 1]


def markdown_parser() -> MarkdownIt:
    """Return a parser that reads a page as the site does, and gives each block its line."""
    parser = MarkdownIt("commonmark").enable("table")
    interrupted = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    # Before all others: "code" would take the indented lines, "html_block" all lines up to the next empty one.
    for name, rule in (("titled", _titled), ("leading", _leading), ("opening_tag", _opening_tag)):
        parser.block.ruler.before("table", name, rule, interrupted)
    parser.core.ruler.before("inline", "brackets", _without_open_brackets)
    return parser


@lru_cache(maxsize=64)
def markdown_tokens(text: str) -> list[Token]:
    """Return what a parser makes of a page, with every address as it is written. Several checks ask for the same."""
    return _parser_of_any_address().parse(text)


@cache
def _parser_of_any_address() -> MarkdownIt:
    parser = markdown_parser()
    # By default the parser drops unsafe addresses, the very ones that a check looks for, and rewrites others.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    return parser


def opens_too_many(text: str) -> bool:
    """Return whether a paragraph opens so many links and ends so few that a program would need minutes to read it."""
    return text.count("[") > text.count("]") + MAX_OPEN_BRACKETS


def _without_open_brackets(state: StateCore) -> None:
    for token in state.tokens:
        if token.type == "inline" and opens_too_many(token.content):
            token.content = token.content.replace("[", " ")


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line]:state.eMarks[line]]


def _starts_here(state: StateBlock, line: int) -> bool:
    return 0 <= state.sCount[line] - state.blkIndent < INDENT


def _titled(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    match = TITLED.match(_line(state, start)) if _starts_here(state, start) else None
    if not match or (match[1] is None and match[0].startswith("=")):  # a bare "===" underlines a heading
        return False
    if not silent:
        if match[1]:
            state.push("paragraph_open", "p", 1).map = [start, start + 1]
            title = state.push("inline", "", 0)
            title.content, title.map, title.children = match[1], [start, start + 1], []
            state.push("paragraph_close", "p", -1)
        _read_indented(state, start + 1, _end_of_indented(state, start + 1, end), state.sCount[start] + INDENT)
    return True


def _leading(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    match = LEADING.match(_line(state, start)) if _starts_here(state, start) else None
    if not match:
        return False
    if not silent:
        indent, last = state.sCount[start] + INDENT, start + 1
        while last < end and not state.isEmpty(last):  # further lines of its first paragraph need no indent
            last += 1
        last = _end_of_indented(state, last, end, state.sCount[start] + INDENT)
        kept = state.bMarks[start], state.tShift[start], state.sCount[start]
        state.bMarks[start] += state.tShift[start] + match.end()
        state.tShift[start], state.sCount[start] = 0, indent
        _read_indented(state, start, last, indent)
        state.bMarks[start], state.tShift[start], state.sCount[start] = kept
    return True


def _end_of_indented(state: StateBlock, line: int, end: int, indent: int | None = None) -> int:
    indent = state.sCount[line - 1] + INDENT if indent is None else indent
    while line < end and (state.isEmpty(line) or state.sCount[line] >= indent):
        line += 1
    return line


def _read_indented(state: StateBlock, start: int, end: int, indent: int) -> None:
    """Read lines as blocks of their own, as if they were not indented."""
    kept = state.blkIndent, state.lineMax, state.parentType
    state.blkIndent, state.lineMax, state.parentType = indent, end, "list"
    state.md.block.tokenize(state, start, end)
    state.line = end
    state.blkIndent, state.lineMax, state.parentType = kept


def _opening_tag(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if not _starts_here(state, start) or not OPENING_TAG.match(_line(state, start)):
        return False
    if not silent:
        token = state.push("html_block", "", 0)
        token.content, token.map = _line(state, start) + "\n", [start, start + 1]
        state.line = start + 1
    return True
