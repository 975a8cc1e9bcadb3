"""YAML files and front matter, read into plain values that know their line.

Only what a record needs is let through: text, whole and decimal numbers, true and false, null, lists and mappings.
Whatever YAML 1.1 would quietly turn into something else (`no`, `012`, `1:30`, anchors, tags) is a problem.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from .problem import Problem

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

MAX_BYTES = 1_000_000
MAX_DEPTH = 30
"""Nesting beyond this is a mistake or an attack: no record needs more than eight levels."""

FENCE = re.compile(r"\A---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.S | re.M)
WHOLE = re.compile(r"-?(0|[1-9][0-9]*)\Z")
DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)\.[0-9]+\Z")
TAG = "tag:yaml.org,2002:"

Path_ = tuple[str | int, ...]


@dataclass(frozen=True)
class Document:
    """What one file says: `data` is its value; `lines` maps a path into it, such as ("updates", 0, "date"), to a line.

    For a Markdown file `data` is the front matter and `body` the text after it, which begins at line `body_line`.
    """

    path: str
    data: Any
    lines: dict[Path_, int] = field(default_factory=dict, compare=False)
    body: str = ""
    body_line: int = 1

    def line(self, *path: str | int) -> int:
        """Return the line of the value at `path`, or of the nearest thing around it that has one."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def relative(file: Path, root: Path) -> str:
    """Return a file's path as problems print it: from the area's folder, with forward slashes."""
    return file.relative_to(root).as_posix()


def read_text(file: Path, root: Path) -> tuple[str | None, list[Problem]]:
    """Read a UTF-8 text file below `root`; Windows line ends and a byte order mark are accepted and dropped."""
    path = relative(file, root)
    if not file.resolve().is_relative_to(root.resolve()):
        return None, [Problem(path, 1, "outside", "this is a link to a file outside the area's folder",
                              "put the file itself here")]
    try:
        size = file.stat().st_size
        if size > MAX_BYTES:
            return None, [Problem(path, 1, "too-large", f"the file has {size:,} bytes",
                                  f"keep it below {MAX_BYTES:,}: one record a file")]
        raw = file.read_bytes()
    except OSError as error:
        return None, [Problem(path, 1, "unreadable", f"the file cannot be read ({error.strerror})",
                              "put a readable file here, or remove it")]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return None, [Problem(path, line, "encoding", f"the file is not UTF-8 (byte {raw[error.start]:#04x})",
                              "save it with the encoding UTF-8")]
    return text.replace("\r\n", "\n").replace("\r", "\n"), []


def load_yaml(file: Path, root: Path) -> tuple[Document, list[Problem]]:
    """Read a YAML file. The document's data is None where it cannot be read at all."""
    text, problems = read_text(file, root)
    if text is None:
        return Document(relative(file, root), None), problems
    return parse_yaml(text, relative(file, root))


def load_markdown(file: Path, root: Path) -> tuple[Document, list[Problem]]:
    """Read a Markdown file with its front matter; without front matter the data is an empty mapping."""
    path = relative(file, root)
    text, problems = read_text(file, root)
    if text is None:
        return Document(path, None), problems
    match = FENCE.match(text)
    if not match:
        if text.startswith("---"):
            return Document(path, None), [Problem(path, 1, "front-matter", "the front matter has no closing line",
                                                  'end it with a line that holds only "---"')]
        return Document(path, {}, {}, text, 1), []
    document, problems = parse_yaml(match[1], path, first_line=2)
    body = text[match.end():]
    return Document(path, document.data, document.lines, body, text.count("\n", 0, match.end()) + 1), problems


def parse_yaml(text: str, path: str, first_line: int = 1) -> tuple[Document, list[Problem]]:
    """Parse YAML text that begins at `first_line` of the file at `path`."""
    try:
        problems = list(_forbidden(text, path, first_line))
        if problems:
            return Document(path, None), problems
        node = yaml.compose(text, Loader=Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = first_line + (mark.line if mark else 0)
        return Document(path, None), [_syntax(path, line, error)]
    except yaml.YAMLError as error:
        return Document(path, None), [Problem(path, first_line, "yaml", f"this is not YAML ({_first_line(error)})",
                                              "remove characters that cannot be seen, or type the file anew")]
    if node is None:
        return Document(path, None), [Problem(path, first_line, "empty", "the file holds nothing",
                                              "write the record, or remove the file")]
    reader = _Reader(path, first_line)
    value = reader.value(node, ())
    return Document(path, value, reader.lines), reader.problems


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__


def _syntax(path: str, line: int, error: yaml.MarkedYAMLError) -> Problem:
    what = error.problem or "this line cannot be read"
    if "\\t" in what or "found character that cannot start any token" in what:
        return Problem(path, line, "yaml", "a line begins with a tab, or a text with one of % @ `",
                       "indent with spaces, and put such a text in quotes")
    if "mapping values are not allowed" in what:
        return Problem(path, line, "yaml", "a text with a colon in it is not in quotes",
                       'put the whole text in "quotes"')
    if "expected <block end>" in what or "did not find expected key" in what:
        return Problem(path, line, "yaml", "this line is indented otherwise than its neighbours, or a quote is left open",
                       "line it up with the lines around it, and close every quote")
    if "expected a single document" in what:
        return Problem(path, line, "yaml", "the file holds a second document", 'remove the line "---"')
    return Problem(path, line, "yaml", f"this is not YAML ({what})", "compare it with a record that works")


def _forbidden(text: str, path: str, first_line: int) -> Iterator[Problem]:
    """Find anchors, aliases and deep nesting before anything is built from them: aliases can grow without bound."""
    depth = deepest = 0
    for event in yaml.parse(text, Loader=Loader) if _suspicious(text) else ():
        line = first_line + event.start_mark.line
        if isinstance(event, yaml.AliasEvent):
            yield Problem(path, line, "yaml-alias", f'"*{event.anchor}" repeats another part of the file',
                          'write the text out again, or put it in quotes')
        elif getattr(event, "anchor", None):
            yield Problem(path, line, "yaml-alias", f'"&{event.anchor}" marks a part of the file for repeating',
                          "remove it, or put the text in quotes")
        if isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            depth += 1
            if depth > MAX_DEPTH >= deepest:
                yield Problem(path, line, "yaml-depth", f"values stand in more than {MAX_DEPTH} levels",
                              "write a record as the guide shows it")
                return
            deepest = max(deepest, depth)
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            depth -= 1


def _suspicious(text: str) -> bool:
    """Tell whether the slower pass over events is worth it; most files hold none of these characters in such number."""
    return "&" in text or "*" in text or text.count("[") + text.count("{") > MAX_DEPTH \
        or "\n" + " " * MAX_DEPTH in text or text.count("- - ") > 4


class _Reader:
    """Turns YAML nodes into values, and remembers the line of each."""

    def __init__(self, path: str, first_line: int) -> None:
        self.path, self.first_line = path, first_line
        self.lines: dict[Path_, int] = {}
        self.problems: list[Problem] = []

    def line(self, node: yaml.Node) -> int:
        return self.first_line + node.start_mark.line

    def problem(self, node: yaml.Node, code: str, message: str, remedy: str) -> None:
        self.problems.append(Problem(self.path, self.line(node), code, message, remedy))

    def value(self, node: yaml.Node, at: Path_) -> Any:
        self.lines.setdefault(at, self.line(node))
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, at)
        if isinstance(node, yaml.SequenceNode):
            return tuple(self.value(item, (*at, number)) for number, item in enumerate(node.value))
        return self.scalar(node)

    def mapping(self, node: yaml.MappingNode, at: Path_) -> dict[str, Any]:
        if node.tag != TAG + "map":
            self.problem(node, "yaml-tag", f'"{node.tag}" is not allowed', "remove the word that begins with !")
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self.problem(key_node, "yaml-key", "a key must be a word", "write it as name: value")
                continue
            key = key_node.value
            if key == "<<":
                self.problem(key_node, "yaml-alias", '"<<" copies another part of the file', "write the keys out again")
            elif key in result:
                self.problem(key_node, "duplicate-key", f'"{key}" stands twice (first on line {self.lines[(*at, key)]})',
                             "keep one of them")
            else:
                self.lines[(*at, key)] = self.line(key_node)
                result[key] = self.value(value_node, (*at, key))
        return result

    def scalar(self, node: yaml.ScalarNode) -> Any:
        text, tag = node.value, node.tag.removeprefix(TAG)
        if tag in ("str", "timestamp", "value"):
            return text
        if tag == "null":
            return None
        if tag == "bool":
            if text in ("true", "false"):
                return text == "true"
            self.problem(node, "yaml-bool", f'"{text}" would be read as yes-or-no, not as a word',
                         f'write "{text}" in quotes, or true or false')
            return text
        if tag == "int" and WHOLE.match(text) and len(text) < 16:
            return int(text)
        if tag == "float" and DECIMAL.match(text) and len(text) < 16:
            return float(text)
        if tag in ("int", "float"):
            self.problem(node, "yaml-number", f'"{text}" could be read as more than one number',
                         "write a plain number such as 12 or 12.5, or put the text in quotes")
            return text
        self.problem(node, "yaml-tag", f'"{node.tag}" is not allowed', "remove the word that begins with !")
        return text
