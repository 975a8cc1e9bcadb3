"""Writes new records, updates and corrections into an area's files, preserving existing wording and layout."""

from __future__ import annotations

import difflib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

Edits = dict[str, str | bytes | None]
"""New contents by path, relative to the area's folder; None for a file that is to go."""


class WriteError(Exception):
    """Something cannot be written. The message says what to do instead."""


def diff(root: Path, edits: Edits) -> str:
    """Return the changes as a unified diff, with only the size of a binary file."""
    return "".join(line for path, content in edits.items() for line in _diff_lines(root, path, content))


def _diff_lines(root: Path, path: str, content: str | bytes | None) -> Iterator[str]:
    file = root / path
    if content is None:
        yield f"file {path} is gone\n"
        return
    if isinstance(content, bytes):
        yield f"new file {path} ({len(content):,} bytes)\n"
        return
    before = file.read_text(encoding="utf-8").splitlines(keepends=True) if file.is_file() else []
    for line in difflib.unified_diff(before, content.splitlines(keepends=True),
                                     path if before else "/dev/null", path):
        yield line if line.endswith("\n") else f"{line}\n"


def apply(root: Path, edits: Edits) -> None:
    """Write every file atomically: each is replaced as a whole or stays as it was."""
    for path, content in edits.items():
        file = root / path
        if content is None:
            file.unlink()
            continue
        file.parent.mkdir(parents=True, exist_ok=True)
        raw = content.encode("utf-8") if isinstance(content, str) else content
        if isinstance(content, str) and file.is_file() and b"\r\n" in file.read_bytes():
            raw = raw.replace(b"\n", b"\r\n")  # as the file's writer saves it
        handle, temporary = tempfile.mkstemp(dir=file.parent, prefix=".board-")
        with os.fdopen(handle, "wb") as stream:
            stream.write(raw)
        mode = file.stat().st_mode & 0o777 if file.is_file() else 0o644
        Path(temporary).chmod(mode)
        Path(temporary).replace(file)


def current_text(root: Path, edits: Edits, path: str) -> str:
    """Return a file's text after the edits so far, with Unix line ends; `apply` writes those that the file has."""
    content = edits.get(path)
    if isinstance(content, str):
        return content
    return (root / path).read_bytes().decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
