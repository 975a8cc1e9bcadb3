"""Reads from a file what can hold personal data: its text, and what its clean copy leaves out."""

from __future__ import annotations

from pathlib import Path

MAX_TEXT_BYTES = 2_000_000


class UncheckedError(Exception):
    """A file whose content cannot be examined. `hint` says what to publish instead."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


def read_text(file: Path) -> str:
    """Return a file's text, with normalised line breaks. Raises UncheckedError if it is too large or binary.

    Text in an encoding other than UTF-8 is refused by another check. It is decoded here all the same, so that the
    message of that check can be redacted.
    """
    try:
        if file.stat().st_size > MAX_TEXT_BYTES:
            raise UncheckedError(
                f"this file is larger than {MAX_TEXT_BYTES // 1_000_000} MB, which is too large to check",
                "make it smaller, or link to where it is")
        content = file.read_bytes()
    except OSError as error:
        raise UncheckedError("this file cannot be read", "put a readable file here, or remove it") from error
    if content[:4] in (b"\xff\xfe\0\0", b"\0\0\xfe\xff"):
        text = content.decode("utf-32", errors="replace")
    elif content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = content.decode("utf-16", errors="replace")
    elif b"\0" in content:
        raise UncheckedError("this kind of file cannot be checked",
                             "publish a PDF, a table (.csv) or a picture, or link to where the file is")
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("latin-1")
    return text.replace("\r\n", "\n").replace("\r", "\n")
