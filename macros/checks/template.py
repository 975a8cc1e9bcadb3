"""The template language on pages, read once: what a page calls, and what else of the language it uses."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from jinja2 import Environment, TemplateSyntaxError, nodes

from ..source.files import REMEMBERED

ENVIRONMENT = Environment()

PLAIN = (nodes.Template, nodes.Output, nodes.TemplateData, nodes.Keyword, nodes.Const)


class Used(NamedTuple):
    """What a text uses of the template language: its calls, names and filters; the lines, from 1, at which something
    begins that is no call of a macro; and what keeps it from being read, if anything does."""

    parts: tuple[nodes.Node, ...] = ()
    others: tuple[int, ...] = ()
    error: TemplateSyntaxError | RecursionError | None = None


@lru_cache(maxsize=REMEMBERED)
def used(text: str) -> Used:
    """Return what a text uses of the template language. Raises nothing for any text."""
    if not any(sign in text for sign in ("{{", "{%", "{#")):
        return Used()
    try:
        tree = ENVIRONMENT.parse(text)
        return Used(tuple(tree.find_all((nodes.Call, nodes.Name, nodes.Filter))),
                    tuple(node.lineno for node in _others(tree)))
    except (TemplateSyntaxError, RecursionError) as error:
        return Used(error=error.with_traceback(None))


def _others(node: nodes.Node) -> Iterator[nodes.Node]:
    """Yield the outermost parts of a template that are neither text nor a call of a macro by its name."""
    if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name):
        # A name alone, and an argument that is no text, are said by the check of macros.
        if node.dyn_args or node.dyn_kwargs:
            yield node
        return
    if isinstance(node, (nodes.Name, nodes.Filter)) and not _is_deep(node):
        if isinstance(node, nodes.Filter) and node.name in ENVIRONMENT.filters:
            yield node
        return
    if not isinstance(node, PLAIN):
        yield node
        return
    for child in node.iter_child_nodes():
        yield from _others(child)


def _is_deep(node: nodes.Node) -> bool:
    return any(True for _ in node.find_all((nodes.Getattr, nodes.Getitem)))
