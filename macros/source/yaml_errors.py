"""Turns the YAML parser's errors into messages for the person who wrote the file."""

from __future__ import annotations

import re

import yaml

from ..problem import quoted

Finding = tuple[int, str, str]
"""A line, counted from 0, a message and a hint."""

IN_QUOTES = 'put the whole text in "quotes"'
LINE_UP = "line it up with the lines around it"

INDENTED = ("did not find expected key", "did not find expected '-' indicator", "expected <block end>")
NOT_CLOSED = ("did not find expected ',' or ']'", "did not find expected ',' or '}'")
ANOTHER_DOCUMENT = ("another document", "expected <document start>")
OPEN_QUOTE = re.compile(r"""(?:^|[:,\[{-])\s+("(?:[^"\\]|\\.)*|'(?:[^']|'')*)\Z""")
"""A line on which a quoted text begins but does not end."""

VALUE = re.compile(r"\s*(?:- +)*(?:[\w-]+:\s+)?(\S?)")
INDICATORS = "%@`*&!?,]}|>-"
"""Characters with a special meaning in YAML at the beginning of a text."""


def explain_syntax(error: yaml.MarkedYAMLError, text: str) -> Finding:
    """Return the line where the parser's `error` about `text` has to be fixed, a message and a hint."""
    lines = text.split("\n")
    mark = error.problem_mark or error.context_mark
    at, column = (mark.line, mark.column) if mark else (0, 0)
    opened = error.context_mark.line if error.context_mark else at
    # YAML ends a line at more characters than we do, so it may count more lines than there are.
    at, opened = min(at, len(lines) - 1), min(opened, len(lines) - 1)
    line = lines[at] if at < len(lines) else ""
    what = error.problem or "it cannot be read"
    if "tab" in what or line[column:column + 1] == "\t":
        return at, "there is a tab where only spaces are allowed", "indent with spaces"
    if "quoted scalar" in (error.context or "") and "end of" in what:
        return opened, "a quote is opened on this line and never closed", "close it at the end of the text"
    if "could not find expected ':'" in what:
        return _no_colon(opened, lines)
    if "mapping values are not allowed" in what:
        return _second_colon(at, column, line)
    if any(words in what for words in NOT_CLOSED):
        if opened != at:
            return opened, "a bracket is opened on this line and not closed", "close it, with commas between its values"
        return at, "the values between the brackets are not separated", \
            "put a comma between them, and quotes around a text that holds one"
    if any(words in what for words in ANOTHER_DOCUMENT):
        fence = next((number for number in range(at, -1, -1) if lines[number].startswith(("---", "..."))), at)
        return fence, "a second document begins here", "remove this line, and keep one record a file"
    if any(words in what for words in INDENTED):
        return _quote_or_indent(at, column, lines)
    first = VALUE.match(line)
    if first and first[1] and first[1] in INDICATORS:
        return at, f"a text that begins with {quoted(first[1])} is not in quotes", IN_QUOTES
    return at, f"this is not YAML ({what})", "compare it with a record that works"


def _no_colon(at: int, lines: list[str]) -> Finding:
    if "\u00a0" in lines[at]:
        return at, "a space on this line is not an ordinary one, as happens in pasted text", "retype its spaces"
    return at, "this line is neither name: value nor part of the text above it", \
        "write it as name: value, with a space after the colon"


def _second_colon(at: int, column: int, line: str) -> Finding:
    if ":" in line[:column]:
        return at, "a text with a colon in it is not in quotes", IN_QUOTES
    return at, "this line is indented deeper than the line above it, whose text has not ended", \
        LINE_UP + ', or begin a text of many lines with ">-"'


def _quote_or_indent(at: int, column: int, lines: list[str]) -> Finding:
    before = lines[at][:column].rstrip() if at < len(lines) else ""
    if before.endswith(('"', "'")):
        quote = before[-1]
        for number in range(at - 1, -1, -1):
            if OPEN_QUOTE.search(lines[number]) and before.count(quote) == 1:
                return number, "a quote is opened on this line and not closed", "close it at the end of the text"
            if quote in lines[number]:
                break
        return at, f"the text continues after the {quote} that ends it", "write '' for an apostrophe inside it" \
            if quote == "'" else 'write \\" for a double quote inside it, and end the text with "'
    return at, "this line is not indented like the lines around it", LINE_UP
