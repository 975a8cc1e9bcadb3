"""Reads YAML into plain values that know their line, and explains the parser's errors to the file's writer.

Only what a record needs is accepted: text, whole and decimal numbers, true and false, null, lists and mappings.
What YAML 1.1 would silently turn into something else (`no`, `012`, `1:30`, anchors, tags) is a problem.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from ..problem import Problem, quoted

REMEMBERED = 20_000
"""Size of the caches of reading and checking, in texts, so that a preview reads and checks only what was saved. A
region has half as many texts, and its caches take about 20 MB. Each result is immutable, and keyed by everything that
it depends on."""

MAX_DEPTH = 30
"""Nesting beyond this is a mistake or an attack: no record needs more than eight levels."""

INVISIBLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""Characters that people do not type: YAML refuses some of them, and takes others for the end of a line."""

COMMENT = re.compile(r"[ \t]+(#[^\s#].*)")
"""What YAML takes for a comment, though its writer may mean a hashtag or a number: "the #1 plan" ends after "the"."""

NOTE = re.compile(r"[ \t]+(#(?!.*\bTO CONFIRM\b).*\S)")
"""What is as likely a part of a text of several words as a note to other writers: "by post # and by phone"."""

NESTED = re.compile(r"(?:[-?:][ \t]+){5}")
WHOLE = re.compile(r"-?(0|[1-9][0-9]*)\Z")
DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)\.[0-9]+\Z")
TAG = "tag:yaml.org,2002:"
STRING = TAG + "str"

KeyPath = tuple[str | int, ...]


class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Resolves the types of plain values, with a short cut: a value with a space in it can only be text."""

    def resolve(self, kind: type[yaml.Node], value: Any, implicit: Any) -> Any:
        """Return the tag of a node as `yaml.SafeLoader` does, except that a text with a space is never a date."""
        if kind is yaml.ScalarNode and (" " in value or not implicit[0]):
            return STRING
        return super().resolve(kind, value, implicit)


@dataclass(frozen=True, eq=False)
class Document:
    """The content of one file.

    `data` is its value; `lines` maps a path into it, such as ("updates", 0, "date"), to a line.
    For a Markdown file `data` is the front matter and `body` the text after it, which begins at line `body_line`.
    `text` is the whole file, comments included. Documents compare by identity, so that they can be keys of caches.
    """

    path: str
    data: Any
    lines: dict[KeyPath, int] = field(default_factory=dict)
    body: str = ""
    body_line: int = 1
    text: str = field(default="")

    def line(self, *path: str | int) -> int:
        """Return the line of the value at `path`, or of the innermost value around it that has one."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def parse_yaml(text: str, path: str, first_line: int = 1) -> tuple[Document, list[Problem]]:
    """Parse YAML text that begins at `first_line` of the file at `path`."""
    try:
        problems = list(_forbidden(text, path, first_line))
        if problems:
            return Document(path, None), problems
        node = yaml.compose(text, Loader=Loader)
    except yaml.MarkedYAMLError as error:
        line, message, hint = explain_syntax(error, text)
        return Document(path, None), [Problem(path, first_line + line, "yaml", message, hint)]
    except yaml.YAMLError as error:
        return Document(path, None), [Problem(path, first_line, "yaml", f"this is not YAML ({_first_line(error)})",
                                              "retype the file")]
    reader = _Reader(path, first_line, text)
    value = reader.value(node, ()) if node else None
    if value is None and not reader.problems:
        return Document(path, None), [Problem(path, first_line, "empty", "nothing is written here",
                                              "write the record, or remove the file")]
    return Document(path, value, reader.lines), reader.problems


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__


def _forbidden(text: str, path: str, first_line: int) -> Iterator[Problem]:
    """Find keys behind odd spaces, tags, anchors, aliases and deep nesting.

    They are found before values are built, since aliases can expand without limit.
    """
    if not text.isascii() and (match := INDENTED_KEY.search(text)):
        yield Problem(path, first_line + text.count("\n", 0, match.start()), "yaml", OTHER_SPACES, RETYPE)
        return
    depth = 0
    for event in yaml.parse(text, Loader=Loader) if _suspicious(text) else ():
        line = first_line + event.start_mark.line
        if isinstance(event, yaml.AliasEvent):
            yield Problem(path, line, "yaml-alias", f"{quoted('*' + event.anchor)} repeats another part of the file",
                          "write the text out again, or put it in quotes")
        elif getattr(event, "anchor", None):
            yield Problem(path, line, "yaml-alias", f"{quoted('&' + event.anchor)} marks a part of the file for "
                          "repeating", "remove it, or put the text in quotes")
        if getattr(event, "tag", None):
            yield Problem(path, line, "yaml-tag", f"{quoted(event.tag.replace(TAG, '!!'))} has a special meaning in "
                          "YAML, because it begins with !", "put the whole text in quotes, or remove that word")
        if isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            depth += 1
            if depth > MAX_DEPTH:
                yield Problem(path, line, "yaml-depth", f"values are nested more than {MAX_DEPTH} levels deep",
                              "write the record as the guide shows")
                return
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            depth -= 1


def _suspicious(text: str) -> bool:
    """Return whether the slower pass over events is needed; most files have none or few of these characters."""
    return "&" in text or "*" in text or "!" in text or text.count("[") + text.count("{") > MAX_DEPTH \
        or "\n" + " " * MAX_DEPTH in text or NESTED.search(text) is not None


class _Reader:
    """Turns YAML nodes into values, and records the line of each."""

    def __init__(self, path: str, first_line: int, text: str) -> None:
        self.path, self.first_line, self.text_lines = path, first_line, text.split("\n")
        self.lines: dict[KeyPath, int] = {}
        self.problems: list[Problem] = []

    def line(self, node: yaml.Node) -> int:
        return self.first_line + node.start_mark.line

    def problem(self, node: yaml.Node, code: str, message: str, hint: str) -> None:
        self.problems.append(Problem(self.path, self.line(node), code, message, hint))

    def value(self, node: yaml.Node, at: KeyPath) -> Any:
        self.lines.setdefault(at, self.line(node))
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, at)
        if isinstance(node, yaml.SequenceNode):
            return tuple(self.value(item, (*at, number)) for number, item in enumerate(node.value))
        return self.scalar(node)

    def mapping(self, node: yaml.MappingNode, at: KeyPath) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self.problem(key_node, "yaml-key", "there is a list or a group of keys in place of a key",
                             "write it as name: value, and a text that begins with [ or { in quotes")
                continue
            key = key_node.value
            if key == "<<":
                self.problem(key_node, "yaml-alias", '"<<" copies another part of the file', "write the keys out again")
            elif key in result:
                first = self.lines[(*at, key)]
                self.problem(key_node, "duplicate-key", f"{quoted(key)} is there twice (first on line {first})",
                             "keep one of them")
            else:
                self.lines[(*at, key)] = self.line(key_node)
                result[key] = self.value(value_node, (*at, key))
        return result

    def scalar(self, node: yaml.ScalarNode) -> Any:
        text, tag = node.value, node.tag.removeprefix(TAG)
        if tag in ("str", "timestamp", "value"):
            self.check_text(node)
            return text
        if tag == "null":
            if not text:
                self.check_text(node)
            return None
        if tag == "bool":
            if text in ("true", "false"):
                return text == "true"
            self.problem(node, "yaml-bool", f"{quoted(text)} without quotes is read as true or false, not as a word",
                         f'write {quoted(text)} with its quotes, or write true or false')
            return text
        if tag == "int" and WHOLE.match(text) and len(text) < 16:
            return int(text)
        if tag == "float" and DECIMAL.match(text) and len(text) < 16:
            return float(text)
        self.problem(node, "yaml-number", f"{quoted(text)} could be read as more than one number",
                     "write a plain number such as 12 or 12.5, or put the text in quotes")
        return text

    def check_text(self, node: yaml.ScalarNode) -> None:
        """Report invisible characters in a text, and what YAML would drop after it as a comment."""
        invisible = INVISIBLE.search(node.value)
        if invisible:
            self.problem(node, "unseen", f"the text contains an invisible character (U+{ord(invisible[0]):04X})",
                         "remove the \\ and what follows it")
        end = node.end_mark
        comment = NOTE if " " in node.value else COMMENT
        lost = None if node.style else comment.match(self.text_lines[end.line][end.column:]) \
            if end.line < len(self.text_lines) else None
        if lost:
            self.problems.append(Problem(self.path, self.first_line + end.line, "yaml-lost",
                                         f"{'the text ends' if node.value else 'there is nothing'} before "
                                         f"{quoted(lost[1])}, which YAML takes for a comment",
                                         IN_QUOTES if COMMENT.match(lost[0]) else
                                         f"{IN_QUOTES}; write a note to other writers on a line of its own"))


Finding = tuple[int, str, str]
"""A line, counted from 0, a message and a hint."""

IN_QUOTES = 'put the whole text in "quotes"'
LINE_UP = "line it up with the lines around it"

INDENTED = ("did not find expected key", "did not find expected '-' indicator", "expected <block end>")
NOT_CLOSED = ("did not find expected ',' or ']'", "did not find expected ',' or '}'")
ANOTHER_DOCUMENT = ("another document", "expected <document start>")
OPEN_QUOTE = re.compile(r"""(?:^|[:,\[{-])\s+("(?:[^"\\]|\\.)*|'(?:[^']|'')*)\Z""")
"""A line on which a quoted text begins but does not end."""

SPACES = "[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]"
"""Spaces that look like the ordinary one and are none, such as those that do not break a line."""

OTHER_SPACES, RETYPE = "a space on this line is not an ordinary one, as happens in pasted text", "type its spaces again"
MISREAD_SPACE = re.compile(rf"[ \t]*(?:- +)?(?:[\w-]+:)?{SPACES}")
"""A line in which such a space is before or after a key."""

INDENTED_KEY = re.compile(rf"^[ \t]*(?:- +)?{SPACES}[\s-]*[\w-]+:(?:\s|$)", re.M)
"""A key that is indented by such spaces. YAML can read it as a part of the text above it."""

BRACKETED = re.compile(r"\s*(?:- +)*(?:[\w-]+: +)?(\[[^\]\n]*\]|\{[^}\n]*\})[ \t]*[^\s#,:\]}]")
"""A text that begins with words in brackets: YAML takes them for a list, or for keys."""

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
    near = (at, *({opened, at - 1} - {at, -1}))
    for number in near:
        if MISREAD_SPACE.match(lines[number]):
            return number, OTHER_SPACES, RETYPE
    for number in near:
        if match := BRACKETED.match(lines[number]):
            return number, f"a text that begins with {quoted(match[1])} is not in quotes", IN_QUOTES
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
    if re.search(SPACES, lines[at]):
        return at, OTHER_SPACES, RETYPE
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
