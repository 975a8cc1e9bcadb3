"""Reads the files of an area as text, YAML or Markdown with front matter, and explains what can be wrong in them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import islice
from pathlib import Path

from ..problem import Code, Problem, Topic, quoted
from .mojibake import wrongly_decoded
from .yaml_reader import INVISIBLE, REMEMBERED, Document, parse_yaml

CODES = (
    Code("empty", Topic.FILES, "The file has nothing in it.", "# write the action here",
         "id: A-003\ntitle: Answer letters"),
    Code("too-large", Topic.FILES,
         "The file is larger than a megabyte, or a page is larger than 150 kilobytes. A record is a page of text at "
         "most. Perhaps a picture or a whole document was put where a record belongs.",
         "(a file of 1,200,000 bytes)", "(a file for each record)"),
    Code("encoding", Topic.FILES, "The file was saved in an old encoding, so some letters cannot be read.",
         "Each caf\ufffd letter says who wrote it.", "Each café letter says who wrote it."),
    Code("wrong-letters", Topic.FILES,
         "Some letters were read in another encoding than they were saved in, so readers would see others.",
         "title: Letters about a cafÃ© for families", "title: Letters about a café for families"),
    Code("conflict", Topic.FILES,
         "Two changes to the same lines met, and nobody has chosen between them yet. Git marks such lines with "
         "<<<<<<<, ======= and >>>>>>>. Without a choice both versions would be published.",
         "<<<<<<< HEAD\nowner: council\n=======\nowner: forum\n>>>>>>> form-12", "owner: council"),
    Code("unreadable", Topic.FILES,
         "There is something here that is not a file, or that cannot be opened, such as a folder with a file's name.",
         "data/actions/a-004-folder.yml/", "data/actions/a-004-folder.yml"),
    Code("file-link", Topic.FILES,
         "This is a link, and not the file itself. What it leads to could change unseen, or be on another computer.",
         "data/actions/a-004-link.yml", "(the file itself, with that name)"),
    Code("unusual-name", Topic.FILES,
         "The file's name has capitals, spaces or other unusual characters, or begins with a full stop. Such files are "
         "easily overlooked, and some programs cannot open them. A page's name becomes its address.",
         "docs/blog/posts/2024-09-01 After.md", "docs/blog/posts/2024-09-01-after.md"),
    Code("yaml", Topic.TYPING,
         "The file cannot be read, because of a character that means something in YAML, the format of the files in "
         "data/. The message says which. Most often a text with a colon in it, or with an apostrophe, needs double "
         "quotes around it.", "title: 'Answer the board's letters'", 'title: "Answer the board\'s letters"'),
    Code("yaml-lost", Topic.TYPING, "A # after a space begins a comment, so the rest of the line would be lost.",
         "title: Answer the #1 complaint", 'title: "Answer the #1 complaint"'),
    Code("yaml-bool", Topic.TYPING, "On its own, this word is read as true or false.", "name: no", 'name: "no"'),
    Code("yaml-number", Topic.TYPING,
         "The number could be read in two ways. A nought before it, or a colon in it, changes its value.",
         "number: 012", "number: 12"),
    Code("yaml-tag", Topic.TYPING, "A text that begins with an exclamation mark is taken for an instruction.",
         "title: !Answer letters in plain words", 'title: "!Answer letters in plain words"'),
    Code("yaml-alias", Topic.TYPING,
         "A text that begins with & or * is taken for a copy of another part of the file.",
         "title: &words Answer letters", 'title: "&words Answer letters"'),
    Code("yaml-key", Topic.TYPING, "There is a bracket where the name of a key should be.", "detail: {{ action }}",
         'detail: "{{ action }}"'),
    Code("yaml-depth", Topic.TYPING, "Lists are nested in lists, more than 30 deep. No record needs that.",
         "also: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", "also: [letters]"),
    Code("duplicate-key", Topic.TYPING, "The same key appears twice. One of the two would be lost.",
         "owner: null\nowner: council", "owner: council"),
    Code("unseen", Topic.TYPING, "There is an invisible character. It came with a text that was copied.",
         r'title: "Answer letters\0"', "title: Answer letters"),
    Code("front-matter", Topic.TYPING,
         "The first lines of a post are missing or not closed. They are between two lines of three hyphens, and give "
         "the post's date and title.", "---\n---", "---\ndate: 2024-07-01\ntitle: Before the summer\n---"),
)


MAX_BYTES, MAX_PAGE_BYTES = 1_000_000, 150_000
"""How large a record and a page may be: a page of 20,000 words is more than anyone reads, and takes long to check."""

HOMES = ("data", "docs")
"""The folders that hold an area's records and texts."""

CONFLICT = re.compile(r"^(?:[ \t]*(?:<{7}|>{7}|\|{7}) .*|(?:<{7}|>{7}|\|{7}))$", re.M)
"""The lines around two versions that git could not merge, and the one before their common ancestor (git-merge, "How
conflicts are presented"). The line of equals signs between them is left out: in a page it can underline a heading."""

MAX_INVISIBLE = 5
"""Lines with invisible or wrong characters that are reported: a file full of them is not text at all."""

FENCE = re.compile(r"\A---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.S | re.M)


def relative(file: Path, root: Path) -> str:
    """Return a file's path as problems print it: relative to the area, with forward slashes, on one line."""
    parts, above = file.parts, root.parts
    # As `relative_to` does, in a tenth of the time: it is asked for some thousand times.
    path = "/".join(parts[len(above):]) if parts[:len(above)] == above != parts else file.relative_to(root).as_posix()
    return path if path.isprintable() else "".join(
        character if character.isprintable() else ascii(character)[1:-1] for character in path)


def below(folder: Path) -> list[Path]:
    """Return all files and folders in a folder and below it, in order. A link to a folder is not followed."""
    # As `rglob` does, in a third of the time.
    return sorted(Path(place, name) for place, folders, files in os.walk(folder) for name in (*folders, *files))


def links(file: Path, root: Path) -> list[Problem]:
    """Return a problem where a file, or a folder on the way to it from `root`, is a symbolic link."""
    return [link_problem(place, root) for place in (file, *islice(file.parents, len(file.parts) - len(root.parts) - 1))
            if place.is_symlink()]


def link_problem(place: Path, root: Path) -> Problem:
    """Return the problem of a file or folder that is a symbolic link."""
    return Problem(relative(place, root), 1, "file-link", "this is a link, and not the file or folder itself",
                   "put the file or folder itself here")


def read_text(file: Path, root: Path) -> tuple[str | None, list[Problem]]:
    """Read a UTF-8 text file below `root`, without its byte order mark and with Unix line ends.

    Returns the text, or None with the problems that keep it from being read.
    """
    path = relative(file, root)
    try:
        found = links(file, root)
        if found:
            return None, found
        size = file.stat().st_size
        if not file.is_file():
            return None, [Problem(path, 1, "unreadable", "this is not a file", "put a file here, or rename it")]
        is_page = file.suffix == ".md"
        if size > (MAX_PAGE_BYTES if is_page else MAX_BYTES):
            return None, [Problem(path, 1, "too-large", f"the file has {size:,} bytes",
                                  f"keep it below {MAX_PAGE_BYTES:,}: split it into several pages" if is_page else
                                  f"keep it below {MAX_BYTES:,}: one record a file")]
        raw = file.read_bytes()
    except OSError as error:
        return None, [Problem(path, 1, "unreadable", f"the file cannot be read ({error.strerror})",
                              "put a readable file here, or remove it")]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return None, [Problem(path, line, "encoding", f"the file is not UTF-8 (byte {raw[error.start]:#04x})",
                              "save it with the encoding UTF-8")]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    problems = list(islice(_invisible(text, path), MAX_INVISIBLE))
    # A plain search comes first, since it takes a fiftieth of the time.
    if any(mark * 7 in text for mark in "<>|") and (match := CONFLICT.search(text)):
        problems.append(Problem(path, text.count("\n", 0, match.start()) + 1, "conflict",
                                f"two versions of these lines are here, and nobody has chosen one ({quoted(match[0])})",
                                "keep the lines that are right, and delete the others with the lines of <<<<<<<, "
                                "======= and >>>>>>>"))
    return (None, problems) if problems else (text, [])


def _invisible(text: str, path: str) -> Iterator[Problem]:
    if not INVISIBLE.search(text):
        return
    for number, line in enumerate(text.split("\n"), 1):
        match = INVISIBLE.search(line)
        if match:
            before = " ".join(line[:match.start()].split()[-3:])
            where = f"after {quoted(before)}" if before else "at the beginning of this line"
            yield Problem(path, number, "unseen", f"there is an invisible character (U+{ord(match[0]):04X}) "
                          f"{where}", "delete it, or type the line again")


def load_yaml(file: Path, root: Path) -> tuple[Document, list[Problem]]:
    """Read a YAML file. The document's data is None if it cannot be read at all."""
    text, problems = read_text(file, root)
    if text is None:
        return Document(relative(file, root), None), problems
    document, found = _yaml(text, relative(file, root))
    return document, [*found, *_wrong_letters(text, relative(file, root))]


def load_markdown(file: Path, root: Path) -> tuple[Document, list[Problem]]:
    """Read a Markdown file with its front matter; without front matter the data is an empty mapping."""
    text, problems = read_text(file, root)
    if text is None:
        return Document(relative(file, root), None), problems
    document, found = _markdown(text, relative(file, root))
    return document, [*found, *_wrong_letters(text, relative(file, root))]


@lru_cache(maxsize=REMEMBERED)
def _wrong_letters(text: str, path: str) -> tuple[Problem, ...]:
    return tuple(
        Problem(path, line + 1, "wrong-letters", f"{quoted(written)} has letters that were read wrongly",
                f"write {quoted(meant)}, and save the file with the encoding UTF-8") if meant else
        Problem(path, line + 1, "wrong-letters", f"a letter of {quoted(written)} could not be read, and is lost",
                "write the word again")
        for line, written, meant in islice(wrongly_decoded(text), MAX_INVISIBLE))


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
