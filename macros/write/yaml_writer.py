"""Writes YAML for records, and edits YAML text in place so that comments and layout survive.

A round-trip library would re-wrap long texts and move comments, so an edit replaces only the lines of one entry, found
by the marks of PyYAML's nodes. Written records have their keys in order, long texts folded, short ids on one line, and
dates without quotes.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from typing import Any

import yaml

from ..source.files import FENCE
from ..source.yaml_reader import never_begun, parse_yaml
from . import WriteError

LINE_WIDTH = 118
FOLD_FROM = 90
"""A text of at least this length is folded over several lines."""


def add_entry(text: str, key: str, entry: dict[str, Any], place: int | None = None, *,
              inside: tuple[str | int, ...] = ()) -> str:
    """Return `text` with `entry` added to the list at `key`, which is created if missing.

    `key` is at the top level, or in the mapping at `inside`. `place` is the entry's index; it goes last by default.
    """
    text = _with_final_newline(text)
    found = _find(text, key, inside)
    if found is None:
        return set_at(text, (*inside, key), [entry]) if inside else text + dump({key: [entry]})
    name, value = found
    if isinstance(value, yaml.SequenceNode) and value.value and not value.flow_style:
        lines, column = text.split("\n"), value.start_mark.column
        at = _end(lines, value, column) if place is None or place >= len(value.value) else \
            _start(lines, value.value[place], column)
        return "\n".join([*lines[:at], *_indented(dump([entry]), column), *lines[at:]])
    entries = _values(value)
    entries.insert(len(entries) if place is None else place, entry)
    return _replace(text, name, value, dump({key: entries}))


def add_record(text: str, record: dict[str, Any]) -> str:
    """Return the text of a file that lists records with one more at its end. An empty list "[]" is replaced."""
    text = _with_final_newline(text)
    root = yaml.compose(text, Loader=yaml.SafeLoader) if text else None
    if isinstance(root, yaml.SequenceNode) and not root.value:
        text = text[:root.start_mark.index] + text[root.end_mark.index:].lstrip("\n")
    return text + dump([record])


def add_to_list(text: str, key: str, item: str) -> str:
    """Return `text` with `item` at the end of the list of short texts at its top-level `key`."""
    text = _with_final_newline(text)
    found = _find(text, key)
    if found is None:
        return text + dump({key: [item]})
    name, value = found
    if not isinstance(value, yaml.SequenceNode):
        return _replace(text, name, value, dump({key: [item]}))
    if value.flow_style:
        end = value.end_mark.index - 1
        before = text[:end].rstrip().removesuffix(",")
        return f"{before}{', ' if value.value else ''}{inline(item)}{text[end:]}"
    lines = text.split("\n")
    at = _end(lines, value, value.start_mark.column)
    return "\n".join([*lines[:at], " " * value.start_mark.column + f"- {inline(item)}", *lines[at:]])


def set_value(text: str, key: str, new: Any, before: str | None = None) -> str:
    """Return `text` with a new value at its top-level `key`. A missing key is inserted before the key `before`, or
    last."""
    text = _with_final_newline(text)
    found = _find(text, key)
    if found is None:
        other = _find(text, before) if before else None
        lines = text.split("\n")
        at = other[0].start_mark.line if other else len(lines) - 1
        return "\n".join([*lines[:at], *_indented(dump({key: new}), 0), *lines[at:]])
    name, value = found
    start, end = value.start_mark.index, value.end_mark.index
    line_end = text.find("\n", end)
    is_inline_scalar = isinstance(value, yaml.ScalarNode) and value.style not in ("|", ">") \
        and not isinstance(new, list | dict)
    rest = text[end:line_end]
    fits = value.start_mark.column + len(inline(new)) <= LINE_WIDTH
    # Behind several words a comment looks like a part of the text, so it goes to a line of its own.
    is_text_before_comment = rest.lstrip().startswith("#") and " " in inline(new) and inline(new)[0] not in "\"'"
    if is_inline_scalar and (fits or rest.strip()) and not is_text_before_comment:
        gap = "" if text[start - 1:start] == " " else " "
        return text[:start] + gap + inline(new) + text[end:]
    return _replace(text, name, value, dump({key: new}))


def set_at(text: str, place: tuple[str | int, ...], new: Any) -> str:
    """Return `text` with a new value at a place in it, or without the key there where `new` is None.

    A missing key is added at the end of its mapping. What is written in brackets, and a list whose items are replaced,
    is rewritten as a whole.
    """
    text = _with_final_newline(text)
    *inside, key = place
    nodes = _way(text, tuple(inside))
    flow = next((number for number, node in enumerate(nodes) if number and node.flow_style), None)
    if flow is not None or isinstance(key, int):
        cut = len(inside) if flow is None else flow
        if not cut:
            raise ValueError("a whole file that is a list has no key")
        value = yaml.SafeLoader("").construct_object(_way(text, place[:cut])[-1], deep=True)
        inner = value
        for part in place[cut:-1]:
            inner = inner[part]
        if new is None and isinstance(inner, dict):
            inner.pop(key, None)
        elif isinstance(inner, dict) or key < len(inner):
            inner[key] = new
        return set_at(text, place[:cut], value)
    mapping = nodes[-1]
    found = _find(text, key, tuple(inside))
    lines = text.split("\n")
    if found is None:
        column = mapping.value[0][0].start_mark.column
        at = _end(lines, mapping, column)
        return text if new is None else "\n".join([*lines[:at], *_indented(dump({key: new}), column), *lines[at:]])
    name, value = found
    if new is not None:
        return _replace(text, name, value, dump({key: new}))
    if lines[name.start_mark.line][:name.start_mark.column].strip():  # the first key of a list's item
        raise ValueError(f"the key {key} cannot be taken out")
    end = max(_end(lines, value, name.start_mark.column), name.start_mark.line + 1)
    return "\n".join([*lines[:name.start_mark.line], *lines[end:]])


def _way(text: str, place: tuple[str | int, ...]) -> list[yaml.Node]:
    """Return the nodes on the way to a place, the whole document first."""
    nodes = [yaml.compose(text, Loader=yaml.SafeLoader)]
    for step in place:
        nodes.append(nodes[-1].value[step] if isinstance(step, int) else
                     next(value for name, value in nodes[-1].value if name.value == step))
    return nodes


def in_front_matter(text: str, edit: Any, *arguments: Any) -> str:
    """Return a Markdown file's `text` with one of the edits above applied to its front matter."""
    match = FENCE.match(text)
    if not match:
        raise WriteError("the post has no front matter: the lines between two lines of ---")
    return text[:match.start(1)] + edit(match[1], *arguments) + text[match.end(1):]


def _with_final_newline(text: str) -> str:
    return text if text.endswith("\n") or not text else text + "\n"


def _find(text: str, key: str, inside: tuple[str | int, ...] = ()) -> tuple[yaml.Node, yaml.Node] | None:
    """Return the nodes of a key and its value, at the top level or in the mapping at `inside`. The C loader is faster,
    but its marks count bytes, not characters."""
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    for step in inside:
        root = root.value[step] if isinstance(step, int) else \
            next(value for name, value in root.value if name.value == step)
    pairs = root.value if isinstance(root, yaml.MappingNode) else []
    return next(((name, value) for name, value in pairs if name.value == key), None)


def _values(node: yaml.Node) -> list[Any]:
    return yaml.SafeLoader("").construct_sequence(node, deep=True) if isinstance(node, yaml.SequenceNode) else []


def _end(lines: list[str], node: yaml.Node, column: int) -> int:
    """Return the index of the line after a value. Blank lines and comments that follow belong to what comes next."""
    at = node.end_mark.line + (1 if node.end_mark.column else 0)
    while at > node.start_mark.line + 1 and _belongs_to_next(lines[at - 1], column):
        at -= 1
    return at


def _start(lines: list[str], item: yaml.Node, column: int) -> int:
    """Return the index of an item's first line. Blank lines and comments above it belong to the item."""
    at = item.start_mark.line
    while lines[at][column:column + 1] != "-":
        at -= 1
    while _belongs_to_next(lines[at - 1], column):
        at -= 1
    return at


def _belongs_to_next(line: str, column: int) -> bool:
    bare = line.lstrip()
    return not bare or (bare.startswith("#") and len(line) - len(bare) <= column)


def _replace(text: str, name: yaml.Node, value: yaml.Node, new: str) -> str:
    """Return `text` with new lines for a key and its value. A comment at the end of the value's line is kept."""
    lines = text.split("\n")
    first, column = name.start_mark.line, name.start_mark.column
    is_empty = value.start_mark.index == value.end_mark.index
    end = first + 1 if is_empty else max(_end(lines, value, name.start_mark.column), first + 1)
    comment = "" if is_empty or value.end_mark.line >= len(lines) else \
        lines[value.end_mark.line][value.end_mark.column:].strip() if value.end_mark.column else ""
    if is_empty:
        comment = lines[first][value.end_mark.column:].strip()
    note = [comment] if comment.startswith("#") else []
    # The key may follow the "- " of a list.
    beginning, *rest = _indented(new, column)
    return "\n".join([*lines[:first], *note, lines[first][:column] + beginning[column:], *rest, *lines[end:]])


def _indented(block: str, column: int) -> list[str]:
    return textwrap.indent(block.rstrip("\n"), " " * column).split("\n")


class _Dumper(yaml.SafeDumper):
    """Indents lists below their key, as people do."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        return super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        return True


# Without the resolver for timestamps, PyYAML puts no quotes around dates: records are read with dates as texts.
_Dumper.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith("timestamp")]
    for first, resolvers in yaml.SafeDumper.yaml_implicit_resolvers.items()}


def _text(dumper: _Dumper, value: str) -> yaml.Node:
    style = ">" if len(value) >= FOLD_FROM or "\n" in value else "'" if never_begun(value) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


def _list(dumper: _Dumper, value: list[Any]) -> yaml.Node:
    in_one_line = all(isinstance(item, str) and len(item) < 40 and " " not in item.strip() for item in value)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=in_one_line)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(list, _list)


def dump(value: Any) -> str:
    """Return a value of texts, numbers, lists and mappings as block YAML that reads back the same, with a final
    newline.

    The readable form can lose details such as spaces at the end of a line; such a value is written in double quotes.
    """
    text = yaml.dump(value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=LINE_WIDTH,
                     default_flow_style=False)
    document, problems = parse_yaml(text, "")
    if problems or _with_lists(document.data) != _with_lists(value):
        text = yaml.safe_dump(value, sort_keys=False, allow_unicode=True, width=10_000, default_style='"') \
            if isinstance(value, str) else \
            yaml.safe_dump(value, sort_keys=False, allow_unicode=True, width=10_000, default_flow_style=False)
    return text.removesuffix("...\n")


def inline(value: str | int | float | None) -> str:
    """Return a single value on one line, quoted if necessary."""
    return yaml.dump(value, Dumper=_Inline, allow_unicode=True, width=1_000_000).removesuffix("...\n").rstrip("\n")


class _Inline(_Dumper):
    """Writes a text on one line, whatever its length."""


_Inline.add_representer(str, lambda dumper, value: dumper.represent_scalar(
    "tag:yaml.org,2002:str", value, style='"' if "\n" in value else "'" if never_begun(value) else None))


def record_text(values: Mapping[str, Any], notes: Mapping[str, str] | None = None) -> str:
    """Return a record's YAML, with each of `notes` as a comment above its key."""
    lines = []
    for key, value in values.items():
        if notes and key in notes:
            lines += textwrap.wrap(notes[key], LINE_WIDTH - 2, initial_indent="# ", subsequent_indent="# ")
        lines.append(dump({key: value}).rstrip("\n"))
    return "\n".join(lines) + "\n"


def _with_lists(value: Any) -> Any:
    """Return a value with lists in place of tuples, so that written and parsed values compare equal."""
    if isinstance(value, (list, tuple)):
        return [_with_lists(item) for item in value]
    return {key: _with_lists(item) for key, item in value.items()} if isinstance(value, dict) else value
