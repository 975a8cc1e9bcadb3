"""What the site generator acts on in a page: its front matter and its macros, which must exist with all they name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from jinja2 import Environment, TemplateSyntaxError, nodes
from pydantic import ValidationError

from ..problem import Code, Problem, Topic, quoted, suggestion
from ..records.base import Changed
from ..records.partial_date import PartialDate
from ..register import Register
from ..register.explain import explain
from ..register.register import Page
from ..source.files import REMEMBERED, Document
from .references import find_unknown

CODES = (
    Code("macro", Topic.PAGES, "The double curly brackets do not hold a macro that the site can read. Copy one from an "
         "example.", "{{ action(1) }}", '{{ action("A-001") }}'),
    Code("unknown-macro", Topic.PAGES, "The double curly brackets hold something that the site cannot fill in.",
         "{{ next_meeting }}", "{{ next_meeting() }}"),
)

MACROS: dict[str, dict[str, str]] = {
    "action": {"id": "actions"},
    "actions": {"owner": "organisations", "priority": "priorities", "status": "states", "meeting": "meetings"},
    "decisions": {"meeting": "meetings"},
    "measure": {"id": "measures"},
    "changes": {"since": "days", "until": "days"},
    "term": {"word": "terms"},
    "next_meeting": {},
    "feedback": {},
    "home": {},
}
"""The macros that a page may call, with the kind of record that each argument names; "days" are dates."""

STATES = ("not_started", "in_progress", "at_risk", "blocked", "complete", "stopped", "dropped", "carried_over",
          "merged", "silent", "unstated", "open", "ended", "late", "date_passed", "done_late", "disagree", "quiet",
          "moved", "due_soon", "not_mentioned", "fate_unknown", "no_test", "test_changed")

ENVIRONMENT = Environment()

PLAIN = (nodes.Template, nodes.Output, nodes.TemplateData, nodes.Keyword, nodes.Const)


class TemplateUse(NamedTuple):
    """What a text uses of the template language.

    `parts` are its calls, names and filters; `other_lines` the lines, from 1, of what is not a call of a macro; `error`
    says why the text cannot be parsed, if it cannot.
    """

    parts: tuple[nodes.Node, ...] = ()
    other_lines: tuple[int, ...] = ()
    error: TemplateSyntaxError | RecursionError | None = None


@lru_cache(maxsize=REMEMBERED)
def template_use(text: str) -> TemplateUse:
    """Return what a text uses of the template language. Raises nothing, whatever the text."""
    if not any(opening in text for opening in ("{{", "{%", "{#")):
        return TemplateUse()
    try:
        tree = ENVIRONMENT.parse(text)
        return TemplateUse(tuple(tree.find_all((nodes.Call, nodes.Name, nodes.Filter))),
                           tuple(node.lineno for node in _others(tree)))
    except (TemplateSyntaxError, RecursionError) as error:
        # Without its traceback, which would keep the parser's frames alive in the cache.
        return TemplateUse(error=error.with_traceback(None))


def _others(node: nodes.Node) -> Iterator[nodes.Node]:
    """Yield the outermost parts of a template that are neither text nor a call of a macro by its name."""
    if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name):
        # `macros_name_what_exists` reports names without a call, and arguments that are not text.
        if node.dyn_args or node.dyn_kwargs:
            yield node
        return
    if isinstance(node, (nodes.Name, nodes.Filter)) and not _has_attributes(node):
        if isinstance(node, nodes.Filter) and node.name in ENVIRONMENT.filters:
            yield node
        return
    if not isinstance(node, PLAIN):
        yield node
        return
    for child in node.iter_child_nodes():
        yield from _others(child)


def _has_attributes(node: nodes.Node) -> bool:
    return any(True for _ in node.find_all((nodes.Getattr, nodes.Getitem)))


def macros_name_what_exists(register: Register) -> Iterator[Problem]:
    """Ensures that every macro on a page exists, and names a record that exists."""
    for page in register.pages:
        document = page.document
        use = template_use(document.body)
        if isinstance(use.error, TemplateSyntaxError):
            yield _unreadable(page, use.error)
        elif use.error:
            yield Problem(document.path, document.body_line, "macro",
                          "a macro on this page has too many nested brackets", 'write it like {{ action("A-012") }}')
        called = {id(node.node) for node in use.parts if isinstance(node, nodes.Call)}
        for node in use.parts:
            line = document.body_line + node.lineno - 1
            yield from _misused(register, page, node, line, is_called=id(node) in called)


def _unreadable(page: Page, error: TemplateSyntaxError) -> Problem:
    line = page.document.body_line + error.lineno - 1
    if "comment" in (error.message or ""):
        return Problem(page.document.path, line, "macro", '"{#" begins a comment that is never closed',
                       'close the comment with "#}"; for the id of a heading write {: #name }')
    return Problem(page.document.path, line, "macro", f"a macro cannot be read ({error.message})",
                   'write it like {{ action("A-012") }}')


def _misused(register: Register, page: Page, node: nodes.Node, line: int, *, is_called: bool) -> Iterator[Problem]:
    otherwise = "use one of: " + ", ".join(MACROS)
    if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name):
        name = node.node.name
        if name in MACROS:
            yield from _arguments(register, page, node, name, line)
        else:
            yield Problem(page.document.path, line, "unknown-macro", f"there is no macro {quoted(name)}",
                          suggestion(name, MACROS, otherwise))
    elif isinstance(node, nodes.Filter) and node.name not in ENVIRONMENT.filters:
        yield Problem(page.document.path, line, "macro", f"there is no filter {quoted(node.name)}",
                      f"remove {quoted('|' + node.name)}")
    elif isinstance(node, nodes.Name) and not is_called and node.ctx == "load":
        hint = suggestion(node.name, MACROS, otherwise) if node.name not in MACROS else \
            f"write {{{{ {node.name}({'…' if MACROS[node.name] else ''}) }}}}"
        yield Problem(page.document.path, line, "unknown-macro", f"{quoted(node.name)} without brackets is not a macro",
                      hint)


def _is_day(text: str) -> bool:
    try:
        return PartialDate.parse(text).precision == "day"
    except ValueError:
        return False


def _arguments(register: Register, page: Page, call: nodes.Call, name: str, line: int) -> Iterator[Problem]:
    path, takes = page.document.path, MACROS[name]
    given = dict(zip(takes, call.args, strict=False))
    if len(call.args) > len(takes):
        yield Problem(path, line, "macro", f'"{name}" takes {len(takes) or "no"} value{"s" * (len(takes) != 1)}, not '
                      f"{len(call.args)}", "remove the extra ones")
    for keyword in call.kwargs:
        if keyword.key in takes:
            given[keyword.key] = keyword.value
        else:
            yield Problem(path, line, "macro", f'"{name}" takes no {quoted(keyword.key)}',
                          suggestion(keyword.key, takes, f"it takes: {', '.join(takes) or 'nothing'}"))
    if list(takes)[:1] in (["id"], ["word"]) and not given:
        yield Problem(path, line, "macro", f'"{name}" names no record', f'write it like {{{{ {name}("…") }}}}')
    if name == "changes" and "since" not in given:
        yield Problem(path, line, "macro", '"changes" has no day', 'write it like {{ changes(since="2024-01-31") }}')
    for argument, value in given.items():
        kind = takes[argument]
        if not isinstance(value, nodes.Const) or not isinstance(value.value, str):
            yield Problem(path, line, "macro", f'"{argument}" of "{name}" is not text in quotes',
                          f'write it like {argument}="…"')
        elif kind == "days":
            if not _is_day(value.value):
                yield Problem(path, line, "macro",
                              f'"{argument}" of "{name}" is {quoted(value.value)}, which is not a day',
                              "write a meeting's day, like 2024-01-31")
        elif kind != "states":
            yield from find_unknown(register, kind, value.value, (path, line),
                                    also=("not-published",) if kind == "organisations" else ())
        elif value.value not in STATES:
            yield Problem(path, line, "unknown-status", f"there is no status {quoted(value.value)}",
                          suggestion(value.value, STATES, "use one of: " + ", ".join(STATES)))


QUOTED_DATE = re.compile(r"""^date:[ \t]*["']""", re.M)
"""The generator takes a date in quotes for text, and stops."""

FRONT_MATTER = {"title": str, "description": str, "search": dict, "changed": tuple}
"""The keys that the front matter of a page other than a post may have, with the types of their values."""


def front_matter_is_known(register: Register) -> Iterator[Problem]:
    """Ensures that the front matter of a page has only keys that the site reads; a post's is checked as a record."""
    for page in register.pages:
        document = page.document
        if page.post and QUOTED_DATE.search(document.text):
            yield Problem(document.path, document.line("date"), "date", "the date of the post is in quotes",
                          f"write it without them: date: {page.post.date.text}")
        if page.post or not isinstance(document.data, dict) or page.stem in register.unreadable_ids.get("posts", ()):
            continue
        if "in_short" in document.data:
            yield Problem(document.path, document.line("in_short"), "stray-file",
                          "this is a post, and not in the folder of posts", "move it to docs/blog/posts/")
            continue
        for key, value in document.data.items():
            if key not in FRONT_MATTER:
                yield Problem(document.path, document.line(key), "unknown-key", f"a page has no key {quoted(key)}",
                              suggestion(key, FRONT_MATTER, f"use one of: {', '.join(FRONT_MATTER)}"))
            elif key == "changed" and isinstance(value, tuple):
                yield from _unreadable_changes(page, value, document)
            elif not isinstance(value, FRONT_MATTER[key]):
                yield Problem(document.path, document.line(key), "value-kind", f"{quoted(key)} is {quoted(value)}",
                              'write a list: in each entry the date, and "what" was changed' if key == "changed" else
                              "write text" if FRONT_MATTER[key] is str else
                              "write it as the other pages do, or remove it")


def _unreadable_changes(page: Page, entries: tuple[Any, ...], document: Document) -> Iterator[Problem]:
    for number, entry in enumerate(entries):
        try:
            Changed.model_validate(entry)
        except ValidationError as error:
            yield from explain(error, document, Changed, ("changed", number))


def _dropped(text: str) -> Iterator[tuple[int, int]]:
    """Yield the places of what the template language leaves out as a comment."""
    end = 0
    while (start := text.find("{#", end)) >= 0 and (close := text.find("#}", start + 2)) >= 0:
        end = close + 2
        yield start, end


def pages_use_only_macros(register: Register) -> Iterator[Problem]:
    """Ensures that a page uses nothing of the template language but macros with texts as arguments.

    The template language could do far more, such as read the files of the computer that builds the site.
    """
    for page in register.pages:
        document = page.document
        for start, end in _dropped(document.body):
            yield Problem(document.path, document.body_line + document.body.count("\n", 0, start), "macro",
                          f"{quoted(document.body[start:end])} would not be shown",
                          "remove {# and #}, or the words as well")
        # `macros_name_what_exists` reports what cannot be parsed.
        for line in template_use(document.body).other_lines:
            yield Problem(document.path, document.body_line + line - 1, "macro",
                          "the curly brackets contain something other than a macro",
                          'write a macro, like {{ action("A-012") }}; to show curly brackets, write {{ "{{" }}')
