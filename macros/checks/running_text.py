"""Running text of posts, pages and records: the ids in it become links, and its links must lead somewhere."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote

from ..problem import Problem, quoted, suggestion
from ..register import Register
from ..register.addresses import addresses, generated_files, page_address, page_file
from .names import unknown

RUNNING_ID = re.compile(r"\b([ADF])-([0-9]{3,})\b")
MAY_BE_ID = re.compile("[ADF]-[0-9]{3}")
KIND_OF_LETTER = {"A": "actions", "D": "decisions", "F": "feedback"}
SITE_LINK = re.compile(r"\]\(\s*<?(?![a-z][a-z0-9+.-]*:|#|//)([^)\s>]+)", re.I)
CODE = re.compile(r"^[ \t]*(```|~~~).*?(?:^[ \t]*\1|\Z)|`[^`\n]*`|<!--.*?(?:-->|\Z)", re.S | re.M)
"""What is never closed goes on to the end, as browsers and Markdown have it."""

NOT_TEXT = re.compile(r"\{\{.*?(?:\}\}|\Z)|\]\([^)\n]*\)|https?://\S+", re.S)
"""Macros, whose ids are checked with them, and addresses, in which an id means something else."""


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])


def _ids(text: str) -> Iterator[re.Match[str]]:
    return RUNNING_ID.finditer(NOT_TEXT.sub(_blank, text))


def ids_in_text_exist(register: Register) -> Iterator[Problem]:
    """Ensure that every id in running text, which becomes a link, is there."""
    for page in register.pages:
        body = CODE.sub(_blank, page.document.body)
        for match in _ids(body):
            if not register.lacks(KIND_OF_LETTER[match[1]], match[0]):
                continue
            line = page.document.body_line + body.count("\n", 0, match.start())
            yield from unknown(register, KIND_OF_LETTER[match[1]], match[0], (page.document.path, line))
    for document in {id(document): document for document, _ in register.documents.values()}.values():
        for place, line in document.lines.items():
            text = _text_at(document.data, place)
            # A text without a space is no running text: where it is an id, it is checked as what it names.
            for match in _ids(text) if " " in text and MAY_BE_ID.search(text) else ():
                yield from unknown(register, KIND_OF_LETTER[match[1]], match[0], (document.path, line))


def _text_at(data: object, place: tuple[str | int, ...]) -> str:
    for part in place:
        data = data[part]  # type: ignore[index]
    return data if isinstance(data, str) else ""


def links_lead_somewhere(register: Register) -> Iterator[Problem]:
    """Ensure that a Markdown link to a page of this site is written so that it can be followed and checked."""
    known = addresses(register)

    @cache
    def files() -> dict[str, str]:
        return generated_files(known)

    @cache
    def written_from(here: str) -> list[str]:
        return sorted(posixpath.relpath(page_file(other, files()), here) for other in known)

    for page in register.pages:
        path, body = page.document.path, CODE.sub(_blank, page.document.body)
        here = posixpath.dirname(path)
        for match in SITE_LINK.finditer(body):
            target = match[1].split("#")[0].split("?")[0]
            line = page.document.body_line + body.count("\n", 0, match.start())
            if not target or "{{" in target:
                continue
            if target.startswith("/") or target.endswith("/"):
                address = f"{target.strip('/')}/".lstrip("/")
                yield Problem(path, line, "link-form", f"{quoted(match[1])} is not the name of a file",
                              f'write "{posixpath.relpath(page_file(address, files()), here)}"' if address in known else
                              "link to the .md file, such as ../actions/a-012.md")
                continue
            to = posixpath.normpath(posixpath.join(here, unquote(target)))
            if page_address(to) not in known and not (to.startswith("docs/") and _is_file(register.root / to)):
                yield Problem(path, line, "broken-link", f"{quoted(match[1])} leads nowhere",
                              suggestion(target, written_from(here), "link to a page that exists"))


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name that is too long for any file
        return False


def redirects_lead_on(register: Register) -> Iterator[Problem]:
    """Ensure that a redirect does not stand in the way of a page, and leads to one."""
    known = addresses(register)
    for redirect in register.redirects.values():
        if redirect.from_ in known:
            yield Problem(*register.where("redirects", redirect.from_, "from"), "redirect",
                          f'"{redirect.from_}" is a page of the site', "remove the redirect, or the page")
        if redirect.to and redirect.to not in known:
            yield Problem(*register.where("redirects", redirect.from_, "to"), "redirect",
                          f'"{redirect.to}" is no page of the site',
                          suggestion(redirect.to, sorted(known), "write the path of a page that exists"))
