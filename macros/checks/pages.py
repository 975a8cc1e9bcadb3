"""Posts and pages: what their macros name must be there."""

from __future__ import annotations

from collections.abc import Iterator

from jinja2 import TemplateSyntaxError, nodes

from ..problem import Problem, quoted, suggestion
from ..records.partial_date import PartialDate
from ..register import Register
from ..register.register import Page
from .names import unknown
from .template import ENVIRONMENT, used

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
"""What a page may call, and for each argument the kind of record whose id it names; "days" are written 2024-01-31."""

STATES = ("not_started", "in_progress", "at_risk", "blocked", "complete", "stopped", "silent", "unstated", "open",
          "ended", "overdue", "quiet", "moved", "due_soon")


def macros_name_what_exists(register: Register) -> Iterator[Problem]:
    """Ensure that every macro on a page is one that exists, and names a record that exists."""
    for page in register.pages:
        document = page.document
        found = used(document.body)
        if isinstance(found.error, TemplateSyntaxError):
            yield _unreadable(page, found.error)
        elif found.error:
            yield Problem(document.path, document.body_line, "macro", "a macro on this page holds too many brackets",
                          'write it like {{ action("A-012") }}')
        called = {id(node.node) for node in found.parts if isinstance(node, nodes.Call)}
        for node in found.parts:
            line = document.body_line + node.lineno - 1
            yield from _misused(register, page, node, line, is_called=id(node) in called)


def _unreadable(page: Page, error: TemplateSyntaxError) -> Problem:
    line = page.document.body_line + error.lineno - 1
    if "comment" in (error.message or ""):
        return Problem(page.document.path, line, "macro", '"{#" begins a note that is never closed',
                       'close the note with "#}"; for the name of a heading write {: #name }')
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
        yield Problem(page.document.path, line, "unknown-macro", f"{quoted(node.name)} without brackets is no macro",
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
                      f"{len(call.args)}", "remove what is too much")
    for keyword in call.kwargs:
        if keyword.key in takes:
            given[keyword.key] = keyword.value
        else:
            yield Problem(path, line, "macro", f'"{name}" takes no {quoted(keyword.key)}',
                          suggestion(keyword.key, takes, f"it takes: {', '.join(takes) or 'nothing'}"))
    if list(takes)[:1] in (["id"], ["word"]) and not given:
        yield Problem(path, line, "macro", f'"{name}" names no record', f'write it like {{{{ {name}("…") }}}}')
    if name == "changes" and "since" not in given:
        yield Problem(path, line, "macro", '"changes" names no day', 'write it like {{ changes(since="2024-01-31") }}')
    for argument, value in given.items():
        kind = takes[argument]
        if not isinstance(value, nodes.Const) or not isinstance(value.value, str):
            yield Problem(path, line, "macro", f'"{argument}" of "{name}" is not text in quotes',
                          f'write it like {argument}="…"')
        elif kind == "days":
            if not _is_day(value.value):
                yield Problem(path, line, "macro",
                              f'"{argument}" of "{name}" is {quoted(value.value)}, which is no day',
                              "write a meeting's day, like 2024-01-31")
        elif kind != "states":
            yield from unknown(register, kind, value.value, (path, line),
                               also=("not-published",) if kind == "organisations" else ())
        elif value.value not in STATES:
            yield Problem(path, line, "unknown-status", f"there is no status {quoted(value.value)}",
                          suggestion(value.value, STATES, "use one of: " + ", ".join(STATES)))
