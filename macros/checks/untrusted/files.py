"""Files in docs/ that are published unchanged: pictures, tables and documents, but nothing that runs.

Source for SVG: SVG 2 (W3C), section 2.2.2 on secure animated mode. A picture that is opened by itself is not in that
mode, so its scripts would run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.parsers import expat

from ...problem import Code, Problem, Topic, quoted
from ...register import Register
from ...source.files import MAX_BYTES, relative

CODES = (
    Code("site-file", Topic.TRUST,
         "Files of this kind can run programs, or are not what readers can open. Or the folder is one that the site "
         "generates.", "docs/plan.html", "docs/plan.md"),
    Code("svg-script", Topic.TRUST,
         "A picture in SVG can hold a program, or load things from elsewhere. This one does.",
         '<svg xmlns="http://www.w3.org/2000/svg" onload="run()"/>', '<svg xmlns="http://www.w3.org/2000/svg"/>'),
)

EXTENSIONS = frozenset((".md", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg", ".pdf", ".csv", ".json",
                        ".txt", ".docx", ".odt", ".vtt", ".mp3", ".mp4"))

GENERATED = ("api", "assets", "cards", "feeds", "pagefind", ".well-known")
"""Folders that the site generates."""

SVG_FORBIDDEN = frozenset({"script", "foreignobject", "iframe", "embed", "object", "handler", "listener", "animate",
                           "set", "animatemotion", "animatetransform", "audio", "video", "a", "html", "body", "link",
                           "meta"})
SVG_OUTSIDE = re.compile(r"@import|expression\s*\(|url\s*\(\s*['\"]?\s*(?!#|['\"]?\s*#)", re.I)
SVG_OWN = re.compile(r"\s*(?:#|data:image/(?:png|jpeg|webp|gif);base64,)", re.I)

MAX_REPORTED = 5
"""Findings that are reported for one picture."""


def files_hold_no_programs(register: Register) -> Iterator[Problem]:
    """Ensures that docs/ holds only kinds of file that run nothing in a browser, and that SVG files hold no scripts."""
    docs = register.root / "docs"
    for file in sorted(docs.glob("**/*")):
        parts = file.relative_to(docs).parts
        if not file.is_file() or (file.name.startswith(".") and parts[0] != ".well-known"):
            continue
        path, extension = relative(file, register.root), file.suffix.lower()
        if parts[0] in GENERATED and len(parts) > 1:
            yield Problem(path, 1, "site-file", f"the site generates the folder {quoted(parts[0])} itself",
                          "put the file into another folder, such as docs/files/")
        elif extension not in EXTENSIONS:
            yield Problem(path, 1, "site-file", f"files that end in {quoted(extension or file.name)} are not published",
                          "write pages in Markdown (.md); give tables as .csv, and pictures as .png or .svg")
        elif extension == ".svg":
            yield from _in_svg(path, file)


def _in_svg(path: str, file: Path) -> Iterator[Problem]:
    try:
        with file.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except OSError:
        yield Problem(path, 1, "unreadable", "the picture cannot be opened", "add the file again")
        return
    if len(content) > MAX_BYTES:
        yield Problem(path, 1, "too-large", "the picture is larger than a megabyte", "save it as .png or .webp")
        return
    for line, message in svg_dangers(content):
        yield Problem(path, line, "svg-script", message, "remove it, or save the picture as .png")


def svg_dangers(content: bytes) -> Iterator[tuple[int, str]]:
    """Yield what makes an SVG more than a drawing, as line and message. Raises nothing, whatever the bytes."""
    found: list[tuple[int, str]] = []
    parser = expat.ParserCreate()

    def add(message: str) -> None:
        found.append((parser.CurrentLineNumber, message))

    def element(name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2].lower()
        if tag in SVG_FORBIDDEN:
            add(f"a drawing may not contain {quoted(f'<{name}>')}")
        for attribute, value in attributes.items():
            local_name = attribute.rpartition(":")[2].lower()
            if local_name.startswith("on"):
                add(f"{quoted(attribute)} would run a program")
            elif not SVG_OWN.match(value) if local_name in ("href", "src") else SVG_OUTSIDE.search(value):
                add(f"{quoted(attribute)} refers to something outside the picture")

    def text(data: str) -> None:
        if SVG_OUTSIDE.search(data):
            add("the styles refer to something outside the picture")

    def entity(*_: object) -> None:
        add("the picture defines entities, which can expand without limit")
        raise _StoppedError

    parser.buffer_text = True
    parser.StartElementHandler = element
    parser.CharacterDataHandler = text
    parser.EntityDeclHandler = entity
    parser.ProcessingInstructionHandler = lambda target, data: add(f"{quoted(f'<?{target}?>')} is not allowed here")
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        found.append((error.lineno, "this is not an SVG picture"))
    except _StoppedError:
        pass
    yield from dict.fromkeys(found[:MAX_REPORTED])


class _StoppedError(Exception):
    """Ends the parsing of a picture before its entities are expanded."""
