"""Files that are published as they stand: pictures, tables and documents, and no programs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ...problem import Problem, quoted
from ...register import Register
from ...source.files import MAX_BYTES, relative
from .svg import dangers

KINDS = frozenset((".md", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg", ".pdf", ".csv", ".json", ".txt",
                   ".docx", ".odt", ".vtt", ".mp3", ".mp4"))

TAKEN = ("api", "assets", "cards", "feeds", "pagefind", ".well-known")
"""Folders that the site fills by itself."""


def files_hold_no_programs(register: Register) -> Iterator[Problem]:
    """Ensure that docs/ holds only kinds of file that run nothing in a reader's browser, and that pictures in SVG hold
    no scripts."""
    docs = register.root / "docs"
    for file in sorted(docs.glob("**/*")):
        parts = file.relative_to(docs).parts
        if not file.is_file() or (file.name.startswith(".") and parts[0] != ".well-known"):
            continue
        path, kind = relative(file, register.root), file.suffix.lower()
        if parts[0] in TAKEN and len(parts) > 1:
            yield Problem(path, 1, "site-file", f"the site makes the folder {quoted(parts[0])} itself",
                          "put the file into another folder, such as docs/files/")
        elif kind not in KINDS:
            yield Problem(path, 1, "site-file", f"files that end in {quoted(kind or file.name)} are not published",
                          "write pages in Markdown (.md); give tables as .csv, and pictures as .png or .svg")
        elif kind == ".svg":
            yield from _picture(path, file)


def _picture(path: str, file: Path) -> Iterator[Problem]:
    try:
        with file.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except OSError:
        yield Problem(path, 1, "unreadable", "the picture cannot be opened", "put the file here anew")
        return
    if len(content) > MAX_BYTES:
        yield Problem(path, 1, "too-large", "the picture is larger than a megabyte", "save it as .png or .webp")
        return
    for line, what in dangers(content):
        yield Problem(path, line, "svg-script", what, "remove it, or save the picture as .png")
