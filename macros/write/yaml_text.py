"""YAML as the records write it: keys in their order, long texts folded, ids in one line, dates without quotes."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from typing import Any

import yaml

from ..source.yaml_reader import parse_yaml

WIDTH = 118
LONG = 90
"""A text of this length and more is folded over several lines."""


class _Dumper(yaml.SafeDumper):
    """Indents lists below their key, as people do."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        return super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        return True


_Dumper.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith("timestamp")]
    for first, resolvers in yaml.SafeDumper.yaml_implicit_resolvers.items()}


def _text(dumper: _Dumper, value: str) -> yaml.Node:
    style = ">" if len(value) >= LONG or "\n" in value else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


def _list(dumper: _Dumper, value: list[Any]) -> yaml.Node:
    in_one_line = all(isinstance(item, str) and len(item) < 40 and " " not in item.strip() for item in value)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=in_one_line)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(list, _list)


def dump(value: Any) -> str:
    """Return a value of texts, numbers, lists and mappings as block YAML that reads back the same, with a line end.

    A text that the nicer form would not keep to the letter (spaces at a line's end, say) stands in double quotes.
    """
    text = yaml.dump(value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=WIDTH, default_flow_style=False)
    document, problems = parse_yaml(text, "")
    if problems or _bare(document.data) != _bare(value):
        text = yaml.safe_dump(value, sort_keys=False, allow_unicode=True, width=10_000, default_style='"') \
            if isinstance(value, str) else \
            yaml.safe_dump(value, sort_keys=False, allow_unicode=True, width=10_000, default_flow_style=False)
    return text.removesuffix("...\n")


def inline(value: str | int | float | None) -> str:
    """Return a single value in one line, in quotes where it needs them."""
    return yaml.dump(value, Dumper=_Inline, allow_unicode=True, width=1_000_000).removesuffix("...\n").rstrip("\n")


class _Inline(_Dumper):
    """Writes a text in one line however long it is."""


_Inline.add_representer(str, lambda dumper, value: dumper.represent_scalar(
    "tag:yaml.org,2002:str", value, style='"' if "\n" in value else None))


def record_text(values: Mapping[str, Any], notes: Mapping[str, str] | None = None) -> str:
    """Return a record's YAML; each of `notes` stands as a comment above the key that it is about."""
    lines = []
    for key, value in values.items():
        if notes and key in notes:
            lines += textwrap.wrap(notes[key], WIDTH - 2, initial_indent="# ", subsequent_indent="# ")
        lines.append(dump({key: value}).rstrip("\n"))
    return "\n".join(lines) + "\n"


def _bare(value: Any) -> Any:
    """Return a value with lists for tuples, so that what was written compares with what is read."""
    if isinstance(value, (list, tuple)):
        return [_bare(item) for item in value]
    return {key: _bare(item) for key, item in value.items()} if isinstance(value, dict) else value
