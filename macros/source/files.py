"""Files of an area, read as text, as YAML records, or as Markdown with its front matter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import islice
from pathlib import Path

from ..problem import Problem, quoted
from .yaml_reader import REMEMBERED, UNSEEN, Document, parse_yaml

MAX_BYTES = 1_000_000

MAX_UNSEEN = 5
"""How many lines with such characters are named: a file full of them is no text at all."""

FENCE = re.compile(r"\A---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.S | re.M)


def relative(file: Path, root: Path) -> str:
    """Return a file's path as problems print it: from the area's folder, with forward slashes, and on one line."""
    path = file.relative_to(root).as_posix()
    return path if path.isprintable() else "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in path)


def _leads_out(file: Path, root: Path) -> bool:
    """Tell whether a file is a link that leads out of the folder (data/ or docs/) that it stands in."""
    places = (file, *islice(file.parents, len(file.relative_to(root).parts) - 1))
    if not any(place.is_symlink() for place in places):
        return False
    home = places[-1].resolve()
    return not (file.resolve().is_relative_to(home) and home.is_relative_to(root.resolve()))


def read_text(file: Path, root: Path) -> tuple[str | None, list[Problem]]:
    """Read a UTF-8 text file below `root`; Windows line ends and a byte order mark are accepted and dropped."""
    path = relative(file, root)
    try:
        if _leads_out(file, root):
            return None, [Problem(path, 1, "outside", f"this is a link to a file outside {path.split('/')[0]}/",
                                  "put the file itself here")]
        size = file.stat().st_size
        if not file.is_file():
            return None, [Problem(path, 1, "unreadable", "this is not a file", "put a file here, or name it otherwise")]
        if size > MAX_BYTES:
            return None, [Problem(path, 1, "too-large", f"the file has {size:,} bytes",
                                  f"keep it below {MAX_BYTES:,}: one record a file")]
        raw = file.read_bytes()
    except (OSError, RuntimeError) as error:
        # Until Python 3.13 a link that leads to itself is a RuntimeError.
        why = getattr(error, "strerror", None) or "it is a link that leads to itself"
        return None, [Problem(path, 1, "unreadable", f"the file cannot be read ({why})",
                              "put a readable file here, or remove it")]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return None, [Problem(path, line, "encoding", f"the file is not UTF-8 (byte {raw[error.start]:#04x})",
                              "save it with the encoding UTF-8")]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    problems = list(islice(_unseen(text, path), MAX_UNSEEN))
    return (None, problems) if problems else (text, [])


def _unseen(text: str, path: str) -> Iterator[Problem]:
    if not UNSEEN.search(text):
        return
    for number, line in enumerate(text.split("\n"), 1):
        match = UNSEEN.search(line)
        if match:
            before = " ".join(line[:match.start()].split()[-3:])
            where = f"after {quoted(before)}" if before else "at the beginning of this line"
            yield Problem(path, number, "unseen", f"a character that cannot be seen (U+{ord(match[0]):04X}) stands "
                          f"{where}", "delete it, or type the line anew")


def load_yaml(file: Path, root: Path) -> tuple[Document, list[Problem]]:
    """Read a YAML file. The document's data is None where it cannot be read at all."""
    text, problems = read_text(file, root)
    if text is None:
        return Document(relative(file, root), None), problems
    document, told = _yaml(text, relative(file, root))
    return document, list(told)


def load_markdown(file: Path, root: Path) -> tuple[Document, list[Problem]]:
    """Read a Markdown file with its front matter; without front matter the data is an empty mapping."""
    text, problems = read_text(file, root)
    if text is None:
        return Document(relative(file, root), None), problems
    document, told = _markdown(text, relative(file, root))
    return document, list(told)


@lru_cache(maxsize=REMEMBERED)
def _yaml(text: str, path: str) -> tuple[Document, tuple[Problem, ...]]:
    document, problems = parse_yaml(text, path)
    return replace(document, text=text), tuple(problems)


@lru_cache(maxsize=REMEMBERED)
def _markdown(text: str, path: str) -> tuple[Document, tuple[Problem, ...]]:
    match = FENCE.match(text)
    if not match:
        if text.startswith("---"):
            return Document(path, None, text=text), (Problem(
                path, 1, "front-matter", "the front matter has no closing line",
                'end it with a line that holds only "---"'),)
        return Document(path, {}, {}, text, 1, text), ()
    body, body_line = text[match.end():], text.count("\n", 0, match.end()) + 1
    if not match[1].strip():
        return Document(path, {}, {}, body, body_line, text), ()
    document, problems = parse_yaml(match[1], path, first_line=2)
    return Document(path, document.data, document.lines, body, body_line, text), tuple(problems)
