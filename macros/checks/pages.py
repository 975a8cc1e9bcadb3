"""Posts and pages: what their macros, ids and links name must be there."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from jinja2 import Environment, TemplateSyntaxError, nodes

from ..problem import Problem, suggestion
from ..register import Register
from ..register.addresses import addresses, page_address
from ..register.register import Page

MACROS: dict[str, dict[str, str]] = {
    "action": {"id": "actions"},
    "actions": {"owner": "organisations", "priority": "priorities", "status": "states", "meeting": "meetings"},
    "decisions": {"meeting": "meetings"},
    "measure": {"id": "measures"},
    "term": {"word": "terms"},
    "next_meeting": {},
    "feedback": {},
    "home": {},
}
"""What a page may call, and for each argument the kind of record whose id it names."""

STATES = ("not_started", "in_progress", "at_risk", "blocked", "complete", "stopped", "silent", "open", "ended",
          "overdue", "quiet", "moved", "due_soon")

SINGULAR = {"actions": "action", "decisions": "decision", "feedback": "feedback theme", "measures": "measure",
            "meetings": "meeting", "organisations": "organisation", "priorities": "priority", "terms": "term",
            "states": "status"}

RUNNING_ID = re.compile(r"\b([ADF])-(\d{3,})\b")
KIND_OF_LETTER = {"A": "actions", "D": "decisions", "F": "feedback"}
SITE_LINK = re.compile(r"\]\(\s*<?(?![a-z][a-z0-9+.-]*:|#|//)([^)\s>]+)")
CODE = re.compile(r"^(```|~~~).*?^\1|`[^`\n]*`|<!--.*?-->", re.S | re.M)


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])


def macros_name_what_exists(register: Register) -> Iterator[Problem]:
    """Ensure that every macro on a page is one that exists, and names a record that exists."""
    for page in register.pages:
        document = page.document
        try:
            tree = Environment().parse(document.body)
        except TemplateSyntaxError as error:
            yield Problem(document.path, document.body_line + (error.lineno or 1) - 1, "macro",
                          f"a macro cannot be read ({error.message})", 'write it like {{ action("A-012") }}')
            continue
        called = {id(call.node) for call in tree.find_all(nodes.Call)}
        for call in tree.find_all(nodes.Call):
            line = document.body_line + call.lineno - 1
            if not isinstance(call.node, nodes.Name) or call.node.name not in MACROS:
                name = getattr(call.node, "name", "this")
                yield Problem(document.path, line, "unknown-macro", f'there is no macro "{name}"',
                              suggestion(name, MACROS, "use one of: " + ", ".join(MACROS)))
            else:
                yield from _arguments(register, page, call, line)
        for name in tree.find_all(nodes.Name):
            if id(name) not in called and name.ctx == "load":
                line = document.body_line + name.lineno - 1
                yield Problem(document.path, line, "unknown-macro", f'"{{{{ {name.name} }}}}" is no macro',
                              suggestion(name.name, MACROS, "use one of: " + ", ".join(MACROS)))


def _arguments(register: Register, page: Page, call: nodes.Call, line: int) -> Iterator[Problem]:
    name = call.node.name  # type: ignore[attr-defined]
    takes = MACROS[name]
    given = dict(zip(takes, call.args, strict=False))
    if len(call.args) > len(takes):
        yield Problem(page.document.path, line, "macro", f'"{name}" takes {len(takes)} values',
                      "give it fewer")
    for keyword in call.kwargs:
        if keyword.key not in takes:
            yield Problem(page.document.path, line, "macro", f'"{name}" takes no "{keyword.key}"',
                          suggestion(keyword.key, takes, f"it takes: {', '.join(takes) or 'nothing'}"))
        else:
            given[keyword.key] = keyword.value
    if list(takes)[:1] in (["id"], ["word"]) and not given:
        yield Problem(page.document.path, line, "macro", f'"{name}" names no record',
                      f'write it like {{{{ {name}("…") }}}}')
    for argument, value in given.items():
        kind = takes[argument]
        known = set(STATES) if kind == "states" else register.known(kind)
        if kind == "organisations":
            known = known | {"not-published"}
        if not isinstance(value, nodes.Const) or not isinstance(value.value, str):
            yield Problem(page.document.path, line, "macro", f'"{argument}" of "{name}" is not text in quotes',
                          f'write it like {argument}="…"')
        elif value.value not in known:
            yield Problem(page.document.path, line, f"unknown-{SINGULAR[kind].split()[0]}",
                          f'there is no {SINGULAR[kind]} "{value.value}"',
                          suggestion(value.value, sorted(known), "use an id that exists"))


def ids_in_text_exist(register: Register) -> Iterator[Problem]:
    """Ensure that every id in running text, which becomes a link, is there."""
    for page in register.pages:
        body = CODE.sub(_blank, page.document.body)
        for match in RUNNING_ID.finditer(re.sub(r"\{\{.*?\}\}", _blank, body, flags=re.S)):
            kind = KIND_OF_LETTER[match[1]]
            if match[0] not in register.known(kind):
                line = page.document.body_line + body.count("\n", 0, match.start())
                yield Problem(page.document.path, line, f"unknown-{SINGULAR[kind].split()[0]}",
                              f'there is no {SINGULAR[kind]} "{match[0]}"',
                              suggestion(match[0], sorted(register.known(kind)), "use an id that exists"))
    for kind in ("actions", "decisions", "feedback", "meetings", "measures"):
        for id, record in getattr(register, kind).items():
            document, _ = register.documents[kind, id]
            for place, line in document.lines.items():
                text = _text_at(document.data, place)
                for match in RUNNING_ID.finditer(text):
                    if match[0] not in register.known(KIND_OF_LETTER[match[1]]) and " " in text:
                        yield Problem(document.path, line, f"unknown-{SINGULAR[KIND_OF_LETTER[match[1]]].split()[0]}",
                                      f'there is no {SINGULAR[KIND_OF_LETTER[match[1]]]} "{match[0]}"',
                                      suggestion(match[0], sorted(register.known(KIND_OF_LETTER[match[1]])),
                                                 "use an id that exists"))


def _text_at(data: object, place: tuple[str | int, ...]) -> str:
    for part in place:
        data = data[part]  # type: ignore[index]
    return data if isinstance(data, str) else ""


def links_lead_somewhere(register: Register) -> Iterator[Problem]:
    """Ensure that a Markdown link to a page of this site is written so that it can be followed and checked."""
    known = addresses(register)
    for page in register.pages:
        body = CODE.sub(_blank, page.document.body)
        for match in SITE_LINK.finditer(body):
            target = match[1].split("#")[0].split("?")[0]
            line = page.document.body_line + body.count("\n", 0, match.start())
            if not target or "{{" in target:
                continue
            if target.startswith("/") or target.endswith("/"):
                yield Problem(page.document.path, line, "link-form", f'"{match[1]}" is not the name of a file',
                              "link to the .md file, such as ../actions/a-012.md")
                continue
            path = posixpath.normpath(posixpath.join(posixpath.dirname(page.document.path), target))
            if page_address(path) not in known and not (register.root / path).is_file():
                yield Problem(page.document.path, line, "broken-link", f'"{match[1]}" leads nowhere',
                              suggestion(page_address(path), sorted(known), "link to a page that exists"))


def redirects_lead_on(register: Register) -> Iterator[Problem]:
    """Ensure that a redirect does not stand in the way of a page, and leads to one."""
    known = addresses(register)
    for redirect in register.redirects.values():
        if redirect.from_ in known:
            path, line = register.where("redirects", redirect.from_, "from")
            yield Problem(path, line, "redirect", f'"{redirect.from_}" is a page of the site',
                          "remove the redirect, or the page")
        if redirect.to and redirect.to not in known:
            path, line = register.where("redirects", redirect.from_, "to")
            yield Problem(path, line, "redirect", f'"{redirect.to}" is no page of the site',
                          suggestion(redirect.to, sorted(known), "write the path of a page that exists"))
