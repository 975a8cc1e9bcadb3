"""Takes down a picture, a document or a table: the file goes, and what showed it or linked to it says so."""

from __future__ import annotations

import posixpath
import re
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from ..records.base import TakenDown
from ..records.lists import PUBLISHED_FILE
from ..register import Register
from ..register.register import Page
from ..sanitise import CLEANERS, PICTURES
from ..source.files import FENCE
from . import Edits, WriteError, current_text
from .take_down import clause, with_page
from .yaml_writer import add_entry

BRACKETED = r"(?P<text>(?:[^\[\]\\]|\\.|\[[^\[\]]*\])*)"
TARGET = r"""\(\s*(?:<(?P<angled>[^<>\n]*)>|(?P<target>(?:[^\s()]|\([^\s()]*\))*))(?:\s+(?:"[^"]*"|'[^']*'))?\s*\)"""
ATTRIBUTES = r"(?:\{[^{}\n]*\})?"

IMAGE = re.compile(rf"!\[{BRACKETED}\]{TARGET}{ATTRIBUTES}")
LINK = re.compile(rf"(?<!!)\[{BRACKETED}\]{TARGET}{ATTRIBUTES}")
TAGGED_IMAGE = re.compile(r"""<img\b[^>]*?\bsrc=["'](?P<target>[^"']*)["'][^>]*>""", re.I)
TAGGED_LINK = re.compile(r"""<a\b[^>]*?\bhref=["'](?P<target>[^"']*)["'][^>]*>(?P<text>.*?)</a>""", re.I | re.S)


def names_a_file(text: str) -> bool:
    """Return whether a writer means a file and not a record: its name ends as that of a published file does."""
    return PurePosixPath(_path(text)).suffix.lower() in CLEANERS


def _path(text: str) -> str:
    return unquote(urlsplit(text.strip()).path)


def take_down_file(register: Register, named: str, reason: str, on: str, *, with_address: bool = False) -> Edits:
    """Return the edits that take a file down. It has None as its content.

    `named` is its address on the site, or its path such as docs/files/hall.jpg. Each page that shows it or links to it
    has the notice instead, and says in `changed` that it did. Its address says why it is gone; `with_address` leaves
    nothing there, because the file's name holds the words too. Raises WriteError.
    """
    path = _found(register, named)
    entry = TakenDown.model_validate({"date": on, "field": "file", "reason": clause(reason)})
    edits: Edits = {path: None}
    for page in register.pages:
        if new := _without(register, page, path, entry):
            edits[page.document.path] = new
    shown = path.removeprefix("docs/")
    file = None if with_address or not re.fullmatch(PUBLISHED_FILE, shown) else shown
    return edits | with_page(register, "file", entry, file)


def records_with_address(register: Register, named: str) -> list[str]:
    """Return the files of data/ in which the address of a file is written: each can be taken down by its own place."""
    address = _found(register, named).removeprefix("docs/")
    return sorted({document.path for document, _ in register.documents.values()
                   if document.path.startswith("data/") and address in unquote(document.text)})


def _found(register: Register, named: str) -> str:
    """Return the path of a file in docs/ that a writer names. Raises WriteError, which repeats nothing."""
    base = urlsplit(register.area.site_url).path.strip("/")
    path = _path(named).lstrip("/")
    for known in (path, f"docs/{path}", f"docs/{path.removeprefix(f'{base}/')}"):
        clean = posixpath.normpath(known)
        if clean.startswith("docs/") and not clean.endswith(".md") and (register.root / clean).is_file():
            return clean
    raise WriteError("there is no such file; give its address on the site, or its path, such as docs/files/hall.jpg")


def _without(register: Register, page: Page, path: str, entry: TakenDown) -> str | None:
    """Return the text of a page with a notice in place of a file, or None if the page does not name the file."""
    name = posixpath.basename(path)
    if name not in unquote(page.document.text):
        return None
    text = current_text(register.root, {}, page.document.path)
    match = FENCE.match(text)
    head, body = (match[1], text[match.end():]) if match else ("", text)
    folder, site = posixpath.dirname(page.document.path), register.area.site_url.rstrip("/") + "/"

    def is_it(match: re.Match[str]) -> bool:
        found = match.groupdict()
        target = found.get("angled") or found["target"] or ""
        place = f"docs/{target.removeprefix(site)}" if target.startswith(site) else posixpath.join(folder, target)
        return posixpath.normpath(unquote(place.split("#")[0].split("?")[0])) == path

    notice = entry.notice[0].lower() + entry.notice[1:]

    def in_words(match: re.Match[str]) -> str:
        return f"A picture was {notice}." if is_it(match) else match[0]

    def words_and_notice(match: re.Match[str]) -> str:
        if not is_it(match):
            return match[0]
        return match["text"] if notice in match["text"] else f"{match['text']} ({notice})"

    for pattern in (IMAGE, TAGGED_IMAGE):
        body = pattern.sub(in_words, body)
    for pattern in (LINK, TAGGED_LINK):
        body = pattern.sub(words_and_notice, body)
    if name in unquote(head + body):
        line = next(number for number, line in enumerate(page.document.text.splitlines(), 1) if name in unquote(line))
        raise WriteError(f"{page.document.path}:{line} names the file in a way that this command cannot change; take "
                         "that out of the text first, and say so in \"changed:\" of the page")
    if not (page.post and page.post.draft and not page.post.changed):
        what = "A picture" if PurePosixPath(path).suffix.lower() in (*PICTURES, ".svg") else "A file"
        head = add_entry(head, "changed", {"date": entry.date.text,
                                           "what": f"{what} was taken down, because {entry.reason}."})
    return f"---\n{head}---\n{body}" if head else body
