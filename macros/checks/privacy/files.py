"""The files of an area, by how they can be looked through."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ...register import Register
from ...source.files import relative

IMAGES = frozenset((".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".tif", ".tiff", ".bmp", ".ico", ".heic",
                    ".heif"))
OFFICE = frozenset((".docx", ".odt", ".xlsx", ".ods", ".pptx", ".odp", ".docm", ".dotx", ".ott"))
FONTS = frozenset((".woff", ".woff2", ".ttf", ".otf"))
LARGEST_TEXT = 2_000_000
LARGEST = 30_000_000


def files(register: Register) -> Iterator[tuple[Path, str]]:
    """Yield each file of data/ and docs/ that is one, and its path as problems print it. Links that lead out of the
    area, which another check names, are left alone."""
    root = register.root.resolve()
    for folder in ("data", "docs"):
        for file in sorted((register.root / folder).rglob("*")):
            try:
                if file.is_file() and (not file.is_symlink() or file.resolve().is_relative_to(root)):
                    yield file, relative(file, register.root)
            except (OSError, RuntimeError):
                continue


def text_in(content: bytes) -> str | None:
    """Return the text that a file's bytes are, with its lines as problems count them; None where they are no text.

    A text in another encoding is refused elsewhere; it is looked through all the same, so that nothing is told of it.
    """
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = content.decode("utf-16", errors="replace")
    elif b"\0" in content[:4096]:
        return None
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("latin-1")
    return text.replace("\r\n", "\n").replace("\r", "\n")
