"""The template language of posts and pages: macros are called, and nothing else of it is used."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from jinja2 import Environment, TemplateSyntaxError, nodes

from ...problem import Problem
from ...register import Register
from ...source import REMEMBERED, Document

ENVIRONMENT = Environment()

PLAIN = (nodes.Template, nodes.Output, nodes.TemplateData, nodes.Keyword, nodes.Const)


def pages_call_macros_and_nothing_else(register: Register) -> Iterator[Problem]:
    """Ensure that a page calls macros by their names, with words in quotes: the template language could do far more,
    such as read the files of the computer that builds the site."""
    for page in register.pages:
        yield from _in_document(page.document)


@lru_cache(maxsize=REMEMBERED)
def _in_document(document: Document) -> tuple[Problem, ...]:
    if "{{" not in document.body and "{%" not in document.body:
        return ()
    found: list[Problem] = []
    try:
        for node in _others(ENVIRONMENT.parse(document.body)):
            found.append(Problem(document.path, document.body_line + node.lineno - 1, "macro",
                                 "curly brackets hold something other than a macro",
                                 'write a macro, like {{ action("A-012") }}; to show curly brackets, write '
                                 '{{ "{{" }}'))
    except (TemplateSyntaxError, RecursionError):
        pass  # said by the check of macros
    return tuple(found)


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
