"""Edits of YAML text in place: an entry more in a list, or another value. Comments and layout around them stay."""

from __future__ import annotations

import textwrap
from typing import Any

import yaml

from ..source.files import FENCE
from .yaml_text import WIDTH, dump, inline


def add_entry(text: str, key: str, entry: dict[str, Any], place: int | None = None) -> str:
    """Return `text` with `entry` in the list at its top-level `key`, which is made where there is none: as number
    `place`, from 0, or at the end."""
    text = _ended(text)
    found = _find(text, key)
    if found is None:
        return text + dump({key: [entry]})
    name, value = found
    if isinstance(value, yaml.SequenceNode) and value.value and not value.flow_style:
        lines, column = text.split("\n"), value.start_mark.column
        at = _end(lines, value, column) if place is None or place >= len(value.value) else \
            _start(lines, value.value[place], column)
        return "\n".join([*lines[:at], *_indented(dump([entry]), column), *lines[at:]])
    standing = _values(value)
    standing.insert(len(standing) if place is None else place, entry)
    return _replaced(text, name, value, dump({key: standing}))


def add_to_list(text: str, key: str, item: str) -> str:
    """Return `text` with `item` at the end of the list of short texts at its top-level `key`."""
    text = _ended(text)
    found = _find(text, key)
    if found is None:
        return text + dump({key: [item]})
    name, value = found
    if not isinstance(value, yaml.SequenceNode):
        return _replaced(text, name, value, dump({key: [item]}))
    if value.flow_style:
        end = value.end_mark.index - 1
        before = text[:end].rstrip().removesuffix(",")
        return f"{before}{', ' if value.value else ''}{inline(item)}{text[end:]}"
    lines = text.split("\n")
    at = _end(lines, value, value.start_mark.column)
    return "\n".join([*lines[:at], " " * value.start_mark.column + f"- {inline(item)}", *lines[at:]])


def set_value(text: str, key: str, new: str | int | float | None, before: str | None = None) -> str:
    """Return `text` with another value at its top-level `key`; a missing one is put before `before`, or last."""
    text = _ended(text)
    found = _find(text, key)
    if found is None:
        other = _find(text, before) if before else None
        lines = text.split("\n")
        at = other[0].start_mark.line if other else len(lines) - 1
        return "\n".join([*lines[:at], *_indented(dump({key: new}), 0), *lines[at:]])
    name, value = found
    start, end = value.start_mark.index, value.end_mark.index
    line_end = text.find("\n", end)
    is_plain = isinstance(value, yaml.ScalarNode) and value.style not in ("|", ">")
    rest = text[end:line_end]
    fits = value.start_mark.column + len(inline(new)) <= WIDTH
    if is_plain and (fits or rest.strip()):
        gap = "" if text[start - 1:start] == " " else " "
        return text[:start] + gap + inline(new) + text[end:]
    return _replaced(text, name, value, dump({key: new}))


def in_front_matter(text: str, edit: Any, *arguments: Any) -> str:
    """Return a Markdown file's `text` with one of the edits above made in its front matter."""
    match = FENCE.match(text)
    if not match:
        raise ValueError("the file has no front matter")
    return text[:match.start(1)] + edit(match[1], *arguments) + text[match.end(1):]


def _ended(text: str) -> str:
    return text if text.endswith("\n") or not text else text + "\n"


def _find(text: str, key: str) -> tuple[yaml.Node, yaml.Node] | None:
    """Return the nodes of a top-level key and its value. The pure loader's marks are the ones that count in signs."""
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    pairs = root.value if isinstance(root, yaml.MappingNode) else []
    return next(((name, value) for name, value in pairs if name.value == key), None)


def _values(node: yaml.Node) -> list[Any]:
    return yaml.SafeLoader("").construct_sequence(node, deep=True) if isinstance(node, yaml.SequenceNode) else []


def _end(lines: list[str], node: yaml.Node, column: int) -> int:
    """Return the number of the first line after a value; blank lines and comments that follow it are not its own."""
    at = node.end_mark.line + (1 if node.end_mark.column else 0)
    while at > node.start_mark.line + 1 and _belongs_to_next(lines[at - 1], column):
        at -= 1
    return at


def _start(lines: list[str], item: yaml.Node, column: int) -> int:
    """Return the number of the first line of a list's item; blank lines and comments above it are its own."""
    at = item.start_mark.line
    while lines[at][column:column + 1] != "-":
        at -= 1
    while _belongs_to_next(lines[at - 1], column):
        at -= 1
    return at


def _belongs_to_next(line: str, column: int) -> bool:
    bare = line.lstrip()
    return not bare or (bare.startswith("#") and len(line) - len(bare) <= column)


def _replaced(text: str, name: yaml.Node, value: yaml.Node, new: str) -> str:
    """Return `text` with other lines in place of a key and its value; a comment at the end of its line stays."""
    lines = text.split("\n")
    first = name.start_mark.line
    is_empty = value.start_mark.index == value.end_mark.index
    end = first + 1 if is_empty else max(_end(lines, value, name.start_mark.column), first + 1)
    comment = "" if is_empty or value.end_mark.line >= len(lines) else \
        lines[value.end_mark.line][value.end_mark.column:].strip() if value.end_mark.column else ""
    if is_empty:
        comment = lines[first][value.end_mark.column:].strip()
    note = [comment] if comment.startswith("#") else []
    return "\n".join([*lines[:first], *note, *new.rstrip("\n").split("\n"), *lines[end:]])


def _indented(block: str, column: int) -> list[str]:
    return textwrap.indent(block.rstrip("\n"), " " * column).split("\n")
