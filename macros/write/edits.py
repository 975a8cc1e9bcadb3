"""Files that are to be written, with their new contents: shown as a diff, or put in place."""

from __future__ import annotations

import difflib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

Edits = dict[str, str | bytes]
"""New contents by path from the area's folder."""


class WriteError(Exception):
    """Something that cannot be written; the message says what to do instead."""


def diff(root: Path, edits: Edits) -> str:
    """Return what would change, as a unified diff; of a file that is no text, its size."""
    return "".join(line for path, content in edits.items() for line in _changes(root, path, content))


def _changes(root: Path, path: str, content: str | bytes) -> Iterator[str]:
    file = root / path
    if isinstance(content, bytes):
        yield f"new file {path} ({len(content):,} bytes)\n"
        return
    before = file.read_text(encoding="utf-8").splitlines(keepends=True) if file.is_file() else []
    for line in difflib.unified_diff(before, content.splitlines(keepends=True),
                                     path if before else "/dev/null", path):
        yield line if line.endswith("\n") else f"{line}\n"


def apply(root: Path, edits: Edits) -> None:
    """Write every file; each is whole or untouched."""
    for path, content in edits.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        raw = content.encode("utf-8") if isinstance(content, str) else content
        handle, beside = tempfile.mkstemp(dir=file.parent, prefix=".board-")
        with os.fdopen(handle, "wb") as stream:
            stream.write(raw)
        mode = file.stat().st_mode & 0o777 if file.is_file() else 0o644
        Path(beside).chmod(mode)
        Path(beside).replace(file)


def text_of(root: Path, edits: Edits, path: str) -> str:
    """Return a file's text as it stands after the edits made so far. Line ends are kept as they are."""
    content = edits.get(path)
    if isinstance(content, str):
        return content
    return (root / path).read_bytes().decode("utf-8-sig")
