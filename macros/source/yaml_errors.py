"""What the YAML parser found wrong with a file, said for the person who wrote it."""

from __future__ import annotations

import re

import yaml

from ..problem import quoted

Said = tuple[int, str, str]
"""A line, counted from 0, with what is wrong there and what to write instead."""

IN_QUOTES = 'put the whole text in "quotes"'
LINE_UP = "line it up with the lines around it"

INDENTED = ("did not find expected key", "did not find expected '-' indicator", "expected <block end>")
NOT_CLOSED = ("did not find expected ',' or ']'", "did not find expected ',' or '}'")
ANOTHER_DOCUMENT = ("another document", "expected <document start>")
OPEN_QUOTE = re.compile(r"""(?:^|[:,\[{-])\s+("(?:[^"\\]|\\.)*|'(?:[^']|'')*)\Z""")
"""A line on which a quoted text begins and does not end."""

VALUE = re.compile(r"\s*(?:- +)*(?:[\w-]+:\s+)?(\S?)")
SPECIAL = "%@`*&!?,]}|>-"
"""Signs that mean something to YAML where a text begins with one."""


def explain_syntax(error: yaml.MarkedYAMLError, text: str) -> Said:
    """Return where the parser's `error` about `text` is put right, what is wrong there, and what to write instead."""
    lines = text.split("\n")
    mark = error.problem_mark or error.context_mark
    at, column = (mark.line, mark.column) if mark else (0, 0)
    opened = error.context_mark.line if error.context_mark else at
    # YAML ends a line at signs that end none here, and then counts further than there are lines.
    at, opened = min(at, len(lines) - 1), min(opened, len(lines) - 1)
    line = lines[at] if at < len(lines) else ""
    what = error.problem or "it cannot be read"
    if "tab" in what or line[column:column + 1] == "\t":
        return at, "a tab stands where only spaces may stand", "indent with spaces"
    if "quoted scalar" in (error.context or "") and "end of" in what:
        return opened, "a quote is opened on this line and never closed", "close it at the end of the text"
    if "could not find expected ':'" in what:
        return _no_colon(opened, lines)
    if "mapping values are not allowed" in what:
        return _second_colon(at, column, line)
    if any(words in what for words in NOT_CLOSED):
        if opened != at:
            return opened, "a bracket is opened on this line and not closed", "close it, with commas between its values"
        return at, "the values between the brackets cannot be told apart", \
            "put a comma between them, and quotes around a text that holds one"
    if any(words in what for words in ANOTHER_DOCUMENT):
        fence = next((number for number in range(at, -1, -1) if lines[number].startswith(("---", "..."))), at)
        return fence, "a second document begins here", "remove this line, and keep one record a file"
    if any(words in what for words in INDENTED):
        return _quote_or_indent(at, column, lines)
    first = VALUE.match(line)
    if first and first[1] and first[1] in SPECIAL:
        return at, f"a text that begins with {quoted(first[1])} is not in quotes", IN_QUOTES
    return at, f"this is not YAML ({what})", "compare it with a record that works"


def _no_colon(at: int, lines: list[str]) -> Said:
    if "\u00a0" in lines[at]:
        return at, "a space on this line is not a plain one, as in text that was pasted", "type its spaces anew"
    return at, "this line is neither name: value nor part of the text above it", \
        "write it as name: value, with a space after the colon"


def _second_colon(at: int, column: int, line: str) -> Said:
    if ":" in line[:column]:
        return at, "a text with a colon in it is not in quotes", IN_QUOTES
    return at, "this line is indented deeper than the line above it, whose text has not ended", \
        LINE_UP + ', or begin a text of many lines with ">-"'


def _quote_or_indent(at: int, column: int, lines: list[str]) -> Said:
    before = lines[at][:column].rstrip() if at < len(lines) else ""
    if before.endswith(('"', "'")):
        quote = before[-1]
        for number in range(at - 1, -1, -1):
            if OPEN_QUOTE.search(lines[number]) and before.count(quote) == 1:
                return number, "a quote is opened on this line and not closed", "close it at the end of the text"
            if quote in lines[number]:
                break
        return at, f"a text goes on after the {quote} that ends it", "write '' for an apostrophe inside it" \
            if quote == "'" else 'write \\" for a double quote inside it, and end the text with "'
    return at, "this line is indented otherwise than its neighbours", LINE_UP
