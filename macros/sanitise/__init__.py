"""Clean copies of files: the site publishes what these functions write, never the bytes that somebody sent.

Each kind is read by its own library and written again from what readers see. What no reader sees is not in the copy:
who made it and where, earlier versions, programs, attached files. Pure functions from bytes to bytes.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from .cleaned import PROGRAM, Cleaned, HiddenText, UncleanableError
from .pdf import clean_pdf
from .pictures import clean_picture
from .svg import clean_svg
from .texts import clean_csv, clean_json, clean_text

__all__ = ["BINARY", "CLEANERS", "PICTURES", "PROGRAM", "Cleaned", "HiddenText", "UncleanableError", "clean",
           "clean_file", "instead"]

MAX_BYTES = 30_000_000
MAX_REMEMBERED = 64
"""Files whose clean copies are remembered: a build checks them, and then publishes them."""

PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif")

CLEANERS: dict[str, Callable[[bytes, str], Cleaned]] = {
    **dict.fromkeys(PICTURES, clean_picture),
    ".svg": clean_svg, ".pdf": clean_pdf, ".csv": clean_csv, ".json": clean_json, ".txt": clean_text}
"""What cleans each kind of file that is published, by the end of its name."""

BINARY = frozenset((*PICTURES, ".pdf"))

OFFICE = frozenset((".doc", ".docx", ".docm", ".dot", ".dotx", ".odt", ".ott", ".rtf", ".pages"))
SHEETS = frozenset((".xls", ".xlsx", ".xlsm", ".xlsb", ".ods", ".numbers"))
SLIDES = frozenset((".ppt", ".pptx", ".pptm", ".odp", ".key"))
OTHER_PICTURES = frozenset((".heic", ".heif", ".tif", ".tiff", ".bmp", ".ico", ".psd", ".eps", ".ai", ".emf", ".wmf"))
RECORDINGS = frozenset((".mp3", ".mp4", ".m4a", ".mov", ".wav", ".webm", ".vtt"))


def instead(suffix: str) -> str:
    """Return what to do instead of publishing a file whose name ends in `suffix`, which is not one of CLEANERS."""
    if suffix in OFFICE:
        return "save it as a PDF and add that; or make a post of it with the form “New post”, or with board import"
    if suffix in SHEETS:
        return "save the sheet that readers need as CSV UTF-8 (.csv), and add that"
    if suffix in SLIDES:
        return "save it as a PDF, and add that"
    if suffix in OTHER_PICTURES:
        return "save the picture as .jpg or .png, and add that"
    if suffix in RECORDINGS:
        return "publish it where recordings are published, and link to it"
    return "write pages in Markdown (.md); give documents as .pdf, tables as .csv, and pictures as .png, .jpg or .svg"


def clean_file(file: Path) -> Cleaned:
    """Return the clean copy of a file whose name ends as one of CLEANERS does. Raises UncleanableError."""
    try:
        facts = file.stat()
        return _remembered(file, facts.st_mtime_ns, facts.st_size)
    except OSError as error:
        raise UncleanableError("this file cannot be read", "add the file again") from error


@lru_cache(maxsize=MAX_REMEMBERED)
def _remembered(file: Path, changed: int, size: int) -> Cleaned:
    """Return the clean copy of the file as it was at a time: the time and the size make a new file a new key."""
    with file.open("rb") as stream:
        content = stream.read(MAX_BYTES + 1)
    return clean(content, file.suffix.lower())


def clean(content: bytes, suffix: str) -> Cleaned:
    """Return the clean copy of a file's content. The same content gives the same bytes. Raises UncleanableError."""
    if len(content) > MAX_BYTES:
        raise UncleanableError(f"this file is larger than {MAX_BYTES // 1_000_000} MB",
                               "make it smaller, or link to where it is")
    if not content:
        raise UncleanableError("this file is empty", "add the file again")
    return CLEANERS[suffix](content, suffix)
