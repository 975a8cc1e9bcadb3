"""Reads YAML into plain values that know their line, and explains the parser's errors to the file's writer.

Only what a record needs is accepted: text, whole and decimal numbers, true and false, null, lists and mappings.
What YAML 1.1 would silently turn into something else (`no`, `012`, `1:30`, anchors, tags) is a problem.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import yaml

from ..problem import Problem, quoted
from .yaml_corrections import IN_QUOTES, OTHER_SPACES, RETYPE, SPACES
from .yaml_mistakes import find_mistakes

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

INDENTED_KEY = re.compile(rf"^[ \t]*(?:- +)?{SPACES}[\s-]*[\w-]+:(?:\s|$)", re.M)
"""A key that is indented by spaces that are not ordinary ones. YAML can read it as a part of the text above it."""

NESTED = re.compile(r"(?:[-?:][ \t]+){5}")
EDGE = re.compile(f"^(?:{SPACES}|[\u200b-\u200d\u2060\u00ad])+|(?:{SPACES}|[\u200b-\u200d\u2060\u00ad])+$")
"""Spaces that are not ordinary ones, and invisible characters, around a text: they came with it when it was copied."""

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
    """Parse YAML text that begins at `first_line` of the file at `path`.

    Returns the document and every problem. Where the parser refuses the text, the document is read as it is meant, if
    that is certain, so that its other problems are found at once.
    """
    try:
        return _parse(text, path, first_line)
    except yaml.MarkedYAMLError as error:
        found, corrected = find_mistakes(text, error, Loader)
        problems = [Problem(path, first_line + one.line, "yaml", one.message, one.hint) for one in found]
        if corrected is None:
            return Document(path, None), problems
        with suppress(yaml.YAMLError):
            document, others = _parse(corrected, path, first_line)
            return document, sorted({*problems, *others})
        return Document(path, None), problems


def _parse(text: str, path: str, first_line: int) -> tuple[Document, list[Problem]]:
    try:
        problems = list(_forbidden(text, path, first_line))
        if problems:
            return Document(path, None), problems
        node = yaml.compose(text, Loader=Loader)
    except yaml.MarkedYAMLError:
        raise
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


def never_begun(text: str) -> str | None:
    """Return the quote or bracket that ends a text without quotes, and that nothing in it begins; None for others."""
    last = text[-1:]
    if last == '"':
        return None if text.count('"') > 1 or text[-2:-1].isdigit() else last  # 12" may be inches
    return last if last in ("]", "}") and not set("[{") & set(text) else None


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

    def value(self, node: yaml.Node, at: KeyPath, key_column: int = 0) -> Any:
        self.lines.setdefault(at, self.line(node))
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, at)
        if isinstance(node, yaml.SequenceNode):
            return tuple(self.value(item, (*at, number), item.start_mark.column - 1)
                         for number, item in enumerate(node.value))
        self.check_comment(node, key_column)
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
                             "add what is below it at the end of the first list"
                             if isinstance(value_node, yaml.SequenceNode) else "keep one of them")
            else:
                self.lines[(*at, key)] = self.line(key_node)
                result[key] = self.value(value_node, (*at, key), key_node.start_mark.column)
        return result

    def scalar(self, node: yaml.ScalarNode) -> Any:
        text, tag = node.value, node.tag.removeprefix(TAG)
        if tag in ("str", "timestamp", "value"):
            self.check_text(node)
            return text if node.style else self.plain_text(node)
        if tag == "null":
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
        """Report invisible characters in a text."""
        invisible = INVISIBLE.search(node.value)
        if invisible:
            self.problem(node, "unseen", f"the text contains an invisible character (U+{ord(invisible[0]):04X})",
                         "remove the \\ and what follows it")

    def plain_text(self, node: yaml.ScalarNode) -> str | None:
        """Return a text without quotes, after reporting what is likely to be left of quotes, brackets or pasting."""
        text: str = node.value
        bare = EDGE.sub("", text)
        if re.search(f"^{SPACES}|{SPACES}$", text):
            self.problem(node, "yaml", OTHER_SPACES, RETYPE)
            if bare in ("", "null", "~"):
                return None
        if last := never_begun(bare):
            self.problem(node, "yaml", "a quote ends this text, and none begins it" if last == '"' else
                         f"a bracket ends this text, and none begins it ({quoted(last)})",
                         f"remove it, or {IN_QUOTES}" if last == '"' else "remove it, or open it before the text")
        return bare

    def check_comment(self, node: yaml.ScalarNode, key_column: int) -> None:
        """Report what YAML drops as a comment, where it is likely to be a part of the text before it.

        That is behind the text, or on the line below it if that is indented deeper than its key. Behind quotes, words
        after a # and a space are a note to other writers.
        """
        comment, end = NOTE if " " in node.value and node.style not in ("'", '"') else COMMENT, node.end_mark
        if node.style in ("|", ">"):
            # The text is below such a sign. What is behind it is a comment.
            number, column = node.start_mark.line, node.start_mark.column
            rest = self.text_lines[number][column:].lstrip("|>-+0123456789") if number < len(self.text_lines) else ""
        else:
            number = end.line
            rest = self.text_lines[number][end.column:] if number < len(self.text_lines) else ""
            if not rest.strip() and node.value and number + 1 < len(self.text_lines):
                below = self.text_lines[number + 1]
                if len(below) - len(below.lstrip()) > key_column + 1:
                    number, rest = number + 1, below
        if lost := comment.match(rest):
            what = "the line" if node.style in ("|", ">") else "the text" if node.value else "nothing"
            hint = "begin the text on the line below" if what == "the line" else IN_QUOTES
            self.problems.append(Problem(
                self.path, self.first_line + number, "yaml-lost",
                f"{'there is nothing' if what == 'nothing' else f'{what} ends'} before {quoted(lost[1])}, which YAML "
                "takes for a comment",
                hint if COMMENT.match(lost[0]) else f"{hint}; write a note to other writers on a line of its own"))
